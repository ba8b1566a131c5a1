"""B(s), the daily burden of what hangs on a score; how long a change lasts; the wish for a high score.

Anticipation is derived from the regime's own sanctions and never typed in.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.counter_clerks import OPERATORS
from demerit.catalogue.showing import SHOWN_LOWEST
from demerit.catalogue.words import CITIZEN, DEVICE, SCORE_LIMIT, SERVICES, SYSTEMS
from demerit.errors import UsageError
from demerit.simulation.job_costs import job_burden, job_costs

if TYPE_CHECKING:
    from demerit.society.types import SocietyFile

_DAYS_A_YEAR = 365.0


def fill_burdens(rules: np.void, society: SocietyFile, moved: np.ndarray[Any, Any]) -> None:
    """Fill the burden tables, durations and the wish of compiled rules.

    Args:
        rules: compiled rules (changed).
        society: typed society.
        moved: thousandths by which a record moves a citizen's scores, int64 (kinds, score systems).

    Raises:
        UsageError: a score system whose scale leaves 0 … SCORE_LIMIT.
    """
    costs, jobs = service_costs(rules, society), job_costs(society)
    horizon = float(society.choice.horizon_days)
    for system in range(SYSTEMS):
        _check_scale(rules, system)
        half_life = int(rules["half_life"][CITIZEN, system])
        rules["duration"][system] = round(256 * duration_days(horizon, half_life))
        width = round(float(society.choice.blur) * typical_loss(moved[:, system]))
        at_work = job_burden(rules, system, jobs)
        for employed in (0, 1):
            exact = burden(rules, system, employed, costs) + employed * at_work
            exact += display_burden(rules, system, employed)
            rules["burden"][employed, system] = np.rint(smooth(exact, width) * (1 << 24)).astype(np.int32)
    rules["wish"] = _wish(rules, society)
    rules["perverse"] = int(bool(np.any(np.diff(rules["burden"], axis=-1) > 0)))


def _check_scale(rules: np.void, system: int) -> None:
    base = int(rules["base"][CITIZEN, system])
    low = base + int(rules["floor"][CITIZEN, system]) // 1000
    high = base + -(-int(rules["ceiling"][CITIZEN, system]) // 1000)
    if low < 0 or high > SCORE_LIMIT:
        raise UsageError(
            f"a score must lie between 0 and {SCORE_LIMIT} points; this one runs from {low} to {high}"
        )


def duration_days(horizon: float, half_life: float) -> float:
    """Return how long a change of score counts: 1 / (1/horizon + ln 2 / half-life), days (F7).

    >>> round(duration_days(365, 730))
    271
    """
    return 1.0 / (1.0 / horizon + (math.log(2.0) / half_life if half_life > 0 else 0.0))


def service_costs(rules: np.void, society: SocietyFile) -> list[float]:
    """Return the expected cost of a refused service, days of income per day, by service.

    Where somebody at a counter chooses, it is that of being refused there.
    """
    access = society.access
    owners = [float(access.device_share) if service == DEVICE else 1.0 for service in range(len(SERVICES))]
    obeyed = float(rules["obeyed"]) / 2.0**32
    refusing = [obeyed if operator >= 0 else 1.0 for operator in OPERATORS]
    return [
        share
        * refused
        * float(getattr(access, f"{name}_rate"))
        * float(getattr(access, f"{name}_cost_days"))
        / _DAYS_A_YEAR
        for name, share, refused in zip(SERVICES, owners, refusing, strict=True)
    ]


def typical_loss(changes: np.ndarray[Any, Any]) -> float:
    """Return the median loss, in points, of changes in thousandths; 0 if none is a loss."""
    losses = -changes[changes < 0] / 1000.0
    return float(np.median(losses)) if losses.size else 0.0


def burden(rules: np.void, system: int, employed: int, costs: list[float]) -> np.ndarray[Any, Any]:
    """Return what every whole score of a system costs a day, in days of income, before smoothing."""
    loss = np.zeros(SCORE_LIMIT + 1, np.int64)
    refused = np.zeros(SCORE_LIMIT + 1, np.int64)
    for sanction in range(int(rules["sanctions"][CITIZEN])):
        if rules["sanction_reads"][CITIZEN, sanction] == system:
            here = _applies(rules, sanction)
            loss[here] += employed * int(rules["sanction_wage"][CITIZEN, sanction])
            refused[here] |= int(rules["sanction_refuses"][CITIZEN, sanction])
    services = np.zeros(SCORE_LIMIT + 1)
    for service, cost in enumerate(costs):
        services += cost * (refused >> service & 1)
    return loss / 32768 + services


def display_burden(rules: np.void, system: int, employed: int) -> np.ndarray[Any, Any]:
    """Return what being shown costs a day where the lowest band is: one display, shared over the duration."""
    found = np.zeros(SCORE_LIMIT + 1)
    if system == 0 and rules["shows"] >> SHOWN_LOWEST & 1:
        cost = float(rules["display_cost"][employed]) / 65536
        found[: max(int(rules["screen_below"]), 0)] = cost * 256 / float(rules["duration"][system])
    return found


def _applies(rules: np.void, sanction: int) -> np.ndarray[Any, Any]:
    """Tell at which whole scores a sanction or reward applies: bool (scores)."""
    scores = np.arange(SCORE_LIMIT + 1)
    above = int(rules["sanction_above"][CITIZEN, sanction])
    return scores >= above if above >= 0 else scores < int(rules["sanction_below"][CITIZEN, sanction])


def smooth(values: np.ndarray[Any, Any], width: int) -> np.ndarray[Any, Any]:
    """Return the mean over the scores within ``width`` of each: people do not know thresholds exactly.

    >>> smooth(np.array([0.0, 0.0, 3.0]), 1).tolist()
    [0.0, 1.0, 2.0]
    """
    padded = np.concatenate([np.full(width, values[0]), values, np.full(width, values[-1])])
    sums = np.concatenate([[0.0], np.cumsum(padded)])
    return np.asarray((sums[2 * width + 1 :] - sums[: -2 * width - 1]) / (2 * width + 1))


def _wish(rules: np.void, society: SocietyFile) -> int:
    """Return the bare wish for a high score, Q16 days a point: the descent shared over its points (F7)."""
    edges = [int(edge) for edge in rules["band_from"][: int(rules["bands"])] if edge > 0]
    if not edges:
        return 0
    descent = int(rules["base"][CITIZEN, 0]) - min(edges)
    return round(float(society.choice.omega_days) / descent * 65536) if descent > 0 else 0
