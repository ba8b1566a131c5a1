"""Names of ledger entries and messages: everything can be read off them again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from demerit.engine.ids import PHASE_SHIFT, SEQUENCE_BITS, SEQUENCE_LIMIT, id_day, id_subject, make_id

PARTS = st.tuples(
    st.integers(0, 65535), st.integers(0, 2**32 - 1), st.integers(0, 7), st.integers(0, SEQUENCE_LIMIT - 1)
)


@given(PARTS)
def test_a_name_tells_day_subject_and_place(parts: tuple[int, int, int, int]) -> None:
    day, subject, phase, sequence = parts
    name = make_id(day, subject, phase, sequence)
    assert (id_day(name), id_subject(name)) == (day, subject)
    rest = name & ((1 << SEQUENCE_BITS) - 1)
    assert (rest >> PHASE_SHIFT, rest & (SEQUENCE_LIMIT - 1)) == (phase, sequence)


@given(PARTS, PARTS)
def test_names_are_in_the_order_of_their_parts(
    one: tuple[int, int, int, int], other: tuple[int, int, int, int]
) -> None:
    assert (make_id(*one) < make_id(*other)) == (one < other)
    assert (make_id(*one) == make_id(*other)) == (one == other)


def test_the_last_name_fits_a_signed_number_of_64_bits() -> None:
    assert make_id(65535, 2**32 - 1, 7, SEQUENCE_LIMIT - 1) == 2**63 - 1
    assert make_id(0, 0, 0, 0) == 0
