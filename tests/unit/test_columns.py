"""Columns and record types: declared sizes and ranges are kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit.catalogue.columns import TABLES
from demerit.catalogue.entries import ROW
from demerit.engine.columns import Column, Table
from demerit.engine.messages import MESSAGE

TABLE = Table(
    "herd",
    "A made-up animal.",
    (
        Column("weight", "i4", "kg", "Weight.", low=0, high=900),
        Column("legs", "u1", "legs", "Legs.", (2,), 0, 4),
        Column("born", "u2", "day", "Day of birth."),
    ),
    8,
)


def test_rows_within_their_ranges_break_nothing() -> None:
    rows = np.zeros(3, TABLE.dtype())
    rows["weight"] = [0, 450, 900]
    rows["legs"] = 4
    rows["born"] = 65535
    assert TABLE.violations(rows) == []


def test_every_column_out_of_range_is_named_with_its_value() -> None:
    rows = np.zeros(3, TABLE.dtype())
    rows["weight"][1] = -7
    rows["legs"][2, 1] = 5
    weight, legs = TABLE.violations(rows)
    assert "herd.weight" in weight
    assert "-7" in weight
    assert "herd.legs" in legs
    assert "5" in legs


def test_no_rows_break_no_range() -> None:
    assert TABLE.violations(np.zeros(0, TABLE.dtype())) == []


@given(st.integers(-(2**31), 2**31 - 1))
def test_a_value_breaks_its_range_exactly_when_it_lies_outside(weight: int) -> None:
    rows = np.zeros(1, TABLE.dtype())
    rows["weight"] = weight
    assert bool(TABLE.violations(rows)) == (not 0 <= weight <= 900)


def test_a_column_without_a_range_may_hold_all_its_type_can() -> None:
    assert Column("born", "u2", "day", "Day of birth.").bounds() == (0, 65535)


def test_a_table_that_takes_other_room_than_declared_is_refused() -> None:
    with pytest.raises(ValueError, match="herd takes 8 bytes; declared 12"):
        Table("herd", TABLE.doc, TABLE.columns, 12).dtype()


@pytest.mark.parametrize("table", [*TABLES, ROW, MESSAGE], ids=lambda table: table.name)
def test_every_column_has_a_unit_and_a_sentence(table: Table) -> None:
    for column in table.columns:
        assert column.unit, column.name
        assert column.doc[0].isupper() or not column.doc[0].isalpha(), column.name
        assert column.doc.endswith("."), column.name
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    low_and_high = [column.bounds() for column in table.columns]
    assert all(low < high for low, high in low_and_high)


@pytest.mark.parametrize("table", [*TABLES, ROW, MESSAGE], ids=lambda table: table.name)
def test_a_first_row_of_noughts_is_within_its_ranges(table: Table) -> None:
    assert table.violations(np.zeros(1, table.dtype())) == []
