"""Measure memory: the bytes a person of every table that a world keeps, read off real worlds.

Run it with ``make bench``; ``--people`` and ``--days`` change what is measured. ``--write`` puts the table
into docs/speed.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from figures import Figure, keep

from demerit.regime import Regime
from demerit.simulation.footprint import RECORDS, ROOM, STATE, TIES, bytes_a_person, footprint
from demerit.simulation.setting import settle
from demerit.simulation.world import World
from demerit.society import Society

PAGE = Path(__file__).resolve().parents[1] / "docs" / "speed.md"
BEGIN, END = "<!-- bytes a person: begin -->\n", "<!-- bytes a person: end -->\n"
SOCIETIES = ("city", "country")


def world_of(society: str, people: int, days: int) -> World:
    """Return a world under the essay's regime after some days."""
    world = settle(Society.load(society), people, 1, 2).world(Regime.load("essay"), keep=0, shards=2)
    world.run(days, threads=2)
    return world


def table(worlds: dict[str, World]) -> str:
    """Return the bytes a person of every table of some worlds, as Markdown."""
    held = {
        name: {(one.group, one.name): one.bytes / world.population.count for one in footprint(world)}
        for name, world in worlds.items()
    }
    lines = ["| | table | " + " | ".join(worlds) + " |", "|---|---|" + "---:|" * len(worlds)]
    for group in (STATE, TIES, RECORDS, ROOM):
        keys = [key for key in held[next(iter(held))] if key[0] == group]
        for key in keys:
            values = [held[name].get(key, 0.0) for name in worlds]
            if max(values) >= 0.05:
                lines.append(f"| {group} | {key[1]} | " + " | ".join(f"{x:.1f}" for x in values) + " |")
    for groups in ((STATE, TIES), (STATE, TIES, RECORDS)):
        sums = " | ".join(f"**{bytes_a_person(world, *groups):.1f}**" for world in worlds.values())
        lines.append(f"| | **{' + '.join(groups)}** | {sums} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, keep the figures, and write the table into the documentation if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    worlds = {name: world_of(name, chosen.people, chosen.days) for name in SOCIETIES}
    text = table(worlds)
    print(text)
    found = []
    for name, world in worlds.items():
        kept, records = bytes_a_person(world, STATE, TIES), bytes_a_person(world, RECORDS)
        found.append(Figure(f"{name}: state and ties", kept, "bytes a person", 160))
        found.append(Figure(f"{name}: records on top", records, "bytes a person"))
    raw = {name: [one._asdict() for one in footprint(world)] for name, world in worlds.items()}
    keep("memory", found, people=chosen.people, days=chosen.days, tables=raw)
    if chosen.write:
        before, _, rest = PAGE.read_text().partition(BEGIN)
        PAGE.write_text(before + BEGIN + text + END + rest.partition(END)[2])


if __name__ == "__main__":
    main()
