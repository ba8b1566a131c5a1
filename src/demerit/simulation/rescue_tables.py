"""Compile what people do about an injured stranger, and solve the costs that are not typed in (F3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.rescuing import CALL, HELP_NOW, HELP_WITH_PROOF
from demerit.catalogue.words import BLAMED, STRANGER
from demerit.simulation.calibrate import softmax, solve
from demerit.simulation.sample import record_cost
from demerit.simulation.scales import Q16, felt_harm_days

if TYPE_CHECKING:
    from demerit.simulation.sample import Sample
    from demerit.society.rescue_types import Rescue
    from demerit.society.types import SocietyFile

Array = np.ndarray[Any, Any]
_ADULT = 1
_ROUNDS = 500
_CLOSE = 1e-9
_LEAST = 1e-12
"""Chances below this count as this while costs are solved: with little noise first guesses lie far off."""


def fill_rescue(people: np.void, society: SocietyFile) -> None:
    """Fill what is known of an injured stranger before costs are solved."""
    rescue = society.rescue
    people["rescues"] = int(rescue.enabled)
    people["call_share"] = round(float(rescue.call_share) * Q16)
    people["rescue_inverse_tau"] = round(Q16 / float(rescue.noise_days))
    people["feared_claim"] = round(float(rescue.feared_claim) * Q16)
    harm = felt_harm_days(float(rescue.claim_harm), float(society.choice.harm_base))
    people["claim_harm"] = round(harm * Q16)
    for name in ("passers_by", "passer_minutes", "proof_minutes", "call_minutes", "bystanders"):
        people[name] = round(float(getattr(rescue, name)))


@dataclass(frozen=True)
class Meeting:
    """What an injured stranger means to the people of a sample under some rules, days of income by person.

    Attributes:
        averted: felt harm that help averts; call_share: share that a call averts.
        blame: expected cost of being blamed for helping at once, and with proof.
        noise: days.
    """

    averted: Array
    call_share: float
    blame: tuple[Array, Array]
    noise: float

    def chances(self, costs: Array, others: float = 0.0) -> list[Array]:
        """Return the chance of every kind of help by person, if others help with a chance."""
        on = self.averted * others
        ways = (HELP_NOW, HELP_WITH_PROOF)
        helped = [self.averted - costs[way] - self.blame[way] - on for way in ways]
        return softmax([*helped, self.averted * self.call_share - costs[CALL] - on], self.noise)


def meeting(people: np.void, law: np.void, sample: Sample) -> Meeting:
    """Return what an injured stranger means to a sample under compiled rules."""
    award = np.minimum(
        float(law["award_fen"]) / sample.income_fen_day, float(people["attachable"]) + sample.wealth_days
    )
    loss = award + record_cost(law, BLAMED, sample)
    feared, liable = float(people["feared_claim"]) / Q16, float(law["helper_liable"]) / Q16
    clears, cameras = float(law["evidence_clears"]) / Q16, float(law["cameras"]) / float(1 << 32)
    return Meeting(
        sample.conscience * float(people["felt_harm"][STRANGER]) / Q16,
        float(people["call_share"]) / Q16,
        (feared * liable * (1.0 - cameras * clears) * loss, feared * liable * (1.0 - clears) * loss),
        Q16 / float(people["rescue_inverse_tau"]),
    )


def solve_costs(rescue: Rescue, stakes: Meeting) -> Array:
    """Return the cost of each kind of help at which its mean chance is what the file says, days."""
    targets = np.array([float(rescue.at_once), float(rescue.with_proof), float(rescue.call)])
    costs = np.zeros(len(targets))
    for _ in range(_ROUNDS):
        found = np.array([chance.mean() for chance in stakes.chances(costs)])
        left = max(1.0 - found.sum(), _LEAST)
        costs += stakes.noise * np.log(np.maximum(found, _LEAST) * (1.0 - targets.sum()) / (targets * left))
        if np.abs(found - targets).max() < _CLOSE:
            break
    return costs


def others_help(stakes: Meeting, costs: Array, bystanders: int) -> float:
    """Return the chance that one of the others helps, when each of them reckons with just that.

    Everybody meets the same number of others, of whom each helps with the mean chance: the equilibrium in
    mixed strategies of the volunteer's dilemma, which noise turns into a fixed point (M42).
    """
    if bystanders < 2:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(60):
        others = (low + high) / 2.0
        each = float(sum(chance.mean() for chance in stakes.chances(costs, others)))
        if 1.0 - (1.0 - each) ** (bystanders - 1) > others:
            low = others
        else:
            high = others
    return (low + high) / 2.0


def calibrate_rescue(people: np.void, law: np.void, society: SocietyFile, sample: Sample) -> dict[str, float]:
    """Solve the costs of helping, the gain of blaming a helper, and what bystanders expect of each other.

    Returns:
        The solved numbers in days of own income, by name.
    """
    if not society.rescue.enabled:
        return {}
    sample = sample.eligible(_ADULT)
    stakes = meeting(people, law, sample)
    costs = solve_costs(society.rescue, stakes)
    people["help_cost"] = np.rint(costs * Q16)
    others = others_help(stakes, costs, round(float(society.rescue.bystanders)))
    people["others_help"] = round(others * Q16)
    gain = _solve_claim(people, law, society, sample)
    people["claim_gain"] = round(gain * Q16)
    names = ("at_once", "with_proof", "call")
    found = {f"rescue.{name}": float(cost) for name, cost in zip(names, costs, strict=True)}
    return found | {"rescue.claims": gain}


def _solve_claim(people: np.void, law: np.void, society: SocietyFile, sample: Sample) -> float:
    """Return the gain of blaming a helper at which as many do as the file says."""
    rescue = society.rescue
    noise = float(society.choice.tau) * float(people["claim_harm"]) / Q16
    people["claim_inverse_tau"] = round(Q16 / noise)
    cameras = float(law["cameras"]) / float(1 << 32)
    proven = float(rescue.with_proof) + float(rescue.at_once) * cameras
    shares = np.array([float(rescue.at_once) * (1.0 - cameras), proven])
    worths = []
    for clears in (0.0, float(law["evidence_clears"]) / Q16):
        liable = float(law["helper_liable"]) / Q16 * (1.0 - clears)
        worth = liable * float(law["award_fen"]) / float(people["mean_income"])
        found = (1.0 - liable) * float(law["false_claim_found"]) / Q16
        worth -= found * float(law["false_claim_fen"]) / float(people["mean_income"])
        worths.append(worth - sample.conscience * float(people["claim_harm"]) / Q16)

    def mean(gain: float) -> float:
        chances = [softmax([worth + gain - _SHIFT], noise)[0].mean() for worth in worths]
        return float(np.dot(chances, shares) / shares.sum())

    return solve(float(rescue.claims), mean, "blaming a helper") - _SHIFT


_SHIFT = 500.0
"""Gains are sought between minus this many days and as many above."""
