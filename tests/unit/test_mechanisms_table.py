"""Every mechanism of the documentation names a switch that the language has, and indicators there are."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from verification.mechanisms_table import PAGE, Mechanism, meant, mechanisms, names

from demerit.measures.indicators import BY_NAME
from demerit.regime import Regime
from demerit.regime import list_presets as regimes
from demerit.regime.types import RegimeFile
from demerit.society import Society
from demerit.society.types import SocietyFile

ROWS = mechanisms()
KNOWN = set().union(*(names(Regime.load(preset.id).canonical()) for preset in regimes()))
KNOWN |= names(Society.load("city").canonical())
KNOWN |= {
    f"{field.alias or name}" for one in (RegimeFile, SocietyFile) for name, field in one.model_fields.items()
}
SWITCHLESS = {
    "choice with L, G and felt harm",
    "withdrawals and stale copies",
    "trapped",
    "inequality",
}
"""What is part of every world: the one choice, what follows a reversal, and two measures."""


def test_the_table_is_read_to_its_end() -> None:
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    assert len(ROWS) == len(lines) - 1 > 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_a_mechanism_has_a_switch_that_the_language_has(row: Mechanism) -> None:
    keys = [*(at for at, _ in row.sets), *row.gone, *row.named]
    assert bool(keys) is (row.title not in SWITCHLESS), row.off
    for key in keys:
        assert meant(key, KNOWN), f"{row.title}: there is no {key}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_a_mechanism_names_indicators_that_there_are(row: Mechanism) -> None:
    for pattern in row.indicators:
        if pattern != "hidden":
            assert any(fnmatchcase(name, pattern) for name in BY_NAME), f"{row.title}: {pattern}"
