"""The JSON Schemas for editors: they take what comes with the program and refuse what cannot be."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from demerit.files.schema import schema, schema_file, schema_text
from demerit.regime.load import KIND as REGIMES
from demerit.society.load import KIND as SOCIETIES

KINDS = [REGIMES, SOCIETIES]
PRESETS = [(kind, name) for kind in KINDS for name in kind.preset_ids()]


@pytest.mark.parametrize(("kind", "name"), PRESETS, ids=[name for _, name in PRESETS])
def test_every_preset_fits_its_schema(kind: Any, name: str) -> None:
    written = tomllib.loads((kind.presets / f"{name}.toml").read_text())
    assert not list(
        Draft202012Validator(schema(kind)).iter_errors(json.loads(json.dumps(written, default=str)))
    )


@pytest.mark.parametrize("kind", KINDS, ids=["regime", "society"])
def test_the_schema_beside_the_types_says_what_they_say(kind: Any) -> None:
    assert schema_file(kind).read_text() == schema_text(kind), "run: python scripts/schemas.py"


@pytest.mark.parametrize("kind", KINDS, ids=["regime", "society"])
def test_a_schema_is_one(kind: Any) -> None:
    Draft202012Validator.check_schema(schema(kind))
    assert json.loads(schema_text(kind)) == schema(kind)


@pytest.mark.parametrize(
    "wrong",
    [
        {"conduct": [{"coverage": 0.1}]},
        {"conduct": [{"id": "x", "coverage": 2}]},
        {"conduct": [{"id": "x", "cover": 0.2}]},
        {"conduct": [{"id": "x", "coverage": {"value": 0.2, "unit": "days", "basis": "law"}}]},
        {"chain": [{"id": "x", "register_id": "road"}]},
        {"tightening": [{"id": "x", "year": 2019, "patch": [{"op": "double", "at": "x", "reason": "y"}]}]},
        {"courts": {}},
    ],
)
def test_what_cannot_be_written_does_not_fit(wrong: dict[str, Any]) -> None:
    file = {"regime": {"id": "x", "extends": "essay"}, **wrong}
    assert list(Draft202012Validator(schema(REGIMES)).iter_errors(file))


def test_a_number_of_a_society_cannot_be_bare() -> None:
    file = {"society": {"id": "x"}, "choice": {"tau": 0.5}}
    assert list(Draft202012Validator(schema(SOCIETIES)).iter_errors(file))


def test_a_new_file_fits_and_passes_its_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from demerit.errors import UsageError
    from demerit.files.commands import check_text, write_new

    monkeypatch.chdir(tmp_path)
    for kind, parent in ((REGIMES, "ordinary-law"), (SOCIETIES, "hamlet")):
        name = f"my-{kind.name}"
        assert write_new(kind, name, parent).startswith(f"{name}.toml: extends {parent}")
        assert check_text(kind, f"{name}.toml").startswith(f"{name}.toml: no problems")
        text = Path(f"{name}.toml").read_text()
        assert all(f"[{section}]" in text for section in kind.sections())
        with pytest.raises(UsageError, match="is there already"):
            write_new(kind, name, parent)
    with pytest.raises(UsageError, match="cannot be the id of a regime"):
        write_new(REGIMES, "../x", "essay")
