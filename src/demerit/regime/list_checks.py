"""Checks of lists, and of what sanctions and rewards hang on: a score, a list, or a count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding, ids, items, number, text
from demerit.files.vocabulary import actors

Data = Mapping[str, Any]


def check_lists(data: Data) -> list[Finding]:
    """Find lists that do not fit who they are for, and rules without a condition."""
    return [*_conditions(data), *_fitting(data), *_thresholds(data)]


def _conditions(data: Data) -> list[Finding]:
    """Check that every sanction and reward hangs on exactly one thing."""
    findings = []
    lists = ids(data, "list")
    for section, edge in (("sanction", "below"), ("reward", "above")):
        for path, item in items(data, section):
            reads, counts = item.get("reads"), item.get("counts")
            on_list = isinstance(reads, str) and reads in lists
            if (reads is None) == (counts is None):
                message = "hangs on nothing" if reads is None else "hangs on a score and on a count"
                expected = "reads = …, or counts = …" if section == "sanction" else "reads = …"
                findings.append(Finding(path, message, expected, rule="rule-has-a-condition"))
            elif reads is not None and on_list == (edge in item):
                message = f"a list has no '{edge}'" if on_list else f"reads a score, and has no '{edge}'"
                expected = f"no {edge}" if on_list else f"{edge} = a threshold"
                findings.append(Finding((*path, edge), message, expected, rule="rule-has-a-condition"))
    return findings


def _fitting(data: Data) -> list[Finding]:
    """Check that conduct leads to lists of whoever meets it, and a list to another of the same kind."""
    of = {text(item, "id"): text(item, "of") or "citizen" for _, item in items(data, "list")}
    findings = []
    for path, item in items(data, "conduct"):
        named = item.get("lists")
        for name in named if isinstance(named, dict) else ():
            if name in of and of[name] not in actors(text(item, "answers")):
                message = f"list '{name}' is of a {of[name]}, who does not meet this situation"
                findings.append(
                    Finding((*path, "lists", name), message, "a list of whoever acts", rule="list-fits")
                )
    for path, item in items(data, "list"):
        barred = text(item, "bars")
        if barred in of and (of[barred] != "citizen" or text(item, "of") != "company"):
            message, expected = "only a company's list bars whoever represents it", "a list of citizens"
            findings.append(Finding((*path, "bars"), message, expected, rule="list-fits"))
        after = text(item, "leads_to")
        if after in of and of[after] != (text(item, "of") or "citizen"):
            message = f"list '{after}' is of a {of[after]}"
            findings.append(
                Finding((*path, "leads_to"), message, "a list of the same kind", rule="list-fits")
            )
    return findings


def _thresholds(data: Data) -> list[Finding]:
    """Check that a list that reads a score has one threshold, and one that reads none has none."""
    findings = []
    for path, item in items(data, "list"):
        edges = [key for key in ("below", "above") if number(item, key) is not None]
        if "reads" in item and len(edges) != 1:
            message = "reads a score, and needs one threshold"
            findings.append(Finding(path, message, "below = …, or above = …", rule="rule-has-a-condition"))
        if "reads" not in item and edges:
            message = "has a threshold of no score"
            findings.append(
                Finding((*path, edges[0]), message, "reads = a score", rule="rule-has-a-condition")
            )
    return findings
