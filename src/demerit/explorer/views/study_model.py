"""A study: what was varied, what was measured, and the points, whatever the study is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from demerit.explorer.answer import Answer

Value = str | float


class Axis(Answer):
    """Something that was varied."""

    id: str
    title: str
    unit: str = ""
    kind: Literal["category", "number"]
    values: tuple[Value, ...] = Field(description="Where it was set, in order.")


class Measure(Answer):
    """Something that was measured at every point."""

    id: str
    title: str
    unit: str
    definition: str


class Point(Answer):
    """A measure at a place."""

    at: tuple[Value, ...] = Field(description="Its place: one value for each axis, in their order.")
    measure: str
    mean: float | None = Field(description="Mean over seeds; null without an occasion.")
    low: float | None = Field(default=None, description="Lower end of the 95 % interval.")
    high: float | None = Field(default=None, description="Upper end.")
    n: int = Field(default=1, description="Seeds, or draws, behind it.")


class Study(Answer):
    """Any study: a comparison over seeds, the draws behind the claims, a sweep."""

    id: str
    title: str
    method: str = Field(description="How it was done, in a sentence.")
    command: str = Field(description="What makes it again.")
    axes: tuple[Axis, ...]
    measures: tuple[Measure, ...]
    points: tuple[Point, ...]
    notes: tuple[str, ...] = Field(default=(), description="What could not be lived.")


class Standing(Answer):
    """A place of a study by two measures."""

    at: tuple[Value, ...]
    x: float
    y: float
    on_front: bool = Field(description="Whether no other place is as good by both and better by one.")


def front(study: Study, x: str, y: str, less: tuple[bool, bool]) -> tuple[Standing, ...]:
    """Return every place of a study by two measures, and whether another one beats it by both.

    Args:
        study: the study.
        x, y: ids of measures.
        less: whether less is better, by each.
    """
    means = {(point.at, point.measure): point.mean for point in study.points}
    places = list(dict.fromkeys(point.at for point in study.points))
    known = [
        (at, float(first), float(second))
        for at in places
        if (first := means.get((at, x))) is not None and (second := means.get((at, y))) is not None
    ]
    return tuple(
        Standing(at=at, x=a, y=b, on_front=not any(_beats(other, (a, b), less) for _, *other in known))
        for at, a, b in known
    )


def _beats(other: Sequence[float], one: Sequence[float], less: tuple[bool, bool]) -> bool:
    gains = [(b - a) if down else (a - b) for a, b, down in zip(other, one, less, strict=True)]
    return min(gains) >= 0 and max(gains) > 0
