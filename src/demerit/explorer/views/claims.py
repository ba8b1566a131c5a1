"""View 4, the claims: what was to be shown, what came of it, and which assumptions decide it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Path as InPath
from pydantic import Field

from demerit.claims.definitions import Claim, claim_worlds, claims, keys
from demerit.claims.flips import assumptions
from demerit.claims.verdicts import CONFIDENCE, LEAST_OCCASIONS
from demerit.engine.disk import shown
from demerit.errors import RunFolderError, UsageError
from demerit.explorer.answer import Answer
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import OnShelf
from demerit.explorer.views.claims_charts import claim_chart
from demerit.explorer.views.model import Chart
from demerit.study.layout import CLAIMS

COMMAND = "demerit claims --regime essay --population 20000 --years 10 --seeds 10 --robustness 64"
"""What computes the claims at their full size."""
_SIDES = {"above": "more than", "below": "less than", "at_least": "at least"}
_KINDS = {
    "emergent": "It could fail in the regime as it stands.",
    "mechanical": "A rule says so; only its size is a result.",
    "assumed": "A number that is switched on says so: it is sized and never confirmed.",
}


class Part(Answer):
    """One figure of a claim, with what came of it where claims were computed."""

    key: str
    statistic: str = Field(description="What is divided by what.")
    unit: str
    contrast: str = Field(description="The world, or the two that are set against each other.")
    worlds: dict[str, str] = Field(description="What these worlds are.")
    side: str = Field(description="Where the whole interval must lie, in words.")
    smallest: float = Field(description="Smallest effect of interest, in the unit.")
    effect: float | None = Field(
        None, description="Mean over seeds; null where not computed, or no occasion."
    )
    low: float | None = Field(default=None, description="Lower end of its 95 % interval.")
    high: float | None = Field(default=None, description="Upper end.")
    holm_low: float | None = Field(default=None, description="Lower end at Holm's level.")
    holm_high: float | None = Field(default=None, description="Upper end at it.")
    seeds: int = Field(default=0, description="Seeds with an occasion.")
    occasions: int = Field(default=0, description="What it was counted over, over all seeds.")
    verdict: str = Field(
        default="", description="holds, fails, unclear, no occasion, or empty where not computed."
    )


class Assumed(Answer):
    """Numbers that a claim may hang on."""

    at: tuple[str, ...] = Field(description="Their addresses in the files.")
    why: str


class ClaimRow(Answer):
    """A claim."""

    id: str
    text: str
    kind: str = Field(description="emergent, mechanical or assumed.")
    kind_says: str
    population: str
    window: str
    verdict: str = Field(description="Empty where the claims were not computed.")
    robustness: float | None = Field(description="Share of draws of all numbers in which it holds.")
    draws: int | None = Field(description="Draws in which it had an occasion.")
    decided_by: str | None = Field(description="Block of numbers that decides it, or undecided.")
    parts: tuple[Part, ...]
    hangs_on: Assumed


class ClaimsPage(Answer):
    """All claims."""

    computed: bool
    command: str = Field(description="What computes them.")
    regime: str = ""
    society: str = ""
    population: int = 0
    years: float = 0
    seeds: int = 0
    confidence: float = CONFIDENCE
    least_occasions: int = LEAST_OCCASIONS
    counts: dict[str, int] = Field(description="Claims by verdict, those that are assumed left out.")
    failures: tuple[str, ...] = Field(default=(), description="Worlds that could not be lived.")
    claims: tuple[ClaimRow, ...]


def defined() -> ClaimsPage:
    """Return the claims as they were fixed before any was computed."""
    rows = tuple(_row(one, None) for one in claims())
    return ClaimsPage(computed=False, command=COMMAND, counts={}, claims=rows)


def computed(folder: Path) -> ClaimsPage:
    """Return the claims with what came of them in a claims folder.

    Raises:
        RunFolderError: the folder holds no claims that can be read.
    """
    told = result_of(folder)
    known = {one["id"]: one for one in told["claims"]}
    rows = tuple(_row(one, known.get(one.id)) for one in claims())
    counts: dict[str, int] = {}
    for row in rows:
        if row.kind != "assumed":
            counts[row.verdict] = counts.get(row.verdict, 0) + 1
    return ClaimsPage(
        computed=True,
        command=told["command"],
        regime=told["regime"],
        society=told["society"],
        population=told["population"],
        years=told["years"],
        seeds=len(told["seeds"]),
        counts=counts,
        failures=tuple(f"{one['name']}: {one['reason']}" for one in told["failures"]),
        claims=rows,
    )


def pictured(folder: Path, claim: str) -> Chart | None:
    """Return the chart of a claim of a claims folder; None where none of its parts had an occasion.

    Raises:
        RunFolderError: the folder holds no claims that can be read.
        UsageError: there is no such claim.
    """
    row = next((one for one in computed(folder).claims if one.id == claim), None)
    if row is None:
        raise UsageError(f"there is no claim '{claim}'; they are called C0 to C{len(claims()) - 1}")
    return claim_chart(row.text, row.parts)


def result_of(folder: Path) -> dict[str, Any]:
    """Return what a claims folder says came of the claims.

    Raises:
        RunFolderError: it cannot be read.
    """
    try:
        content: dict[str, Any] = json.loads((folder / CLAIMS).read_bytes())
        content["claims"][0]["parts"][0]["key"]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise RunFolderError(
            f"{shown(folder)} holds no claims that can be read; leave some with: {COMMAND} --out FOLDER"
        ) from error
    return content


def _row(claim: Claim, found: dict[str, Any] | None) -> ClaimRow:
    hangs = assumptions()[claim.id]
    return ClaimRow(
        id=claim.id,
        text=claim.text,
        kind=claim.kind,
        kind_says=_KINDS[claim.kind],
        population=claim.population,
        window=claim.window,
        verdict="" if found is None else found["verdict"],
        robustness=None if found is None else found["robustness"],
        draws=None if found is None else found["robustness_draws"],
        decided_by=None if found is None else found["decided_by"],
        parts=_parts(claim, [] if found is None else found["parts"]),
        hangs_on=Assumed(at=hangs.at, why=hangs.why),
    )


def _parts(claim: Claim, found: list[dict[str, Any]]) -> tuple[Part, ...]:
    worlds = {one.id: one.says for one in claim_worlds()}
    by_key = {one["key"]: one for one in found}
    parts = []
    for key, part in zip(keys(claim), claim.parts, strict=True):
        told = by_key.get(key, {})
        parts.append(
            Part(
                key=key,
                statistic=part.statistic,
                unit=part.unit,
                contrast=part.figure,
                worlds={name: worlds[name] for name in part.worlds},
                side=_SIDES[part.side],
                smallest=part.smallest,
                effect=told.get("effect"),
                low=told.get("low"),
                high=told.get("high"),
                holm_low=told.get("holm_low"),
                holm_high=told.get("holm_high"),
                seeds=told.get("seeds", 0),
                occasions=told.get("n_events", 0),
                verdict=told.get("verdict", ""),
            )
        )
    return tuple(parts)


router = APIRouter(prefix="/api/claims", tags=["the claims"], responses=REFUSALS)
Name = Annotated[str, InPath(max_length=255, description="Name of a claims folder.")]

ClaimId = Annotated[str, InPath(max_length=8, description="Id of a claim, as C4.")]


@router.get("")
def definitions() -> ClaimsPage:
    """Tell what the claims are, without results."""
    return defined()


@router.get("/{name}")
def results(name: Name, shelf: OnShelf) -> ClaimsPage:
    """Tell what came of the claims."""
    return computed(shelf.folder_of(name, "claims"))


@router.get("/{name}/{claim}/chart")
def chart(name: Name, claim: ClaimId, shelf: OnShelf) -> Chart | None:
    """Draw a claim: each part with its interval beside what matters; null without an occasion."""
    return pictured(shelf.folder_of(name, "claims"), claim)
