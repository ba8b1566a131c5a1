"""The sample of adults on which a society is calibrated, and their chances of acting in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.words import CITIZEN, ELIGIBILITY, PUBLIC, SCORES
from demerit.society.quantiles import beta

if TYPE_CHECKING:
    from demerit.society.people import Population
    from demerit.society.types import SocietyFile

Q16 = float(1 << 16)
SAMPLE_PEOPLE = 8192
"""People of the sample; the same for every run of a society."""
_LEVELS = 1024
_BY_TRADE = ELIGIBILITY.index("truck_driver")


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
    wealth_days: np.ndarray[Any, Any]

    def eligible(self, mask: int) -> Sample:
        """Return those who meet situations of an eligibility; everybody if nobody of the sample does."""
        chosen = self.flags & mask != 0
        if not chosen.any():
            chosen = np.ones(len(self.flags), bool)
        return Sample(
            self.quantiles,
            spread(self.conscience[chosen], self.quantiles),
            self.income_fen_day[chosen],
            self.need[chosen],
            self.employed[chosen],
            self.flags[chosen],
            self.wealth_days[chosen],
        )

    def share(self, mask: int) -> float:
        """Return the share of adults who meet situations of an eligibility."""
        return float((self.flags & mask != 0).mean())


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
        np.maximum(population.wealth_fen[adults], 0) / income,
    )


def sample_bodies(population: Population, society: SocietyFile, everybody: Sample) -> dict[str, Sample]:
    """Return the organisations of a population as calibration sees them, by the word that the file uses."""
    mean = float(everybody.income_fen_day.mean())
    organisations = society.organisations
    firms = population.companies[population.companies["sector"] != PUBLIC]
    sizes = np.maximum(firms["employees"].astype(float), 1.0)
    staff = {
        "company": sizes,
        "shop": sizes,
        "agency": np.full(1, float(organisations.agency_staff)),
        "service": np.full(1, float(organisations.service_staff)),
    }
    found = {}
    for word, people in staff.items():
        # every size of payroll with every compliance
        payroll = np.repeat(people * mean, len(everybody.quantiles) // 16)
        compliance = np.tile(everybody.quantiles[8::16], len(people))
        nobody = np.zeros(len(payroll))
        found[word] = Sample(
            everybody.quantiles, compliance, payroll, nobody, nobody.astype(np.int64),
            nobody.astype(np.int64), nobody,
        )  # fmt: skip
    return found


def expected_cost(law: np.void, kind: int, sample: Sample) -> np.ndarray[Any, Any]:
    """Return p (f + L) under the null regime for people with a clean record, days of income."""
    return np.asarray(record_cost(law, kind, sample) * float(law["watched"][kind]) / float(1 << 32))


def record_cost(law: np.void, kind: int, sample: Sample) -> np.ndarray[Any, Any]:
    """Return f + L of a record under the null regime for people with a clean one, days of income."""
    if law["conduct"][kind] == 0:
        return np.zeros(len(sample.income_fen_day))
    days = float(law["fine_fen"][kind]) / sample.income_fen_day
    added = int(law["licence_points"][kind])
    if law["licence_limit"] and added:
        days = days + float(law["licence_loss"][added] - law["licence_loss"][0]) / Q16
    days = days + law["further_loss"][:, kind][sample.employed * (1 + (sample.flags >> _BY_TRADE & 1))] / Q16
    for place in range(int(law["felt"][kind])):
        system, change = int(law["felt_system"][kind, place]), int(law["felt_points"][kind, place])
        if system < SCORES:
            continue
        base = int(law["base"][CITIZEN, system])
        table = law["burden"][:, system].astype(np.int64)
        after = base + round(change / 1000)
        more = (table[:, after] - table[:, base]) * (int(law["duration"][system]) / 256.0) / (1 << 24)
        days = days + more[sample.employed]
    return np.asarray(days)
