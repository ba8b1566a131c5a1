"""Checks across the sections of a regime file: what cannot work is an error, what is odd a warning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding, ids, items, lists, scale_findings, table, text
from demerit.files.names import nearest
from demerit.regime.appeal_checks import check_appeals
from demerit.regime.chain_checks import check_chains
from demerit.regime.conduct_checks import check_conduct
from demerit.regime.idle import check_idle
from demerit.regime.limits import check_limits
from demerit.regime.list_checks import check_lists
from demerit.regime.refit_checks import check_refit
from demerit.regime.roads import circles, edges_of, sources
from demerit.regime.score_checks import check_score
from demerit.regime.screen_checks import check_screens
from demerit.regime.seeing_checks import check_seeing

Data = Mapping[str, Any]


def check_regime(data: Data) -> list[Finding]:
    """Find everything that is inconsistent between sections of a regime."""
    return [
        *_null(data),
        *_registers(data),
        *check_conduct(data),
        *check_chains(data),
        *check_lists(data),
        *_scolding(data),
        *check_score(data),
        *_ratings(data),
        *circles(data),
        *check_limits(data),
        *check_refit(data),
        *check_idle(data),
        *check_seeing(data),
        *check_appeals(data),
        *check_screens(data),
    ]


def _null(data: Data) -> list[Finding]:
    """Check that the regime of the twin world is the regime itself or one that comes with the package."""
    head = table(data, "regime") or {}
    null, own = text(head, "null"), text(head, "id")
    valid = tuple(dict.fromkeys(("ordinary-law", "empty", own)))
    if not null or null in valid:
        return []
    message = f"unknown null regime '{null}'"
    return [
        Finding(("regime", "null"), message, ", ".join(valid), nearest(null, valid), rule="null-is-known")
    ]


def _registers(data: Data) -> list[Finding]:
    return [one for path, item in items(data, "register") for one in scale_findings(item, path)]


def _scolding(data: Data) -> list[Finding]:
    scolding = table(data, "scolding")
    if scolding is None or scolding.get("state") is not True or "score" in data:
        return []
    path = ("scolding", "state")
    return [
        Finding(
            path,
            "never happens: the state scolds when a score falls, and there is no [score]",
            "a [score] section, or false",
            warning=True,
            rule="state-has-a-score",
        )
    ]


def _ratings(data: Data) -> list[Finding]:
    """Check the scale of every rating, and warn if no record of a kind it covers can reach its platform."""
    findings = []
    edges = edges_of(data)
    for path, item in items(data, "rating"):
        findings += scale_findings(item, path)
        platform = text(item, "platform")
        reaching = sources(edges, platform)
        fed = [register for _, register in items(data, "register") if text(register, "id") in reaching]
        covers = item.get("covers")
        for kind in covers if isinstance(covers, list) else ():
            kept = any(lists(register, "covers", kind) for register in fed)
            if platform in ids(data, "platform") and not kept:
                message = f"no register kept for a {kind} is transferred to platform '{platform}'"
                findings.append(Finding((*path, "covers"), message, warning=True, rule="rating-is-fed"))
    return findings
