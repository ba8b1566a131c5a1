"""Reforms against the regime that they patch, on the same people: watchdog, rights, no chains, no exemptions.

Worlds are small and paired; collisions are more frequent than the file has them. Seeds are fixed.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.laws.conftest import Figure

from demerit.catalogue.appealing import GROUNDS
from demerit.catalogue.counters import flow
from demerit.files.resolving import reform
from demerit.regime import Regime
from demerit.regime.load import KIND
from demerit.simulation.setting import settle
from demerit.simulation.world import World
from demerit.society import Society

SEEDS = range(1, 9)
PEOPLE, DAYS = 2_500, 2 * 364
CRASHING = {"life_course.enabled": False, "collisions.rate": 1.0}
REFORMS = ("no-chain", "no-exemptions", "no-screens", "watchdog")
DEATHS = {"deaths_expected_collision": 32, "road.finish.expected": 20, "deaths_expected_unhelped": 20}
"""Counters whose sum is the deaths that chances foretell, with the bits of their fractions."""
ENDS = (
    "appeals_left",
    *(f"upheld_{ground}" for ground in GROUNDS),
    *(f"reversed_{ground}" for ground in GROUNDS),
)


def counted(world: World, name: str) -> int:
    return int(world.counters()[:, flow(name)].sum())


def deaths_expected(world: World) -> float:
    return sum(counted(world, name) / 2.0**bits for name, bits in DEATHS.items())


@pytest.fixture(scope="module")
def worlds() -> dict[str, list[World]]:
    """Two years of the same people, seed by seed, under the essay's regime and its reforms."""
    found: dict[str, list[World]] = {name: [] for name in ("essay", "rights", *REFORMS)}
    for seed in SEEDS:
        setting = settle(Society.load("city").patched(CRASHING), PEOPLE, seed)
        for name, lived in found.items():
            if seed == SEEDS[0] or not name.startswith("no-"):
                world = setting.world(Regime.load(name))
                world.run(DAYS)
                lived.append(world)
    return found


def test_a_watchdog_shortens_waits(worlds: dict[str, list[World]], figure: Figure) -> None:
    """Mean days from filing to the end, over all who got one; the same people file under both."""

    def wait(name: str) -> float:
        days = sum(counted(world, "appeal_days") for world in worlds[name])
        return days / sum(counted(world, end) for world in worlds[name] for end in ENDS)

    figure("mean wait under the watchdog, days, of that in the essay", wait("watchdog"), wait("essay"))
    assert wait("watchdog") < 0.5 * wait("essay")
    assert wait("watchdog") <= 30  # the deadline


def test_a_watchdog_restores_more_of_what_was_wrong(worlds: dict[str, list[World]], figure: Figure) -> None:
    """Share of wrongful records reversed, of those appealed against; error: three standard errors."""
    back, decided = {}, {}
    for name in ("essay", "watchdog"):
        back[name] = sum(counted(world, "reversed_wrongful") for world in worlds[name])
        decided[name] = back[name] + sum(counted(world, "upheld_wrongful") for world in worlds[name])
    share = {name: back[name] / decided[name] for name in back}
    error = sum(share[name] * (1 - share[name]) / decided[name] for name in back) ** 0.5
    more = share["watchdog"] - share["essay"]
    figure("share restored under the watchdog less the essay's, of three errors", more, 3 * error)
    assert more > 3 * error
    assert back["watchdog"] > back["essay"]


def test_rights_do_not_raise_deaths(worlds: dict[str, list[World]], figure: Figure) -> None:
    """Deaths by their chances, paired by seed; error: three standard errors of the mean difference."""
    pairs = zip(worlds["rights"], worlds["essay"], strict=True)
    more = np.array([deaths_expected(new) - deaths_expected(old) for new, old in pairs])
    error = float(more.std(ddof=1)) / len(more) ** 0.5
    figure("deaths more under rights, a world, of three standard errors", float(more.mean()), 3 * error)
    assert float(more.mean()) < 3 * error


def test_rights_leave_nothing_to_gain_by_finishing(worlds: dict[str, list[World]]) -> None:
    assert sum(counted(world, "finish_open") for world in worlds["essay"]) > 0
    for name in ("finish_open", "road.finish.acted", "road.finish.expected"):
        assert sum(counted(world, name) for world in worlds["rights"]) == 0


def test_nobody_who_helps_is_held_liable_under_rights(worlds: dict[str, list[World]]) -> None:
    for name in ("helpers_liable", "awards_fen"):
        assert sum(counted(world, name) for world in worlds["rights"]) == 0


def test_without_chains_a_record_stays_where_it_is(worlds: dict[str, list[World]]) -> None:
    ((essay, *_), (alone,)) = worlds["essay"], worlds["no-chain"]
    for name in ("derived", "scolded_employer"):
        assert counted(essay, name) > 0
        assert counted(alone, name) == 0


def test_without_exemptions_nobody_is_spared(worlds: dict[str, list[World]]) -> None:
    ((essay, *_), (alike,)) = worlds["essay"], worlds["no-exemptions"]
    assert counted(essay, "spared") > 0
    assert counted(alike, "spared") == 0


def test_without_screens_nobody_is_shown(worlds: dict[str, list[World]]) -> None:
    ((essay, *_), (dark,)) = worlds["essay"], worlds["no-screens"]
    assert counted(essay, "displays") > 0
    assert counted(dark, "displays") == 0


def test_rights_are_all_reforms_and_two_more() -> None:
    patches = {name: reform(KIND, name)[1] for name in (*REFORMS, "rights")}  # type: ignore[index]
    rest = list(patches["rights"])
    for name in REFORMS:
        for patch in patches[name]:
            rest.remove(patch)
    assert [patch.at for patch in rest] == ["liability.equal_liability", "rescue.good_samaritan"]
