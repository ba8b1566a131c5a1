"""How far a score is from an edge, and on which day fading or expiry alone takes it across."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from demerit.engine.ids import id_day
from demerit.explain.lives import whose
from demerit.explain.waterfall import Waterfall

if TYPE_CHECKING:
    from demerit.explain.lives import Life
    from demerit.explain.source import Entry

HORIZON = 36_500
"""Days beyond which fading counts as never."""
_FOR_GOOD = ("repaired", "thin_file", "integrity_lost", "lapse", "score_lapse")
"""Entries that move a score and do not expire, or are an expiry themselves."""


@dataclass(frozen=True)
class Edge:
    """A threshold of a score, and how far the score is from it.

    Attributes:
        name: id of what begins or ends there; what: band, sanction, reward or list.
        at: the lowest score above the edge, in whole points.
        above: whether the score stands at or above it.
        points: what would have to be gained to reach it, or lost to fall below it; thousandths, above 0.
    """

    name: str
    what: str
    at: int
    above: bool
    points: int


def least(base: int, edge: int) -> int:
    """Return the smallest sum (thousandths from the base) that shows at least a score.

    Half a point is rounded away from the base.

    >>> least(1000, 850), least(1000, 1004)
    (-150499, 3500)
    """
    return -((base - edge) * 1000 + 499) if edge <= base else (edge - base) * 1000 - 500


def edge_at(fall: Waterfall, name: str, what: str, at: float) -> Edge:
    """Return how far a score is from an edge; what lies beyond floor or ceiling counts as well."""
    total, need = fall.total(fall.day), least(fall.scale.base, round(at))
    above = fall.shown >= round(at)
    return Edge(name, what, round(at), above, max(total - need + 1, 1) if above else max(need - total, 1))


class Future:
    """A score on days to come if nothing happens but fading and expiry.

    Args:
        life: whose it is.
        fall: the score on the last day.
    """

    def __init__(self, life: Life, fall: Waterfall) -> None:
        self.life, self.fall = life, fall

    @cached_property
    def lapses(self) -> list[tuple[int, int]]:
        """Days on which points expire after the last day, with the thousandths that go, in order."""
        if not self.fall.scale.expiry:
            return []
        found = []
        for move in self.fall.moves:
            since = since_when(self.life, move.entry)
            if since is not None and since + self.fall.scale.expiry > self.fall.day:
                found.append((since + self.fall.scale.expiry, -move.brought))
        return sorted(found)

    def total(self, day: int) -> int:
        """Return the sum on a day, thousandths from the base."""
        gone = sum(points for when, points in self.lapses if when <= day)
        return self.fall.total(day) + gone

    def shown(self, day: int, more: int = 0) -> int:
        """Return the score on a day in whole points, with some thousandths more."""
        return self.fall.shown_at(self.total(day) + more)

    def first_day(self, ends: Callable[[int], bool]) -> int | None:
        """Return the first day to come on which a condition of the score shown holds, None if none does.

        Args:
            ends: tells of a score whether the condition holds.
        """
        if self.lapses:
            return next((day for day, _ in self.lapses if ends(self.shown(day))), None)
        if not self.fall.scale.half_life or not ends(self.shown(self.fall.day + HORIZON)):
            return None
        low, high = self.fall.day, self.fall.day + HORIZON
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if ends(self.shown(middle)) else (middle, high)
        return high


def since_when(life: Life, entry: Entry) -> int | None:
    """Return the day from which an entry's points age; None for what never expires.

    Copies age with their record, and what is taken back ages with what it takes back.
    """
    what, day = entry["what"], life.told.day_of(entry["date"])
    if what in _FOR_GOOD:
        return None
    if what == "arrival":
        return id_day(entry["cause"])
    above = life.way_up(entry)
    if what == "withdrawal":
        return next((life.told.day_of(one["date"]) for one in above if one["what"] == "record"), day)
    if what in ("withdrawn_derived", "recall"):
        shared = _shared(life, entry) if what == "recall" else None
        if shared is not None:
            return life.told.day_of(shared["date"])
        before = since_when(life, above[0]) if above else None
        return day if before is None else before + (what == "withdrawn_derived")
    return day


def _shared(life: Life, recall: Entry) -> Entry | None:
    """Return the entry that a recall takes out of a register, None for a recall at a platform."""
    roots = {one["id"] for one in life.way_up(recall) if one["what"] == "record"}
    return next(
        (
            one
            for one in life.own
            if one["what"] == "shared_in" and one["rule"] == recall["rule"] and whose(one) == life.name
            and roots & {above["id"] for above in life.way_up(one)}
        ),
        None,
    )  # fmt: skip
