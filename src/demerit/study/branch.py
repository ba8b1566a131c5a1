"""Branch a run at a date: other regimes from a day on, after a past that is shared to the bit."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demerit.engine.checkpoints import checkpoints, load_checkpoint, save_checkpoint
from demerit.engine.clock import parse_start
from demerit.engine.disk import refusals, shown
from demerit.engine.folder import PARTIAL, RunFolder, is_held, open_run
from demerit.engine.ledger import LEDGER
from demerit.errors import RunFolderError, UsageError
from demerit.regime import Regime
from demerit.simulation.manifest import MANIFEST
from demerit.study.first_difference import past_difference
from demerit.study.layout import WORLDS
from demerit.study.request import Era, Plan, fits_memory
from demerit.study.run import Run, Watch, carry_out, place_for, read_plan, version_of_plan, write_plan


@dataclass(frozen=True)
class BranchRequest:
    """What to branch into.

    Attributes:
        parent: folder of a finished or an interrupted run.
        at: first day of the new regimes: a date, or a year for its first day.
        regimes: presets or files; empty for the parent's own regime, patched.
        patches: values by dotted name, set in each of the regimes.
        world: name of the parent's world whose past is shared; None for the regime asked for first.
        alone: whether to leave out the world in which the parent's regime goes on.
        out: the run folder; None for a new one under ``runs``.
    """

    parent: Path
    at: str
    regimes: tuple[str, ...] = ()
    patches: tuple[str, ...] = ()
    world: str | None = None
    alone: bool = False
    out: str | None = None


@dataclass(frozen=True)
class Parent:
    """A run that is branched: where it is now, its plan, and the world whose past is shared."""

    folder: Path
    plan: Plan
    world: str

    @property
    def regime(self) -> Regime:
        """The regime of the world whose past is shared."""
        return self.plan.regimes[self.plan.names.index(self.world)]

    @property
    def finished(self) -> bool:
        """Whether the run had come to its end."""
        return not self.folder.name.endswith(PARTIAL)


def branch(
    request: BranchRequest,
    watch: Watch | None = None,
    finish: Callable[[Run, Path], None] | None = None,
) -> Run:
    """Carry out a branch, and see that its past is that of the parent.

    The worlds begin with the parent's newest checkpoint before the day; what lies between is lived again.

    Raises:
        UsageError: a request that cannot be carried out.
        FileProblems: a regime that is not valid.
        RunFolderError: the parent is damaged, or its past cannot be lived again to the same bits.
        Interrupted: Ctrl-C; the folder can be resumed.
    """
    plan, parent = branch_plan(request)

    def compare_and_finish(done: Run, folder: Path) -> None:
        if parent.finished:
            check_past(done, folder, parent)
        if finish is not None:
            finish(done, folder)

    with RunFolder.create(place_for(plan, request.out)) as folder:
        write_plan(plan, folder.path)
        for name in plan.names:
            plant(parent, plan, folder.path / WORLDS / name)
        try:
            return carry_out(plan, folder, watch, compare_and_finish)
        except UsageError:
            folder.abandon()
            raise


def branch_plan(request: BranchRequest) -> tuple[Plan, Parent]:
    """Check a request and load what it names.

    Raises:
        UsageError, FileProblems, RunFolderError: as `branch`.
    """
    parent = find_parent(request)
    plan = parent.plan
    day = day_of(request.at, plan)
    asked = [Regime.load(name) for name in request.regimes] or [parent.regime]
    values = dict(read_patch(text) for text in request.patches)
    regimes = [regime.patched(values) for regime in asked]
    if not request.regimes and not values:
        raise UsageError("name a regime or give a --patch; without either the branch would be the run itself")
    if not request.alone and parent.regime.hash not in {regime.hash for regime in regimes}:
        regimes.append(parent.regime)
    hashes = [regime.hash for regime in regimes]
    if len(set(hashes)) < len(hashes):
        twice = next(regime.id for regime in regimes if hashes.count(regime.hash) > 1)
        raise UsageError(f"two of the regimes have the same rules: {twice}; leave one of them out")
    lived = [*plan.past_of(parent.regime), (parent.regime, plan.days)]
    past: list[Era] = []
    for regime, until in lived:
        if not past or past[-1].until < day:
            past.append(Era(regime, min(until, day)))
    fits_memory(plan.population, len(regimes))
    branched = replace(
        plan,
        request=replace(
            plan.request, regime=regimes[0].id, against=regimes[1].id if len(regimes) > 1 else None, out=None
        ),
        regimes=tuple(regimes),
        laws=_laws(plan, [*regimes, *(era.regime for era in past)]),
        past=tuple(past),
    )
    return branched, parent


def find_parent(request: BranchRequest) -> Parent:
    """Return the run to be branched, finished or interrupted.

    Raises:
        RunFolderError: there is none, it is damaged, or a process is writing it.
        UsageError: it has no world of that name.
    """
    path = request.parent
    partial = path if path.name.endswith(PARTIAL) else path.with_name(path.name + PARTIAL)
    folder = partial if partial.is_dir() and not (path / MANIFEST).is_file() else open_run(path)
    if folder == partial and is_held(partial):
        raise RunFolderError(f"{shown(partial)} is being written by another process; wait for it")
    plan = read_plan(folder)
    world = request.world or plan.names[0]
    if world not in plan.names:
        raise UsageError(f"{shown(folder)} has no world '{world}'; it has {', '.join(plan.names)}")
    return Parent(folder, plan, world)


def day_of(at: str, plan: Plan) -> int:
    """Return the day of a run that a date, or the first day of a year, stands for.

    Raises:
        UsageError: it is no date, or the run does not reach from before it to after it.
    """
    text = f"{at}-01-01" if re.fullmatch(r"[0-9]{4}", at) else at
    day = (parse_start(text) - plan.first).days
    if not 1 <= day < plan.days:
        low, high = plan.first + timedelta(days=1), plan.first + timedelta(days=plan.days - 1)
        raise UsageError(f"--at must lie between {low} and {high}, within the run; got {at}")
    return day


def read_patch(text: str) -> tuple[str, Any]:
    """Read ``conduct.road.crosswalk.fine=20``; the value is written as in a regime file.

    Raises:
        UsageError: there is no name or no value.

    >>> read_patch("score.half_life_days=365"), read_patch("score.platform=province")
    (('score.half_life_days', 365), ('score.platform', 'province'))
    """
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise UsageError(f"--patch {text!r} is not NAME=VALUE; write conduct.road.crosswalk.fine=20")
    try:
        return name.strip(), tomllib.loads(f"value = {value}")["value"]
    except (ValueError, RecursionError):  # no TOML, an integer of thousands of digits, or absurd nesting
        return name.strip(), value.strip()


def _laws(plan: Plan, regimes: Sequence[Regime]) -> tuple[Regime, ...]:
    """Return the null regimes that are needed: the parent's own where it has them."""
    known = {law.id: law for law in plan.laws}
    names = dict.fromkeys([plan.society.data.society.null, *(regime.null_id for regime in regimes)])
    return tuple(known[name] if name in known else Regime.load(name) for name in names)


