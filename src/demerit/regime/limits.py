"""What a run can hold: a regime that passes its check is never refused when it is compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from demerit.files.checking import Finding, items, number, table, text
from demerit.files.locator import Path
from demerit.files.vocabulary import (
    BANDS_LIMIT,
    CHAINS_LIMIT,
    LISTS_LIMIT,
    PLATFORMS_LIMIT,
    REGISTERS_LIMIT,
    SANCTIONS_LIMIT,
    SCORE_LIMIT,
    SCORES_LIMIT,
    SLOTS_LIMIT,
    SUBJECT_KINDS,
    TRANSFERS_LIMIT,
)

Data = Mapping[str, Any]


def check_limits(data: Data) -> list[Finding]:
    """Find what is too many or too large for a run, and rules that a clean record meets."""
    return [*_counts(data), *_scales(data), *_scored_once(data), *_clean(data)]


def check_together(periods: Sequence[Data]) -> list[Finding]:
    """Find what is too many over all periods: a run keeps a place for every rule that ever holds."""
    union: dict[str, Any] = {}
    for data in periods:
        for section, value in data.items():
            if isinstance(value, list):
                known = {text(item, "id") for _, item in items(union, section)}
                more = [item for _, item in items(data, section) if text(item, "id") not in known]
                union[section] = [*union.get(section, []), *more]
            else:
                union.setdefault(section, value)
    return [
        Finding((one.path[0],), f"{one.message} over all periods", one.expected, rule=one.rule)
        for one in _counts(union)
    ]


def _counts(data: Data) -> list[Finding]:
    findings = []
    for rules, limit, words in _counted(data):
        if len(rules) > limit:
            path = rules[limit][0]
            findings.append(
                Finding(path, f"{len(rules)} {words}", f"at most {limit}", rule="run-can-hold-it")
            )
    return findings


def _counted(data: Data) -> Iterator[tuple[list[tuple[Path, dict[str, Any]]], int, str]]:
    """Iterate over what is counted: the items, how many a run can hold, and what they are."""
    registers = list(items(data, "register"))
    yield registers, REGISTERS_LIMIT, "registers"
    yield list(items(data, "platform")), PLATFORMS_LIMIT, "platforms"
    yield list(items(data, "transfer")), TRANSFERS_LIMIT, "transfers"
    yield list(items(data, "band")), BANDS_LIMIT, "bands"
    yield list(items(data, "chain")), CHAINS_LIMIT, "chains"
    rules = [*items(data, "sanction"), *items(data, "reward")]
    for kind in SUBJECT_KINDS:
        yield [one for one in registers if _covers(one[1], kind)], SLOTS_LIMIT, f"registers cover a {kind}"
        rated = [one for one in items(data, "rating") if _covers(one[1], kind)]
        most = SCORES_LIMIT - (kind == "citizen" and "score" in data)
        yield rated, most, f"ratings of a {kind} beside its composite"
        hanging = [one for one in rules if (text(one[1], "of") or "citizen") == kind]
        yield hanging, SANCTIONS_LIMIT, f"sanctions and rewards of a {kind} together"
        stood = [one for one in items(data, "list") if (text(one[1], "of") or "citizen") == kind]
        yield stood, LISTS_LIMIT, f"lists of a {kind}"


def _covers(item: Mapping[str, Any], kind: str) -> bool:
    covers = item.get("covers")
    return isinstance(covers, list) and kind in covers


def _scales(data: Data) -> list[Finding]:
    """Check that every scale, in whole points from its base, lies among the scores a run can count."""
    findings = []
    kept = [*items(data, "register"), *items(data, "rating"), (("score",), table(data, "score"))]
    for path, holder in kept:
        floor, base, ceiling = (number(holder, key) for key in ("floor", "base", "ceiling"))
        if floor is None or base is None or ceiling is None:
            continue
        low = round(base) + round((floor - base) * 1000) // 1000
        high = round(base) - round((base - ceiling) * 1000) // 1000
        if low < 0 or high > SCORE_LIMIT:
            message = f"the scale runs from {low} to {high}"
            expected = f"whole points between 0 and {SCORE_LIMIT}"
            findings.append(Finding((*path, "floor"), message, expected, rule="run-can-hold-it"))
    return findings


def _scored_once(data: Data) -> list[Finding]:
    """Check that a platform keeps one score of a kind of subject."""
    score = table(data, "score")
    taken = {(text(score, "platform"), "citizen")} if score is not None else set()
    findings = []
    for path, item in items(data, "rating"):
        for kind in SUBJECT_KINDS:
            key = (text(item, "platform"), kind)
            if _covers(item, kind) and key in taken:
                message = f"platform '{key[0]}' already keeps a score of a {kind}"
                findings.append(
                    Finding((*path, "platform"), message, "one score each", rule="run-can-hold-it")
                )
            taken |= {key} if _covers(item, kind) else set()
    return findings


def _clean(data: Data) -> list[Finding]:
    """Refuse rules that a clean record meets: everybody begins a run with one, and under no such rule."""
    bases = {
        (text(item, "id"), kind): number(item, "base")
        for _, item in items(data, "register")
        for kind in SUBJECT_KINDS
    }
    for _, item in items(data, "rating"):
        bases |= {(text(item, "platform"), kind): number(item, "base") for kind in SUBJECT_KINDS}
    score = table(data, "score") or {}
    bases[text(score, "platform"), "citizen"] = number(score, "base")
    findings = []
    for section, key in (("sanction", "below"), ("reward", "above"), ("list", "below"), ("list", "above")):
        for path, item in items(data, section):
            base, edge = bases.get((text(item, "reads"), text(item, "of") or "citizen")), number(item, key)
            if base is None or edge is None:
                continue
            base, edge = round(base), round(edge)
            if (key == "below" and base < edge) or (key == "above" and base >= edge):
                expected = f"at most {base}" if key == "below" else f"more than {base}"
                findings.append(_met((*path, key), base, expected))
    return findings


def _met(path: Path, base: int, expected: str) -> Finding:
    message = f"a clean record, which stands at {base}, meets this rule"
    return Finding(path, message, f"{expected} (points)", rule="clean-record-is-spared")
