"""Names of entries and messages: day (16 bits), subject (32 bits), sequence (15 bits) in one number."""

from __future__ import annotations

from demerit.engine.kernel import i8, kernel

SEQUENCE_BITS = 15
SUBJECT_MASK = 0xFFFFFFFF
PHASE_SHIFT = 12
"""The upper three bits of a sequence say in which part of the day it was made; the rest count."""
SEQUENCE_LIMIT = 1 << PHASE_SHIFT


@kernel(i8(i8, i8, i8, i8))
def make_id(day: int, subject: int, phase: int, sequence: int) -> int:
    """Return the id of the ``sequence``-th entry a subject makes in a phase of a day."""
    return (((day << 32) | subject) << 15) | (phase << 12) | sequence


def id_day(identity: int) -> int:
    """Return the day an id was made on.

    >>> id_day(make_id(17, 5, 1, 3))
    17
    """
    return int(identity) >> (32 + SEQUENCE_BITS)


def id_subject(identity: int) -> int:
    """Return the code of the subject that made an id.

    >>> id_subject(make_id(17, 5, 1, 3))
    5
    """
    return (int(identity) >> SEQUENCE_BITS) & SUBJECT_MASK
