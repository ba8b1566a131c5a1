"""Draws of all numbers from the ranges that the files declare: a Latin hypercube over regime and society."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np

from demerit.errors import FileProblems
from demerit.files.inventory import numbers
from demerit.files.number import Number
from demerit.regime import Regime
from demerit.society import Society

Rules = TypeVar("Rules", Regime, Society)
HYPERCUBE_SEED = 20_140_101
"""Seed of the hypercube: draws are the same whoever asks for so many."""
TRIES = 24
"""Attempts at a draw. Most corners of the ranges admit no calm ordinary law, and so nothing to compare with:
such an attempt is given up for the next one, and what is left is drawn from all that the model admits."""
BLOCKS: dict[str, tuple[str, ...]] = {
    "what is seen and recorded": (
        "conduct",
        "detection",
        "register",
        "transfer",
        "screening",
        "sharing",
        "exemptions",
    ),
    "scores and sanctions": ("score", "rating", "band", "sanction", "reward", "list", "chain", "repair"),
    "appeals and reports": ("appeals", "complaints", "reporting", "prosecution"),
    "licences, fines and liability": ("licence", "fines", "liability", "collisions", "rescue", "staging"),
    "temptations and their harm": ("situation",),
    "choice and conscience": ("choice", "learning", "awareness", "gaming"),
    "trust, talk and approval": ("trust", "hearsay", "approval", "stress", "ostracism"),
    "work and money": (
        "labour",
        "income",
        "debts",
        "shock",
        "company",
        "employers",
        "organisations",
        "firms",
        "service",
        "deals",
        "administration",
    ),
    "who lives there": (
        "demography",
        "stratum",
        "eligibility",
        "leanings",
        "exposure",
        "ties",
        "life_course",
        "places",
    ),
    "power, officials and hukou": ("power", "labour_court", "civil_service", "passports", "hukou"),
    "screens, access and devices": ("screens", "access", "vehicles", "belongings"),
}
"""Sections of the files whose numbers are looked at together: single numbers cannot be told apart."""
OTHERS = "other numbers"


@dataclass(frozen=True)
class Drawable:
    """A number that a draw changes: in which file, where, and between which bounds."""

    of_regime: bool
    at: str
    low: float
    high: float

    @property
    def block(self) -> str:
        """The block of numbers it belongs to."""
        section = self.at.partition(".")[0]
        return next((name for name, held in BLOCKS.items() if section in held), OTHERS)


def drawables(regime: Regime, society: Society) -> list[Drawable]:
    """Return every number with a declared range, of both files, in their order."""
    found = []
    for of_regime, model in ((True, regime.data), (False, society.data)):
        for at, number in numbers(model):
            if isinstance(number, Number) and number.range is not None and number.range[0] < number.range[1]:
                found.append(Drawable(of_regime, at, *number.range))
    return found


@cache
def _hypercube(dimensions: int, draws: int) -> np.ndarray[Any, Any]:
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(dimensions, rng=HYPERCUBE_SEED).random(draws))


def quantiles(regime: Regime, society: Society, draws: int) -> np.ndarray[Any, Any]:
    """Return where in its range every number lies in every try: float64 (tries, draws, numbers)."""
    found = _hypercube(len(drawables(regime, society)), draws * TRIES)
    return found.reshape(TRIES, draws, -1)


def drawn_society(regime: Regime, society: Society, draw: int, draws: int, attempt: int) -> Society:
    """Return the society of a draw at an attempt.

    A number is drawn evenly from its range. Where numbers that were drawn do not go together, such as two
    edges in the wrong order, those that the refusal names stay as the file has them.

    Raises:
        FileProblems: the rest does not go together either.
    """
    return _patched(society, _values(regime, society, draw, draws, attempt, of_regime=False))


def drawn_regime(regime: Regime, society: Society, draw: int, draws: int, attempt: int) -> Regime:
    """Return the regime of a draw at an attempt; numbers as in `drawn_society`.

    Raises:
        FileProblems: the rest does not go together either.
    """
    return _patched(regime, _values(regime, society, draw, draws, attempt, of_regime=True))


def _values(
    regime: Regime, society: Society, draw: int, draws: int, attempt: int, *, of_regime: bool
) -> dict[str, float]:
    where = quantiles(regime, society, draws)[attempt, draw - 1]
    return {
        one.at: one.low + (one.high - one.low) * float(at)
        for one, at in zip(drawables(regime, society), where, strict=True)
        if one.of_regime == of_regime
    }


def _patched(file: Rules, values: dict[str, float]) -> Rules:
    left = dict(values)
    while True:
        try:
            return file.patched(left)
        except FileProblems as error:
            named = {key for key in left for problem in error.problems if _names(problem.key, key)}
            if not named:
                raise
            for key in named:
                del left[key]


def _names(problem: str, key: str) -> bool:
    return problem == key or problem.startswith(f"{key}.") or key.startswith(f"{problem}.")
