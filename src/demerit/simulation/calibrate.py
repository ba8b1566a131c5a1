"""Solve what is not typed in: the gains behind temptations, and the steps by which trust grows (F3, F15).

A society file holds harm and the probability of acting under ordinary law; the gain is what makes the two
agree on a sample of the society itself. Trust grows by the step that keeps ordinary law calm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import (
    BILL,
    CIRCLES,
    CITIZEN,
    CROSSWALK,
    DEED_SEEN,
    DEED_UNSEEN,
    ELIGIBILITY,
    FAMILY,
    INSTITUTIONS,
    KINDS,
    NEIGHBOUR,
    SCORES,
    STRANGERS,
)
from demerit.errors import UsageError
from demerit.society.quantiles import beta

if TYPE_CHECKING:
    from demerit.society.people import Population
    from demerit.society.types import SocietyFile

Q16, Q32 = float(1 << 16), float(1 << 32)
SAMPLE_PEOPLE = 8192
"""People of the sample on which gains are solved; the same for every run of a society."""
_STEPS = 60
_LEVELS = 1024


@dataclass(frozen=True)
class Sample:
    """Adults of a society, as calibration sees them: arrays of equal length.

    Their consciences keep their order but take the exact quantiles of the distribution, in every part that is
    asked for, so that the gains carry no sampling error of conscience, which matters most.
    """

    quantiles: np.ndarray[Any, Any]
    conscience: np.ndarray[Any, Any]
    income_fen_day: np.ndarray[Any, Any]
    need: np.ndarray[Any, Any]
    employed: np.ndarray[Any, Any]
    flags: np.ndarray[Any, Any]

    def eligible(self, bit: int) -> Sample:
        """Return those who meet situations of an eligibility."""
        chosen = (self.flags >> bit) & 1 == 1
        return Sample(
            self.quantiles,
            spread(self.conscience[chosen], self.quantiles),
            self.income_fen_day[chosen],
            self.need[chosen],
            self.employed[chosen],
            self.flags[chosen],
        )


def spread(values: np.ndarray[Any, Any], quantiles: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the quantiles that belong to the ranks of the values.

    >>> spread(np.array([0.2, 0.9, 0.4]), np.array([0.0, 0.5, 1.0])).round(3).tolist()
    [0.0, 1.0, 0.5]
    """
    ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    nodes = (np.arange(len(quantiles)) + 0.5) / len(quantiles)
    return np.asarray(np.interp((ranks + 0.5) / max(len(values), 1), nodes, quantiles))


def conscience_quantiles(society: SocietyFile) -> np.ndarray[Any, Any]:
    """Return the distribution of conscience at equally likely levels."""
    quantile = beta(float(society.choice.conscience_a), float(society.choice.conscience_b))
    tails = (np.arange(_LEVELS) + 0.5) / _LEVELS
    values = [quantile(min(tail, 1.0 - tail), bool(tail > 0.5)) for tail in tails]
    return np.array(values) / Q16


def sample_of(population: Population, society: SocietyFile) -> Sample:
    """Return the adults of a population with what the choice depends on."""
    expense_share = float(society.income.expense_share)
    traits = population.traits
    adults = traits["flags"] & 1 == 1
    income = traits["income_fen_day"][adults].astype(float)
    month = 30.0 * income * expense_share
    need = np.clip(1.0 - np.maximum(population.wealth_fen[adults], 0) / month, 0.0, 1.0)
    return Sample(
        conscience_quantiles(society),
        traits["conscience"][adults] / Q16,
        income,
        need,
        (traits["employer"][adults] > 0).astype(np.int64),
        traits["flags"][adults].astype(np.int64),
    )


def probability(
    gain: float, tau: float, harm_days: float, weight: float, deed: bool, cost: Any, sample: Sample
) -> np.ndarray[Any, Any]:
    """Return each person's probability of acting, without context, at a gain (or cost of a deed)."""
    felt = sample.conscience * harm_days
    utility = felt - gain if deed else gain * (1.0 + weight * sample.need) - felt - cost
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(utility / (tau * gain), -700, 700))))


def expected_cost(law: np.void, kind: int, sample: Sample) -> np.ndarray[Any, Any]:
    """Return p (f + L) under the null regime for people with a clean record, days of income."""
    if law["conduct"][kind] == 0:
        return np.zeros(len(sample.income_fen_day))
    days = float(law["fine_fen"][kind]) / sample.income_fen_day
    added = int(law["licence_points"][kind])
    if law["licence_limit"] and added:
        days = days + float(law["licence_loss"][added] - law["licence_loss"][0]) / Q16
    for place in range(int(law["felt"][kind])):
        system, change = int(law["felt_system"][kind, place]), int(law["felt_points"][kind, place])
        if system < SCORES:
            continue
        base = int(law["base"][CITIZEN, system])
        table = law["burden"][:, system].astype(np.int64)
        after = base + round(change / 1000)
        more = (table[:, after] - table[:, base]) * (int(law["duration"][system]) / 256.0) / (1 << 24)
        days = days + more[sample.employed]
    return np.asarray(days * float(law["coverage"][kind]) / Q32)


