"""A second engine, written from the page about institutions alone, arrives at the same ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reference.agreement import disagreement

from demerit.regime import Regime

REGIMES = range(50)


@pytest.mark.parametrize("first", REGIMES[::5])
def test_the_reference_engine_agrees_entry_by_entry(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 5):
        found = disagreement(seed, tmp_path)
        assert found.compared > 0
        assert not found, (seed, found.only_fast[:5], found.only_reference[:5])


def test_a_rule_read_differently_would_be_noticed(tmp_path: Path) -> None:
    def slower(regime: Regime) -> Regime:
        return regime.patched({"licence.study_days": {"scale": 2}})

    assert any(disagreement(seed, tmp_path, slower) for seed in range(6))
