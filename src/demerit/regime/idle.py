"""Rules that can never act, whatever anybody does: each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from demerit.files.checking import Finding, ids, items, number, table, text

Data = Mapping[str, Any]
_READERS: Final = frozenset({"register", "transfer", "score", "sanction", "reward", "chain", "rating"})
"""Sections that read or pass on what stands in a register; all others that name one may enter it."""


def check_idle(data: Data) -> list[Finding]:
    """Find rules that can never act, and institutions that nothing uses."""
    places = {(section, text(item, "id")): path for section in data for path, item in items(data, section)}
    return [
        Finding(places[rule], f"never acts: {reason}", warning=True, rule="rule-can-act")
        for rule, reason in idle_rules(data).items()
        if rule in places
    ]


def idle_rules(data: Data) -> dict[tuple[str, str], str]:
    """Return the rules that can never act, by section and id, each with the reason."""
    found = _idle_conduct(data)
    said: dict[str, set[str]] = {}
    for where, word in _words(data):
        said.setdefault(word, set()).add(where)
    entered = _entered(data, found, said)
    for section, reasons in (("chain", _idle_chain), ("transfer", _idle_transfer)):
        for _, item in items(data, section):
            if reason := reasons(data, item, entered):
                found[section, text(item, "id")] = reason
    found |= _idle_readers(data, entered)
    for section in ("authority", "platform"):
        for name in ids(data, section):
            if not said.get(name, set()) - {section}:
                found[section, name] = "nothing names it"
    for name in ids(data, "register"):
        if name not in entered:
            found["register", name] = "nothing is entered in it"
    return found


def _idle_conduct(data: Data) -> dict[tuple[str, str], str]:
    found = {}
    for _, item in items(data, "conduct"):
        name = ("conduct", text(item, "id"))
        points = item.get("points")
        moved = isinstance(points, dict) and any(number(points, register) != 0 for register in points)
        if number(item, "coverage") == 0:
            found[name] = "its coverage is 0, so that no act is recorded"
        elif not moved and not any(number(item, key) != 0 for key in _COSTS if key in item):
            found[name] = "a record costs and earns nothing"
    return found


_COSTS: Final = ("fine", "licence_points", "prosecute", "lists", "publishes")


def _entered(
    data: Data, idle: Mapping[tuple[str, str], str], said: Mapping[str, set[str]]
) -> dict[str, set[int]]:
    """Return the registers that something enters, with the signs of the points that can come.

    `said` tells the sections in which each word stands.
    """
    entered: dict[str, set[int]] = {}
    for _, item in items(data, "conduct"):
        points = item.get("points")
        if ("conduct", text(item, "id")) in idle or not isinstance(points, dict):
            continue
        for name in points:
            value = number(points, name)
            if value != 0:
                entered.setdefault(name, set()).add(0 if value is None else 1 if value > 0 else -1)
    if (case := table(data, "prosecution")) is not None:
        entered.setdefault(text(case, "register") or "court", set()).add(-1)
    for name in ids(data, "register"):
        if said.get(name, set()) - _READERS - {"conduct", "prosecution"}:
            entered.setdefault(name, set()).add(0)
    return entered


def _idle_chain(_: Data, item: Data, entered: Mapping[str, set[int]]) -> str:
    if number(item, "fraction") == 0:
        return "its fraction is 0"
    name = text(item, "register")
    return f"nothing is entered in register '{name}'" if name and name not in entered else ""


def _idle_transfer(data: Data, item: Data, entered: Mapping[str, set[int]]) -> str:
    if number(item, "loss") == 1:
        return "every record is lost on the way"
    name = text(item, "from")
    kept = name in ids(data, "register")
    return f"nothing is entered in register '{name}'" if kept and name not in entered else ""


def _idle_readers(data: Data, entered: Mapping[str, set[int]]) -> dict[tuple[str, str], str]:
    """Find sanctions that nothing can bring about or that do nothing, and rewards that nothing can earn."""
    found = {}
    platform = text(table(data, "score") or {}, "platform")
    signs: dict[str, set[int]] = dict(entered)
    if platform:
        signs[platform] = {
            sign for _, item in items(data, "transfer") for sign in entered.get(text(item, "from"), set())
        }
    for section, sign, verb in (("sanction", -1, "lower"), ("reward", 1, "raise")):
        for _, item in items(data, section):
            reads, name = text(item, "reads"), (section, text(item, "id"))
            if reads in signs and not signs[reads] & {sign, 0}:
                found[name] = f"no rule can {verb} '{reads}'"
            elif section == "reward" and number(item, "benefit") == 0:
                found[name] = "its benefit is 0"
            elif section == "sanction" and not _has_effect(item):
                found[name] = "it takes nothing and refuses nothing"
    return found


_TRIGGERS = ("id", "title", "of", "reads", "below", "counts", "at_least", "references", "since", "until")


def _has_effect(item: Data) -> bool:
    """Say whether a sanction does anything: any entry beyond its name, its trigger and its sources."""
    return any(
        value not in (False, None, [], ()) and number(item, key) != 0
        for key, value in item.items()
        if key not in _TRIGGERS
    )


def _words(data: Data) -> Iterator[tuple[str, str]]:
    """Go through every text of a file, names of table entries included, each with its section."""
    waiting = [(section, value) for section, value in data.items()]
    while waiting:
        section, value = waiting.pop()
        if isinstance(value, str):
            yield section, value
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield section, str(key)
                if key not in ("id", "title", "note", "summary"):
                    waiting.append((section, inner))
        elif isinstance(value, list):
            waiting.extend((section, inner) for inner in value)
