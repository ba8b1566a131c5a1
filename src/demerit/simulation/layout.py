"""Where a regime's registers and platforms stand in the accounts of each kind of subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demerit.catalogue.words import CITIZEN, PLATFORMS_LIMIT, REGISTERS_LIMIT, SCORES, SLOTS, SUBJECTS
from demerit.errors import UsageError
from demerit.simulation.numbering import Numbering, numbering_of

if TYPE_CHECKING:
    from demerit.regime.sharing_types import Rating, Score
    from demerit.regime.types import RegimeFile


@dataclass(frozen=True)
class Layout:
    """The order in which registers and platforms are numbered, and their places by kind of subject.

    Attributes:
        registers: ids of all registers; the place in the list is the number in rules and in the ledger.
        platforms: ids of all platforms.
        slots: by kind of subject, ids of the registers kept for it.
        scores: by kind of subject, ids of the platforms that score it, the principal one first.
        numbers: the numbers of all rules.
    """

    registers: tuple[str, ...]
    platforms: tuple[str, ...]
    slots: tuple[tuple[str, ...], ...]
    scores: tuple[tuple[str, ...], ...]
    numbers: Numbering


def ratings(regime: RegimeFile) -> list[tuple[int, Score | Rating]]:
    """Return every score of the regime with the kind of subject it is of, the citizens' composite first."""
    listed: list[tuple[int, Score | Rating]] = [] if regime.score is None else [(CITIZEN, regime.score)]
    return listed + [(SUBJECTS.index(kind), one) for one in regime.ratings for kind in one.covers]


def layout_of(*periods: RegimeFile) -> Layout:
    """Return where a regime's registers and platforms stand, over all periods of its rules.

    What a later period adds comes after what there was, so that nothing of before moves.

    Raises:
        UsageError: more registers or platforms than a run can hold, or than a subject's account can.
    """
    name = periods[0].regime.id
    registers = _each(register.id for regime in periods for register in regime.registers)
    platforms = _each(platform.id for regime in periods for platform in regime.platforms)
    _at_most(REGISTERS_LIMIT, registers, f"registers; {name} has")
    _at_most(PLATFORMS_LIMIT, platforms, f"platforms; {name} has")
    slots, scores = [], []
    for number, kind in enumerate(SUBJECTS):
        kept = (one.id for regime in periods for one in regime.registers if kind in one.covers)
        slots.append(_each(kept))
        scored = [[one.platform for of, one in ratings(regime) if of == number] for regime in periods]
        if any(len(set(each)) < len(each) for each in scored):
            raise UsageError(f"{name} has two scores of a {kind} at one platform; keep one of them")
        scores.append(_each(one for each in scored for one in each))
        _at_most(SLOTS, slots[-1], f"registers that cover a {kind}; {name} has")
        _at_most(SCORES, scores[-1], f"platforms that score a {kind}; {name} has")
    return Layout(registers, platforms, tuple(slots), tuple(scores), numbering_of(periods))


def _each(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in order, each once."""
    return tuple(dict.fromkeys(names))


def _at_most(limit: int, found: tuple[str, ...], what: str) -> None:
    if len(found) > limit:
        raise UsageError(f"a regime can have at most {limit} {what} {len(found)}: {', '.join(found)}")
