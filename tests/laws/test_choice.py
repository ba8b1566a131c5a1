"""People choose as the closed form says: offences, deeds and situations against rate × P(act).

With learning off nothing but the situation, the person and the rules bears on a choice, so the probability
can be written down. Registers that forget within days and a licence cycle of one day keep every record clean,
and who saves nothing keeps the purse of the first day but for fines. What is left (two records within a few
days) changes the sums below by less than a part in 10,000.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.stats import beta
from tests.laws.conftest import NO_COMPLAINTS, QUIET_LAW, Figure
from tests.laws.lived import Lived, live
from tests.laws.theory import Theory, by_id, half_lives

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.entries import CURE
from demerit.catalogue.words import (
    BODY_KINDS,
    CAUSED,
    CIRCLES,
    ELIGIBILITY,
    EVENTS,
    FAMILIES,
    INCIDENTS,
    KINDS,
    LAWFUL,
    STRATA,
)
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society
from demerit.society.generate import generate

ERRORS = 4.0
"""Standard errors within which a count must lie; a chance of 1 in 16,000 each."""
FAMILY_OF = {"road": "road", "money": "money", "law": "law", "nb": "neighbours", "work": "work"}
FAMILY_OF |= {"cs": "work", "civ": "law"}
DEEDS = ("nb.deed_seen", "nb.deed_unseen", "nb.favour")
FOR_SOME = ("law.domestic", "law.staged", "nb.grudge", "work.harassment")
"""Kinds that arise for some of those who could meet them; they have laws of their own."""
CHOICES = [
    kind for kind in KINDS if kind not in (*EVENTS, *BODY_KINDS, *CAUSED, *INCIDENTS, *FOR_SOME, *LAWFUL)
]
"""Kinds in which a person chooses."""
MET = [kind for kind in KINDS if kind not in (*BODY_KINDS, *CAUSED, *INCIDENTS)]
"""Kinds that people meet."""

UNLEARNING = {
    "situation.nb.stranger.rate": 0,
    "collisions.enabled": False,
    "power.enabled": False,
    "gaming.enabled": False,
    "learning.kappa": 0,
    "learning.rho": 0,
    "learning.alpha": 0,
    "learning.alpha_heard": 0,
    "learning.hearers": 0,
    **{f"trust.step_{circle}": 0 for circle in CIRCLES},
    "income.expense_share": 1,
    "shock.days": 0,
    **{f"situation.{kind}.due_days": 0 for kind in ("money.instalment", "money.guarantee", "law.judgment")},
    "access.train_cost_days": 30,
    **{
        f"labour.{name}": 0
        for name in ("thrift", "scar", "seen_wage", "quitting", "licence_trade", "licence_other")
    },
    "labour.support": 1,
    "debts.interest": 0,
}
STEADY_WORK = {
    "life_course.enabled": False,
    "situation.work.separation.rate": 0,
    "labour.applications": 0,
    "company.dismiss_null": 1e-6,
}
"""Nobody loses or finds work, leaves school or retires: wages, and who has one, stay as on the first day."""
WITHOUT_NEED = {
    f"situation.{situation.id}.need_weight": 0
    for situation in Society.load("city").data.situations
    if float(situation.need_weight) > 0
}
"""Purses do not matter: under sanctions the ledger alone does not tell what is in them."""
WITHOUT_CONTEXT = {
    f"situation.{situation.id}.{context}": 0
    for situation in Society.load("city").data.situations
    for context in ("necessity", "inability")
    if float(getattr(situation, context)) > 0
}
FORGETFUL = {
    "conduct.law.assault.fine": 10,
    "conduct.law.domestic.fine": 10,
    "licence.cycle_days": 1,
    "conduct.road.drink.licence_points": 6,
    "register.credit.half_life_days": 1,
    "register.court.half_life_days": 1,
    "sanction.lenders-refuse.below": 95,
    "sanction.lenders-refuse.wage_loss": 0.2,
}
FORGETFUL_ESSAY = FORGETFUL | {
    "licence.carries_over": False,
    **{
        f"sanction.{one.id}.job_loss": 0
        for one in Regime.load("essay").data.sanctions
        if float(getattr(one, "job_loss", 0)) > 0
    },
    "register.road.half_life_days": 1,
    "register.municipal.half_life_days": 1,
    "register.market.half_life_days": 1,
    "register.commercial.half_life_days": 1,
    "register.tax.half_life_days": 1,
    "score.half_life_days": 1,
    "sanction.band-b.below": 990,
    "sanction.band-b.wage_loss": 0.03,
    "sanction.band-c.below": 985,
    "awareness.share": 1,
}


@pytest.fixture(scope="module")
def unlearning() -> Setting:
    return settle(Society.load("city").patched(UNLEARNING), 20_000, 2, laws=QUIET_LAW)


@pytest.fixture(scope="module")
def lawful(unlearning: Setting) -> Lived:
    """Ten years under ordinary law, records soon forgotten."""
    return live(unlearning, Regime.load("ordinary-law").patched(FORGETFUL | NO_COMPLAINTS), 3640)


@pytest.fixture(scope="module")
def scored() -> Lived:
    """Four years under the essay's regime, records soon forgotten, nothing to be said in excuse."""
    society = Society.load("city").patched(UNLEARNING | WITHOUT_CONTEXT | STEADY_WORK | WITHOUT_NEED)
    setting = settle(society, 20_000, 3, laws=QUIET_LAW)
    setting.people["summed"] = 1
    return live(setting, Regime.load("essay").patched(FORGETFUL_ESSAY | NO_COMPLAINTS), 1456)


