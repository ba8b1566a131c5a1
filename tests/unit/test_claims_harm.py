"""Penalty days, what is unjust of them, and harm: counted by hand, and held against the run's own sums."""

from __future__ import annotations

import dataclasses
import math
from datetime import date

import numpy as np
import polars as pl
import pytest
from tests.claims_worlds import few, pair, read, shunned

from demerit.catalogue.counters import flow
from demerit.catalogue.words import DEEDS, KINDS, LABELS, WRONGFUL
from demerit.claims.of_harm import (
    STATISTICS,
    by_fifth,
    deaths,
    harm_of_acts,
    lowest_less_highest,
    slope,
)
from demerit.claims.penalties import (
    TRANSFERS,
    is_employed,
    penalty_days,
    sanction_days,
    unjust_days,
    years_of_fifths,
)
from demerit.claims.reading import Reading
from demerit.claims.truthful import folded, is_unjust, moving
from demerit.institutions.standing import standing
from demerit.regime import Regime
from demerit.simulation.scales import felt_harm_days

PAID = (
    "record", "conviction", "licence_withheld", "repair_begun", "turned_away", "bonus_cut", "points_restored",
    "claim_fined", "silence_found", "residence_refused", "disciplined",
)  # fmt: skip


@pytest.fixture(scope="module", params=["essay", "ordinary law", "shunned"])
def world(request: pytest.FixtureRequest) -> Reading:
    if request.param == "shunned":
        return shunned()
    return pair()[0 if request.param == "essay" else 1]


def in_days(reading: Reading, row: np.void) -> float:
    return float(row["amount"]) / float(reading.setting.population.traits["income_fen_day"][row["subject"]])


def citizens(reading: Reading, *what: str) -> list[np.void]:
    return [row for row in reading.of(*what) if row["subject"] >> 29 == 0]


def test_penalty_days_leave_out_what_people_owe_each_other(world: Reading) -> None:
    counted = sum(int(month[:-1, flow("penalty_days")].sum()) for month in world.recorder.flows) / 1000
    last = int(world.recorder.ends[len(world.recorder.flows) - 1])
    owed = sum(in_days(world, row) for row in citizens(world, *TRANSFERS) if row["day"] <= last)
    assert penalty_days(world).sum() == pytest.approx(counted - owed)
    assert years_of_fifths(world).sum() == pytest.approx(world.adult_years)


def test_fines_fees_and_sanctions_make_up_the_penalty_days(world: Reading) -> None:
    _, paid, _ = sanction_days(world)
    known = paid.sum() + sum(in_days(world, row) for row in citizens(world, *PAID))
    # rewards count negative, fines that are late fall after the last day, and denials are taken at their mean
    assert known == pytest.approx(penalty_days(world).sum(), rel=0.04)


@pytest.mark.parametrize("system", ["province", "municipal", "credit", "commercial", "court"])
def test_a_score_folded_from_the_ledger_is_the_score_at_the_end(world: Reading, system: str) -> None:
    everybody = np.arange(world.setting.population.count)
    rows = moving(world, everybody)
    fact, truth = (folded(world, system, world.regime.data, rows, truthful=only) for only in (False, True))
    if fact is None or truth is None:
        assert system not in {one.id for one in world.regime.data.registers}
        return
    layout = world.world.book.layout  # type: ignore[union-attr]
    place = 0 if system == "province" else 3 + layout.slots[0].index(system)
    rules, last = world.world.rules, world.days - 1
    shown = [int(standing(own, rules, 0, place, last)) for own in world.world.kept.of(0)]
    base = float(rules["base"][0, place])
    low, high = (base + float(rules[end][0, place]) / 1000 for end in ("floor", "ceiling"))
    again = np.clip(fact.score(everybody, np.full(len(everybody), last)), low, high)
    assert np.abs(again - shown).max() < 0.51
    truthful = truth.score(everybody, np.full(len(everybody), last))
    assert (truthful >= fact.score(everybody, np.full(len(everybody), last)) - 0.001).all()


