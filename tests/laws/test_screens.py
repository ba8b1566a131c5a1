"""Public display: who is shown, from which day to which, what it costs, and the one switch that ends it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from tests.laws.conftest import UNEVENTFUL, Figure
from tests.laws.lived import id_subject
from tests.laws.stage import Stage
from tests.laws.test_choice import ERRORS

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import (
    CUT_TIE,
    DISPLAY_ENDED,
    DISPLAYED,
    HARASSED,
    JOB_LOST,
    LOST_TIE,
    RECORD,
    TURNED_AWAY,
)
from demerit.catalogue.letters import ON_SCREEN
from demerit.catalogue.showing import ON_DISPLAY, SHOWN_FOR
from demerit.catalogue.words import BY_DISPLAY, CITIZEN, EMPLOYED, MISTAKEN
from demerit.measures.indicators import INDICATORS
from demerit.measures.screen_indicators import of_screens
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

TERM = 30
SCREENS = f"""
[[authority]]
id = "police"
title = "Police"
level = "city"

[[conduct]]
id = "theft"
answers = "law.petty"
authority = "police"
coverage = 0
fine = 100
publishes = true

[screens]
enabled = true
shows = ["published-record"]
fields = ["name", "photo", "home-address", "allegation"]
place = "city"
term_days = {TERM}
"""


@pytest.fixture(scope="module")
def town() -> Setting:
    society = Society.load("city")
    # somebody who can meet nothing is no adult to others; unseen deeds leave no record
    met = [one.id for one in society.data.situations if one.id != "nb.deed_unseen"]
    quiet = {f"situation.{one}.rate": 0 for one in met}
    return settle(society.patched(UNEVENTFUL | quiet | {"staging.fear_own": 0}), 2_000, 1)


@pytest.fixture
def stage(town: Setting, tmp_path: Path) -> Stage:
    return Stage(town, tmp_path, SCREENS)


def adults(stage: Stage) -> list[int]:
    return [int(one) for one in np.flatnonzero(stage.world.population.traits["flags"] & 1)]


def total(stage: Stage, counter: str) -> int:
    return int(stage.world.counters()[:, flow(counter)].sum())


def test_a_published_record_is_shown_from_the_next_day_for_the_term(stage: Stage) -> None:
    stage.record("law.petty", 3)
    stage.record("law.petty", 10)  # who is on display already is not shown twice
    stage.run(3 + TERM)
    assert int(stage.account(CITIZEN, stage.driver)["access"]) & ON_DISPLAY
    stage.run(5 + TERM)
    (record, _), (start,), (end,) = stage.of(RECORD), stage.of(DISPLAYED), stage.of(DISPLAY_ENDED)
    assert (start["day"], end["day"]) == (4, 4 + TERM)
    assert (start["cause"], end["cause"]) == (record["id"], start["id"])
    assert start["rule"] == end["rule"] == SHOWN_FOR.index("published-record")
    assert not int(stage.account(CITIZEN, stage.driver)["access"]) & ON_DISPLAY
    # a namesake's record: what the screen says is not true
    assert start["label"] == MISTAKEN
    assert total(stage, "displays_false") == total(stage, "displays_wrongful") == 1
    assert total(stage, "display_days") == TERM


def test_only_a_home_address_that_is_shown_brings_harassment(town: Setting, tmp_path: Path) -> None:
    income = town.population.traits["income_fen_day"]
    for rules, days in ((SCREENS, TERM), (SCREENS.replace('"home-address", ', ""), 0)):
        stage = Stage(town, tmp_path, rules)
        stage.record("law.petty", 3)
        stage.run(5 + TERM)
        (start,) = stage.of(DISPLAYED)
        found = stage.of(HARASSED)
        assert set(found["cause"]) <= {start["id"]}
        assert found["amount"].sum() == pytest.approx(0.1 * days * income[stage.driver], rel=1e-4)
        assert total(stage, "harassment_fen") == found["amount"].sum()


def test_being_shown_is_two_units_of_stress(stage: Stage) -> None:
    stage.record("law.petty", 3)
    before = int(stage.world.state["stress"][stage.driver])
    stage.run(5)
    assert before == 0
    assert stage.world.state["stress"][stage.driver] == 2 * 256
    assert total(stage, "display_stress") == 2 * 256


def test_an_employer_who_sees_the_screen_dismisses_with_the_hazard_of_the_file(
    town: Setting, tmp_path: Path, figure: Figure
) -> None:
    chance = 1 - math.exp(-0.05 * TERM / 30)
    for place, expected in (("city", chance), ("neighbourhood", 0.0)):
        stage = Stage(town, tmp_path, SCREENS.replace('place = "city"', f'place = "{place}"'))
        world = stage.world
        staff = np.flatnonzero((world.state["job"] == EMPLOYED) & (world.work["employer"] > 0))
        for person in staff:
            stage.send(ON_SCREEN, int(person), 1, SHOWN_FOR.index("published-record"))
        stage.run(5)
        lost = stage.of(JOB_LOST)
        dismissed = len(lost[lost["rule"] == BY_DISPLAY])
        figure(f"dismissed of {len(staff)} shown in the {place}", dismissed, len(staff) * expected)
        error = math.sqrt(len(staff) * expected * (1 - expected))
        assert abs(dismissed - len(staff) * expected) <= ERRORS * error


def test_friends_who_see_somebody_on_display_break_off_weak_ties_first(
    town: Setting, tmp_path: Path, figure: Figure
) -> None:
    """Against the logit in plain floats, friend by friend; trust is that of the first day."""
    stage = Stage(town, tmp_path, SCREENS)
    friends = town.population.friends.astype(np.int64) - 1
    shown = np.flatnonzero((friends >= 0).any(axis=1))[::7]
    for person in shown:
        stage.send(ON_SCREEN, int(person), 1, SHOWN_FOR.index("published-record"))
    stage.run(2)
    stage.run(4)  # friends see it on the second day
    terms, width = town.society.data.ostracism, friends.shape[1]
    value, share = float(terms.tie_days), float(terms.ties_cut)
    circle = round(float(town.society.data.ties.circle_size)) - 1
    mean = (circle * circle + (width - circle) * 1) / width**2
    noise = float(town.society.data.choice.tau) * value
    shame = stage.world.people["tie_shame"] / 65536
    # the shame is such that the share of the file breaks off, of ties as strong as those of the society
    odds = [(shame - value * strong / width / mean) / noise for strong in (circle, 1)]
    chances = [1 / (1 + math.exp(-odd)) for odd in odds]
    assert np.average(chances, weights=[circle, width - circle]) == pytest.approx(share, rel=1e-3)
    cut = {(int(row["subject"]), id_subject(row["cause"])) for row in stage.of(CUT_TIE)}
    for weak in (False, True):
        pairs = []
        for person in shown:
            for friend in friends[person][friends[person] >= 0]:
                common = len(set(friends[person]) & set(friends[friend]) - {-1})
                if (common == 0) == weak:
                    chance = 1 / (1 + math.exp(-(shame - value * (1 + common) / width / mean) / noise))
                    pairs.append((chance, (int(friend), int(person)) in cut))
        expected = np.array([chance for chance, _ in pairs])
        found = sum(broken for _, broken in pairs)
        errors = (found - expected.sum()) / math.sqrt((expected * (1 - expected)).sum())
        figure(f"{found} of {len(pairs)} {'weak' if weak else 'strong'} ties cut, errors off", errors, ERRORS)
        assert abs(errors) < ERRORS
    assert chances[1] > 2 * chances[0]


def test_a_tie_is_cut_on_both_sides_and_once(town: Setting, tmp_path: Path) -> None:
    stage = Stage(town, tmp_path, SCREENS)
    friends = town.population.friends.astype(np.int64) - 1
    for person in adults(stage)[:600]:
        stage.send(ON_SCREEN, person, 1, SHOWN_FOR.index("published-record"))
    stage.run(8)
    bits, lost = stage.world.work["cut"], 0
    for person in np.flatnonzero(bits):
        for place in range(friends.shape[1]):
            if bits[person] >> place & 1:
                other = friends[person, place]
                back = friends[other].tolist().index(person)
                assert bits[other] >> back & 1
                lost += 1
    cuts, losses = stage.of(CUT_TIE), stage.of(LOST_TIE)
    assert set(losses["cause"]) <= set(cuts["id"])
    starts = {int(row["id"]) for row in stage.of(DISPLAYED)}
    assert {int(cause) for cause in cuts["cause"]} <= starts
    # two who saw each other on a screen on one day may both break off; then neither is told
    pairs = {(int(row["subject"]), int(id_subject(row["cause"]))) for row in cuts}
    mutual = sum((other, one) in pairs for one, other in pairs)
    assert len(losses) == len(cuts) - mutual
    assert lost == 2 * len(losses) + mutual


def test_a_shop_turns_faces_away_that_it_has_seen_on_a_screen(
    town: Setting, tmp_path: Path, figure: Figure
) -> None:
    share, visits = float(town.society.data.ostracism.turned_away), 4
    for fields, expected in (('"name", "photo"', share), ('"name"', 0.0)):
        rules = SCREENS.replace('"name", "photo", "home-address", "allegation"', fields)
        stage = Stage(town, tmp_path, rules)
        for person in adults(stage)[::5]:
            stage.send(ON_SCREEN, person, 1, SHOWN_FOR.index("published-record"))
        stage.run(5 + TERM)
        displays, away = len(stage.of(DISPLAYED)), stage.of(TURNED_AWAY)
        wanted = displays * visits * expected
        assert total(stage, "shop_visits") == (displays * visits if expected else 0)
        assert abs(len(away) - wanted) <= ERRORS * math.sqrt(wanted * (1 - expected))
        figure(f"{len(away)} turned away, share", len(away) / (displays * visits), expected)
        assert set(away["cause"]) <= set(stage.of(DISPLAYED)["id"])


def test_a_lost_friend_asks_no_favours(town: Setting) -> None:
    people = settle(Society.load("city").patched(UNEVENTFUL | {"situation.nb.favour.rate": 0.6}), 1_000, 2)
    vetoed, met = {}, {}
    for cut in (0, 0b11111111):
        world = people.world(Regime.load("empty"), keep=0)
        world.work["cut"] = cut
        world.run(91)
        counted = world.counters().sum(axis=0)
        vetoed[cut], met[cut] = counted[flow("nb.favour.vetoed")], counted[flow("nb.favour.met")]
    ties = people.society.data.ties
    share = float(ties.friends) / (float(ties.friends) + float(ties.kin))
    assert vetoed[0] == 0
    error = math.sqrt(met[255] * share * (1 - share))
    assert abs(vetoed[255] - met[255] * share) < ERRORS * error + 0.02 * met[255]


MUCH = {"conduct.law.petty.coverage": 0.6, "conduct.money.bill.points.credit": -300}


def test_without_the_switch_nobody_is_shown(town: Setting) -> None:
    lively = {"situation.law.petty.rate": 5, "situation.money.bill.rate": 12}
    people = settle(Society.load("city").patched(UNEVENTFUL | lively), 300, 2)
    # deals and employers' looks go on without screens
    names = {one.name for one in of_screens()} - {"deals_agreed", "employer_lookups"} | {"job_loss.display"}
    columns = sorted(
        {
            column
            for one in INDICATORS
            if one.name in names and one.top.source == "flow"
            for column in one.top.columns
        }
    )
    for enabled in (True, False):
        world = people.world(Regime.load("essay").patched(MUCH | {"screens.enabled": enabled}))
        world.run(120)
        counted = world.counters().sum(axis=0)[columns]
        assert (counted.sum() > 0) == enabled
        if not enabled:
            assert (counted == 0).all()
            assert not (world.accounts_of(CITIZEN)["access"] & ON_DISPLAY).any()
            assert not world.work["cut"].any()
