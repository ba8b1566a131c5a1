"""Everybody's band and sanctions on every day of a run, and the penalties that people brought each other.

The worlds of the run are lived again, which gives the same bits, and looked at in the evening of each day;
what changed is kept. A large city is shown by some of its neighbourhoods, the same at every look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import CITIZEN, DEAD
from demerit.engine.fixed import EXP2_TABLE
from demerit.errors import RunFolderError
from demerit.society.plan import NEIGHBOURHOOD, NEIGHBOURHOOD_SHIFT

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from demerit.explorer.jobs import Tell
    from demerit.simulation.world import World

MOST_NEIGHBOURHOODS = 96
"""Neighbourhoods that are shown; of more, a fixed choice."""
UNSCORED, NO_BAND, SANCTIONED = 0, 9, 16
"""Codes of a dot: a child or somebody dead; an adult in a world without bands; added where under a sanction.

From 1 to 8 it is the band, the highest first."""
_ADULT = 1
_HOPS = 8
_GOLDEN = 0x9E3779B97F4A7C15
_Q32_BITS = 32


def shown_people(population: int) -> np.ndarray[Any, Any]:
    """Return the citizens that are shown: all, or those of whole neighbourhoods chosen by their numbers.

    >>> len(shown_people(200)), len(shown_people(1_000_000)) == MOST_NEIGHBOURHOODS * 64
    (200, True)
    """
    count = -(-population // NEIGHBOURHOOD)
    chosen = np.arange(count)
    if count > MOST_NEIGHBOURHOODS:
        whole = np.arange(population // NEIGHBOURHOOD, dtype=np.uint64)
        mixed = (whole + np.uint64(1)) * np.uint64(_GOLDEN)
        chosen = np.sort(np.argsort(mixed, kind="stable")[:MOST_NEIGHBOURHOODS])
    people = (chosen[:, None] << NEIGHBOURHOOD_SHIFT) + np.arange(NEIGHBOURHOOD)
    flat = people.ravel()
    return np.asarray(flat[flat < population], np.int64)


def codes(world: World, people: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the dots of some citizens in the evening of the day last lived: uint8."""
    day = max(world.day - 1, 0)
    accounts, rules = world.kept.of(CITIZEN)[people], world.rules
    flags, job = world.population.traits["flags"][people], world.state["job"][people]
    found = np.full(len(people), NO_BAND, np.uint8)
    bands = int(rules["bands"])
    if bands:
        place = int(rules["slots"][CITIZEN])
        elapsed = day - accounts["day"].astype(np.int64)
        points = _decayed(
            accounts["sums"][:, place].astype(np.int64), elapsed, int(rules["half_life"][CITIZEN, 0])
        )
        held = np.clip(points, int(rules["floor"][CITIZEN, 0]), int(rules["ceiling"][CITIZEN, 0]))
        score = int(rules["base"][CITIZEN, 0]) + np.sign(held) * ((np.abs(held) + 500) // 1000)
        edges = np.asarray(rules["band_from"][:bands], np.int64)
        reached = score[:, None] >= edges
        found[:] = np.where(reached.any(axis=1), reached.argmax(axis=1), bands - 1) + 1
    rewards = sum(1 << int(bit) for bit in np.flatnonzero(rules["sanction_wage"][CITIZEN] < 0))
    under = (accounts["sanctions"].astype(np.int64) & ~rewards) != 0
    found += np.where(under, SANCTIONED, 0).astype(np.uint8)
    found[(flags & _ADULT == 0) | (job == DEAD)] = UNSCORED
    return found


def _decayed(
    points: np.ndarray[Any, Any], elapsed: np.ndarray[Any, Any], half_life: int
) -> np.ndarray[Any, Any]:
    """Return points after the elapsed days, as institutions/standing does it for one account."""
    if half_life <= 0:
        return points
    passed = (np.maximum(elapsed, 0) << 20) // half_life
    table = np.asarray(EXP2_TABLE, np.int64)
    place, part = passed >> 10 & 1023, passed & 1023
    low = table[place]
    left = (low + ((table[place + 1] - low) * part >> 10)) >> np.minimum(passed >> 20, 62)
    size = np.abs(points)
    kept = ((size >> 16) * left >> 16) + ((size & 65535) * left >> _Q32_BITS)
    kept = np.where(passed >> 20 >= _Q32_BITS, 0, kept)
    return np.where(elapsed > 0, np.sign(points) * kept, points)


def live_field(tell: Tell, folder: Path) -> list[dict[str, Any]]:
    """Live the worlds of a run again and return their dots: first, and then what changed on each day.

    Raises:
        RunFolderError: this version does not live the run to the same bits.
    """
    tell(0.0, "loading the model")
    from demerit.measures.recorder import Recorder
    from demerit.simulation.manifest import read_manifest
    from demerit.simulation.setting import settle
    from demerit.study.again import plan_of
    from demerit.study.refit import refit

    manifest = read_manifest(folder)
    plan = plan_of(manifest, folder)
    people = shown_people(plan.population)
    setting = settle(plan.society, plan.population, plan.request.seed, 1, {law.id: law for law in plan.laws})
    made = []
    for number, (regime, told) in enumerate(zip(plan.regimes, manifest.worlds, strict=True)):
        world = setting.world(regime, keep=0, start=plan.first, days=plan.days, past=plan.past_of(regime))
        recorder = Recorder(plan.first, plan.days, setting.population.stratum_weight)
        first = before = codes(world, people)
        changes: list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]] = []

        def evening(world: World) -> None:
            nonlocal before
            recorder(world)  # noqa: B023 - lived before the next world begins
            if world.day < plan.days:
                refit(world, recorder)  # noqa: B023
            now = codes(world, people)
            moved = np.flatnonzero(now != before)
            changes.append((moved, now[moved]))  # noqa: B023
            before = now
            if world.day % 30 == 0:
                share = (number + world.day / plan.days) / len(plan.regimes)  # noqa: B023
                tell(share, f"living {world.day:,} of {plan.days:,} days under {regime.id}")  # noqa: B023

        world.run(plan.days, threads=1, each_day=evening)
        if world.state_digest().hex() != told.state_digest:
            raise RunFolderError(
                f"{folder.name}, which demerit {manifest.demerit} wrote, cannot be lived again to the same "
                "bits by this version; look at it with the version that wrote it"
            )
        made.append(
            {
                "first": first.tolist(),
                "moved_a_day": [len(moved) for moved, _ in changes],
                "place": np.concatenate([moved for moved, _ in changes]).tolist(),
                "code": np.concatenate([now for _, now in changes]).tolist(),
            }
        )
    return made


