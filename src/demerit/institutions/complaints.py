"""Complaints at the authority: looked into or not, filed, dropped, or found out as false.

    P(record | true)  = check upholds + (1 - check) unchecked
    P(record | false) = check (1 - finds) + (1 - check) unchecked
    P(found out)      = check finds

Where somebody who ranks r strata above the accused has it written, check is check exp(-deference r) (F38).

What the complaint is worth is worked out at the desk of whoever it is about.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.complaining import DROPPED, EXCUSED, EXPOSED, FILED, SPARED
from demerit.catalogue.pointers import Desk, Rules, Traits
from demerit.catalogue.words import FABRICATED, NECESSITY
from demerit.engine.fixed import times_q32
from demerit.engine.kernel import i8, kernel
from demerit.institutions.exemption import is_filed

_CERTAIN = 1 << 32


@kernel(i8(Rules, i8))
def check_chance(rules: np.void, rank: int) -> int:
    """Return the chance (Q32) that a complaint is looked into whose accuser ranks so many strata above."""
    return times_q32(rules["check"], rules["rank_checked"][rank])


@kernel(i8(Rules, i8))
def false_filed_chance(rules: np.void, rank: int) -> int:
    """Return the chance (Q16) that a false complaint becomes a record, by the rank of who has it written."""
    if rules["complaints"] == 0:
        return 0
    check = check_chance(rules, rank)
    believed = times_q32(check, _CERTAIN - rules["finds_false"])
    return (believed + times_q32(_CERTAIN - check, rules["unchecked"])) >> 16


@kernel(i8(Rules, i8, i8, i8, i8, i8))
def weigh(rules: np.void, label: int, rank: int, check: int, finding: int, recognition: int) -> int:
    """Return what becomes of a complaint about somebody who is not exempt.

    Args:
        label: whether it was done (its context, or FABRICATED); only a check can tell.
        rank: how many strata above the accused somebody ranks who has it written, else 0.
        check: 32-bit draw held against the chance of a check.
        finding: 32-bit draw held against what the check, or nobody, finds.
        recognition: 32-bit draw held against the chance that a context is recognised.
    """
    if check >= check_chance(rules, rank):
        return FILED if finding < rules["unchecked"] else DROPPED
    if label == FABRICATED:
        return EXPOSED if finding < rules["finds_false"] else FILED
    if label == NECESSITY and recognition < rules["recognition"]:
        return EXCUSED
    return FILED if finding < rules["upholds_true"] else DROPPED


@kernel(i8(Traits, Rules, Desk, i8, i8, i8, i8, i8))
def judge(
    traits: np.void,
    rules: np.void,
    desk: np.void,
    label: int,
    rank: int,
    check: int,
    finding: int,
    recognition: int,
) -> int:
    """Return what becomes of a complaint about the citizen at the desk, exemption included."""
    found = weigh(rules, label, rank, check, finding, recognition)
    if found == FILED and is_filed(rules, traits, desk) == 0:
        return SPARED
    return found
