"""The rows of the essay: what the table names exists, and a run is searched as the table says."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from demerit.catalogue.entries import ENTRY_KINDS
from demerit.catalogue.words import (
    LABELS,
    SUBJECTS,
)
from demerit.engine.ledger import read_ledger
from demerit.errors import RunFolderError
from demerit.measures.indicators import BY_NAME
from demerit.regime import Regime
from demerit.report.essay_table import rows_page
from demerit.simulation.layout import layout_of
from demerit.study.essay_rows import EssayRow, RowInRun, essay_rows, rows_in_run, words
from demerit.study.rows import rule_words

ESSAY = Regime.load("essay").data
WORDS = {
    "what": {kind.name for kind in ENTRY_KINDS},
    "kind": set(SUBJECTS),
    "label": set(LABELS),
    "register": {register.id for register in ESSAY.registers},
    "rule": set(rule_words(layout_of(Regime.load("tightened").data).numbers)[0]),
}


def test_rows_stand_in_the_order_of_the_essay() -> None:
    numbers = [int(row.id[1:]) for row in essay_rows()]
    assert numbers == sorted(set(numbers))
    assert set(numbers) <= set(range(1, 30))


@pytest.mark.parametrize("row", essay_rows(), ids=lambda row: row.id)
def test_a_row_names_an_indicator_and_entries_that_there_are(row: object) -> None:
    assert row.indicator in BY_NAME  # type: ignore[attr-defined]
    for entry in (*row.entries, *row.besides):  # type: ignore[attr-defined]
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
        assert one.entry == (meant[0] if meant else None)
        assert len(one.values) == 2
        absent = [
            asked
            for asked in one.row.besides
            if not any(all(str(entry[column]) == word for column, word in asked.items()) for entry in ledger)
        ]
        assert one.lacking == tuple(words(asked) for asked in absent)


BEATS_NOBODY = EssayRow("R16", "fear", "motives", "fear_at_home")
SEEN = EssayRow(
    "R7", "a chain", "chains", "others_penalised", ({"what": "derived"},), ({"what": "scolding"},)
)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (RowInRun(BEATS_NOBODY, None, 0, (), (0.2, 0.0)), True),
        (RowInRun(BEATS_NOBODY, None, 0, (), (0.2, None)), True),
        (RowInRun(BEATS_NOBODY, None, 0, (), (0.2,)), True),
        (RowInRun(BEATS_NOBODY, None, 0, (), (0.2, 0.2)), False),
        (RowInRun(BEATS_NOBODY, None, 0, (), (0.0, 0.2)), False),
        (RowInRun(BEATS_NOBODY, None, 0, (), (None, 0.2)), False),
        (RowInRun(SEEN, 7, 3, (), (0.0, 0.0)), True),
        (RowInRun(SEEN, 7, 3, ("scolding",), (1.0, 0.0)), False),
        (RowInRun(SEEN, None, 0, (), (1.0, 0.0)), False),
    ],
)
def test_a_row_can_fail(found: RowInRun, shown: bool) -> None:
    assert found.shown is shown


def test_the_table_says_what_is_shown_by_an_indicator_alone_and_what_lacks() -> None:
    console = Console(file=io.StringIO(), width=160)
    rows = [RowInRun(BEATS_NOBODY, None, 0, (), (0.2, 0.0)), RowInRun(SEEN, 7, 3, ("scolding",), (1.0, 0.0))]
    for part in rows_page(rows, ["essay", "ordinary-law"]):
        console.print(part)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "indicator alone" in text
    assert "This run shows 1 of 2 rows; not R7 (no scolding)." in text
    assert "R16: what they say leaves no entry of its own" in text


def test_a_run_without_a_ledger_shows_no_rows(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError):
        rows_in_run(tmp_path)
