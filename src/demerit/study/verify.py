"""Run a finished run again and compare the two, world by world."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from demerit.engine.disk import refusals
from demerit.simulation.manifest import Manifest, read_manifest
from demerit.study.again import plan_of
from demerit.study.first_difference import Difference, first_difference
from demerit.study.run import Interrupted, Watch, run_plan


@dataclass(frozen=True)
class Repetition:
    """A run beside its repetition: the manifest it was repeated from, and the first difference of each world.

    A world without a difference has None; after the first world that differs no other is looked at.
    """

    manifest: Manifest
    worlds: dict[str, Difference | None]

    @property
    def difference(self) -> Difference | None:
        """The first difference of all."""
        return next((found for found in self.worlds.values() if found is not None), None)


def repeat(folder: Path, watch: Watch | None = None) -> Repetition:
    """Run a finished run again from its manifest, in a folder for a while, and compare the two.

    Args:
        folder: a run folder whose files are as listed.
        watch: told about the progress.

    Raises:
        RunFolderError: the manifest cannot be read by this version, or the disk refused.
        Interrupted: Ctrl-C; nothing is left behind.
    """
    manifest = read_manifest(folder)
    plan = plan_of(manifest, folder)
    with refusals(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory(prefix="demerit-") as scratch:
        try:
            done = run_plan(plan, Path(scratch) / "again", watch)
        except Interrupted as stopped:
            raise Interrupted(None, stopped.day) from None
        found: dict[str, Difference | None] = {}
        again = read_manifest(done.folder)
        for place, name in enumerate(plan.names):
            found[name] = first_difference(folder, done.folder, manifest, again, name, place)
            if found[name] is not None:
                break
    return Repetition(manifest, found)