def plant(parent: Parent, plan: Plan, world: Path) -> None:
    """Give a world the parent's newest checkpoint before the branch, with the ledger up to it.

    Nothing is given if there is none, or if another version wrote it: the past is then lived from its start.

    Args:
        parent: the run that is branched; plan: the branch; world: the world's folder in it.

    Raises:
        RunFolderError: the checkpoint or its ledger is altered.
    """
    from demerit import __version__

    source = parent.folder / WORLDS / parent.world
    day = plan.past[-1].until
    places = [path for path in checkpoints(source) if int(path.name.removeprefix("day-")) <= day]
    if not places or version_of_plan(parent.folder) != __version__:
        return
    found, arrays, meta = load_checkpoint(places[0])
    if meta["plan"] != parent.plan.hash:
        raise RunFolderError(f"{shown(places[0])} belongs to another run; remove it to branch without it")
    with refusals(world):
        (world / LEDGER).mkdir(parents=True)
        for part in meta["ledger"]["parts"]:
            shutil.copyfile(source / LEDGER / part["name"], world / LEDGER / part["name"])
    save_checkpoint(world, found, arrays, {**meta, "plan": plan.hash})


def check_past(done: Run, folder: Path, parent: Parent) -> None:
    """See that ledger and indicators before the branch are those of the parent, entry by entry.

    Raises:
        RunFolderError: they are not; the first difference is named.
    """
    began: date = done.plan.first + timedelta(days=done.plan.past[-1].until)
    for name in done.plan.names:
        found = past_difference(parent.folder, folder, parent.world, name, began)
        if found is not None:
            raise RunFolderError(
                f"the past of {shown(parent.folder)}, which demerit {version_of_plan(parent.folder)} wrote, "
                f"cannot be lived again to the same bits: {found.sentence()}"
            )
