"""The studies that the explorer may read, by name: a request never brings a path."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Depends, Request
from fastapi import Path as InPath

from demerit.errors import UsageError
from demerit.explorer.refusal import Unknown
from demerit.study.comparison_manifest import is_comparison
from demerit.study.layout import CLAIMS_REQUEST
from demerit.study.shelf import Shelved, look_at, shelf

if TYPE_CHECKING:
    from demerit.explain.source import Told
    from demerit.report.impact.material import Material
    from demerit.simulation.manifest import Manifest

Kind = Literal["run", "comparison", "claims"]
MOST_OPEN = 4
"""Runs that are kept open."""


class Opened:
    """A finished run as the views read it; what is read of it is kept.

    Attributes:
        name: by which requests know it; folder: where it is.
        kept: what was made of it at some cost, by name; lock: held while that is done.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self._worlds: dict[str, Told] = {}
        self.kept: dict[str, Any] = {}
        self.lock = RLock()

    @cached_property
    def manifest(self) -> Manifest:
        """What the run says of itself."""
        from demerit.simulation.manifest import read_manifest

        return read_manifest(self.folder)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of its worlds, the regime asked for first."""
        from demerit.study.layout import world_folder

        worlds = self.manifest.worlds
        return tuple(world_folder(self.folder, one.regime, one.regime_hash).name for one in worlds)

    @cached_property
    def material(self) -> Material:
        """Its indicators by world, group and month, as the impact report reads them."""
        from demerit.report.impact.material import read_material

        return read_material(self.folder)

    def told(self, world: str | None = None) -> Told:
        """Return a world with its ledger, the regime asked for by default.

        Raises:
            Unknown: the run has no such world.
        """
        from demerit.explain.source import open_world

        name = self.names[0] if world is None else world
        if name not in self.names:
            raise Unknown(f"{self.name} has no world '{name}'; it has {', '.join(self.names)}")
        with self.lock:
            if name not in self._worlds:
                self._worlds[name] = open_world(self.folder, name)
            return self._worlds[name]


class Shelf:
    """The folders that may be read.

    Args:
        given: folders named on the command line.
        root: a folder whose finished studies may be read too; None for no other.

    Raises:
        UsageError: two of the folders have one name.
    """

    def __init__(self, given: tuple[Path, ...] = (), root: Path | None = None) -> None:
        self.root = root
        self._given = {folder.resolve().name: folder.resolve() for folder in given}
        if len(self._given) < len({folder.resolve() for folder in given}):
            raise UsageError("two of the runs have the same name; rename one of the folders")
        self._open: OrderedDict[str, Opened] = OrderedDict()
        self._lock = Lock()

    def studies(self) -> list[tuple[Kind, Shelved]]:
        """Return every finished study, those given first."""
        found = [one for folder in self._given.values() if (one := look_at(folder)) is not None]
        if self.root is not None and self.root.is_dir():
            found += [one for one in shelf(self.root) if one.folder.resolve().name not in self._given]
        return [(kind_of(one.folder), one) for one in found if one.state == "complete"]

    def add(self, folder: Path) -> str:
        """Let a folder be read, and return its name."""
        self._given[folder.resolve().name] = folder.resolve()
        return folder.resolve().name

    def folder_of(self, name: str, kind: Kind = "run") -> Path:
        """Return the folder of a finished study.

        Raises:
            Unknown: there is none of that name and kind.
        """
        for one, study in self.studies():
            if one == kind and study.folder.name == name:
                return study.folder
        raise Unknown(f"there is no {kind} '{name}'; /api/studies lists what there is")

    def open_run(self, name: str) -> Opened:
        """Return a finished run, kept open as long as few others are asked for.

        Raises:
            Unknown: there is no finished run of that name.
        """
        with self._lock:
            if name not in self._open:
                self._open[name] = Opened(name, self.folder_of(name))
            self._open.move_to_end(name)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
            return self._open[name]


def kind_of(folder: Path) -> Kind:
    """Return what a study's folder holds."""
    if (folder / CLAIMS_REQUEST).is_file():
        return "claims"
    return "comparison" if is_comparison(folder) else "run"


def shelf_of(request: Request) -> Shelf:
    """Return the shelf of the application that a request is for."""
    held: Shelf = request.app.state.shelf
    return held


OnShelf = Annotated[Shelf, Depends(shelf_of)]
"""The shelf, for endpoints that list studies."""


def _run_asked(
    shelf: OnShelf, run: Annotated[str, InPath(max_length=255, description="Name of a finished run.")]
) -> Opened:
    return shelf.open_run(run)


OpenRun = Annotated[Opened, Depends(_run_asked)]
"""The run that an address names with ``{run}``."""
