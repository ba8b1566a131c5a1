"""The declaration of the totting-up test, and the official counts as shares of licence holders."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BINS = ("1-4", "5-8", "9-11", "12+")
"""Points on the record, as the official table groups them."""
EDGES = (1, 5, 9, 12)


@dataclass(frozen=True)
class Declaration:
    """What was written down before anything was fitted.

    Attributes:
        shares: official shares of licence holders by bin of points.
        data: the file as it stands.
    """

    shares: dict[str, float]
    data: dict[str, Any]

    def levels(self, section: str) -> list[float]:
        """Return the low, the declared and the high value of a declared number."""
        entry = self.data[section]
        low, high = entry["range"]
        return [low, entry["declared"], high]


def declaration() -> Declaration:
    """Read the declaration."""
    data = tomllib.loads((HERE / "totting_up.toml").read_text(encoding="utf-8"))
    official = data["official"]
    holders = official["none"] + sum(official[name] for name in BINS)
    return Declaration({name: official[name] / holders for name in BINS}, data)
