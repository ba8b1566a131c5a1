"""A score as the fold of its entries: what each brought, what is left of it, and how that adds up.

The fold repeats what institutions do to an account, thousandth by thousandth: before a sum changes, all sums
of the account are brought to the day and drop what is less than a thousandth (docs/institutions.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from demerit.catalogue.columns import POINTS_LIMIT
from demerit.catalogue.words import SUBJECTS
from demerit.explain.fading import clip, decayed, whole
from demerit.explain.rules import rule_of, scale_of, systems_of

if TYPE_CHECKING:
    from demerit.explain.lives import Life
    from demerit.explain.source import Entry, Told
    from demerit.regime.types import RegimeFile

_IN_REGISTERS = (
    "record", "credit", "entered", "derived", "conviction", "shared_in", "withdrawal", "withdrawn_derived",
    "lapse", "integrity_lost",
)  # fmt: skip
_ON_ROADS = ("arrival", "recall", "score_lapse")


@dataclass(frozen=True)
class Scale:
    """A score system as it holds on a day: thousandths from the base, and days.

    A half-life or expiry of 0 means that there is none.
    """

    title: str
    base: int
    floor: int
    ceiling: int
    half_life: int
    expiry: int


@dataclass(frozen=True)
class Move:
    """An entry that moves a score: thousandths it brought, and what is left of them on the day asked."""

    entry: Entry
    brought: int
    left: int


@dataclass
class Sums:
    """The sums of an account after an entry: the day they stand at, and thousandths by score system."""

    day: int = 0
    points: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Waterfall:
    """A score of a subject on a day, from its base to what is shown; every height in thousandths.

    Attributes:
        system: id of the platform or register; scale: its scale on that day.
        day: the day asked; sum_day: the day on which the account was last brought up to date.
        stored: the sum it held on that day.
        moves: the entries in order.
        fading: what the sum has lost to whole thousandths, beyond what is left of each entry.
        cut: what the floor or the ceiling takes away.
        rounding: what showing whole points adds or takes away.
        shown: the score in whole points.
    """

    system: str
    scale: Scale
    day: int
    sum_day: int
    stored: int
    moves: list[Move]
    fading: int
    cut: int
    rounding: int
    shown: int

    def total(self, day: int) -> int:
        """Return the sum on a later day if nothing happens, thousandths from the base."""
        return decayed(self.stored, day - self.sum_day, self.scale.half_life)

    def within(self, points: int) -> int:
        """Cut a sum to the scale."""
        return clip(points, self.scale.floor, self.scale.ceiling)

    def shown_at(self, points: int) -> int:
        """Return the score that a sum shows, in whole points."""
        return whole(self.scale.base, self.within(points))

    def steps(self) -> Iterator[tuple[str, int, Move | None]]:
        """Yield every step from nought to the score shown: its name, its height, its entry."""
        yield "clean record", self.scale.base * 1000, None
        for move in self.moves:
            yield "entry", move.left, move
        yield "fading in whole thousandths", self.fading, None
        yield "cut to the scale", self.cut, None
        yield "shown in whole points", self.rounding, None


def scale_on(rules: RegimeFile, kind: str, system: str) -> Scale | None:
    """Return the scale of a score system under some rules; None where they keep none."""
    held = scale_of(rules, kind, system)
    if held is None:
        return None
    platform = next((one.title for one in rules.platforms if one.id == system), None)
    base = float(held.base)
    return Scale(
        title=getattr(held, "title", None) or platform or system,
        base=round(base),
        floor=round((float(held.floor) - base) * 1000),
        ceiling=round((float(held.ceiling) - base) * 1000),
        half_life=0 if held.half_life_days is None else round(float(held.half_life_days)),
        expiry=0 if held.expiry_days is None else round(float(held.expiry_days)),
    )


class Fold:
    """The account of a subject, folded from its entries.

    Args:
        life: the subject.
    """

    def __init__(self, life: Life) -> None:
        self.told: Told = life.told
        self.kind = SUBJECTS[life.kind]
        self.systems = systems_of(self.told.periods, self.kind)
        self.sums = Sums(points=dict.fromkeys(self.systems, 0))
        self.moves: list[tuple[Entry, str, int, int]] = []
        self._past: list[tuple[int, dict[str, int]]] = [(0, dict(self.sums.points))]
        self._scales = [
            (day, {system: scale_on(rules, self.kind, system) for system in self.systems})
            for day, rules in self.told.periods
        ]
        self._roads = self._all_roads()
        turns = iter([*self._turns(), None])
        turn = next(turns)
        for entry in life.own:
            day = self.told.day_of(entry["date"])
            while turn is not None and turn <= day:
                self._settle(turn, turn - 1)
                turn = next(turns)
            self._take(entry, day)
        while turn is not None:
            self._settle(turn, turn - 1)
            turn = next(turns)

    def _all_roads(self) -> dict[str, str]:
        """Return where transfers lead, as they are when they first hold."""
        found: dict[str, str] = {}
        for _, rules in self.told.periods:
            for one in rules.transfers:
                found.setdefault(one.id, one.to)
        return found

    def _half_life(self, system: str, day: int) -> int:
        scale = next(scales for first, scales in reversed(self._scales) if first <= day)[system]
        return 0 if scale is None else scale.half_life

    def _turns(self) -> list[int]:
        """Return the days on which points begin to fade at another pace."""
        return [
            day
            for (_, old), (day, new) in pairwise(self._scales)
            if any((a := old[one]) and (b := new[one]) and a.half_life != b.half_life for one in self.systems)
        ]

    def _settle(self, day: int, paced: int) -> None:
        """Bring all sums to a day, at the pace of a day: at a change of pace that of the day before."""
        if day == self.sums.day:
            return
        for system, points in self.sums.points.items():
            self.sums.points[system] = decayed(points, day - self.sums.day, self._half_life(system, paced))
        self.sums.day = day
        self._past.append((day, dict(self.sums.points)))

    def _take(self, entry: Entry, day: int) -> None:
        system = self._system(entry, day)
        if system is None:
            return
        points = round(entry["points"] * 1000)
        if points == 0 and entry["what"] != "repaired":
            return
        self._settle(day, day)
        if system in self.sums.points:
            self.sums.points[system] = clip(self.sums.points[system] + points, -POINTS_LIMIT, POINTS_LIMIT)
            self.moves.append((entry, system, points, day))
        self._past.append((day, dict(self.sums.points)))

    def _system(self, entry: Entry, day: int) -> str | None:
        """Return the score system that an entry moves; None for one that moves none."""
        what, rule = entry["what"], entry["rule"].partition(":")[2]
        if what in _IN_REGISTERS:
            register = entry.get("register")
            return register if register in self.systems else None
        if what in _ON_ROADS:
            return self._roads.get(rule)
        rules = self.told.rules_on(day)
        if what == "repaired":
            repair = rule_of(rules, entry["rule"])
            restored = None if repair is None else repair.restores
            return restored if restored in self.systems else None
        if what == "thin_file" and rules.score is not None:
            return rules.score.platform
        return None

    def left(self, points: int, day: int, until: int, system: str) -> int:
        """Return what is left of points after a while, pace after pace."""
        for turn in self._turns():
            if day < turn <= until:
                points, day = decayed(points, turn - day, self._half_life(system, turn - 1)), turn
        return decayed(points, until - day, self._half_life(system, until))

    def waterfall(self, system: str) -> Waterfall | None:
        """Return a score on the last day of the run; None where it is not kept any more."""
        day = self.told.last_day
        scale = self._scales[-1][1][system]
        if scale is None:
            return None
        stored, since = self.sums.points[system], self.sums.day
        total = decayed(stored, day - since, scale.half_life)
        moves = [
            Move(entry, points, self.left(points, when, day, system))
            for entry, of, points, when in self.moves
            if of == system
        ]
        held = clip(total, scale.floor, scale.ceiling)
        shown = whole(scale.base, held)
        return Waterfall(
            system, scale, day, since, stored, moves,
            fading=total - sum(move.left for move in moves),
            cut=held - total,
            rounding=(shown - scale.base) * 1000 - held,
            shown=shown,
        )  # fmt: skip

    def shown_on(self, system: str, day: int) -> int | None:
        """Return the score that was shown on a day, None where none was kept."""
        scale = next(scales for first, scales in reversed(self._scales) if first <= day)[system]
        if scale is None:
            return None
        since, points = next(one for one in reversed(self._past) if one[0] <= day)
        total = decayed(points[system], day - since, scale.half_life)
        return whole(scale.base, clip(total, scale.floor, scale.ceiling))

    def shown_each_day(self, system: str) -> list[int | None]:
        """Return the score that was shown on every day of the run, None where none was kept."""
        scales = dict(self._scales)
        past = dict(self._past)  # of several sums of a day the last
        scale, since, points = None, 0, 0
        found: list[int | None] = []
        for day in range(self.told.last_day + 1):
            if day in scales:
                scale = scales[day][system]
            if day in past:
                since, points = day, past[day][system]
            if scale is None:
                found.append(None)
                continue
            total = decayed(points, day - since, scale.half_life)
            found.append(whole(scale.base, clip(total, scale.floor, scale.ceiling)))
        return found

    def waterfalls(self) -> list[Waterfall]:
        """Return every score of the subject on the last day."""
        return [found for system in self.systems if (found := self.waterfall(system)) is not None]


def as_plain(fall: Waterfall, life: Life) -> dict[str, Any]:
    """Return a waterfall as plain data, in points."""
    return {
        "system": fall.system,
        "title": fall.scale.title,
        "date": life.told.date_of(fall.day).isoformat(),
        "shown": fall.shown,
        "steps": [
            {"step": name, "points": height / 1000}
            | ({} if move is None else {"id": move.entry["id"], "brought": move.brought / 1000})
            for name, height, move in fall.steps()
            if height or move is not None
        ],
    }
