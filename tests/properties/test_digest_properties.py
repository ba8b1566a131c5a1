"""What must hold of digests for all rows, orders and cuts."""

from __future__ import annotations

from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from demerit.engine.digest import Digest, row_digest, state_digest

RECORD = np.dtype([("id", "i8"), ("day", "u2"), ("points", "i4"), ("flags", "u1", (3,))], align=True)
records = hnp.arrays(RECORD, st.integers(0, 40))


@given(records, st.randoms(use_true_random=False), st.integers(0, 40))
def test_rows_in_any_order_and_any_cut_have_one_digest(
    rows: np.ndarray[Any, Any], chance: Any, cut: int
) -> None:
    order = list(range(len(rows)))
    chance.shuffle(order)
    moved = rows[np.array(order, dtype=np.int64)]
    digest = Digest()
    digest.add(moved[cut:])
    digest.add(moved[:cut])
    assert digest.value == row_digest(rows)


@given(hnp.arrays(np.int64, st.integers(2, 20), unique=True), st.data())
def test_two_that_swap_what_they_have_are_noticed(values: np.ndarray[Any, Any], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(values) - 2))
    second = data.draw(st.integers(first + 1, len(values) - 1))
    swapped = values.copy()
    swapped[[first, second]] = values[[second, first]]
    assert state_digest({"wealth": swapped}) != state_digest({"wealth": values})


@given(hnp.arrays(np.uint64, 5), st.lists(st.integers(0, 319), min_size=1, max_size=6, unique=True))
def test_any_few_flipped_bits_change_a_row(row: np.ndarray[Any, Any], bits: list[int]) -> None:
    flipped = row.copy()
    for bit in bits:
        flipped[bit // 64] ^= np.uint64(1 << (bit % 64))
    assert row_digest(flipped[None, :]) != row_digest(row[None, :])