def test_unjust_is_what_is_wrongful_or_came_along_a_chain(world: Reading) -> None:
    rows = world.of("record", "conviction", "derived", "arrival", "licence_withheld")
    row_of = {int(row["id"]): row for row in world.rows}
    wrongful = {LABELS.index(label) for label in WRONGFUL}
    chained = world.of("derived")["what"][:1].tolist()
    roots = [world.of(name)["what"][:1].tolist() for name in ("record", "credit")]

    def slowly(row: np.void) -> bool:
        if int(row["label"]) in wrongful or [row["what"]] == chained:
            return True
        if [row["what"]] in roots:
            return False
        return slowly(row_of[int(row["cause"])])

    some = rows[:: max(len(rows) // 2000, 1)]
    assert is_unjust(world, some).tolist() == [slowly(row) for row in some]


def test_who_works_for_an_employer_is_told_by_the_last_entry(world: Reading) -> None:
    everybody = np.arange(world.setting.population.count)
    working = is_employed(world, everybody, np.full(len(everybody), world.days - 1))
    dead = np.isin(everybody, world.of("death")["subject"])
    at_work = world.world.state["job"] == 1
    assert (working == at_work)[~dead].all()


def test_under_law_alone_what_is_unjust_are_fines_for_what_was_not_done() -> None:
    law = pair()[1]
    years = [0.0] * 4
    rows = law.of("record", "conviction", "licence_withheld", "record_reversed")
    refund = law.of("record_reversed")["what"][:1].tolist()
    for row, unjust in zip(rows, is_unjust(law, rows), strict=True):
        if unjust and row["subject"] >> 29 == 0:
            years[int(row["day"]) // 365] += in_days(law, row) * (-1 if [row["what"]] == refund else 1)
    assert unjust_days(law) == pytest.approx(years, abs=0.5)


def test_no_sanction_is_unjust_where_every_record_is_deserved(world: Reading) -> None:
    wrongful = {LABELS.index(label) for label in WRONGFUL}
    honest = world.rows.copy()
    honest["label"][np.isin(honest["label"], list(wrongful))] = 0
    own = ~np.isin(honest["id"], world.of("derived", "withdrawn_derived")["id"])
    # derived entries become entries of the subjects' own
    honest["what"][~own] = world.of("record")["what"][0]
    _, paid, unjust = sanction_days(dataclasses.replace(world, rows=honest))
    days, before, bad = sanction_days(world)
    assert unjust.sum() <= 0.02 * max(paid.sum(), 1)
    assert paid.sum() == pytest.approx(before.sum())
    assert len(days) == len(bad)


def test_the_slope_of_harm_is_that_of_whole_years_from_the_third(world: Reading) -> None:
    years = unjust_days(world)[2:4] / (world.adult_years / 4)
    assert STATISTICS["C21.1"].read(world).value == pytest.approx(years[1] - years[0])
    assert STATISTICS["C21.3"].read(world).value == pytest.approx(years.mean())


def test_the_slope_of_approval_is_that_of_months_from_the_third_year(world: Reading) -> None:
    months = world.recorder.frame("w").filter(
        pl.col("indicator") == "approval.private", pl.col("by") == "all"
    )
    approval = zip(world.recorder.ends, months.sort("month")["value"], strict=True)
    settled = [(end / 365, value) for end, value in approval if end >= 730]
    times, values = (np.array(many) for many in zip(*settled, strict=True))
    expected = ((times - times.mean()) * (values - values.mean())).sum() / ((times - times.mean()) ** 2).sum()
    assert STATISTICS["C21.2"].read(world).value == pytest.approx(expected, abs=1e-9)


def test_a_line_has_the_slope_of_a_line() -> None:
    assert slope(np.array([5.0, 4.5, 4.0]), np.array([0.0, 1.0, 2.0])) == pytest.approx(-0.5)


def test_short_runs_say_nothing_about_what_goes_on() -> None:
    brief = read(few(), Regime.load("ordinary-law"), days=800)
    assert math.isnan(STATISTICS["C21.1"].read(brief).value)
    assert STATISTICS["C21.3"].read(brief).occasions == 0


def test_harm_is_what_acts_do_less_what_deeds_avert(world: Reading) -> None:
    society = world.setting.society.data
    base = float(society.choice.harm_base)
    harm = 0.0
    for situation in society.situations:
        if situation.id in KINDS and situation.act in ("offence", "deed"):
            sign = -1 if situation.id in DEEDS else 1
            done = world.count(f"{situation.id}.acted")
            harm += sign * done * felt_harm_days(float(situation.harm), base)
    for kind in ("law.gaming", "road.plate"):
        harm += world.count(f"{kind}.acted") * felt_harm_days(float(society.gaming.harm), base)
    for row in world.of("collided"):
        if row["rule"] // 3 == 1:
            how_bad = ("minor", "serious", "fatal")[int(row["rule"]) % 3]
            harm += felt_harm_days(float(getattr(society.collisions, f"leave_harm_{how_bad}")), base)
    assert harm_of_acts(world) == pytest.approx(harm, rel=1e-4)
    total = penalty_days(world).sum() + harm + deaths(world) * 7300
    assert STATISTICS["C23.1"].read(world).value == pytest.approx(total / world.adult_years, rel=1e-4)


def test_the_fifths_are_set_against_each_other_after_the_last_step() -> None:
    here = {"days": [[9, 0, 0, 0, 9], [6, 0, 0, 0, 2]], "years": [[1] * 5, [2] * 5], "after": 1}
    there = {"days": [[1, 0, 0, 0, 1], [2, 0, 0, 0, 2]], "years": [[1] * 5, [2] * 5], "after": None}
    assert lowest_less_highest(here, there) == (2, 2)
    assert math.isnan(lowest_less_highest(there, here).value)


def test_tightening_is_read_from_the_month_after_its_last_step() -> None:
    start, days = date(2019, 1, 1), 3 * 365
    tight = by_fifth(read(few(), Regime.load("tightened"), start, days))
    essay = by_fifth(read(few(), Regime.load("essay"), start, days))
    assert tight["after"] == 25  # the step of New Year 2021 falls into the 25th month
    assert essay["after"] is None
    value, years = lowest_less_highest(tight, essay)
    assert math.isfinite(value)
    assert years == pytest.approx(sum(row[0] for row in tight["years"][25:]))
    assert lowest_less_highest(tight, tight).value == 0
