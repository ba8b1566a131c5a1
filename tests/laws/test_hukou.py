"""Hukou: who is refused and registered, by law and by score, and with what newcomers begin."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import UNEVENTFUL, Figure
from tests.laws.lived import Lived, live
from tests.laws.test_choice import ERRORS, total

from demerit.catalogue.entries import REGISTERED, RESIDENCE_REFUSED, THIN_FILE_OPENED
from demerit.catalogue.words import CITIZEN, FIFTHS, HUKOU, KINDS
from demerit.institutions.residence import FOR_HUKOU, FOR_SCORE
from demerit.institutions.standing import standing
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

OFTEN = {"situation.law.residence.rate": 3}


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(UNEVENTFUL | OFTEN), 3_000, 5)


@pytest.fixture(scope="module")
def lawful(town: Setting) -> Lived:
    return live(town, Regime.load("ordinary-law"), 364)


@pytest.fixture(scope="module")
def scored(town: Setting) -> Lived:
    return live(town, Regime.load("essay"), 364)


def newcomers(lived: Lived) -> np.ndarray:
    """Return who is not registered where they live: bool (citizens)."""
    hukou = lived.traits["cell"] // len(FIFTHS) % len(HUKOU)
    return np.asarray(hukou >= HUKOU.index("migrant_urban"))


def test_newcomers_apply_and_locals_do_not(lawful: Lived) -> None:
    tried = lawful.of(RESIDENCE_REFUSED, REGISTERED)
    assert newcomers(lawful)[tried["subject"]].all()
    met = lawful.met[lawful.met["kind"] == KINDS.index("law.residence")]
    arisen = newcomers(lawful)[met["person"]].sum()
    # who has been registered applies no more
    assert len(tried) <= arisen
    assert total(lawful, "law.residence.acted") == len(tried)


def test_under_ordinary_law_a_share_is_registered_and_nobody_is_refused_for_a_score(
    lawful: Lived, figure: Figure
) -> None:
    refused, registered = lawful.of(RESIDENCE_REFUSED), lawful.of(REGISTERED)
    assert (refused["rule"] == FOR_HUKOU).all()
    chance = float(Regime.load("ordinary-law").data.hukou.converts)  # type: ignore[union-attr]
    tried = len(refused) + len(registered)
    off = (len(registered) - chance * tried) / math.sqrt(tried * chance * (1 - chance))
    figure(f"{len(registered)} of {tried} applications succeed, errors off", off, ERRORS)
    assert abs(off) < ERRORS
    assert len(np.unique(registered["subject"])) == len(registered)


def test_newcomers_begin_with_a_thin_file_and_are_refused_for_it(scored: Lived, lawful: Lived) -> None:
    thin = scored.of(THIN_FILE_OPENED)
    assert sorted(thin["subject"]) == list(np.flatnonzero(newcomers(scored) & scored.adult))
    assert (thin["points"] == -15_000).all()
    assert not len(lawful.of(THIN_FILE_OPENED))
    refused = scored.of(RESIDENCE_REFUSED)
    # 15 points below the base fade in half to above the threshold only after the year is over
    early = refused[refused["day"] < 200]
    assert (early["rule"] == FOR_SCORE).mean() > 0.8
    assert total(scored, "registered") < 0.5 * total(lawful, "registered")
    accounts, rules = scored.world.kept.of(CITIZEN), scored.world.rules
    low = [standing(accounts[who], rules, CITIZEN, 0, scored.days) for who in np.unique(thin["subject"])]
    # 15 points fade by a half-life of two years
    expected = 1000 - 15 * 2 ** (-scored.days / 730)
    assert float(np.median(low)) == pytest.approx(expected, abs=2)


def test_without_its_key_nobody_asks_where_somebody_is_registered(town: Setting) -> None:
    off = {"hukou.enabled": False}
    lived = live(town, Regime.load("essay").patched(off), 182)
    assert not len(lived.of(RESIDENCE_REFUSED, REGISTERED, THIN_FILE_OPENED))
    for name in ("residence_refused", "residence_refused_for_score", "registered"):
        assert total(lived, name) == 0
