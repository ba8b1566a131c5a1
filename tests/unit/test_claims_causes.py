"""Trees of causes, spells and waits on ledgers written by hand, of which the answer is known."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from demerit.catalogue.entries import (
    APPEAL_FILED,
    ARRIVAL,
    DERIVED,
    DISCIPLINED,
    FEUD,
    GRADE,
    JOB_LOST,
    RECALL,
    RECORD,
    RECORD_REVERSED,
    RECORD_UPHELD,
    RELATIVE_MARKED,
    REPORTED,
    ROW_DTYPE,
    SANCTION_END,
    SANCTION_START,
    WITHDRAWAL,
)
from demerit.catalogue.rules import PLATFORM_NODE
from demerit.catalogue.serving import BASIC, COMPETENT, EXCELLENT
from demerit.catalogue.words import COMPANY, FABRICATED, MISTAKEN, VEHICLE, subject_code
from demerit.claims.causes import all_above, makers, nearest
from demerit.claims.of_appeals import median_wait, wrongful_cleared
from demerit.claims.of_chains import from_relatives, grades_fallen, others_penalised
from demerit.claims.rates import risk_ratio, standardised
from demerit.claims.reading import Figure, Reading
from demerit.claims.standings import sanctions_on_people
from demerit.engine.ids import make_id

DAYS = 1460
CAR, FIRM = subject_code(VEHICLE, 7), subject_code(COMPANY, 3)


class Ledger:
    """A ledger written row by row; every row is given the next id of its subject's day."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, ...]] = []

    def enter(self, what: int, day: int, subject: int, cause: int = 0, **more: int) -> int:
        identity = int(make_id(day, subject, 0, len(self.rows)))
        row = {"id": identity, "cause": cause or identity, "subject": subject, "day": day, "what": what}
        self.rows.append(tuple({**row, **more}.get(name, 0) for name in ROW_DTYPE.names or ()))
        return identity

    def reading(self) -> Reading:
        """Return it as a world of 40 people with one sanction and one transfer to a platform."""
        rows = np.sort(np.array(self.rows, ROW_DTYPE), order="id")
        hanging = (SimpleNamespace(section="sanction"), SimpleNamespace(section="reward"))
        book = SimpleNamespace(layout=SimpleNamespace(numbers=SimpleNamespace(hanging=hanging)))
        rules = {"transfer_from": np.zeros(2, int), "transfer_to": np.full(2, PLATFORM_NODE)}
        setting: Any = SimpleNamespace(population=SimpleNamespace(count=40))
        world: Any = SimpleNamespace(book=book, rules=rules)
        nothing: Any = None
        return Reading(setting, nothing, world, nothing, rows, date(2020, 1, 1), DAYS)


def places(reading: Reading, *what: int) -> np.ndarray:
    return np.flatnonzero(np.isin(reading.rows["what"], what))


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def test_a_row_is_followed_to_the_nearest_record_and_to_every_record_above(ledger: Ledger) -> None:
    first = ledger.enter(RECORD, 400, 1)
    feud = ledger.enter(FEUD, 401, 1, first)
    report = ledger.enter(REPORTED, 402, 1, feud)
    second = ledger.enter(RECORD, 409, 2, report)
    ledger.enter(ARRIVAL, 416, 2, second)
    reading = ledger.reading()
    arrival = places(reading, ARRIVAL)
    assert reading.rows["id"][nearest(reading, arrival, (RECORD,))].tolist() == [second]
    which, above = all_above(reading, arrival, (RECORD,))
    assert which.tolist() == [0, 0]
    assert reading.rows["id"][above].tolist() == [second, first]
    assert nearest(reading, places(reading, FEUD), (ARRIVAL,)).tolist() == [-1]


def test_a_record_is_its_own_nearest_one_and_a_situation_ends_the_tree(ledger: Ledger) -> None:
    ledger.enter(RECORD, 400, 1, int(make_id(400, 1, 0, 99)))
    reading = ledger.reading()
    assert nearest(reading, np.array([0]), (RECORD,)).tolist() == [0]
    assert len(list(reading.tree.levels(np.array([0])))) == 1


def test_causes_that_go_round_are_refused(ledger: Ledger) -> None:
    one, two = int(make_id(400, 1, 0, 0)), int(make_id(400, 1, 0, 1))
    assert ledger.enter(FEUD, 400, 1, two) == one
    assert ledger.enter(FEUD, 400, 1, one) == two
    with pytest.raises(ValueError, match="circle"):
        list(ledger.reading().tree.levels(np.array([0])))


def test_an_act_knows_who_acted() -> None:
    assert makers(np.array([make_id(5, CAR, 1, 3), make_id(9, 12, 0, 0)])).tolist() == [CAR, 12]


def test_driver_car_and_firm_are_three_subjects_of_which_two_are_others(ledger: Ledger) -> None:
    record = ledger.enter(RECORD, 30, 1, points=-6000, amount=100)
    car = ledger.enter(DERIVED, 31, CAR, record, points=-6000)
    firm = ledger.enter(DERIVED, 32, FIRM, car, points=-900)
    ledger.enter(ARRIVAL, 40, FIRM, firm, points=-90)
    ledger.enter(ARRIVAL, 44, 1, record, points=-6000)
    assert others_penalised(ledger.reading()) == Figure(2.0, 1.0)


