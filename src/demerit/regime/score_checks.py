"""Checks of the composite score: its scale, its sources, its bands, and what reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding, ids, items, lists, number, scale_findings, table, text
from demerit.files.locator import Path
from demerit.regime.roads import edges_of, sources

_PLURAL = {
    "citizen": "citizens",
    "company": "companies",
    "vehicle": "vehicles",
    "agency": "agencies",
    "service": "services",
}

Data = Mapping[str, Any]
Span = tuple[float | None, float | None]


def check_score(data: Data) -> list[Finding]:
    """Find scores that nothing feeds, bands that leave gaps, and readers of scores that nobody keeps."""
    score = table(data, "score")
    findings = _readers(data, score)
    if score is None:
        return findings + _orphan_bands(data)
    return [
        *scale_findings(score, ("score",)),
        *_feeds(data, score),
        *_bands(data, score),
        *findings,
    ]


def _feeds(data: Data, score: Data) -> list[Finding]:
    """Check that records reach the score's platform, and that weights and transfers match."""
    platform = text(score, "platform")
    direct = {
        text(item, "from"): path for path, item in items(data, "transfer") if text(item, "to") == platform
    }
    fed = sources(edges_of(data), platform)
    weights = score.get("weights")
    if platform in ids(data, "platform") and not fed:
        message = f"no transfer goes to platform '{platform}', so its score never moves"
        return [
            Finding(
                ("score", "platform"), message, f'a [[transfer]] with to = "{platform}"', rule="score-is-fed"
            )
        ]
    if not isinstance(weights, dict):
        return []
    known = ids(data, "register")
    idle = [
        Finding(
            ("score", "weights", name),
            "weighs a register without a transfer to the platform",
            warning=True,
            rule="weights-match-transfers",
        )
        for name in weights
        if name in known and name not in fed
    ]
    rated = {name for _, item in items(data, "rating") for name in table(item, "weights") or {}}
    lost = [
        Finding(
            path,
            f"register '{name}' is transferred but has no weight in the score",
            warning=True,
            rule="weights-match-transfers",
        )
        for name, path in direct.items()
        if name in known and name not in weights and name not in rated
    ]
    return idle + lost


def _orphan_bands(data: Data) -> list[Finding]:
    if not ids(data, "band"):
        return []
    return [
        Finding(
            ("band",),
            "bands without a score to cut",
            "a [score] section, or no [[band]]",
            rule="bands-cut-a-score",
        )
    ]


def _bands(data: Data, score: Data) -> list[Finding]:
    """Check that bands cover the score from floor to ceiling without overlap."""
    floor, ceiling = number(score, "floor"), number(score, "ceiling")
    edges = [
        (edge, path, item) for path, item in items(data, "band") if (edge := number(item, "from")) is not None
    ]
    if not edges or floor is None or ceiling is None:
        return []
    findings = []
    taken: dict[float, str] = {}
    for edge, path, item in edges:
        place = (*path, "from")
        if edge in taken:
            message = f"overlaps band '{taken[edge]}': both begin at {edge:g}"
            findings.append(Finding(place, message, "an edge of its own", rule="bands-differ"))
        elif edge > ceiling:
            message = f"no way in: begins at {edge:g}, above the ceiling of the score"
            findings.append(
                Finding(place, message, f"at most {ceiling:g} (points)", rule="band-has-a-way-in")
            )
        elif edge < floor:
            message = f"begins at {edge:g}, below the floor of the score"
            findings.append(Finding(place, message, f"at least {floor:g} (points)", rule="band-has-a-way-in"))
        taken.setdefault(edge, text(item, "id"))
    lowest, path, _ = min(edges, key=lambda entry: entry[0])
    if lowest > floor:
        message = f"gap: no band holds scores from {floor:g} to {lowest:g}"
        findings.append(
            Finding((*path, "from"), message, f"a lowest band from {floor:g}", rule="bands-leave-no-gap")
        )
    return findings


def _readers(data: Data, score: Data | None) -> list[Finding]:
    """Check that what sanctions and rewards read is kept, and that their thresholds can be crossed."""
    findings = []
    for section, key in (("sanction", "below"), ("reward", "above")):
        for path, item in items(data, section):
            name = text(item, "reads")
            kind = text(item, "of") or "citizen"
            span, problem = _kept(data, score, name, kind)
            if problem:
                expected = f"a score or register of {_PLURAL.get(kind, kind)}"
                findings.append(Finding((*path, "reads"), problem, expected, rule="score-is-kept"))
            else:
                findings += _crossing((*path, key), number(item, key), span, section)
    return findings


def _kept(data: Data, score: Data | None, name: str, kind: str) -> tuple[Span, str]:
    """Return the scale of what is read, and what is wrong with reading it."""
    for _, register in items(data, "register"):
        if text(register, "id") == name:
            if not lists(register, "covers", kind):
                return (None, None), f"register '{name}' is not kept for {_PLURAL.get(kind, kind)}"
            return (number(register, "floor"), number(register, "ceiling")), ""
    if name in ids(data, "platform"):
        rated = [item for _, item in items(data, "rating") if lists(item, "covers", kind)]
        kept = [score] if score is not None and kind == "citizen" else []
        for one in (*kept, *rated):
            if text(one, "platform") == name:
                return (number(one, "floor"), number(one, "ceiling")), ""
        return (None, None), f"platform '{name}' keeps no score of {_PLURAL.get(kind, kind)}"
    return (None, None), ""  # an unknown name is reported where names are resolved


def _crossing(place: Path, threshold: float | None, span: Span, section: str) -> list[Finding]:
    floor, ceiling = span
    if threshold is None or floor is None or ceiling is None:
        return []
    if section == "sanction" and threshold <= floor:
        message = f"no way in: nobody can fall below {threshold:g}"
        return [Finding(place, message, f"above {floor:g} (points)", rule="threshold-can-be-crossed")]
    if section == "reward" and threshold > ceiling:
        message = f"no way in: nobody can reach {threshold:g}"
        return [Finding(place, message, f"at most {ceiling:g} (points)", rule="threshold-can-be-crossed")]
    return []
