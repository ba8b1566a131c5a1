"""Describe a regime on one page: who keeps what, what conduct costs, how records travel, what scores do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from demerit.files.canonical import canonical
from demerit.files.describing import dated, described
from demerit.files.inventory import evidence_line
from demerit.files.layout import columns, flowed, part, shown, wrapped
from demerit.files.number import Number
from demerit.files.saying import said
from demerit.files.vocabulary import SITUATIONS
from demerit.regime.describe_service import officials
from demerit.regime.load import Regime
from demerit.regime.record_types import Conduct, Register
from demerit.regime.roads import sources
from demerit.regime.sanction_types import Reward, Sanction
from demerit.regime.sharing_types import Rating, Score
from demerit.regime.types import RegimeFile

_TOLD: Final = frozenset(
    {
        "regime", "authority", "register", "licence", "conduct", "prosecution", "chain", "scolding",
        "platform", "transfer", "score", "band", "rating", "sanction", "reward", "detection", "awareness",
        "civil_service", "tightening",
    }
)  # fmt: skip
"""Sections that are told in words below; all others are listed entry by entry."""
_KINDS: Final = {kind: place for place, kind in enumerate(SITUATIONS)}
"""Kinds of situation in the order in which the language lists them."""
_TITLES: Final = {
    "fines": "Fines not paid in time",
    "violations": "Violations are counted",
    "exchange": "Exchanges",
    "list": "List",
    "repair": "Course that repairs a score,",
    "rescue": "Helpers who are blamed",
    "liability": "After a collision",
    "complaints": "Complaints about people",
    "staging": "Who claims to have been hit",
    "screens": "Who is shown in public",
    "employers": "Employers look at",
    "labour_court": "Labour court",
    "refit": "The rules are refitted",
}
"""What sections are called that go by another name than their own."""


def describe(regime: Regime) -> str:
    """Write a regime as plain text for people."""
    body = [line for title, write in _PARTS for line in part(title, write(regime.data))]
    return "\n".join([*opening(regime), *body, "", evidence_line(regime.data)])


def opening(regime: Regime) -> list[str]:
    """Return the first lines of a page: title, basis, hash, summary, what law alone means."""
    head = regime.data.regime
    twin = "itself" if head.null == head.id else head.null
    lines = [f"{head.title} ({head.id}; basis: {head.basis}; hash {regime.hash8}; law alone: {twin})"]
    return [*lines, *([head.summary] if head.summary else [])]


def composite_points(data: RegimeFile, register: str, points: float) -> float:
    """Return what register points are worth in the composite score [F30]; 0 if they never arrive there."""
    kept = next((one for one in data.registers if one.id == register), None)
    if data.score is None or kept is None or register not in data.score.weights:
        return 0.0
    if register not in sources(((one.from_, one.to) for one in data.transfers), data.score.platform):
        return 0.0
    span = float(data.score.ceiling) - float(data.score.floor)
    return float(data.score.weights[register]) * points * span / (float(kept.ceiling) - float(kept.floor))


def _registers(data: RegimeFile) -> list[str]:
    titles = {one.id: f"{one.title} ({one.level})" for one in data.authorities}
    rows = [
        [
            one.id,
            titles[one.authority],
            ", ".join(one.covers),
            f"{shown(one.base)} of {shown(one.floor)} to {shown(one.ceiling)}",
            _fading(one),
        ]
        for one in data.registers
    ]
    return columns(rows)


def _conduct(data: RegimeFile) -> list[str]:
    if not data.conducts:
        return []
    header = ["situation", "recorded", "fine", "licence", "points", "composite", "prosecuted"]
    rows = [_conduct_row(data, one) for one in sorted(data.conducts, key=lambda one: _KINDS[one.answers])]
    used = [place for place in range(len(header)) if any(row[place] != "–" for row in rows)]
    return columns([[row[place] for place in used] for row in (header, *rows)])


def _conduct_row(data: RegimeFile, one: Conduct) -> list[str]:
    points = ", ".join(f"{name} {_signed(float(number))}" for name, number in one.points.items())
    composite = sum(composite_points(data, name, float(number)) for name, number in one.points.items())
    return [
        one.answers,
        shown(one.coverage),
        _unless_zero(one.fine),
        _unless_zero(one.licence_points),
        points or "–",
        _signed(composite) if composite else "–",
        _unless_zero(one.prosecute),
    ]


def _fading(one: Register | Score | Rating) -> str:
    if one.expiry_days is not None:
        return f"gone after {shown(one.expiry_days)}"
    return "does not fade" if one.half_life_days is None else f"half-life {shown(one.half_life_days)}"


def _unless_zero(number: Number) -> str:
    return shown(number) if float(number) else "–"


def _signed(value: float) -> str:
    return f"{value:+.4g}".replace("-", "−")


def _follows(data: RegimeFile) -> list[str]:
    """Describe the licence, the court, what lists are entered for and who scolds."""
    lines = []
    if data.licence is not None:
        limit, cycle = shown(data.licence.limit), shown(data.licence.cycle_days)
        study, cost = shown(data.licence.study_days), shown(data.licence.study_cost_days)
        lines.append(
            f"  The licence is held at {limit} points in {cycle}: study of {study}, which costs {cost}"
        )
    if data.prosecution is not None:
        case = data.prosecution
        lines.append(
            f"  A court case takes {shown(case.delay_days)} and ends with {case.register_id} "
            f"{shown(case.points)} and a fine of {shown(case.fine)}"
        )
    listed = [
        f"{one.answers} to {name} {shown(share)}"
        for one in data.conducts
        for name, share in one.lists.items()
    ]
    if listed:
        lines += wrapped(f"  Lists that records lead to: {', '.join(listed)}", 4)
    who = [name for name in ("employer", "police", "state") if getattr(data.scolding, name)]
    if who:
        lines.append(f"  Scolding by {', '.join(who)}")
    return [*lines, *_seeing(data)]


def _chains(data: RegimeFile) -> list[str]:
    """Describe the chains in one paragraph: from whom to whom, which register, how much of it, how deep."""
    told = [
        f"{one.from_} → {one.to}{f' by {one.by}' if one.by else ''} {one.register_id} × {shown(one.fraction)}"
        + (f" below {shown(one.below)}" if one.below is not None else "")
        + (f", {one.depth} deep" if one.depth > 1 else "")
        for one in data.chains
    ]
    return wrapped(f"  {'; '.join(told)}", 2) if told else []


def _transfers(data: RegimeFile) -> list[str]:
    """Describe the roads of the exchange, those to one place with one loss together."""
    roads: dict[tuple[str, str], list[str]] = {}
    for one in data.transfers:
        told = roads.setdefault((one.to, shown(one.loss)), [])
        told.append(f"{one.from_} in {shown(one.delay_days)}")
    return flowed(
        [f"  to {to}, {loss} lost, on average: {', '.join(told)}" for (to, loss), told in roads.items()]
    )


def _scores(data: RegimeFile) -> list[str]:
    """Describe the composite score of citizens, its bands, and the further scores of any subject."""
    told = []
    for one in (*((data.score,) if data.score else ()), *data.ratings):
        who = ", ".join(one.covers) if isinstance(one, Rating) else "citizen"
        scale = f"{shown(one.base)} of {shown(one.floor)} to {shown(one.ceiling)}, {_fading(one)}"
        weights = ", ".join(f"{name} {shown(number)}" for name, number in one.weights.items())
        told.append(f"  {who} at {one.platform} {scale}: {weights}")
    bands = sorted(data.bands, key=lambda one: -float(one.from_))
    edges = ", ".join(f"{one.title} from {shown(one.from_)}" for one in bands)
    return flowed([*told, *([f"  bands of the composite: {edges}"] if edges else [])])


def _sanctions(data: RegimeFile) -> list[str]:
    """Describe what hangs on scores: whatever a sanction or reward holds besides its name and trigger."""
    ordered = sorted(data.sanctions, key=lambda one: (one.of, one.reads or "", -_edge(one.below)))
    rows: list[tuple[str, Sanction | Reward]] = [(_condition(one), one) for one in ordered]
    rows += [(_earned(one), one) for one in data.rewards]
    lines, others = [], []
    for trigger, one in rows:
        usual = {key: field.default for key, field in type(one).model_fields.items()}
        told = _TRIGGERS | {key for key, default in usual.items() if getattr(one, key) == default}
        held = {key: value for key, value in canonical(one).items() if key not in told}
        if one.of == "citizen":
            lines += wrapped(f"  {trigger:{_TRIGGER_WIDTH}}  {one.title}: {said(held)}", _TRIGGER_WIDTH + 4)
        else:
            others.append(f"  {trigger}: {one.title}: {said(held)}")
    return [*lines, *flowed(others)]


_TRIGGER_WIDTH: Final = 16
"""Characters in which the titles of sanctions are aligned; a longer trigger moves its own title."""
_TRIGGERS: Final = frozenset(
    {"id", "title", "of", "reads", "below", "above", "counts", "at_least", "references"}
)


def _edge(threshold: Number | None) -> float:
    return 0.0 if threshold is None else float(threshold)


def _of(one: Sanction | Reward) -> str:
    return "" if one.of == "citizen" else f"{one.of}: "


def _condition(one: Sanction) -> str:
    """Say on what a sanction hangs."""
    if one.counts is not None:
        return f"{_of(one)}{one.counts} ≥ {one.at_least or 1}"
    return _of(one) + (f"on {one.reads}" if one.below is None else f"{one.reads} < {shown(one.below)}")


def _earned(one: Reward) -> str:
    return _of(one) + (f"on {one.reads}" if one.above is None else f"{one.reads} ≥ {shown(one.above)}")


def _seeing(data: RegimeFile) -> list[str]:
    """Describe context, mistakes, whom authorities look at harder, and awareness."""
    lines = []
    if (seen := data.detection) is not None:
        lines.append(
            f"  Context is recognised in {shown(seen.context_recognition)} of cases; "
            f"{shown(seen.mismatch)} of records name the wrong person"
        )
        if float(seen.first_spared) > 0:
            lines.append(f"  {shown(seen.first_spared)} of first records are let pass")
        harder = [f"band {band} × {shown(looks)}" for band, looks in seen.suspicion.items()]
        if float(seen.minority_scrutiny) != 1:
            harder.append(f"minorities × {shown(seen.minority_scrutiny)}")
        if harder or seen.mode != "additive":
            shared = (
                "" if seen.mode == "additive" else f", attention shared out ({seen.mode.replace('_', ' ')})"
            )
            lines.append(f"  Looked at harder: {', '.join(harder) or 'nobody'}{shared}")
    if data.awareness is not None:
        lines.append(
            f"  {shown(data.awareness.share)} know the score; at first risk looks × "
            f"{shown(data.awareness.novelty)}, which halves in {shown(data.awareness.novelty_half_life_days)}"
        )
    return lines


def _steps(data: RegimeFile) -> list[str]:
    """Describe what changes on which day, and why."""
    return [
        line
        for step in sorted(data.steps, key=lambda one: str(one.date or one.year))
        for one in step.patches
        for line in wrapped(f"  {step.date or step.year}: {said(canonical(one))}. {one.reason}", 4)
    ]


_PARTS: Final[tuple[tuple[str, Callable[[RegimeFile], list[str]]], ...]] = (
    ("Who keeps what", _registers),
    ("Conduct", _conduct),
    ("Chains and transfers", lambda data: [*_chains(data), *_transfers(data)]),
    ("Scores", _scores),
    ("Sanctions and rewards", _sanctions),
    (
        "Other rules",
        lambda data: flowed([*_follows(data), *officials(data), *described(data, _TOLD, _TITLES)]),
    ),
    ("Rules that do not always hold", dated),
    ("Rules that change", _steps),
)
