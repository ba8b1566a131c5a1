"""Measure what each mechanism costs: one world with everything on, and the same world without one of them.

Processor time of one thread, ledger off. Worlds are lived in turn, each several times, and the smallest time
of each counts, because other work on the machine can only add. What a mechanism costs includes what people do
because of it, so a mechanism that keeps people from acting can cost less than nothing.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

from figures import Figure, keep
from rich.console import Console
from rich.progress import track
from rich.table import Table

from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

WITHOUT_RULES = {
    "appeals": ("appeals",),
    "chains": ("chain",),
    "complaints": ("complaints",),
    "injured strangers: blame and rewards": ("rescue",),
    "liability for collisions": ("liability",),
    "sanctions and rewards": ("sanction", "reward"),
    "repair": ("repair",),
    "screens": ("screens",),
    "staged accidents: complaints": ("staging",),
}
"""Sections of the regime that make a mechanism."""
WITHOUT_HABITS: dict[str, dict[str, Any]] = {
    "approval": {"approval.enabled": False},
    "collisions": {"collisions.enabled": False},
    "injured strangers": {"rescue.enabled": False},
    "birthdays and roles": {"life_course.enabled": False},
}
"""Changes of the society that leave a mechanism out."""


def without(regime: Regime, sections: tuple[str, ...]) -> Regime:
    """Return a regime that lacks some of its sections."""
    content = regime.canonical()
    return Regime.from_canonical({name: held for name, held in content.items() if name not in sections})


def live(setting: Setting, regime: Regime, days: int) -> tuple[float, int]:
    """Live some days; return seconds of processor time and the situations met."""
    world = setting.world(regime, keep=0, shards=1)
    began = time.process_time()
    world.run(days, threads=1)
    return time.process_time() - began, int(world.events)


def variants(people: int) -> dict[str, tuple[Setting, Regime]]:
    """Return the world with everything, first, and each world that lacks one mechanism."""
    city, essay = Society.load("city"), Regime.load("essay")
    everything = settle(city, people, 1)
    worlds = {"everything": (everything, essay)}
    worlds |= {name: (everything, without(essay, gone)) for name, gone in WITHOUT_RULES.items()}
    worlds |= {name: (settle(city.patched(off), people, 1), essay) for name, off in WITHOUT_HABITS.items()}
    return worlds | {"all rules of the essay": (everything, Regime.load("ordinary-law"))}


def main() -> None:
    """Print what each mechanism costs, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--times", type=int, default=3)
    chosen = parser.parse_args()
    worlds = variants(chosen.people)
    live(*worlds["everything"], 14)
    lived: dict[str, list[tuple[float, int]]] = {name: [] for name in worlds}
    for _ in track(range(chosen.times), description="living"):
        for name, (setting, regime) in worlds.items():
            lived[name].append(live(setting, regime, chosen.days))
    whole, events = min(lived["everything"])
    noise = (max(lived["everything"])[0] - whole) / whole
    person_days = chosen.people * chosen.days
    table = Table(title="what a mechanism costs; synthetic society")
    for heading in ("without", "share of the time", "ns a person-day", "situations a person-year"):
        table.add_column(heading, justify="left" if heading == "without" else "right")
    rows = []
    for name, runs in lived.items():
        seconds, met = min(runs)
        saved = whole - seconds if name != "everything" else whole
        rows.append({"without": name, "share": saved / whole, "ns a person-day": saved / person_days * 1e9})
        gone = (events - met if name != "everything" else met) / person_days * 365
        table.add_row(name, f"{saved / whole:.1%}", f"{saved / person_days * 1e9:.2f}", f"{gone:.2f}")
    Console(width=110).print(table)
    figures = [Figure(f"share of the time: {row['without']}", 100 * row["share"], "%") for row in rows[1:]]
    keep(
        "mechanisms",
        [*figures, Figure("noise of one world", 100 * noise, "%")],
        rows=rows,
        people=chosen.people,
    )


if __name__ == "__main__":
    main()
