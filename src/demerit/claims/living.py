"""The worlds of the claims, lived and read: those of a seed share their people, and leave one file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from demerit.claims.catalogue import STATISTICS
from demerit.claims.definitions import statistics_of, worlds_read
from demerit.claims.draws import TRIES, drawn_regime, drawn_society
from demerit.claims.plan import ClaimsJob, ClaimsPlan
from demerit.claims.purses import Purses
from demerit.claims.reading import Figure, Reading
from demerit.claims.worlds import Made, world_of
from demerit.engine.disk import refusals, write_whole
from demerit.errors import UsageError
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.simulation.setting import Setting, Tuned, tune
from demerit.society import Society
from demerit.study.layout import WORLDS
from demerit.study.refit import refit

Told = Callable[[int], None]
MOST_ROWS = 500_000
"""Ledger rows of a world of a draw, some five times the usual number. Where reports answer reports, a world
that fills more is given up, and its draw is lived by a quarter of the people, and by a quarter of these."""
FEWER = (1, 4, 16)
"""Parts of the people by which a draw is lived, in turn; the last whatever it fills."""


def file_of(folder: Path, job: ClaimsJob) -> Path:
    """Return the file of a job in the folder of the claims."""
    return folder / WORLDS / f"{job.name}.json"


@dataclass(frozen=True)
class Living:
    """The work of the claims: each job is all worlds of a seed, or of a draw.

    Attributes:
        plan: what is asked.
        tuned: what the people of a society choose by, by its hash: worlds of one society share it.
    """

    plan: ClaimsPlan
    tuned: dict[str, Tuned] = field(default_factory=dict)

    @property
    def jobs(self) -> int:
        """Number of jobs."""
        return len(self.plan.todo)

    @property
    def workers(self) -> int:
        """Jobs done side by side."""
        return self.plan.workers

    def live(self, job: ClaimsJob, folder: Path, told: Told) -> None:
        """Live all worlds of a job and leave what the claims read of them.

        Raises:
            RunFolderError: the disk refused.
            UsageError: the regime and the society do not go together.
        """
        regime, society, attempt = self._files(job)
        people, worlds = self._lived(job, regime, society, told)
        content = {
            "plan": self.plan.hash,
            "draw": job.draw,
            "attempt": attempt,
            "people": people,
            "seeds": list(job.seeds),
            "worlds": worlds,
        }
        keep(file_of(folder, job), content)

    def _lived(
        self, job: ClaimsJob, regime: Regime, society: Society, told: Told
    ) -> tuple[int, dict[str, list[dict[str, Any]]]]:
        """Live the worlds of a job; return by how many people they were lived, and what was read of them."""
        deciding, people = job.draw > 0, self.plan.people(job)
        names = worlds_read(deciding=deciding)
        for part in FEWER[:-1] if deciding else ():
            try:
                few = max(people // part, 1)
                return few, self.worlds_of(
                    job.seeds, regime, society, names, few, told, deciding=True, most_rows=MOST_ROWS
                )
            except TooManyRows:
                continue
        few = max(people // FEWER[-1], 1) if deciding else people
        return few, self.worlds_of(job.seeds, regime, society, names, few, told, deciding=deciding)

    def worlds_of(
        self,
        seeds: Sequence[int],
        regime: Regime,
        society: Society,
        names: Sequence[str],
        people: int,
        told: Told,
        *,
        deciding: bool,
        most_rows: int | None = None,
    ) -> dict[str, list[dict[str, Any]]]:
        """Live some worlds on every seed and return what the claims read of them, by world and seed.

        Args:
            seeds: the seeds.
            regime: the regime under test; ``society`` its people.
            names: ids of the worlds.
            people: how many people.
            told: called with the days lived so far.
            deciding: read only what decides a claim.
            most_rows: rows of a world's ledger beyond which nothing is lived to its end; None for no bound.

        Raises:
            TooManyRows: a world has more.
        """
        plan, lived = self.plan, 0
        laws = {law.id: law for law in plan.laws}
        worlds: dict[str, list[dict[str, Any]]] = {}
        for seed in seeds:
            settings: dict[str, Setting] = {}
            for world in names:
                one = world_of(world, regime, society, *plan.span, laws)
                setting = self._setting(settings, one.society, people, seed)
                reading = live_reading(plan, setting, one, partial(_after, told, lived), most_rows)
                worlds.setdefault(world, []).append(figures(world, reading, deciding=deciding))
                lived += plan.span[1]
        return worlds

    def _files(self, job: ClaimsJob) -> tuple[Regime, Society, int]:
        """Return the files of a job: those asked for, or the first attempt at a draw that the model admits.

        Raises:
            UsageError: no attempt is admitted.
        """
        plan = self.plan
        if job.draw == 0:
            return plan.regime, plan.society, 0
        self.tuned.clear()  # no two draws have a society in common
        said = ""
        for attempt in range(TRIES):
            which = plan.regime, plan.society, job.draw, plan.draws, attempt
            society = drawn_society(*which)
            try:
                # whether ordinary law is calm is the society's affair alone: only then is a regime drawn
                self._tune(society)
            except UsageError as error:
                said = str(error)
            else:
                return drawn_regime(*which), society, attempt
        raise UsageError(f"none of {TRIES} attempts has a calm ordinary law; the last one: {said}")

    def _tune(self, society: Society) -> Tuned:
        key = society.hash8
        if key not in self.tuned:
            self.tuned[key] = tune(society, {law.id: law for law in self.plan.laws})
        return self.tuned[key]

    def _setting(self, settings: dict[str, Setting], society: Society, people: int, seed: int) -> Setting:
        key = society.hash8
        if key not in settings:
            settings[key] = self._tune(society).settle(people, seed, 1)
        return settings[key]


def keep(path: Path, content: dict[str, Any]) -> None:
    """Write what was read of a job's worlds, with the hash of it: the folder has no list of hashes yet.

    Raises:
        RunFolderError: the disk refused.
    """
    with refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, _as_text({**content, "sha256": _hash(content)}))


def is_as_kept(content: dict[str, Any]) -> bool:
    """Tell whether what was read of a job's worlds is what `keep` has written, to the bit.

    What has no hash was kept by an earlier version, and is believed.
    """
    found = _hash({key: value for key, value in content.items() if key != "sha256"})
    return bool(content.get("sha256", found) == found)


def _hash(content: dict[str, Any]) -> str:
    return hashlib.sha256(_as_text(content)).hexdigest()


def _as_text(content: dict[str, Any]) -> bytes:
    return json.dumps(content, separators=(",", ":"), allow_nan=False).encode()


def _after(told: Told, lived: int, day: int) -> None:
    """Tell the days of a job: those of the worlds before, and of this one."""
    told(lived + day)


class TooManyRows(Exception):
    """A world's ledger has more rows than it may."""


