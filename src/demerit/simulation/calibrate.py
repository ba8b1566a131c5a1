"""Solve the gains that are not typed in (F3).

A society file holds harm and the probability of acting under ordinary law; the gain is what makes the two
agree on a sample of the society itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import BREACH, FAMILIES, FAMILY_OF_KIND, KINDS, LAWFUL, STRANGER
from demerit.errors import UsageError
from demerit.simulation.approval_tables import solve_approval
from demerit.simulation.calm import solve_trust, wrongful_records
from demerit.simulation.gaming_tables import price_gaming
from demerit.simulation.sample import Q16, Sample, expected_cost

if TYPE_CHECKING:
    from demerit.society.situation_types import Situation
    from demerit.society.types import SocietyFile

_STEPS = 60
_ROUNDS = 40
RARE = 0.05
"""Acts a year per adult below which the chances of acting are added up."""


@dataclass(frozen=True)
class Stakes:
    """What a kind of situation means to the people of a sample, but for its gain.

    Attributes:
        tau: noise as a share of the gain.
        noise_days: noise in days of income where it is no share of the gain, else 0.
        harm_days: felt harm of the act, days of income.
        weight: weight of an empty purse on the gain.
        deed: whether the act is a deed, whose gain is a cost.
        cost: expected cost of a record, days of income, by person.
        sample: the people who meet it.
    """

    tau: float
    harm_days: float
    weight: float
    deed: bool
    cost: Any
    sample: Sample
    noise_days: float = 0.0

    def noise(self, gain: float) -> float:
        """Return the noise of the choice at a gain, days of income."""
        return self.noise_days or self.tau * gain

    def utility(self, gain: float, extra: float = 0.0) -> np.ndarray[Any, Any]:
        """Return each person's utility of acting, days of income; ``extra`` is an emergency."""
        felt = self.sample.conscience * self.harm_days
        if self.deed:
            return np.asarray(felt - gain)
        return np.asarray(gain * (1.0 + self.weight * self.sample.need) + extra - felt - self.cost)

    def probability(self, gain: float, extra: float = 0.0) -> np.ndarray[Any, Any]:
        """Return each person's probability of acting at a gain (or cost of a deed)."""
        return softmax([self.utility(gain, extra)], self.noise(gain))[0]


def softmax(utilities: list[np.ndarray[Any, Any]], noise: float) -> list[np.ndarray[Any, Any]]:
    """Return the chance of every option beside one of utility nought, by a logit.

    >>> [round(float(chance[0]), 3) for chance in softmax([np.zeros(1), np.zeros(1)], 0.5)]
    [0.333, 0.333]
    """
    weights = [np.exp(np.clip(utility / noise, -700, 700)) for utility in utilities]
    total = 1.0 + sum(weights)
    return [np.asarray(weight / total) for weight in weights]


def solve(target: float, mean: Callable[[float], float], what: str) -> float:
    """Return the gain at which a mean probability is the target, by bisection.

    Raises:
        UsageError: no gain between 0.001 and 1,000 days gives the target.
    """
    low, high = 1e-3, 1e3
    at_low, at_high = mean(low), mean(high)
    if not min(at_low, at_high) <= target <= max(at_low, at_high):
        raise UsageError(
            f"no gain gives {what} a null probability of {target}: it would have to lie between {at_low:.3f} "
            f"and {at_high:.3f}; change null_probability, harm or tau"
        )
    rising = at_low < at_high
    for _ in range(_STEPS):
        middle = (low * high) ** 0.5
        if (mean(middle) < target) == rising:
            low = middle
        else:
            high = middle
    return float(round((low * high) ** 0.5 * Q16) / Q16)


def solve_gain(target: float, stakes: Stakes, what: str = "the act") -> float:
    """Return the gain at which the mean probability over the sample is the target."""
    return solve(target, lambda gain: float(stakes.probability(gain).mean()), what)


def solve_both(situation: Situation, openly: Stakes, hidden: Stakes) -> tuple[float, float]:
    """Return the gains of breaking a rule openly and of hiding it, which meet both null probabilities."""
    assert situation.hide is not None
    targets = float(situation.null_probability or 0), float(situation.hide.null_probability)
    gain, hiding = solve_gain(targets[0], openly, situation.id), hidden.harm_days + 1.0

    def chance(which: int, one: float, other: float) -> float:
        utilities = [openly.utility(one), hidden.utility(other)]
        return float(softmax(utilities, openly.tau * one)[which].mean())

    for _ in range(_ROUNDS):
        before = gain
        hiding = solve(targets[1], partial(chance, 1, gain), f"hiding {situation.id}")
        gain = solve(targets[0], partial(_swapped, chance, hiding), situation.id)
        if gain == before:
            break
    return gain, hiding


def _swapped(chance: Callable[[int, float, float], float], hiding: float, gain: float) -> float:
    return chance(0, gain, hiding)


