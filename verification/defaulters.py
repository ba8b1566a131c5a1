"""The list of judgment defaulters in its steady state (X2): entries, stays, and the share that is listed.

Run it with ``python -m verification.defaulters``; it takes some four minutes on two cores. The share listed
is typed in nowhere: judgments are met, performed or not, found out, listed after days of grace, and paid
after a while; the list ends three working days later. Everything concerns a synthetic society.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import stats
from verification.official import HERE

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.entries import LIST_ENTRY, LIST_EXIT
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.simulation.world import World
from demerit.society import Society

YEAR = 365
BANDS = {
    "entries per adult and year": (0.0021, 0.0028),
    "years on the list": (2.6, 3.5),
    "listed share of adults": (0.0064, 0.0083),
}
"""What is published (S29, S30) and what follows from it (M60); observed was a share of .0074."""
PERSONS = 0.83
"""Share of listings on natural persons (S11): the regime lists citizens alone, the bands count firms too."""
LITTLE = 0.02
"""Share listed and entries times stay are to agree within this (V03)."""
COUNT_FIRMS = ("entries per adult and year", "listed share of adults")
KIND = "law.judgment"
FORMER_COVERAGE = 0.35
"""What the preset assumed before it was inferred from listings over cases."""
FIELDS = ("regime", "seed", "figure", "value", "verdict", "persons alone")
NAMES = [flow[0] for flow in FLOWS]


@dataclass(frozen=True)
class Stays:
    """Stays on the list, one each: subject, first day, last day (or the end of the run), whether it ended."""

    subject: np.ndarray[Any, Any]
    first: np.ndarray[Any, Any]
    last: np.ndarray[Any, Any]
    ended: np.ndarray[Any, Any]


def stays_of(rows: np.ndarray[Any, Any], until: int) -> Stays:
    """Pair entries with exits; whoever enters again while listed stays on."""
    rows = rows[np.lexsort((rows["id"], rows["day"], rows["subject"]))]
    found: list[tuple[int, int, int, bool]] = []
    began: dict[int, int] = {}
    for what, subject, day in zip(
        rows["what"].tolist(), rows["subject"].tolist(), rows["day"].tolist(), strict=True
    ):
        if what == LIST_ENTRY:
            began.setdefault(subject, day)
        elif subject in began:
            found.append((subject, began.pop(subject), day, True))
    found += [(subject, day, until, False) for subject, day in began.items()]
    table = np.array(found, np.int64).reshape(-1, 4)
    return Stays(table[:, 0], table[:, 1], table[:, 2], table[:, 3] == 1)


def mean_stay(stays: Stays) -> float:
    """Return the mean stay, days, by Kaplan and Meier: the end of the run cuts long stays off."""
    days = stays.last - stays.first
    curve = stats.ecdf(stats.CensoredData.right_censored(days, ~stays.ended)).sf
    return float(np.diff([0, *curve.quantiles]) @ [1.0, *curve.probabilities[:-1]])


def counted(world: World, name: str) -> int:
    """Return a counter of the kind up to now."""
    return int(world.counters()[:, NAMES.index(f"{KIND}.{name}")].sum())


def steady(regime: Regime, society: str, people: int, years: int, window: int, seed: int) -> dict[str, float]:
    """Live a world and return the figures of its last years.

    Args:
        regime: rules with a list called `defaulters`.
        society: preset.
        people: inhabitants, children included.
        years: length of the run.
        window: years at the end that are measured.
        seed: of the run.
    """
    setting = settle(Society.load(society), people, seed, 2)
    world = setting.world(regime, shards=2, days=years * YEAR)
    number = [one.id for one in regime.data.lists].index("defaulters")
    kept: list[np.ndarray[Any, Any]] = []

    def note(lived: World) -> None:
        rows = lived.take_rows()
        kept.append(rows[np.isin(rows["what"], (LIST_ENTRY, LIST_EXIT)) & (rows["rule"] == number)])

    begin, end = (years - window) * YEAR, years * YEAR
    world.run(begin, threads=2, each_day=note)
    before = {name: counted(world, name) for name in ("met", "acted", "recorded")}
    world.run(end, threads=2, each_day=note)
    flows = {name: counted(world, name) - before[name] for name in before}
    stays = stays_of(np.concatenate(kept), end)
    adults = int((setting.population.traits["flags"] & 1).sum())
    years_lived = adults * window
    area = np.clip(stays.last, begin, end) - np.clip(stays.first, begin, end)
    stay = mean_stay(stays) / YEAR
    entries = int((stays.first >= begin).sum())
    share = float(area.sum()) / YEAR / years_lived
    return {
        "adults": adults,
        "judgments per adult and year": flows["met"] / years_lived,
        "not performed, of those": flows["acted"] / flows["met"],
        "recorded, of those": flows["recorded"] / flows["acted"],
        "recorded per adult and year": flows["recorded"] / years_lived,
        "entries per adult and year": entries / years_lived,
        "years on the list": stay,
        "listed share of adults": share,
        "share over entries times stay": share / (entries / years_lived * stay),
        "entries": entries,
    }


def cases() -> dict[str, Regime]:
    """Return the regimes to live under, by the name they have in the table."""
    listed = Regime.load("defaulter-list")
    as_before = listed.patched({f"conduct.{KIND}.coverage": FORMER_COVERAGE})
    return {"defaulter-list": listed, f"coverage {FORMER_COVERAGE}": as_before, "essay": Regime.load("essay")}


def judged(figure: str, value: float) -> tuple[str, str, str]:
    """Return the band of a figure, whether it is met, and whether that of persons alone is."""
    low, high = BANDS.get(figure, (0.0, 0.0))
    if figure == "share over entries times stay":
        low, high = 1 - LITTLE, 1 + LITTLE
    if high == 0:
        return "", "", ""
    part = PERSONS if figure in COUNT_FIRMS else 1.0
    verdicts = [low * by <= value <= high * by for by in (1.0, part)]
    first, second = ("pass" if met else "FAIL" for met in verdicts)
    return f"{low:.4g} to {high:.4g}", first, second


def main() -> int:
    """Print the table, write the raw figures, and return 1 if a figure lies outside its band."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=400_000)
    parser.add_argument("--years", type=int, default=22)
    parser.add_argument("--window", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    table = Table(title=f"{datetime.now(UTC).date()}; {chosen}; synthetic society")
    for name in (*FIELDS[:4], "band", "verdict", "persons alone"):
        table.add_column(name)
    rows, failed = [], False
    for name, regime in cases().items():
        found = steady(regime, "city", chosen.people, chosen.years, chosen.window, chosen.seed)
        for figure, value in found.items():
            band, verdict, alone = judged(figure, value)
            table.add_row(name, str(chosen.seed), figure, f"{value:.5g}", band, verdict, alone)
            line = (name, chosen.seed, figure, f"{value:.6g}", verdict, alone)
            rows.append(dict(zip(FIELDS, line, strict=True)))
            failed |= verdict == "FAIL" and name == "defaulter-list"
    Console(width=140).print(table)
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    with (results / "defaulters.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
