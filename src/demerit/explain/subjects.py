"""Subjects as people write them: ``citizen:8173`` or a bare number, ``company:12``, ``agency:court-13``."""

from __future__ import annotations

import re
from typing import NamedTuple

from demerit.catalogue.words import INDEX_MASK, SUBJECT_SHIFT, SUBJECTS, subject_code, subject_name
from demerit.errors import UsageError

_NUMBERED = re.compile(r"(?:([a-z]+):)?([0-9]{1,18})")
_NAMED = re.compile(r"(agency|service):([a-z][a-z-]*?)s?-([0-9]{1,9})")
_FORMS = (
    "citizen:8173 or 8173, company:12, vehicle:5, agency:court-13 or agency:3, "
    "service:hospital-2 or service:4"
)


class Named(NamedTuple):
    """An office or a service by what it is and where: its kind of subject, its own kind, its province.

    A city government is known by its city.
    """

    kind: int
    what: str
    where: int


def read_subject(text: str) -> int | Named:
    """Read a subject as people write it: its code, or what it is called where only the people can tell.

    Raises:
        UsageError: it is written in no form that is known.

    >>> read_subject("8173") == read_subject("citizen:8173") == 8173
    True
    >>> subject_name(read_subject("vehicle:5"))
    'vehicle:5'
    >>> read_subject("agency:court-13")
    Named(kind=3, what='court', where=13)
    """
    asked = text.strip().lower()
    numbered, named = _NUMBERED.fullmatch(asked), _NAMED.fullmatch(asked)
    if numbered:
        kind, number = numbered[1] or "citizen", int(numbered[2])
        if kind in SUBJECTS and number <= INDEX_MASK:
            return subject_code(SUBJECTS.index(kind), number)
    elif named:
        return Named(SUBJECTS.index(named[1]), named[2], int(named[3]))
    raise UsageError(f"'{text}' names no subject; write {_FORMS}")


def kind_of(code: int) -> int:
    """Return the kind of a subject by its code."""
    return code >> SUBJECT_SHIFT


def index_of(code: int) -> int:
    """Return the number of a subject among those of its kind."""
    return code & INDEX_MASK


def missing(code: int, count: int) -> UsageError:
    """Return what to say where there is no such subject."""
    kind = SUBJECTS[kind_of(code)]
    if count == 0:
        return UsageError(f"there is no {subject_name(code)}: this society has none of that kind")
    return UsageError(f"there is no {subject_name(code)}; the run has {kind}:0 to {kind}:{count - 1}")