def solve_gain(
    target: float, tau: float, harm_days: float, weight: float, deed: bool, cost: Any, sample: Sample
) -> float:
    """Return the gain at which the mean probability over the sample is the target, by bisection.

    Raises:
        UsageError: no gain between 0.001 and 1,000 days gives the target.
    """
    low, high = 1e-3, 1e3
    rising = not deed

    def mean(gain: float) -> float:
        return float(probability(gain, tau, harm_days, weight, deed, cost, sample).mean())

    if not min(mean(low), mean(high)) <= target <= max(mean(low), mean(high)):
        raise UsageError(
            f"no gain gives a null probability of {target}: it would have to lie between {mean(low):.3f} and "
            f"{mean(high):.3f}; change null_probability, harm or tau"
        )
    for _ in range(_STEPS):
        middle = (low * high) ** 0.5
        if (mean(middle) < target) == rising:
            low = middle
        else:
            high = middle
    return float(round((low * high) ** 0.5 * Q16) / Q16)


def calibrate(people: np.void, law: np.void, society: SocietyFile, sample: Sample) -> dict[str, float]:
    """Fill gains and the steps of trust into compiled people; return the gains in days of income, by kind.

    Args:
        people: compiled society (changed).
        law: the compiled null regime.
        society: typed society.
        sample: adults of the society.
    """
    by_id = {situation.id: situation for situation in society.situations}
    tau = float(society.choice.tau)
    gains: dict[str, float] = {}
    acting = np.zeros(len(KINDS))
    necessity = np.zeros(len(KINDS))
    for kind, name in enumerate(KINDS):
        situation = by_id.get(name)
        if situation is None:
            people["inverse_tau"][kind] = 0
            continue
        those = sample.eligible(ELIGIBILITY.index(situation.eligible))
        deed = situation.act == "deed"
        harm_days = float(people["felt_harm"][kind]) / Q16
        weight = float(situation.need_weight)
        cost = expected_cost(law, kind, those)
        gain = solve_gain(float(situation.null_probability), tau, harm_days, weight, deed, cost, those)
        gains[name] = gain
        people["gain"][kind] = round(gain * Q16)
        people["inverse_tau"][kind] = round(Q16 / (tau * gain))
        people["emergency"][kind] = round(float(situation.emergency) * gain * Q16)
        plain = float(probability(gain, tau, harm_days, weight, deed, cost, those).mean())
        forced = float(
            probability(
                gain, tau, harm_days, weight, deed, cost - float(situation.emergency) * gain, those
            ).mean()
        )
        urgent, unable = float(situation.necessity), float(situation.inability)
        acting[kind] = (1.0 - urgent - unable) * plain + urgent * forced + unable
        necessity[kind] = urgent * forced
    solve_trust(people, law, society, acting, necessity)
    return gains


def _rate(society: SocietyFile, kind: int) -> float:
    """Return situations of a kind a year per adult."""
    for situation in society.situations:
        if situation.id == KINDS[kind]:
            share = (
                1.0
                if situation.eligible == "adult"
                else float(getattr(society.eligibility, situation.eligible))
            )
            return float(situation.rate) * share
    return 0.0


def solve_trust(
    people: np.void,
    law: np.void,
    society: SocietyFile,
    acting: np.ndarray[Any, Any],
    necessity: np.ndarray[Any, Any],
) -> None:
    """Solve the step up of every circle that keeps ordinary law calm: n+ b+ (1 - t0) = n- b- (t0 - x) (F15).

    Raises:
        UsageError: a step up would be larger than the step down, so a bad event would weigh less than a good
            one.
    """
    rates = np.array([_rate(society, kind) for kind in range(len(KINDS))])
    done, left = rates * acting, rates * (1.0 - acting)
    coverage = law["coverage"] / Q32 * (law["conduct"] > 0)
    unheard = 1.0 - float(law["recognition"]) / Q32
    wrongful = float(np.sum(rates * necessity * coverage * unheard))
    wrongful += float(np.sum(done * coverage * (people["deed"] == 0))) * float(law["mismatch"][0]) / Q32
    events = {
        STRANGERS: (left[CROSSWALK], done[CROSSWALK]),
        NEIGHBOUR: (done[DEED_SEEN] + done[DEED_UNSEEN], left[DEED_SEEN] + left[DEED_UNSEEN]),
        FAMILY: (left[BILL], done[BILL]),
        INSTITUTIONS: (left[BILL], wrongful),
    }
    for circle, (good, bad) in events.items():
        start = float(people["trust_start"][circle]) / 65535.0
        down = float(people["trust_down"][circle]) / Q32
        low = float(people["trust_low"][circle]) / 65535.0
        if good <= 0.0 or bad <= 0.0 or start >= 1.0:
            continue
        up = bad * down * (start - low) / (good * (1.0 - start))
        if up > down:
            raise UsageError(
                f"trust in {CIRCLES[circle]} cannot be calm under ordinary law: its step up would be "
                f"{up:.3f}, more than the step down of {down:.3f}; lower step_{CIRCLES[circle]} or raise the "
                "rate of good events"
            )
        people["trust_up"][circle] = round(up * Q32)