def total(lived: Lived, name: str) -> int:
    """Return a counter over everybody."""
    column = [flow[0] for flow in FLOWS].index(name)
    return int(lived.world.counters()[:, column].sum())


def needs(lived: Lived, person: np.ndarray, day: np.ndarray | int) -> np.ndarray:
    """Return what is missing to thirty days' expenses less fines paid, as a share of them [F42]."""
    month = 30 * lived.income_day[person] * float(lived.setting.society.data.income.expense_share)
    fined = lived.rows[(lived.rows["amount"] > 0) & (lived.rows["what"] != CURE)]
    fined = fined[np.lexsort((fined["day"], fined["subject"]))]
    place = fined["subject"].astype(np.int64) << 16 | fined["day"]
    paid = np.concatenate([[0], np.cumsum(fined["amount"], dtype=np.int64)])
    first, last = np.searchsorted(place, person << 16), np.searchsorted(place, person << 16 | day)
    held = lived.setting.population.wealth_fen[person] - (paid[last] - paid[first])
    return np.clip(1 - np.maximum(held / 100, 0) / month, 0, 1)


def rates(lived: Lived, kind: str) -> np.ndarray:
    """Return situations of a kind a year, by person: the rate of the family, by the rates of its kinds."""
    flags = lived.traits["flags"].astype(np.int64)
    family = FAMILY_OF[kind.partition(".")[0]]
    parts = {}
    for situation in lived.setting.society.data.situations:
        if situation.id in MET and FAMILY_OF[situation.id.partition(".")[0]] == family:
            can = flags >> ELIGIBILITY.index(situation.eligible) & 1
            parts[situation.id] = can * float(situation.rate)
    whole = np.maximum(sum(parts.values()), 1e-9)
    own = lived.traits["family_rate"][:, FAMILIES.index(family)] / 256
    return np.asarray(own * parts[kind] / whole)


def chances(lived: Lived, kind: str, person: Any, day: Any, *, any_context: bool) -> np.ndarray:
    """Return P(act) of people on days: novelty and the price frame grow old, everything else stands still."""
    theory = Theory(lived.regime.data, lived.setting.society.data)
    society, regime = lived.setting.society.data, lived.regime.data
    conscience = lived.traits["conscience"][person] / 65536
    scored = regime.score is not None and regime.awareness is not None
    priced = scored and any(
        regime.score.platform in theory.changes(other)
        for other in theory.conducts
        if other.partition(".")[0] == kind.partition(".")[0]
    )
    if priced:
        frame = 1 - half_lives(day, float(society.learning.frame_half_life_days))
        conscience = conscience * (1 - float(society.learning.phi) * frame)
    cost: Any = 0.0
    if kind in theory.conducts:
        coverage = float(theory.conducts[kind].coverage)
        if kind not in DEEDS and scored:
            extra = float(regime.awareness.novelty) - 1
            fade = half_lives(day, float(regime.awareness.novelty_half_life_days))
            coverage = np.minimum(coverage * (1 + extra * fade), 1)
        if kind not in DEEDS and regime.exemptions is not None:
            # the exempt know how seldom a record about them is filed
            filed = [float(regime.exemptions.filed.get(stratum, 1.0)) for stratum in STRATA]
            coverage = coverage * np.array(filed)[lived.setting.population.person["stratum"]][person]
        cost = coverage * theory.record_cost(kind, lived.income_day, lived.traits["employer"] > 0)[person]
    act = theory.in_any_context if any_context else theory.probability
    gain, hiding = lived.setting.gains[kind], lived.setting.gains.get(f"{kind}.hide", 0.0)
    need = needs(lived, person, day)
    return np.asarray(act(kind, gain, hiding=hiding, conscience=conscience, cost=cost, need=need))


