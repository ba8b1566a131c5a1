"""Appeals: filed with the province's office, opened in their turn, decided, left or overdue (R14, F27).

    P(appeal)   = P(appeal | ground) (1/2 + wealth rank) trust / t0
    P(reversed) = 1 / (1 + exp(-(base + evidence + independence - incentive + status - integrity)))

An office keeps the day on which each of its desks is free. A case takes the desk that is free first, so it is
known on arrival when it is opened, and whether its appellant will have left by then: the same as a queue in
which the first to come is the first to be served.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.appealing import (
    DECIDE,
    GIVEN_UP,
    GROUND_OF_LABEL,
    LEAVE,
    NO_PERSON,
    OPEN,
    OVERDUE,
    REVERSED,
    REVERSED_BY_DEFAULT,
    RIGHTLY,
    UPHELD,
)
from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import APPEAL_FILED, CASE_OPENED, INTEGRITY_LOST
from demerit.catalogue.letters import APPEALED, CASE_STEP, VERDICT
from demerit.catalogue.pointers import Accounts, AppealOffice, Desk, Message, Rules, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import PROVINCE_OFFICE, SOMEBODY
from demerit.catalogue.rules import DAY, SEED, SUBJECT
from demerit.catalogue.words import AGENCY, FIFTHS, NECESSITY, SCORES
from demerit.engine.draws import draw
from demerit.engine.fixed import logistic, times_q32
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.institutions.clocks import days_until
from demerit.institutions.standing import book

_EVIDENCE = int(Purpose.EVIDENCE)
_HEARING = int(Purpose.HEARING)
_VERDICT = int(Purpose.VERDICT)
_FILED = flow("appeals_wrongful")
_OPEN = flow("appeals_open")
_KEPT_FOR_INTEGRITY = flow("upheld_for_integrity")
_SEQUENCES = (1 << SEQUENCE_BITS) - 1
_FIFTHS = len(FIFTHS)
_STATUS_SHIFT = 1
_WAIT_SHIFT = 8
_ONE = 1 << 32


@kernel(i8(i8))
def stamp_day(stamp: int) -> int:
    """Return the day of a record, from its case: what all that follows from a record carries along."""
    return i64(stamp >> SEQUENCE_BITS)


@kernel(i8(Rules, i8))
def rule_of(rules: np.void, kind: int) -> int:
    """Return the number of the conduct rule that answers a kind of situation; the first if it has ended."""
    return i64(max(rules["conduct"][kind] - 1, 0))


@kernel(i8(i8))
def ground_of(label: int) -> int:
    """Return what somebody who knows the truth of a record would appeal on."""
    return i64(GROUND_OF_LABEL[label])


@kernel(i8(Rules, Traits, i8, i8))
def appeal_chance(rules: np.void, traits: np.void, ground: int, trust_ratio: int) -> int:
    """Return the chance (Q32) that a record is appealed by somebody who may.

    The rank of wealth is the middle of the income fifth; legal aid lifts everybody towards the richest.

    Args:
        trust_ratio: trust in institutions over its initial value, Q16.
    """
    rank = (2 * (i64(traits["cell"]) % _FIFTHS) + 1) * 65536 // (2 * _FIFTHS)
    means = 32768 + rank + ((rules["legal_aid"] * (65536 - rank)) >> 16)
    chance = (((rules["appeal_chance"][ground] * means) >> 16) * trust_ratio) >> 16
    return i64(min(chance, 4294967296))


@kernel(void(Rules, Desk, Message, i8))
def file_appeal(rules: np.void, desk: np.void, message: np.void, stratum: int) -> None:
    """File an appeal that is ready, with or without evidence, at the province's office.

    Args:
        stratum: of the appellant; NO_PERSON for an organisation.
    """
    n = desk["n"]
    kind = i64(message["rule"])
    label = i64(message["label"])
    stamp = i64(message["amount"])
    lanes = draw(n[SEED], _EVIDENCE, n[SUBJECT], stamp_day(stamp), stamp & _SEQUENCES)
    evidence = 1 if lanes[0] < rules["evidence"] else 0
    count(desk, _FILED + ground_of(label), 1)
    count(desk, _OPEN, 1)
    rule = rule_of(rules, kind)
    entry = enter(desk, APPEAL_FILED, rule, -1, label, 0, 0, 0, i64(message["cause"]), 0)
    merits = evidence | (stratum << _STATUS_SHIFT)
    send(desk, APPEALED, SOMEBODY | PROVINCE_OFFICE, 1, kind, label, merits, stamp, 0, entry, 0)


@kernel(i8(AppealOffice, Desk, Message))
def hearing_days(office: np.void, desk: np.void, message: np.void) -> int:
    """Return how long a desk will work on a case."""
    stamp = i64(message["amount"])
    appellant = i64(message["about"])
    chance = i64(office["finishing"])
    return days_until(desk["n"][SEED], _HEARING, appellant, stamp_day(stamp), stamp & _SEQUENCES, chance)


@kernel(void(Desk, Message, i8, i8, i8))
def _schedule(desk: np.void, message: np.void, step: int, delay: int, wait: int) -> None:
    """Put a step of a case on the office's calendar."""
    n = desk["n"]
    merits = (i64(message["points"]) & ((1 << _WAIT_SHIFT) - 1)) | (wait << _WAIT_SHIFT)
    kind, label = i64(message["rule"]), i64(message["label"])
    stamp, appellant = i64(message["amount"]), i64(message["about"])
    send(
        desk, CASE_STEP, n[SUBJECT], delay, kind, label, merits, stamp, appellant, i64(message["cause"]), step
    )