def ripples(ledger: pl.LazyFrame, people: np.ndarray[Any, Any]) -> pl.DataFrame:
    """Return the penalties that one person brought another: date, from and to (places among the shown), what.

    A penalty is an entry that costs points; it came from another person if its causes lead back to an entry
    of that person's, over vehicles, companies and agencies too.
    """
    import polars as pl

    every = ledger.select("id", "cause", "date", "what", "kind", "subject", "points").collect()
    places = pl.DataFrame({"subject": people.astype(np.uint32), "place": np.arange(len(people))})
    lost = every.filter((pl.col("kind") == "citizen") & (pl.col("points") < 0)).rename({"subject": "target"})
    above = every.select(pl.col("id").alias("cause"), pl.col("cause").alias("next"), "kind", "subject")
    found = []
    asked = lost.select("date", "what", "target", "cause")
    for _ in range(_HOPS):
        step = asked.join(above, on="cause")
        other = (pl.col("kind") == "citizen") & (pl.col("subject") != pl.col("target"))
        found.append(step.filter(other).select("date", "what", "target", pl.col("subject").alias("source")))
        asked = step.filter(~other).select("date", "what", "target", pl.col("next").alias("cause"))
    return (
        pl.concat(found)
        .join(places.rename({"subject": "target", "place": "to"}), on="target")
        .join(places.rename({"subject": "source", "place": "from"}), on="source")
        .sort("date", "from", "to")
        .select("date", "from", "to", pl.col("what").cast(pl.String))
    )
