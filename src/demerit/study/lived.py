"""A world being lived: its months, its ledger and its checkpoints, in a folder of its own."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np

from demerit.catalogue.entries import ROW_DTYPE
from demerit.catalogue.rules import APPLIED, DROPPED
from demerit.engine.checkpoints import CHECKPOINTS, latest_checkpoint, load_checkpoint, save_checkpoint
from demerit.engine.clock import year_of
from demerit.engine.digest import Digest
from demerit.engine.disk import refusals, shown
from demerit.engine.ledger import LedgerWriter
from demerit.errors import RunFolderError
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.simulation.rulebook import Rulebook
from demerit.simulation.setting import Setting
from demerit.simulation.world import World
from demerit.study.refit import refit
from demerit.study.request import Plan
from demerit.study.rows import ledger_columns

CHECKPOINT_DAYS = 5 * 365
"""Days between checkpoints."""
SMALL_WORLD = 50_000
"""People below which a world is lived by one thread."""
_FLUSH_DAYS = 28
_CURSORS = (APPLIED, DROPPED)


class Stopped(Exception):
    """The run was asked to stop; a checkpoint has been written."""


class LivedWorld:
    """One world of a run.

    Args:
        plan: what is run.
        setting: the people.
        regime: this world's rules.
        folder: where its ledger and checkpoints go.
        stop: set to ask for a checkpoint and an early end.
    """

    def __init__(self, plan: Plan, setting: Setting, regime: Regime, folder: Path, stop: Event) -> None:
        self.plan, self.regime, self.folder, self.stop = plan, regime, folder, stop
        worlds = len(plan.regimes)
        # below this size waiting for each other costs threads more than they share
        self.threads = max(1, plan.threads // worlds) if plan.population >= SMALL_WORLD else 1
        self.world: World = setting.world(
            regime,
            keep=plan.keep,
            shards=max(plan.request.shards, self.threads),
            start=plan.first,
            days=plan.days,
            past=plan.past_of(regime),
        )
        self.recorder = Recorder(plan.first, plan.days, setting.population.stratum_weight)
        self.seconds = 0.0
        self.rows = 0
        self.ledger_digest = Digest().hex()
        self._writer: LedgerWriter | None = None

    @property
    def name(self) -> str:
        """Name of the world in tables, charts and files."""
        return self.folder.name

    @property
    def book(self) -> Rulebook:
        """What holds when in this world."""
        assert self.world.book is not None
        return self.world.book

    @property
    def day(self) -> int:
        """Days lived so far."""
        return self.world.day

    def live(self) -> None:
        """Live to the end of the run, from the latest checkpoint if there is one.

        Raises:
            Stopped: `stop` was set; the state is in a checkpoint.
        """
        state = self._restore()
        columns = ledger_columns(self.book.layout, self.plan.first)
        with LedgerWriter(self.folder, self.plan.first, columns, ROW_DTYPE, state=state) as writer:
            self._writer = writer
            began = time.perf_counter()
            try:
                self.world.run(self.plan.days, threads=self.threads, each_day=self._after_day)
            finally:
                self.seconds += time.perf_counter() - began
            summary = writer.close()
        self.rows, self.ledger_digest = summary.rows, summary.digest

    def _after_day(self, world: World) -> None:
        self.recorder(world)
        last = world.day == self.plan.days
        # every shard hands over its own rows: none may bring a year that another has begun to leave behind
        year_ends = year_of(self.plan.first, world.day) != year_of(self.plan.first, world.day - 1)
        if last or year_ends or world.day % _FLUSH_DAYS == 0:
            self._hand_over()
        if last:
            return
        refit(self.world, self.recorder)
        if self.stop.is_set():
            self.checkpoint()
            raise Stopped
        if world.day % CHECKPOINT_DAYS == 0 and self.plan.days - world.day > CHECKPOINT_DAYS // 2:
            self.checkpoint()

    def _hand_over(self) -> None:
        assert self._writer is not None
        writer, last = self._writer, self.world.day - 1
        if self.world.keep:
            self.world.hand_over_rows(lambda rows: writer.append(rows, last))

    def checkpoint(self) -> None:
        """Write everything that the days to come depend on."""
        assert self._writer is not None
        self._hand_over()
        world = self.world
        arrays = {
            **world.tables(),
            "accounts": world.accounts,
            "pending": world.pending(),
            "counters": world.counters(),
            **{f"months.{name}": values for name, values in self.recorder.arrays().items()},
        }
        meta = {
            "ledger": dict(self._writer.flush()),
            "cursor": {str(place): world.cursor(place) for place in _CURSORS},
            "fits": world.fits,
            "seconds": self.seconds,
            "plan": self.plan.hash,
        }
        save_checkpoint(self.folder, world.day, arrays, meta)

    def _restore(self) -> Any:
        """Take up the latest checkpoint and return the state of its ledger; None if there is none."""
        place = latest_checkpoint(self.folder)
        if place is None:
            self._begin_again()
            return None
        day, arrays, meta = load_checkpoint(place)
        if meta["plan"] != self.plan.hash:
            raise RunFolderError(
                f"{shown(place)} belongs to another run; remove it to begin this world again"
            )
        self._refuse_other_forms(place, arrays)
        cursor = {int(name): value for name, value in meta["cursor"].items()}
        fits = [(int(first), float(value)) for first, value in meta["fits"]]
        self.world.restore(day, arrays, cursor, fits)
        self.recorder.restore(
            {
                name.removeprefix("months."): values
                for name, values in arrays.items()
                if name.startswith("months.")
            }
        )
        self.seconds = meta["seconds"]
        return meta["ledger"]

    def _refuse_other_forms(self, place: Path, arrays: dict[str, Any]) -> None:
        """Refuse state that a program with other columns has saved."""
        for name, saved in arrays.items():
            mine = getattr(self.world, name, None)
            if isinstance(mine, np.ndarray) and (mine.dtype != saved.dtype or mine.shape != saved.shape):
                raise RunFolderError(
                    f"{shown(place)} was saved by another version of the program; run it again from the start"
                )

    def _begin_again(self) -> None:
        """Clear away what a world without a checkpoint has left; refuse if its checkpoints were altered."""
        for altered in sorted((self.folder / CHECKPOINTS).glob("day-??????")):
            load_checkpoint(altered)  # names the files that differ
        with refusals(self.folder):
            if self.folder.is_dir():
                shutil.rmtree(self.folder)

    def state_digest(self) -> str:
        """Return the digest of the final state."""
        return self.world.state_digest().hex()

    def digest(self) -> str:
        """Return one digest of final state and ledger."""
        both = f"{self.state_digest()} {self.ledger_digest}"
        return hashlib.sha256(both.encode()).hexdigest()[:32]

    def events_by_family(self) -> dict[str, float]:
        """Return situations met a person and year, by family."""
        from demerit.catalogue.counters import flow
        from demerit.catalogue.words import FAMILIES, FAMILY_OF_KIND, KINDS

        totals = self.world.counters().sum(axis=0)
        person_years = self.plan.population * max(self.world.day, 1) / 365.0
        met = dict.fromkeys(FAMILIES, 0.0)
        for kind, family in zip(KINDS, FAMILY_OF_KIND, strict=True):
            met[FAMILIES[family]] += float(totals[flow(f"{kind}.met")]) / person_years
        return {family: round(rate, 4) for family, rate in met.items()}
