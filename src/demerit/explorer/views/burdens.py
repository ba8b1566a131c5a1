"""What the ledger of a world says of each adult: records, sanctions and displays, and how much was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import CHILD, FIFTHS, HUKOU, STRATA, WRONGFUL

if TYPE_CHECKING:
    import polars as pl

    from demerit.explain.source import Told

COLUMNS = ("records", "wrongful_records", "days", "wrongful_days", "shown")
"""What is counted of each adult."""
_ENDS = ("sanction_start", "sanction_end", "death")


def people(told: Told) -> pl.DataFrame:
    """Return everybody's groups: citizen, adult, stratum, hukou, income fifth, group, province.

    Adults are 16 and older on the first day.
    """
    import polars as pl

    found = told.setting.population
    person = found.person
    citizens = np.arange(found.count)
    provinces = found.places.codes[found.places.province_of(citizens)]
    return pl.DataFrame(
        {
            "citizen": citizens,
            "adult": person["stratum"] != CHILD,
            "stratum": [STRATA[code] for code in person["stratum"]],
            "hukou": [HUKOU[code] for code in person["hukou"]],
            "income fifth": [FIFTHS[code] for code in person["fifth"]],
            "group": np.where(person["minority"] > 0, "minority", "majority"),
            "province": [f"{code:02d}" for code in provinces],
        }
    )


def sanction_spells(told: Told) -> pl.DataFrame:
    """Return every sanction on a citizen, rewards left out.

    Returns:
        citizen, rule, days (to its end, the end of life or of the run), kind (situation of the nearest record
        that led to it, null where none did), label (truth of that record, null where none did).
    """
    import polars as pl

    entries = told.ledger.filter(
        pl.col("kind") == "citizen", pl.col("what").cast(pl.String).is_in(_ENDS)
    ).collect()
    ids, found = [], []
    for one in _spells(told, entries.sort("id").sort("date", maintain_order=True)):
        ids.append(one.pop("id"))
        found.append(one)
    schema = {"citizen": pl.Int64, "rule": pl.String, "days": pl.Int64}
    frame = pl.DataFrame(found, schema=schema)
    kinds, labels = _records_behind(told, np.array(ids, np.int64))
    return frame.with_columns(pl.Series("kind", kinds, pl.String), pl.Series("label", labels, pl.String))


def _spells(told: Told, entries: pl.DataFrame) -> list[dict[str, Any]]:
    sanctions = {f"sanction:{one.id}" for _, rules in told.periods for one in rules.sanctions}
    end = told.last_day + 1
    found: list[dict[str, Any]] = []
    open_: dict[tuple[int, str], tuple[int, dict[str, Any]]] = {}
    for entry in entries.iter_rows(named=True):
        who, day = int(entry["subject"]), told.day_of(entry["date"])
        key = (who, entry["rule"])
        if entry["what"] == "sanction_start" and entry["rule"] in sanctions:
            spell = {"id": entry["id"], "citizen": who, "rule": entry["rule"], "days": end - day}
            found.append(spell)
            open_[key] = (day, spell)
        elif entry["what"] == "sanction_end" and key in open_:
            first, spell = open_.pop(key)
            spell["days"] = day - first
        elif entry["what"] == "death":
            for at in [one for one in open_ if one[0] == who]:
                first, spell = open_.pop(at)
                spell["days"] = max(day - first, 0)
    return found


def _records_behind(told: Told, ids: Any) -> tuple[list[str | None], list[str | None]]:
    """Return situation and truth of the nearest record on the way up from each entry."""
    if not len(ids):
        return [], []
    import polars as pl

    tree = told.tree
    known = told.ledger.select("id", "what").filter(pl.col("what") == "record").collect()["id"].to_numpy()
    wanted = np.zeros(len(tree.ids), bool)
    wanted[tree.places(known)] = True
    nearest = tree.nearest(tree.places(ids), wanted)
    entries = told.entries(np.unique(tree.ids[nearest[nearest >= 0]]))
    answers = kinds_by_rule(told)
    kinds: list[str | None] = []
    labels: list[str | None] = []
    for place in nearest:
        entry = entries.get(int(tree.ids[place])) if place >= 0 else None
        kinds.append(None if entry is None else answers.get(entry["rule"]))
        labels.append(None if entry is None else entry["label"])
    return kinds, labels


def kinds_by_rule(told: Told) -> dict[str, str]:
    """Return the situation that each conduct rule of a world has ever answered, by its name in the ledger."""
    return {f"conduct:{one.id}": one.answers for _, rules in told.periods for one in rules.conducts}


def burdens(told: Told, everybody: pl.DataFrame, spells: pl.DataFrame) -> pl.DataFrame:
    """Return what has fallen on each adult: the groups of `people` and `COLUMNS`.

    Args:
        told: a world.
        everybody: its people.
        spells: their sanctions.
    """
    import polars as pl

    wrong = pl.col("label").is_in(WRONGFUL)
    entries = (
        told.ledger.filter(
            pl.col("kind") == "citizen", pl.col("what").cast(pl.String).is_in(["record", "display_start"])
        )
        .select(pl.col("subject").cast(pl.Int64).alias("citizen"), pl.col("what", "label").cast(pl.String))
        .collect()
    )
    record = pl.col("what") == "record"
    written = entries.group_by("citizen").agg(
        record.sum().alias("records"),
        (record & wrong).sum().alias("wrongful_records"),
        (~record).sum().alias("shown"),
    )
    held = spells.group_by("citizen").agg(
        pl.col("days").sum(), pl.col("days").filter(wrong).sum().alias("wrongful_days")
    )
    return (
        everybody.filter(pl.col("adult"))
        .join(written, on="citizen", how="left")
        .join(held, on="citizen", how="left")
        .with_columns(pl.col(COLUMNS).fill_null(0).cast(pl.Int64))
    )
