"""Staged accidents: who stages them, who pays, what a camera is worth, against the closed form.

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
    CAMERA_BOUGHT,
    CLAIM_CLEARED,
    CLAIM_FILED,
    CLAIM_LOST,
    RECORD,
    STAGED,
    TAKEN,
    THREAT_PAID,
)
from demerit.catalogue.words import FABRICATED, KINDS
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

YEARS = 4
OFTEN = {"situation.law.staged.rate": 1.2, "life_course.enabled": False}
"""What is rare is frequent: five times as many openings."""


@pytest.fixture(scope="module")
def road() -> Setting:
    return settle(Society.load("city").patched(OFTEN), 20_000, 6)


@pytest.fixture(scope="module")
def lawful(road: Setting) -> Lived:
    return live(road, Regime.load("ordinary-law"), YEARS * 364)


@pytest.fixture(scope="module")
def watched(road: Setting) -> Lived:
    return live(road, Regime.load("essay"), YEARS * 364)


def is_share(found: int, of: int, share: float) -> bool:
    """Tell whether a count is a share of another, within four standard errors."""
    return abs(found - share * of) < ERRORS * math.sqrt(max(of * share * (1 - share), 1))


def test_openings_are_seen_in_proportion_to_opportunism_and_used_with_the_null_probability(
    lawful: Lived, figure: Figure
) -> None:
    met = lawful.met[lawful.met["kind"] == KINDS.index("law.staged")]
    prone = lawful.setting.population.person["opportunism"][met["person"]] / 255
    arisen = total(lawful, "law.staged.met") - total(lawful, "law.staged.vetoed")
    assert abs(arisen - prone.sum()) < ERRORS * math.sqrt((prone * (1 - prone)).sum())
    situation = next(one for one in lawful.setting.society.data.situations if one.id == "law.staged")
    share = float(situation.null_probability or 0)
    acted = total(lawful, "law.staged.acted")
    figure(f"{acted} staged, share", acted / arisen, share)
    assert is_share(acted, arisen, share)


def test_drivers_pay_where_a_complaint_would_cost_more_than_the_demand(lawful: Lived, watched: Lived) -> None:
    # essay: who has no proof loses in half of the cases, so a complaint costs more than what is asked for;
    # a recording, or ordinary law's burden of proof, makes refusing cheaper
    for lived, bare in ((lawful, False), (watched, True)):
        terms, rules = lived.setting.society.data.staging, lived.regime.data.staging
        assert rules is not None
        cost = float(rules.burden) * float(rules.award)
        assert (cost > 0.95 * float(terms.demand)) == bare or bare
        filmed = (1 - float(rules.clears)) * cost
        assert filmed < float(terms.demand)
    threats, paid = total(watched, "threats"), total(watched, "threats_paid")
    camera = float(np.mean(watched.world.work["camera"][watched.traits["flags"] >> 1 & 1 == 1]))
    assert 0.3 < paid / threats < 1 - 0.5 * camera
    assert total(lawful, "threats_paid") < 0.1 * total(lawful, "threats")
    # what is paid only because of the score is most of it: law alone would let them refuse
    assert total(watched, "threats_paid_for_score") > 0.8 * paid


def test_what_an_office_makes_of_claims_has_the_chances_of_the_file(watched: Lived, lawful: Lived) -> None:
    for lived in (watched, lawful):
        rules = lived.regime.data.staging
        assert rules is not None
        lost, cleared = len(lived.of(CLAIM_LOST)), len(lived.of(CLAIM_CLEARED))
        filmed, stuck = total(lived, "staged_filmed"), total(lived, "staged_stuck")
        # of claims that no recording has settled the driver loses the share of the burden of proof
        assert is_share(lost, lost + cleared - filmed, float(rules.burden))
        assert filmed > 20
        if lived is watched:
            assert is_share(stuck, filmed, float(rules.sticks))
        else:
            assert stuck == 0  # ordinary law has no conduct that answers a claim
        assert is_share(total(lived, "staged_found"), filmed, float(rules.found))


def test_money_goes_from_drivers_to_fake_victims_and_every_entry_has_its_cause(watched: Lived) -> None:
    paid, lost, got = watched.of(THREAT_PAID), watched.of(CLAIM_LOST), watched.of(TAKEN)
    given = int(paid["amount"].sum()) + int(lost["amount"].sum())
    # a day is on its way; what cannot be attached is not collected from the poorest
    assert 0.97 * given <= int(got["amount"].sum()) <= given
    assert total(watched, "staged_cost_fen") <= given
    for row in got:
        assert watched.cause_of(row)["what"] in (THREAT_PAID, CLAIM_LOST)
        assert watched.cause_of(row)["subject"] != row["subject"]
    assert all(watched.cause_of(row)["what"] == STAGED for row in paid)
    for row in watched.of(CLAIM_FILED):
        # the threat was refused: the accident itself is what the complaint is about
        assert watched.cause_of(row)["what"] == STAGED
        assert watched.cause_of(row)["subject"] == row["subject"]
    records = watched.of(RECORD)
    claims = records[watched.kinds_of_rows(records) == "road.claim"]
    assert len(claims) == total(watched, "staged_records") > 20
    assert (claims["label"] == FABRICATED).all()


def test_drivers_buy_cameras_after_cases_and_nobody_buys_two(watched: Lived, lawful: Lived) -> None:
    had = watched.setting.population.person["belongings"] & 1
    for lived in (watched, lawful):
        bought = lived.of(CAMERA_BOUGHT)
        assert len(bought) == total(lived, "cameras_bought") > 20
        assert len(np.unique(bought["subject"])) == len(bought)
        assert not had[bought["subject"]].any()
        assert int(lived.world.work["camera"].sum()) == int(had.sum()) + len(bought)
    # more cases, and more to fear from each, where complaints cost credit
    assert total(watched, "cameras_bought") > total(lawful, "cameras_bought")


def test_scoring_feeds_staged_accidents(watched: Lived, lawful: Lived) -> None:
    # C7: the regime's burden of proof makes drivers pay, and so accidents pay
    assert total(watched, "law.staged.acted") > 1.2 * total(lawful, "law.staged.acted")


def test_without_its_key_nobody_stages_anything(road: Setting) -> None:
    lived = live(road, Regime.load("essay").patched({"staging.enabled": False}), 364)
    assert not len(
        lived.of(STAGED, THREAT_PAID, CLAIM_FILED, CLAIM_LOST, CLAIM_CLEARED, TAKEN, CAMERA_BOUGHT)
    )
    for name in ("law.staged.acted", "threats", "staged_complaints", "cameras_bought", "staged_take_fen"):
        assert total(lived, name) == 0
