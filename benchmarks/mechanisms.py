"""Measure what each mechanism costs: one world with everything on, and the same world without one of them.

Run it with ``make bench``; ``--write`` puts the table into docs/speed.md. The mechanisms and their switches
are those of docs/mechanisms.md. Processor time of one thread, ledger off. Worlds are lived in turn, each
several times, and the smallest time of each counts, because other work on the machine can only add. What a
mechanism costs includes what people do because of it, so a mechanism that keeps people from acting can cost
less than nothing.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import Figure, keep
from rich.console import Console
from rich.progress import track
from verification.mechanisms_table import mechanisms, switched, without

from demerit.errors import UsageError
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

PAGE = Path(__file__).resolve().parents[1] / "docs" / "speed.md"
BEGIN, END = "<!-- cost of mechanisms: begin -->\n", "<!-- cost of mechanisms: end -->\n"
SHOWN = 10
"""Dearest mechanisms shown beside the other benchmarks; the raw file has all."""
EVERYTHING, NO_RULES = "everything", "all rules of the essay"


@dataclass(frozen=True)
class Variant:
    """A world that lacks something.

    Attributes:
        lacks: what; the titles of mechanisms that one switch turns off together.
        rules: its regime.
        people: what is changed in the society.
    """

    lacks: str
    rules: Regime
    people: dict[str, Any]


def variants(essay: Regime, city: Society) -> list[Variant]:
    """Return the world with everything, those that lack a mechanism, and the one that lacks all rules."""
    rules, people = essay.canonical(), city.canonical()
    found: dict[str, Variant] = {}
    for row in mechanisms():
        if not (row.sets or row.gone):
            continue
        off, values, gone = switched(row, rules, people)
        held = tuple(section for section in gone if section.split(".")[0] in rules)
        lessened = without(essay.patched(values).canonical(), held)
        key = f"{lessened.hash}{sorted(off.items())}"
        if lessened.hash == essay.hash and not off:
            continue
        before = found.get(key)
        title = row.title if before is None else f"{before.lacks}; {row.title}"
        found[key] = Variant(title, lessened, off)
    return [
        Variant(EVERYTHING, essay, {}),
        *found.values(),
        Variant(NO_RULES, Regime.load("ordinary-law"), {}),
    ]


def live(setting: Setting, regime: Regime, days: int) -> tuple[float, int]:
    """Live some days; return seconds of processor time and the situations met."""
    world = setting.world(regime, keep=0, shards=1)
    began = time.process_time()
    world.run(days, threads=1)
    return time.process_time() - began, int(world.events)


def settled(city: Society, people: int, worlds: list[Variant]) -> dict[str, Setting]:
    """Return the people of the variants that can be lived; those whose society is the same are the same.

    Where ordinary law cannot be calm without a mechanism, there is no world to compare with.
    """
    known: dict[str, Setting | None] = {}
    for one in track(worlds, description="settling"):
        key = repr(sorted(one.people.items()))
        if key not in known:
            try:
                known[key] = settle(city.patched(one.people), people, 1)
            except UsageError:
                known[key] = None
    found = {one.lacks: known[repr(sorted(one.people.items()))] for one in worlds}
    return {lacks: setting for lacks, setting in found.items() if setting is not None}


def costs(lived: dict[str, list[tuple[float, int]]], person_days: int) -> list[dict[str, Any]]:
    """Return what each mechanism takes of the time, the dearest first: share, ns a person-day, situations."""
    whole, events = min(lived[EVERYTHING])
    rows = []
    for name, runs in lived.items():
        if name == EVERYTHING:
            continue
        seconds, met = min(runs)
        rows.append(
            {
                "mechanism": name,
                "share": (whole - seconds) / whole,
                "ns a person-day": (whole - seconds) / person_days * 1e9,
                "situations a person-year": (events - met) / person_days * 365,
            }
        )
    return sorted(rows, key=lambda row: -row["share"])


def page(
    rows: list[dict[str, Any]], without_calm: list[str], noise: float, chosen: argparse.Namespace
) -> str:
    """Return the table of the documentation."""
    size = f"{chosen.people:,} people, {chosen.days} days, the least of {chosen.times} times"
    lines = [
        f"{size}; the world with everything differs by {noise:.1%} between its times.",
        "",
        "| without | share of the time | ns a person-day | situations a person-year |",
        "|---|---:|---:|---:|",
    ]
    for row in rows:
        share, cost, met = (row[key] for key in ("share", "ns a person-day", "situations a person-year"))
        figures = f"{100 * share:.1f} % | {cost:.2f} | {met:.2f}".replace("-", "−")
        lines.append(f"| {row['mechanism']} | {figures} |")
    if without_calm:
        lines += [
            "",
            f"Not measured, because ordinary law is not calm without them: {'; '.join(without_calm)}.",
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print what each mechanism costs, keep the figures, and write the table if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    essay, city = Regime.load("essay"), Society.load("city")
    known = variants(essay, city)
    people = settled(city, chosen.people, known)
    worlds = [one for one in known if one.lacks in people]
    without_calm = [one.lacks for one in known if one.lacks not in people]
    live(people[EVERYTHING], essay, 14)
    lived: dict[str, list[tuple[float, int]]] = {one.lacks: [] for one in worlds}
    for _ in track(range(chosen.times), description="living"):
        for one in worlds:
            lived[one.lacks].append(live(people[one.lacks], one.rules, chosen.days))
    least, most = min(lived[EVERYTHING])[0], max(lived[EVERYTHING])[0]
    rows = costs(lived, chosen.people * chosen.days)
    text = page(rows, without_calm, most / least - 1, chosen)
    Console(width=140).print(text)
    figures = [
        Figure(f"share of the time: {row['mechanism']}", 100 * row["share"], "%") for row in rows[:SHOWN]
    ]
    noise = Figure("noise of one world", 100 * (most / least - 1), "%")
    keep("mechanisms", [*figures, noise], rows=rows, people=chosen.people)
    if chosen.write:
        before, _, rest = PAGE.read_text().partition(BEGIN)
        PAGE.write_text(before + BEGIN + text + END + rest.partition(END)[2])


if __name__ == "__main__":
    main()
