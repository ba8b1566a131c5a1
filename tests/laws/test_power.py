"""Power: who is harassed and refuses, what refusing costs, and how checks fade with rank, by the closed form.

Statistical tests allow four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, live
from tests.laws.test_choice import ERRORS, total

from demerit.catalogue.entries import (
    ADVANCE,
    JOB_LOST,
    LABOUR_AWARD,
    LABOUR_DAMAGES,
    ORDERED,
    RECORD,
    REFUSAL,
    REPORTED,
    SUIT,
    YIELDED,
)
from demerit.catalogue.words import BY_REFUSAL, CITIZEN, FABRICATED, HARASSMENT, KINDS, STRATA
from demerit.mechanisms.choice import penalty
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

DAYS = 728
OFTEN = {
    "situation.work.harassment.rate": 4,
    "situation.work.harassment.null_probability": 0.4,
    "power.proxy": 0.8,
    "choice.conscience_a": 600,
    "choice.conscience_b": 300,
    "life_course.enabled": False,
    "collisions.enabled": False,
    "situation.nb.stranger.rate": 0,
    "situation.nb.grudge.rate": 0,
}
"""What is rare is frequent, and consciences are nearly alike, so that a few superiors decide like many."""
QUIET = {"staging.enabled": False}
LAW = Regime.load("ordinary-law").patched(QUIET | {"conduct.work.harassment.fine": 0})
"""Law under which nothing but conscience holds a superior: a fine weighs less for those who earn more."""


@pytest.fixture(scope="module")
def offices() -> Setting:
    return settle(Society.load("city").patched(OFTEN), 5_000, 8, laws={"ordinary-law": LAW})


@pytest.fixture(scope="module")
def lawful(offices: Setting) -> Lived:
    return live(offices, LAW, DAYS)


@pytest.fixture(scope="module")
def scored(offices: Setting) -> Lived:
    return live(offices, Regime.load("essay").patched(QUIET), DAYS)


def is_share(found: float, of: float, share: float) -> bool:
    """Tell whether a count is a share of another, within four standard errors."""
    return abs(found - share * of) < ERRORS * math.sqrt(max(of * share * (1 - share), 1))


def stratum(lived: Lived, rows: np.ndarray) -> np.ndarray:
    """Return the stratum of each row's subject."""
    return np.asarray(lived.setting.population.person["stratum"][rows["subject"]], np.int64)


def ranks(lived: Lived, rows: np.ndarray) -> np.ndarray:
    """Return how many strata the superior ranks above whoever each refusal is of."""
    above = np.array([lived.cause_of(row) for row in rows])
    return stratum(lived, rows) - stratum(lived, above)


def checked(lived: Lived, rank: np.ndarray) -> np.ndarray:
    """P(check) of a complaint that somebody who ranks above has written, from the numbers of the file."""
    rules = lived.regime.data.complaints
    assert rules is not None
    return np.asarray(float(rules.check) * np.exp(-float(rules.deference) * rank))


def made_up(lived: Lived, rank: np.ndarray) -> np.ndarray:
    """P(record) of such a complaint."""
    rules = lived.regime.data.complaints
    assert rules is not None
    check = checked(lived, rank)
    return check * (1 - float(rules.finds_false)) + (1 - check) * float(rules.unchecked)


def shifted(share: float, more: np.ndarray) -> np.ndarray:
    """Return a chance whose log-odds are moved."""
    return np.asarray(1 / (1 + (1 - share) / share * np.exp(-more)))


def test_superiors_harass_with_the_null_probability_and_never_from_below(
    lawful: Lived, figure: Figure
) -> None:
    decided = sum(total(lawful, f"work.harassment.{how}") for how in ("acted", "principle", "law", "score"))
    acted = total(lawful, "work.harassment.acted")
    situation = next(one for one in lawful.setting.society.data.situations if one.id == "work.harassment")
    share = float(situation.null_probability or 0)
    figure(f"{acted} times, share", acted / decided, share)
    assert decided > 2_000
    assert is_share(acted, decided, share)
    assert (ranks(lawful, lawful.of(REFUSAL, YIELDED)) >= 0).all()


def test_men_are_harassed_as_often_as_the_file_says(lawful: Lived) -> None:
    met = lawful.met[lawful.met["kind"] == HARASSMENT]
    man = lawful.setting.population.person["sex"][met["person"]] == 1
    share = float(lawful.setting.society.data.power.men_meet)
    expected = share * man.sum() / (share * man.sum() + (~man).sum())
    rows = lawful.of(REFUSAL, YIELDED)
    men = int((lawful.setting.population.person["sex"][rows["subject"]] == 1).sum())
    assert is_share(men, len(rows), expected)


def test_half_refuse_under_ordinary_law_and_fewer_where_refusing_costs_more(
    lawful: Lived, scored: Lived, figure: Figure
) -> None:
    asked = [total(one, "refusals") + total(one, "gave_in") for one in (lawful, scored)]
    refused = [total(one, "refusals") for one in (lawful, scored)]
    share = float(lawful.setting.society.data.power.refuse)
    figure("refusals under law", refused[0] / asked[0], share)
    assert is_share(refused[0], asked[0], share)
    assert total(lawful, "gave_in_to_rules") == 0
    # the same draws decide in both worlds, so whoever gives in to the rules is the whole difference
    assert is_share(refused[1] + total(scored, "gave_in_to_rules"), asked[1], share)
    assert total(scored, "gave_in_to_rules") > 0


