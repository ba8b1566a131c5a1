"""A regime as the reference engine reads it: plain values by id, taken from the typed file alone."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any

from demerit.regime.types import RegimeFile


@dataclass(frozen=True)
class Scale:
    """A register or a score: sums are thousandths from the base."""

    base: int
    floor: int
    ceiling: int
    half_life: int
    expiry: int
    range: float


@dataclass(frozen=True)
class Conduct:
    points: list[tuple[str, int]]
    fine_fen: int
    licence_points: int
    lists: dict[str, float]
    violation: bool


@dataclass(frozen=True)
class Court:
    register: str
    points: int
    fine_fen: int


@dataclass(frozen=True)
class Transfer:
    number: int
    id: str
    start: str
    end: str
    loss: float
    access: float
    mismatch: float
    duplication: float
    factor: int
    delays: list[int]


@dataclass(frozen=True)
class Chain:
    number: int
    id: str
    link: str
    to: str
    into: str
    share: int
    depth: int
    below: int | None
    violations: int


@dataclass(frozen=True)
class ListOf:
    id: str
    term: int
    grace: int
    grace_working: int
    performance: bool
    removal: int
    removal_working: int
    reads: str
    below: int
    above: int | None
    leads_to: str
    leads_after: int


@dataclass(frozen=True)
class Hanging:
    """A sanction or reward."""

    id: str
    reads: str
    on_list: bool
    below: int | None
    above: int | None
    counts: str
    at_least: int


@dataclass(frozen=True)
class Fines:
    late: float
    term: int
    delays: list[int]


@dataclass(frozen=True)
class Course:
    share: float
    points: int
    most: int
    days: int
    cost_days: float


@dataclass(frozen=True)
class Licence:
    limit: int
    cycle: int
    study: int
    study_most: int
    cost_days: float
    carries_over: bool
    expiry: int
    hardship: float
    course: Course | None


def whole(number: Any) -> int:
    return 0 if number is None else round(float(number))


def thousandths(number: Any) -> int:
    return round(float(number) * 1000)


def geometric(mean: float, least: int = 1) -> list[int]:
    """Return a geometric delay at 256 equally likely levels: the day by which more than a share has come."""
    if mean <= 1:
        return [max(1, least)] * 256
    days = []
    for level in range(256):
        share, day = (level + 0.5) / 256, 1
        while 1 - (1 - 1 / mean) ** day <= share * (1 + 1e-12):
            day += 1
        days.append(max(day, least))
    return days


@dataclass
class Rulebook:
    """All rules of a regime by kind of subject and id."""

    file: RegimeFile
    platforms: dict[str, bool] = field(default_factory=dict)
    conducts: dict[str, Conduct] = field(default_factory=dict)

    def __post_init__(self) -> None:
        file = self.file
        self.platforms = {one.id: one.deduplicates for one in file.platforms}
        self.registers = {one.id: one for one in file.registers}
        order = list(self.registers)
        self.conducts = {
            one.id: Conduct(
                sorted(
                    ((name, thousandths(points)) for name, points in one.points.items() if float(points)),
                    key=lambda entry: order.index(entry[0]),
                ),
                round(float(one.fine) * 100),
                whole(one.licence_points),
                {name: float(chance) for name, chance in one.lists.items()},
                one.violation,
            )
            for one in file.conducts
        }
        court = file.prosecution
        self.court = court and Court(
            court.register_id, thousandths(court.points), round(float(court.fine) * 100)
        )
        self.violation_days = 0 if file.violations is None else whole(file.violations.window_days)
        self.fines = file.fines and Fines(
            float(file.fines.late), whole(file.fines.term_days), geometric(float(file.fines.delay_days))
        )
        self.licence = self._licence()
        self.transfers = [self._transfer(number) for number in range(len(file.transfers))]

    def _licence(self) -> Licence | None:
        one = self.file.licence
        if one is None:
            return None
        course = one.course and Course(
            float(one.course.share),
            whole(one.course.points),
            whole(one.course.most),
            whole(one.course.days),
            float(one.course.cost_days),
        )
        return Licence(
            whole(one.limit),
            whole(one.cycle_days),
            whole(one.study_days),
            whole(one.study_most_days),
            float(one.study_cost_days),
            one.carries_over,
            whole(one.expiry_days),
            float(one.hardship),
            course,
        )

    def _transfer(self, number: int) -> Transfer:
        one = self.file.transfers[number]
        levels = {platform.id: platform.level for platform in self.file.platforms}
        nation = "nation" in (levels.get(one.from_), levels.get(one.to))
        least = whole(self.file.exchange.national_sync_days) if nation else 1
        return Transfer(
            number,
            one.id,
            one.from_,
            one.to,
            float(one.loss),
            float(one.access),
            float(one.mismatch),
            float(one.duplication),
            thousandths(one.factor),
            geometric(float(one.delay_days), least),
        )

    @staticmethod
    def kind(subject: str) -> str:
        return subject.split(":", maxsplit=1)[0]

    def kept_for(self, subject: str) -> list[str]:
        return [name for name, one in self.registers.items() if self.kind(subject) in one.covers]

    def _ratings(self, subject: str) -> dict[str, Any]:
        kind = self.kind(subject)
        found = {self.file.score.platform: self.file.score} if kind == "citizen" and self.file.score else {}
        return found | {one.platform: one for one in self.file.ratings if kind in one.covers}

    def systems_of(self, subject: str) -> list[str]:
        return [*self._ratings(subject), *self.kept_for(subject)]

    def scale(self, subject: str, system: str) -> Scale:
        one = self._ratings(subject).get(system) or self.registers[system]
        base, floor, ceiling = float(one.base), float(one.floor), float(one.ceiling)
        return Scale(
            round(base),
            thousandths(floor - base),
            thousandths(ceiling - base),
            whole(one.half_life_days),
            whole(one.expiry_days),
            ceiling - floor,
        )

    def worth(self, subject: str, platform: str, register: str, points: int) -> int:
        """Return what register points are worth on a platform's score of the subject, toward zero."""
        rating = self._ratings(subject).get(platform)
        if rating is None or register not in rating.weights:
            return 0
        one = self.registers[register]
        weight = float(rating.weights[register]) * (float(rating.ceiling) - float(rating.floor))
        parts = round(weight / (float(one.ceiling) - float(one.floor)) * 65536)
        return int(math.copysign(abs(points) * parts // 65536, points))

    def ways(self, subject: str, register: str) -> list[Transfer]:
        """Return the transfers a record takes: from where it is, towards where it counts, in order."""
        graph: dict[str, set[str]] = {}
        for one in self.transfers:
            graph.setdefault(one.end, set()).add(one.start)
        rank = {name: place for place, name in enumerate(TopologicalSorter(graph).static_order())}
        ordered = sorted(self.transfers, key=lambda one: (rank[one.start], one.number))
        reached, taken = {register}, []
        for one in ordered:
            if one.start in reached and self._leads_somewhere(subject, register, one):
                taken.append(one)
                if one.end in self.platforms:
                    reached.add(one.end)
        return taken

    def _leads_somewhere(self, subject: str, register: str, transfer: Transfer) -> bool:
        if transfer.end not in self.platforms:
            return transfer.end in self.kept_for(subject)
        rating = self._ratings(subject).get(transfer.end)
        if rating and register in rating.weights and float(rating.weights[register]) != 0:
            return True
        return any(
            self._leads_somewhere(subject, register, one)
            for one in self.transfers
            if one.start == transfer.end
        )

    def chains_from(self, subject: str, register: str) -> list[Chain]:
        return [
            Chain(
                number,
                one.id,
                {"vehicle": "owner", "citizen": "driver", "company": "representative"}[one.from_]
                if one.by is None
                else one.by,
                one.to,
                one.into or one.register_id,
                thousandths(one.fraction),
                one.depth,
                None if one.below is None else whole(one.below),
                one.violations or 0 if one.fleet_share is None else int(100 * float(one.fleet_share)) + 1,
            )
            for number, one in enumerate(self.file.chains)
            if one.from_ == self.kind(subject) and one.register_id == register
        ]

    def lists_of(self, subject: str) -> list[ListOf]:
        return [self._list(one) for one in self.file.lists if one.of == self.kind(subject)]

    def list_named(self, name: str) -> ListOf:
        return next(self._list(one) for one in self.file.lists if one.id == name)

    def lists_behind(self, situation: str) -> set[str]:
        """Return the lists to which a record of a situation can lead."""
        return {name for one in self.file.conducts if one.answers == situation for name in one.lists}

    @staticmethod
    def _list(one: Any) -> ListOf:
        return ListOf(
            one.id,
            whole(one.term_days),
            whole(one.grace_days),
            one.grace_working_days,
            one.performance,
            whole(one.removal_days),
            one.removal_working_days,
            one.reads or "",
            whole(one.below),
            None if one.above is None else whole(one.above),
            one.leads_to or "",
            whole(one.leads_after_days),
        )

    def hanging_on(self, subject: str) -> list[Hanging]:
        """Return the sanctions and rewards of a kind of subject that read what is kept for it."""
        lists = {one.id for one in self.lists_of(subject)}
        found = []
        for one in (*self.file.sanctions, *self.file.rewards):
            if one.of != self.kind(subject):
                continue
            counts, at_least = getattr(one, "counts", None) or "", getattr(one, "at_least", None) or 1
            reads = one.reads or ""
            if not counts and reads not in lists and reads not in self.systems_of(subject):
                continue
            below, above = getattr(one, "below", None), getattr(one, "above", None)
            found.append(
                Hanging(
                    one.id,
                    reads,
                    reads in lists,
                    None if below is None else whole(below),
                    None if above is None else whole(above),
                    counts,
                    at_least,
                )
            )
        return found
