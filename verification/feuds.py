"""Reports that answer reports: how many grudges one grudge brings about, and whether feuds spread.

Run it with ``python -m verification.feuds``; it takes some five minutes on a core. The essay's society is
lived with single numbers at the ends of their ranges, and in 64 draws of all numbers at once, as the claims
draw them. What is counted is a synthetic society's; nobody real has reported anybody.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from verification.official import HERE

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.words import CHILD
from demerit.claims.draws import TRIES, drawn_regime, drawn_society
from demerit.claims.variations import ranged
from demerit.errors import UsageError
from demerit.regime import Regime
from demerit.simulation.setting import Tuned, tune
from demerit.society import Society
from demerit.study.request import laws_of

YEAR, LATE = 365, 3
"""Days of a year; years at the end over which a reproduction number is measured."""
NAMES = [flow[0] for flow in FLOWS]
NUMBERS = (
    "reporting.guesses",
    "reporting.feud_rate",
    "reporting.feud_years",
    "complaints.reward",
    "complaints.check",
    "situation.nb.grudge.null_probability",
)
FIELDS = ("case", "reproduction", "given in to", "first year", "last year", "growth", "most in a year")


def figures(case: str, tuned: Tuned, regime: Regime, people: int, years: int) -> dict[str, Any]:
    """Live a world and return the reproduction number of its late grudges, and reports an adult and year.

    Args:
        case: what is told of it.
        tuned: the people's choices; ``regime`` the rules.
        people: inhabitants.
        years: length of the run.
    """
    setting = tuned.settle(people, 1, 1)
    adults = int((setting.population.person["stratum"] != CHILD).sum())
    world = setting.world(regime, days=years * YEAR, keep=0)
    before, flows = np.zeros(len(NAMES), np.int64), []
    for year in range(years):
        world.run((year + 1) * YEAR)
        now = world.counters().sum(axis=0)[: len(NAMES)]
        flows.append(now - before)
        before = now
    late = np.sum(flows[-LATE:], axis=0)

    def total(*names: str) -> int:
        return int(sum(late[NAMES.index(name)] for name in names))

    reporting = setting.society.data.reporting
    occasions = float(reporting.feud_rate) * float(reporting.feud_years)
    given_in = total("reprisals") / max(total("feud_occasions"), 1)
    opened = total("feuds") / max(total("reports_true", "reports_false"), 1)
    reports = [sum(int(one[NAMES.index(f"reports_{label}")]) for label in ("true", "false")) for one in flows]
    return {
        "case": case,
        "reproduction": opened * occasions * given_in,
        "given in to": given_in,
        "first year": reports[0] / adults,
        "last year": reports[-1] / adults,
        "growth": reports[-1] / max(reports[-2], 1),
        "most in a year": max(reports) / adults,
    }


def alone(regime: Regime, society: Society, laws: dict[str, Regime], size: tuple[int, int]) -> Iterator[Any]:
    """Yield the figures of the files as they are, and with single numbers at both ends of their ranges."""
    known = ranged(regime, society)
    yield figures("as the files have it", tune(society, laws), regime, *size)
    for at in NUMBERS:
        one = known[at]
        for value in (one.low, one.high):
            rules = regime.patched({at: value} if one.of_regime else {})
            people = society.patched({} if one.of_regime else {at: value})
            try:
                yield figures(f"{at} = {value:g}", tune(people, laws), rules, *size)
            except UsageError as error:
                print(f"{at} = {value:g}: {error}", file=sys.stderr)


def together(
    regime: Regime, society: Society, laws: dict[str, Regime], size: tuple[int, int], draws: int
) -> Iterator[Any]:
    """Yield the figures of draws of all numbers, each the first attempt that ordinary law is calm in."""
    for draw in range(1, draws + 1):
        for attempt in range(TRIES):
            which = regime, society, draw, draws, attempt
            try:
                tuned = tune(drawn_society(*which), laws)
            except UsageError:
                continue
            rules = drawn_regime(*which)
            yield figures(f"draw {draw}", tuned, rules, *size)
            break


def main() -> None:
    """Print the table, and write it beside this file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--draws", type=int, default=64)
    asked = parser.parse_args()
    regime, society = Regime.load("essay"), Society.load("city")
    laws = {law.id: law for law in laws_of(society, (regime,))}
    size = (asked.people, asked.years)
    console, found = Console(width=130), []
    today = datetime.now(UTC).date().isoformat()
    console.print(f"{today}; {asked.people:,} people, {asked.years} years, seed 1; synthetic society")
    table = Table(*FIELDS)
    for one in (*alone(regime, society, laws, size), *together(regime, society, laws, size, asked.draws)):
        found.append(one)
        table.add_row(one["case"], *(f"{one[name]:.3g}" for name in FIELDS[1:]))
    console.print(table)
    drawn_ones = [one for one in found if one["case"].startswith("draw")]
    spreading = [one for one in drawn_ones if one["reproduction"] > 1]
    console.print(f"{len(spreading)} of {len(drawn_ones)} draws above one")
    path = HERE / "results" / "feuds.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            {key: f"{value:.4g}" if isinstance(value, float) else value for key, value in one.items()}
            for one in found
        )


if __name__ == "__main__":
    main()
