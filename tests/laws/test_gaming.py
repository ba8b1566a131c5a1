"""Points without the deed: who buys and who sells, what comes out, and what gaming does to a selection.

Statistical tests allow four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, live
from tests.laws.test_choice import ERRORS, total

from demerit.catalogue.entries import (
    COURSE_BOUGHT,
    CREDIT,
    DEED_STAGED,
    LICENCE_RETURNED,
    LICENCE_WITHHELD,
    POINTS_BOUGHT,
    POINTS_SOLD,
    RECORD,
)
from demerit.catalogue.words import FABRICATED
from demerit.regime import Regime
from demerit.simulation.setting import settle
from demerit.society import Society

CALM = {"life_course.enabled": False, "collisions.enabled": False, "rescue.enabled": False}
DEAR = {
    "gaming.harm": 0.02,
    "gaming.licence_point_days": 0.4,
    "gaming.course_days": 1,
    "situation.road.red_light.rate": 8,
}
"""Prices at which drivers buy now and then, and lights that turn red often."""
FOUND = 0.1
STRICT = {
    "conduct.road.speeding.coverage": 0.5,
    "conduct.road.red_light.coverage": 0.8,
    "licence.study_cost_days": 15,
    "licence.limit": 9,
    "gaming.found": FOUND,
    "conduct.law.gaming.fine": 200,
}


@pytest.fixture(scope="module")
def bought() -> Lived:
    """Return two years in which points of the licence are dear and cheap to buy."""
    setting = settle(Society.load("city").patched(CALM | DEAR), 5_000, 3)
    return live(setting, Regime.load("essay").patched(STRICT), 2 * 364)


def test_what_one_driver_buys_another_sells(bought: Lived) -> None:
    sold, purchases = bought.of(POINTS_SOLD), bought.of(POINTS_BOUGHT)
    assert len(purchases) > 20
    for row in purchases:
        sale = bought.cause_of(row)
        assert sale["what"] == POINTS_SOLD
        assert sale["subject"] != row["subject"]
        assert (sale["points"], sale["amount"]) == (-row["points"], row["amount"])
        record = bought.cause_of(sale)
        assert record["what"] == RECORD
        assert record["subject"] == row["subject"]
    # the last day's sales are still on their way
    assert len(sold) - len(purchases) <= (sold["day"] >= bought.days - 1).sum()
    assert total(bought, "licence_points_bought") * 1000 == purchases["points"].sum()


def test_a_bought_course_gives_the_licence_back_on_the_next_day(bought: Lived) -> None:
    courses = bought.of(COURSE_BOUGHT)
    assert len(courses) > 5
    withheld = bought.of(LICENCE_WITHHELD)
    taken = {(int(row["subject"]), int(row["day"])) for row in withheld}
    back = bought.of(LICENCE_RETURNED)
    returned = {(int(row["subject"]), int(row["day"])) for row in back}
    for row in courses:
        assert (int(row["subject"]), int(row["day"])) in taken
        if row["day"] < bought.days - 1:
            assert (int(row["subject"]), int(row["day"]) + 1) in returned
    assert total(bought, "courses_bought") == len(courses)


def test_purchases_happen_with_their_chances_and_come_out_with_theirs(bought: Lived, figure: Figure) -> None:
    acted, expected = total(bought, "law.gaming.acted"), total(bought, "law.gaming.expected") / 2**20
    errors = (acted - expected) / math.sqrt(expected)
    figure(f"{acted} purchases where {expected:.0f} should be, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS
    records = bought.of(RECORD)
    caught = records[bought.kinds_of_rows(records) == "law.gaming"]
    causes = {int(row["cause"]) for row in caught}
    gone_by = [
        row
        for row in bought.of(POINTS_BOUGHT, POINTS_SOLD, COURSE_BOUGHT, DEED_STAGED)
        if row["day"] + 30 < bought.days
    ]
    found = sum(int(row["id"]) in causes for row in gone_by)
    off = (found - FOUND * len(gone_by)) / math.sqrt(len(gone_by) * FOUND * (1 - FOUND))
    figure(f"{found} of {len(gone_by)} come out, errors off", off, ERRORS)
    assert abs(off) < ERRORS
    assert len(caught) > 10


GOODHART = """[regime]
id = "goodhart"
title = "Points for deeds"
basis = "hypothetical"
schema_version = 1
extends = "empty"
null = "empty"
[[authority]]
id = "office"
title = "Office"
level = "city"
[[register]]
id = "deeds"
title = "Deeds"
authority = "office"
covers = ["citizen"]
base = 0
floor = 0
ceiling = 1500
[[conduct]]
id = "nb.deed_seen"
answers = "nb.deed_seen"
authority = "office"
coverage = 0.5
points = { deeds = 1 }
[[platform]]
id = "town"
title = "Town"
level = "city"
[[transfer]]
id = "deeds-to-town"
from = "deeds"
to = "town"
delay_days = 1
loss = 0
[score]
platform = "town"
base = 100
floor = 0
ceiling = 1500
weights = { deeds = 0.9 }
[[band]]
id = "good"
title = "Good"
from = 50
[[band]]
id = "bad"
title = "Bad"
from = 0
[awareness]
share = 1
novelty = 1
novelty_half_life_days = 270
"""
ALIKE = {
    "choice.conscience_a": 1000,
    "choice.conscience_b": 500,
    "exposure.road_sigma": 0,
    "exposure.other_sigma": 0,
    "trust.step_neighbours": 0,
    "learning.kappa": 0,
    "learning.phi": 0,
    "gaming.staged_point_days": 0,
    "gaming.harm": 0,
    "debts.interest": 0,
}
"""People who differ by chance alone, so that deeds and staged deeds are independent Poisson numbers."""
SELECTED = 0.1
INTENSITY = 1.7550
"""Mean of the upper tenth of a normal distribution, in standard deviations [M29]."""


@pytest.mark.parametrize("gamed", [False, True])
def test_a_selection_by_score_regresses_with_the_share_that_is_gamed(
    gamed: bool, tmp_path: Path, figure: Figure
) -> None:
    """Select the upper tenth by a proxy of correlation r: its true mean is r i(.1), r = sqrt(1 - share)."""
    society = Society.load("city")
    rates = {f"situation.{one.id}.rate": 0 for one in society.data.situations}
    people = society.patched(rates | CALM | ALIKE | {"situation.nb.deed_seen.rate": 100})
    path = tmp_path / "goodhart.toml"
    path.write_text(GOODHART)
    lived = live(
        settle(people.patched({"gaming.enabled": gamed}), 12_000, 8), Regime.load(str(path)), 2 * 364
    )
    credits, adults = lived.of(CREDIT), np.flatnonzero(lived.adult & (lived.world.state["wealth_fen"] > 0))
    done = np.bincount(credits[credits["label"] != FABRICATED]["subject"], minlength=len(lived.traits))
    staged = np.bincount(credits[credits["label"] == FABRICATED]["subject"], minlength=len(lived.traits))
    assert (staged.sum() > 0) == gamed
    true, score = done[adults].astype(float), (done + staged)[adults].astype(float)
    share = staged[adults].sum() / score.sum()
    correlation = math.sqrt(1 - share)
    found = float(np.corrcoef(true, score)[0, 1])
    figure(f"correlation {found:.3f} for {correlation:.3f}", abs(found - correlation), 0.03)
    assert found == pytest.approx(correlation, abs=0.03)
    # ties are broken by chance
    order = np.argsort(score + np.random.default_rng(1).random(len(score)))
    best = order[-round(SELECTED * len(order)) :]
    mean = float((true[best].mean() - true.mean()) / true.std())
    figure(f"true mean of the selected {mean:.3f} for {correlation * INTENSITY:.3f}", mean, INTENSITY)
    assert mean == pytest.approx(correlation * INTENSITY, rel=0.06)
    if gamed:
        assert share > 0.2


def test_without_its_key_nobody_buys_points() -> None:
    setting = settle(Society.load("city").patched(CALM | DEAR | {"gaming.enabled": False}), 1_000, 3)
    lived = live(setting, Regime.load("essay").patched(STRICT), 364)
    assert not len(lived.of(POINTS_BOUGHT, POINTS_SOLD, COURSE_BOUGHT, DEED_STAGED))
    for name in ("law.gaming.met", "law.gaming.acted", "law.gaming.recorded", "gaming_fen", "staged_points"):
        assert total(lived, name) == 0
