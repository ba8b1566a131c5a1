"""What must not change when a question is asked in another way."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.laws.conftest import NO_COMPLAINTS, QUIET_LAW, Figure
from tests.laws.lived import Lived, live

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.entries import ARRIVAL, CONVICTION, SANCTION_END, SANCTION_START
from demerit.catalogue.words import CAUSED, CITIZEN, KINDS, ROAD
from demerit.regime import Regime
from demerit.simulation.layout import layout_of
from demerit.simulation.regime_tables import compile_regime
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society

NAMES = [flow[0] for flow in FLOWS]
ROAD_KINDS = tuple(kind for kind in KINDS if kind.startswith("road.") and kind not in CAUSED)

NEW_NAMES = {"municipal": "town", "credit": "loans", "band-c": "grade-3", "road-to-province": "by-road"}


def renamed(value: object) -> object:
    """Return a file's data with new names for registers, sanctions and transfers, wherever they stand."""
    if isinstance(value, dict):
        return {NEW_NAMES.get(key, key): renamed(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [renamed(entry) for entry in value]
    return NEW_NAMES.get(value, value) if isinstance(value, str) else value


def test_other_names_for_registers_sanctions_and_transfers_change_no_bit(city: Setting) -> None:
    essay = Regime.load("essay")
    other = Regime.from_canonical(renamed(essay.canonical()))
    assert other.hash != essay.hash
    # the law by which choices are told apart speaks of the same registers, so it takes the new names too
    law = Regime.from_canonical(renamed(QUIET_LAW["ordinary-law"].canonical()))
    renamed_city = replace(city, laws={**city.laws, law.id: law})
    worlds = [city.world(essay, keep=0), renamed_city.world(other, keep=0)]
    for world in worlds:
        world.run(364)
    assert worlds[0].state_digest() == worlds[1].state_digest()
    assert (worlds[0].counters() == worlds[1].counters()).all()


def test_a_difference_reaches_nobody_before_the_day_it_bears_on_somebody(city: Setting, essay: Lived) -> None:
    # convictions weigh twice as much: until the first nobody is touched, and then one person
    first = essay.of(CONVICTION)[0]
    day, convicted = int(first["day"]), int(first["subject"])
    assert np.count_nonzero(essay.of(CONVICTION)["day"] == day) == 1
    regimes = [
        Regime.load("essay").patched({"prosecution.points": points, **NO_COMPLAINTS}) for points in (-30, -60)
    ]
    worlds = [city.world(regime, keep=0) for regime in regimes]
    for world in worlds:
        world.run(day)
    assert worlds[0].state_digest() == worlds[1].state_digest()
    for world in worlds:
        world.run(day + 1)
    apart = np.flatnonzero(worlds[0].accounts != worlds[1].accounts)
    assert apart.tolist() == [convicted]
    assert (worlds[0].state == worlds[1].state).all()


def test_scaling_the_scores_and_their_edges_changes_no_more_than_whole_points_do(
    city: Setting, figure: Figure
) -> None:
    # a scale of a tenth more: base 1100, ceiling 1430; weights act on the range, so points go along (F7)
    scale = 1.1
    plain = Regime.load("essay")
    data = plain.data
    assert data.employers is not None
    assert data.hukou is not None
    assert data.passports is not None
    by_score = [one for one in data.sanctions if one.reads == "province"]
    patch = {
        "score.base": 1000 * scale,
        "score.ceiling": 1300 * scale,
        **{f"rating.{one.id}.base": float(one.base) * scale for one in data.ratings},
        **{f"rating.{one.id}.ceiling": float(one.ceiling) * scale for one in data.ratings},
        **{f"band.{one.id}.from": float(one.from_) * scale for one in data.bands},
        **{f"sanction.{one.id}.below": float(one.below) * scale for one in by_score},
        **{f"reward.{one.id}.above": float(one.above) * scale for one in data.rewards},
        "employers.below": float(data.employers.below) * scale,
        "passports.below": float(data.passports.below) * scale,
        "hukou.below": float(data.hukou.below) * scale,
        "hukou.thin_file": float(data.hukou.thin_file) * scale,
    }
    worlds = [live(city, regime, 1092) for regime in (plain, plain.patched(patch))]
    # scores are shown in whole points of either scale: an edge may be met half a point, two weeks, apart
    for name in ("sanction_starts", "sanction_ends"):
        once, scaled = (int(one.world.counters()[:, NAMES.index(name)].sum()) for one in worlds)
        figure(f"{name}: {once} and {scaled}, apart by", scaled / once - 1, 0.05)
        assert scaled == pytest.approx(once, rel=0.05)
    composites = [one.world.accounts_of(CITIZEN)["composite"][:, 0].astype(float) for one in worlds]
    assert np.corrcoef(composites[0], composites[1])[0, 1] > 0.999
    assert composites[1].std() == pytest.approx(scale * composites[0].std(), rel=0.02)


HALVED = {
    f"conduct.{one.id}.coverage": float(one.coverage) / 2
    for one in Regime.load("ordinary-law").data.conducts
    if one.answers in ROAD_KINDS
}


def twice_half(society: Society, whole: Setting) -> World:
    """Return the essay's world with twice the road's episodes at half the gain, felt harm and coverage."""
    base = float(society.data.choice.harm_base)
    patch = {}
    for one in society.data.situations:
        if one.id in ROAD_KINDS:
            patch[f"situation.{one.id}.rate"] = float(one.rate) / 2
            half = math.log((base ** float(one.harm) - 1) / 2 + 1) / math.log(base)
            patch[f"situation.{one.id}.harm"] = half
    sliced = settle(society.patched(patch), 20_000, 1, laws=QUIET_LAW)
    for kind in map(KINDS.index, ROAD_KINDS):
        for column, factor in (("gain", 0.5), ("emergency", 0.5), ("inverse_tau", 2)):
            sliced.people[column][kind] = round(int(whole.people[column][kind]) * factor)
    essay, lawful = (
        Regime.load(name).patched(HALVED | NO_COMPLAINTS).data for name in ("essay", "ordinary-law")
    )
    rules = compile_regime(essay, society.data)
    law = compile_regime(lawful, society.data, layout_of(essay))
    return World(sliced.population, rules, law, sliced.people, 1, keep=0)


def test_slicing_an_episode_in_two_leaves_records_and_conscience_within_5_percent(figure: Figure) -> None:
    # fine and points are as they were (F12)
    society = Society.load("city").patched({"collisions.enabled": False, "power.enabled": False})
    # a quarter of the city's rates, so that nobody comes near the limit of situations a year
    rates = {
        f"situation.{one.id}.rate": float(one.rate) / 4
        for one in society.data.situations
        if one.id in ROAD_KINDS
    }
    whole = settle(society.patched(rates), 20_000, 1, laws=QUIET_LAW)
    worlds = [whole.world(Regime.load("essay").patched(NO_COMPLAINTS), keep=0), twice_half(society, whole)]
    for world in worlds:
        world.run(1820)
    for kind in ROAD_KINDS:
        once, twice = (int(world.counters()[:, NAMES.index(f"{kind}.recorded")].sum()) for world in worlds)
        figure(f"{kind}: {once} and {twice} records, apart by", twice / once - 1, 0.05)
        # what is rare differs by chance as well: four standard errors of two Poisson counts
        assert abs(twice - once) < max(0.05 * once, 4 * math.sqrt(once + twice))
    recorded = [NAMES.index(f"{kind}.recorded") for kind in ROAD_KINDS]
    roads = [int(world.counters()[:, recorded].sum()) for world in worlds]
    assert roads[1] == pytest.approx(roads[0], rel=0.05)
    adult = whole.population.traits["flags"] & 1 == 1
    lost = [1 - world.state["norm"][adult, ROAD].mean() / 32768 for world in worlds]
    apart = lost[1] / lost[0] - 1
    figure(f"conscience lost on the road {lost[0]:.5f} and {lost[1]:.5f}, apart by", apart, 0.05)
    assert abs(apart) < 0.05


WHOLE_POINTS = """[regime]
id = "{id}"
title = "Whole points"
basis = "hypothetical"
schema_version = 1
null = "ordinary-law"

[awareness]
share = 1
novelty = 1
novelty_half_life_days = 30

[[authority]]
id = "police"
title = "Police"
level = "city"

[[register]]
id = "road"
title = "Road"
authority = "police"
covers = ["citizen"]
base = 100
floor = 0
ceiling = 130
expiry_days = 365

[[conduct]]
id = "road.crosswalk"
answers = "road.crosswalk"
authority = "police"
coverage = 0.3
points = {{ road = -10 }}

[[conduct]]
id = "road.speeding"
answers = "road.speeding"
authority = "police"
coverage = 0.3
points = {{ road = -20 }}

[[transfer]]
id = "road-to-province"
from = "road"
to = "province"
delay_days = 14
loss = 0.05

[[platform]]
id = "province"
title = "Province"
level = "province"

[score]
platform = "province"
base = {base}
floor = 0
ceiling = {ceiling}
expiry_days = 365
weights = {{ road = 0.1 }}

[[band]]
id = "a"
title = "A"
from = {grade}

[[band]]
id = "b"
title = "B"
from = 0

[[sanction]]
id = "watched"
title = "Watched"
reads = "province"
below = {watched}
wage_loss = 0.001

[[sanction]]
id = "cut"
title = "Pay cut"
reads = "province"
below = {cut}
wage_loss = 0.002
"""


@pytest.mark.parametrize("scale", [2, 3])
def test_scaling_whole_points_and_thresholds_changes_no_sanction(tmp_path: Path, scale: int) -> None:
    # points that lapse stay whole, and with thresholds known exactly nobody can tell the scales apart (F7)
    setting = settle(Society.load("city").patched({"choice.blur": 0}), 3_000, 6)
    ledgers = []
    for factor in (1, scale):
        path = tmp_path / f"whole-{factor}.toml"
        numbers = {"base": 300, "ceiling": 390, "grade": 30, "watched": 296, "cut": 290}
        path.write_text(
            WHOLE_POINTS.format(id=path.stem, **{name: factor * by for name, by in numbers.items()})
        )
        ledgers.append(live(setting, Regime.load(path), 728))
    hung, scaled = (one.of(SANCTION_START, SANCTION_END) for one in ledgers)
    assert len(hung) > 300
    for column in ("what", "subject", "day", "rule"):
        assert (hung[column] == scaled[column]).all(), column
    arrived, more = (one.of(ARRIVAL)["points"] for one in ledgers)
    assert np.abs(scale * arrived - more).max() <= 1, "weights are kept in 1/65536, cut toward zero"
