"""Rewards by quota: the edge follows the best tenth, and whoever is overtaken loses the reward."""

from __future__ import annotations

import numpy as np
import pytest

from demerit.catalogue.entries import NEW_RULES, SANCTION_END, SANCTION_START
from demerit.catalogue.words import CELLS, CITIZEN, DEAD
from demerit.measures.indicators import BY_NAME
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.simulation.setting import FIRST_DAY, settle
from demerit.simulation.world import World
from demerit.society import Society
from demerit.study.refit import ends_month, refit


@pytest.fixture(scope="module")
def ranked() -> tuple[World, Recorder, list[float]]:
    """Live two years in which the reward goes to a tenth; return the edges of every quarter."""
    patch = {"refit.share": 0.1, "conduct.nb.deed_seen.coverage": 1}
    setting = settle(Society.load("city"), 2_000, 3)
    world = setting.world(Regime.load("rivalry").patched(patch))
    recorder = Recorder(FIRST_DAY, 730)
    edges: list[float] = []

    def each_day(lived: World) -> None:
        recorder(lived)
        expected = slow_edge(lived, 0.1) if ends_month(recorder, lived.day) else 0.0
        before = len(lived.fits)
        refit(lived, recorder)
        if len(lived.fits) > before:
            assert lived.fits[-1] == (lived.day, max(expected, 1001.0))
            edges.append(lived.fits[-1][1])

    world.run(730, each_day=each_day)
    return world, recorder, edges


def slow_edge(world: World, share: float) -> float:
    """Return the lowest whole score that no more than a share reach, person by person and score by score."""
    base, account = int(world.rules["base"][CITIZEN, 0]), world.accounts_of(CITIZEN)
    slot = int(world.rules["half_life"][CITIZEN, 0])
    scores = []
    for person, traits in enumerate(world.population.traits):
        if traits["flags"] & 1 and world.state["job"][person] != DEAD:
            elapsed = world.day - int(account["day"][person])
            points = float(account["composite"][person][0]) * 2 ** (-elapsed / slot) / 1000
            scores.append(round(min(max(points, -1000), 300)) + base)
    edge = 0
    while sum(one >= edge for one in scores) > share * len(scores):
        edge += 1
    return float(edge)


def test_a_reward_by_quota_goes_to_no_more_than_its_share(
    ranked: tuple[World, Recorder, list[float]],
) -> None:
    world, recorder, edges = ranked
    assert len(set(edges)) > 1
    adults = np.count_nonzero(world.population.traits["flags"] & 1)
    rewarded = recorder.value(BY_NAME["rewarded"], np.ones(CELLS, bool)) * adults
    # on the morning of a quarter no more than a tenth; by its end some more have reached the edge
    assert 0 < rewarded < 0.13 * adults


def test_whoever_is_overtaken_loses_the_reward_without_an_act(
    ranked: tuple[World, Recorder, list[float]],
) -> None:
    world, _, _ = ranked
    rows = world.take_rows()
    rows = rows[np.argsort(rows["id"])]
    what = {int(row["id"]): int(row["what"]) for row in rows}
    ended = rows[rows["what"] == SANCTION_END]
    overtaken = [row for row in ended if what.get(int(row["cause"])) == NEW_RULES]
    assert len(overtaken) > 10
    won = rows[rows["what"] == SANCTION_START]
    assert len(won) > len(overtaken)