def test_gifts_late_effects_and_rewards_penalise_nobody(ledger: Ledger) -> None:
    record = ledger.enter(RECORD, 30, 1, points=-6000)
    ledger.enter(DERIVED, 31, 2, record, points=500)
    ledger.enter(JOB_LOST, 30 + 366, 3, record)
    ledger.enter(SANCTION_START, 33, 4, record, rule=1)
    ledger.enter(RECORD, DAYS - 365, 5)
    assert others_penalised(ledger.reading()) == Figure(0.0, 1.0)
    ledger.enter(JOB_LOST, 30 + 365, 3, record)
    ledger.enter(SANCTION_START, 33, 4, record, rule=0)
    assert others_penalised(ledger.reading()) == Figure(2.0, 1.0)


def test_whoever_is_mistaken_for_the_actor_is_another(ledger: Ledger) -> None:
    act = int(make_id(29, 8, 0, 99))
    ledger.enter(RECORD, 30, 1, act, label=MISTAKEN, points=-6000)
    ledger.enter(RECORD, 30, 2, act, label=FABRICATED, points=-6000)
    assert others_penalised(ledger.reading()) == Figure(0.5, 2.0)


def test_what_an_investigation_over_a_relative_adds_is_the_relatives(ledger: Ledger) -> None:
    mark = ledger.enter(RELATIVE_MARKED, 50, 1, points=-3000)
    ledger.enter(DISCIPLINED, 90, 1, mark, points=-6000)
    ledger.enter(DISCIPLINED, 90, 2, points=-1000)
    assert from_relatives(ledger.reading()) == Figure(0.9, 3.0)


def test_a_grade_falls_against_the_year_before(ledger: Ledger) -> None:
    for year, grade in enumerate([COMPETENT, BASIC, BASIC, EXCELLENT]):
        ledger.enter(GRADE, 364 + year, 1, rule=grade)
    ledger.enter(GRADE, 364, 2, rule=BASIC)
    ledger.enter(GRADE, 365, 2, rule=COMPETENT)
    assert grades_fallen(ledger.reading()) == 2


def test_sanctions_last_until_their_end_or_that_of_the_run(ledger: Ledger) -> None:
    ledger.enter(SANCTION_START, 100, 1)
    ledger.enter(SANCTION_END, 130, 1)
    ledger.enter(SANCTION_START, 1400, 1)
    ledger.enter(SANCTION_START, 200, 2)
    ledger.enter(SANCTION_START, 200, 2, rule=1)
    found = sanctions_on_people(ledger.reading())
    assert list(zip(found.person, found.days, strict=True)) == [(1, 30), (1, 60), (2, 1260)]


def test_waits_are_of_appeals_after_the_first_year_and_before_the_last(ledger: Ledger) -> None:
    for day, wait in ((300, 5), (400, 80), (410, 90), (420, 100), (1100, 2)):
        appeal = ledger.enter(APPEAL_FILED, day, 1)
        ledger.enter(RECORD_UPHELD, day + wait, 1, appeal)
    assert median_wait(ledger.reading()) == Figure(90.0, 3.0)


def test_a_median_that_is_not_reached_lies_above_the_longest_wait(ledger: Ledger) -> None:
    ledger.enter(RECORD_UPHELD, 420, 1, ledger.enter(APPEAL_FILED, 400, 1))
    for person in (2, 3):
        ledger.enter(APPEAL_FILED, 500, person)
    assert median_wait(ledger.reading()) == Figure(959.0, 3.0)
    assert np.isnan(median_wait(record_alone().reading()).value)


def record_alone() -> Ledger:
    ledger = Ledger()
    ledger.enter(RECORD, 400, 1)
    return ledger


@pytest.mark.parametrize(
    ("reversed_after", "recalled_after", "share"),
    [(100, 120, 1.0), (100, None, 0.0), (100, 366, 0.0), (366, 367, 0.0), (None, None, 0.0)],
)
def test_cleared_is_reversed_and_recalled_within_a_year(
    ledger: Ledger, reversed_after: int | None, recalled_after: int | None, share: float
) -> None:
    record = ledger.enter(RECORD, 400, 1, label=FABRICATED)
    ledger.enter(ARRIVAL, 420, 1, record, points=-10)
    appeal = ledger.enter(APPEAL_FILED, 430, 1, record)
    if reversed_after is not None:
        verdict = ledger.enter(RECORD_REVERSED, 400 + reversed_after, 1, appeal)
        withdrawal = ledger.enter(WITHDRAWAL, 400 + reversed_after, 1, verdict)
        if recalled_after is not None:
            ledger.enter(RECALL, 400 + recalled_after, 1, withdrawal)
    ledger.enter(RECORD, 400, 2)
    assert wrongful_cleared(ledger.reading()) == Figure(share, 1.0)


def test_equal_chances_and_equal_burdens_have_a_ratio_of_one() -> None:
    cases, people = np.array([3, 40]), np.array([10, 50])
    assert risk_ratio(cases, people, cases * 4, people * 4) == pytest.approx(1)
    assert standardised(cases, people, cases * 4, people * 4) == pytest.approx(1)
    assert np.isnan(risk_ratio(np.zeros(1), np.zeros(1), np.ones(1), np.ones(1)))
    assert np.isnan(standardised(np.ones(1), np.ones(1), np.zeros(1), np.zeros(1)))
