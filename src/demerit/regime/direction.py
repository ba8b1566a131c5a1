"""What it means when a number of a regime moves: harsher or softer, wider or narrower, slower or faster."""

from __future__ import annotations

from typing import Final

from demerit.files.saying import higher_or_lower

HARSHER, SOFTER = ("harsher", "softer"), ("softer", "harsher")
WIDER, NARROWER = ("wider", "narrower"), ("narrower", "wider")
SLOWER: Final = ("slower", "faster")

DIRECTIONS: Final[dict[str, tuple[str, str]]] = {
    "coverage": HARSHER,
    "fine": HARSHER,
    "licence_points": HARSHER,
    "points": SOFTER,
    "prosecute": HARSHER,
    "weights": HARSHER,
    "base": SOFTER,
    "band.from": HARSHER,
    "below": WIDER,
    "above": NARROWER,
    "wage_loss": HARSHER,
    "refuses": HARSHER,
    "benefit": SOFTER,
    "fraction": WIDER,
    "depth": WIDER,
    "covers": WIDER,
    "loss": NARROWER,
    "half_life_days": SLOWER,
    "expiry_days": SLOWER,
    "novelty_half_life_days": SLOWER,
    "delay_days": SLOWER,
    "cycle_days": SLOWER,
    "limit": SOFTER,
    "study_days": HARSHER,
    "study_cost_days": HARSHER,
    "scolding": HARSHER,
    "context_recognition": SOFTER,
    "mismatch": HARSHER,
    "first_spared": SOFTER,
    "awareness.share": WIDER,
    "novelty": HARSHER,
    "watchdog": SOFTER,
    "independence": SOFTER,
    "legal_aid": SOFTER,
    "context_hearings": SOFTER,
    "service_days": SLOWER,
    "waiting_days": SLOWER,
    "course_days": SLOWER,
    "good_samaritan": SOFTER,
}
"""What more and what less of an entry means, by its key, or by section and key."""


def direction(names: tuple[str, ...], old: float, new: float) -> str:
    """Say what it means that the number at a place of a regime moves.

    >>> direction(("conduct", "road.crosswalk", "points", "road"), -6, -3)
    'softer'
    """
    for name in reversed(names):
        words = DIRECTIONS.get(f"{names[0]}.{name}") or DIRECTIONS.get(name)
        if words is not None:
            return words[0] if new > old else words[1]
    return higher_or_lower(names, old, new)
