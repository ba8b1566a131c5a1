"""Claims held against the regime of a finished run: on its society, as long as it, from its seed on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from demerit.claims.plan import ClaimsRequest
from demerit.engine.disk import shown
from demerit.engine.folder import open_run
from demerit.errors import UsageError
from demerit.simulation.manifest import read_manifest
from demerit.study.again import plan_of
from demerit.study.comparison_manifest import is_comparison
from demerit.study.layout import CLAIMS_REQUEST


def against_run(folder: Path, request: ClaimsRequest) -> ClaimsRequest:
    """Return a request with the regime, the society and the span of a finished run.

    Presets and files play no part in it: the run's manifest holds both in full.

    Args:
        folder: the folder of a finished run; the regime is the one that it was asked for.
        request: how many seeds and draws, by how many workers, and where to.

    Raises:
        RunFolderError: there is no such run, or this version cannot read it.
        UsageError: the folder holds no single run, or one that has lived under other regimes before.
    """
    place = open_run(folder)
    if is_comparison(place) or (place / CLAIMS_REQUEST).is_file():
        raise UsageError(
            f"{shown(folder)} holds many worlds; name the folder of one run, or a regime: --regime essay"
        )
    plan = plan_of(read_manifest(place), folder)
    if plan.past:
        raise UsageError(
            f"{shown(folder)} is a branch whose worlds have lived under {plan.past[0].regime.id} before; "
            f"hold the claims against one regime: --regime {plan.regimes[0].id}"
        )
    return replace(
        request,
        regime=plan.regimes[0],
        society=plan.society,
        population=plan.population,
        years=plan.request.years,
        seed=plan.request.seed,
        start=plan.request.start,
    )
