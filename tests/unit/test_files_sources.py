"""Every fact that a file cites is in the list of sources, and every source is cited."""

from __future__ import annotations

import pytest

from demerit.files.inventory import numbers
from demerit.files.table import Table
from demerit.regime import Regime
from demerit.regime import list_presets as regimes
from demerit.society import Society
from demerit.society import list_presets as societies
from demerit.sources import load_sources

FILES: dict[str, Table] = {preset.id: Regime.load(preset.id).data for preset in regimes()}
FILES |= {preset.id: Society.load(preset.id).data for preset in societies()}


def references(value: object) -> set[str]:
    """Collect what tables list as references, at any depth."""
    if isinstance(value, tuple):
        return set().union(*map(references, value))
    if not isinstance(value, Table):
        return set()
    inner = (references(getattr(value, name)) for name in type(value).model_fields)
    return set(getattr(value, "references", ())).union(*inner)


def cited(data: Table) -> set[str]:
    """Collect every id that a file cites, by number or by table."""
    return {name for _, number in numbers(data) for name in number.source} | references(data)


@pytest.mark.parametrize("name", FILES)
def test_every_id_that_a_preset_cites_resolves(name: str) -> None:
    assert cited(FILES[name]) <= set(load_sources())


def test_every_source_is_cited_by_some_preset() -> None:
    assert set(load_sources()) == set().union(*map(cited, FILES.values()))


def test_a_source_says_what_where_how_sure_and_when() -> None:
    for source in load_sources().values():
        assert source.statement.endswith(".")
        assert source.source
        assert source.confidence in ("high", "medium", "low")
        assert 1950 <= int(source.year) <= 2030


def test_a_fact_is_listed_once() -> None:
    statements = [source.statement for source in load_sources().values()]
    assert len(statements) == len(set(statements))
