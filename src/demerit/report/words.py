"""Numbers and ledger entries as people read them."""

from __future__ import annotations

import math
import re
from typing import Any

_SENTENCES = {
    "record": "recorded for {rule}: {points}",
    "credit": "credited for {rule}: {points}",
    "entered": "the same record in {register}: {points}",
    "derived": "pays for an act that was not its own: {points} ({register} register)",
    "conviction": "court record: {points}",
    "arrival": "score at the platform, {rule}: {points}",
    "loss": "the record is lost on the way, {rule}",
    "scolding": "scolded by the {rule}",
    "sanction_start": "sanction begins: {rule}",
    "sanction_end": "sanction ends: {rule}",
    "licence_withheld": "licence withheld",
    "licence_returned": "licence returned after study",
    "job_lost": "the job is lost: {rule}",
    "hired": "a new job, after one lost: {rule}",
    "loan_refused": "a loan is refused",
    "cure": "what was owed is paid: {rule}",
    "appeal_filed": "appeals against the record for {rule}",
    "case_opened": "opens the case about {rule}",
    "record_upheld": "the record for {rule} is upheld",
    "record_reversed": "the record for {rule} is reversed",
    "appeal_left": "gives the appeal up after a long wait",
    "integrity_lost": "marked down for a record it has reversed: {points}",
    "repair_begun": "pays for a course that makes good",
    "repaired": "the course is done: {points}",
    "shared_in": "entered by another register too, {register}: {points}",
    "new_rules": "other rules hold from today",
    "withdrawal": "the record is withdrawn: {points} ({register} register)",
    "withdrawn_derived": "what was passed on is withdrawn: {points} ({register} register)",
    "recall": "the withdrawal reaches {rule}: {points}",
    "stale": "a copy outlives its record: {rule}",
    "lapse": "points lapse: {points} ({register} register)",
    "score_lapse": "points at the platform lapse: {points}",
    "list_entry": "enters the list {rule}",
    "list_exit": "leaves the list {rule}",
    "fine_paid": "pays a fine that was late",
    "points_restored": "a course restores licence points: {points}",
    "reported": "reports somebody for {rule}",
    "complaint_dismissed": "a complaint about {rule} is dropped",
    "false_report_found": "a complaint about {rule} is found to be false",
    "report_rewarded": "is paid for a report about {rule}",
    "feud": "believes to know who has reported {rule}",
    "accident_staged": "stages an accident",
    "threat_paid": "pays a fake victim",
    "claim_filed": "complains about a driver who did nothing",
    "claim_cleared": "is cleared of a claim",
    "claim_lost": "cannot prove the contrary and pays",
    "staged_take": "gets money for an accident that never was",
    "camera_bought": "buys a dash camera",
    "approval_lost": "approves less",
    "residence_refused": "refused a school place, a home or registration, for the {rule}",
    "registered": "is registered where they live",
    "thin_file": "begins with a thin file",
    "deed_staged": "stages a good deed for its points",
    "points_bought": "has licence points taken over by another driver",
    "points_sold": "takes over another driver's licence points",
    "course_bought": "buys the certificate of a course",
    "gate_refused": "refused by a gate that knows the face: {rule}",
    "got_used": "has got used to half of what the sanction took",
    "display_start": "is shown in public, {rule}",
    "display_end": "is no longer shown in public",
    "harassed": "is harassed at a home that was shown",
    "harassment_at_work": "harasses a subordinate",
    "refusal": "refuses a superior",
    "gave_in": "gives in to a superior",
    "complaint_ordered": "wants a complaint written about whoever refused",
    "labour_suit": "sues over the dismissal",
    "labour_damages": "pays for the dismissal",
    "labour_award": "gets damages for the dismissal",
    "turned_away": "is not served at the shop",
    "tie_cut": "breaks off with a friend who is shown in public",
    "tie_lost": "loses a friend",
    "bill_unpaid": "leaves a firm unpaid",
    "not_paid": "is not paid by a government office",
    "bonus_cut": "loses pay with the budget",
    "looked_up": "is looked up by a stranger: {rule}",
    "deal_refused": "is refused by a stranger: {rule}",
    "strike_spared": "a first strike is let pass: {rule}",
    "plate_covered": "covers the plate",
    "plate_cleared": "drives with a plate that can be read again",
    "moved_away": "moves to another city",
    "copy_escaped": "is not found by a copy: {rule}",
    "no_money": "cannot pay: {rule}",
    "turned_off": "is not taken along by the bus",
    "inspected": "is inspected for its standing",
    "discipline_upheld": "asks for review in vain: {rule}",
    "discipline_reversed": "has a disciplinary record taken back: {rule}",
    "given_up": "gives up {rule}",
    "permission_asked": "asks for permission: {rule}",
    "permitted": "is permitted, and does it: {rule}",
    "permission_denied": "is refused permission: {rule}",
    "disciplined": "is found out and disciplined over {rule}: {points}",
    "graded": "gets the grade of the year",
    "step_missed": "misses a pay step",
    "promoted": "is promoted",
    "demoted": "loses a level",
    "inquiry_opened": "is investigated over {rule}",
    "inquiry_closed": "an investigation ends",
    "relative_marked": "is marked for what a relative is or did: {rule}",
    "passport_issued": "gets passport and form from the unit",
    "passport_returned": "hands the passport back to the unit",
    "late_return": "comes home later than granted",
    "household_permit": "needs a permit because of an official at home",
    "passport_withheld": "does not get a passport",
    "silence_found": "pays for not having reported {rule}",
    "milestone": "a new role in life: {rule}",
    "met_stranger": "meets an injured stranger: {rule}",
    "claim": "blames whoever has helped",
    "held_liable": "is held liable for having helped",
    "claim_settled": "receives damages from the helper",
    "collided": "collides: {rule}",
    "damages": "pays damages: {rule}",
    "settled_out": "pays for not going to court: {rule}",
    "sentence": "serves a sentence",
    "hurt": "is hit by a driver: {rule}",
    "death": "dies: {rule}",
    "compensation": "receives compensation",
    "claim_fined": "pays for a claim that was found to be false",
}

