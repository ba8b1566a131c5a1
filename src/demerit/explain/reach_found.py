"""What a difference between two regimes came to over seeds: shares of whom it reached, with intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from demerit.study.card import Card, card_of_comparison
from demerit.study.comparison_plan import ComparisonPlan
from demerit.study.paired import paired
from demerit.study.side_by_side import Failure

WAYS = {"reached": "something kept or entered differs", "other_entries": "the ledger differs"}
"""How a difference shows: it reaches somebody, or they have another entry in the ledger."""
CITIZENS = "citizen"


class Share(NamedTuple):
    """A mean share over seeds with its interval; ends are None with one seed, all where there is nobody."""

    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class ReachFound:
    """Whom the difference between two regimes reaches, over seeds.

    Attributes:
        plan: the regimes, people, span and seeds.
        before, after: names of the regimes.
        equal: whether both have the same rules.
        seeds: the seeds that were lived.
        found: what was counted, seed by seed, as `Reach.as_plain` has it.
        failures: seeds that could not be lived.
    """

    plan: ComparisonPlan
    before: str
    after: str
    equal: bool
    seeds: tuple[int, ...]
    found: tuple[dict[str, Any], ...]
    failures: tuple[Failure, ...]

    @property
    def card(self) -> Card:
        """What it says of itself as an output."""
        return card_of_comparison(self.plan)

    def months(self) -> list[tuple[str, dict[str, Share]]]:
        """Return the shares of citizens by the end of each month: date, and the share of each way."""
        people = np.array([one[CITIZENS]["of"] for one in self.found], float)
        counts = np.array([[row[1:] for row in one["citizens_by_month"]] for one in self.found], float)
        shares = shares_of(counts.reshape(len(people), -1) / people[:, None])
        dates = [row[0] for row in self.found[0]["citizens_by_month"]]
        return [
            (date, dict(zip(WAYS, shares[2 * place : 2 * place + 2], strict=True)))
            for place, date in enumerate(dates)
        ]

    def kinds(self) -> list[dict[str, Any]]:
        """Return by kind of subject: how many there are a world, the shares, the first day over all seeds."""
        names = [CITIZENS, "official", "company", "vehicle", "agency", "service"]
        return [self._row([one[name] for one in self.found]) | {"kind": name} for name in names]

    def groups(self) -> list[dict[str, Any]]:
        """Return by group of citizens: what it is one of, its name, and the shares."""
        named: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for one in self.found:
            for row in one["citizens_by_group"]:
                named.setdefault((row["by"], row["group"]), []).append(row)
        return [self._row(rows) | {"by": by, "group": group} for (by, group), rows in named.items()]

    def tallied(self, what: str) -> list[dict[str, Any]]:
        """Return what those reached met first, or through whom, as shares of them: the most frequent first.

        Args:
            what: ``first_met`` or ``first_entry_through``.
        """
        totals = np.array([sum(one[what].values()) for one in self.found], float)
        names = list(dict.fromkeys(name for one in self.found for name in one[what]))
        counts = np.array([[one[what].get(name, 0) for name in names] for one in self.found], float)
        with np.errstate(invalid="ignore"):
            shares = shares_of(counts.reshape(len(totals), -1) / totals[:, None])
        rows = [{"name": name, **share._asdict()} for name, share in zip(names, shares, strict=True)]
        return sorted(rows, key=lambda row: -(row["mean"] or 0))

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "synthetic": True,
            "card": self.card.as_plain(),
            "before": self.before,
            "after": self.after,
            "equal": self.equal,
            "seeds": list(self.seeds),
            "kinds": self.kinds(),
            "months": [
                {"month": when, **{way: share._asdict() for way, share in shares.items()}}
                for when, shares in self.months()
            ],
            "groups": self.groups(),
            "first_met": self.tallied("first_met"),
            "first_entry_through": self.tallied("first_entry_through"),
            "by_seed": [{"seed": seed, **one} for seed, one in zip(self.seeds, self.found, strict=True)],
            "failures": [one._asdict() for one in self.failures],
        }

    @staticmethod
    def _row(told: list[dict[str, Any]]) -> dict[str, Any]:
        """Return numbers, shares and days of some subjects from those of every seed."""
        with np.errstate(invalid="ignore"):
            shares = {
                way: _share(np.array([one[way] / (one["of"] or np.nan) for one in told])) for way in WAYS
            }
        return {
            "of": float(np.mean([one["of"] for one in told])),
            **{way: share._asdict() for way, share in shares.items()},
            "first": _earliest(one["first"] for one in told),
            "half_of_them_by": [one["half_of_them_by"] for one in told],
        }


def shares_of(values: np.ndarray[Any, Any]) -> list[Share]:
    """Return the mean of each quantity over seeds with its interval, which no share leaves.

    Args:
        values: float64 (seeds, quantities); NaN where there is nobody.

    >>> [round(end, 3) for end in shares_of(np.array([[0.2], [0.3], [0.25]]))[0]]
    [0.25, 0.126, 0.374]
    """
    found = paired(np.zeros_like(values), values)
    ends = np.clip([found.low, found.high], 0, 1)
    columns = zip(found.difference, *ends, strict=True)
    return [Share(*(None if np.isnan(value) else float(value) for value in column)) for column in columns]


def _share(values: np.ndarray[Any, Any]) -> Share:
    return shares_of(values[:, None])[0]


def _earliest(days: Iterable[str | None]) -> str | None:
    return min((day for day in days if day is not None), default=None)
