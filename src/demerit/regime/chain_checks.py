"""Checks of chains: a relation to pass along, a register at both ends, and points that do not grow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from demerit.files.checking import Finding, items, number, text
from demerit.files.locator import Path
from demerit.files.vocabulary import CHAINS_EACH, LINKS

Data = Mapping[str, Any]
_REACH: Final = {"friend": 5.0, "household": 2.0, "employee": 1.0}
"""About how many subjects a relation leads to, where it leads to more than one."""


def check_chains(data: Data) -> list[Finding]:
    """Find chains that cannot pass anything on, and those that make more of a record than it was."""
    return [
        *_registers(data),
        *_relations(data),
        *_too_many(data),
        *_growing(data),
    ]


def _registers(data: Data) -> list[Finding]:
    """Check that each chain's registers are kept for its ends."""
    findings = []
    covers = {text(item, "id"): item.get("covers") for _, item in items(data, "register")}
    for path, item in items(data, "chain"):
        name = text(item, "register")
        for key, register in (("from", name), ("to", text(item, "into") or name)):
            kept, kind = covers.get(register), text(item, key)
            if isinstance(kept, list) and kind and kind not in kept:
                message = f"register '{register}' is not kept for a {kind}"
                expected = ", ".join(map(str, kept))
                findings.append(Finding((*path, key), message, expected, rule="chain-register-kept"))
    return findings


def _relations(data: Data) -> list[Finding]:
    """Check that each chain runs along one relation that subjects have."""
    findings = []
    for path, item in items(data, "chain"):
        start, end, by = text(item, "from"), text(item, "to"), text(item, "by")
        found = [one for one in LINKS if one[:2] == (start, end) and by in ("", one[2])]
        if start and end and len(found) != 1:
            ways = [one[2] for one in LINKS if one[:2] == (start, end)]
            message = f"from {start} to {end} by {by or 'any relation'}"
            expected = f"by = {' or '.join(ways)}" if ways else "; ".join(f"{a} to {b}" for a, b, _ in LINKS)
            key = "by" if ways else "from"
            findings.append(Finding((*path, key), message, expected, rule="chain-has-a-relation"))
    return findings


def _too_many(data: Data) -> list[Finding]:
    """Check that no register of a kind of subject begins more chains than a run can hold."""
    begun: dict[tuple[str, str], int] = {}
    findings = []
    for path, item in items(data, "chain"):
        key = (text(item, "from"), text(item, "register"))
        begun[key] = begun.get(key, 0) + 1
        if begun[key] == CHAINS_EACH + 1:
            message = f"more than {CHAINS_EACH} chains begin at register '{key[1]}' of a {key[0]}"
            place, expected = (*path, "from"), f"at most {CHAINS_EACH}"
            findings.append(Finding(place, message, expected, rule="run-can-hold-it"))
    return findings


def _growing(data: Data) -> list[Finding]:
    """Find chains that lead back to where they came from with all of the points or more."""
    links = [(path, item, _passed(item)) for path, item in items(data, "chain")]
    findings = []
    for path, item, passed in links:
        depth = item.get("depth")
        deep = depth if isinstance(depth, int) else 1
        if _ends(item)[0] == _ends(item)[1] and passed >= 1 and deep > 1:
            findings.append(_grown(path, f"{passed:g} of the points pass on at every link", deep))
        for _, other, back in links:
            start, end = _ends(item)
            if _ends(other) == (end, start) and start < end and deep > 2 and passed * back >= 1:
                findings.append(_grown(path, f"'{text(other, 'id')}' brings back as much as passes on", deep))
    return findings


def _passed(item: Data) -> float:
    """Return about how many times the points of a record come to stand with those a chain reaches."""
    return (number(item, "fraction") or 0.0) * _REACH.get(text(item, "by"), 1.0)


def _ends(item: Data) -> tuple[tuple[str, str], tuple[str, str]]:
    name = text(item, "register")
    return (text(item, "from"), name), (text(item, "to"), text(item, "into") or name)


def _grown(path: Path, why: str, depth: int) -> Finding:
    place, message = (*path, "fraction"), f"multiplies: {why}, {depth} links deep"
    return Finding(place, message, "fractions that shrink, or depth = 1", warning=True, rule="chain-shrinks")
