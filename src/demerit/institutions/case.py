"""Case: what tells the ways of one record from those of every other, so that its fates can be drawn again.

A root's case is its day and sequence, which name it among the records of its subject. Whoever a record is
passed on to may be reached by cases of many others, and by more than one road; so a record that is passed on,
or shared with another register, goes on under a case drawn from whose it was, its case there, and its road.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.pointers import Desk
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import CASE, CULPRIT, SEED, SUBJECT
from demerit.catalogue.words import CHAINS_LIMIT, TRANSFERS_LIMIT
from demerit.engine.draws import draw
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.kernel import i8, kernel, void

_CASE_PATH = int(Purpose.CASE_PATH)
_DAY_SHIFT = 32 + SEQUENCE_BITS
_SEQUENCES = (1 << SEQUENCE_BITS) - 1
_ROADS = CHAINS_LIMIT + TRANSFERS_LIMIT


@kernel(i8(i8))
def case_of(record: int) -> int:
    """Return the case of a root record, 31 bits: its day and sequence."""
    return ((record >> _DAY_SHIFT) << SEQUENCE_BITS) | (record & _SEQUENCES)


@kernel(void(Desk, i8, i8))
def open_case(desk: np.void, case: int, culprit: int) -> None:
    """Note on the desk the case of the record that is being entered, and against whom its root was filed."""
    n = desk["n"]
    n[CASE] = case
    n[CULPRIT] = culprit


@kernel(i8(Desk, i8, i8))
def _case_after(desk: np.void, register: int, road: int) -> int:
    """Return the case, 31 bits, under which the record on the desk goes on by a road from a register."""
    n = desk["n"]
    return draw(n[SEED], _CASE_PATH, n[SUBJECT], n[CASE], register * _ROADS + road)[0] >> 1


@kernel(i8(Desk, i8, i8))
def case_by_chain(desk: np.void, register: int, chain: int) -> int:
    """Return the case of what a chain passes on from a register."""
    return _case_after(desk, register, chain)


@kernel(i8(Desk, i8, i8))
def case_by_transfer(desk: np.void, register: int, transfer: int) -> int:
    """Return the case of what a transfer shares with another register."""
    return _case_after(desk, register, CHAINS_LIMIT + transfer)