@pytest.mark.parametrize("kind", MET)
def test_situations_met_are_poisson_at_the_rates_of_the_people(
    lawful: Lived, kind: str, figure: Figure
) -> None:
    expected = rates(lawful, kind).sum() * lawful.days / 365
    errors = (total(lawful, f"{kind}.met") - expected) / math.sqrt(expected)
    figure(f"{kind}: {expected:.0f} expected, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


@pytest.mark.parametrize("family", FAMILIES)
def test_a_person_meets_situations_as_often_as_their_frailty_says(
    lawful: Lived, family: str, figure: Figure
) -> None:
    # a Poisson count n at rate m has E (n - m)^2 = m, and (n - m)^2 has variance m (1 + 2 m)
    kinds = [KINDS.index(kind) for kind in MET if FAMILY_OF[kind.partition(".")[0]] == family]
    mean = sum(rates(lawful, KINDS[kind]) for kind in kinds) * lawful.days / 365
    met = np.bincount(lawful.met["person"][np.isin(lawful.met["kind"], kinds)], minlength=len(mean))
    assert met[mean == 0].sum() == 0
    spread = ((met - mean) ** 2).sum()
    errors = (spread - mean.sum()) / math.sqrt((mean * (1 + 2 * mean)).sum())
    figure(f"{family}: errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


def test_drivers_differ_as_a_lognormal_frailty_of_sigma_1_1_makes_them(lawful: Lived, figure: Figure) -> None:
    # var n = mean + mean^2 (E f^2 - 1), f lognormal on 64 equally likely levels, each the mean of its part
    sigma = float(lawful.setting.society.data.exposure.road_sigma)
    edges = stats.norm.ppf(np.arange(65) / 64)
    levels = 64 * np.diff(stats.norm.cdf(edges - sigma))
    driver = lawful.traits["flags"] >> ELIGIBILITY.index("driver") & 1 == 1
    road = np.isin(lawful.met["kind"], [KINDS.index("road.crosswalk"), KINDS.index("road.speeding")])
    met = np.bincount(lawful.met["person"][road], minlength=len(driver))[driver]
    mean = 10 * lawful.days / 365
    squares = (met / mean - 1) ** 2
    expected = 1 / mean + (levels**2).mean() - 1
    errors = (squares.mean() - expected) / (squares.std() / math.sqrt(len(squares)))
    figure(
        f"squared coefficient of variation {squares.mean():.3f} for {expected:.3f}, errors off",
        errors,
        ERRORS,
    )
    assert abs(errors) < ERRORS
    # the levels keep .84 of the variance of the lognormal itself: a coefficient of variation of 1.40 for 1.53
    assert (levels**2).mean() - 1 > 0.8 * (math.exp(sigma**2) - 1)


@pytest.mark.parametrize("kind", CHOICES)
def test_offences_and_deeds_are_rate_times_the_closed_form(lawful: Lived, kind: str, figure: Figure) -> None:
    everybody = np.arange(len(lawful.traits))
    # purses are lightened by fines: the mean over the middles of ten years
    middles = range(182, lawful.days, 364)
    chance = sum(chances(lawful, kind, everybody, day, any_context=True) for day in middles) / len(middles)
    expected = float((rates(lawful, kind) * chance).sum()) * lawful.days / 365
    errors = (total(lawful, f"{kind}.acted") - expected) / math.sqrt(expected)
    figure(f"{kind}: {expected:.0f} expected, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


@pytest.mark.parametrize("kind", CHOICES)
def test_under_the_essay_the_chances_at_all_situations_add_up_to_the_closed_form(
    scored: Lived, kind: str, figure: Figure
) -> None:
    met = scored.met[scored.met["kind"] == KINDS.index(kind)]
    chance = chances(scored, kind, met["person"], met["day"], any_context=False)
    # the same sum in both: fixed point is right to some 1e-5 of a chance, and nothing is left to chance
    lived_through = 1 - total(scored, f"{kind}.vetoed") / max(len(met), 1)
    apart = total(scored, f"{kind}.expected") / 2**20 / (chance.sum() * lived_through) - 1
    figure(f"{kind}: sum of chances {chance.sum():.1f}, apart by", apart, 5e-4)
    assert abs(apart) < 5e-4
    errors = (total(scored, f"{kind}.acted") - chance.sum()) / math.sqrt((chance * (1 - chance)).sum())
    figure(f"{kind}: acts, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


@pytest.mark.parametrize("kind", ["civ.grievance", "civ.speech"])
def test_lawful_acts_that_cost_points_are_dared_as_the_closed_form_says(
    lawful: Lived, scored: Lived, kind: str, figure: Figure
) -> None:
    choice = scored.setting.society.data.choice
    situation = by_id(scored.setting.society.data.situations)[kind]
    gain = float(situation.gain_days)
    noise = float(situation.noise_days) or float(choice.tau) * gain
    free = 1 / (1 + math.exp(-gain / noise))
    met = total(lawful, f"{kind}.met")
    assert abs(total(lawful, f"{kind}.acted") - free * met) < ERRORS * math.sqrt(free * (1 - free) * met)
    those = scored.met[scored.met["kind"] == KINDS.index(kind)]
    theory = Theory(scored.regime.data, scored.setting.society.data)
    cost = theory.record_cost(kind, scored.income_day, scored.traits["employer"] > 0)[those["person"]]
    awareness, exempt = scored.regime.data.awareness, scored.regime.data.exemptions
    assert awareness is not None
    assert exempt is not None
    fade = half_lives(those["day"], float(awareness.novelty_half_life_days))
    seen = float(theory.conducts[kind].coverage) * (1 + (float(awareness.novelty) - 1) * fade)
    filed = np.array([float(exempt.filed.get(stratum, 1.0)) for stratum in STRATA])
    seen = np.minimum(seen, 1) * filed[scored.setting.population.person["stratum"][those["person"]]]
    chance = 1 / (1 + np.exp(-(gain - seen * cost) / noise))
    apart = total(scored, f"{kind}.acted") - chance.sum()
    figure(f"{kind}: {chance.mean():.3f} for {free:.3f}, errors off", apart / math.sqrt(chance.sum()), ERRORS)
    assert abs(apart) < ERRORS * math.sqrt((chance * (1 - chance)).sum())
    # what is given up is given up for the score: ordinary law has nothing against it
    assert total(scored, f"{kind}.law") == 0 < total(scored, f"{kind}.score")


def clean_chances(setting: Setting, population: Any, kind: str, *, exact: bool = False) -> np.ndarray:
    """Return P(act) under ordinary law of everybody eligible in a population, with clean records.

    With ``exact`` consciences keep their order but take the quantiles of the Beta distribution.
    """
    society, law = setting.society.data, Regime.load(setting.society.data.society.null).data
    theory = Theory(law, society)
    situation = by_id(society.situations)[kind]
    traits = population.traits
    those = traits["flags"] >> ELIGIBILITY.index(situation.eligible) & 1 == 1
    income = traits["income_fen_day"][those] / 100
    month = 30 * income * float(society.income.expense_share)
    need = np.clip(1 - np.maximum(population.wealth_fen[those] / 100, 0) / month, 0, 1)
    cost: Any = 0.0
    if kind in theory.conducts:
        cost = float(theory.conducts[kind].coverage) * theory.record_cost(
            kind, income, traits["employer"][those] > 0
        )
    conscience = traits["conscience"][those] / 65536
    if exact:
        ranks = conscience.argsort(kind="stable").argsort(kind="stable")
        shape = (float(society.choice.conscience_a), float(society.choice.conscience_b))
        conscience = beta.ppf((ranks + 0.5) / len(ranks), *shape)
    gain, hiding = setting.gains[kind], setting.gains.get(f"{kind}.hide", 0.0)
    return np.asarray(
        theory.probability(kind, gain, hiding=hiding, conscience=conscience, cost=cost, need=need)
    )


@pytest.mark.parametrize("kind", CHOICES)
def test_a_gain_gives_its_null_probability(city: Setting, kind: str, figure: Figure) -> None:
    situation = by_id(city.society.data.situations)[kind]
    target = float(situation.null_probability)
    if situation.hide is not None:
        target += float(situation.hide.null_probability)
    sample = clean_chances(city, generate(city.society.data, 8192, 0), kind, exact=True)
    figure(f"{kind}: its own sample, apart by", sample.mean() - target, 1e-4)
    assert abs(sample.mean() - target) < 1e-4
    # other people than those it was solved on: the error of their mean
    others = clean_chances(city, city.population, kind)
    error = math.sqrt(others.var() / len(others))
    figure(
        f"{kind}: other people {others.mean():.4f} for {target}, errors off",
        (others.mean() - target) / error,
        ERRORS,
    )
    assert abs(others.mean() - target) < ERRORS * error
