"""The manifest of a comparison: which regimes over which seeds, on what, and the digest of every world."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from demerit.engine.disk import refusals, shown
from demerit.errors import RunFolderError
from demerit.simulation import machine
from demerit.simulation.manifest import (
    MANIFEST,
    Count,
    Digest128,
    LawEntry,
    Positive,
    Sha256,
    SocietyEntry,
    Text,
)
from demerit.study.paired import CONFIDENCE

if TYPE_CHECKING:
    from demerit.study.comparison import Comparison

METHOD = (
    "paired over seeds: mean difference with Student's t interval; unpaired interval after Welch; variance "
    "saved = 1 − variance of the differences / sum of the variances of both regimes"
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class ComparedEntry(_Part):
    """One regime, in full."""

    name: Text = Field(description="its name in the tables")
    regime: Text
    regime_hash: Sha256 = Field(description="SHA-256 of the canonical data without prose")
    data: dict[str, Any] = Field(description="canonical data, patches applied")
    notes: tuple[Text, ...] = Field((), description="what loading and patching the regime said")


class WorldResult(_Part):
    """One world that came to its end."""

    name: Text = Field(description="name of its regime")
    seed: Count
    person_days: Count
    seconds: Annotated[float, Field(ge=0, description="duration of the day loop")]
    events: Count = Field(description="situations met")
    state_digest: Digest128


class FailureEntry(_Part):
    """One world that did not."""

    name: Text
    seed: Count
    reason: Text


class ComparisonManifest(_Part):
    """What the folder of a comparison says of itself."""

    schema_version: Literal[1] = 1
    kind: Literal["comparison"] = "comparison"
    synthetic: Literal[True] = True
    statement: Literal["Synthetic society: no real person is described."] = (
        "Synthetic society: no real person is described."
    )
    demerit: Text = Field(description="version of the program")
    created: date = Field(description="day of the comparison, UTC")
    start: date = Field(description="date of day 0")
    days: Positive
    years: Positive
    population: Positive
    seeds: tuple[Count, ...]
    society: SocietyEntry
    regimes: tuple[ComparedEntry, ...] = Field(description="the one that the others are set against first")
    laws: tuple[LawEntry, ...] = Field(description="what a choice held by law alone is measured by")
    equal: tuple[tuple[str, str], ...] = Field(description="pairs of regimes with the same rules")
    worlds: tuple[WorldResult, ...]
    failures: tuple[FailureEntry, ...]
    confidence: float = CONFIDENCE
    method: str = METHOD
    workers: Positive
    threads: Positive
    versions: dict[str, Text]
    processor: Text
    cores: Positive


def comparison_manifest(done: Comparison) -> ComparisonManifest:
    """Return the manifest of a finished comparison."""
    from demerit import __version__

    plan = done.plan
    first, days = plan.span
    return ComparisonManifest(
        demerit=__version__,
        created=datetime.now(UTC).date(),
        start=first,
        days=days,
        years=plan.years,
        population=plan.population,
        seeds=plan.seeds,
        society=SocietyEntry(id=plan.society.id, hash=plan.society.hash, data=plan.society.canonical()),
        regimes=tuple(
            ComparedEntry(
                name=name,
                regime=regime.id,
                regime_hash=regime.hash,
                data=regime.canonical(),
                notes=tuple(regime.notes),
            )
            for name, regime in zip(plan.names, plan.regimes, strict=True)
        ),
        laws=tuple(LawEntry(id=law.id, hash=law.hash, data=law.canonical()) for law in plan.laws),
        equal=tuple(plan.equal),
        worlds=tuple(
            WorldResult(
                name=world.name,
                seed=world.seed,
                person_days=world.person_days,
                seconds=world.seconds,
                events=world.events,
                state_digest=world.state_digest,
            )
            for world in done.worlds
        ),
        failures=tuple(
            FailureEntry(name=failure.name, seed=failure.seed, reason=failure.reason)
            for failure in done.failures
        ),
        workers=plan.workers,
        threads=plan.threads,
        versions=machine.versions(),
        processor=machine.processor(),
        cores=machine.cores(),
    )


def is_comparison(folder: Path) -> bool:
    """Tell whether a finished folder says of itself that it is a comparison."""
    try:
        loaded = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(loaded, dict) and loaded.get("kind") == "comparison"


def read_comparison_manifest(folder: Path) -> ComparisonManifest:
    """Read the manifest of a comparison.

    Raises:
        RunFolderError: it cannot be read, or is altered or of another version; every problem is named.
    """
    path = folder / MANIFEST
    with refusals(path, "read"):
        content = path.read_bytes()
    try:
        return ComparisonManifest.model_validate_json(content)
    except ValidationError as error:
        lines = [
            f"  {'.'.join(str(place) for place in problem['loc']) or 'manifest'}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
        head = f"{shown(path)}: {count}; the file was altered or written by another version of demerit"
        raise RunFolderError("\n".join([head, *lines])) from error
