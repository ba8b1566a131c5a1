"""What a person is shown of the claims: which hold, which fail, and which nothing can be said about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from demerit.claims.again import ClaimsRepetition
from demerit.claims.study import ClaimsDone
from demerit.claims.verdicts import ClaimFound, PartFound, Verdict
from demerit.engine.disk import shown
from demerit.report.words import counted, number
from demerit.study.layout import CLAIMS

_STYLE: dict[Verdict, str] = {
    "holds": "bold green",
    "fails": "red",
    "unclear": "yellow",
    "no occasion": "dim",
}
_SIDE = {"above": ">", "below": "<", "at_least": "≥"}


def show_claims(console: Console, done: ClaimsDone) -> None:
    """Print what became of the claims."""
    for part in claims_summary(done):
        console.print(part)
        console.print()


def claims_summary(done: ClaimsDone) -> Iterator[RenderableType]:
    """Yield what a person should see when the claims have been held against a regime."""
    plan = done.plan
    people = counted(plan.population, "person", "people")
    yield Panel(
        Text.assemble(
            ("Synthetic society. ", "bold"),
            "No real person is described or scored.\n",
            f"The claims, held against {plan.regime.data.regime.title}: {people}, "
            f"{counted(plan.years, 'year', 'years')}, {counted(len(plan.seeds), 'seed', 'seeds')}"
            + (
                f", {counted(plan.draws, 'draw', 'draws')} of all numbers from their ranges"
                if plan.draws
                else ""
            ),
        ),
        title="What was asked",
        title_align="left",
    )
    yield claims_table(done)
    yield Text(summed_up(done))
    yield Text(done.card.short(), style="dim")
    yield Text(f"All figures: {shown(done.folder / CLAIMS)}", style="dim")


def claims_table(done: ClaimsDone) -> Table:
    """Return a row a part; what a claim is called stands at its first."""
    table = Table(
        title="A part holds when its whole 95 % interval lies beyond what matters", title_justify="left"
    )
    for head, justify in (("", "left"), ("claim", "left"), ("figure", "left"), ("found", "right"),
                          ("95 % interval", "right"), ("matters", "right"), ("verdict", "left")):  # fmt: skip
        table.add_column(head, justify=justify)  # type: ignore[arg-type]
    if done.robustness:
        table.add_column("robust", justify="right")
        table.add_column("decided by")
    for one in done.found:
        for place, part in enumerate(one.parts):
            table.add_row(*_cells(done, one, part, first=place == 0))
        table.add_section()
    return table


def _cells(done: ClaimsDone, one: ClaimFound, part: PartFound, *, first: bool) -> list[RenderableType]:
    found, unit = part.found, part.part.unit
    interval = "–" if math.isnan(found.low) else f"{number(found.low)} to {number(found.high)}"
    cells: list[RenderableType] = [
        one.claim.id if first else "",
        f"{one.claim.text} ({one.claim.kind})" if first else "",
        f"{part.part.figure}, {unit}",
        "–" if math.isnan(found.effect) else number(found.effect),
        interval,
        f"{_SIDE[part.part.side]} {number(part.part.smallest)}",
        Text(one.verdict if first else "", style=_STYLE[one.verdict]),
    ]
    draws = done.robustness.get(one.claim.id)
    if draws is not None:
        share = "–" if math.isnan(draws.share) else f"{draws.share:.0%}"
        cells += [share, draws.decided_by] if first else ["", ""]
    return cells


def summed_up(done: ClaimsDone) -> str:
    """Say how many claims hold, fail, are unclear or had no occasion; assumed ones are never confirmed."""
    said = Counter(one.verdict for one in done.found if one.claim.kind != "assumed")
    assumed = Counter(one.verdict for one in done.found if one.claim.kind == "assumed")
    words = ", ".join(f"{verdict}: {said[verdict]}" for verdict in _STYLE if said[verdict])
    sized = ", ".join(f"{verdict}: {assumed[verdict]}" for verdict in _STYLE if assumed[verdict])
    said_of_all = (
        f"Of the claims that could fail, {words}.\nBy assumption, sized and never confirmed, {sized}."
    )
    fewer = len(done.draws_by_fewer)
    if not fewer:
        return said_of_all
    return (
        f"{said_of_all}\n{counted(fewer, 'draw', 'draws')} lived by fewer people: reports filled the ledger."
    )


def repetition_page(done: ClaimsRepetition) -> Iterator[str]:
    """Yield in sentences what computing the claims again has shown."""
    yield "  lived again from what was asked:"
    identical = counted(done.identical, "seed or draw is", "seeds and draws are")
    yield f"    {identical} identical: every figure of every world"
    yield "identical" if done.difference is None else f"first difference: {done.difference}"
