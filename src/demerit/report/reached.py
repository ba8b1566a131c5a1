"""Whom a difference reaches: a sentence, tables for the terminal, frames and a chart for Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from demerit.explain.reach_found import WAYS
from demerit.report.lives import Shown
from demerit.report.words import counted, entry_title

if TYPE_CHECKING:
    import polars as pl
    from rich.console import RenderableType

    from demerit.explain.reach_found import ReachFound

_KINDS = {
    "citizen": "citizens",
    "official": "officials",
    "company": "companies",
    "vehicle": "vehicles",
    "agency": "agencies",
    "service": "services",
}
_KEPT = {
    "state": "nothing entered: purse, mood or what they know",
    "work": "nothing entered: job or friendships",
    "hearsay": "nothing entered: what they have heard",
    "service": "nothing entered: the service file",
    "firm": "nothing entered: staff or fleet",
    "vehicle": "nothing entered: owner or driver",
    "account": "nothing entered: points, sanctions or fines due",
}
_THROUGH = {
    "own": "what they did or met themselves",
    "household": "their household",
    "friend": "a friend",
    "colleague": "a colleague",
    "neighbour": "a neighbour",
    "other": "somebody else",
    "company": "a company",
    "vehicle": "a vehicle",
    "agency": "a government office",
    "service": "a service",
}
_SHARES = ("reached, %", "other entries, %")
_MOST = 8
"""Things first met that a table shows; the others are one row."""


class ReachTold(Shown):
    """Whom the difference between two regimes reaches, over seeds; it shows itself as ``demerit reach`` does.

    Attributes:
        data: the same as plain data.
        before, after: names of the regimes; seeds: the seeds that were lived.
    """

    def __init__(self, found: ReachFound) -> None:
        super().__init__(reach_page(found), found.as_plain())
        self._found = found
        self.before, self.after, self.seeds = found.before, found.after, found.seeds

    def months(self) -> pl.DataFrame:
        """Return the share of citizens by the end of each month.

        Returns:
            month (its last day), way (reached: something kept or entered differs; other_entries: the ledger
            differs), share (mean over seeds), low and high (95 %, null with one seed).
        """
        from demerit.report.reach_chart import reach_frame

        return reach_frame(self._found)

    def table(self) -> pl.DataFrame:
        """Return the shares at the end, by kind of subject and by group of citizens.

        Returns:
            by (subject, all, stratum, hukou, income fifth), group, of (how many a world), way, share, low,
            high.
        """
        import polars as pl

        rows = [("subject", row["kind"], row) for row in self._found.kinds()]
        rows += [(row["by"], row["group"], row) for row in self._found.groups()]
        flat = [(by, name, row["of"], way, *row[way].values()) for by, name, row in rows for way in WAYS]
        numbers = dict.fromkeys(("share", "low", "high"), pl.Float64)
        schema = {"by": pl.String, "group": pl.String, "of": pl.Float64, "way": pl.String, **numbers}
        return pl.DataFrame(flat, schema=schema, orient="row")

    def plot(self) -> Any:
        """Return a chart (Altair): the share of citizens reached over time, with the interval over seeds."""
        from demerit.report.reach_chart import reach_chart

        return reach_chart(self._found)


def reach_page(found: ReachFound) -> Iterator[RenderableType]:
    """Yield what was lived, whom the difference reached, when, and how."""
    plan = found.plan
    yield Text(f"From {found.before} to {found.after}: whom the difference reaches", "bold")
    yield Text(
        f"{counted(plan.population, 'person', 'people')} of the synthetic society “{plan.society.id}”, "
        f"{counted(plan.years, 'year', 'years')}, {counted(len(found.seeds), 'seed', 'seeds')}: the same "
        "people under both regimes, compared day by day. No real person is described."
    )
    yield Text(found.card.short(), style="dim")
    yield Text(f"\n{sentence(found)}\n")
    if found.kinds()[0]["first"] is not None:
        yield _over_time(found)
        yield _by_subject(found)
        yield _by_group(found)
        yield _tally(found, "first_met", "What was met first", "% of those reached", met_words)
        yield _tally(
            found, "first_entry_through", "Through whom the first other entry came",
            "% of those with other entries", through_words,
        )  # fmt: skip
    yield Text(
        "Reached: something that is kept of them or entered about them is not the same in both worlds. "
        "Other entries: the ledger says something else of them. Whoever is not reached has the same ledger.",
        style="dim",
    )


def sentence(found: ReachFound) -> str:
    """Say in a sentence whom the difference reaches."""
    people = found.kinds()[0]
    if found.equal:
        return "Both have the same rules: the difference reaches nobody."
    if people["first"] is None:
        return "The difference reaches nobody: everybody's ledger is the same in both worlds."
    return (
        f"The difference reaches {percent(people['reached'])} of citizens, the first on {people['first']}; "
        f"{percent(people['other_entries'])} have other entries in the ledger."
    )


def percent(share: dict[str, float | None]) -> str:
    """Return a share in per cent with its interval.

    >>> percent({"mean": 0.5, "low": 0.48, "high": 0.52}), percent({"mean": 0.004, "low": None, "high": None})
    ('50.0 % (48.0 to 52.0)', '0.4 %')
    """
    mean, low, high = share["mean"], share["low"], share["high"]
    if mean is None:
        return "–"
    if low is None or high is None:
        return f"{100 * mean:.1f} %"
    return f"{100 * mean:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def met_words(name: str) -> str:
    """Return what is first met as people read it.

    >>> met_words("sanction_start"), met_words("no entry: work")
    ('sanction begins', 'nothing entered: job or friendships')
    """
    return _KEPT[name.removeprefix("no entry: ")] if name.startswith("no entry: ") else entry_title(name)


def through_words(name: str) -> str:
    """Return through whom an entry came, as people read it."""
    return _THROUGH[name]


def kind_words(name: str) -> str:
    """Return a kind of subject in the plural."""
    return _KINDS[name]


def _over_time(found: ReachFound) -> Table:
    """Return the shares by the end of each month of a short run, of each year of a longer one."""
    months = found.months()
    by_month = len(months) <= 12
    rows = months if by_month else [one for one in months if one[0][5:7] == "12" or one is months[-1]]
    table = _titled(
        "Citizens by the end of each " + ("month" if by_month else "year"),
        "until",
        "reached",
        "other entries",
    )
    for when, shares in rows:
        table.add_row(when, *(_cell(shares[way]._asdict()) for way in WAYS))
    return table


def _by_subject(found: ReachFound) -> Table:
    table = _titled("By kind of subject", "who", "of", *_SHARES, "the first", "half of them by")
    for row in found.kinds():
        half = sorted(day for day in row["half_of_them_by"] if day is not None)
        middle = half[(len(half) - 1) // 2] if half else "–"
        table.add_row(
            kind_words(row["kind"]), f"{row['of']:,.0f}", *_shares(row), row["first"] or "–", middle
        )
    return table


def _by_group(found: ReachFound) -> Table:
    table = _titled("By group of citizens", "group", "of", *_SHARES)
    for row in found.groups():
        if row["by"] in ("stratum", "income fifth"):
            table.add_row(row["group"].replace("_", " "), f"{row['of']:,.0f}", *_shares(row))
    return table


def _cell(share: dict[str, float | None]) -> str:
    """Return a share below a heading that says per cent."""
    return percent(share).replace(" %", "")


def _shares(row: dict[str, Any]) -> Sequence[str]:
    return [_cell(row[way]) for way in WAYS]


def _tally(found: ReachFound, what: str, title: str, share: str, words: Any) -> Table:
    """Return what was met, or through whom, the most frequent first."""
    table = _titled(title, "what", share)
    rows = found.tallied(what)
    for row in rows[:_MOST]:
        table.add_row(words(row["name"]), _cell(row))
    rest = sum(row["mean"] or 0 for row in rows[_MOST:])
    if rest:
        table.add_row(counted(len(rows) - _MOST, "other", "others"), f"{100 * rest:.1f}")
    return table


def _titled(title: str, *columns: str) -> Table:
    """Return an empty table: the first column is text, the others are figures."""
    table = Table(title=f"\n{title}", title_justify="left", box=None, pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place else "left", no_wrap=True)
    return table
