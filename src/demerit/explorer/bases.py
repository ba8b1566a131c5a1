"""The regimes that a reform can begin from: those of the program, and those of the runs served."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from demerit.explorer.refusal import Unknown
from demerit.explorer.shelf import Shelf
from demerit.files.writing import whole
from demerit.regime import Regime
from demerit.regime.load import KIND, PresetInfo, list_presets
from demerit.study.rules_of import names_of, rules_of

_FOLDERS_KEPT = 64


@dataclass(frozen=True)
class Base:
    """A regime to reform.

    Attributes:
        id: by which requests know it: that of a preset, or ``run:world``.
        regime: the rules.
        folder: of the run it comes from; None for a preset.
        world: its name there; place: its place among the run's worlds.
    """

    id: str
    regime: Regime
    folder: Path | None = None
    world: str = ""
    place: int = 0

    @property
    def file(self) -> str:
        """Its full file."""
        if self.folder is None:
            return (files("demerit.regime") / "presets" / f"{self.id}.toml").read_text()
        return whole(self.regime.canonical())


@cache
def presets() -> tuple[PresetInfo, ...]:
    """Return the regimes that come with the program."""
    return tuple(list_presets())


@cache
def preset(name: str) -> Base:
    """Return a regime that comes with the program."""
    return Base(name, Regime.load(name))


def served(shelf: Shelf) -> list[Base]:
    """Return the regimes of the runs served, those that no preset and no earlier run has."""
    known = {preset(one.id).regime.hash for one in presets()}
    found = []
    for kind, study in shelf.studies():
        for base in _of_run(study.folder) if kind == "run" else ():
            if base.regime.hash not in known:
                known.add(base.regime.hash)
                found.append(base)
    return found


def base_of(shelf: Shelf, name: str) -> Base:
    """Return a regime by the name that requests know it by; never a file.

    Raises:
        Unknown: there is none.
    """
    if name in KIND.preset_ids():
        return preset(name)
    run, _, world = name.rpartition(":")
    for base in _of_run(shelf.folder_of(run)) if run else ():
        if base.world == world:
            return base
    raise Unknown(f"there is no regime '{name[:64]}'; /api/regimes lists what there is")


@lru_cache(maxsize=_FOLDERS_KEPT)
def _of_run(folder: Path) -> tuple[Base, ...]:
    """Return the regimes of a finished run, which does not change any more."""
    return tuple(
        Base(f"{folder.name}:{world}", rules_of(folder, world), folder, world, place)
        for place, world in enumerate(names_of(folder))
    )
