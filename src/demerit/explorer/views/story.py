"""View 9, a story: ten scenes of the essay in our own words, with a run's numbers inside the sentences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter
from pydantic import Field

from demerit.explorer.answer import Answer
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import OpenRun
from demerit.explorer.views.model import world_with_ledger
from demerit.files.table import Listed, Table
from demerit.measures.indicators import BY_NAME
from demerit.report.impact.measured import unit_of
from demerit.report.words import entry_sentence, number
from demerit.study.essay_rows import rows_in_run
from demerit.study.indicator_totals import indicator_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demerit.explain.source import Told

FILE = "story.toml"

_MARK = re.compile(r"\{([a-z_.]+)(@twin)?\|([a-z]+)\}")
_NO_OCCASION = "no occasion"
_NOTHING = "In this run nobody came into such a position, so there is no number to tell here."
"""What stands in place of sentences whose numbers had no occasion."""


class SceneText(Table):
    """A scene as the file tells it."""

    id: str
    title: str
    rows: Annotated[tuple[str, ...], Listed]
    see: str
    text: Annotated[tuple[str, ...], Listed]
    warning: str = ""


class Scenes(Table):
    """All scenes, in order."""

    scenes: Annotated[tuple[SceneText, ...], Listed] = Field(alias="scene")


class Piece(Answer):
    """A stretch of a sentence: words, or a number with all that belongs to it."""

    text: str
    indicator: str | None = Field(default=None, description="Indicator behind a number; null for words.")
    world: str | None = Field(default=None, description="World it is read in.")
    value: float | None = Field(default=None, description="The number itself, in its unit.")
    unit: str | None = None
    definition: str | None = None


class Example(Answer):
    """An entry of this run that shows the scene."""

    subject: str = Field(description="Whose it is, as citizen:8173.")
    entry: str = Field(description="Its id.")
    date: str
    says: str


class Scene(Answer):
    """A scene with the run's numbers."""

    id: str
    title: str
    warning: str = Field(description="What is violent or abusive in it; empty if nothing is.")
    see: str = Field(description="The view that goes on from here.")
    sentences: tuple[tuple[Piece, ...], ...]
    example: Example | None


class Story(Answer):
    """The guided page."""

    world: str
    twin: str = Field(description="The world it is set against; empty if lived alone.")
    population: int
    years: float
    seed: int
    warnings: tuple[str, ...] = Field(description="Ids of the scenes that are announced and can be left out.")
    scenes: tuple[Scene, ...]


@cache
def scenes() -> tuple[SceneText, ...]:
    """Return the scenes as the file tells them.

    >>> len(scenes()), [one.id for one in scenes() if one.warning]
    (10, ['collision', 'home', 'secretary'])
    """
    text = resources.files("demerit.explorer.views").joinpath(FILE).read_text(encoding="utf-8")
    return Scenes.model_validate(tomllib.loads(text)).scenes


def story(told: Told) -> Story:
    """Return the story with the numbers of a run.

    Args:
        told: the world that the story is about.
    """
    totals = indicator_totals(told.folder)
    twin = next((name for name in totals if name != told.name), "")
    examples = _examples(told)
    found = []
    for one in scenes():
        sentences = tuple(told_with(line, totals, told.name, twin) for line in one.text)
        example = next((examples[row] for row in one.rows if row in examples), None)
        found.append(
            Scene(
                id=one.id, title=one.title, warning=one.warning, see=one.see,
                sentences=sentences, example=example,
            )
        )  # fmt: skip
    return Story(
        world=told.name,
        twin=twin,
        population=told.manifest.population,
        years=told.manifest.years,
        seed=told.manifest.seed,
        warnings=tuple(one.id for one in scenes() if one.warning),
        scenes=tuple(found),
    )


def told_with(
    line: str, totals: Mapping[str, Mapping[str, float | None]], world: str, twin: str
) -> tuple[Piece, ...]:
    """Return a line in pieces; where a number had no occasion, a sentence that says so. See `pieces`."""
    found = tuple(pieces(line, totals, world, twin))
    lacking = [one for one in found if one.indicator is not None and one.value is None]
    if not lacking:
        return found
    first = lacking[0]
    return (first.model_copy(update={"text": _NOTHING}),)


def pieces(
    line: str, totals: Mapping[str, Mapping[str, float | None]], world: str, twin: str
) -> Iterator[Piece]:
    """Yield a line in pieces, with numbers in place of its marks.

    Args:
        line: a sentence or more, with marks such as ``{help|percent}`` and ``{help@twin|percent}``.
        totals: every indicator by world.
        world, twin: names of the worlds; the twin's is empty if there is none.
    """
    end = 0
    for mark in _MARK.finditer(line):
        if mark.start() > end:
            yield Piece(text=line[end : mark.start()])
        name, of_twin, form = mark[1], bool(mark[2]), mark[3]
        where = twin if of_twin else world
        value = totals.get(where, {}).get(name)
        yield Piece(
            text=said(value, form),
            indicator=name,
            world=where,
            value=value,
            unit=unit_of(name),
            definition=BY_NAME[name].definition,
        )
        end = mark.end()
    if end < len(line):
        yield Piece(text=line[end:])


def said(value: float | None, form: str) -> str:
    """Return a number as a sentence says it.

    >>> said(0.123, "percent"), said(0.0004, "percent"), said(12.345, "number"), said(134.2, "days")
    ('12 %', '0.04 %', '12.3', '134 days')
    >>> said(None, "percent")
    'no occasion'
    """
    if value is None:
        return _NO_OCCASION
    if form == "percent":
        share = value * 100
        digits = 0 if abs(share) >= 10 or share == 0 else 1 if abs(share) >= 1 else 2
        return f"{share:.{digits}f} %"
    if form == "hundred":
        return f"{value * 100:.0f}" if value >= 0.01 or value == 0 else f"{value * 100:.1f}"
    if form == "days":
        return f"{value:,.0f} days"
    return "none" if value == 0 else number(value)


def _examples(told: Told) -> dict[str, Example]:
    """Return the first entry of every row of the essay that the run holds."""
    rows = {one.row.id: one.entry for one in rows_in_run(told.folder) if one.entry is not None}
    entries = told.entries(sorted(set(rows.values())))
    return {
        row: Example(
            subject=f"{entries[at]['kind']}:{entries[at]['subject']}",
            entry=str(at),
            date=entries[at]["date"].isoformat(),
            says=entry_sentence(entries[at]),
        )
        for row, at in rows.items()
        if at in entries
    }


router = APIRouter(prefix="/api/runs/{run}/story", tags=["a story"], responses=REFUSALS)


@router.get("")
def show(run: OpenRun) -> Story:
    """Tell the story with the numbers of a run, about the regime asked for."""
    return story(world_with_ledger(run, None))
