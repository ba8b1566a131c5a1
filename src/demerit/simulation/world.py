"""A world: a population under a regime, with its state, from the first day to the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.counters import MET, PER_KIND
from demerit.catalogue.hearsay import HEARSAY_DTYPE
from demerit.catalogue.rules import APPLIED, DROPPED
from demerit.catalogue.words import KINDS
from demerit.engine.calendar import Calendar
from demerit.engine.digest import Digest, state_digest
from demerit.simulation.accounts import KeptAccounts
from demerit.simulation.amend import amend, carried
from demerit.simulation.arrays import Town
from demerit.simulation.birthdays import WEEK, birthday_letters
from demerit.simulation.blocks import Blocks, deal, divide
from demerit.simulation.first_jobs import first_letters
from demerit.simulation.hukou_tables import thin_files
from demerit.simulation.meet import poisson_table
from demerit.simulation.offices import first_agencies, found_offices
from demerit.simulation.officials import evaluation_letters, first_gradings, first_officials
from demerit.simulation.review import first_neighbourhoods, review
from demerit.simulation.shard import Shard
from demerit.simulation.start import first_state
from demerit.society.frailty import WEEKS_A_YEAR

if TYPE_CHECKING:
    from demerit.simulation.rulebook import Rulebook
    from demerit.society.people import Population

FULL = 1 << 32
"""Share of subjects whose rows a full ledger keeps, on the scale of a draw."""


OWN_TABLES = (
    "state", "work", "hearsay", "officials", "gradings", "vehicles", "companies", "neighbourhoods",
    "appeal_offices", "appeal_desks",
)  # fmt: skip
"""Tables that change from day to day, accounts apart: what a checkpoint keeps and a digest covers."""


class World:
    """A population under a regime.

    Args:
        population: who lives here; read only, shared by the worlds of a run.
        rules: compiled regime.
        law: its compiled null regime.
        people: compiled and calibrated society.
        seed: the run's seed.
        keep: share of subjects whose ledger rows are kept, 0 … 2**32.
        shards: number of shards.
        blocks: division into blocks; by default of equal size.
        owner: shard of every block; by default runs of blocks.
        book: what holds when, for a regime whose rules change; the tables given are those of its first day.
    """

    def __init__(
        self,
        population: Population,
        rules: np.void,
        law: np.void,
        people: np.void,
        seed: int,
        *,
        keep: int = FULL,
        shards: int = 1,
        blocks: Blocks | None = None,
        owner: np.ndarray[Any, Any] | None = None,
        book: Rulebook | None = None,
    ) -> None:
        self._town: Town | None = None
        self.book = book
        self.fits: list[tuple[int, float]] = []
        self.population = population
        self.rules, self.law, self.people = rules, law, people
        self.seed, self.keep, self.day = seed, keep, 0
        self.vehicles = population.vehicles.copy()
        self.companies = population.companies.copy()
        self.state, self.work = first_state(population, rules, people, seed)
        self.hearsay = np.zeros(population.count, HEARSAY_DTYPE)
        counts = population.subjects()
        self.account_first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.kept = KeptAccounts(counts, rules, law)
        self.agency_of = first_agencies(population)
        self.neighbourhoods = first_neighbourhoods(population.count)
        self.appeal_offices, self.appeal_desks = found_offices(population, rules)
        self.officials, self.gradings = first_officials(population), first_gradings(population)
        self.adults = np.packbits(population.rate_class > 0, bitorder="little")
        self.class_rates, weekly = population.rate_table()
        self.poisson = poisson_table(weekly)
        self.body_poisson = poisson_table(people["body_rate"].sum(axis=1) / (1 << 16) / WEEKS_A_YEAR)
        self.blocks = blocks or divide(counts, shards=shards)
        self.owner = deal(self.blocks, shards) if owner is None else owner.astype(np.int64)
        self.number_in_shard = np.zeros(len(self.blocks), np.int64)
        self.for_all: Callable[..., Any] = map
        self.shards: list[Shard] = []
        for number in range(int(self.owner.max()) + 1):
            members = np.flatnonzero(self.owner == number)
            self.number_in_shard[members] = np.arange(len(members))
            self.shards.append(Shard(number, members, self))
        self._file(first_letters(self.state, people, seed))
        self._file(thin_files(population, rules))

    @property
    def town(self) -> Town:
        """What all shards share, as the kernels take it."""
        here = self.population
        parts = (
            self.blocks.borders, self.blocks.cell_first, self.blocks.cell_block, self.owner,
            self.number_in_shard,
            self.state, self.work, self.hearsay, here.traits, self.kept.views,
            self.vehicles, self.companies, here.agencies, here.services, self.agency_of,
            self.neighbourhoods,
            here.places.citizen_first, here.agency_first, self.appeal_offices, self.appeal_desks,
            self.adults, here.minds, self.officials, self.gradings,
            here.home_first, here.household_first, here.friends, here.kin_first, here.kin,
            here.company_first, here.staff,
            here.rate_class, self.class_rates, self.poisson, self.body_poisson, here.ties,
            self.rules, self.law, self.people,
        )  # fmt: skip
        town = self._town
        if town is None or not town.holds(parts):
            town = self._town = Town(*parts)
        return town

    def run(
        self,
        until: int,
        *,
        threads: int = 1,
        each_day: Callable[[World], None] | None = None,
    ) -> None:
        """Live the days up to, not including, day ``until``.

        Args:
            until: first day that is not lived.
            threads: threads that work on the shards.
            each_day: called after every day, for measures, ledger and progress.
        """
        with ThreadPoolExecutor(threads) as pool:
            self.for_all = pool.map if threads > 1 and len(self.shards) > 1 else map
            try:
                while self.day < until:
                    self._live_day(self.for_all)
                    if each_day is not None:
                        each_day(self)
            finally:
                self.for_all = map

    def _live_day(self, for_all: Callable[..., Any]) -> None:
        self._turn()
        day = self.day
        review(self, day)
        town = self.town
        if day % WEEK == 0:
            list(for_all(lambda shard: shard.meet(self, town, day // WEEK), self.shards))
            self._file(birthday_letters(self.population, day), day)
        self._file(evaluation_letters(self.officials, day), day)
        list(for_all(lambda shard: shard.live(self, town, day), self.shards))
        list(for_all(lambda shard: shard.route(self, town, day), self.shards))
        for shard in self.shards:
            shard.cursor[0] = 0
        self.day = day + 1

    @property
    def fitted(self) -> float | None:
        """The value that the parameter of a refit has now; None if it was never refitted."""
        return self._fitted_on(self.day)

    def _fitted_on(self, day: int) -> float | None:
        begun = 0 if self.book is None else self.book.began(day)
        values = [value for first, value in self.fits if begun <= first <= day]
        return values[-1] if values else None

    def refit(self, value: float) -> None:
        """Give the parameter of the regime's refit another value from the day about to be lived."""
        assert self.book is not None
        self.fits.append((self.day, value))
        amend(self, *self.book.tables(self.day, value))

    def _turn(self) -> None:
        """Let the rules of today hold, if other rules begin to hold today."""
        if self.book is not None and self.day in self.book.turns:
            amend(self, *self.book.tables(self.day, self.fitted))

    def _catch_up(self, fits: Sequence[tuple[int, float]]) -> None:
        """Take the rules that held when the state of today was saved, with all that was carried over."""
        if self.book is None:
            return
        turned = [(day, None) for day in self.book.turns if 0 < day < self.day]
        fitted = [(day, value) for day, value in fits if day <= self.day]
        for day, value in sorted([*turned, *fitted], key=lambda one: (one[0], one[1] is None)):
            self.fits += [(day, value)] if value is not None else []
            rules, self.law = self.book.tables(day, self._fitted_on(day))
            self.rules = carried(self.rules, rules, day)

    def restore(
        self,
        day: int,
        arrays: Mapping[str, np.ndarray[Any, Any]],
        cursor: Mapping[int, int],
        fits: Sequence[tuple[int, float]] = (),
    ) -> None:
        """Take up a state that was saved after some days, in whatever division into shards.

        Args:
            day: days lived so far.
            arrays: what :meth:`tables` returns, accounts, pending messages and counters by name.
            cursor: totals of the desk's cursor by place.
            fits: values that a refit has given its parameter, each with its first day.
        """
        self.day = day
        self._catch_up(fits)
        self.kept.take(arrays["accounts"])
        for name, table in self.tables().items():
            if name != "appeal_desks":
                table[:] = arrays[name]
        self.appeal_desks = arrays["appeal_desks"].copy()  # cases come and go
        first = self.shards[0].desk[0]
        first["counters"] = arrays["counters"]
        for place, total in cursor.items():
            first["n"][place] = total
        for shard in self.shards:
            shard.calendar = Calendar.empty(len(shard.members))
        self._file(np.ascontiguousarray(arrays["pending"]), day - 1)
        if day % 7 != 0:
            for shard in self.shards:
                shard.meet(self, self.town, day // 7)

    def _file(self, letters: np.ndarray[Any, Any], day: int = 0) -> None:
        """File messages that were sent before the day that is lived next."""
        if len(letters):
            town = self.town
            for shard in self.shards:
                shard.file(town, letters, day)

    @property
    def accounts(self) -> np.ndarray[Any, Any]:
        """Return a copy of the accounts of all subjects in full: ACCOUNTS_DTYPE, one kind after the other."""
        return np.concatenate([self.accounts_of(kind) for kind in range(len(self.kept.views))])

    def accounts_of(self, subject_kind: int) -> np.ndarray[Any, Any]:
        """Return a copy of the accounts of a kind of subject in full: ACCOUNTS_DTYPE (subjects)."""
        return self.kept.full(subject_kind)

    def take_rows(self) -> np.ndarray[Any, Any]:
        """Return the ledger rows made since the last call, in no particular order."""
        return np.concatenate([shard.take_rows() for shard in self.shards])

    def hand_over_rows(self, take: Callable[[np.ndarray[Any, Any]], None]) -> None:
        """Hand over the ledger rows made since the last call, shard by shard, to be copied."""
        for shard in self.shards:
            take(shard.rows_made())
            shard.forget_rows()

    def counters(self) -> np.ndarray[Any, Any]:
        """Return all counters since the first day: int64 (cells + 1, counters)."""
        return np.asarray(np.add.reduce([shard.desk[0]["counters"] for shard in self.shards]))

    def cursor(self, place: int) -> int:
        """Return the total of a place of the desks' cursors."""
        return sum(int(shard.desk[0]["n"][place]) for shard in self.shards)

    @property
    def events(self) -> int:
        """Situations met since the first day, those that others cause among them."""
        return int(self.counters()[:, MET : len(KINDS) * PER_KIND : PER_KIND].sum())

    @property
    def messages(self) -> int:
        """Messages delivered since the first day."""
        return self.cursor(APPLIED)

    @property
    def dropped(self) -> int:
        """Messages to somebody of a circle in which there was nobody."""
        return self.cursor(DROPPED)

    def pending(self) -> np.ndarray[Any, Any]:
        """Return the messages that wait for later days."""
        return np.concatenate([shard.calendar.pending() for shard in self.shards])

    def tables(self) -> dict[str, np.ndarray[Any, Any]]:
        """Return the tables that change from day to day, accounts apart, by name: not copies."""
        return {name: getattr(self, name) for name in OWN_TABLES}

    def state_digest(self) -> Digest:
        """Return the digest of everything that the future depends on, by identity and not by place."""
        digest = state_digest(self.tables())
        for first, accounts in self.kept.parts():
            digest.add(accounts, "accounts", first + np.arange(len(accounts)))
        digest.add(self.pending(), "pending")
        return digest
