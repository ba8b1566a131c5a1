"""The manifest: provenance in full, of the run and never of the person who ran it."""

from __future__ import annotations

import getpass
import json
import platform
import re
import socket
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

import demerit.simulation.manifest as module
from demerit.errors import RunFolderError
from demerit.files.canonical import digest
from demerit.simulation.machine import cores, peak_rss_bytes, processor, versions
from demerit.simulation.manifest import (
    Gain,
    Manifest,
    SocietyEntry,
    WorldEntry,
    read_manifest,
    write_manifest,
)

SCHEMA = Path(module.__file__).with_name("manifest.schema.json")
REGIME = {"regime": {"id": "essay", "title": "Essay"}, "score": {"base": 1000, "share": 0.1}}
SOCIETY = {"society": {"id": "city"}, "people": {"count": 20_000}}


def a_world(**changes: Any) -> WorldEntry:
    return WorldEntry(
        **{
            "regime": "essay",
            "regime_hash": digest(REGIME),
            "data": REGIME,
            "notes": ("3 values in 2 rules",),
            "person_days": 73_000_000,
            "seconds": 1.25,
            "events": 4_000_000,
            "rows": 240_000,
            "digest": "0" * 32,
            "state_digest": "1" * 32,
            "ledger_digest": "e" * 32,
            **changes,
        }
    )


def a_manifest(**changes: Any) -> Manifest:
    """Describe a run on this machine."""
    return Manifest(
        **{
            "demerit": "0.1.0",
            "created": date(2026, 11, 23),
            "start": date(2014, 1, 1),
            "days": 3650,
            "years": 10.0,
            "population": 20_000,
            "seed": 1,
            "society": SocietyEntry(id="city", hash=digest(SOCIETY), data=SOCIETY),
            "worlds": (a_world(), a_world(regime="ordinary-law")),
            "gains": {"road.crosswalk": Gain(value=0.0125, unit="days of income")},
            "assumptions_share": 0.42,
            "threads": 2,
            "shards": 1,
            "ledger": "full",
            "versions": versions(),
            "processor": processor(),
            "cores": cores(),
            "peak_rss_bytes": peak_rss_bytes(),
            **changes,
        }
    )


def test_a_manifest_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    manifest = a_manifest()
    path = write_manifest(tmp_path, manifest)
    assert path == tmp_path / "manifest.json"
    assert read_manifest(tmp_path) == manifest


def test_the_schema_in_the_package_is_the_one_of_the_types() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == module.schema_text()


def test_a_written_manifest_fits_the_schema(tmp_path: Path) -> None:
    written = json.loads(write_manifest(tmp_path, a_manifest()).read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(written, schema, jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**written, "host": "mine"}, schema, jsonschema.Draft202012Validator)


def test_a_manifest_says_that_the_society_is_synthetic(tmp_path: Path) -> None:
    written = json.loads(write_manifest(tmp_path, a_manifest()).read_text(encoding="utf-8"))
    assert written["synthetic"] is True
    assert written["statement"] == "Synthetic society: no real person is described."
    assert written["gains"]["road.crosswalk"]["basis"] == "calibrated"
    with pytest.raises(ValidationError):
        a_manifest(synthetic=False)


def test_no_host_name_user_or_absolute_path_is_written(tmp_path: Path) -> None:
    secret = f"{Path.home()}/secret folder/regimes/mine.toml"
    notes = (
        f"{secret}: 3 values in 2 rules",
        "see '/srv/data/a.toml' and ~/b/c.toml",
        "ten km/h, https://example.org/a",
    )
    manifest = a_manifest(worlds=(a_world(notes=notes, regime="/home/somebody/mine.toml"),))
    text = write_manifest(tmp_path, manifest).read_text(encoding="utf-8")
    written = json.loads(text)["worlds"][0]
    assert written["regime"] == "mine.toml"
    assert written["notes"][1:] == ["see 'a.toml' and c.toml", "ten km/h, https://example.org/a"]
    assert not [place for place in (str(Path.home()), str(Path.cwd()), str(tmp_path), "~/") if place in text]
    words = {word for value in strings_of(json.loads(text)) for word in re.split(r"[\s/@:,;]+", value)}
    assert not words & {socket.gethostname(), platform.node(), getpass.getuser(), "somebody"}
    assert not [value for value in strings_of(json.loads(text)) if value.startswith("/")]


def strings_of(value: Any) -> list[str]:
    """Return every text in a JSON value."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings_of(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings_of(inner)]
    return [value] if isinstance(value, str) else []


def altered(folder: Path, **changes: Any) -> None:
    """Rewrite a manifest with other values at the top."""
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(content | changes))


def test_every_problem_of_a_manifest_is_named(tmp_path: Path) -> None:
    write_manifest(tmp_path, a_manifest())
    altered(tmp_path, days=0, start="2014-02-30", ledger="some", host="mine")
    with pytest.raises(RunFolderError) as refused:
        read_manifest(tmp_path)
    first, *lines = str(refused.value).splitlines()
    assert first.endswith("manifest.json: 4 problems; the file was altered or not written by demerit")
    assert [line.split(":")[0].strip() for line in lines] == ["start", "days", "ledger", "host"]


def test_data_that_does_not_belong_to_its_hash_is_refused(tmp_path: Path) -> None:
    write_manifest(tmp_path, a_manifest())
    worlds = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["worlds"]
    worlds[1]["data"]["score"]["base"] = 900
    altered(tmp_path, worlds=worlds)
    with pytest.raises(RunFolderError, match=r"worlds\.1: Value error, hash and data do not belong together"):
        read_manifest(tmp_path)


def test_what_is_no_manifest_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match=r"is not a run folder: it has no manifest\.json"):
        read_manifest(tmp_path)
    for content, message in (
        (b"{", "is not JSON"),
        (b"\xff\xfe\xfa", "is not JSON"),
        (b"[]", "has schema_version None; this program reads 1"),
        (
            b'{"schema_version": 2}',
            "has schema_version 2; this program reads 1; open the run with the version",
        ),
        (b'{"schema_version": 1}', "manifest.json: [0-9]+ problems"),
    ):
        (tmp_path / "manifest.json").write_bytes(content)
        with pytest.raises(RunFolderError, match=message):
            read_manifest(tmp_path)


def test_the_machine_is_described_by_what_bears_on_a_result() -> None:
    assert set(versions()) >= {"python", "numpy", "numba", "polars"}
    assert processor() != ""
    assert cores() >= 1
    assert peak_rss_bytes() > 10_000_000
