"""A first strike let pass: with its chance, once for everybody, and nothing else follows of it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.laws.lived import Lived, live, subject_kind

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import RECORD, STRIKE_SPARED
from demerit.catalogue.words import CITIZEN
from demerit.institutions.first_strike import STRUCK
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

DAYS = 728


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city"), 2_000, 1)


@pytest.fixture(scope="module")
def worlds(town: Setting) -> dict[float, Lived]:
    essay = Regime.load("essay")
    return {
        share: live(town, essay.patched({"detection.first_spared": share}), DAYS) for share in (0, 0.25, 1)
    }


def strikes(lived: Lived) -> np.ndarray:
    """Return records of citizens of their own and those let pass, in their order."""
    rows = lived.of(RECORD, STRIKE_SPARED)
    return rows[subject_kind(rows["subject"]) == CITIZEN]


def firsts(lived: Lived) -> np.ndarray:
    """Return everybody's first."""
    rows = strikes(lived)
    return rows[np.unique(rows["subject"], return_index=True)[1]]


@pytest.mark.parametrize("share", [0.25, 1.0])
def test_first_strikes_are_let_pass_with_their_chance(worlds: dict[float, Lived], share: float) -> None:
    first = firsts(worlds[share])
    passed = np.mean(first["what"] == STRIKE_SPARED)
    assert len(first) > 200
    assert passed == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / len(first)) + 1e-12)


@pytest.mark.parametrize("share", [0.25, 1.0])
def test_nobody_is_let_off_twice_and_never_later(worlds: dict[float, Lived], share: float) -> None:
    rows, first = strikes(worlds[share]), firsts(worlds[share])
    spared = rows[rows["what"] == STRIKE_SPARED]
    assert len(np.unique(spared["subject"])) == len(spared)
    assert np.isin(spared["id"], first["id"]).all()


def test_where_every_first_strike_passes_the_second_is_filed(worlds: dict[float, Lived]) -> None:
    rows, first = strikes(worlds[1]), firsts(worlds[1])
    second = rows[~np.isin(rows["id"], first["id"])]
    assert (first["what"] == STRIKE_SPARED).all()
    assert (second["what"] == RECORD).all()
    assert len(second) > 100


def test_nothing_follows_of_what_is_let_pass(worlds: dict[float, Lived]) -> None:
    lived = worlds[1]
    spared = lived.of(STRIKE_SPARED)
    assert len(spared) > 200
    assert not np.isin(spared["id"], lived.rows["cause"][lived.rows["what"] != STRIKE_SPARED]).any()
    assert not spared["points"].any()
    assert not spared["amount"].any()


def test_the_first_strike_let_pass_is_the_one_that_is_filed_elsewhere(worlds: dict[float, Lived]) -> None:
    plain = {int(row["subject"]): row for row in firsts(worlds[0])}
    spared = worlds[0.25].of(STRIKE_SPARED)
    same = [
        int(row["subject"]) in plain
        and plain[int(row["subject"])]["day"] == row["day"]
        and plain[int(row["subject"])]["rule"] == row["rule"]
        for row in spared
    ]
    assert np.mean(same) > 0.9


def test_without_the_rule_nothing_is_kept(worlds: dict[float, Lived]) -> None:
    assert not len(worlds[0].of(STRIKE_SPARED))
    assert not (worlds[0].world.accounts_of(CITIZEN)["access"] & STRUCK).any()
    struck = worlds[1].world.accounts_of(CITIZEN)["access"] & STRUCK != 0
    assert np.array_equal(np.flatnonzero(struck), np.unique(firsts(worlds[1])["subject"]))


@pytest.mark.parametrize("share", [0, 0.25, 1.0])
def test_strikes_let_pass_are_measured(worlds: dict[float, Lived], share: float) -> None:
    counted = worlds[share].world.counters()[:, flow("strikes_spared")].sum()
    assert counted == len(worlds[share].of(STRIKE_SPARED))
    assert (counted > 0) == (share > 0)
