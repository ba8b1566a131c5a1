"""The worlds of the claims: each differs from the regime under test in what it says, and in nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from demerit.catalogue.words import KINDS
from demerit.claims.definitions import claim_worlds
from demerit.claims.worlds import CHANGES, SPARED, Made, world_of
from demerit.files.difference import differences
from demerit.regime import Regime, list_presets
from demerit.simulation.setting import settle
from demerit.society import Society

FIRST, TEN_YEARS, THREE_YEARS = date(2014, 1, 1), 3652, 1096
CITY = Society.load("city")
ESSAY = Regime.load("essay")
WORLDS = [world.id for world in claim_worlds()]

DIFFERS = {
    "strike-thinned": {"detection.first_spared"},
    "hear-context": {"detection.context_recognition"},
    "no-blame": {"rescue.good_samaritan"},
    "equal-liability": {"liability.equal_liability"},
    "watchdog": {
        f"appeals.{name}"
        for name in ("watchdog", "independence", "capacity", "service_days", "deadline_days")
    }
    | {"appeals.context_hearings", "appeals.legal_aid", "appeals.integrity"},
    "no-exemptions": {"exemptions", "complaints.deference"},
    "no-chain": {
        "scolding.employer",
        "civil_service.relatives",
        *(f"chain.{chain.id}" for chain in ESSAY.data.chains),
    },
    "no-relative-chain": {"chain.court-to-household", "civil_service.relatives"},
    "tighten": {"tightening.second-wave", "tightening.third-wave"},
    "devices": {"sanction.car-stopped-for-score", "sanction.car-stopped-for-fine"},
    "no-mismatch": {"detection.mismatch"},
    "no-commercial-sharing": {
        "transfer.commercial-to-nation",
        "score.weights.commercial",
        "rating.companies.weights.commercial",
    },
}
"""Where each world of the essay's regime differs from it."""


def made(name: str, regime: Regime = ESSAY, days: int = TEN_YEARS) -> Made:
    return world_of(name, regime, CITY, FIRST, days)


def addresses(one: Any, other: Any) -> set[str]:
    return {found.at for found in differences(one.canonical(), other.canonical())}


def test_every_world_of_the_claims_is_made_and_no_other() -> None:
    assert set(WORLDS) == {*CHANGES, "N", "removal", "no-habituation"}
    assert set(DIFFERS) == set(CHANGES) - {"R"}


@pytest.mark.parametrize("name", list(DIFFERS))
def test_a_world_differs_from_r_where_it_says_and_nowhere_else(name: str) -> None:
    found = made(name)
    assert addresses(ESSAY, found.regime) == DIFFERS[name]
    assert found.society is CITY
    assert found.past == ()


def test_r_is_the_regime_under_test() -> None:
    assert made("R") == Made(ESSAY, CITY)


def test_n_is_the_null_regime_of_r() -> None:
    assert made("N").regime == Regime.load("ordinary-law")
    own = Regime.load("ordinary-law").patched({"fines.late": 0.2})
    assert world_of("N", ESSAY, CITY, FIRST, TEN_YEARS, {"ordinary-law": own}).regime is own


