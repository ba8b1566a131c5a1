"""A world that was lived to its end, with its ledger and every situation that was met."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from demerit.catalogue.entries import HIRED, JOB_LOST, MILESTONE
from demerit.catalogue.words import (
    COMPANY,
    ELIGIBILITY,
    EMPLOYED,
    INDEX_MASK,
    LEAVES_SCHOOL,
    NO_WORK,
    OWN_ACCOUNT,
    SEEKING,
    SUBJECT_SHIFT,
    VEHICLE,
)
from demerit.regime import Regime
from demerit.simulation.first_jobs import seeks_work
from demerit.simulation.setting import Setting
from demerit.simulation.weekdays import EPISODE_SHIFT, KIND_SHIFT, WEEKDAY_SHIFT
from demerit.simulation.world import World

TEN_YEARS = 3640
"""Ten years less ten days: whole weeks, because situations are drawn by the week."""
Q32 = float(1 << 32)
MET_DTYPE = np.dtype([("day", "i8"), ("person", "i8"), ("kind", "i8"), ("episode", "i8")])


@dataclass(frozen=True)
class Spell:
    """Days of a person's life in one standing: the first, the one after the last, what comes in, fen a day.

    ``job`` is EMPLOYED for all who work; ``cause`` is the id of what ended a job, 0 if nothing has.
    """

    first: int
    end: int
    job: int
    wage: float
    cause: int

    @property
    def working(self) -> bool:
        """Tell whether it is a job."""
        return self.job == EMPLOYED


@dataclass(eq=False, repr=False)
class Lived:
    """A world at the end of its days, its ledger rows by id, and the situations met."""

    setting: Setting
    regime: Regime
    world: World
    rows: np.ndarray
    met: np.ndarray

    @property
    def days(self) -> int:
        """Days that were lived."""
        return self.world.day

    @property
    def traits(self) -> np.ndarray:
        return self.setting.population.traits

    @property
    def adult(self) -> np.ndarray:
        return self.traits["flags"] & 1 == 1

    @property
    def income_day(self) -> np.ndarray:
        """Income, CNY a day."""
        return self.traits["income_fen_day"] / 100.0

    def of(self, *what: int) -> np.ndarray:
        """Return the rows of some kinds of entry, in the order of their ids."""
        return self.rows[np.isin(self.rows["what"], what)]

    @cached_property
    def job_rows(self) -> dict[int, list[np.void]]:
        """Entries about jobs lost and found, by person, in the order of their ids."""
        found: dict[int, list[np.void]] = {}
        for row in self.of(JOB_LOST, HIRED, MILESTONE):
            found.setdefault(int(row["subject"]), []).append(row)
        return found

    def first_standing(self, person: int) -> int:
        """Return where somebody stood in the labour market on the first day."""
        own = self.traits[person]
        if own["flags"] >> ELIGIBILITY.index("employed") & 1 == 0:
            return NO_WORK
        job = EMPLOYED if own["employer"] > 0 else OWN_ACCOUNT
        return SEEKING if seeks_work(self.setting.seed, own, self.setting.people, person, job) else EMPLOYED

    def spells_of_work(self, person: int) -> list[Spell]:
        """Return the spells of somebody's life with and without work."""
        income = float(self.traits["income_fen_day"][person])
        pension = income * int(self.setting.people["pension"]) / 32768
        job, first, wage, spells = self.first_standing(person), 0, income, []
        for row in self.job_rows.get(person, []):
            what, day = int(row["what"]), int(row["day"])
            spells.append(Spell(first, day, job, wage, int(row["cause"]) if what == JOB_LOST else 0))
            first = day
            if what == HIRED:
                job, wage = EMPLOYED, float(row["amount"])
            elif what == JOB_LOST or row["rule"] == LEAVES_SCHOOL:
                job = SEEKING
            else:
                job, wage = NO_WORK, pension
        return [*spells, Spell(first, self.days, job, wage, 0)]

    @cached_property
    def moved(self) -> np.ndarray:
        """Who has ever been without a job that a vehicle goes with, bool (citizens)."""
        by_trade = self.traits["flags"] >> ELIGIBILITY.index("truck_driver") & 1 == 1
        changed = np.zeros(len(by_trade), bool)
        changed[list(self.job_rows)] = True
        return by_trade & (changed | (self.world.state["job"] == SEEKING))

    @cached_property
    def row_of(self) -> dict[int, int]:
        """Place of a row by its id."""
        return {int(identity): place for place, identity in enumerate(self.rows["id"])}

    def cause_of(self, row: np.void) -> np.void:
        """Return the row that caused a row."""
        return self.rows[self.row_of[int(row["cause"])]]

    def cause_of_known(self, row: np.void, what: int) -> bool:
        """Tell whether the cause of a row stands in the ledger and is of a kind."""
        place = self.row_of.get(int(row["cause"]))
        return place is not None and int(self.rows[place]["what"]) == what

    @cached_property
    def effects(self) -> dict[int, list[np.void]]:
        """Rows by the id of what caused them."""
        found: dict[int, list[np.void]] = {}
        for row in self.rows:
            if row["cause"] != row["id"]:
                found.setdefault(int(row["cause"]), []).append(row)
        return found

    def register(self, name: str) -> int:
        """Return the number of a register."""
        return [register.id for register in self.regime.data.registers].index(name)

    def conduct(self, name: str) -> int:
        """Return the number of a conduct."""
        return [conduct.id for conduct in self.regime.data.conducts].index(name)

    def kinds_of_rows(self, rows: np.ndarray) -> np.ndarray:
        """Return the situation each row's conduct answers."""
        answers = np.array([conduct.answers for conduct in self.regime.data.conducts])
        return answers[rows["rule"]]


