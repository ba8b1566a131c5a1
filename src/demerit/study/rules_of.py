"""The rules that a finished run was lived under, out of its own folder."""

from __future__ import annotations

from pathlib import Path

from demerit.errors import UsageError
from demerit.regime import Regime
from demerit.simulation.manifest import read_manifest
from demerit.study.layout import world_folder


def names_of(folder: Path) -> tuple[str, ...]:
    """Return the names of a run's worlds, the regime asked for first.

    Raises:
        RunFolderError: there is no such run, or its manifest cannot be read.
    """
    worlds = read_manifest(folder).worlds
    return tuple(world_folder(folder, one.regime, one.regime_hash).name for one in worlds)


def rules_of(folder: Path, world: str | None = None) -> Regime:
    """Return the rules of a world of a finished run, patches applied.

    Args:
        folder: the run's folder.
        world: name of the world; the regime asked for by default.

    Raises:
        RunFolderError: there is no such run, or its manifest cannot be read.
        UsageError: it has no such world.
    """
    names = names_of(folder)
    if world is not None and world not in names:
        raise UsageError(f"{folder.name} has no world '{world}'; it has {', '.join(names)}")
    data = read_manifest(folder).worlds[0 if world is None else names.index(world)].data
    return Regime.from_canonical(data)
