"""The rows of the essay: what the table names exists, and a run is searched as the table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from demerit.catalogue.entries import ENTRY_KINDS
from demerit.catalogue.words import (
    LABELS,
    SUBJECTS,
)
from demerit.engine.ledger import read_ledger
from demerit.errors import RunFolderError
from demerit.measures.indicators import BY_NAME
from demerit.regime import Regime
from demerit.simulation.layout import layout_of
from demerit.study.essay_rows import essay_rows, rows_in_run
from demerit.study.rows import rule_words

WORDS = {
    "what": {kind.name for kind in ENTRY_KINDS},
    "kind": set(SUBJECTS),
    "label": set(LABELS),
    "register": {register.id for register in Regime.load("essay").data.registers},
    "rule": set(rule_words(layout_of(Regime.load("tightened").data).numbers)[0]),
}


def test_rows_stand_in_the_order_of_the_essay() -> None:
    numbers = [int(row.id[1:]) for row in essay_rows()]
    assert numbers == sorted(set(numbers))
    assert set(numbers) <= set(range(1, 30))


@pytest.mark.parametrize("row", essay_rows(), ids=lambda row: row.id)
def test_a_row_names_an_indicator_and_entries_that_there_are(row: object) -> None:
    assert row.indicator in BY_NAME  # type: ignore[attr-defined]
    for entry in row.entries:  # type: ignore[attr-defined]
        assert all(word in WORDS[column] for column, word in entry.items()), entry


def test_a_run_is_searched_for_the_first_entry_of_each_row(hamlet: object) -> None:
    folder = Path(hamlet.folder)  # type: ignore[attr-defined]
    ledger = read_ledger(folder / "worlds" / "essay").collect().to_dicts()
    for one in rows_in_run(folder):
        meant = [
            entry["id"]
            for entry in ledger
            if any(
                all(str(entry[column]) == word for column, word in asked.items()) for asked in one.row.entries
            )
        ]
        assert one.entries == len(meant)
        there = [
            any(all(str(entry[column]) == word for column, word in asked.items()) for entry in ledger)
            for asked in one.row.entries
        ]
        whole = all(there) if one.row.every else any(there)
        assert one.entry == (meant[0] if whole else None)
        assert len(one.values) == 2


def test_a_run_without_a_ledger_shows_no_rows(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError):
        rows_in_run(tmp_path)
