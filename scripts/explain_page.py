"""Write docs/explain.md: five questions about a person, a company, a vehicle and an office of one run.

    python scripts/explain_page.py

lives 4,000 people for five years under the essay's regime, picks the four by what has happened to them, and
answers from the ledger of that run, as `demerit explain` does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demerit.explain.lives import Life
from demerit.explain.source import Told, in_silence, open_world
from demerit.explain.why import WhyNot, why_not
from demerit.report.lives import Shown, ToldLife, told_life
from demerit.study.request import RunRequest
from demerit.study.run import run

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explain.md"
RUN = "essay-explained"
PEOPLE, YEARS, SEED = 4_000, 5, 1
MOST_LINES = 26
HEAD = """# Explain a life

*A synthetic society: no real person is described. Whoever stands on this page is a number in a run.*

Five questions can be asked about any subject of a run: **what happened, why, why not, what if not, and how
to get out**. This page answers them for a person, a company, a vehicle and an office of one run, made by

    demerit run essay --society city --population {people} --years {years} --seed {seed} --out runs/{run}

and was written by `python scripts/explain_page.py`, which picks the four by what has happened to them. The
commands are told under [Run folders](runs.md#explain-a-life); [which changed rules did
it](compare.md#which-changed-rules-did-it) asks the same of two regimes.

How to read the answers: an entry names its cause, and causes form a tree that ends in what somebody met
that day. *Truth* is what the simulator knows and no authority does. A score is a waterfall: the clean
record, what is left of each entry after fading, what the floor or ceiling cuts, what showing whole points
rounds; it adds up to the thousandth to the score in the engine's state. *Why not* and *how to get out* hold
if nothing new is added; the day on which time alone ends a sanction is tested against runs that go on.
*What if not* is the same world lived again without a rule, and not a guess. Citizens whom a change does not
reach have the same ledger in both worlds. What no entry says, the ledger does not know: what people
believed, and what nobody has noticed.
"""


@dataclass(frozen=True)
class Asked:
    """One of the four: what it is, its life, the sanction and the rule that are asked about."""

    title: str
    life: ToldLife
    sanction: str
    rule: str
    record: int


def block(shown: Shown, most: int = MOST_LINES, skip: int = 1) -> list[str]:
    """Return an answer as an indented block, without its heading and cut to what can be read."""
    lines = [line for line in str(shown).splitlines()[skip:] if line.strip()]
    cut = [*lines[:most], f"… and {len(lines) - most} more lines"] if len(lines) > most else lines
    return ["", *(f"    {line}" for line in cut), ""]


def picked(told: Told, kind: str, wanted: Callable[[dict[str, Any]], bool]) -> list[str]:
    """Return the subjects of a kind with the most entries of some sort, the most first."""
    counts: dict[int, int] = {}
    for row in rows_of(told, kind):
        if wanted(row):
            counts[row["subject"]] = counts.get(row["subject"], 0) + 1
    return [f"{kind}:{subject}" for subject in sorted(counts, key=lambda one: (-counts[one], one))]


def rows_of(told: Told, kind: str) -> list[dict[str, Any]]:
    """Return all entries about a kind of subject."""
    frame = told.ledger.collect()
    listed: list[dict[str, Any]] = frame.filter(frame["kind"] == kind).sort("id").to_dicts()
    return listed


def telling(life: Life) -> int:
    """Return the record that has led to most."""
    return max(life.records, key=lambda entry: len(life.tree(entry["id"])))["id"]


def sanction_of(life: Life, fallback: str) -> str:
    """Return a sanction of the subject that is in force at the end and reads a score, or another."""
    for one in life.told.rules.sanctions:
        if one.of == life.name.partition(":")[0] and one.below is not None:
            why: WhyNot = why_not(life, one.id, in_silence)
            if why.since is not None:
                return one.id
    return fallback


def _entered(row: dict[str, Any]) -> bool:
    return row["what"] in ("derived", "record")


def _sanctioned(row: dict[str, Any]) -> bool:
    return row["what"] == "sanction_start"


def four(folder: Path) -> list[Asked]:
    """Pick the four, each with what is asked."""
    told = open_world(folder)
    asked = (
        ("A person", "citizen", _sanctioned, "band-b", ""),
        ("A company", "company", _entered, "company-b", "chain:vehicle-to-company"),
        ("A vehicle", "vehicle", _entered, "permit-revoked", "chain:driver-to-vehicle"),
        ("An office", "agency", _entered, "office-cut", "conduct:ag.bill"),
    )
    found = []
    for title, kind, wanted, fallback, rule in asked:
        names = picked(told, kind, wanted)[:40]
        lives = [told_life(folder, name, None) for name in names[:12]]
        life = next((one for one in lives if sanction_of(one.life, "")), lives[0])
        record = telling(life.life)
        root = life.life.way_up(life.life.known[record])
        conduct = (root or [life.life.known[record]])[-1]["rule"]
        found.append(Asked(title, life, sanction_of(life.life, fallback), rule or conduct, record))
    return found


def section(one: Asked) -> list[str]:
    """Return the five answers for one subject."""
    name = one.life.name
    command = f"demerit explain runs/{RUN} {name}"
    why = one.life.why_not(one.sanction)
    roads = why.data["roads"]
    best = next((road for road in roads if road["what"] == why.data["cheapest"] and road["certain"]), None)
    if best is not None:
        price = "" if not best["cost"] else f", which costs {best['cost']:.1f} days of own income"
        out = f"The cheapest sure road: {best['how']}{price}."
    elif why.data["in_force"]:
        out = "No road out is sure."
    else:
        state = why.data["state"].capitalize()
        out = f"There is nothing to get out of: `{one.sanction}` is not in force. {state}."
    unsure = [road["how"] for road in roads if not road["certain"]]
    return [
        f"## {one.title}: {name}",
        "",
        f"**What happened?** `{command}`",
        *block(one.life),
        f"**Why?** The entry that has led to most: `{command} --record {one.record}`",
        *block(one.life.record(one.record)),
        f"**Why not?** `{command} --why-not {one.sanction}`",
        *block(why),
        f"**What if not?** `{command} --without {one.rule}`",
        *block(one.life.without(one.rule)),
        "**How to get out?** " + out + (f" Not sure: {'; '.join(unsure)}." if unsure else ""),
        "",
    ]


def main() -> None:
    """Live the run and write the page."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / RUN
        run(RunRequest(population=PEOPLE, years=YEARS, seed=SEED, threads=1, out=str(folder)))
        head = HEAD.format(people=PEOPLE, years=YEARS, seed=SEED, run=RUN)
        body = [line for one in four(folder) for line in section(one)]
    PAGE.write_text(head + "\n" + "\n".join(body).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
