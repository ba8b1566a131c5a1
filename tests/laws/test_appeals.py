"""Appeals: queues against theory, verdicts against their logit, what comes back with a reversed record."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.laws.conftest import NO_APPEALS, NO_COMPLAINTS, Figure
from tests.laws.lived import Lived, id_day, id_subject, live

from demerit.catalogue.appealing import GROUNDS
from demerit.catalogue.entries import (
    APPEAL_FILED,
    APPEAL_LEFT,
    CASE_OPENED,
    DERIVED,
    HIRED,
    JOB_LOST,
    MILESTONE,
    RECALL,
    RECORD,
    RECORD_REVERSED,
    RECORD_UPHELD,
    STALE,
    WITHDRAWN_DERIVED,
)
from demerit.catalogue.words import (
    APPEALS,
    INDEX_MASK,
    LABELS,
    STRATA,
    SUBJECT_SHIFT,
    WRONGFUL,
)
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society
from demerit.society.frailty import class_of
from demerit.society.places import lay_out

ERRORS = 4.0
OFFICE = """[regime]
id = "office"
title = "An office and nothing else"
basis = "hypothetical"
schema_version = 1
extends = "ordinary-law"
null = "office"
"""
CALM = {
    "rescue.enabled": False,
    "collisions.enabled": False,
    "power.enabled": False,
    "gaming.enabled": False,
    "situation.money.bill.null_probability": 0.8,
    "situation.money.bill.need_weight": 0.0,
    "learning.alpha": 0.0,
    "learning.alpha_heard": 0.0,
    "learning.hearers": 0.0,
    "trust.step_family": 0.0,
    "trust.step_institutions": 0.0,
    "reporting.betrayal_family": 0.0,
}
EVERYBODY = {
    "conduct.money.bill.coverage": 1.0,
    "conduct.money.bill.fine": 0.0,
    "detection.mismatch": 0.0,
    "detection.context_recognition": 0.0,
    "appeals.wrongful": 1.0,
    "appeals.inability": 1.0,
    "appeals.rightful": 1.0,
    "appeals.legal_aid": 1.0,
    "appeals.organisations.cost_days": 36500.0,
    "appeals.notice_days": 1.0,
    "appeals.preparation_days": 1.0,
}
PROVINCES, ADULTS = 64, 40


@dataclass(frozen=True)
class Queue:
    """Every case of some equal offices: province, day it came in, days it waited (-1 = never opened)."""

    office: np.ndarray
    came: np.ndarray
    waited: np.ndarray
    worked: np.ndarray
    left: np.ndarray
    pending: np.ndarray


def live_queue(folder: Path, days: int, rate: float, **patches: float) -> Queue:
    """Live in provinces of 40 adults each, who do nothing but not pay bills and appeal.

    Args:
        rate: bills met a year by each.
        patches: keys of ``[appeals]``.
    """
    path = folder / "office.toml"
    path.write_text(OFFICE)
    setting = settle(Society.load("hamlet").patched(CALM), 64 * PROVINCES, 11)
    people = setting.population
    adult = (people.traits["flags"] & 1 == 1).reshape(-1, 64)
    active = (adult & (np.cumsum(adult, axis=1) <= ADULTS)).ravel()
    assert active.sum() == PROVINCES * ADULTS
    traits = people.traits.copy()
    traits["family_rate"] = 0
    traits["family_rate"][active, 1] = round(rate * 256)
    traits["flags"] = np.where(active, 1 | 8, 0)
    rate_class = np.where(active, class_of(round(rate * 256)), 0).astype(np.uint8)
    places = lay_out(64 * PROVINCES, [99] * PROVINCES, [1.0] * PROVINCES, cities=PROVINCES, exponent=0.0)
    bodies = APPEALS + 1
    agencies = np.zeros(PROVINCES * bodies, people.agencies.dtype)
    agencies["province"] = np.repeat(np.arange(PROVINCES), bodies)
    agencies["kind"] = np.tile(np.arange(bodies), PROVINCES)
    agency_first = np.arange(PROVINCES + 1) * bodies
    people = replace(
        people,
        traits=traits,
        rate_class=rate_class,
        places=places,
        agencies=agencies,
        agency_first=agency_first,
    )
    regime = Regime.load(str(path)).patched(
        EVERYBODY | {f"appeals.{name}": value for name, value in patches.items()}
    )
    world = replace(setting, population=people).world(regime)
    pending: list[np.ndarray] = []
    parts: list[np.ndarray] = []

    def each_day(_: Any) -> None:
        pending.append(world.appeal_offices["pending"].copy())
        if world.day % 1_000 == 0:
            parts.append(world.take_rows())

    world.run(days, each_day=each_day)
    parts.append(world.take_rows())
    rows = np.concatenate(parts)
    filed = np.sort(rows[rows["what"] == APPEAL_FILED], order="id")
    place = {int(identity): number for number, identity in enumerate(filed["id"])}
    came = filed["day"].astype(int) + 1
    opened, closed, left = (np.full(len(filed), -1) for _ in range(3))
    for what, column in ((CASE_OPENED, opened), (RECORD_UPHELD, closed), (APPEAL_LEFT, left)):
        for row in rows[np.isin(rows["what"], [what, RECORD_REVERSED if what == RECORD_UPHELD else what])]:
            column[place[int(row["cause"])]] = int(row["day"])
    return Queue(
        office=filed["subject"].astype(int) // 64,
        came=came,
        waited=np.where(opened >= 0, opened - came, -1),
        worked=np.where((opened >= 0) & (closed >= 0), closed - 1 - opened, -1),
        left=np.where(left >= 0, left - 1 - came, -1),
        pending=np.array(pending),
    )


def erlang_c(desks: int, load: float) -> float:
    """Return the chance to wait in M/M/c, from Erlang's loss formula through SciPy's Poisson law."""
    loss = stats.poisson.pmf(desks, load) / stats.poisson.cdf(desks, load)
    return float(loss / (1 - load / desks * (1 - loss)))


@pytest.mark.parametrize(("load", "waits"), [(8.0, 0.40918), (9.5, 0.82559)])
def test_the_formula_is_the_published_one(load: float, waits: float) -> None:
    assert erlang_c(10, load) == pytest.approx(waits, abs=5e-6)  # [M64]


DESKS, SERVICE = 10, 50.0
CAPACITY = DESKS / SERVICE * 365 * 1e6 / ADULTS


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory) -> Queue:
    """Return 40 years of 64 offices with ten desks each, about .8 of whose time is asked for."""
    folder = tmp_path_factory.mktemp("queue")
    return live_queue(
        folder,
        14_600,
        1.72,
        capacity=CAPACITY,
        service_days=SERVICE,
        patience_days=30_000.0,
        window_days=600.0,
    )


def by_office(queue: Queue, values: np.ndarray, chosen: np.ndarray) -> tuple[float, float]:
    """Return the mean over offices of their means, and its standard error from their spread."""
    means = np.array([values[chosen & (queue.office == office)].mean() for office in range(PROVINCES)])
    return float(means.mean()), float(means.std(ddof=1) / math.sqrt(PROVINCES))


def test_waits_of_the_appeal_queue_are_those_of_erlang_c(queue: Queue, figure: Figure) -> None:
    # services of 50 days on average, long against a day; the first 3,000 days fill the queue
    steady = (queue.came > 3_000) & (queue.came < 12_000)
    load = np.count_nonzero(steady) / PROVINCES / 9_000 * SERVICE
    assert 7.5 < load < 8.5
    assert (queue.waited[steady] >= 0).all()
    chance = erlang_c(DESKS, load)
    theory = {"share that waits": chance, "mean wait, days": chance * SERVICE / (DESKS - load)}
    found = {"share that waits": queue.waited > 0, "mean wait, days": queue.waited}
    for what, expected in theory.items():
        mean, error = by_office(queue, found[what].astype(float), steady)
        figure(f"{what}: {mean:.4f} for {expected:.4f}, errors off", (mean - expected) / error, ERRORS)
        # a desk that is done during a day serves the next case on that day: 1 % of bias is allowed for
        assert abs(mean - expected) < ERRORS * error + 0.01 * expected


def test_services_are_geometric_with_the_mean_of_the_rule(queue: Queue, figure: Figure) -> None:
    early = (queue.came < 12_000) & (queue.worked >= 0)
    worked = queue.worked[early]
    assert worked.min() == 1
    errors = (worked.mean() - SERVICE) / (worked.std() / math.sqrt(len(worked)))
    figure(f"mean {worked.mean():.2f}, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS
    # as many as a geometric law has beyond twice and four times its mean
    for days in (100, 200):
        share, chance = float((worked > days).mean()), (1 - 1 / SERVICE) ** days
        assert abs(share - chance) < ERRORS * math.sqrt(chance * (1 - chance) / len(worked))


def test_the_number_of_pending_cases_is_arrivals_times_stay(queue: Queue, figure: Figure) -> None:
    """Little's law, between the offices' own count of cases and the ledger."""
    window = slice(3_000, 12_000)
    stay = queue.waited + queue.worked
    steady = (queue.came >= 3_000) & (queue.came < 12_000)
    pending = float(queue.pending[window].mean())
    expected = np.count_nonzero(steady) / PROVINCES / 9_000 * float(stay[steady].mean())
    figure(f"{pending:.3f} for {expected:.3f}, apart by", pending / expected - 1, 0.01)
    assert pending == pytest.approx(expected, rel=0.01)  # cases across the borders of the window


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Queue:
    """Return eight years of offices with three desks, of which twice as much is asked as they can do."""
    folder = tmp_path_factory.mktemp("crowded")
    capacity = 3 / 20 * 365 * 1e6 / ADULTS
    return live_queue(
        folder, 2_920, 3.3, capacity=capacity, service_days=20.0, patience_days=90.0, window_days=600.0
    )


def first_come_first_served(
    came: np.ndarray, work: Callable[[int], int], desks: int, patience: int
) -> list[int]:
    """Serve a line day by day, with people who leave it; return the days waited, -1 for those who left."""
    line: list[int] = []
    busy: list[int] = []
    waited = [-1] * len(came)
    coming = 0
    for day in range(int(came.max()) + patience + 1):
        busy = [until for until in busy if until > day]
        while coming < len(came) and came[coming] == day:
            line.append(coming)
            coming += 1
        line = [case for case in line if day - came[case] <= patience]
        while line and len(busy) < desks:
            case = line.pop(0)
            waited[case] = day - int(came[case])
            busy.append(day + work(case))
    return waited


def test_whoever_comes_first_is_served_first_and_leaves_when_patience_ends(crowded: Queue) -> None:
    """An office that keeps the free days of its desks does what a line served day by day does."""
    for office in range(8):
        own = np.flatnonzero((crowded.office == office) & (crowded.came < 2_600))
        # those who came on the same day are taken in the order of their messages, which is that of ids
        own = own[np.argsort(crowded.came[own], kind="stable")]
        work = crowded.worked[own]
        line = first_come_first_served(crowded.came[own], lambda case: int(work[case]) or 1, 3, 90)  # noqa: B023
        assert line == crowded.waited[own].tolist()
        gone = crowded.left[own] >= 0
        assert ((crowded.waited[own] < 0) == gone).all()
        assert (crowded.left[own][gone] == 90).all()
        assert 0.2 < gone.mean() < 0.7


def test_a_deadline_reverses_what_is_not_decided(tmp_path: Path) -> None:
    capacity = 3 / 20 * 365 * 1e6 / ADULTS
    cases = live_queue(
        tmp_path, 1_500, 3.3, capacity=capacity, service_days=20.0, window_days=600.0, deadline_days=60.0
    )
    old = cases.came < 1_400
    assert (cases.left < 0).all()
    assert cases.waited.max() < 60
    stay = cases.waited + cases.worked
    assert stay[cases.worked > 0].max() == 60
    assert np.count_nonzero(stay[old] == 60) > 100


@pytest.fixture(scope="module")
def heard(city: Setting) -> Lived:
    """Return four years in which most records are appealed, by an office with time for all of them."""
    patches = {
        "appeals.wrongful": 0.6,
        "appeals.inability": 0.4,
        "appeals.rightful": 0.3,
        "appeals.capacity": 900_000.0,
        "appeals.service_days": 5.0,
        "detection.mismatch": 0.1,
        "conduct.road.crosswalk.coverage": 0.4,
        "conduct.road.crosswalk.prosecute": 0.1,
        "prosecution.delay_days": 30.0,
    }
    setting = replace(city, people=city.people.copy())
    setting.people["trust_down"] = (
        0  # trust stays where it began, so that every appeal has the chance typed in
    )
    return live(setting, Regime.load("essay").patched(patches | NO_COMPLAINTS), 1_456)


def ground(row: np.void) -> str:
    label = LABELS[int(row["label"])]
    return "wrongful" if label in WRONGFUL else "inability" if label == "inability" else "rightful"


def test_an_appeal_is_reversed_by_the_logit_of_its_ground(heard: Lived, figure: Figure) -> None:
    appeals = heard.regime.data.appeals
    weights = appeals.reversal
    fair = float(weights.base) + float(weights.independence) * float(appeals.independence)
    marked = float(weights.integrity) * float(appeals.integrity.points)
    fair -= float(weights.incentive) + marked
    stratum = heard.setting.population.person["stratum"]
    decided = heard.of(RECORD_UPHELD, RECORD_REVERSED)
    decided = decided[decided["subject"] >> SUBJECT_SHIFT == 0]
    tally = {name: [0, 0.0, 0.0] for name in GROUNDS}
    for row in decided:
        name = ground(row)
        status = appeals.status.get(STRATA[stratum[int(row["subject"])]], 0.0)
        standing = float(weights.status) * float(status)
        if name == "rightful":
            chance = 1 / (1 + math.exp(-(float(weights.rightful) + standing - marked)))
        else:
            with_evidence, without = (
                1 / (1 + math.exp(-(fair + standing + more))) for more in (float(weights.evidence), 0.0)
            )
            share = float(appeals.evidence)
            chance = share * with_evidence + (1 - share) * without
        tally[name][0] += int(row["what"] == RECORD_REVERSED)
        tally[name][1] += chance
        tally[name][2] += chance * (1 - chance)
    for name, (found, expected, variance) in tally.items():
        errors = (found - expected) / math.sqrt(variance)
        figure(f"{name}: {found} for {expected:.1f}, errors off", errors, ERRORS)
        assert expected > 20
        assert abs(errors) < ERRORS


def test_a_record_is_appealed_with_the_chance_of_its_ground_and_the_means_of_its_subject(
    heard: Lived, figure: Figure
) -> None:
    # the latest records may not have been appealed yet
    appeals = heard.regime.data.appeals
    fifth = heard.setting.population.person["fifth"]
    records = heard.of(RECORD)
    records = records[(records["day"] < heard.days - 200) & (records["subject"] >> SUBJECT_SHIFT == 0)]
    appealed = {int(row["cause"]) for row in heard.of(APPEAL_FILED)}
    for name in GROUNDS:
        own = [row for row in records if ground(row) == name]
        base = float(getattr(appeals, name))
        chances = np.array(
            [base * (0.5 + (2 * int(fifth[int(row["subject"])]) + 1) / 10) for row in own]
        ).clip(max=1.0)
        found, expected = sum(int(row["id"]) in appealed for row in own), float(chances.sum())
        errors = (found - expected) / math.sqrt(float((chances * (1 - chances)).sum()))
        figure(f"{name}: {found} of {len(own)} for {expected:.0f}, errors off", errors, ERRORS)
        assert expected > 20
        assert abs(errors) < ERRORS + 0.03 * math.sqrt(expected)  # some are ready too late


def test_nobody_appeals_before_notice_or_after_the_window(heard: Lived) -> None:
    appeals = heard.regime.data.appeals
    filed = heard.of(APPEAL_FILED)
    after = filed["day"].astype(int) - id_day(filed["cause"])
    assert after.min() > int(float(appeals.notice_days))
    assert after.max() <= int(float(appeals.window_days))
    assert (filed["subject"] == id_subject(filed["cause"])).all()


def test_the_office_of_the_province_hears_the_case(heard: Lived) -> None:
    people = heard.setting.population
    kinds = people.agencies["kind"]
    for row in heard.of(CASE_OPENED)[:50]:
        assert kinds[int(row["subject"]) & 0x1FFFFFFF] == APPEALS


def bodies_reached(rows: np.ndarray, movers: set[int]) -> tuple[set[int], set[int]]:
    """Return the vehicles and companies that chains reach from records of movers, and of all others."""
    place = {int(identity): number for number, identity in enumerate(rows["id"])}
    reached: tuple[set[int], set[int]] = (set(), set())
    for row in rows[np.isin(rows["what"], [DERIVED, WITHDRAWN_DERIVED])]:
        root = row
        while root["what"] in (DERIVED, WITHDRAWN_DERIVED):
            root = rows[place[int(root["cause"])]]
        reached[0 if int(root["subject"]) in movers else 1].add(int(row["subject"]))
    return reached


def test_when_every_record_is_reversed_nothing_is_left_of_any(city: Setting, figure: Figure) -> None:
    """Fines, registers of citizens, vehicles and companies, and all scores are as if nothing had been."""
    patches = {
        "appeals.wrongful": 1.0,
        "appeals.inability": 1.0,
        "appeals.rightful": 1.0,
        "appeals.legal_aid": 1.0,
        "appeals.notice_days": 1.0,
        "appeals.preparation_days": 1.0,
        "appeals.window_days": 600.0,
        "appeals.capacity": 1e6,
        "appeals.service_days": 1.0,
        "appeals.reversal.base": 20.0,
        "appeals.reversal.rightful": 20.0,
        "appeals.integrity.points": 0.0,  # what a reversal costs the office is no record
        "conduct.nb.deed_seen.coverage": 0.0,
        "detection.mismatch": 0.05,
        **NO_COMPLAINTS,
    }
    regime = Regime.load("essay")
    for transfer in regime.data.transfers:
        patches[f"transfer.{transfer.id}.retraction_days"] = 1.0
        patches[f"transfer.{transfer.id}.retraction_loss"] = 0.0
    for conduct in regime.data.conducts:
        if float(conduct.prosecute) > 0:
            patches[f"conduct.{conduct.id}.prosecute"] = 0.0  # convictions stand
    setting = replace(city, people=city.people.copy())
    setting.people["trust_down"] = 0  # else appeals would become rarer
    setting.people["body_rate"] = 0  # companies, agencies and services do not appeal
    world = setting.world(regime.patched(patches))
    world.run(364)
    accounts = world.accounts.copy()
    assert np.count_nonzero(accounts["points"].any(axis=1)) > 80
    # nobody does anything any more; what is on its way comes to its end
    idle = replace(setting.population, rate_class=np.zeros_like(setting.population.rate_class))
    world.population = idle
    world.run(700)
    rows = world.take_rows()
    citizens = rows[rows["subject"] >> SUBJECT_SHIFT == 0]  # bodies do not appeal
    records = citizens[citizens["what"] == RECORD]
    back = citizens[citizens["what"] == RECORD_REVERSED]
    assert len(back[back["depth"] == 0]) == len(records) > 500
    assert not (rows["what"] == STALE).any()
    sums = [np.abs(world.accounts[column].astype(np.int64)).max(axis=1) for column in ("points", "composite")]
    left = np.maximum(*sums)
    people = left[: world.account_first[1]]
    figure("thousandths of a point left to a citizen", people.max(), 40)
    assert people.max() < 40  # each fading and each withdrawal drops less than two thousandths
    # the chain is followed back to the vehicle that is driven today; who has changed jobs drives another
    movers = np.unique(rows["subject"][np.isin(rows["what"], [JOB_LOST, HIRED, MILESTONE])])
    by_movers, by_stayers = bodies_reached(rows, set(movers.tolist()))
    assert len(by_stayers - by_movers) > 100
    left[[world.account_first[code >> SUBJECT_SHIFT] + (code & INDEX_MASK) for code in by_movers]] = 0
    bodies = left[world.account_first[1] :]
    figure("thousandths of a point left to a body whose drivers stay", bodies.max(), 40)
    assert bodies.max() < 40
    fines = int(records["amount"].sum())
    assert int(back["amount"][back["depth"] == 0].sum()) == fines


def test_withdrawals_are_lost_with_their_chance_and_leave_stale_copies(heard: Lived, figure: Figure) -> None:
    # one transfer lies between every register of the essay and the province
    loss = float(heard.regime.data.transfers[0].retraction_loss)
    stale, back = len(heard.of(STALE)), len(heard.of(RECALL))
    errors = (stale - loss * (stale + back)) / math.sqrt(loss * (1 - loss) * (stale + back))
    figure(f"{stale} of {stale + back}, errors off", errors, ERRORS)
    assert stale > 20
    assert abs(errors) < ERRORS


def test_without_errors_nobody_is_wrongfully_recorded_or_sanctioned(city: Setting) -> None:
    """Zero error, context recognised, no false reports: no wrongful record, so no wrongful sanction."""
    patches = {"detection.mismatch": 0.0, "detection.context_recognition": 1.0} | NO_APPEALS
    lived = live(city, Regime.load("essay").patched(patches), 728)
    labels = np.unique(lived.rows["label"])
    assert not [LABELS[label] for label in labels if LABELS[label] in WRONGFUL]
    assert len(lived.of(RECORD)) > 1_000
