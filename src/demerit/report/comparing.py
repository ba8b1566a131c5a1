"""What a person is shown of a comparison: what can be told apart, in which order, and what cannot."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from demerit.engine.disk import shown
from demerit.files.layout import columns
from demerit.report.words import counted, number, to_error
from demerit.study.card import card_of_comparison
from demerit.study.comparison import Comparison, Pair
from demerit.study.findings import EVERYBODY, Finding, findings
from demerit.study.layout import DIFFERENCES, PICTURE, WORLDS
from demerit.study.paired import CONFIDENCE, defined, mean_and_spread

_ROWS, _NAMES = 24, 16


def show_comparison(console: Console, done: Comparison) -> None:
    """Print the summary of a comparison."""
    for part in comparison_summary(done):
        console.print(part)
        console.print()


def comparison_summary(done: Comparison) -> Iterator[RenderableType]:
    """Yield what a person should see when a comparison has ended."""
    found = findings(done)
    yield compared(done)
    if telling(found):
        yield differences_table(done, found) if len(done.plan.regimes) == 2 else order_table(done, found)
    yield Text("\n".join(remarks(done, found)))
    warned = warning(done, found)
    if warned:
        yield Text(warned, style="yellow")
    yield Text(card_of_comparison(done.plan).short(), style="dim")
    yield comparison_files(done)


def telling(found: Sequence[Finding]) -> list[Finding]:
    """Return the indicators worth a row: those that can be told apart, the clearest first."""
    apart = [one for one in found if one.verdict == "apart"]
    if apart:
        return sorted(apart, key=lambda one: -one.clearness)
    return [one for one in found if one.verdict == "one seed"]


def compared(done: Comparison) -> RenderableType:
    """Say what was compared, and that it is synthetic."""
    plan = done.plan
    names = plan.names
    seeds = f"{plan.seeds[0]} to {plan.seeds[-1]}" if len(plan.seeds) > 1 else f"{plan.seeds[0]}"
    text = Text.assemble(
        ("Synthetic society. ", "bold"),
        "No real person is described or scored.\n",
        f"{counted(plan.population, 'person', 'people')} of the society “{plan.society.data.society.title}”, "
        f"{counted(plan.years, 'year', 'years')} from {plan.start}, under ",
        (", ".join(names[1:]), "bold"),
        " set against ",
        (names[0], "bold"),
        f"; {counted(len(plan.seeds), 'seed', 'seeds')} ({seeds}). Under one seed all regimes have the same "
        "people in the same situations.",
    )
    return Panel(text, title="What was compared", title_align="left")


def differences_table(done: Comparison, found: Sequence[Finding]) -> Table:
    """Return the differences of two regimes with their intervals, the clearest first."""
    pair = done.pairs[0]
    one = done.paired(pair)
    names = done.plan.names
    _, means, _ = mean_and_spread(done.values[:, :, EVERYBODY].transpose(1, 0, 2))
    several = len(done.plan.seeds) > 1
    title = f"What can be told apart at {len(done.plan.seeds)} seeds" if several else "One seed"
    table = Table(title=title, title_justify="left")
    table.add_column("indicator", no_wrap=True)
    for place in (pair.first, pair.other):
        table.add_column(names[place], justify="right")
    table.add_column("difference", justify="right", style="bold")
    if several:
        table.add_column(f"± {CONFIDENCE:.0%}", justify="right")
        table.add_column("errors", justify="right")
    table.add_column("unit", style="dim")
    for row in telling(found)[:_ROWS]:
        at = (EVERYBODY, row.place)
        error = float(one.error[at])
        cells = [number(defined(means[place, row.place])) for place in (pair.first, pair.other)]
        cells.append(to_error(float(one.difference[at]), error, sign=True))
        if several:
            half = float(one.high[at] - one.low[at]) / 2
            cells += [to_error(half, error), "–" if math.isinf(row.clearness) else f"{row.clearness:,.0f}"]
        table.add_row(row.indicator.name, *cells, row.indicator.unit)
    return table


def order_table(done: Comparison, found: Sequence[Finding]) -> Table:
    """Return the means of several regimes and their order, with ≈ where two cannot be told apart."""
    names = done.plan.names
    _, means, _ = mean_and_spread(done.values[:, :, EVERYBODY].transpose(1, 0, 2))
    table = Table(
        title=f"Regimes in order at {counted(len(done.plan.seeds), 'seed', 'seeds')}; ≈ cannot be told apart",
        title_justify="left",
    )
    table.add_column("indicator", no_wrap=True)
    for name in names:
        table.add_column(name, justify="right")
    table.add_column("order", style="bold")
    table.add_column("unit", style="dim")
    for row in telling(found)[:_ROWS]:
        cells = [number(defined(mean)) for mean in means[:, row.place]]
        table.add_row(row.indicator.name, *cells, order(done, row), row.indicator.unit)
    return table


def order(done: Comparison, row: Finding) -> str:
    """Return the regimes from low to high, with ``<`` where neighbours can be told apart, ``≈`` where not."""
    _, means, _ = mean_and_spread(done.values[:, :, EVERYBODY].transpose(1, 0, 2))
    values = {place: float(mean) for place, mean in enumerate(means[:, row.place]) if not math.isnan(mean)}
    rising = sorted(values, key=lambda place: values[place])
    text = done.plan.names[rising[0]]
    for low, high in pairwise(rising):
        one = done.paired(Pair(max(low, high), min(low, high)))
        at = (EVERYBODY, row.place)
        sign = "=" if one.same[at] else "<" if one.apart[at] else "≈"
        text += f" {sign} {done.plan.names[high]}"
    return text


def remarks(done: Comparison, found: Sequence[Finding]) -> Iterator[str]:
    """Yield what is to be known beside the table."""
    plan = done.plan
    for one, other in plan.equal:
        yield f"{one} and {other} have the same rules (hash {plan.regimes[plan.names.index(one)].hash8})."
    count = {word: sum(one.verdict == word for one in found) for word in ("apart", "unclear", "same")}
    if len(plan.seeds) == 1:
        yield "One seed gives no interval, and no order: take more with --seeds."
    else:
        seen = count["apart"] + count["unclear"]
        yield (
            f"{count['apart']} of {len(found)} indicators can be told apart at {len(plan.seeds)} seeds, "
            f"{count['unclear']} cannot, {count['same']} are the same in every seed"
            + (f"; by chance alone about {seen * (1 - CONFIDENCE):.0f} would be." if seen else ".")
        )
        yield from _pairing(done)
    if len(plan.seeds) > 1 and len(plan.regimes) == 2:
        yield "± is half the paired interval; errors is the difference in its own standard errors."
    rows = len(telling(found))
    if rows > _ROWS:
        yield f"The table shows {_ROWS} of {rows}; all are in {DIFFERENCES}, by group as well."


def _pairing(done: Comparison) -> Iterator[str]:
    """Yield what the same people under every regime were worth."""
    one = done.paired(done.pairs[0])
    saved = sorted(float(x) for x, same in zip(one.saved[EVERYBODY], one.same[EVERYBODY], strict=True)
                   if not math.isnan(x) and not same)  # fmt: skip
    if not saved:
        return
    apart = one.apart[EVERYBODY]
    unpaired = (one.unpaired_low[EVERYBODY] > 0) | (one.unpaired_high[EVERYBODY] < 0)
    lost = int((apart & ~unpaired).sum())
    yield (
        f"Pairing saved {saved[len(saved) // 2]:.0%} of the variance in the middle indicator; with seeds "
        f"drawn separately for each regime {lost} fewer could be told apart."
    )


def warning(done: Comparison, found: Sequence[Finding]) -> str:
    """Return which indicators allow no order of the regimes; empty if all do."""
    unclear = [one for one in found if one.warning is not None]
    if not unclear:
        return ""
    names = ", ".join(one.indicator.name for one in unclear[:_NAMES])
    more = f" and {len(unclear) - _NAMES} more" if len(unclear) > _NAMES else ""
    if len(done.plan.regimes) == 2:
        return f"warning: {unclear[0].warning} in {names}{more}. No order is given."
    return f"warning: some regimes cannot be told apart in {names}{more}."


def comparison_files(done: Comparison) -> RenderableType:
    """Say where the files are."""
    lines = columns(
        [
            (DIFFERENCES, "every difference with its intervals, by indicator and group"),
            (f"{PICTURE}.png", f"the picture of the differences ({PICTURE}.svg the same for print)"),
            (f"{WORLDS}/<regime>/", "every indicator by month and group, a file a seed"),
            ("manifest.json", "what was compared: rules, society, seeds, versions, digests"),
        ]
    )
    text = Text.assemble((shown(done.folder), "bold"), "\n", "\n".join(lines))
    return Panel(text, title="Where the files are", title_align="left")
