"""An attribution in the terminal: each figure as a waterfall over the rules that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from demerit.report.reached import met_words
from demerit.report.words import counted, number, signed

if TYPE_CHECKING:
    from rich.console import RenderableType

    from demerit.explain.attribution import Attribution
    from demerit.explain.reach import Reach


def attribution_page(found: Attribution) -> Iterator[RenderableType]:
    """Yield what was attributed and how, and a table over all figures."""
    yield Text(
        f"From {found.before} to {found.after}: {found.whom}, the same people of a synthetic society", "bold"
    )
    if found.card is not None:
        yield Text(found.card.short(), style="dim")
    if not found.groups:
        yield Text("Both have the same rules: there is no difference to put down to anything.")
        return
    how = (
        "each group's share is the mean of what it adds over all orders (Shapley), exactly"
        if found.exact
        else "taken over one after the other in this order, each with what it adds there "
        "(another order would share otherwise)"
    )
    yield Text(f"{counted(found.worlds, 'world', 'worlds')} lived; {how}.\n")
    table = Table(box=None, pad_edge=False)
    table.add_column("figure", overflow="fold")
    for name in (found.before, *(group.name for group in found.groups), found.after, "unit"):
        table.add_column(name, justify="left" if name == "unit" else "right", overflow="fold")
    for figure in found.figures:
        shares = [signed(float(share)) for share in figure.shares]
        ends = number(float(figure.before)), number(float(figure.after))
        table.add_row(figure.name, ends[0], *shares, ends[1], "" if figure.unit == "1" else figure.unit)
    yield table
    if found.reach is not None:
        yield reached(found.reach)


def reached(reach: Reach) -> Text:
    """Return whom a difference reached, and when."""
    plain = reach.as_plain()
    told = plain["citizen"]
    if not told["reached"]:
        return Text("\nThe difference reached nobody: everybody's ledger is the same in both worlds.")
    how_many = f"{told['reached']:,} of {told['of']:,} citizens ({told['share']:.1%})"
    when = f"the first on {told['first']}, half of them by {told['half_of_them_by']}"
    first = next(iter(plain["first_met"]))
    return Text(
        f"\nThe difference reached {how_many}, {when}. What most of them met first: {met_words(first)}. "
        f"{told['other_entries']:,} have other entries in the ledger; that of all others is the same. "
        "`demerit reach` counts it over seeds, by month and group."
    )
