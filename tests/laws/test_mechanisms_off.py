"""Every mechanism, switched off as its documentation says, leaves its indicators where they are without it.

The switches are read from the table of the documentation and turned on one shared set of rules, under which
much happens. Without a mechanism what it measures is nought, or there is no occasion for it.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import numpy as np
import pytest
from verification.mechanisms_table import Mechanism, mechanisms, switched, without

from demerit.catalogue.words import CELLS
from demerit.measures.indicators import BY_NAME
from demerit.measures.recorder import Recorder
from demerit.regime import Regime
from demerit.simulation.setting import FIRST_DAY, Setting, settle
from demerit.society import Society

FEW, MANY = (900, 396), (6_000, 1_096)
"""People and days of a world: for what happens often, and for what a year of nine hundred does not show."""
BUSY_PEOPLE = {
    "collisions.rate": 3.0,
    "situation.nb.stranger.rate": 2.0,
    "situation.law.staged.rate": 2.0,
    "situation.work.separation.rate": 0.5,
    "situation.work.harassment.rate": 20.0,
    "situation.law.judgment.rate": 0.2,
    "power.dismiss_refuser": 0.8,
    "power.order": 0.8,
}
BUSY_RULES = {
    "conduct.road.crosswalk.coverage": 0.8,
    "conduct.road.crosswalk.prosecute": 0.3,
    "conduct.road.speeding.coverage": 0.8,
    "conduct.road.overload.coverage": 0.8,
    "conduct.money.bill.coverage": 0.9,
    "detection.mismatch": 0.05,
    "detection.first_spared": 0.2,
    "sanction.car-stopped-for-score.below": 95,
    "sanction.car-stopped-for-score.stops": "any",
    "sanction.band-c.below": 950,
    "sanction.band-d.below": 900,
    "band.c.from": 900,
    "conduct.road.drink.coverage": 0.9,
    "appeals.wrongful": 1.0,
    "appeals.independence": 1.0,
}
ANOTHER_BASELINE = {
    "trust.": "goes on with what other mechanisms teach",
    "conscience.": "a share of one, not nought",
    "perceived.": "a factor of one, not nought",
    "approval.": "a level, not nought",
    "attention_to_the_law_abiding": "a factor of one, not nought",
    "recording_recall": "what is detected is recorded still",
    "restraint_by_score": "registers and sanctions are anticipated still",
    "acts.road.overload": "done still",
    "acts.law.gaming": "points are bought and sold by choice, and met at no rate",
    "acts.*": "done still, and as often as by others",
    "records.*": "what is not heard is recorded, and what is heard is not",
    "necessity_recorded": "the same",
    "composite": "a level, not nought",
    "job_loss.record": "officials lose theirs to an inquiry or a grade",
    "unemployment": "those who look for work on the first day",
    "hired": "found with other employers",
    "search_days": "the search of the first day",
    "cost.fines": "paid at once",
    "blame.claims_expected": "the chance of a claim that brings nothing",
    "ordered_checked": "all are looked into alike",
    "cost.substitutes": "of services that something else refuses",
    "flight": "for fear of what is no law of accidents",
    "others_penalised": "along other chains, and by mistake",
    "body_records": "of the other situations of organisations",
    "cost.body_fines": "the same",
    "stale_copies": "a copy, without a record to withdraw",
    "cameras": "those of the first day",
    "rewarded": "whoever has the score",
    "debts": "owed still, without interest",
    "in_debt": "the same",
    "grades.": "a share",
    "help": "a choice",
}
"""Indicators whose value without the mechanism is not nought, each with the reason."""


ESSAY: dict[str, Any] = Regime.load("essay").canonical()
STOPS = [one for one in Regime.load("tightened").canonical()["sanction"] if one.get("stops") == "networked"]
STOPPING = Regime.from_canonical({**ESSAY, "sanction": ESSAY["sanction"] + STOPS})
"""The essay's regime, with the cars of `tightened` that stop."""
CITY: dict[str, Any] = Society.load("city").canonical()
ROWS = [row for row in mechanisms() if row.sets or row.gone]
EVERYBODY = np.ones(CELLS, bool)


@cache
def town(people: tuple[tuple[str, Any], ...], count: int) -> Setting:
    """Return the busy people with some values changed."""
    values = {**BUSY_PEOPLE, **dict(people)}
    return settle(Society.load("city").patched(values), count, 9)


def lived(
    people: dict[str, Any], rules: dict[str, Any], gone: tuple[str, ...], size: tuple[int, int] = FEW
) -> Recorder:
    """Live some days with some values changed and some sections left out, and return what was measured."""
    regime = STOPPING.patched({**BUSY_RULES, **rules})
    if gone:
        regime = without(regime.canonical(), gone)
    count, days = size
    world = town(tuple(people.items()), count).world(regime)
    recorder = Recorder(FIRST_DAY, days)
    world.run(days, each_day=recorder)
    return recorder


@cache
def busy(size: tuple[int, int]) -> Recorder:
    """Live a world in which every mechanism is on."""
    return lived({}, {}, (), size)


def measured(row: Mechanism) -> list[str]:
    """Return the indicators of a row that are nought without it."""
    return [
        name
        for name in BY_NAME
        if any(fnmatchcase(name, pattern) for pattern in row.indicators if pattern not in ANOTHER_BASELINE)
        and not any(name.startswith(other) for other in ANOTHER_BASELINE if other.endswith("."))
        and name not in ANOTHER_BASELINE
    ]


MEASURED = [row for row in ROWS if measured(row)]
RARE = {
    "companies, agencies and services appeal",
    "checks that fade with rank",
    "a car that stands still costs the job",
    "companies dismiss over records and cut jobs",
    "jobs lost with the licence or to a sanction",
    "budgets lost in money, and the pay of who leads",
    "a first strike let pass",
    "rewards and bands by quota",
    "moving away from a record",
    "review of discipline",
    "inspections by standing",
    "representatives barred with their company",
    "companies and services without a licence",
}
"""Mechanisms that are looked for among more people and in more years."""


def size_for(row: Mechanism) -> tuple[int, int]:
    return MANY if row.title in RARE else FEW


@pytest.mark.parametrize("row", MEASURED, ids=lambda row: row.title)
def test_a_mechanism_shows_itself_when_it_is_on_and_leaves_nothing_when_it_is_off(row: Mechanism) -> None:
    on, off = busy(size_for(row)), lived(*switched(row, ESSAY, CITY), size_for(row))
    shown = {name: on.value(BY_NAME[name], EVERYBODY) for name in measured(row)}
    assert any(value > 0 for value in shown.values()), f"nothing to switch off: {shown}"
    for name in measured(row):
        left = off.value(BY_NAME[name], EVERYBODY)
        assert left == 0 or np.isnan(left), f"{name}: {left} (on: {shown[name]})"
