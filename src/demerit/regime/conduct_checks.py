"""Checks of conduct rules against registers, situations, the licence and the courts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding, items, lists, number, table, text
from demerit.files.locator import Path
from demerit.files.vocabulary import DEEDS, UNSEEN, actors

Data = Mapping[str, Any]


def check_conduct(data: Data) -> list[Finding]:
    """Find conduct rules that cannot work or never do anything."""
    findings = _same_situation(data)
    for path, item in items(data, "conduct"):
        findings += [
            *_points(data, path, item),
            *_consequences(data, path, item),
            *_unseen(path, item),
        ]
    return findings + _prosecution(data)


def _points(data: Data, path: Path, item: Data) -> list[Finding]:
    """Check the sign of points, and that their registers are kept for whoever acts by the same authority."""
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
        meeting = actors(text(item, "answers"))
        if not any(lists(register, "covers", kind) for kind in meeting):
            kinds = " or ".join(meeting)
            message = f"register '{name}' is kept for no {kinds}, who meet this situation"
            expected = f"a register that covers {kinds}"
            findings.append(Finding(place, message, expected, rule="register-keeps-actors"))
        if text(register, "authority") != text(item, "authority"):
            message = (
                f"'{text(item, 'authority')}' enters points in a register of '{text(register, 'authority')}'"
            )
            findings.append(Finding(place, message, warning=True, rule="authority-keeps-register"))
    return findings


def _sign(place: Path, answers: str, points: float | None) -> list[Finding]:
    if points is None:
        return []
    if answers in DEEDS and points < 0:
        return [
            Finding(
                place, f"a deed costs points ({points:g})", "at least 0 (points)", rule="points-have-a-sign"
            )
        ]
    if answers and answers not in DEEDS and points > 0:
        return [
            Finding(
                place,
                f"an offence earns points ({points:g})",
                "at most 0 (points)",
                rule="points-have-a-sign",
            )
        ]
    return []


def _consequences(data: Data, path: Path, item: Data) -> list[Finding]:
    """Check that a licence, or a court, stands behind what the rule threatens."""
    findings = []
    if (number(item, "licence_points") or 0) > 0 and "licence" not in data:
        message = "licence points without a licence"
        findings.append(
            Finding((*path, "licence_points"), message, "a [licence] section, or 0", rule="licence-is-there")
        )
    if (number(item, "prosecute") or 0) > 0 and "prosecution" not in data:
        message = "prosecution without a court case"
        findings.append(
            Finding((*path, "prosecute"), message, "a [prosecution] section, or 0", rule="court-is-there")
        )
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
            expected = "a register that covers citizen"
            return [Finding(("prosecution", "register"), message, expected, rule="court-is-there")]
    if "register" in prosecution:
        return []  # an unknown name is reported where names are resolved
    message, expected = "there is no register 'court'", "register = the id of a register"
    return [Finding(("prosecution",), message, expected, rule="court-is-there")]


def _same_situation(data: Data) -> list[Finding]:
    """Find two rules that answer one situation: which of them applies would be arbitrary."""
    findings = []
    earlier: dict[str, str] = {}
    for path, item in items(data, "conduct"):
        answers, name = text(item, "answers"), text(item, "id")
        other = earlier.setdefault(answers, name)
        if answers and other != name:
            message = f"'{answers}' is already answered by '{other}'"
            findings.append(
                Finding((*path, "answers"), message, "one rule for a situation", rule="one-rule-a-situation")
            )
    return findings


def _unseen(path: Path, item: Data) -> list[Finding]:
    if text(item, "answers") in UNSEEN:
        expected = "a situation that can be recorded"
        return [
            Finding((*path, "answers"), "nobody can see this deed", expected, rule="situation-can-be-seen")
        ]
    return []