def test_removal_is_r_until_half_time_and_then_n() -> None:
    found = made("removal")
    assert found.regime == made("N").regime
    assert found.past == ((ESSAY, TEN_YEARS // 2),)


def test_without_habituation_the_people_differ_and_the_rules_do_not() -> None:
    found = made("no-habituation")
    assert found.regime is ESSAY
    assert addresses(CITY, found.society) == {"approval.habituation_years"}
    assert float(found.society.data.approval.habituation_years) == 0
    again = world_of("no-habituation", ESSAY, found.society, FIRST, TEN_YEARS)
    assert again.society is found.society


@pytest.mark.parametrize("name", [name for name in WORLDS if name != "no-habituation"])
def test_where_there_is_nothing_to_change_a_world_is_r(name: str) -> None:
    empty = Regime.load("empty")
    assert made(name, empty) == Made(empty, CITY)


@pytest.mark.parametrize("name", list(DIFFERS))
def test_a_change_made_twice_is_made_once(name: str) -> None:
    once = made(name).regime
    assert made(name, once).regime is once


@pytest.mark.parametrize("preset", [preset.id for preset in list_presets()])
def test_every_world_can_be_made_of_every_regime(preset: str) -> None:
    regime = Regime.load(preset)
    for name in WORLDS:
        found = made(name, regime)
        assert found.regime is regime or found.regime.hash != regime.hash, name


def test_regimes_without_chains_and_exemptions_have_no_reforms_of_them() -> None:
    law = Regime.load("ordinary-law")
    for name in ("no-chain", "no-exemptions", "no-relative-chain", "no-commercial-sharing", "tighten"):
        assert made(name, law).regime is law, name


def test_first_strikes_are_let_pass_where_nothing_is_said_of_detection_too() -> None:
    data = ESSAY.canonical()
    del data["detection"]
    silent = Regime.from_canonical(data)
    spared, heard = made("strike-thinned", silent).regime, made("hear-context", silent).regime
    assert addresses(silent, spared) == addresses(silent, heard) == {"detection"}
    assert spared.data.detection is not None
    assert heard.data.detection is not None
    assert float(spared.data.detection.first_spared) == SPARED
    assert float(spared.data.detection.context_recognition) == 0
    assert float(heard.data.detection.context_recognition) == 1


def test_a_step_that_would_undo_a_change_is_left_out() -> None:
    documented = Regime.load("documented")
    free = made("no-blame", documented).regime
    assert addresses(documented, free) == {"rescue.good_samaritan", "tightening.patch-2017-10-01-1"}
    for day in (FIRST, date(2023, 1, 1)):
        rescue = free.on(day).rescue
        assert rescue is not None
        assert rescue.good_samaritan


def test_copies_go_to_the_right_person_too() -> None:
    astray = ESSAY.patched({"transfer.tax-to-province.mismatch": 0.1})
    right = made("no-mismatch", astray).regime
    assert addresses(astray, right) == {"detection.mismatch", "transfer.tax-to-province.mismatch"}
    assert all(float(transfer.mismatch) == 0 for transfer in right.data.transfers)


def test_the_schedule_keeps_its_years_if_the_run_has_them() -> None:
    found = made("tighten").regime
    assert [day for day, _ in found.changes(FIRST, TEN_YEARS)] == [0, 1461, 2557]
    assert found.on(date(2017, 12, 31)) == found.on(FIRST)
    edges = {one.id: one.below for one in found.on(date(2021, 1, 1)).sanctions}
    assert float(edges["band-c"] or 0) == 880
    assert float(edges["gates"] or 0) == 940


def test_in_a_run_without_its_years_the_schedule_comes_at_the_same_parts() -> None:
    found = made("tighten", days=THREE_YEARS).regime
    turns = [day for day, _ in found.changes(FIRST, THREE_YEARS)]
    assert turns == [0, 1461 * THREE_YEARS // TEN_YEARS, 2557 * THREE_YEARS // TEN_YEARS]
    later = world_of("tighten", ESSAY, CITY, date(2019, 1, 1), TEN_YEARS).regime
    assert [day for day, _ in later.changes(date(2019, 1, 1), TEN_YEARS)] == [0, 1461, 2557]


def test_gates_come_with_the_devices_where_there_were_none() -> None:
    data = ESSAY.canonical()
    data["sanction"] = [one for one in data["sanction"] if one["id"] != "gates"]
    found = made("devices", Regime.from_canonical(data)).regime
    refusing = [one.id for one in found.data.sanctions if "device" in one.refuses]
    assert refusing == ["gates"]
    assert {one.id for one in found.data.sanctions if one.stops == "networked"} == {
        "car-stopped-for-score",
        "car-stopped-for-fine",
    }


def test_what_the_operator_sees_moves_no_score_but_its_own() -> None:
    setting = settle(Society.load("hamlet"), 200, 1)
    rules = setting.world(made("no-commercial-sharing").regime).rules
    kind = KINDS.index("money.merchant")
    assert setting.world(ESSAY).rules["composite_points"][kind] < 0
    assert rules["composite_points"][kind] == 0
    assert rules["entries"][kind] == 1


@pytest.mark.parametrize("name", WORLDS)
def test_every_world_can_be_lived(name: str) -> None:
    found = world_of(name, ESSAY, Society.load("hamlet"), FIRST, 14)
    world = settle(found.society, 200, 1).world(found.regime, start=FIRST, days=14, past=found.past)
    world.run(14)
    assert world.day == 14
