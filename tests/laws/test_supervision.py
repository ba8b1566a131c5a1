"""Supervision by standing: inspections, managers who are barred, services without a licence, reviews.

Statistical tests allow four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, company_code, live, subject_kind
from tests.laws.test_choice import ERRORS, total

from demerit.catalogue.entries import (
    DISCIPLINE_REVERSED,
    DISCIPLINE_UPHELD,
    DISCIPLINED,
    INSPECTED,
    LIST_ENTRY,
    RECORD,
    SANCTION_END,
    SANCTION_START,
)
from demerit.catalogue.words import CITIZEN, COMPANY, SERVICE
from demerit.errors import FileProblems
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

DAYS = 546
BUSY = {
    "situation.work.firm.rate": 12,
    "situation.work.inspection.rate": 2,
    "situation.svc.failure.rate": 30,
    "situation.cs.paper.rate": 6,
    "situation.cs.interview.rate": 6,
}
ASKED, GRANTED, OFTEN = 0.5, 0.3, 12.0
STRICT = {
    "appeals.organisations.cost_days": 36500.0,
    "sanction.inspected-more.inspections": OFTEN,
    "sanction.inspected-more.below": 999,
    "conduct.work.firm.lists.serious-violators": 0.3,
    "conduct.svc.failure.coverage": 0.6,
    "sanction.licence-withheld.below": 990,
    "civil_service.review.asked": ASKED,
    "civil_service.review.granted": GRANTED,
    "civil_service.paper.coverage": 1,
    "civil_service.interview.coverage": 1,
}


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(BUSY), 3_000, 12)


@pytest.fixture(scope="module")
def strict(town: Setting) -> Lived:
    return live(town, Regime.load("essay").patched(STRICT), DAYS)


def spells(lived: Lived, name: str) -> list[tuple[int, int, int]]:
    """Return who was under a sanction, from which day to which."""
    assert lived.world.book is not None
    number = [one.id for one in lived.world.book.layout.numbers.hanging].index(name)
    begun: dict[int, int] = {}
    found = []
    for row in lived.of(SANCTION_START, SANCTION_END):
        if row["rule"] == number:
            subject, day = int(row["subject"]), int(row["day"])
            if row["what"] == SANCTION_START:
                begun[subject] = day
            else:
                found.append((subject, begun.pop(subject), day))
    return found + [(subject, day, lived.days) for subject, day in begun.items()]


def test_firms_of_low_standing_are_inspected_beside_the_lot(strict: Lived, figure: Figure) -> None:
    inspected = strict.of(INSPECTED)
    under = spells(strict, "inspected-more")
    weeks = sum((end - begin) // 7 for _, begin, end in under)
    chance = 1 - math.exp(-7 / 365 * OFTEN)
    errors = (len(inspected) - chance * weeks) / math.sqrt(weeks * chance * (1 - chance))
    figure(f"{len(inspected)} inspections in {weeks} weeks, errors off", errors, ERRORS)
    assert len(inspected) > 50
    # the last week of a spell is looked at or not: half a week of a spell is open
    assert abs(len(inspected) - chance * weeks) < ERRORS * math.sqrt(weeks * chance) + chance * len(under)
    assert total(strict, "grade_inspections") == len(inspected)
    for row in inspected:
        who, day = int(row["subject"]), int(row["day"])
        assert subject_kind(who) == COMPANY
        assert any(who == subject and begin < day <= end for subject, begin, end in under)


def test_whoever_represents_a_listed_company_is_barred_with_it(strict: Lived) -> None:
    lists = [one.id for one in strict.regime.data.lists]
    barred, black = lists.index("barred-managers"), lists.index("serious-violators")
    entries = strict.of(LIST_ENTRY)
    people = entries[(entries["rule"] == barred) & (subject_kind(entries["subject"]) == CITIZEN)]
    assert len(people) > 10
    representatives = strict.world.companies["representative"].astype(int) - 1
    for row in people:
        company = strict.cause_of(row)
        assert company["what"] == LIST_ENTRY
        assert company["rule"] == black
        assert company["day"] == row["day"] - 1
        firms = np.flatnonzero(representatives == int(row["subject"]))
        assert int(company["subject"]) in [company_code(int(firm)) for firm in firms]
    under = {subject for subject, _, _ in spells(strict, "manager-barred")}
    assert {int(row["subject"]) for row in people} <= under
    assert total(strict, "managers_barred") >= len(people)


def test_a_service_without_a_licence_meets_nothing(strict: Lived) -> None:
    closed = [one for one in spells(strict, "licence-withheld") if subject_kind(one[0]) == SERVICE]
    assert len(closed) > 3
    records = strict.of(RECORD)
    failures = records[strict.kinds_of_rows(records) == "svc.failure"]
    for subject, begin, end in closed:
        own = failures[failures["subject"] == subject]
        assert not ((own["day"] > begin) & (own["day"] < end)).any()
    assert total(strict, "svc.failure.vetoed") > 0
    weeks = sum((end - 1 - begin) // 7 for _, begin, end in closed)
    assert abs(total(strict, "closed_weeks") - weeks) <= len(closed)


def test_reviews_are_asked_for_and_granted_with_their_chances(strict: Lived, figure: Figure) -> None:
    records = strict.of(DISCIPLINED)
    asked = total(strict, "reviews_asked")
    errors = (asked - ASKED * len(records)) / math.sqrt(len(records) * ASKED * (1 - ASKED))
    figure(f"{asked} of {len(records)} ask, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS
    back, kept = strict.of(DISCIPLINE_REVERSED), strict.of(DISCIPLINE_UPHELD)
    answered = len(back) + len(kept)
    errors = (len(back) - GRANTED * answered) / math.sqrt(answered * GRANTED * (1 - GRANTED))
    figure(f"{len(back)} of {answered} granted, errors off", errors, ERRORS)
    assert len(back) > 5
    assert abs(errors) < ERRORS
    service = strict.regime.data.civil_service
    assert service is not None
    assert service.review is not None
    half_life = float(service.half_life_days)
    for row in back:
        record = strict.cause_of(row)
        days = int(row["day"]) - int(record["day"])
        assert days == float(service.review.days)
        assert row["points"] == pytest.approx(-record["points"] * 2 ** (-days / half_life), abs=2)


def test_what_is_taken_back_leaves_nothing_in_the_register(town: Setting) -> None:
    sure = STRICT | {"civil_service.review.asked": 1, "civil_service.review.granted": 1}
    lived = live(town, Regime.load("essay").patched(sure | {"civil_service.relatives.offence": 0}), 364)
    back = {int(row["cause"]) for row in lived.of(DISCIPLINE_REVERSED)}
    records = lived.of(DISCIPLINED)
    others = {
        int(row["subject"]) for row in lived.rows if row["what"] not in (DISCIPLINED,) and row["points"] < 0
    }
    officials = lived.world.officials
    clean = 0
    for official in officials:
        own = records[records["subject"] == official["citizen"]]
        if len(own) and all(int(row["id"]) in back for row in own) and int(official["citizen"]) not in others:
            assert abs(int(official["points"])) <= len(own)
            clean += 1
    assert clean > 5


def test_a_company_list_can_bar_people_only(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(
        '[regime]\nid = "odd"\ntitle = "Odd"\nbasis = "hypothetical"\nschema_version = 1\nextends = "essay"\n'
        '[[list]]\nid = "defaulters"\nbars = "barred-managers"\n'
    )
    with pytest.raises(FileProblems, match="only a company's list bars"):
        Regime.load(str(path))
