"""The number of every rule that ever holds in a run: the same in all periods, in tables and ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demerit.regime.sanction_types import Reward, Sanction
    from demerit.regime.sharing_types import Transfer
    from demerit.regime.types import RegimeFile


@dataclass(frozen=True)
class Hanging:
    """A sanction or reward: its section, its id, and the kind of subject it is of."""

    section: str
    id: str
    of: str


@dataclass(frozen=True)
class Listing:
    """A list: its id, and the kind of subject that can stand on it."""

    id: str
    of: str


@dataclass(frozen=True)
class Numbering:
    """Rules in the order of their numbers: those of the first period, then what later ones add.

    Attributes:
        conducts: ids of conduct rules.
        chains: ids of chain rules.
        transfers: transfers as they are when they first hold; records under way on one still arrive when it
            has ended.
        hanging: sanctions and rewards.
        lists: lists.
        repairs: ids of repair rules.
    """

    conducts: tuple[str, ...]
    chains: tuple[str, ...]
    transfers: tuple[Transfer, ...]
    hanging: tuple[Hanging, ...]
    lists: tuple[Listing, ...]
    repairs: tuple[str, ...]

    def lists_of(self, kind: str) -> list[str]:
        """Return the ids of the lists of a kind of subject, in the order of their places in an account."""
        return [one.id for one in self.lists if one.of == kind]

    def transfers_now(self, regime: RegimeFile) -> list[tuple[int, Transfer]]:
        """Return the transfers in force with their numbers."""
        numbers = {one.id: number for number, one in enumerate(self.transfers)}
        return [(numbers[one.id], one) for one in regime.transfers]

    def hanging_now(self, regime: RegimeFile) -> list[tuple[Hanging, Sanction | Reward | None]]:
        """Return every sanction and reward in the order of its number, None where it is not in force."""
        present: dict[Hanging, Sanction | Reward] = {}
        present |= {Hanging("sanction", one.id, one.of): one for one in regime.sanctions}
        present |= {Hanging("reward", one.id, one.of): one for one in regime.rewards}
        return [(key, present.get(key)) for key in self.hanging]


def numbering_of(periods: Iterable[RegimeFile]) -> Numbering:
    """Number the rules of a regime over its periods."""
    conducts: dict[str, None] = {}
    chains: dict[str, None] = {}
    transfers: dict[str, Transfer] = {}
    hanging: dict[Hanging, None] = {}
    lists: dict[Listing, None] = {}
    repairs: dict[str, None] = {}
    for rules in periods:
        conducts |= dict.fromkeys(one.id for one in rules.conducts)
        repairs |= dict.fromkeys(one.id for one in rules.repairs)
        chains |= dict.fromkeys(one.id for one in rules.chains)
        for transfer in rules.transfers:
            transfers.setdefault(transfer.id, transfer)
        lists |= dict.fromkeys(Listing(one.id, one.of) for one in rules.lists)
        hanging |= dict.fromkeys(Hanging("sanction", one.id, one.of) for one in rules.sanctions)
        hanging |= dict.fromkeys(Hanging("reward", one.id, one.of) for one in rules.rewards)
    return Numbering(
        conducts=tuple(conducts),
        chains=tuple(chains),
        transfers=tuple(transfers.values()),
        hanging=tuple(hanging),
        lists=tuple(lists),
        repairs=tuple(repairs),
    )
