"""Deals between strangers: by trust alone where nothing can be looked up, else after a look-up (R17).

Statistical tests allow four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from tests.laws.conftest import UNEVENTFUL, Figure
from tests.laws.stage import Stage
from tests.laws.test_choice import ERRORS

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import DEAL_REFUSED, LOOKED_UP
from demerit.catalogue.showing import DEALS, ON_DISPLAY
from demerit.catalogue.words import CITIZEN
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

DAYS = 182
PAGE = """
[awareness]
share = 1
novelty = 1
novelty_half_life_days = 270

[screens]
enabled = true
shows = ["published-record"]
fields = ["name"]
place = "neighbourhood"
term_days = 30
lookups = true
"""


@pytest.fixture(scope="module")
def town() -> Setting:
    society = Society.load("city")
    met = [one.id for one in society.data.situations if one.id != "nb.deal"]
    quiet = {f"situation.{one}.rate": 0 for one in met}
    return settle(society.patched(UNEVENTFUL | quiet | {"situation.nb.deal.rate": 8}), 1_000, 1)


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def counted(stage: Stage, counter: str) -> int:
    return int(stage.world.counters()[:, flow(counter)].sum())


def is_share(found: int, of: int, share: float) -> bool:
    return abs(found - share * of) < ERRORS * math.sqrt(max(of * share * (1 - share), 1))


def agreed_by(town: Setting, factor: float) -> float:
    """P(agree) by the formula, where a look-up makes so much of the doubt; 1 = no look-up."""
    data = town.society.data
    share, noise = float(data.deals.agreed), float(data.choice.tau)
    doubt = 1 - float(data.trust.strangers)
    return logistic(math.log(share / (1 - share)) + doubt * (1 - factor) / noise)


def test_without_look_ups_strangers_agree_by_trust_alone(
    town: Setting, tmp_path: Path, figure: Figure
) -> None:
    stage = Stage(town, tmp_path, "")
    stage.run(DAYS)
    deals, agreed = counted(stage, "deals"), counted(stage, "deals_agreed")
    figure(f"{agreed} of {deals} agreed, share", agreed / deals, 0.6)
    assert deals > 2_000
    assert is_share(agreed, deals, agreed_by(town, 1.0))
    assert counted(stage, "lookups") == len(stage.of(LOOKED_UP)) == 0


def test_who_is_asked_looks_up_as_often_as_the_stake_is_worth_it(
    town: Setting, tmp_path: Path, figure: Figure
) -> None:
    stage = Stage(town, tmp_path, PAGE)
    # a third is on display for good, whatever for: a look-up shows it
    shown = np.arange(town.population.count) % 3 == 0
    stage.world.kept.of(CITIZEN)["access"][: len(shown)][shown] |= ON_DISPLAY
    stage.run(DAYS)
    terms, data = town.society.data.deals, town.society.data
    doubt, noise = 1 - float(data.trust.strangers), float(data.reporting.noise_days)
    asked = [float(terms.rent_share), float(terms.loan_share)]
    asked.append(1 - sum(asked))
    looked, refused = stage.of(LOOKED_UP), stage.of(DEAL_REFUSED)
    total = counted(stage, "deals")
    stakes = (terms.rent_days, terms.loan_days, terms.marriage_days)
    for deal, (share, stake) in enumerate(zip(asked, stakes, strict=True)):
        worth = float(terms.look_avoids) * doubt * float(stake) - float(terms.look_effort_days)
        chance = share * logistic(worth / noise)
        found = int((looked["rule"] == deal).sum())
        figure(f"look-ups before a {DEALS[deal]}, of {total} deals", found / total, chance)
        assert is_share(found, total, chance)
    # what it shows decides: who is on display is refused far more often, who is clean less than unseen
    low = shown[looked["subject"]]
    assert set(refused["cause"]) <= set(looked["id"])
    turned_down = np.isin(looked["id"], refused["cause"])
    for group, factor in ((low, float(terms.doubt_low)), (~low, float(terms.doubt_clean))):
        assert is_share(int(turned_down[group].sum()), int(group.sum()), 1 - agreed_by(town, factor))
    assert counted(stage, "lookups_clean") == (~low).sum()
    assert counted(stage, "deals_refused_low") == turned_down[low].sum()
