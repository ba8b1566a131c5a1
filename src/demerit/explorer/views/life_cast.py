"""Somebody to begin with: lives that show what the essay speaks of, found by what is true of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from demerit.catalogue.words import CHILD, FIFTHS, HUKOU, STRATA, WRONGFUL
from demerit.explorer.answer import Answer
from demerit.explorer.views.burdens import sanction_spells

if TYPE_CHECKING:
    import polars as pl

    from demerit.explain.source import Told

_SERVICE = (
    "permission_asked", "permitted", "permission_denied", "given_up", "graded", "passport_issued",
    "disciplined", "promoted", "demoted", "step_missed", "relative_marked",
)  # fmt: skip


class Character(Answer):
    """Somebody whose life shows something."""

    role: str = Field(description="Short name, for an address.")
    title: str
    subject: str | None = Field(description="As citizen:8173; null where the run has nobody like that.")
    why: str = Field(description="What is true of them, with figures.")


def cast(told: Told, twin: Told | None = None) -> tuple[Character, ...]:
    """Return lives to begin with.

    Args:
        told: a world with its ledger; twin: its twin world, None if it was lived alone.
    """
    import polars as pl

    frame = told.ledger.select(
        "id",
        "cause",
        "subject",
        *(pl.col(name).cast(pl.String) for name in ("kind", "what", "rule", "label")),
    ).collect()
    people = frame.filter(pl.col("kind") == "citizen")
    return (
        _ruined(told, people),
        _untouchable(told, people, twin),
        _official(told, people),
        _driver(told, frame),
        _shown(people),
        _reporter(people),
    )


def _most(frame: pl.DataFrame) -> tuple[int, int] | None:
    """Return who has most rows, the lowest number of equals, and how many; None without rows."""
    if not frame.height:
        return None
    import polars as pl

    counts = frame.group_by("subject").len().sort(pl.col("len"), -pl.col("subject").cast(pl.Int64))
    subject, count = counts.row(-1)
    return int(subject), int(count)


def _one(role: str, title: str, found: int | None, why: str, none: str) -> Character:
    subject = None if found is None else f"citizen:{found}"
    return Character(role=role, title=title, subject=subject, why=none if found is None else why)


def _ruined(told: Told, people: pl.DataFrame) -> Character:
    """Find who was under sanctions longest with a single record to their name."""
    import polars as pl

    once = people.filter(pl.col("what") == "record").group_by("subject").len().filter(pl.col("len") == 1)
    days = (
        sanction_spells(told)
        .group_by("citizen")
        .agg(pl.col("days").sum())
        .join(once.select(pl.col("subject").cast(pl.Int64).alias("citizen")), on="citizen")
        .filter(pl.col("days") > 0)
        .sort("days", -pl.col("citizen"))
    )
    found, long = (None, 0) if not days.height else days.row(-1)
    return _one(
        "ruined", "somebody ruined by one strike", found,
        f"one record in the whole run, and {long:,} days under sanctions, counted once for each",
        "nobody in this run came under a sanction with a single record",
    )  # fmt: skip


def _untouchable(told: Told, people: pl.DataFrame, twin: Told | None) -> Character:
    """Find one of the exempt with least on record here, and most in the twin world."""
    exemptions = told.rules.exemptions
    if exemptions is None or not exemptions.filed:
        return _one("untouchable", "an untouchable", None, "", "this regime exempts nobody")
    import numpy as np

    stratum, chance = min(exemptions.filed.items(), key=lambda one: float(one[1]))
    member = np.flatnonzero(told.setting.population.person["stratum"] == STRATA.index(stratum))
    here = _records(people)
    there = {} if twin is None else _records(_of_citizens(twin))
    order = sorted(member.tolist(), key=lambda one: (here.get(one, 0), -there.get(one, 0), one))
    found = order[0] if order else None
    counts = (0, 0) if found is None else (here.get(found, 0), there.get(found, 0))
    beside = "" if twin is None else f", and {counts[1]} in the twin world, where nobody is exempt"
    return _one(
        "untouchable", "an untouchable", found,
        f"of the {stratum.replace('_', ' ')}: of the records about them {float(chance):.0%} are filed; "
        f"{counts[0]} stand against this one{beside}",
        "this society has nobody whom the regime exempts",
    )  # fmt: skip


def _records(people: pl.DataFrame) -> dict[int, int]:
    """Return how many root records stand against each citizen who has any."""
    import polars as pl

    counts = people.filter(pl.col("what") == "record").group_by("subject").len()
    return {int(subject): int(count) for subject, count in counts.iter_rows()}


def _of_citizens(told: Told) -> pl.DataFrame:
    """Return subject and kind of every entry about a citizen."""
    import polars as pl

    mine = told.ledger.filter(pl.col("kind") == "citizen")
    return mine.select("subject", pl.col("what").cast(pl.String)).collect()


def _official(told: Told, people: pl.DataFrame) -> Character:
    """Find the official with most entries of the service."""
    import polars as pl

    most = _most(people.filter(pl.col("what").is_in(_SERVICE)))
    if most is None:
        stratum = told.setting.population.person["stratum"]
        member = [int(one) for one in (stratum == STRATA.index("civil_servant")).nonzero()[0][:1]]
        most = (member[0], 0) if member else None
    return _one(
        "official", "a civil servant", None if most is None else most[0],
        f"{0 if most is None else most[1]} entries of the service: permissions, grades, the passport",
        "this society has no civil servant",
    )  # fmt: skip


def _driver(told: Told, frame: pl.DataFrame) -> Character:
    """Find the driver whose single record on the road has reached most others through chains."""
    import polars as pl

    derived = frame.filter(pl.col("what") == "derived").select(pl.col("cause").alias("id"))
    roots = frame.filter(
        (pl.col("what") == "record")
        & (pl.col("kind") == "citizen")
        & pl.col("rule").str.starts_with("conduct:road")
    )
    reached = roots.join(derived, on="id")
    most = _most(reached) or _most(roots)
    return _one(
        "driver", "a driver", None if most is None else most[0],
        f"{0 if most is None else most[1]} times a record on the road was passed on to the vehicle or beyond",
        "nobody in this run has a record on the road",
    )  # fmt: skip


def _shown(people: pl.DataFrame) -> Character:
    """Find somebody shown in public, wrongly if there is anybody."""
    import polars as pl

    displays = people.filter(pl.col("what") == "display_start")
    wrong = displays.filter(pl.col("label").is_in(WRONGFUL))
    most = _most(wrong) or _most(displays)
    what = "for a record that should not be there" if wrong.height else "on a screen"
    return _one(
        "shown", "somebody on the screen", None if most is None else most[0],
        f"shown in public {what}, {0 if most is None else most[1]} times", "nobody was shown in public",
    )  # fmt: skip


def _reporter(people: pl.DataFrame) -> Character:
    """Find whoever has reported others most often."""
    import polars as pl

    most = _most(people.filter(pl.col("what") == "reported"))
    return _one(
        "reporter", "somebody who reports others", None if most is None else most[0],
        f"{0 if most is None else most[1]} reports about others", "nobody has reported anybody",
    )  # fmt: skip


def person_facts(told: Told, number: int) -> dict[str, Any]:
    """Return what the society file has made of a citizen, in words.

    Args:
        told: the world.
        number: the citizen's.
    """

    import numpy as np

    people = told.setting.population
    person = people.person[number]
    province = people.places.codes[int(people.places.province_of(np.array(number)))]
    return {
        "age on the first day": int(person["age"]),
        "class": STRATA[person["stratum"]].replace("_", " "),
        "household registration": HUKOU[person["hukou"]].replace("_", " "),
        "income": FIFTHS[person["fifth"]] if person["stratum"] != CHILD else "of the parents",
        "ethnic group": "minority" if person["minority"] else "majority",
        "party": "member" if person["party"] else "not a member",
        "region": f"{province:02d}",
    }