def test_refusals_are_paid_back_with_the_chances_of_the_closed_form(
    lawful: Lived, scored: Lived, figure: Figure
) -> None:
    terms = lawful.setting.society.data.power
    for lived in (lawful, scored):
        rows = lived.of(REFUSAL)
        rows = rows[rows["day"] < DAYS - 3]
        rank = ranks(lived, rows)
        more = (made_up(lived, rank) - made_up(lawful, np.zeros_like(rank))) * float(terms.spite_days)
        chance = shifted(float(terms.order), more / float(terms.noise_days))
        expected, error = chance.sum(), math.sqrt((chance * (1 - chance)).sum())
        orders = total(lived, "complaints_ordered")
        figure(f"{orders} complaints ordered, errors off", (orders - expected) / error, ERRORS)
        assert abs(orders - expected) < ERRORS * error + 2
        dismissed = lived.of(JOB_LOST)
        dismissed = dismissed[dismissed["rule"] == BY_REFUSAL]
        # a few have left by then; the labour court is the same in both worlds
        assert is_share(len(dismissed) * 1.01, len(rows), float(terms.dismiss_refuser))
        assert all(lived.cause_of(row)["what"] == REFUSAL for row in dismissed)
    assert total(lawful, "ordered_for_rules") == 0
    assert total(scored, "ordered_for_rules") > 0.5 * total(scored, "complaints_ordered")


def test_checks_fade_with_the_rank_of_who_has_the_complaint_written(scored: Lived, figure: Figure) -> None:
    reports = [row for row in scored.of(REPORTED) if scored.cause_of_known(row, ORDERED)]
    refusals = np.array([scored.cause_of(scored.cause_of(row)) for row in reports])
    chance = checked(scored, ranks(scored, refusals))
    handled = total(scored, "ordered_handled")
    # the last are still on their way, and the mean chance is that of all
    expected = chance.mean() * handled
    error = math.sqrt(handled * chance.mean() * (1 - chance.mean()))
    figure("checks, errors off", (total(scored, "ordered_checked") - expected) / error, ERRORS)
    assert handled > 60
    assert abs(total(scored, "ordered_checked") - expected) < ERRORS * error
    rules = scored.regime.data.complaints
    assert rules is not None
    assert chance.mean() < float(rules.check)


def test_a_made_up_record_is_led_back_to_the_superior_who_was_refused(scored: Lived) -> None:
    records = scored.of(RECORD)
    ordered = [
        row
        for row in records[records["label"] == FABRICATED]
        if scored.cause_of_known(scored.cause_of(row), ORDERED)
    ]
    assert len(ordered) == total(scored, "ordered_records") > 50
    for row in ordered:
        report = scored.cause_of(row)
        order = scored.cause_of(report)
        refusal = scored.cause_of(order)
        advance = scored.cause_of(refusal)
        assert (refusal["what"], advance["what"]) == (REFUSAL, ADVANCE)
        assert refusal["subject"] == row["subject"]
        assert advance["subject"] == order["subject"]
        assert report["subject"] not in (row["subject"], order["subject"])
    assert {str(kind) for kind in scored.kinds_of_rows(np.array(ordered))} == {"law.petty", "law.fraud"}
    willing = total(scored, "proxies_willing") / total(scored, "proxies_asked")
    assert abs(willing - float(scored.setting.society.data.power.proxy)) < 0.1


def test_labour_courts_find_for_whom_they_find_and_move_the_money(lawful: Lived) -> None:
    court = lawful.regime.data.labour_court
    assert court is not None
    suits, won = total(lawful, "labour_suits"), total(lawful, "labour_suits_won")
    assert suits == len(lawful.of(SUIT)) > 50
    assert is_share(won, suits, float(court.won))
    paid, got = lawful.of(LABOUR_DAMAGES), lawful.of(LABOUR_AWARD)
    assert len(paid) == len(got) > 10
    assert (paid["amount"] == round(100 * float(court.award))).all()
    assert all(lawful.cause_of(row)["subject"] == row["subject"] for row in got)
    assert all(lawful.cause_of(row)["subject"] != row["subject"] for row in paid)
    free = live(lawful.setting, lawful.regime.patched({"labour_court.won": 0}), 364)
    assert not len(free.of(SUIT, LABOUR_AWARD, LABOUR_DAMAGES))


def test_the_exempt_know_that_they_are(scored: Lived) -> None:
    world = scored.world
    person = int(np.flatnonzero(scored.adult & (world.state["job"] == 1))[0])
    state, account = world.state[person].copy(), world.kept.of(CITIZEN)[person]
    state["aware_day"] = 0
    filed = scored.regime.data.exemptions
    assert filed is not None
    felt = {}
    for name in ("elite", "cadre", "formal"):
        traits = scored.traits[person].copy()
        traits["cell"] = STRATA.index(name) * 20 + int(traits["cell"]) % 20
        felt[name] = int(
            penalty(state, traits, account, world.rules, world.people, HARASSMENT, 1, scored.days)
        )
    assert felt["formal"] > 0
    for name in ("elite", "cadre"):
        assert felt[name] == pytest.approx(felt["formal"] * float(filed.filed[name]), rel=1e-3)


def test_without_its_key_nobody_is_harassed() -> None:
    quiet = Society.load("hamlet").patched({"power.enabled": False, "situation.work.harassment.rate": 4})
    lived = live(settle(quiet, 300, 1), Regime.load("essay"), 182)
    assert total(lived, "work.harassment.met") > 0
    for name in ("work.harassment.acted", "refusals", "gave_in", "complaints_ordered", "proxies_asked"):
        assert total(lived, name) == 0
    assert not len(lived.of(ADVANCE, REFUSAL, YIELDED, ORDERED, SUIT))
    assert KINDS[HARASSMENT] == "work.harassment"
