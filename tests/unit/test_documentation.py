"""The documentation says what the code and the files say."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from demerit.catalogue.columns import TABLES
from demerit.catalogue.counters import FLOWS
from demerit.catalogue.entries import ENTRY_KINDS, ROW
from demerit.regime import Regime
from demerit.regime.types import RegimeFile
from demerit.society.types import SocietyFile
from demerit.sources import source_ids

ROOT = Path(__file__).resolve().parents[2]
PRESETS = sorted((ROOT / "src" / "demerit").glob("*/presets/*.toml"))


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(generate: ModuleType) -> dict[str, str]:
    written: dict[str, str] = generate.pages()
    return written


def first_cells(page: str) -> set[str]:
    return set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))


def written_numbers(value: Any) -> Iterator[Any]:
    """Find numbers with evidence in a file as written, knowing nothing of its types."""
    if isinstance(value, Mapping):
        if "basis" in value and ("value" in value or "values" in value):
            yield value
        else:
            for item in value.values():
                yield from written_numbers(item)
    elif isinstance(value, list):
        for item in value:
            yield from written_numbers(item)


def test_every_page_is_found_and_says_that_the_society_is_synthetic(pages: dict[str, str]) -> None:
    navigation = (ROOT / "mkdocs.yml").read_text()
    for path, text in pages.items():
        assert f": {path}" in navigation
        assert "synthetic" in text


def test_every_column_entry_and_counter_has_a_row(pages: dict[str, str]) -> None:
    assert {column.name for record in TABLES for column in record.columns} <= first_cells(
        pages["reference/columns.md"]
    )
    fields = {column.name for column in ROW.columns} | {kind.name for kind in ENTRY_KINDS}
    assert first_cells(pages["reference/ledger.md"]) == fields
    assert first_cells(pages["reference/counters.md"]) == {name for name, _, _ in FLOWS}


def test_every_source_has_a_row(pages: dict[str, str]) -> None:
    rows = re.findall(r"^\| (\w+) \|", pages["reference/sources.md"], re.MULTILINE)
    assert sorted(rows) == sorted(["id", *source_ids()])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_no_number_of_a_preset_is_missing_from_the_tables(preset: Path, pages: dict[str, str]) -> None:
    data = tomllib.loads(preset.read_text())
    page = pages["reference/regimes.md" if "regime" in data else "reference/parameters.md"]
    title = (data.get("regime") or data["society"])["id"]
    section = re.search(rf"^## [^\n]*\(`{title}`\)$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert section is not None
    table_rows = len(first_cells(section.group(1)))
    assert table_rows >= sum(1 for _ in written_numbers(data))


def test_every_regime_is_told_with_its_basis_and_its_limits() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs" / "presets.md").read_text(), re.MULTILINE)
    assert sorted([*rows, "essay"]) == sorted(path.stem for path in PRESETS if "regime" in str(path.parent))


def test_the_regime_of_the_guide_can_be_loaded(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "write-a-regime.md").read_text()
    example = re.search(r"```toml\n(\[regime\].*?)```", guide, re.DOTALL)
    assert example is not None
    file = tmp_path / "kinder-crosswalk.toml"
    file.write_text(example.group(1))
    assert Regime.load(file).hash != Regime.load("essay").hash


def test_the_guide_names_every_section_of_a_regime() -> None:
    guide = (ROOT / "docs" / "write-a-regime.md").read_text()
    sections = {
        section
        for preset in PRESETS
        if "regime" in (data := tomllib.loads(preset.read_text()))
        for section in data
    }
    assert not [section for section in sections if f"[{section}]" not in guide]


def toml_examples() -> list[str]:
    """Return the examples of the page about regimes, each with a head if it has none of its own."""
    page = (ROOT / "docs" / "write-a-regime.md").read_text()
    head = '[regime]\nid = "example"\ntitle = "Example"\nbasis = "hypothetical"\nschema_version = 1\n'
    found = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [one if "[regime]" in one else f'{head}extends = "essay"\n\n{one}' for one in found]


@pytest.mark.parametrize("example", toml_examples())
def test_every_example_of_the_page_about_regimes_loads(example: str, tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(example)
    assert Regime.load(path).hash != Regime.load("essay").hash


def test_the_table_of_the_page_about_regimes_loads(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "write-a-regime.md").read_text()
    (rows,) = re.findall(r"^```csv\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "a.toml").write_text(toml_examples()[-1].partition("\n\n")[0])
    (tmp_path / "conduct.csv").write_text(rows)
    assert float(Regime.load(tmp_path).data.conducts[0].points["road"]) == -4


def test_the_page_of_the_language_names_every_section(pages: dict[str, str]) -> None:
    page = pages["reference/language.md"]
    for model in (RegimeFile, SocietyFile):
        for name, field in model.model_fields.items():
            section = field.alias or name
            assert f"### `[{section}]`" in page or f"### `[[{section}]]`" in page, section
