"""The part on social scoring: contexts that do not belong together, and proportion, limb by limb."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from demerit.report.impact.blocks import Block, Cell, Heading, Section, Shown, Table, Words
from demerit.report.impact.contexts import CONTEXTS, Linkage, Severity, linkages, severities
from demerit.report.impact.material import PLACE, Material, estimate
from demerit.report.impact.measured import mean_cell
from demerit.report.words import number

_ACT = (
    "Article 5(1)(c) of the AI Act, Regulation (EU) 2024/1689, prohibits evaluating or classifying people "
    "over a period of time by their social behaviour or personal characteristics where the score leads to "
    "detrimental treatment in social contexts unrelated to those in which the data arose, or to treatment "
    "that is unjustified or out of proportion to the behaviour or its gravity. Either limb is enough."
)
_METHOD = (
    "The test below is this program's construction and no ruling. Every sanction, and what employers, "
    "registration and passports read, is followed back to the conduct whose records count there; a pair of "
    "contexts is related only where the treatment concerns the same part of life as the conduct."
)


def social_scoring(about: Material) -> Section:
    """Return the test of unrelated contexts and of proportion."""
    data = about.regime.data
    links = [link for link in linkages(data) if link.areas]
    if not links:
        none = f"{about.name} has no sanction that hangs on a score, a list or a count: neither limb is hit."
        return Section("social-scoring", "Social-scoring test", (Words(_ACT), Words(none)))
    unrelated = [link for link in links if link.unrelated]
    pairs = sum(len(link.pairs) for link in links)
    apart = sum(len(link.unrelated) for link in links)
    first = (
        f"First limb {'hit' if unrelated else 'not hit'}: {len(unrelated)} of {len(links)} rules of "
        f"{about.name} that hang on records treat people in a context unrelated to the data; {apart} of "
        f"{pairs} pairs of contexts are unrelated."
    )
    return Section(
        "social-scoring",
        "Social-scoring test",
        (
            *(Words(text) for text in (_ACT, _METHOD)),
            Heading("First limb: unrelated contexts"),
            Words(first),
            _contexts_table(links),
            Heading("Second limb: proportion"),
            *_proportion(about, links),
        ),
    )


def _contexts_table(links: Sequence[Linkage]) -> Table:
    rows = [
        (
            Cell(link.title, code=link.id),
            Cell(", ".join(CONTEXTS[family] for family in link.families) or "no conduct"),
            Cell(", ".join(link.areas)),
            Cell(f"{len(link.unrelated)} of {len(link.pairs)}"),
            Cell(_which(link)),
        )
        for link in links
    ]
    head = ("rule", "data arise in", "treated in", "unrelated pairs", "which")
    return Table("Where the data of each rule arise, and where it bites.", head, tuple(rows))


def _which(link: Linkage) -> str:
    """Name the unrelated pairs of a sanction, those from one data context together."""
    found: dict[str, list[str]] = {}
    for family, area in link.unrelated:
        found.setdefault(CONTEXTS[family], []).append(area)
    return "; ".join(f"{context} → {', '.join(areas)}" for context, areas in found.items()) or "none"


def _proportion(about: Material, links: Sequence[Linkage]) -> list[Block]:
    base = about.assessed if about.measure is None else about.measure
    income = about.mean(base, 0, "income").value or 0.0
    found = [(link, severities(about.regime.data, link, income)) for link in links]
    priced = [(link, severe) for link, severe in found if severe]
    over = [link for link, severe in priced if severe[0].ratio > 1]
    blocks: list[Block] = []
    if priced:
        of = f"mean {about.names[base]} all:all income"
        blocks += [
            Words(
                f"Second limb {'hit' if over else 'not hit'}: one month of {len(over)} of {len(priced)} "
                "sanctions that cut pay costs more than the fines for the acts that alone bring it about. "
                "Gravity is taken to be the fine, in days of income; forgetting of points and the chance "
                "of being recorded are left out. Sanctions that refuse a service have no price and are "
                "left out."
            ),
            _severity_table(priced, number(income), of),
        ]
    else:
        blocks.append(
            Words("No sanction of the file cuts pay after conduct that it names: no ratio can be formed.")
        )
    if about.measure is not None:
        blocks.append(_measured(about, about.measure))
    return blocks


def _severity_table(priced: Sequence[tuple[Linkage, list[Severity]]], income: str, of: str) -> Table:
    rows = []
    for link, severe in priced:
        for which, one in (("highest ratio", severe[0]), ("lowest ratio", severe[-1])):
            name = f"{link.id} {one.conduct}"
            finite = not math.isinf(one.ratio)
            ratio = Shown(number(one.ratio), one.ratio, f"severity-ratio {name}") if finite else None
            rows.append(
                (
                    Cell(link.title, code=f"{link.id}, {which}"),
                    Cell(one.conduct),
                    Cell(f"{one.records:,}"),
                    Cell(
                        numbers=(
                            Shown(number(one.sanction_days), one.sanction_days, f"severity-month {name}"),
                        )
                    ),
                    Cell(numbers=(Shown(number(one.fine_days), one.fine_days, f"severity-fines {name}"),)),
                    Cell(numbers=(ratio,)) if ratio else Cell("no fine to set it against"),
                )
            )
    head = (
        "sanction",
        "conduct alone",
        "records until it begins",
        "pay lost in a month, days of income",
        "fines together, days of income",
        "ratio",
    )
    return Table(
        f"A month of each sanction beside the fines for the acts that lead to it. Income: {income} CNY a day "
        f"({of.split()[1]}, mean of adults).",
        head,
        tuple(rows),
    )


def _measured(about: Material, base: int) -> Table:
    """Return what one record costs in both worlds, as it was measured."""

    days, records = (about.values[:, :, 0, PLACE[name]] for name in ("penalty_days", "records"))
    with np.errstate(divide="ignore", invalid="ignore"):
        costs = np.where(records > 0, 1000.0 * days / records, np.nan)
        ratio = np.where(costs[base] > 0, costs[about.assessed] / costs[base], np.nan)
    rows = []
    for what, values, unit in (
        (about.name, costs[about.assessed], "days of own income/record"),
        (about.against, costs[base], "days of own income/record"),
        (f"{about.name} over {about.against}", ratio, "ratio"),
    ):
        rows.append((Cell(what), Cell(unit), mean_cell(estimate(values), what, "cost")))
    head = ("world", "unit", "what one record costs")
    return Table(
        "Measured: all penalties of a world (fines, pay lost, substitutes for refused services, study) "
        "over its root records.",
        head,
        tuple(rows),
    )
