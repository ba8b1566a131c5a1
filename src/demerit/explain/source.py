"""A world of a finished run or comparison as explanations read it: its rules over time and its full ledger.

A comparison keeps no ledger, a run perhaps a part of it: such a world is lived again, to the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.engine.disk import shown
from demerit.engine.folder import open_run
from demerit.engine.ledger import read_ledger
from demerit.errors import RunFolderError, UsageError
from demerit.regime import Regime
from demerit.simulation.manifest import Manifest, WorldEntry, read_manifest
from demerit.study.causes import Causes
from demerit.study.comparison_manifest import is_comparison, read_comparison_manifest
from demerit.study.layout import CLAIMS_REQUEST, WORLDS, world_folder
from demerit.study.scratch import Scratch

if TYPE_CHECKING:
    import polars as pl

    from demerit.regime.types import RegimeFile
    from demerit.simulation.setting import Setting
    from demerit.study.request import Plan
    from demerit.study.run import Run, Watch

Entry = dict[str, Any]
"""An entry of a ledger as a mapping: the columns that a reader sees."""
Begin = Callable[[], "Watch | None"]
"""Called before worlds are lived, so that whoever waits is told; returns what is told of the days."""


def in_silence() -> Watch | None:
    """Tell nobody that worlds are lived."""
    return None


@dataclass(frozen=True, eq=False)
class Told:
    """A world of a run, with its ledger.

    Attributes:
        folder: the run.
        manifest: what the run says of itself.
        world: the world's entry in it; name: its name.
        ledger: the entries of everybody, not read until they are collected.
        replayed: whether the world was lived again because the run had not kept its ledger in full.
        scratch: what keeps the files of a world that was lived again.
    """

    folder: Path
    manifest: Manifest
    world: WorldEntry
    name: str
    ledger: pl.LazyFrame
    replayed: bool = False
    scratch: Scratch | None = field(default=None, repr=False)

    @property
    def last_day(self) -> int:
        """The last day that was lived."""
        return self.manifest.days - 1

    def date_of(self, day: int) -> date:
        """Return the date of a day of the run."""
        return self.manifest.start + timedelta(days=day)

    def day_of(self, when: date) -> int:
        """Return the day of the run that a date is."""
        return (when - self.manifest.start).days

    @cached_property
    def regime(self) -> Regime:
        """The world's own regime."""
        return Regime.from_canonical(self.world.data)

    @cached_property
    def periods(self) -> list[tuple[int, RegimeFile]]:
        """The rules with the first day of each, those of the past that a branch shares among them."""
        eras = [(Regime.from_canonical(era.data), era.until) for era in self.manifest.past]
        found: list[tuple[int, RegimeFile]] = []
        begin = 0
        for regime, until in [*eras, (self.regime, self.manifest.days)]:
            changes = regime.changes(self.manifest.start, until)
            now = [rules for day, rules in changes if day <= begin][-1]
            for day, rules in [(begin, now), *(one for one in changes if one[0] > begin)]:
                if not found or rules != found[-1][1]:
                    found.append((day, rules))
            begin = until
        return found

    def rules_on(self, day: int) -> RegimeFile:
        """Return the rules of a day."""
        return next(rules for first, rules in reversed(self.periods) if first <= day)

    @property
    def rules(self) -> RegimeFile:
        """The rules of the last day."""
        return self.periods[-1][1]

    @cached_property
    def tree(self) -> Causes:
        """The causes of all entries."""
        frame = self.ledger.select("id", "cause").collect().sort("id")
        return Causes(frame["id"].to_numpy(), frame["cause"].to_numpy())

    def entries(self, ids: Any) -> dict[int, Entry]:
        """Return the entries with some ids, in order."""
        import polars as pl

        wanted = pl.Series("id", ids, pl.Int64)
        if not len(wanted):
            return {}
        found = self.ledger.filter(pl.col("id").is_in(wanted.implode())).collect().sort("id")
        return {entry["id"]: entry for entry in found.to_dicts()}

    @cached_property
    def setting(self) -> Setting:
        """The people, made again."""
        from demerit.simulation.setting import settle
        from demerit.study.again import plan_of

        plan = plan_of(self.manifest, self.folder)
        return settle(plan.society, plan.population, plan.request.seed, 1, {law.id: law for law in plan.laws})


