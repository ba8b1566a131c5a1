"""Run a regime beside its twin world and leave a complete folder, or one that can be resumed."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from demerit.engine.clock import day_to_date
from demerit.engine.disk import refusals, shown, write_whole
from demerit.engine.folder import RunFolder, free_name
from demerit.errors import DiskError, FileProblems, RunFolderError, UsageError
from demerit.simulation import machine
from demerit.simulation.manifest import (
    EraEntry,
    Gain,
    LawEntry,
    Manifest,
    SocietyEntry,
    WorldEntry,
    write_manifest,
)
from demerit.simulation.setting import Setting, settle
from demerit.study.card import card_of_plan, write_card
from demerit.study.layout import INDICATORS, PLAN, WORLDS
from demerit.study.lived import LivedWorld, Stopped
from demerit.study.request import Plan, RunRequest, make_plan

if TYPE_CHECKING:
    import polars as pl

_LOOK_SECONDS = 0.1

Watch = Callable[[list[LivedWorld]], None]
"""Called about ten times a second with the worlds being lived."""


class Interrupted(Exception):
    """The run was interrupted; its folder can be resumed, if it was to be kept at all."""

    def __init__(self, folder: Path | None, day: int) -> None:
        super().__init__(f"interrupted after day {day}")
        self.folder, self.day = folder, day


@dataclass(frozen=True)
class Run:
    """A finished run: its folder, its plan and its worlds, the regime asked for first."""

    folder: Path
    plan: Plan
    setting: Setting
    worlds: tuple[LivedWorld, ...]


def run(
    request: RunRequest, watch: Watch | None = None, finish: Callable[[Run, Path], None] | None = None
) -> Run:
    """Carry out a request from the first day to a complete folder.

    Args:
        request: what to run.
        watch: told about the progress.
        finish: called with the finished run and the folder being written, for charts.

    Raises:
        UsageError: a request that cannot be carried out.
        FileProblems: a regime or society that is not valid.
        RunFolderError: the disk refused.
        Interrupted: Ctrl-C; the folder can be resumed.
    """
    plan = make_plan(request)
    return run_plan(plan, place_for(plan, request.out), watch, finish)


def place_for(plan: Plan, out: str | None) -> Path:
    """Return where a run's folder goes: where it was asked to, or under a name of its own in ``runs``.

    Raises:
        RunFolderError: the disk refused.
    """
    regime = plan.regimes[0]
    stem = f"{regime.id}-{regime.hash8}-{plan.request.seed}"
    return Path(out) if out is not None else free_name(Path("runs"), stem)


def run_plan(
    plan: Plan, path: Path, watch: Watch | None = None, finish: Callable[[Run, Path], None] | None = None
) -> Run:
    """Carry out a plan into a folder; see `run`."""
    with RunFolder.create(path) as folder:
        write_plan(plan, folder.path)
        try:
            return carry_out(plan, folder, watch, finish)
        except UsageError:
            folder.abandon()
            raise


def resume(path: Path, watch: Watch | None = None, finish: Callable[[Run, Path], None] | None = None) -> Run:
    """Continue an interrupted run from its latest checkpoints, to the same bits as without the interruption.

    Raises:
        RunFolderError: there is nothing to resume, or what is there is altered.
        Interrupted: Ctrl-C again.
    """
    with RunFolder.resume(path) as folder:
        return carry_out(read_plan(folder.path), folder, watch, finish)


def write_plan(plan: Plan, folder: Path) -> None:
    """Write what is to be run into its folder, so that another process can go on with it."""
    from demerit import __version__

    content = {"plan": plan.canonical(), "sha256": plan.hash, "demerit": __version__}
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(folder / PLAN, text.encode())


def version_of_plan(folder: Path) -> str:
    """Return the version of the program that began a run, empty if that cannot be told."""
    try:
        told = json.loads((folder / PLAN).read_bytes())["demerit"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return told if isinstance(told, str) else ""


def read_plan(folder: Path) -> Plan:
    """Read what is run in a folder.

    Raises:
        RunFolderError: it cannot be read, or was altered.
    """
    try:
        content = json.loads((folder / PLAN).read_bytes())
        plan = Plan.from_canonical(content["plan"])
        whole = plan.hash == content["sha256"]
    except (OSError, ValueError, KeyError, TypeError, FileProblems) as error:
        raise RunFolderError(
            f"{shown(folder)} holds no readable {PLAN}: it cannot be resumed; run it again"
        ) from error
    if not whole:
        raise RunFolderError(f"{shown(folder / PLAN)} was altered: it cannot be resumed; run it again")
    return plan


def carry_out(
    plan: Plan, folder: RunFolder, watch: Watch | None, finish: Callable[[Run, Path], None] | None
) -> Run:
    """Live the worlds of a plan in a folder, from their newest checkpoints, and complete the folder."""
    worlds: list[LivedWorld] = []
    try:
        laws = {law.id: law for law in plan.laws}
        setting = settle(plan.society, plan.population, plan.request.seed, plan.threads, laws)
        stop = Event()
        for name, regime in zip(plan.names, plan.regimes, strict=True):
            worlds.append(LivedWorld(plan, setting, regime, folder.path / WORLDS / name, stop))
        _live(worlds, plan.threads, stop, watch, folder)
        run_done = Run(folder.final, plan, setting, tuple(worlds))
        with refusals(folder.path):
            indicator_frame(run_done).write_parquet(folder.path / INDICATORS)
        write_card(card_of_plan(plan), folder.path)
        write_manifest(folder.path, manifest_of(run_done))
        if finish is not None:
            finish(run_done, folder.path)
        folder.complete()
    except DiskError as error:
        place = shlex.quote(shown(folder.path))
        raise DiskError(f"{error}; then go on with: demerit resume {place}") from error
    except KeyboardInterrupt:
        raise Interrupted(folder.path, min((world.day for world in worlds), default=0)) from None
    return run_done


def _live(
    worlds: list[LivedWorld], threads: int, stop: Event, watch: Watch | None, folder: RunFolder
) -> None:
    """Live the worlds side by side if there are threads for it, watching them; stop all if one fails."""
    with ThreadPoolExecutor(min(threads, len(worlds))) as pool:
        futures = [pool.submit(world.live) for world in worlds]
        interrupted = False
        while True:
            try:
                _, running = wait(futures, timeout=_LOOK_SECONDS)
                if watch is not None and not interrupted:
                    watch(worlds)
                if any(future.done() and future.exception() is not None for future in futures):
                    stop.set()
                if not running:
                    break
            except KeyboardInterrupt:
                interrupted = True
                stop.set()
    errors = [future.exception() for future in futures]
    for error in errors:
        if error is not None and not isinstance(error, Stopped):
            raise error
    if any(errors):
        for world, error in zip(worlds, errors, strict=True):
            if error is None:
                world.checkpoint()  # it had come to its end and need not be lived again
        raise Interrupted(folder.path, min(world.day for world in worlds))


def indicator_frame(done: Run) -> pl.DataFrame:
    """Return the indicators of all worlds, by month and group."""
    import polars as pl

    frame: pl.DataFrame = pl.concat([world.recorder.frame(world.name) for world in done.worlds])
    return frame


def manifest_of(done: Run) -> Manifest:
    """Return the manifest of a finished run."""
    from demerit import __version__

    plan, request = done.plan, done.plan.request
    return Manifest(
        demerit=__version__,
        created=datetime.now(UTC).date(),
        start=plan.first,
        days=plan.days,
        years=float(request.years),
        population=plan.population,
        seed=request.seed,
        society=SocietyEntry(id=plan.society.id, hash=plan.society.hash, data=plan.society.canonical()),
        worlds=tuple(world_entry(world) for world in done.worlds),
        laws=tuple(LawEntry(id=law.id, hash=law.hash, data=law.canonical()) for law in plan.laws),
        past=tuple(
            EraEntry(
                regime=era.regime.id,
                regime_hash=era.regime.hash,
                data=era.regime.canonical(),
                until=era.until,
            )
            for era in plan.past
        ),
        gains={kind: Gain(value=gain, unit="days of income") for kind, gain in done.setting.gains.items()},
        assumptions_share=card_of_plan(plan).assumptions_share,
        threads=plan.threads,
        shards=max(len(world.world.shards) for world in done.worlds),
        ledger=request.ledger,
        versions=machine.versions(),
        processor=machine.processor(),
        cores=machine.cores(),
        peak_rss_bytes=machine.peak_rss_bytes(),
    )


def world_entry(world: LivedWorld) -> WorldEntry:
    """Return what the manifest says of a world."""
    return WorldEntry(
        regime=world.regime.id,
        regime_hash=world.regime.hash,
        data=world.regime.canonical(),
        notes=(*world.regime.notes, *refits(world)),
        person_days=world.plan.population * world.plan.days,
        seconds=round(world.seconds, 4),
        events=world.world.events,
        rows=world.rows,
        digest=world.digest(),
        state_digest=world.state_digest(),
        ledger_digest=world.ledger_digest,
    )


def refits(world: LivedWorld) -> list[str]:
    """Say which value the parameter of a regime's refit was given, and when."""
    refit = world.regime.data.refit
    if refit is None:
        return []
    fits = [(day_to_date(world.plan.first, day), value) for day, value in world.world.fits]
    return [
        f"from {day} on: {refit.parameter} = {value:g}, refitted to {refit.target}" for day, value in fits
    ]