@kernel(void(Rules, Desk, Message, i8, i8))
def open_hearing(rules: np.void, desk: np.void, message: np.void, days: int, wait: int) -> None:
    """Let a desk open a case after a wait; it is decided after ``days``, or overdue before that."""
    rule = rule_of(rules, i64(message["rule"]))
    enter(desk, CASE_OPENED, rule, -1, i64(message["label"]), 0, 0, 0, i64(message["cause"]), 0)
    deadline = rules["deadline_days"]
    if deadline > 0 and wait + days > deadline:
        _schedule(desk, message, OVERDUE, deadline - wait, 0)
    else:
        _schedule(desk, message, DECIDE, days, 0)


@kernel(i8(AppealOffice, Rules, Desk, Message, i8))
def take_case(office: np.void, rules: np.void, desk: np.void, message: np.void, free: int) -> int:
    """Take in a case; return the day on which its desk is free again, 0 if no desk ever opens it.

    Args:
        free: day on which the first desk is free.
    """
    day = desk["n"][DAY]
    office["pending"] = i64(office["pending"]) + 1
    patience = rules["patience_days"]
    deadline = rules["deadline_days"]
    wait = max(free - day, 0)
    if wait > patience and (deadline == 0 or patience < deadline):
        _schedule(desk, message, LEAVE, patience, 0)
        return 0
    if deadline > 0 and wait >= deadline:
        _schedule(desk, message, OVERDUE, deadline, 0)
        return 0
    days = hearing_days(office, desk, message)
    if wait == 0:
        open_hearing(rules, desk, message, days, 0)
    else:
        _schedule(desk, message, OPEN, wait, wait)
    if deadline > 0:
        days = min(days, deadline - wait)
    return i64(day + wait + days)


@kernel(i8(Rules, i8, i8, i8))
def reversal_chance(rules: np.void, ground: int, merits: int, integrity: int) -> int:
    """Return the chance (Q32) that a record is reversed; ``integrity`` (Q16) is the office's own loss."""
    logit = rules["reversal"][ground] + rules["reversal_status"][(merits >> _STATUS_SHIFT) & 15] - integrity
    if ground != RIGHTLY:
        logit += (merits & 1) * rules["reversal_evidence"]
    return logistic(logit)


@kernel(i8(Rules, i8))
def hoped_reversal(rules: np.void, label: int) -> int:
    """Return the chance (Q32) of a reversal that an organisation reckons with, evidence unknown."""
    ground, status = ground_of(label), NO_PERSON << _STATUS_SHIFT
    weak = reversal_chance(rules, ground, status, rules["reversal_integrity"])
    strong = reversal_chance(rules, ground, status | 1, rules["reversal_integrity"])
    chance = weak + times_q32(strong - weak, rules["evidence"])
    if label == NECESSITY:
        chance += times_q32(_ONE - chance, rules["context_hearing"])
    return i64(chance)


@kernel(i8(Accounts, Rules, Desk, Message))
def decide(accounts: np.void, rules: np.void, desk: np.void, message: np.void) -> int:
    """Decide a case: context heard, or fairness against what a reversal costs the office itself (F40)."""
    n = desk["n"]
    label = i64(message["label"])
    stamp = i64(message["amount"])
    merits = i64(message["points"])
    lanes = draw(n[SEED], _VERDICT, i64(message["about"]), stamp_day(stamp), stamp & _SEQUENCES)
    if label == NECESSITY and lanes[1] < rules["context_hearing"]:
        return REVERSED
    ground = ground_of(label)
    if lanes[0] < reversal_chance(rules, ground, merits, rules["reversal_integrity"]):
        return REVERSED
    if lanes[0] < reversal_chance(rules, ground, merits, 0):
        count(desk, _KEPT_FOR_INTEGRITY, 1)
    return UPHELD


@kernel(i8(Accounts, Rules, Desk, i8))
def lose_integrity(accounts: np.void, rules: np.void, desk: np.void, cause: int) -> int:
    """Mark the office down for a record reversed, where the regime scores it; return the entry or 0."""
    register = rules["integrity_register"]
    if register < 0:
        return 0
    slot = rules["slot"][AGENCY, register]
    points = -rules["integrity_points"]
    if slot < 0 or points == 0:
        return 0
    entry = enter(desk, INTEGRITY_LOST, 0, register, 0, 0, points, 0, cause, 0)
    book(accounts, rules, AGENCY, SCORES + slot, points, desk["n"][DAY])
    return entry


@kernel(i8(AppealOffice, Accounts, Rules, Desk, Message))
def close_case(office: np.void, accounts: np.void, rules: np.void, desk: np.void, message: np.void) -> int:
    """Close a case that is decided, left or overdue, and tell the appellant; return an id or 0."""
    step = i64(message["depth"])
    office["pending"] = i64(office["pending"]) - 1
    outcome = GIVEN_UP if step == LEAVE else REVERSED_BY_DEFAULT
    if step == DECIDE:
        outcome = decide(accounts, rules, desk, message)
    cause = i64(message["cause"])
    kind, label = i64(message["rule"]), i64(message["label"])
    stamp = i64(message["amount"])
    send(desk, VERDICT, i64(message["about"]), 1, kind, label, 0, stamp, 0, cause, outcome)
    if outcome in (REVERSED, REVERSED_BY_DEFAULT):
        return lose_integrity(accounts, rules, desk, cause)
    return 0


@kernel(i8(AppealOffice, Accounts, Rules, Desk, Message))
def go_on_with_case(
    office: np.void, accounts: np.void, rules: np.void, desk: np.void, message: np.void
) -> int:
    """Carry out the step of a case that is due; return an id to reckon by, or 0."""
    if i64(message["depth"]) == OPEN:
        days = hearing_days(office, desk, message)
        open_hearing(rules, desk, message, days, i64(message["points"]) >> _WAIT_SHIFT)
        return 0
    return close_case(office, accounts, rules, desk, message)
