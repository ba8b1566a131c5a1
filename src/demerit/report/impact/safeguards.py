"""Who watches over it, and what happens when a risk has materialised: letters (e) and (f)."""

from __future__ import annotations

from collections.abc import Sequence

from demerit.files.canonical import canonical
from demerit.files.saying import said
from demerit.files.table import Table as FileTable
from demerit.regime.types import RegimeFile
from demerit.report.impact.blocks import Section, Table, Words, words_table
from demerit.report.impact.material import Material
from demerit.report.impact.measured import indicator_table

_OVERSIGHT = (
    "recording_precision",
    "wrongful_share",
    "records.true",
    "records_spared",
    "attention_to_the_law_abiding",
    "complaints_dismissed",
    "false_reports_found",
    "report_posterior",
    "ordered_checked",
    "transfers_lost",
)
_REMEDIES = (
    "appeals.wrongful",
    "reversed_share.wrongful",
    "appeals.inability",
    "reversed_share.inability",
    "appeals.rightful",
    "reversed_share.rightful",
    "appeals_pending",
    "appeals_left",
    "appeals_late",
    "appeal_days",
    "reversed_overdue",
    "withdrawals",
    "stale_copies",
    "refunds",
    "repairs",
    "cost.repair",
    "labour_suits",
)


def oversight(about: Material) -> Section:
    """Return what oversight the file provides for, and what it came to."""
    data = about.regime.data
    rows = [
        ("context is heard before a record is made", _of(data.detection, "context_recognition")),
        ("records that name the wrong person", _of(data.detection, "mismatch")),
        ("first records let pass", _of(data.detection, "first_spared")),
        ("complaints about people are looked into", _of(data.complaints, "check")),
        ("a check finds a false complaint", _of(data.complaints, "finds_false")),
        ("appeals are judged by somebody else than the authority", _of(data.appeals, "watchdog")),
        ("context is heard on appeal", _of(data.appeals, "context_hearings")),
        ("offices are marked down for records they reverse", _of(data.appeals, "integrity")),
        ("the rules are refitted by what they are measured to do", _of(data, "refit")),
    ]
    return Section(
        "oversight",
        "Human oversight",
        (
            Words(
                "What the file provides for. “Not in the file” means that nobody does it: the rule is "
                "absent, not unknown. The measured figures use the truth that the simulation knows and no "
                "authority sees."
            ),
            _table("Oversight in the file.", rows),
            indicator_table(about, "What oversight came to, everybody together.", _OVERSIGHT),
        ),
        "e",
    )


def remedies(about: Material) -> Section:
    """Return complaints, appeals and repair: what is there, and what it came to."""
    data = about.regime.data
    appeals = data.appeals
    rows = [
        ("appeals that can be decided, per million adults and year", _of(appeals, "capacity")),
        ("time for one decision", _of(appeals, "service_days")),
        ("notice of a record", _of(appeals, "notice_days")),
        ("window to file", _of(appeals, "window_days")),
        ("deadline for the office (0 d: none)", _of(appeals, "deadline_days")),
        ("legal aid", _of(appeals, "legal_aid")),
        ("courses that give points back", ", ".join(one.id for one in data.repairs) or "not in the file"),
        ("exemption of helpers from liability", _of(data, "rescue")),
        ("labour court", _of(data, "labour_court")),
        ("what became of copies of a withdrawn record", _withdrawals(data)),
    ]
    return Section(
        "remedies",
        "Complaints, and what happens when risks materialise",
        (
            Words(
                "What people can do when they have been harmed, and how often it helps. Shares of "
                "reversals are of appeals that came to an end, by whether the record was wrongful, out of "
                "inability, or right."
            ),
            _table("Remedies and internal rules in the file.", rows),
            indicator_table(about, "What remedies came to, everybody together.", _REMEDIES),
        ),
        "f",
    )


def _table(caption: str, rows: Sequence[tuple[str, str]]) -> Table:
    return words_table(caption, ("measure", "in the file"), [tuple(row) for row in rows])


def _of(section: FileTable | None, name: str) -> str:
    """Say what an entry of a section holds; an absent section or entry is told as such."""
    if section is None or getattr(section, "enabled", True) is False:
        return "not in the file"
    held = canonical(section).get(name)
    return "not in the file" if held is None else said(held)


def _withdrawals(data: RegimeFile) -> str:
    if not data.transfers:
        return "no copies are passed on"
    lost = max(float(one.retraction_loss) for one in data.transfers)
    days = max(float(one.retraction_days) for one in data.transfers)
    return f"withdrawn along the same roads within {days:g} d on average; up to {lost:.0%} are never reached"
