"""Where signs turn: the tipping line, whose doing it is, and the numbers along which a claim flips."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from demerit.claims.crowding import (
    GIVEN_IN,
    KAPPA,
    PHI,
    Surface,
    cells,
    given_in,
    grid,
    surfaces,
    tipping_line,
    tips_at,
    whose_doing,
)
from demerit.claims.definitions import Claim, claims, keys
from demerit.claims.flips import Lived, assumptions, ends, halves, moved, variation
from demerit.claims.plan import ClaimsPlan, ClaimsRequest, make_claims
from demerit.claims.variations import Variation, Varying, ranged, varied
from demerit.claims.verdicts import WorldsOfSeed
from demerit.regime import Regime
from demerit.report.crowding_map import crowding_map
from demerit.society import Society

ESSAY, CITY = Regime.load("essay"), Society.load("city")
KNOWN = ranged(ESSAY, CITY)
KAPPAS, PHIS = (0.0, 0.5, 1.0), (0.0, 0.1, 0.2)
AT = "exemptions.filed.elite"


def plane(tilt: float, noise: float = 0.0) -> Surface:
    """A figure that is kappa + tilt phi, read on three seeds that lie a noise apart, and turns at .4."""
    kappa, phi = np.meshgrid(KAPPAS, PHIS, indexing="ij")
    values = np.stack([kappa + tilt * phi + shift * noise for shift in (-1, 0, 1)], axis=2)
    return Surface("C23.1", "harm", "R - N", 0.4, values)


def test_the_tipping_line_of_a_plane_is_straight() -> None:
    surface = plane(2)
    line = tipping_line(KAPPAS, PHIS, surface.mean - surface.smallest)
    assert len(line) > 50
    assert [kappa for _, kappa in line] == pytest.approx([0.4 - 2 * phi for phi, _ in line])


def test_where_it_tips_has_the_interval_of_its_seeds() -> None:
    at, low, high = tips_at(KAPPAS, plane(2, 0.01), 1)
    assert at == pytest.approx(0.2)
    assert (low + high) / 2 == pytest.approx(0.2)
    assert high - low == pytest.approx(2 * 4.303 * 0.01 / 3**0.5, rel=1e-3)
    assert np.isnan(tips_at(KAPPAS, plane(-9), 2)).all()


def test_a_surface_turns_only_beyond_its_intervals() -> None:
    assert plane(2, 0.01).turns
    assert not plane(2, 5).turns


def test_the_spread_of_a_plane_belongs_to_kappa_and_phi_by_their_squares() -> None:
    first, total = whose_doing(KAPPAS, PHIS, plane(5))
    # kappa moves it by 1, phi by 5 x .2 = 1: half each, and nothing in company only
    assert first == pytest.approx([0.5, 0.5], abs=0.01)
    assert total == pytest.approx([0.5, 0.5], abs=0.01)


def test_the_map_holds_both_ends_nought_and_what_the_file_says() -> None:
    kappas, phis = grid(ESSAY, CITY)
    for at, values in ((KAPPA, kappas), (PHI, phis)):
        one = KNOWN[at]
        assert {one.low, 0.0, one.value, one.high} <= set(values)
        assert list(values) == sorted(values)
    assert len({one.name for row in cells(ESSAY, CITY) for one in row}) == len(kappas) * len(phis)


def test_acts_given_in_to_follow_from_fear_and_principle() -> None:
    # of 1,000 temptations 600 are resisted on principle and 150 out of fear: 250 are given in to
    world = {"R": {"C10.1": [150 / 750, 750.0], "C10.2": [600.0, 1000.0]}}
    assert given_in(world, "R") == pytest.approx(0.25)


def test_every_claim_names_numbers_that_are_there() -> None:
    assert set(assumptions()) == {claim.id for claim in claims()}
    for one in assumptions().values():
        assert set(one.at) <= set(KNOWN), one.claim
    assert len(ends(KNOWN, claims())) == 2 * len({at for one in assumptions().values() for at in one.at})


def test_claims_that_are_looked_at_again_ask_for_their_own_numbers_and_worlds_only() -> None:
    claim = next(one for one in claims() if one.id == "C11")
    asked = ends(KNOWN, [claim])
    assert {one.numbers[0][0] for one in asked} == set(assumptions()["C11"].at)
    whole = {one.numbers: set(one.worlds) for one in ends(KNOWN, claims())}
    assert all(set(one.worlds) <= whole[one.numbers] for one in asked)


def of(value: float, claim: Claim) -> list[WorldsOfSeed]:
    """Two seeds on which every part of a claim reads a value in R."""
    return [{"R": {key: [value + shift, 100.0] for key in keys(claim)}} for shift in (-0.001, 0.001)]


def test_a_claim_flips_where_its_margin_crosses_nought_and_the_stretch_is_halved() -> None:
    claim = next(one for one in claims() if one.id == "C11")
    low, file, high = KNOWN[AT].low, KNOWN[AT].value, KNOWN[AT].high
    # both parts ask for less than .05 and .25: the first is the weaker one all along
    lived: Lived = {
        variation(AT, low, KNOWN, [claim]): of(0.0, claim),
        variation(AT, high, KNOWN, [claim]): of(0.2, claim),
        variation("exemptions.filed.cadre", 0.0, KNOWN, [claim]): of(0.011, claim),
        variation("exemptions.filed.cadre", 1.0, KNOWN, [claim]): None,
    }
    strongest, other = moved(claim, KNOWN, lived, of(0.01, claim))
    assert (strongest.at, other.at) == (AT, "exemptions.filed.cadre")
    assert strongest.values == (low, file, high)
    assert strongest.flips == ((file, high),)
    assert [one.verdict for one in strongest.found] == ["holds", "holds", "fails"]
    assert not other.flips
    (middle,) = halves([strongest], KNOWN, [claim])
    assert middle.numbers == ((AT, (file + high) / 2),)


@pytest.fixture(scope="module")
def plan() -> ClaimsPlan:
    return make_claims(ClaimsRequest(population=150, years=3, seeds=2, workers=1))


def test_a_number_is_set_in_the_file_that_has_it(plan: ClaimsPlan) -> None:
    regime, society = varied(plan, Variation(((AT, 0.5), (KAPPA, 0.7)), ("R",)))
    assert ranged(regime, society)[AT].value == 0.5
    assert ranged(regime, society)[KAPPA].value == 0.7
    assert regime.hash != plan.regime.hash
    assert society.hash != plan.society.hash


def test_ordinary_law_knows_neither_kappa_nor_phi_and_the_map_can_be_drawn(
    plan: ClaimsPlan, tmp_path: Path
) -> None:
    corners = [Variation(((KAPPA, kappa), (PHI, phi)), ("R", "N")) for kappa, phi in ((0, 0), (1, 0.3))]
    varying = Varying(plan, tuple(corners))
    for job in varying.todo:
        assert varying.read(job.variation, tmp_path) is None
        varying.live(job, tmp_path, lambda day: None)
    here, there = (varying.read(one, tmp_path) for one in corners)
    assert here is not None
    assert there is not None
    assert [seed["N"] for seed in here] == [seed["N"] for seed in there]
    assert [seed["R"] for seed in here] != [seed["R"] for seed in there]
    mapped = surfaces([[here, there], [there, here]], here)
    assert mapped[0].key == GIVEN_IN
    assert mapped[0].values.shape == (2, 2, 2)
    assert (mapped[0].values[0, 0] != mapped[0].values[0, 1]).all()
    drawn = crowding_map((0, 1), (0, 0.3), mapped[:1], (0, 0), ["Synthetic society", "two seeds"])
    assert "synthetic" in str(drawn.to_dict()).lower()
