"""Worlds that many laws look at, lived once a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from tests.laws.lived import TEN_YEARS, Lived, live

from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

Figure: TypeAlias = Callable[[str, float, float], None]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Note a measured figure and its bound in the report (``--junit-xml``), for the table in docs/laws.md."""

    def note(what: str, found: float, bound: float) -> None:
        request.node.user_properties.append((what, f"{found:.3g} of {bound:.3g}"))

    return note


NO_STAGING = {"staging.enabled": False}
"""Patch under which nobody stages an accident."""
NO_COMPLAINTS = {
    "complaints.enabled": False,
    "civil_service.enabled": False,
    "hukou.enabled": False,
} | NO_STAGING
"""Patch under which nobody reports anybody and officials and newcomers are like others: laws of their own."""
NO_SCREENS = {"screens.enabled": False}
"""Patch of the essay under which nobody is shown in public."""
QUIET_LAW = {"ordinary-law": Regime.load("ordinary-law").patched(NO_COMPLAINTS)}
"""The null regime without complaints: gains are solved, and choices held by law alone, under it."""
NO_APPEALS = {
    "appeals.wrongful": 0.0,
    "appeals.inability": 0.0,
    "appeals.rightful": 0.0,
    "appeals.organisations.cost_days": 36500.0,
    **NO_COMPLAINTS,
}
"""Patches under which nobody appeals or complains, for laws of what happens before."""


UNEVENTFUL = {
    "life_course.enabled": False,
    "situation.nb.stranger.rate": 0,
    "collisions.enabled": False,
    "gaming.enabled": False,
    "power.enabled": False,
    "organisations.obeys": 1,
    "want.enabled": False,
}
"""People who stay what they are, meet nobody injured, hurt and harass nobody: that has laws of its own."""


@pytest.fixture(scope="session")
def city() -> Setting:
    """Return the city of 20,000 on seed 1."""
    return settle(Society.load("city").patched(UNEVENTFUL), 20_000, 1, laws=QUIET_LAW)


@pytest.fixture(scope="session")
def essay(city: Setting) -> Lived:
    """Return ten years under the essay's regime."""
    return live(city, Regime.load("essay").patched(NO_APPEALS | NO_SCREENS), TEN_YEARS)


@pytest.fixture(scope="session")
def law(city: Setting) -> Lived:
    """Return the same ten years under ordinary law."""
    return live(city, Regime.load("ordinary-law").patched(NO_APPEALS), TEN_YEARS)


@pytest.fixture(scope="session")
def empty(city: Setting) -> Lived:
    """Return ten years without any rule."""
    return live(city, Regime.load("empty"), TEN_YEARS)


EVEN = {
    "detection.minority_scrutiny": 1.0,
    "detection.suspicion.d": 1.0,
    "exemptions.filed.elite": 1.0,
    "exemptions.filed.cadre": 1.0,
}
"""Patches of the essay under which everybody is looked at alike and nobody is exempt."""

STRICT = {
    "conduct.road.crosswalk.coverage": 0.6,
    "conduct.road.speeding.coverage": 0.6,
    "conduct.road.crosswalk.prosecute": 0.2,
    "conduct.road.crosswalk.points.road": -7.013,
    "chain.driver-to-vehicle.fraction": 0.777,
    "chain.vehicle-to-company.fraction": 0.333,
    "detection.mismatch": 0.02,
    "transfer.road-to-province.loss": 0.10,
    "transfer.municipal-to-province.loss": 0.10,
    "score.half_life_days": 365,
}
"""A regime with many records, odd fractions and many errors, so that rare things are frequent."""


@pytest.fixture(scope="session")
def strict(city: Setting) -> Lived:
    """Return four years under an essay's regime in which what is rare is frequent."""
    return live(city, Regime.load("essay").patched(STRICT | NO_APPEALS | NO_SCREENS), 4 * 365)
