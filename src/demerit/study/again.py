"""Run a finished run again: from what its manifest holds in full, and from nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from demerit.errors import FileProblems, RunFolderError
from demerit.regime import Regime
from demerit.simulation.manifest import Manifest
from demerit.society import Society
from demerit.study.request import Era, Plan, RunRequest, span


def plan_of(manifest: Manifest, folder: Path) -> Plan:
    """Return the plan of the run that a manifest tells of; presets play no part in it.

    Args:
        manifest: what the run says of itself.
        folder: the run's folder, for messages.

    Raises:
        RunFolderError: this program cannot read the regimes or the society of the run.
    """
    names = [world.regime for world in manifest.worlds]
    request = RunRequest(
        regime=names[0],
        society=manifest.society.id,
        population=manifest.population,
        years=round(manifest.years),
        seed=manifest.seed,
        start=manifest.start.isoformat(),
        against=names[1] if len(names) > 1 else None,
        ledger=manifest.ledger,
        threads=min(manifest.threads, os.cpu_count() or 1),
        shards=manifest.shards,
    )
    try:
        regimes = tuple(Regime.from_canonical(world.data) for world in manifest.worlds)
        laws = tuple(Regime.from_canonical(law.data) for law in manifest.laws)
        society = Society.from_canonical(manifest.society.data)
        past = tuple(Era(Regime.from_canonical(era.data), era.until) for era in manifest.past)
    except FileProblems as error:
        raise RunFolderError(
            f"{folder.name} was written by demerit {manifest.demerit} and cannot be run again by this "
            f"version: {error}"
        ) from error
    return Plan(request, regimes, society, *span(request.start, request.years), laws, past)
