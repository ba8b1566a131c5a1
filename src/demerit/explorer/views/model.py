"""What several views are made of: a number with its definition, a chart with its table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Query
from pydantic import Field

from demerit.errors import UsageError
from demerit.explorer.answer import Answer, Indicated
from demerit.measures.indicators import BY_NAME
from demerit.report.impact.measured import unit_of
from demerit.sources import load_sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from demerit.explain.source import Told
    from demerit.explorer.shelf import Opened

WorldAsked = Annotated[str | None, Query(max_length=120, description="World; the one asked for by default.")]
Cell = str | float | None


class Cited(Answer):
    """A fact that a rule rests on."""

    id: str = Field(description="Id of the fact.")
    statement: str = Field(description="What it says, in the project's words.")
    source: str = Field(description="Where it was read.")
    confidence: str = Field(description="high, medium or low.")
    year: str = Field(description="The year it describes.")


class Measured(Indicated):
    """An indicator in both worlds."""

    regime: float | None = Field(description="In the world of the regime; null without an occasion.")
    twin: float | None = Field(description="In its twin world; null without one, or without an occasion.")


class Chart(Answer):
    """A picture with the numbers it draws."""

    title: str = Field(description="What it shows, in a line.")
    spec: dict[str, Any] = Field(description="Vega-Lite specification.")
    columns: tuple[str, ...] = Field(description="Heads of the table beside it.")
    rows: tuple[tuple[Cell, ...], ...] = Field(description="Rows of that table.")


def drawn(title: str, chart: Any, frame: pl.DataFrame) -> Chart:
    """Return an Altair chart with its numbers."""
    rows = tuple(tuple(_cell(value) for value in row) for row in frame.iter_rows())
    spec = chart.to_dict(validate=False)  # the tests look at every chart in full; here it would take seconds
    if spec.get("width") == "container":
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return Chart(title=title, spec=spec, columns=tuple(frame.columns), rows=rows)


def upright(at: float) -> Any:
    """Return a dashed line across a whole chart at a value of its horizontal axis."""
    import altair as alt
    import polars as pl

    once = alt.Chart(pl.DataFrame({"at": [at]}))
    return once.mark_rule(color="#888", strokeDash=[4, 3]).encode(x=alt.datum(at))


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return finite(float(value))
    return str(value)


def finite(value: float) -> float | None:
    """Return a number, None in place of what is none."""
    return value if math.isfinite(value) else None


def measured(name: str, regime: float | None, twin: float | None) -> Measured:
    """Return an indicator of one run in both worlds."""
    return Measured(
        indicator=name,
        definition=BY_NAME[name].definition,
        unit=unit_of(name),
        regime=regime,
        twin=twin,
    )


def cited(references: Iterable[str]) -> tuple[Cited, ...]:
    """Return the facts with some ids, those there are, each once and in order."""
    known = load_sources()
    facts = [known[one] for one in dict.fromkeys(references) if one in known]
    return tuple(
        Cited(
            id=fact.id,
            statement=fact.statement,
            source=fact.source,
            confidence=fact.confidence,
            year=fact.year,
        )
        for fact in facts
    )


def world_with_ledger(run: Opened, world: str | None) -> Told:
    """Return a world of a run whose ledger was kept in full.

    Raises:
        UsageError: it was not: it would have to be lived again, which an answer cannot wait for.
    """
    if run.manifest.ledger != "full":
        raise UsageError(
            f"{run.name} kept of its ledger: {run.manifest.ledger}; this view needs all of it: make the run "
            "again with --ledger full, or ask `demerit explain`, which lives it again"
        )
    return run.told(world)
