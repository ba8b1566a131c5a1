"""Describe a regime on one page: who keeps what, what conduct costs, how records travel, what scores do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from demerit.files.canonical import canonical
from demerit.files.describing import dated, described
from demerit.files.inventory import evidence_line
from demerit.files.layout import columns, part, shown, wrapped
from demerit.files.number import Number
from demerit.files.saying import said
from demerit.regime.load import Regime
from demerit.regime.record_types import Conduct
from demerit.regime.roads import sources
from demerit.regime.sanction_types import Reward, Sanction
from demerit.regime.types import RegimeFile

_TOLD: Final = frozenset(
    {
        "regime", "authority", "register", "licence", "conduct", "prosecution", "chain", "scolding",
        "platform", "transfer", "score", "band", "rating", "sanction", "reward", "detection", "awareness",
    }
)  # fmt: skip
"""Sections that are told in words below; all others are listed entry by entry."""
_TITLES: Final = {
    "fines": "Fines that are not paid in time",
    "violations": "Violations are counted",
    "exchange": "Exchanges",
    "list": "Lists",
    "exemptions": "Exemptions",
    "appeals": "Appeals",
    "repair": "Courses that repair a score",
    "employers": "Employers look at",
    "refit": "The rules are refitted",
    "tightening": "The rules are tightened",
}


def describe(regime: Regime) -> str:
    """Write a regime as plain text for people."""
    data = regime.data
    head = data.regime
    twin = "itself" if head.null == head.id else head.null
    opening = [f"{head.title} ({head.id}; basis: {head.basis}; hash {regime.hash8})"]
    opening += [line for line in (head.summary, f"Law alone means: {twin}.") if line]
    body = [line for title, write in _PARTS for line in part(title, write(data))]
    return "\n".join([*opening, *body, *described(data, _TOLD, _TITLES), "", evidence_line(data)])


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
            _fading(one.half_life_days),
        ]
        for one in data.registers
    ]
    return columns(rows)


def _conduct(data: RegimeFile) -> list[str]:
    if not data.conducts:
        return []
    header = ["situation", "recorded", "fine", "licence", "points", "composite", "prosecuted"]
    rows = [_conduct_row(data, one) for one in data.conducts]
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


def _fading(half_life: Number | None) -> str:
    return "does not fade" if half_life is None else f"half-life {shown(half_life)}"


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
            f"  the licence is held at {limit} points in {cycle}: study of {study}, which costs {cost}"
        )
    if data.prosecution is not None:
        case = data.prosecution
        lines.append(
            f"  a court case takes {shown(case.delay_days)} and ends with {case.register_id} "
            f"{shown(case.points)} and a fine of {shown(case.fine)}"
        )
    lines += [
        f"  {one.answers} leads to the list {name} in {shown(share)} of cases"
        for one in data.conducts
        for name, share in one.lists.items()
    ]
    who = [name for name in ("employer", "police", "state") if getattr(data.scolding, name)]
    if who:
        lines.append(f"  scolding by {', '.join(who)}")
    return lines


def _chains(data: RegimeFile) -> list[str]:
    return columns(
        [
            [
                one.id,
                f"{one.from_} → {one.to}",
                f"{one.register_id} × {shown(one.fraction)}",
                f"at most {one.depth} deep",
            ]
            for one in data.chains
        ]
    )


def _transfers(data: RegimeFile) -> list[str]:
    return columns(
        [
            [f"{one.from_} → {one.to}", f"{shown(one.delay_days)} on average", f"{shown(one.loss)} lost"]
            for one in data.transfers
        ]
    )


def _score(data: RegimeFile) -> list[str]:
    if data.score is None:
        return []
    score = data.score
    weights = ", ".join(f"{name} {shown(number)}" for name, number in score.weights.items())
    bands = sorted(data.bands, key=lambda one: -float(one.from_))
    edges = ", ".join(f"{one.title} from {shown(one.from_)}" for one in bands)
    lines = [
        f"  at {score.platform}: {shown(score.base)} of {shown(score.floor)} to {shown(score.ceiling)}, "
        f"{_fading(score.half_life_days)}",
        f"  weights: {weights}",
    ]
    if edges:
        lines.append(f"  bands: {edges}")
    return lines


def _ratings(data: RegimeFile) -> list[str]:
    return columns(
        [
            [
                f"{', '.join(one.covers)} at {one.platform}",
                f"{shown(one.base)} of {shown(one.floor)} to {shown(one.ceiling)}",
                _fading(one.half_life_days),
                ", ".join(f"{name} {shown(number)}" for name, number in one.weights.items()),
            ]
            for one in data.ratings
        ]
    )


def _sanctions(data: RegimeFile) -> list[str]:
    """Describe what hangs on scores: whatever a sanction or reward holds besides its name and trigger."""
    ordered = sorted(data.sanctions, key=lambda one: (one.of, one.reads or "", -_edge(one.below)))
    rows: list[tuple[str, Sanction | Reward]] = [(_condition(one), one) for one in ordered]
    rows += [(_earned(one), one) for one in data.rewards]
    width = max((len(trigger) for trigger, _ in rows), default=0)
    lines = []
    for trigger, one in rows:
        usual = {key: field.default for key, field in type(one).model_fields.items()}
        told = _TRIGGERS | {key for key, default in usual.items() if getattr(one, key) == default}
        held = {key: value for key, value in canonical(one).items() if key not in told}
        lines += wrapped(f"  {trigger:{width}}  {one.title}: {said(held)}", width + 4)
    return lines


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
    """Describe context, mistakes and awareness."""
    lines = []
    if data.detection is not None:
        lines.append(
            f"  context is recognised in {shown(data.detection.context_recognition)} of cases; "
            f"{shown(data.detection.mismatch)} of records name the wrong person"
        )
    if data.awareness is not None:
        lines.append(
            f"  {shown(data.awareness.share)} know the score; at first risk looks × "
            f"{shown(data.awareness.novelty)}, which halves in {shown(data.awareness.novelty_half_life_days)}"
        )
    return lines


_PARTS: Final[tuple[tuple[str, Callable[[RegimeFile], list[str]]], ...]] = (
    ("Who keeps what", _registers),
    ("Conduct", _conduct),
    ("What else follows", _follows),
    ("Chains", _chains),
    ("Transfers", _transfers),
    ("Composite score", _score),
    ("Further scores", _ratings),
    ("Sanctions and rewards", _sanctions),
    ("What is seen", _seeing),
    ("Rules that do not always hold", dated),
)