def open_world(
    folder: Path, world: str | None = None, begin: Begin = in_silence, seed: int | None = None
) -> Told:
    """Open a world of a finished run or comparison, the regime asked for first by default.

    Args:
        folder: the folder of a run or comparison.
        world: name of the world, as its folder under ``worlds`` is called.
        begin: called if the world has to be lived again.
        seed: which seed of a comparison; its first by default.

    Raises:
        RunFolderError: there is no such run, it is altered, or it cannot be lived again to the same bits.
        UsageError: there is no such world or seed, or the folder holds claims.
    """
    place = _opened(folder)
    if is_comparison(place):
        return _of_comparison(place, world, begin, seed)
    manifest = read_manifest(place)
    if seed is not None and seed != manifest.seed:
        raise UsageError(f"{shown(folder)} is one run with seed {manifest.seed}; there is no seed {seed}")
    named = {world_folder(folder, one.regime, one.regime_hash).name: one for one in manifest.worlds}
    name = world if world is not None else next(iter(named))
    if name not in named:
        raise UsageError(f"{shown(folder)} has no world '{name}'; it has {', '.join(named)}")
    told = named[name]
    if manifest.ledger == "full":
        return Told(folder, manifest, told, name, read_ledger(folder / WORLDS / name))
    scratch = Scratch()
    plan = one_world(manifest, folder, Regime.from_canonical(told.data))
    done = live_again(plan, scratch.folder, begin)
    again = done.worlds[0]
    _demand_same(again.state_digest(), told.state_digest, folder, manifest.demerit)
    ledger = read_ledger(done.folder / WORLDS / again.name)
    return Told(folder, manifest, told, name, ledger, replayed=True, scratch=scratch)


def one_world(manifest: Manifest, folder: Path, regime: Regime) -> Plan:
    """Return the plan of a world alone on the people of a run, with a full ledger."""
    from demerit.study.again import plan_of

    plan = plan_of(manifest, folder)
    request = replace(plan.request, regime=regime.id, against=None, ledger="full")
    return replace(plan, request=request, regimes=(regime,))


def live_again(plan: Plan, place: Path, begin: Begin) -> Run:
    """Live the worlds of a plan in a folder for a while."""
    watch = begin()
    from demerit.study.run import Interrupted, run_plan

    try:
        return run_plan(plan, place, watch)
    except Interrupted as stopped:
        raise Interrupted(None, stopped.day) from None


def _of_comparison(folder: Path, world: str | None, begin: Begin, seed: int | None) -> Told:
    """Live one world of a comparison again with its ledger; the first regime and seed by default."""
    from demerit.study.comparison_again import plan_of_comparison

    told = read_comparison_manifest(folder)
    digests = {(one.name, one.seed): one.state_digest for one in told.worlds}
    plan = plan_of_comparison(told, folder)
    name = plan.names[0] if world is None else world
    asked = plan.seeds[0] if seed is None else seed
    if (name, asked) not in digests:
        raise UsageError(
            f"{shown(folder)} has no world '{name}' under seed {asked}; it has {', '.join(plan.names)} under "
            f"seeds {plan.seeds[0]} to {plan.seeds[-1]}"
        )
    scratch = Scratch()
    done = live_again(plan.alone(plan.names.index(name), asked), scratch.folder, begin)
    again = done.worlds[0]
    _demand_same(again.state_digest(), digests[name, asked], folder, told.demerit)
    manifest = read_manifest(done.folder)
    ledger = read_ledger(done.folder / WORLDS / again.name)
    entry = manifest.worlds[0]
    return Told(done.folder, manifest, entry, name, ledger, replayed=True, scratch=scratch)


def _demand_same(found: str, told: str, folder: Path, version: str) -> None:
    """Refuse a world that has not come to the bits of its folder."""
    if found != told:
        raise RunFolderError(
            f"{shown(folder)}, which demerit {version} wrote, kept no full ledger and cannot be "
            "lived again to the same bits by this version; explain it with the version that wrote it"
        )


def _opened(folder: Path) -> Path:
    """Return the folder of a finished run or comparison; refuse claims."""
    place = open_run(folder)
    if (place / CLAIMS_REQUEST).is_file():
        raise UsageError(
            f"{shown(folder)} holds claims over many worlds and no life in full; explain a run or a "
            "comparison, such as `demerit run` or `demerit compare` leaves"
        )
    return place
