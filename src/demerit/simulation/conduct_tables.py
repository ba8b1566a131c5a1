"""Compile conduct rules: what a record of each situation enters, and which of a citizen's scores it moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.rules import CONDUCT_REGISTERS, FELT_SYSTEMS, PLATFORM_NODE
from demerit.catalogue.words import (
    AGENCY,
    AGENCY_BILL,
    BREACH,
    CITIZEN,
    COMPANY,
    FAILURE,
    KINDS,
    RATED,
    SCORES,
    SERVED,
    SERVICE,
    SHOP_DEAL,
    SYSTEMS,
)
from demerit.errors import UsageError
from demerit.simulation.layout import Layout
from demerit.simulation.scales import chance_q32, thousandths

if TYPE_CHECKING:
    from demerit.regime.record_types import Conduct
    from demerit.regime.types import RegimeFile


def fill_conduct(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill coverage, fine, licence points and the registers entered, by situation kind.

    Raises:
        UsageError: a conduct enters more registers than a rule can hold.
    """
    for conduct in regime.conducts:
        number = layout.numbers.conducts.index(conduct.id)
        kind = KINDS.index(conduct.answers)
        rules["conduct"][kind] = number + 1
        rules["coverage"][kind] = chance_q32(float(conduct.coverage))
        rules["fine_fen"][kind] = round(float(conduct.fine) * 100)
        rules["licence_points"][kind] = round(float(conduct.licence_points))
        rules["prosecute"][kind] = chance_q32(float(conduct.prosecute)) if regime.prosecution else 0
        _entries(rules, kind, conduct, layout)


def _entries(rules: np.void, kind: int, conduct: Conduct, layout: Layout) -> None:
    places = sorted(
        (layout.registers.index(name), thousandths(float(points)))
        for name, points in conduct.points.items()
        if name in layout.registers
    )
    places = [(register, points) for register, points in places if points != 0]
    if len(places) > CONDUCT_REGISTERS:
        raise UsageError(
            f"a conduct can enter at most {CONDUCT_REGISTERS} registers; {conduct.id} enters {len(places)}"
        )
    rules["entries"][kind] = len(places)
    for entry, (register, points) in enumerate(places):
        rules["entry_register"][kind, entry] = register
        rules["entry_points"][kind, entry] = points


def moves(rules: np.void, subject: int = CITIZEN) -> np.ndarray[Any, Any]:
    """Return what a record moves a subject's scores by, thousandths: int64 (kinds, score systems).

    What it moves at a platform is what it will be worth there on the day of the record, once it has arrived.
    """
    found = np.zeros((len(KINDS), SYSTEMS), np.int64)
    fed = fed_by(rules, subject)
    for kind in range(len(KINDS)):
        for register, points in entered(rules, kind):
            found[kind] += moved_by(rules, subject, register, points, fed)
    return found


def entered(rules: np.void, kind: int) -> Iterator[tuple[int, int]]:
    """Yield the registers that a record of a kind enters, with its points in thousandths."""
    for entry in range(int(rules["entries"][kind])):
        yield int(rules["entry_register"][kind, entry]), int(rules["entry_points"][kind, entry])


def moved_by(
    rules: np.void, subject: int, register: int, points: int, fed: list[set[int]]
) -> np.ndarray[Any, Any]:
    """Return what points in a register move a subject's scores by, thousandths: int64 (score systems)."""
    found = np.zeros(SYSTEMS, np.int64)
    slot = int(rules["slot"][subject, register])
    if slot < 0:
        return found
    found[SCORES + slot] += points
    for score, registers in enumerate(fed):
        if register in registers:
            size = (abs(points) * int(rules["weight"][subject, score, register])) >> 16
            found[score] += size if points >= 0 else -size
    return found


def fed_by(rules: np.void, subject: int) -> list[set[int]]:
    """Return, for every score of a kind of subject, the registers of which a record can reach it."""
    return [_fed(rules, score, subject) for score in range(int(rules["scores"][subject]))]


def _fed(rules: np.void, score: int, subject: int) -> set[int]:
    """Return the registers of which a record can reach a platform that scores a kind of subject."""
    platforms = np.flatnonzero(rules["score_slot"][subject] == score) + PLATFORM_NODE
    return {
        register
        for register in range(int(rules["registers"]))
        for place in range(int(rules["reach"][subject, register]))
        if rules["transfer_to"][rules["reach_transfer"][subject, register, place]] in platforms
    }


def fill_body_points(rules: np.void) -> None:
    """Fill what a record is worth on the score of the organisations that meet each situation."""
    meeting = {BREACH: COMPANY, SHOP_DEAL: COMPANY, AGENCY_BILL: AGENCY}
    meeting |= {FAILURE: SERVICE, SERVED: SERVICE, RATED: SERVICE}
    for kind, subject in meeting.items():
        rules["body_points"][kind] = moves(rules, subject)[kind, 0] if rules["scores"][subject] else 0


def fill_felt(rules: np.void, moved: np.ndarray[Any, Any]) -> None:
    """List, for every conduct, the score systems of a citizen that it moves and somebody feels.

    The composite is felt by everybody who wishes to stand high; any other system, where a burden hangs on it.

    Args:
        moved: thousandths by situation kind and score system, as from ``moves``.

    Raises:
        UsageError: a conduct is felt in more score systems than a rule can hold.
    """
    heavy = np.any(rules["burden"] != 0, axis=(0, 2))
    heavy[0] = True
    for kind, name in enumerate(KINDS):
        rules["composite_points"][kind] = moved[kind, 0]
        felt = np.flatnonzero((moved[kind] != 0) & heavy)
        if len(felt) > FELT_SYSTEMS:
            raise UsageError(f"{name} moves {len(felt)} scores that sanctions read; at most {FELT_SYSTEMS}")
        rules["felt"][kind] = len(felt)
        rules["felt_system"][kind, : len(felt)] = felt
        rules["felt_points"][kind, : len(felt)] = moved[kind, felt]
