"""Jobs in danger: what a withheld licence or a sanction does to the job of whom it meets.

Nobody is watched for it: when a licence is taken one draw says whether and when the job goes with it, and
whoever is under a sanction that costs jobs draws once a week.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import JOB_ENDS
from demerit.catalogue.pointers import Desk, People, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import BY_LICENCE, BY_MOBILITY, BY_SANCTION, SUBJECT_SHIFT
from demerit.engine.draws import below, draw
from demerit.engine.fixed import half_lives
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void

_ENDANGERED = int(Purpose.ENDANGERED)


@kernel(void(People, Desk, i8, i8, i8))
def endanger_by_licence(people: np.void, desk: np.void, by_trade: int, days: int, cause: int) -> None:
    """Draw whether the job ends while the licence is withheld, and on which day of it [B110].

    Args:
        by_trade: 1 for drivers by trade.
        days: how long the licence is withheld.
    """
    n = desk["n"]
    lanes = draw(n[SEED], _ENDANGERED, n[SUBJECT], n[DAY], n[EPISODE])
    if lanes[0] >= half_lives(days, people["job_half_life"][by_trade]):
        send(desk, JOB_ENDS, n[SUBJECT], 1 + below(lanes[1], days), BY_LICENCE, 0, 0, 0, 0, cause, 0)


@kernel(i8(Rules, i8, i8))
def job_danger(rules: np.void, subject_kind: int, bits: int) -> int:
    """Return the chance (Q32) of a week that these sanctions cost a job; their chances add up."""
    chance = 0
    for sanction in range(rules["sanctions"][subject_kind]):
        if (bits >> sanction) & 1:
            chance += rules["sanction_job"][subject_kind, sanction]
    return i64(chance)


@kernel(void(Rules, People, Desk, i8, i8, i8))
def endanger_by_week(
    rules: np.void, people: np.void, desk: np.void, bits: int, stopped: int, cause: int
) -> None:
    """Draw whether a citizen's sanctions, or a car that stands still, cost the job this week (F34).

    Args:
        rules: compiled regime.
        people: compiled society.
        desk: the citizen's.
        bits: sanctions in force.
        stopped: 1 if the car is stopped, 2 for a driver by trade, 0 if it runs.
        cause: what put the citizen under sanction.
    """
    n = desk["n"]
    chance = job_danger(rules, n[SUBJECT] >> SUBJECT_SHIFT, bits)
    immobile = 0
    if stopped > 0:
        # a car that stands still is a licence withheld, as far as work is concerned
        immobile = 4294967296 - half_lives(7, people["job_half_life"][stopped - 1])
    if chance + immobile == 0:
        return
    lane = draw(n[SEED], _ENDANGERED, n[SUBJECT], n[DAY], n[EPISODE])[2]
    if lane < chance + immobile:
        why = BY_SANCTION if lane < chance else BY_MOBILITY
        send(desk, JOB_ENDS, n[SUBJECT], 1, why, 0, 0, 0, 0, cause, 0)
