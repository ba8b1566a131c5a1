"""Checks of conduct rules against registers, situations, the licence and the courts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from demerit.files.checking import Finding, items, lists, number, table, text
from demerit.files.locator import Path
from demerit.files.vocabulary import DEEDS, UNSEEN

Data = Mapping[str, Any]


def check_conduct(data: Data) -> list[Finding]:
    """Find conduct rules that cannot work or never do anything."""
    findings = _same_situation(data)
    for path, item in items(data, "conduct"):
        findings += [
            *_points(data, path, item),
            *_consequences(data, path, item),
            *_dates(path, item),
            *_unseen(path, item),
        ]
    return findings + _prosecution(data)


def _points(data: Data, path: Path, item: Data) -> list[Finding]:
    """Check the sign of points, and that their registers are kept for citizens by the conduct's authority."""
    points = item.get("points")
    if not isinstance(points, dict):
        return []
    registers = {text(register, "id"): register for _, register in items(data, "register")}
    findings = []
    for name in points:
        place = (*path, "points", name)
        findings += _sign(place, text(item, "answers"), number(points, name))
        register = registers.get(name)
        if register is None:
            continue
        if not lists(register, "covers", "citizen"):
            message = f"register '{name}' is not kept for citizens"
            findings.append(Finding(place, message, "a register that covers citizen"))
        if text(register, "authority") != text(item, "authority"):
            message = (
                f"'{text(item, 'authority')}' enters points in a register of '{text(register, 'authority')}'"
            )
            findings.append(Finding(place, message, warning=True))
    return findings


def _sign(place: Path, answers: str, points: float | None) -> list[Finding]:
    if points is None:
        return []
    if answers in DEEDS and points < 0:
        return [Finding(place, f"a deed costs points ({points:g})", "at least 0 (points)")]
    if answers and answers not in DEEDS and points > 0:
        return [Finding(place, f"an offence earns points ({points:g})", "at most 0 (points)")]
    return []


def _consequences(data: Data, path: Path, item: Data) -> list[Finding]:
    """Check that a licence, or a court, stands behind what the rule threatens."""
    findings = []
    if (number(item, "licence_points") or 0) > 0 and "licence" not in data:
        message = "licence points without a licence"
        findings.append(Finding((*path, "licence_points"), message, "a [licence] section, or 0"))
    if (number(item, "prosecute") or 0) > 0 and "prosecution" not in data:
        message = "prosecution without a court case"
        findings.append(Finding((*path, "prosecute"), message, "a [prosecution] section, or 0"))
    return findings


def _prosecution(data: Data) -> list[Finding]:
    """Check that the court's register is there and kept for citizens."""
    prosecution = table(data, "prosecution")
    if prosecution is None:
        return []
    name = text(prosecution, "register") or "court"
    for _, register in items(data, "register"):
        if text(register, "id") == name:
            if lists(register, "covers", "citizen"):
                return []
            message = f"register '{name}' is not kept for citizens"
            return [Finding(("prosecution", "register"), message, "a register that covers citizen")]
    if "register" in prosecution:
        return []  # an unknown name is reported where names are resolved
    return [Finding(("prosecution",), "there is no register 'court'", "register = the id of a register")]


def _span(item: Data) -> tuple[date, date]:
    return _date(item.get("since"), date.min), _date(item.get("until"), date.max)


def _date(value: Any, otherwise: date) -> date:
    """Read a date, written as such or as text; anything else is reported where types are checked."""
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else otherwise
    except ValueError:
        return otherwise


def _dates(path: Path, item: Data) -> list[Finding]:
    since, until = _span(item)
    if since <= until:
        return []
    return [Finding((*path, "until"), f"ends on {until}, before it begins", f"after {since}")]


def _same_situation(data: Data) -> list[Finding]:
    """Find two rules that answer one situation at the same time: which of them applies would be arbitrary."""
    findings = []
    earlier: list[tuple[str, str, tuple[date, date]]] = []
    for path, item in items(data, "conduct"):
        answers, name, span = text(item, "answers"), text(item, "id"), _span(item)
        for situation, other, (since, until) in earlier:
            if answers and situation == answers and other != name and span[0] <= until and since <= span[1]:
                message = f"'{answers}' is already answered by '{other}' at the same time"
                findings.append(Finding((*path, "answers"), message, "one rule for a situation at a time"))
        earlier.append((answers, name, span))
    return findings


def _unseen(path: Path, item: Data) -> list[Finding]:
    if item.get("seen") is True and text(item, "answers") in UNSEEN:
        return [Finding((*path, "seen"), "never applies: nobody can see this deed", warning=True)]
    return []
