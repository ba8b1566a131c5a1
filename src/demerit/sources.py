"""Facts in use: each number that cites evidence names an id of `sources.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Source:
    """A fact: what it says in our own words, where it was read, how sure it is, and the year it describes."""

    id: str
    statement: str
    source: str
    confidence: Confidence
    year: str


@cache
def load_sources() -> dict[str, Source]:
    """Read every fact in use, by id.

    >>> load_sources()["S83"].confidence
    'high'
    """
    text = (Path(__file__).parent / "sources.toml").read_text(encoding="utf-8")
    return {entry["id"]: Source(**entry) for entry in tomllib.loads(text)["source"]}


@cache
def source_ids() -> tuple[str, ...]:
    """List the ids of every fact in use."""
    return tuple(load_sources())
