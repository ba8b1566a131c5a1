"""A price takes the place of a norm and stays in its place when it is taken away (F11), as in the day-care
centres that fined late parents [B01].

One kind of situation, a bill; a score term that costs nothing applies to it for a while. Learning is off, so
nothing but the frame moves what people do, and the sum of their chances can be written down.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import week_of
from tests.laws.theory import Theory, half_lives

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.words import CIRCLES, KINDS
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society

START = date(2014, 1, 1)
PRICED, FREE_AGAIN, DAYS = 112, 252, 392
BILL = "money.bill"
EXPECTED = [flow[0] for flow in FLOWS].index(f"{BILL}.expected")
RULES = """[regime]
id = "a-price-for-a-while"
title = "A price for a while"
basis = "hypothetical"
schema_version = 1
extends = "ordinary-law"

[awareness]
share = 1
novelty = 1
novelty_half_life_days = 30

[[platform]]
id = "province"
title = "Province"
level = "province"

[[register]]
id = "bills"
title = "Bills"
authority = "city-government"
covers = ["citizen"]
base = 100
floor = 0
ceiling = 130

[[transfer]]
id = "bills-to-province"
from = "bills"
to = "province"
delay_days = 7
loss = 0

[score]
platform = "province"
base = 1000
floor = 0
ceiling = 1300
weights = {{ bills = 0.1 }}

[[tightening]]
id = "priced"
date = {priced}
[[tightening.patch]]
op = "set"
at = "conduct.money.bill.points"
value = {{ bills = -1 }}
reason = "a point for every bill that is not paid"

[[tightening]]
id = "free"
date = {free}
[[tightening.patch]]
op = "set"
at = "conduct.money.bill.points"
value = {{}}
reason = "it is taken away again"
"""


def day(number: int) -> date:
    return date.fromordinal(START.toordinal() + number)


def people(phi: float) -> Setting:
    """Return people who only meet bills, learn nothing, wish for no points, and take up a price by phi."""
    city = Society.load("city")
    patch: dict[str, object] = {
        f"situation.{one.id}.rate": 0 for one in city.data.situations if one.id != BILL
    }
    patch |= {f"learning.{name}": 0 for name in ("kappa", "rho", "alpha", "alpha_heard", "hearers")}
    patch |= {f"trust.step_{circle}": 0 for circle in CIRCLES}
    patch |= {f"situation.{BILL}.{name}": 0 for name in ("necessity", "inability", "need_weight")}
    patch |= {"learning.phi": phi, "choice.omega_days": 0, "labour.applications": 0}
    setting = settle(city.patched(patch), 20_000, 5)
    setting.people["summed"] = 1
    return setting


def lived(setting: Setting, regime: Regime) -> tuple[list[float], list[np.ndarray]]:
    """Return the chances of not paying summed over each of three periods, and the situations met in each."""
    world = setting.world(regime, start=START, days=DAYS, keep=0)
    met: list[np.ndarray] = []

    def note(now: World) -> None:
        if (now.day - 1) % 7 == 0:
            met.append(week_of(now))

    sums = [0]
    for end in (PRICED, FREE_AGAIN, DAYS):
        world.run(end, each_day=note)
        sums.append(int(world.counters()[:, EXPECTED].sum()))
    situations = np.concatenate(met)
    situations = situations[situations["kind"] == KINDS.index(BILL)]
    bounds = np.searchsorted(np.sort(situations["day"]), (PRICED, FREE_AGAIN))
    return (np.diff(sums) / 2**20).tolist(), np.split(situations[np.argsort(situations["day"])], bounds)


def written_down(setting: Setting, met: np.ndarray) -> float:
    """Return the sum of the chances of situations from the equations alone."""
    society, law = setting.society.data, Regime.load("ordinary-law")
    theory = Theory(law.data, society)
    traits = setting.population.traits[met["person"]]
    since = np.clip(met["day"], PRICED, FREE_AGAIN) - PRICED
    frame = 1 - half_lives(since, float(society.learning.frame_half_life_days))
    conscience = traits["conscience"] / 65536 * (1 - float(society.learning.phi) * frame)
    cost = float(theory.conducts[BILL].coverage) * theory.record_cost(
        BILL, traits["income_fen_day"] / 100, traits["employer"] > 0
    )
    return float(theory.probability(BILL, setting.gains[BILL], conscience=conscience, cost=cost).sum())


@pytest.fixture(scope="module")
def regime(tmp_path_factory: pytest.TempPathFactory) -> Regime:
    path = tmp_path_factory.mktemp("price") / "rules.toml"
    path.write_text(RULES.format(priced=day(PRICED), free=day(FREE_AGAIN)))
    return Regime.load(path)


def test_breaches_rise_with_a_price_and_stay_when_it_is_taken_away(regime: Regime, figure: Figure) -> None:
    setting = people(phi=0.3)
    sums, met = lived(setting, regime)
    shares = []
    for name, found, situations in zip(("before", "priced", "after"), sums, met, strict=True):
        apart = found / written_down(setting, situations) - 1
        shares.append(found / len(situations))
        figure(f"{name}: share not paid {shares[-1]:.4f}, apart from the closed form by", apart, 5e-4)
        assert abs(apart) < 5e-4
    # B01: breaches rose while late parents were fined, and did not fall when they no longer were
    assert shares[1] > 1.2 * shares[0]
    assert shares[2] >= shares[1]


def test_who_takes_up_no_price_lives_as_if_there_had_been_none(regime: Regime) -> None:
    setting = people(phi=0)
    sums, met = lived(setting, regime)
    untouched, again = lived(setting, Regime.load("ordinary-law"))
    assert sums == untouched
    assert all((one == other).all() for one, other in zip(met, again, strict=True))