def live(setting: Setting, regime: Regime, days: int, *, threads: int = 1, **division: Any) -> Lived:
    """Live some days in whole weeks, and keep what happened."""
    world = setting.world(regime, **division)
    met: list[np.ndarray] = []

    def note(world: World) -> None:
        if (world.day - 1) % 7 == 0:
            met.append(week_of(world))

    world.run(days, threads=threads, each_day=note)
    rows = world.take_rows()
    situations = np.concatenate(met)
    situations = situations[situations["day"] < days]
    return Lived(
        setting,
        regime,
        world,
        rows[np.argsort(rows["id"])],
        situations[np.lexsort((situations["episode"], situations["person"], situations["day"]))],
    )


def week_of(world: World) -> np.ndarray:
    """Return the situations that people meet in the running week; organisations come after them."""
    week = (world.day - 1) // 7
    found = []
    for shard in world.shards:
        for number, block in enumerate(shard.members):
            first = shard.entry_first[number]
            entries = shard.entries[first : first + shard.day_first[number, 7] - first].astype(np.int64)
            low, high = world.blocks.borders[block, :2]
            entries = entries[entries & 0xFFFF < high - low]
            listed = np.zeros(len(entries), MET_DTYPE)
            listed["person"] = low + (entries & 0xFFFF)
            listed["kind"] = entries >> KIND_SHIFT & 0xFF
            listed["day"] = 7 * week + (entries >> WEEKDAY_SHIFT & 7)
            listed["episode"] = entries >> EPISODE_SHIFT
            found.append(listed)
    return np.concatenate(found)


def subject_kind(code: Any) -> Any:
    """Return the kind of subject behind a code."""
    return np.asarray(code, np.int64) >> SUBJECT_SHIFT


def subject_index(code: Any) -> Any:
    """Return the number of a subject among those of its kind."""
    return np.asarray(code, np.int64) & INDEX_MASK


def vehicle_code(number: int) -> int:
    return VEHICLE << SUBJECT_SHIFT | number


def company_code(number: int) -> int:
    return COMPANY << SUBJECT_SHIFT | number


def id_day(identity: Any) -> Any:
    """Return the day an id was made on: its upper bits."""
    return np.asarray(identity, np.int64) >> 47


def id_subject(identity: Any) -> Any:
    """Return the subject that made an id."""
    return (np.asarray(identity, np.int64) >> 15) & 0xFFFFFFFF
