"""Follow one offence through the ledger by its cause ids: who paid for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.engine.ledger import read_ledger

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Link:
    """One entry of a chain: how deep it hangs below its root, and the entry as a mapping."""

    depth: int
    entry: dict[str, Any]


def tree_of(ledger: pl.LazyFrame, root: int) -> list[Link]:
    """Return the entries that an entry caused, the root first, each under its cause and in order of days.

    Args:
        ledger: a world's ledger.
        root: id of the root entry.
    """
    import polars as pl

    first = ledger.filter(pl.col("id") == root).collect().to_dicts()
    children: dict[int, list[dict[str, Any]]] = {}
    known = [root]
    while known:
        found = (
            ledger.filter(pl.col("cause").is_in(known) & (pl.col("id") != pl.col("cause")))
            .collect()
            .to_dicts()
        )
        for entry in found:
            if entry["id"] != root:
                children.setdefault(entry["cause"], []).append(entry)
        known = [entry["id"] for entry in found if entry["id"] != root]
    links: list[Link] = []

    def hang(entry: dict[str, Any], depth: int) -> None:
        links.append(Link(depth, entry))
        for child in sorted(children.get(entry["id"], []), key=lambda one: (one["date"], one["id"])):
            hang(child, depth + 1)

    for entry in first:
        hang(entry, 0)
    return links


def telling_offence(folder: Path, conduct: str) -> list[Link]:
    """Return the chain of an offence that reached a company and its scolding, if there is one.

    Without one, the chain of the first offence; nothing if there was none.

    Args:
        folder: a world's folder.
        conduct: id of the rule that was offended against.
    """
    import polars as pl

    ledger = read_ledger(folder)
    rules = ledger.collect_schema()["rule"]
    if f"conduct:{conduct}" not in getattr(rules, "categories", ()):
        return []
    crossing = ledger.filter((pl.col("what") == "record") & (pl.col("rule") == f"conduct:{conduct}"))
    scolded = ledger.filter((pl.col("what") == "scolding") & (pl.col("rule") == "scolder:employer"))
    up = ledger.select(pl.col("id"), pl.col("cause").alias("above"))
    with_company = (
        scolded.select("cause")
        .join(up, left_on="cause", right_on="id")
        .join(up, left_on="above", right_on="id", suffix="_of_company")
        .select(pl.col("above_of_company").alias("id"))
    )
    chosen = crossing.join(with_company, on="id", how="semi").sort("id").head(40).collect()
    if chosen.is_empty():
        chosen = crossing.sort("id").head(1).collect()
    trees = [tree_of(ledger, row["id"]) for row in chosen.to_dicts()]
    return max(trees, key=len, default=[])
