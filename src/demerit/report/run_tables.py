"""Run folders in tables and words: a shelf of them, one of them, and what verifying one has shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from demerit.engine.disk import shown
from demerit.report.headlines import HEADLINES
from demerit.report.words import counted, number, signed
from demerit.simulation.manifest import Manifest, read_manifest
from demerit.study.card import card_of_manifest
from demerit.study.check import Files
from demerit.study.shelf import Shelved

if TYPE_CHECKING:
    from demerit.study.comparison_again import ComparisonRepetition
    from demerit.study.verify import Repetition

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def size_text(size: int) -> str:
    """Return bytes as people read them.

    >>> size_text(812), size_text(34_100_000)
    ('812 bytes', '34.1 MB')
    """
    value, unit = float(size), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f} {_UNITS[unit]}" if unit else f"{size} bytes"


def shelf_table(runs: list[Shelved]) -> Table:
    """Return run folders in a table, one a row."""
    table = Table(box=None, pad_edge=False)
    for name in ("folder", "state", "regimes", "society"):
        table.add_column(name, overflow="fold")
    for name in ("people", "years", "seed", "finished", "size"):
        table.add_column(name, justify="right", no_wrap=True)
    for run in runs:
        known = run.population > 0
        table.add_row(
            Text(run.folder.name),
            run.state,
            ", ".join(run.regimes) or "?",
            run.society or "?",
            *((f"{run.population:,}", str(run.years), str(run.seed)) if known else ("?", "?", "?")),
            run.finished.isoformat() if run.finished else "–",
            size_text(run.size),
        )
    return table


def shelf_notes(runs: list[Shelved]) -> Iterator[Text]:
    """Yield a sentence on every run that is not complete."""
    for run in runs:
        if run.note:
            yield Text(f"{run.folder.name}: {run.state}: {run.note}")


def as_plain(run: Shelved) -> dict[str, Any]:
    """Return a run folder's description as plain data."""
    return {
        "folder": shown(run.folder),
        "state": run.state,
        "regimes": list(run.regimes),
        "society": run.society,
        "population": run.population,
        "years": run.years,
        "seed": run.seed,
        "finished": run.finished.isoformat() if run.finished else None,
        "version": run.version,
        "bytes": run.size,
        "note": run.note,
    }


def run_page(folder: Path) -> Iterator[RenderableType]:
    """Yield what a finished run folder says of itself: what was run, its worlds, its indicators."""
    told = read_manifest(folder)
    yield in_words(told)
    yield worlds_table(told)
    yield indicator_table(folder)
    yield Text(card_of_manifest(told).short(), style="dim")


def in_words(told: Manifest) -> Text:
    """Say what was run, by which version and on what."""
    libraries = ", ".join(f"{name} {version}" for name, version in told.versions.items())
    lines = [
        f"{counted(told.population, 'person', 'people')} of the synthetic society “{told.society.id}”, "
        f"{counted(round(told.years), 'year', 'years')} from {told.start.isoformat()}, seed {told.seed}, "
        f"ledger {told.ledger}.",
        *(
            f"All worlds have lived under {era.regime} ({era.regime_hash[:8]}) until "
            f"{told.start + timedelta(days=era.until)}."
            for era in told.past
        ),
        f"Written by demerit {told.demerit} on {told.created.isoformat()} with {libraries}.",
        f"{told.processor}, {counted(told.cores, 'core', 'cores')}; "
        f"{counted(told.threads, 'thread', 'threads')}, {counted(told.shards, 'shard', 'shards')}, "
        f"{size_text(told.peak_rss_bytes)} of memory.",
    ]
    return Text("\n".join(lines))


def worlds_table(told: Manifest) -> RenderableType:
    """Return the worlds of a run with the work done in each, and what patching said."""
    table = Table(box=None, pad_edge=False)
    for name in ("world", "rules", "digest"):
        table.add_column(name, no_wrap=True)
    for name in ("situations", "ledger entries", "seconds"):
        table.add_column(name, justify="right")
    for world in told.worlds:
        table.add_row(
            world.regime,
            world.regime_hash[:8],
            world.digest,
            f"{world.events:,}",
            f"{world.rows:,}",
            f"{world.seconds:.1f}",
        )
    notes = [Text(f"  {note}") for world in told.worlds for note in world.notes]
    return Group(table, *notes)


def indicator_table(folder: Path) -> Table:
    """Return the headline indicators of every world, and the first less the second."""
    from demerit.study.indicator_totals import indicator_totals

    totals = indicator_totals(folder)
    worlds = list(totals)
    table = Table(box=None, pad_edge=False)
    table.add_column("indicator")
    for name in worlds:
        table.add_column(name, justify="right")
    if len(worlds) == 2:
        table.add_column("difference", justify="right")
    table.add_column("unit")
    for name, label, unit in HEADLINES:
        values = [totals[world].get(name) for world in worlds]
        cells = [number(value) for value in values]
        if len(worlds) == 2:
            one, other = values
            cells.append(signed(one - other if one is not None and other is not None else None))
        table.add_row(label, *cells, unit)
    return table


def files_page(files: Files, version: str) -> Iterator[str]:
    """Yield in sentences what comparing a folder with its list of hashes has shown.

    Args:
        files: what was found.
        version: version of this program.
    """
    yield f"{shown(files.folder)}: {counted(files.count, 'file', 'files')}, {size_text(files.size)}"
    if not files.version:
        yield "  written by a version of demerit that cannot be told"
    elif files.version != version:
        yield (
            f"  written by demerit {files.version}; this is demerit {version}: results may differ on purpose "
            "between versions, see the changelog"
        )
    else:
        yield f"  written by demerit {version}, as this program is"
    if files.problems:
        yield f"  {counted(len(files.problems), 'file differs', 'files differ')} from MANIFEST.sha256:"
        yield from (f"    {problem}" for problem in files.problems)
    else:
        yield "  every byte is as listed in MANIFEST.sha256"


def repetition_page(done: Repetition) -> Iterator[str]:
    """Yield in sentences what running a folder again has shown."""
    rows = {world.regime: world.rows for world in done.manifest.worlds}
    yield "  run again from its manifest:"
    for name, difference in done.worlds.items():
        if difference is None:
            entries = rows.get(name)
            ledger = "ledger" if entries is None else counted(entries, "ledger entry", "ledger entries")
            yield f"    {name}: indicators, {ledger} and state at the end are identical"
    if done.difference is not None:
        yield f"first difference: {done.difference.sentence()}"
    else:
        yield "identical"


def comparison_repetition_page(done: ComparisonRepetition) -> Iterator[str]:
    """Yield in sentences what living a comparison again has shown."""
    yield "  lived again from its manifest:"
    identical = counted(done.identical, "world is", "worlds are")
    yield f"    {identical} identical: every indicator by month and group, and the state at the end"
    yield "identical" if done.difference is None else f"first difference: {done.difference}"