_POINTS = re.compile(r": \{points\}( \(\{register\} register\))?$")
_ENDS = re.compile(r"(:|,|,? for( the)?| by the) \{(rule|register)\}$")
"""What a sentence ends with that is another in every entry."""


def written(value: float, form: str) -> str:
    """Return a number in a format of Python's, with a minus that is as wide as a plus and never ends a line.

    >>> written(-1234.5, ",.1f"), written(-6.0, "+g")
    ('−1,234.5', '−6')
    """
    return f"{value:{form}}".replace("-", "−")


def number(value: float | None, unit: str = "") -> str:
    """Return a number rounded to what can be read.

    >>> number(0.01234), number(-12.345), number(1234567.0), number(None)
    ('0.012', '−12.3', '1,234,567', '–')
    """
    if value is None:
        return "–"
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    return written(value, f",.{digits}f") + (f" {unit}" if unit else "")


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "year", "years"), counted(20000, "person", "people")
    ('1 year', '20,000 people')
    """
    return f"{count:,} {one if count == 1 else many}"


def signed(value: float | None) -> str:
    """Return a difference with its sign.

    >>> signed(0.5), signed(-0.5), signed(0.0)
    ('+0.500', '−0.500', '0')
    """
    if value is None:
        return "–"
    text = number(value)
    if not any(digit in text for digit in "123456789"):
        return "0"
    return text if value < 0 else f"+{text}"


def points(value: float) -> str:
    """Return points with sign and unit.

    >>> points(-0.9), points(-6.0), points(0.0)
    ('−0.9 points', '−6 points', 'no points')
    """
    return f"{written(value, '+g')} points" if value else "no points"


def entry_sentence(entry: dict[str, Any]) -> str:
    """Return what a ledger entry says of its subject."""
    rule = str(entry["rule"]).split(":", 1)[-1]
    text = _SENTENCES[entry["what"]].format(
        rule=rule, points=points(entry["points"]), register=entry.get("register") or "no"
    )
    if entry["amount_cny"]:
        text += f", {entry['amount_cny']:,.0f} CNY"
    return text


def entry_title(name: str) -> str:
    """Return what entries of a kind say, whatever rule, register or amount they name.

    >>> entry_title("record"), entry_title("sanction_start"), entry_title("list_entry")
    ('recorded', 'sanction begins', 'enters a list')
    """
    text = _ENDS.sub("", _POINTS.sub("", _SENTENCES[name]))
    for part, general in (
        ("the list {rule}", "a list"),
        ("{register}", "another register"),
        ("{rule}", "something"),
    ):
        text = text.replace(part, general)
    return text


def to_error(value: float, error: float, *, sign: bool = False) -> str:
    """Return a number to the second digit of its standard error; plainly rounded where there is none.

    >>> to_error(0.123456, 0.0021), to_error(1234.56, 37.0), to_error(2.5, float("nan"), sign=True)
    ('0.1235', '1,235', '+2.50')
    """
    if not error > 0:
        return signed(value) if sign else number(value)
    digits = min(max(1 - math.floor(math.log10(error)), 0), 9)
    return written(value, f"{'+' if sign else ''},.{digits}f")