def live_reading(
    plan: ClaimsPlan, setting: Setting, one: Made, told: Told, most_rows: int | None = None
) -> Reading:
    """Live a world to its end with its full ledger.

    Raises:
        TooManyRows: it has more than it may.
    """
    first, days = plan.span
    world = setting.world(one.regime, start=first, days=days, past=one.past)
    recorder = Recorder(first, days, setting.population.stratum_weight)
    purses = Purses(world)

    def after_day(world: Any) -> None:
        recorder(world)
        purses(world)
        if world.day < days:
            refit(world, recorder)
        told(world.day)
        if most_rows is not None and sum(len(shard.rows_made()) for shard in world.shards) > most_rows:
            raise TooManyRows

    world.run(days, each_day=after_day)
    rows = world.take_rows()
    rows = rows[np.argsort(rows["id"], kind="stable")]
    regime: Regime = one.regime
    return Reading(setting, regime, world, recorder, rows, first, days, purses)


def figures(world: str, reading: Reading, *, deciding: bool = False) -> dict[str, Any]:
    """Return what every statistic that needs a world reads of it, by key: plain data."""
    found: dict[str, Any] = {}
    for key in statistics_of(world, deciding=deciding):
        said = STATISTICS[key].read(reading)
        found[key] = said.plain() if isinstance(said, Figure) else said
    return found
