"""Where a regime's registers and platforms stand in the accounts of each kind of subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from demerit.catalogue.words import CITIZEN, PLATFORMS_LIMIT, REGISTERS_LIMIT, SCORES, SLOTS, SUBJECTS
from demerit.errors import UsageError

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
    """

    registers: tuple[str, ...]
    platforms: tuple[str, ...]
    slots: tuple[tuple[str, ...], ...]
    scores: tuple[tuple[str, ...], ...]


def register_order(regime: RegimeFile) -> list[str]:
    """Return the ids of the regime's registers, in the order of their numbers."""
    return [register.id for register in regime.registers]


def ratings(regime: RegimeFile) -> list[tuple[int, Score | Rating]]:
    """Return every score of the regime with the kind of subject it is of, the citizens' composite first."""
    listed: list[tuple[int, Score | Rating]] = [] if regime.score is None else [(CITIZEN, regime.score)]
    return listed + [(SUBJECTS.index(kind), one) for one in regime.ratings for kind in one.covers]


def layout_of(regime: RegimeFile) -> Layout:
    """Return where a regime's registers and platforms stand.

    Raises:
        UsageError: more registers or platforms than a run can hold, or than a subject's account can.
    """
    name = regime.regime.id
    registers = tuple(register_order(regime))
    platforms = tuple(platform.id for platform in regime.platforms)
    _at_most(REGISTERS_LIMIT, registers, f"registers; {name} has")
    _at_most(PLATFORMS_LIMIT, platforms, f"platforms; {name} has")
    slots, scores = [], []
    for number, kind in enumerate(SUBJECTS):
        slots.append(tuple(register.id for register in regime.registers if kind in register.covers))
        scored = tuple(one.platform for of, one in ratings(regime) if of == number)
        if len(set(scored)) < len(scored):
            raise UsageError(f"{name} has two scores of a {kind} at one platform; keep one of them")
        scores.append(scored)
        _at_most(SLOTS, slots[-1], f"registers that cover a {kind}; {name} has")
        _at_most(SCORES, scores[-1], f"platforms that score a {kind}; {name} has")
    return Layout(registers, platforms, tuple(slots), tuple(scores))


def _at_most(limit: int, found: tuple[str, ...], what: str) -> None:
    if len(found) > limit:
        raise UsageError(f"a regime can have at most {limit} {what} {len(found)}: {', '.join(found)}")
