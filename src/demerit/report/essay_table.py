"""The rows of the essay in a run, as a table: mechanism, a ledger entry, and an indicator in every world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from demerit.measures.indicators import BY_NAME
from demerit.report.words import number
from demerit.study.essay_rows import RowInRun


def rows_page(rows: Sequence[RowInRun], worlds: Sequence[str]) -> Iterator[RenderableType]:
    """Yield the table of the essay's rows, and a line on those that the run does not show.

    Args:
        rows: every row as the run shows it.
        worlds: names of the run's worlds, the one asked for first.
    """
    table = Table(box=None, pad_edge=False, title="The essay in a synthetic society", title_justify="left")
    table.add_column("row", no_wrap=True)
    table.add_column("what the essay says")
    table.add_column("mechanism")
    table.add_column("ledger entry", justify="right", no_wrap=True)
    table.add_column("entries", justify="right", no_wrap=True)
    table.add_column("indicator")
    for world in worlds:
        table.add_column(world, justify="right")
    table.add_column("unit")
    for one in rows:
        table.add_row(
            one.row.id,
            one.row.says,
            one.row.mechanism,
            _entry(one),
            f"{one.entries:,}" if one.row.entries else "–",
            one.row.indicator,
            *(number(value) for value in one.values),
            BY_NAME[one.row.indicator].unit,
        )
    yield table
    missing = [_missing(one) for one in rows if not one.shown]
    reached = len(rows) - len(missing)
    yield Text(
        f"This run shows {reached} of {len(rows)} rows" + (f"; not {', '.join(missing)}." if missing else ".")
    )
    alone = [one.row.id for one in rows if not one.row.entries]
    if alone:
        yield Text(
            f"{', '.join(alone)}: what they say leaves no entry of its own; "
            "an indicator unlike in the twin world shows it."
        )


def _entry(one: RowInRun) -> str:
    """Write the entry that stands for a row, or why there is none."""
    if not one.row.entries:
        return "indicator alone"
    return "none" if one.entry is None else str(one.entry)


def _missing(one: RowInRun) -> str:
    """Name a row that is not shown, with what lacks besides its own entry."""
    return one.row.id + (f" (no {', no '.join(one.lacking)})" if one.lacking else "")
