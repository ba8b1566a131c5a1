"""Compile complaints of a regime, and reporting of a society; what people expect complaints to lead to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.complaining import (
    CHILD_AT_HOME,
    HOUSEMATE,
    LEANING_FAITH,
    LEANING_GRUDGE,
    LEANING_OPPORTUNISM,
    LEANING_TRAVEL,
    REPORTERS,
)
from demerit.catalogue.words import (
    CIVIL_TRIP,
    DOMESTIC,
    GRUDGE,
    KINDS,
    RITE,
    SCHOOL_ABROAD,
    STAGING,
    TRIP,
    WITNESS,
)
from demerit.mechanisms.anticipation import change_of_burden
from demerit.simulation.scales import Q16, Q32, chance_q32

if TYPE_CHECKING:
    from demerit.regime.complaint_types import Complaints
    from demerit.regime.types import RegimeFile
    from demerit.society.situation_types import Situation
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR = 365.0


def compile_complaints(rules: np.void, regime: RegimeFile, society: SocietyFile) -> None:
    """Fill in what becomes of complaints, and how likely an act is to be recorded with them."""
    rules["watched"] = rules["coverage"]
    rules["effort_factor"] = Q16
    rules["duty_factor"] = Q16
    complaints = regime.complaints
    if complaints is None or not complaints.enabled:
        rules["coverage"][GRUDGE] = 0
        rules["watched"][GRUDGE] = 0
        return
    rules["complaints"] = 1
    _offices(rules, complaints)
    _false_reports(rules, complaints)
    situations = {situation.id: situation for situation in society.situations}
    for kind, name in enumerate(KINDS):
        if rules["conduct"][kind] != 0 and name in situations and kind != GRUDGE:
            _expect(rules, society, situations[name], kind)


def _offices(rules: np.void, complaints: Complaints) -> None:
    for name in ("check", "finds_false", "upholds_true", "unchecked"):
        rules[name] = chance_q32(float(getattr(complaints, name)))
    rules["handling_days"] = round(float(complaints.handling_days))
    rules["reward_fen"] = round(float(complaints.reward) * 100)
    rules["effort_factor"] = round(float(complaints.campaign.effort) * Q16)
    rules["duty_factor"] = round(float(complaints.campaign.duty) * Q16)
    if complaints.silence is not None:
        rules["silence"] = chance_q32(float(complaints.silence.found))
        rules["silence_fen"] = round(float(complaints.silence.fine) * 100)


def _false_reports(rules: np.void, complaints: Complaints) -> None:
    check, finds = float(complaints.check), float(complaints.finds_false)
    unchecked = (1.0 - check) * float(complaints.unchecked)
    rules["believed_true"] = round((check * float(complaints.upholds_true) + unchecked) * Q16)
    rules["believed_false"] = round((check * (1.0 - finds) + unchecked) * Q16)
    prosecuted = float(complaints.prosecuted) * float(rules["coverage"][GRUDGE]) / Q32
    rules["prosecuted"] = chance_q32(prosecuted)
    rules["coverage"][GRUDGE] = chance_q32(check * finds * prosecuted)
    rules["watched"][GRUDGE] = rules["coverage"][GRUDGE]


def _expect(rules: np.void, society: SocietyFile, situation: Situation, kind: int) -> None:
    """Work out how likely the mean person of each circle is to see an act and to report it."""
    reporting, believed = society.reporting, float(rules["believed_true"]) / Q16
    noise = float(reporting.noise_days)
    for circle, name in enumerate(REPORTERS):
        seen = seen_by(situation)[circle]
        tie = float(getattr(reporting, f"tie_{name}_days"))
        utility = _worth_reporting(rules, society, situation) - tie
        report = 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, utility / noise))))
        rules["told"][kind, circle] = chance_q32(seen * report)
    unseen = 1.0 - float(rules["coverage"][kind]) / Q32
    told = believed * float(rules["told"][kind].sum()) / Q32
    rules["watched"][kind] = min(round((1.0 - unseen * (1.0 - told)) * Q32), Q32)


def _worth_reporting(rules: np.void, society: SocietyFile, situation: Situation) -> float:
    """Return what reporting an act is worth to the mean adult, ties not counted, days of income."""
    choice, income, place = society.choice, society.income, float(society.demography.urban_share)
    conscience = float(choice.conscience_a) / (float(choice.conscience_a) + float(choice.conscience_b))
    felt = math.pow(float(choice.harm_base), float(situation.harm)) - 1.0
    mean = place * float(income.urban_mean) + (1.0 - place) * float(income.rural_mean)
    fen_day = 100.0 * mean / _DAYS_A_YEAR
    reward = float(rules["reward_fen"]) / fen_day + _points_worth(rules)
    silence = float(rules["silence"]) / Q32 * float(rules["silence_fen"]) / fen_day
    duty = float(society.reporting.duty) * conscience * felt * float(rules["duty_factor"]) / Q16
    effort = float(society.reporting.effort_days) * float(rules["effort_factor"]) / Q16
    return float(rules["believed_true"]) / Q16 * reward + duty + silence - effort


def _points_worth(rules: np.void) -> float:
    """Return what the points for a report are worth to somebody aware with a clean record and a wage."""
    worth = 0
    if rules["conduct"][WITNESS] != 0:
        for place in range(int(rules["felt"][WITNESS])):
            system, points = rules["felt_system"][WITNESS, place], rules["felt_points"][WITNESS, place]
            worth -= change_of_burden(rules, 1, int(system), 0, int(points))
    return worth / Q16 * float(rules["aware_share"]) / Q32


def seen_by(situation: Situation) -> list[float]:
    """Return the chance that somebody of each circle sees an act of a kind."""
    found = {str(name): float(share) for name, share in situation.circles.items()}
    return [found.get(name, 0.0) for name in REPORTERS]


def compile_reporting(people: np.void, society: SocietyFile) -> None:
    """Fill in who sees what others do, what reporting costs, and what it does between people.

    A report is a deed: what the regime gives for it is credited.
    """
    reporting, leanings = society.reporting, society.leanings
    for situation in society.situations:
        kind = KINDS.index(situation.id)
        seen = np.cumsum(seen_by(situation))
        people["seen_by"][kind] = [chance_q32(min(float(share), 1.0)) for share in seen]
    people["deed"][WITNESS] = 1
    people["arises_share"] = Q16
    people["arises"][GRUDGE] = LEANING_GRUDGE
    people["arises_share"][GRUDGE] = round(float(leanings.grudge) * Q16)
    people["arises"][STAGING] = LEANING_OPPORTUNISM
    people["arises_share"][STAGING] = round(float(leanings.opportunism) * Q16)
    people["arises"][DOMESTIC] = HOUSEMATE
    people["arises_share"][DOMESTIC] = round(_share_with_partner(society) * Q16)
    people["arises"][RITE] = LEANING_FAITH
    people["arises_share"][RITE] = round(_faith(society) * Q16)
    for kind in (TRIP, CIVIL_TRIP):
        people["arises"][kind] = LEANING_TRAVEL
        people["arises_share"][kind] = round(float(leanings.travel_wish) * Q16)
    people["arises"][SCHOOL_ABROAD] = CHILD_AT_HOME
    people["arises_share"][SCHOOL_ABROAD] = round(_share_with_child(society) * Q16)
    people["women_meet"] = chance_q32(float(reporting.women_meet))
    people["report_effort"] = round(float(reporting.effort_days) * Q16)
    people["report_duty"] = round(float(reporting.duty) * Q16)
    people["inverse_tau_days"] = round(Q16 / float(reporting.noise_days))
    for circle, name in enumerate(REPORTERS):
        people["report_tie"][circle] = round(float(getattr(reporting, f"tie_{name}_days")) * Q16)
        people["betrayal"][circle] = chance_q32(float(getattr(reporting, f"betrayal_{name}")))
    people["guesses"] = chance_q32(float(reporting.guesses))
    people["guesses_right"] = chance_q32(float(reporting.guesses_right))
    people["feud_days"] = round(float(reporting.feud_years) * _DAYS_A_YEAR)
    rate = float(reporting.feud_rate)
    people["feud_wait"] = round(_DAYS_A_YEAR / rate) if rate > 0 else 0
    people["alleged"] = _allegations(society)


def _share_with_partner(society: SocietyFile) -> float:
    """Return the share of domestic candidates that arise: with a partner at home, for women less often.

    A rough figure from the sizes of households, for how often such situations are met on average.
    """
    women = float(society.demography.women_share)
    sizes = np.array(society.demography.household_size.values)
    people = sizes * np.arange(1, len(sizes) + 1)
    alone = 1.0 - 2.0 * women * (1.0 - women)
    shares = enumerate(people / people.sum())
    partnered = sum(float(share) * (1.0 - math.pow(alone, min(others, 2))) for others, share in shares)
    return partnered * (1.0 - women + women * float(society.reporting.women_meet))


def _faith(society: SocietyFile) -> float:
    """Return the mean pull of religious rites; a taste that groups differ in, and no virtue."""
    minority, leanings = float(society.demography.minority_share), society.leanings
    return (1.0 - minority) * float(leanings.religiosity_majority) + minority * float(
        leanings.religiosity_minority
    )


def _share_with_child(society: SocietyFile) -> float:
    """Return a rough share of adults with a child at home: children are spread over households at random."""
    sizes = np.array(society.demography.household_size.values)
    people = sizes * np.arange(1, len(sizes) + 1)
    without = 1.0 - float(society.demography.child_share)
    shares = enumerate(people / people.sum())
    return sum(float(share) * (1.0 - math.pow(without, others)) for others, share in shares)


def _allegations(society: SocietyFile) -> list[int]:
    """Return the cumulative chances (Q32) of what false reports allege: what is commonly seen and done."""
    weight: dict[int, float] = {}
    for situation in society.situations:
        if situation.act == "offence" and situation.eligible == "adult" and situation.id != KINDS[GRUDGE]:
            seen = sum(float(share) for share in situation.circles.values())
            weight[KINDS.index(situation.id)] = (
                float(situation.rate) * float(situation.null_probability or 0) * seen
            )
    total: Any = sum(weight.values()) or 1.0
    shares = np.cumsum([weight.get(kind, 0.0) / total for kind in range(len(KINDS))])
    return [chance_q32(min(float(share), 1.0)) for share in shares]
