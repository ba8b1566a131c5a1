"""What entries of a ledger point to in a regime: the title of a rule, and whose rule it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from demerit.regime.sharing_types import Rating, Score
    from demerit.regime.types import RegimeFile

SECTIONS = {
    "conduct": "conducts",
    "chain": "chains",
    "transfer": "transfers",
    "list": "lists",
    "repair": "repairs",
    "register": "registers",
    "platform": "platforms",
    "authority": "authorities",
}
"""Where the rules of a kind stand in a regime; sanctions and rewards share their word in the ledger."""


def rule_of(rules: RegimeFile, name: str) -> Any:
    """Return the rule that a ledger names, such as ``chain:driver-to-vehicle``; None if it does not hold."""
    section, _, identity = name.partition(":")
    if section == "sanction":
        listed: tuple[Any, ...] = (*rules.sanctions, *rules.rewards)
    elif section in SECTIONS:
        listed = getattr(rules, SECTIONS[section])
    else:
        return None
    return next((one for one in listed if one.id == identity), None)


def title_of(rules: RegimeFile, entry: dict[str, Any]) -> str | None:
    """Return the title of the rule behind an entry, where it has one."""
    title = getattr(rule_of(rules, entry["rule"]), "title", None)
    return str(title) if title else None


def authority_of(rules: RegimeFile, entry: dict[str, Any]) -> str | None:
    """Return who stands behind an entry: whose register it is in, whose conduct rule it rests on.

    Of what arrives at a platform it is the platform.
    """
    rule = rule_of(rules, entry["rule"])
    keeper = entry.get("register")
    if entry["what"] in ("arrival", "recall", "score_lapse") and rule is not None:
        platform = next((one for one in rules.platforms if one.id == rule.to), None)
        if platform is not None:
            return platform.title
        keeper = rule.to
    register = next((one for one in rules.registers if one.id == keeper), None)
    held = register.authority if register is not None else getattr(rule, "authority", None)
    authority = next((one for one in rules.authorities if one.id == held), None)
    return None if authority is None else authority.title


def scale_of(rules: RegimeFile, kind: str, system: str) -> Any:
    """Return the scale of a score system of a kind of subject, by the id of its platform or register.

    Returns:
        The score, rating or register; None where these rules keep none.
    """
    for of, one in scores(rules):
        if of == kind and one.platform == system:
            return one
    return next((one for one in rules.registers if one.id == system and kind in one.covers), None)


def scores(rules: RegimeFile) -> list[tuple[str, Score | Rating]]:
    """Return every score with the kind of subject it is of, the citizens' composite first."""
    first: list[tuple[str, Score | Rating]] = [] if rules.score is None else [("citizen", rules.score)]
    return first + [(kind, one) for one in rules.ratings for kind in one.covers]


def systems_of(periods: list[tuple[int, RegimeFile]], kind: str) -> list[str]:
    """Return the score systems that ever hold for a kind of subject: platforms first, then registers."""
    found: dict[str, None] = {}
    for _, rules in periods:
        found |= {one.platform: None for of, one in scores(rules) if of == kind}
    for _, rules in periods:
        found |= {one.id: None for one in rules.registers if kind in one.covers}
    return list(found)
