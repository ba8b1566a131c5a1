"""The manifest of a run: what was run, on what, with which result, so that anyone can run it again.

It holds the society and every regime in full, and no host name, user or absolute path.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    ValidationError,
    model_validator,
)

from demerit.engine.disk import refusals, shown, write_whole
from demerit.errors import RunFolderError
from demerit.files.canonical import digest

MANIFEST = "manifest.json"
SCHEMA_VERSION = 1

_LONGEST_VERSION = 40
_FOLDERS = re.compile(r"""(?<![\w/:.~])~?(?:/[^\s/"'()]+)+/""")


def placeless(text: str) -> str:
    """Reduce every absolute path in a text to the name of its file: folders tell who ran it and where."""
    return _FOLDERS.sub("", text)


Text = Annotated[str, AfterValidator(placeless)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Digest128 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class SocietyEntry(_Part):
    """The society of a run, in full."""

    id: Text
    hash: Sha256 = Field(description="SHA-256 of the canonical data without prose")
    data: dict[str, JsonValue] = Field(description="canonical data, patches applied")

    @model_validator(mode="after")
    def _hash_is_of_data(self) -> SocietyEntry:
        _check_hash(self.data, self.hash)
        return self


class WorldEntry(_Part):
    """One world of a run: its regime in full, the work done and the digests of what came out."""

    regime: Text
    regime_hash: Sha256 = Field(description="SHA-256 of the canonical data without prose")
    data: dict[str, JsonValue] = Field(description="canonical data of the regime, patches applied")
    notes: tuple[Text, ...] = Field((), description="what loading and patching the regime said")
    person_days: Count
    seconds: Annotated[float, Field(ge=0, description="duration of the day loop")]
    events: Count = Field(description="situations met")
    rows: Count = Field(description="ledger entries written")
    digest: Digest128 = Field(description="state and ledger together")
    state_digest: Digest128
    ledger_digest: Digest128

    @model_validator(mode="after")
    def _hash_is_of_data(self) -> WorldEntry:
        _check_hash(self.data, self.regime_hash)
        return self


class LawEntry(_Part):
    """A regime that the worlds are measured against, in full."""

    id: Text
    hash: Sha256 = Field(description="SHA-256 of the canonical data without prose")
    data: dict[str, JsonValue] = Field(description="canonical data")

    @model_validator(mode="after")
    def _hash_is_of_data(self) -> LawEntry:
        _check_hash(self.data, self.hash)
        return self


class EraEntry(_Part):
    """A regime that all worlds of a branch have lived under before their own, in full."""

    regime: Text
    regime_hash: Sha256 = Field(description="SHA-256 of the canonical data without prose")
    data: dict[str, JsonValue] = Field(description="canonical data of the regime, patches applied")
    until: Positive = Field(description="first day that is not lived under it")

    @model_validator(mode="after")
    def _hash_is_of_data(self) -> EraEntry:
        _check_hash(self.data, self.regime_hash)
        return self


class Gain(_Part):
    """A gain that was solved from the rate it has to produce under ordinary law."""

    value: Annotated[float, Field(allow_inf_nan=False)]
    unit: str
    basis: Literal["calibrated"] = "calibrated"


class Manifest(_Part):
    """What a run folder says of itself."""

    schema_version: Literal[1] = 1
    kind: Literal["run"] = "run"
    synthetic: Literal[True] = True
    statement: Literal["Synthetic society: no real person is described."] = (
        "Synthetic society: no real person is described."
    )
    demerit: Text = Field(description="version of the program")
    created: date = Field(description="day of the run, UTC")
    start: date = Field(description="date of day 0")
    days: Positive
    years: Annotated[float, Field(gt=0)]
    population: Positive
    seed: Annotated[int, Field(ge=0, le=2**62)]
    society: SocietyEntry
    worlds: Annotated[tuple[WorldEntry, ...], Field(min_length=1)] = Field(
        description="the regime asked for first"
    )
    laws: tuple[LawEntry, ...] = Field((), description="what a choice held by law alone is measured by")
    past: tuple[EraEntry, ...] = Field((), description="what all worlds share, where the run is a branch")
    gains: dict[str, Gain] = Field({}, description="solved gains by situation kind")
    assumptions_share: Annotated[float, Field(ge=0, le=1)] = Field(
        description="share of the numbers in use that are assumptions"
    )
    threads: Positive
    shards: Positive
    ledger: Literal["full", "panel", "none"]
    versions: dict[str, Text]
    processor: Text
    cores: Positive
    peak_rss_bytes: Count = Field(description="largest resident memory of the process")


def write_manifest(folder: Path, manifest: Manifest) -> Path:
    """Write ``manifest.json`` into a run folder.

    Raises:
        RunFolderError: the disk refused.
    """
    path = folder / MANIFEST
    text = json.dumps(manifest.model_dump(mode="json"), indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(path, (text + "\n").encode())
    return path


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a run folder.

    Raises:
        RunFolderError: there is none, or it is altered or of another version; every problem is named.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise RunFolderError(f"{shown(folder)} is not a run folder: it has no {MANIFEST}")
    with refusals(path, "read"):
        content = path.read_bytes()
    try:
        loaded = json.loads(content)
    except ValueError as error:
        raise RunFolderError(f"{shown(path)} is not JSON: {error}") from error
    version = loaded.get("schema_version") if isinstance(loaded, dict) else None
    if version != SCHEMA_VERSION:
        raise RunFolderError(
            f"{shown(path)} has schema_version {version!r}; this program reads {SCHEMA_VERSION}; "
            "open the run with the version of demerit that wrote it"
        )
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise RunFolderError(_problems(path, error)) from error


def version_that_wrote(folder: Path) -> str:
    """Return the version of the program that wrote a run folder, empty if the manifest does not tell.

    It is read from manifests of any version, even of one that is altered elsewhere.
    """
    try:
        loaded = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return ""
    told = loaded.get("demerit") if isinstance(loaded, dict) else None
    return told if isinstance(told, str) and len(told) <= _LONGEST_VERSION else ""


def schema_text() -> str:
    """Return the JSON Schema of a manifest; ``manifest.schema.json`` holds the same text."""
    schema = Manifest.model_json_schema(mode="serialization")
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _check_hash(data: dict[str, Any], expected: str) -> None:
    if digest(data) != expected:
        raise ValueError("hash and data do not belong together; one of them was altered")


def _problems(path: Path, error: ValidationError) -> str:
    lines = [
        f"  {'.'.join(str(place) for place in problem['loc']) or 'manifest'}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
    return "\n".join([f"{shown(path)}: {count}; the file was altered or not written by demerit", *lines])