def calibrate(
    people: np.void, law: np.void, society: SocietyFile, sample: Sample, bodies: dict[str, Sample]
) -> dict[str, float]:
    """Fill gains, crowding and the steps of trust into compiled people; return the gains in days, by kind.

    Args:
        people: compiled society (changed).
        law: the compiled null regime.
        society: typed society.
        sample: adults of the society.
        bodies: its organisations, by the word that the file uses for those who meet a situation.
    """
    people["mean_income"] = round(float(sample.income_fen_day.mean()))
    price_gaming(people, society)
    gains: dict[str, float] = {}
    acting, necessity = np.zeros(len(KINDS)), np.zeros(len(KINDS))
    for situation in society.situations:
        if situation.null_probability is None:
            continue
        kind = KINDS.index(situation.id)
        those = bodies.get(situation.eligible) or sample.eligible(int(people["eligible"][kind]))
        stakes = _stakes(people, law, society, situation, those)
        gain = solve_gain(float(situation.null_probability), stakes, situation.id)
        if situation.hide is not None:
            hidden = Stakes(
                stakes.tau, float(people["hide_harm"][kind]) / Q16, stakes.weight, False,
                stakes.cost * float(situation.hide.seen), those,
            )  # fmt: skip
            gain, hiding = solve_both(situation, stakes, hidden)
            people["hide_gain"][kind] = round(hiding * Q16)
            gains[f"{situation.id}.hide"] = hiding
        gains[situation.id] = gain
        people["gain"][kind] = round(gain * Q16)
        people["inverse_tau"][kind] = round(Q16 / stakes.noise(gain))
        people["emergency"][kind] = round(float(situation.emergency) * gain * Q16)
        acting[kind], necessity[kind] = _in_context(situation, stakes, gain)
    rates = met_a_year(people, sample)
    acting[STRANGER] = helped_at_last(society)
    if not society.rescue.enabled:
        rates[STRANGER] = 0.0
    solve_trust(people, law, rates, acting, necessity)
    unjust = wrongful_records(people, law, rates, rates * acting, necessity)
    solve_approval(people, law, rates, acting, unjust, society)
    # what happens to one in twenty a year or less is estimated by its chances as well (F43)
    people["summed"] = (rates * acting < RARE) & (people["gain"] > 0)
    for family in range(len(FAMILIES)):
        people["crowding"][family] = round(
            32768 * -math.expm1(-float(society.learning.kappa) / decisions_a_year(people, sample, family))
        )
    return gains


def _stakes(
    people: np.void, law: np.void, society: SocietyFile, situation: Situation, those: Sample
) -> Stakes:
    kind = KINDS.index(situation.id)
    cost = expected_cost(law, kind, those)
    if kind == BREACH:
        cost = cost * float(people["inspected"]) / Q16
    return Stakes(
        float(society.choice.tau),
        float(people["felt_harm"][kind]) / Q16,
        float(situation.need_weight),
        situation.act == "deed",
        cost,
        those,
        float(situation.noise_days),
    )


def _in_context(situation: Situation, stakes: Stakes, gain: float) -> tuple[float, float]:
    """Return the mean chance of acting over all contexts, and of acting out of necessity."""
    urgent, unable = float(situation.necessity), float(situation.inability)
    plain = float(situation.null_probability or 0)
    if situation.hide is not None:
        plain += float(situation.hide.null_probability)
    forced = float(stakes.probability(gain, float(situation.emergency) * gain).mean())
    return (1.0 - urgent - unable) * plain + urgent * forced + unable, urgent * forced


def helped_at_last(society: SocietyFile) -> float:
    """Return the share of injured strangers whom one of those who come by helps."""
    rescue = society.rescue
    on = 1.0 - float(rescue.at_once) - float(rescue.with_proof) - float(rescue.call)
    return float(1.0 - on ** float(rescue.passers_by))


def met_a_year(people: np.void, sample: Sample) -> np.ndarray[Any, Any]:
    """Return situations met a year per adult, by kind."""
    shares = [sample.share(int(mask)) for mask in people["eligible"]]
    return np.asarray(np.array(shares) * people["rate"] * people["arises_share"] / Q16**2)


def decisions_a_year(people: np.void, sample: Sample, family: int) -> float:
    """Return the expected decisions a year in a family, for those who decide in it at all."""
    # in what is lawful nothing is decided that conscience would have a say in
    moral = [kind for kind, name in enumerate(KINDS) if name not in LAWFUL and people["gain"][kind] > 0]
    kinds = [kind for kind in moral if FAMILY_OF_KIND[kind] == family]
    anyone = 0
    for kind in kinds:
        anyone |= int(people["eligible"][kind])
    met = float(met_a_year(people, sample)[kinds].sum())
    return met / sample.share(anyone) if met > 0 else 1.0
