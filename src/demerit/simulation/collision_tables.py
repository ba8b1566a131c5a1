"""Compile collisions and what drivers do after one, and solve what is not typed in (F3, F24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.colliding import FATAL, SERIOUS, SEVERITIES
from demerit.catalogue.words import COLLISION, ELIGIBILITY, FAMILY_OF_KIND, FLIGHT, KINDS, ROAD
from demerit.errors import UsageError
from demerit.simulation.sample import record_cost
from demerit.simulation.scales import Q16, Q32, chance_q32, felt_harm_days

if TYPE_CHECKING:
    from demerit.simulation.sample import Sample
    from demerit.society.types import SocietyFile

Array = np.ndarray[Any, Any]
_DRIVER = 1 << ELIGIBILITY.index("driver")
_SEARCHED = 100_000.0
"""Days between minus and plus of which the gain of leaving is sought."""


def fill_collisions(people: np.void, society: SocietyFile) -> None:
    """Fill what is known of collisions before chances and gains are solved."""
    collisions, base = society.collisions, float(society.choice.harm_base)
    people["collides"] = int(collisions.enabled)
    people["severe"] = [
        chance_q32(float(collisions.fatal)),
        chance_q32(float(collisions.fatal) + float(collisions.serious)),
    ]
    people["on_foot"] = chance_q32(float(collisions.on_foot))
    people["insured"] = chance_q32(float(collisions.insured))
    people["settles"] = round(float(collisions.settles) * Q16)
    people["cover_fen"] = round(float(collisions.cover) * 100)
    for severity, name in enumerate(SEVERITIES):
        harm = felt_harm_days(float(getattr(collisions, f"leave_harm_{name}")), base)
        people["leave_harm"][severity] = round(harm * Q16)
        people["leave_inverse_tau"][severity] = round(Q16 / (float(society.choice.tau) * harm))
    people["kill_aversion"] = round(float(collisions.kill_aversion_days) * Q16)
    people["injury_days"][:FATAL] = [
        round(float(collisions.minor_days) * Q16),
        round(float(collisions.serious_days) * Q16),
    ]
    people["grave"] = chance_q32(float(society.rescue.grave))
    people["lethal_minutes"] = round(float(society.rescue.lethal_minutes))


def calibrate_collisions(
    people: np.void, law: np.void, society: SocietyFile, sample: Sample
) -> dict[str, float]:
    """Solve the chance of a collision on a drive and the gain of leaving it; return them by name.

    The chance is that of a drive on which no rule is broken; breaking one multiplies it. Gains of leaving are
    days of income at which the null share of drivers flees under ordinary law.
    """
    if not society.collisions.enabled:
        return {}
    chance, at_fault = _collision_chance(people, society, sample)
    drivers = sample.eligible(_DRIVER)
    found = {"collision.chance": chance}
    for severity, name in enumerate(SEVERITIES):
        target = float(getattr(society.collisions, f"flight_{name}"))
        gain = _leave_gain(people, law, drivers, severity, target, at_fault)
        people["leave_gain"][severity] = round(gain * Q16)
        found[f"collision.leave_{name}"] = gain
    return found


def _collision_chance(people: np.void, society: SocietyFile, sample: Sample) -> tuple[float, float]:
    """Fill the chances of a collision; return that of a drive without offence, and the share at fault."""
    factors = np.ones(len(KINDS))
    for name, factor in society.collisions.times.items():
        factors[KINDS.index(name)] = float(factor)
    drives, broken = np.zeros(len(KINDS)), np.zeros(len(KINDS))
    for situation in society.situations:
        kind = KINDS.index(situation.id)
        if FAMILY_OF_KIND[kind] == ROAD and situation.null_probability is not None:
            share = sample.share(int(people["eligible"][kind])) / max(sample.share(_DRIVER), 1e-9)
            drives[kind] = float(situation.rate) * share
            broken[kind] = float(situation.null_probability)
    weight = drives * (1.0 - broken) + drives * broken * factors
    chance = float(society.collisions.rate) / max(float(weight.sum()), 1e-9)
    met = drives > 0
    people["collision_chance"][0, met] = chance_q32(min(chance, 1.0))
    people["collision_chance"][1, met] = [chance_q32(min(chance * factor, 1.0)) for factor in factors[met]]
    return chance, float((drives * broken * factors).sum() / max(float(weight.sum()), 1e-9))


def costs(
    people: np.void, law: np.void, drivers: Sample, severity: int, fault: int, cover: int
) -> tuple[Array, Array]:
    """Return C(stay) and C(flee) of drivers with a clean record under some rules, days of income."""
    income = drivers.income_fen_day
    most = float(people["attachable"]) * income + drivers.wealth_days * income
    owed = float(law["damages_fen"][severity]) * float(law["fault_share"][fault]) / Q16
    paid = (0.0, float(law["compulsory_fen"]), float(law["compulsory_fen"]) + float(people["cover_fen"]))
    stay = np.minimum(max(owed - paid[cover], 0.0), most) / income
    alone = np.minimum(owed, most) / income
    if severity >= SERIOUS and law["liability"]:
        suit = float(law["publicity"]) / Q16 + _recorded(law, COLLISION, drivers)
        asked = owed * float(law["settlement"]) / Q16 / income
        settled = float(people["settles"]) / Q16
        stay = stay + np.minimum(suit, asked) * settled + suit * (1.0 - settled)
    sentence = float(law["flight_sentence"]) / Q16 if severity >= SERIOUS else 0.0
    found = float(law["flight_found"][severity]) / Q16
    return stay, found * (alone + sentence + _recorded(law, FLIGHT, drivers)) * float(law["liability"])


def _recorded(law: np.void, kind: int, drivers: Sample) -> Array:
    return np.asarray(record_cost(law, kind, drivers) * float(law["coverage"][kind]) / Q32)


def _leave_gain(
    people: np.void, law: np.void, drivers: Sample, severity: int, target: float, at_fault: float
) -> float:
    """Return the gain of leaving at which the null share of drivers flees, by bisection."""
    insured = float(people["insured"]) / Q32
    noise = Q16 / float(people["leave_inverse_tau"][severity])
    felt = drivers.conscience * float(people["leave_harm"][severity]) / Q16
    cases = []
    for fault, often in ((0, 1.0 - at_fault), (1, at_fault)):
        for cover, held in ((1, 1.0 - insured), (2, insured)):
            stay, flee = costs(people, law, drivers, severity, fault, cover)
            cases.append((often * held, stay - flee - felt))

    def share(gain: float) -> float:
        return float(
            sum(
                weight * (1.0 / (1.0 + np.exp(-np.clip((worth + gain) / noise, -700, 700)))).mean()
                for weight, worth in cases
            )
        )

    low, high = -_SEARCHED, _SEARCHED
    if not share(low) < target < share(high):
        raise UsageError(
            f"no gain of leaving gives a null share of {target} of drivers who flee after a "
            f"{SEVERITIES[severity]} collision; change flight_{SEVERITIES[severity]} or its leave_harm"
        )
    for _ in range(80):
        middle = (low + high) / 2.0
        low, high = (middle, high) if share(middle) < target else (low, middle)
    return (low + high) / 2.0
