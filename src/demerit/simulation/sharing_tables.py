"""Compile registers, scores and transfers: the scales of accounts and the graph on which records travel."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.rules import PLATFORM_NODE
from demerit.catalogue.words import SCORES, SUBJECTS, TRANSFERS_LIMIT
from demerit.errors import UsageError
from demerit.simulation.layout import Layout, ratings
from demerit.simulation.scales import Q16, chance_q32, geometric_delays, thousandths

if TYPE_CHECKING:
    from demerit.files.number import Number
    from demerit.regime.record_types import Register
    from demerit.regime.sharing_types import Rating, Score, Transfer
    from demerit.regime.types import RegimeFile


def fill_scales(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill places, scales and decay of every score system, the weights of registers, and the bands."""
    rules["registers"] = len(layout.registers)
    rules["slot"], rules["score_slot"] = -1, -1
    kept = {register.id: register for register in regime.registers}
    for kind in range(len(SUBJECTS)):
        rules["slots"][kind] = len(layout.slots[kind])
        rules["scores"][kind] = len(layout.scores[kind])
        for slot, name in enumerate(layout.slots[kind]):
            rules["slot"][kind, layout.registers.index(name)] = slot
            if name in kept:
                _scale(rules, kind, SCORES + slot, kept[name])
        for slot, name in enumerate(layout.scores[kind]):
            rules["score_slot"][kind, layout.platforms.index(name)] = slot
    for number, band in enumerate(sorted(regime.bands, key=lambda band: -float(band.from_))):
        rules["band_from"][number] = round(float(band.from_))
    rules["bands"] = len(regime.bands)
    for kind, rating in ratings(regime):
        if rating.platform in layout.scores[kind]:
            slot = layout.scores[kind].index(rating.platform)
            _scale(rules, kind, slot, rating)
            _weights(rules, kind, slot, rating, kept, layout)


def _scale(rules: np.void, kind: int, system: int, scale: Register | Score | Rating) -> None:
    base = float(scale.base)
    rules["base"][kind, system] = round(base)
    rules["floor"][kind, system] = thousandths(float(scale.floor) - base)
    rules["ceiling"][kind, system] = thousandths(float(scale.ceiling) - base)
    rules["half_life"][kind, system] = _days(scale.half_life_days)
    rules["expiry"][kind, system] = _days(scale.expiry_days)


def _days(number: Number | None) -> int:
    return 0 if number is None else round(float(number))


def _weights(
    rules: np.void, kind: int, slot: int, rating: Score | Rating, kept: dict[str, Register], layout: Layout
) -> None:
    span = float(rating.ceiling) - float(rating.floor)
    for name, weight in rating.weights.items():
        if name in kept and name in layout.registers:
            register = kept[name]
            worth = float(weight) * span / (float(register.ceiling) - float(register.floor))
            rules["weight"][kind, slot, layout.registers.index(name)] = round(worth * Q16)


def fill_transfers(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill the graph of transfers.

    Raises:
        UsageError: too many transfers, or transfers that lead back to where they began.
    """
    numbers = layout.numbers
    if len(numbers.transfers) > TRANSFERS_LIMIT:
        raise UsageError(
            f"a regime can have at most {TRANSFERS_LIMIT} transfers; {len(numbers.transfers)} given"
        )
    nodes = {name: number for number, name in enumerate(layout.registers)}
    nodes |= {name: PLATFORM_NODE + number for number, name in enumerate(layout.platforms)}
    levels = {platform.id: platform.level for platform in regime.platforms}
    for number, platform in enumerate(layout.platforms):
        merges = {one.id: one.deduplicates for one in regime.platforms}
        rules["deduplicates"][number] = int(merges.get(platform, True))
    now = dict(numbers.transfers_now(regime))
    for number, known in enumerate(numbers.transfers):
        transfer = now.get(number, known)  # what is under way on one that has ended still arrives
        if transfer.from_ not in nodes or transfer.to not in nodes:
            continue
        rules["transfer_from"][number] = nodes[transfer.from_]
        rules["transfer_to"][number] = nodes[transfer.to]
        lost = float(transfer.loss)
        rules["transfer_lost"][number] = chance_q32(lost)
        rules["transfer_closed"][number] = chance_q32(lost + (1 - lost) * (1 - float(transfer.access)))
        rules["transfer_misfiled"][number] = chance_q32(float(transfer.mismatch))
        rules["transfer_doubled"][number] = chance_q32(float(transfer.duplication))
        rules["transfer_factor"][number] = thousandths(float(transfer.factor))
        least = round(float(regime.exchange.national_sync_days)) if crosses(transfer, levels) else 1
        rules["transfer_delay"][number] = np.maximum(geometric_delays(float(transfer.delay_days)), least)
        rules["retraction_lost"][number] = chance_q32(float(transfer.retraction_loss))
        back = geometric_delays(float(transfer.retraction_days))
        rules["retraction_delay"][number] = np.maximum(back, least)
    _order(rules, now, nodes)


def crosses(transfer: Transfer, levels: Mapping[str, str]) -> bool:
    """Tell whether a transfer leaves a province: it begins or ends at a platform of the nation."""
    return "nation" in (levels.get(transfer.from_), levels.get(transfer.to))


def _order(rules: np.void, now: Mapping[int, Transfer], nodes: dict[str, int]) -> None:
    """List, by kind and register, the transfers that records take, each after those that lead to it."""
    graph: dict[str, set[str]] = {}
    for transfer in now.values():
        graph.setdefault(transfer.to, set()).add(transfer.from_)
    try:
        rank = {name: place for place, name in enumerate(TopologicalSorter(graph).static_order())}
    except CycleError as error:
        loop = " → ".join(reversed(error.args[1]))
        raise UsageError(f"transfers lead in a circle: {loop}; take one of them out") from None
    ordered = sorted(
        ((number, nodes[one.from_], nodes[one.to])
         for number, one in now.items() if one.from_ in nodes and one.to in nodes),
        key=lambda edge: (rank[now[edge[0]].from_], edge[0]),
    )  # fmt: skip
    for kind in range(len(SUBJECTS)):
        for register in range(len(nodes)):
            if register < PLATFORM_NODE and register < int(rules["registers"]):
                taken = _taken(rules, kind, register, ordered)
                rules["reach"][kind, register] = len(taken)
                rules["reach_transfer"][kind, register, : len(taken)] = taken


def _taken(rules: np.void, kind: int, register: int, ordered: list[tuple[int, int, int]]) -> list[int]:
    """Return the transfers that a record of a kind of subject takes: those that lead to where it counts."""
    wanted: set[int] = set()
    for number, _, end in reversed(ordered):
        onward = end >= PLATFORM_NODE and any(start == end and one in wanted for one, start, _ in ordered)
        if onward or _counts(rules, kind, register, end):
            wanted.add(number)
    reached, taken = {register}, []
    for number, start, end in ordered:
        if number in wanted and start in reached:
            taken.append(number)
            if end >= PLATFORM_NODE:
                reached.add(end)
    return taken


def _counts(rules: np.void, kind: int, register: int, node: int) -> bool:
    """Tell whether a record counts for something where it comes out: a score, or another register."""
    if node < PLATFORM_NODE:
        return bool(rules["slot"][kind, node] >= 0)
    slot = int(rules["score_slot"][kind, node - PLATFORM_NODE])
    return slot >= 0 and bool(rules["weight"][kind, slot, register] != 0)
