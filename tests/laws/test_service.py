"""Officials: what they give up, ask for or do in secret, and how they are graded, against the closed form.

Statistical tests allow four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, live
from tests.laws.test_choice import ERRORS, STEADY_WORK, total

from demerit.catalogue.entries import (
    ASKED,
    DEMOTED,
    DENIED,
    DISCIPLINED,
    GIVEN_UP,
    GRADE,
    HOUSEHOLD_PERMIT,
    INQUIRY_CLOSED,
    INQUIRY_OPENED,
    LATE_RETURN,
    PASSPORT_ISSUED,
    PASSPORT_RETURNED,
    PASSPORT_WITHHELD,
    PERMITTED,
    PROMOTED,
    RECORD,
    RELATIVE_MARKED,
    STEP_MISSED,
)
from demerit.catalogue.serving import (
    BASIC,
    COMPETENT,
    CONDITION,
    DEGREES,
    EXCELLENT,
    GIVEN,
    GOVERNED,
    INCOMPETENT,
    OFFENCE,
)
from demerit.catalogue.words import ELIGIBILITY, KINDS, STRATA
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

YEARS = 4
MANY = {
    "stratum.civil_servant.share": 0.4,
    "stratum.strategic.share": 0.06,
    "stratum.formal.share": 0.155,
    "situation.cs.paper.rate": 1,
    "situation.cs.interview.rate": 1,
    "situation.cs.account_abroad.rate": 0.5,
    "situation.cs.travel.rate": 4,
    "situation.civ.travel.rate": 2,
    "situation.cs.relative.rate": 0.2,
    "labour.quitting": 0,
    "labour.licence_trade": 0,
    "labour.licence_other": 0,
    **STEADY_WORK,
}
"""Every second of the active is an official for good."""
FORGIVING = {
    "civil_service.half_life_days": 1,
    "exemptions.filed.cadre": 1,
    "civil_service.investigations.dismissal": 0,
    **{
        f"sanction.{one.id}.job_loss": 0
        for one in Regime.load("essay").data.sanctions
        if float(getattr(one, "job_loss", 0)) > 0
    },
}
"""Nobody has anything on record for long, nobody is exempt, nobody loses a job."""


@pytest.fixture(scope="module")
def town() -> Setting:
    return settle(Society.load("city").patched(MANY | {"learning.alpha": 0}), 4_000, 4)


@pytest.fixture(scope="module")
def governed(town: Setting) -> Lived:
    return live(town, Regime.load("essay").patched(FORGIVING), YEARS * 364 + 14)


@pytest.fixture(scope="module")
def lawful(town: Setting) -> Lived:
    return live(town, Regime.load("ordinary-law"), YEARS * 364 + 14)


@pytest.fixture(scope="module")
def strict(town: Setting) -> Lived:
    """Points that stay, and enough of them."""
    patch = {
        "civil_service.half_life_days": 3650,
        "civil_service.internet.coverage": 0.05,
        "civil_service.internet.points": -12,
        "civil_service.grades.incompetent_points": 24,
        "civil_service.travel.late_points": 0,
        "civil_service.review.granted": 0,
    }
    return live(town, Regime.load("essay").patched(patch), YEARS * 364 + 14)


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def cost_of_points(lived: Lived, points: float) -> float:
    """Return D(points) of an official with a clean record, days of income."""
    service: Any = lived.regime.data.civil_service
    grades, horizon = service.grades, float(lived.setting.society.data.choice.horizon_days)
    level, step = float(grades.level_pay) * horizon, float(grades.pay_step) * horizon
    quota = float(grades.excellent)
    top = float(grades.bonus_days) + quota * float(grades.promoted) * level

    def standing(lost: float) -> float:
        chance = logistic(math.log(quota / (1 - quota)) - float(grades.merit_per_point) * lost)
        basic = logistic((lost - float(grades.basic_points)) / float(grades.blur_points))
        incompetent = logistic((lost - float(grades.incompetent_points)) / float(grades.blur_points))
        return -chance * top + basic * step + incompetent * level

    held = 0.0
    for name in DEGREES:
        degree = getattr(service, name.replace(" ", "_"))
        if points >= float(degree.points):
            held = float(degree.months) / 12
    return standing(points) - standing(0) + step * held


def chances(lived: Lived, name: str, app: bool) -> tuple[float, float]:
    """Return the chances of asking and of doing without permission, for an official with a clean record."""
    service: Any = lived.regime.data.civil_service
    rule, society = getattr(service, name), lived.setting.society.data
    gain = next(float(one.gain_days) for one in society.situations if one.id == f"cs.{name}")
    seen = float(rule.with_app if app and rule.with_app is not None else rule.coverage)
    noise = float(society.choice.tau) * gain
    inquiry = service.investigations
    opens = 0.0 if inquiry is None else float(rule.investigated or inquiry.opens)
    # nobody is dismissed here, and a lost job would cost nothing where nobody looks for one
    looked_into = (
        0.0 if inquiry is None else float(inquiry.record) * cost_of_points(lived, -float(inquiry.points))
    )
    cost = cost_of_points(lived, -float(rule.points)) + opens * looked_into
    doing = math.exp((gain - seen * cost) / noise)
    asking = 0.0
    if rule.status == "on-request":
        layers = float(service.layers)
        worth = float(service.pass_rate) ** layers * gain - layers * float(society.civil_service.ask_days)
        asking = math.exp(worth / noise)
    return asking / (1 + asking + doing), doing / (1 + asking + doing)


def of_kind(lived: Lived, what: int, name: str) -> np.ndarray:
    rows = lived.of(what)
    return rows[rows["rule"] == KINDS.index(f"cs.{name}")]


def near(found: float, expected: float, variance: float) -> bool:
    return abs(found - expected) < ERRORS * math.sqrt(max(variance, 1))


def test_what_nothing_governs_is_done_by_88_in_100(lawful: Lived, figure: Figure) -> None:
    chance = logistic(1 / float(lawful.setting.society.data.choice.tau))
    for name in set(GOVERNED) - {"shares", "travel"}:
        met = total(lawful, f"cs.{name}.met") - total(lawful, f"cs.{name}.vetoed")
        assert near(total(lawful, f"cs.{name}.acted"), chance * met, chance * (1 - chance) * met), name
    figure("share", total(lawful, "cs.internet.acted") / total(lawful, "cs.internet.met"), chance)


@pytest.mark.parametrize("name", ["internet", "account_abroad", "paper", "interview"])
def test_officials_ask_hide_or_abstain_as_the_closed_form_says(
    governed: Lived, name: str, figure: Figure
) -> None:
    met = governed.met[governed.met["kind"] == KINDS.index(f"cs.{name}")]
    apps = governed.setting.population.person["belongings"][met["person"]] >> 1 & 1
    # a few have lost their job, which meets everybody alike
    serving = 1 - total(governed, f"cs.{name}.vetoed") / len(met)
    assert serving > 0.98
    both = serving * np.array([chances(governed, name, bool(app)) for app in (0, 1)])
    expected = both[apps].sum(axis=0)
    variance = (both[apps] * (1 - both[apps])).sum(axis=0)
    asked = len(of_kind(governed, ASKED, name))
    secret = total(governed, f"cs.{name}.acted") - len(of_kind(governed, PERMITTED, name))
    figure(f"{name}: asked", asked, expected[0])
    figure(f"{name}: in secret", secret, expected[1])
    assert near(asked, expected[0], variance[0])
    assert near(secret, expected[1], variance[1])


def test_requests_pass_all_layers_in_time(governed: Lived, figure: Figure) -> None:
    service: Any = governed.regime.data.civil_service
    layers, wait, passes = round(float(service.layers)), 7, float(service.pass_rate)
    answered = governed.of(PERMITTED, DENIED)
    assert len(answered) > 500
    days = np.array([int(row["day"]) - int(governed.cause_of(row)["day"]) for row in answered])
    permitted = answered["what"] == PERMITTED
    assert (days[permitted] == layers * wait).all()
    assert set(days[~permitted]) == {wait * (layer + 1) for layer in range(layers)}
    share = passes**layers
    # of those asked long enough ago, so that refusals do not come in first
    asked = governed.of(ASKED)
    old = asked[asked["day"] < governed.days - layers * wait]
    given = sum(governed.effects[int(row["id"])][0]["what"] == PERMITTED for row in old)
    figure("permitted", given / len(old), share)
    assert near(given, share * len(old), share * (1 - share) * len(old))


def test_the_app_tells(governed: Lived) -> None:
    service: Any = governed.regime.data.civil_service
    apps = governed.setting.population.person["belongings"] >> 1 & 1
    found = of_kind(governed, DISCIPLINED, "internet")
    met = governed.met[governed.met["kind"] == KINDS.index("cs.internet")]
    for app, coverage in ((0, service.internet.coverage), (1, service.internet.with_app)):
        done = chances(governed, "internet", bool(app))[1] * (apps[met["person"]] == app).sum()
        expected = done * float(coverage)
        assert near((apps[found["subject"]] == app).sum(), expected, expected)


def test_the_quota_of_excellent_is_filled_and_no_more(governed: Lived, strict: Lived) -> None:
    for lived in (governed, strict):
        graded = lived.of(GRADE)
        quota = float(lived.regime.data.civil_service.grades.excellent)  # type: ignore[union-attr]
        for day in np.unique(graded["day"]):
            those = graded[graded["day"] == day]
            assert (those["rule"] == EXCELLENT).sum() == int(len(those) * quota)
    assert len(np.unique(governed.of(GRADE)["day"])) == YEARS


def test_while_a_sanction_lasts_nobody_is_excellent_and_a_step_is_missed(strict: Lived) -> None:
    service: Any = strict.regime.data.civil_service
    months = {float(getattr(service, name.replace(" ", "_")).points): name for name in DEGREES}
    missed = {int(row["cause"]) for row in strict.of(STEP_MISSED)}
    held: dict[int, int] = {}
    last: dict[int, int] = {}
    seen = 0
    for row in strict.of(DISCIPLINED, INQUIRY_OPENED, GRADE):
        person, day = int(row["subject"]), int(row["day"])
        if row["what"] == DISCIPLINED:
            reached = [name for points, name in sorted(months.items()) if -row["points"] / 1000 >= points]
            last[person] = day
            for name in reached[-1:]:
                length = float(getattr(service, name.replace(" ", "_")).months)
                held[person] = max(held.get(person, 0), day + round(length * 365 / 12))
        elif row["what"] == INQUIRY_OPENED:
            last[person] = day
            held[person] = max(held.get(person, 0), day + int(row["points"]) // 1000)
        elif day - last.get(person, -9) <= 3:
            continue  # the grade was decided on before
        elif held.get(person, 0) > day:
            seen += 1
            assert row["rule"] != EXCELLENT
            assert int(row["id"]) in missed
        elif row["rule"] in (EXCELLENT, COMPETENT):
            assert int(row["id"]) not in missed
    assert seen > 50


def test_points_decide_who_is_incompetent_and_two_such_years_end_the_service(strict: Lived) -> None:
    service: Any = strict.regime.data.civil_service
    graded = strict.of(GRADE)
    lost = -graded["points"] / 1000
    # points fade a little between the evaluation and the day the grade is heard, three days later
    for grade, low in (
        (BASIC, service.grades.basic_points),
        (INCOMPETENT, service.grades.incompetent_points),
    ):
        assert lost[graded["rule"] == grade].min() > 0.99 * float(low)
    assert (graded["rule"] == INCOMPETENT).sum() > 10
    twice = 0
    for person in np.unique(graded["subject"][graded["rule"] == INCOMPETENT]):
        rules = graded["rule"][graded["subject"] == person].tolist()
        pairs = [place for place in range(1, len(rules)) if rules[place - 1 : place + 1] == [INCOMPETENT] * 2]
        if pairs:
            twice += 1
            assert pairs[0] == len(rules) - 1  # nobody is graded after that
    assert twice > 0
    assert total(strict, "job_lost_record") >= twice


def test_points_keep_officials_from_being_excellent_and_rise_comes_from_it(strict: Lived) -> None:
    graded = strict.of(GRADE)
    clean, marked = graded[graded["points"] == 0], graded[graded["points"] < -9000]
    assert (clean["rule"] == EXCELLENT).mean() > 2 * (marked["rule"] == EXCELLENT).mean()
    for row in strict.of(PROMOTED):
        assert strict.cause_of(row)["rule"] == EXCELLENT
    for row in strict.of(DEMOTED):
        assert strict.cause_of(row)["rule"] == INCOMPETENT


def test_loyalty_is_what_was_complied_with_or_asked_for(governed: Lived, lawful: Lived) -> None:
    # under ordinary law only travel is governed, and shares, which do not count
    assert total(lawful, "loyalty") > 900 * total(lawful, "service_years")
    occasions = sum(
        total(governed, f"cs.{name}.met") - total(governed, f"cs.{name}.vetoed")
        for name in set(GOVERNED) - {"shares"}
    )
    secret = total(governed, "service_secret") - total(governed, "cs.shares.acted")
    mean = total(governed, "loyalty") / 1000 / total(governed, "service_years")
    assert abs(mean - (1 - secret / occasions)) < 0.05


def test_trading_shares_is_a_control(governed: Lived, lawful: Lived, figure: Figure) -> None:
    rules = [lived.regime.data.civil_service.shares for lived in (governed, lawful)]  # type: ignore[union-attr]
    assert rules[0] == rules[1]
    apart = total(governed, "cs.shares.acted") - total(lawful, "cs.shares.acted")
    # a few have lost their jobs over something else, and are no officials any more
    gone = abs(total(governed, "cs.shares.vetoed") - total(lawful, "cs.shares.vetoed"))
    assert total(governed, "cs.shares.met") == total(lawful, "cs.shares.met") > 1000
    figure("acts, apart by", apart, 0)
    assert abs(apart) <= gone < 0.01 * total(lawful, "cs.shares.met")


def test_what_is_given_up_for_a_rule_of_the_regime_is_not_held_by_law(governed: Lived) -> None:
    given_up = governed.of(GIVEN_UP)
    given_up = given_up[given_up["rule"] >= KINDS.index("cs.travel")]
    assert len(given_up) == total(governed, "service_given_up") > 1000
    lawful_kind = KINDS.index("cs.shares")
    by_law = sum(total(governed, f"cs.{name}.law") for name in set(GOVERNED) - {"travel"})
    assert by_law == total(governed, "cs.shares.law") == (given_up["rule"] == lawful_kind).sum()


def test_without_its_key_everything_is_free_and_nobody_is_graded(town: Setting, lawful: Lived) -> None:
    lived = live(town, Regime.load("essay").patched({"civil_service.enabled": False}), 378)
    rows = lived.of(ASKED, PERMITTED, DENIED, DISCIPLINED, GRADE, PROMOTED, DEMOTED, STEP_MISSED)
    assert not len(rows)
    assert not len(lived.of(RELATIVE_MARKED, INQUIRY_OPENED, PASSPORT_ISSUED, LATE_RETURN, HOUSEHOLD_PERMIT))
    for name in ("service_asked", "service_secret", "service_given_up", "service_points", "service_years"):
        assert total(lived, name) == 0
    free = logistic(1 / float(town.society.data.choice.tau))
    assert abs(total(lived, "cs.internet.acted") / total(lived, "cs.internet.met") - free) < 0.02
    officials = lived.traits["flags"] >> ELIGIBILITY.index("official") & 1 == 1
    assert officials.sum() == len(lived.world.officials) > 1000


def test_passports_are_handed_out_for_the_days_granted_and_come_back(governed: Lived, figure: Figure) -> None:
    travel: Any = governed.regime.data.civil_service.travel  # type: ignore[union-attr]
    issued, shares = governed.of(PASSPORT_ISSUED), []
    returned = {int(row["cause"]): row for row in governed.of(PASSPORT_RETURNED)}
    late = {int(row["cause"]): row for row in governed.of(LATE_RETURN)}
    for row in issued:
        asked, granted = int(governed.cause_of(row)["points"]) // 1000, int(row["points"]) // 1000
        assert 1 <= granted <= asked
        shares.append(granted / asked)
        back = int(row["day"]) + (asked if int(row["id"]) in late else granted)
        if back < governed.days:
            assert returned[int(row["id"])]["day"] in (back, int(row["day"]) + asked)
    mean = (1 + float(travel.least_granted)) / 2
    figure("granted of asked", float(np.mean(shares)), mean)
    assert abs(np.mean(shares) - mean) < ERRORS * np.std(shares) / math.sqrt(len(shares)) + 0.01
    assert len(issued) > 300
    # nobody is abroad twice, and whoever is barred asks no more
    barred = {int(row["subject"]): int(row["day"]) for row in of_kind(governed, DISCIPLINED, "travel")}
    asking = of_kind(governed, ASKED, "travel")
    assert barred
    assert all(int(row["day"]) <= barred.get(int(row["subject"]), governed.days) for row in asking)


def test_who_lives_with_an_official_of_a_strategic_sector_asks_too(governed: Lived, lawful: Lived) -> None:
    people = governed.setting.population
    homes = np.repeat(
        np.arange(len(people.household_first) - 1), np.diff(people.household_first.astype(np.int64))
    )
    sensitive = np.bincount(homes, people.person["stratum"] == STRATA.index("strategic"))
    permits = governed.of(HOUSEHOLD_PERMIT)
    assert len(permits) == total(governed, "household_permits") > 20
    assert (sensitive[homes[permits["subject"]]] > 0).all()
    service: Any = governed.regime.data.civil_service
    share = float(service.pass_rate) ** float(service.travel.household_layers)
    given = int((permits["rule"] == GIVEN).sum())
    assert near(given, share * len(permits), share * (1 - share) * len(permits))
    assert not len(lawful.of(HOUSEHOLD_PERMIT, PASSPORT_WITHHELD))
    # a passport refused, and a trip that somebody else takes under ordinary law
    assert total(governed, "civ.travel.acted") < 0.97 * total(lawful, "civ.travel.acted")
    assert total(governed, "passports_withheld") == len(governed.of(PASSPORT_WITHHELD)) > 20


def test_investigations_last_and_end_as_the_file_says(governed: Lived, strict: Lived, figure: Figure) -> None:
    for lived in (governed, strict):
        rule: Any = lived.regime.data.civil_service.investigations  # type: ignore[union-attr]
        opened, ended = lived.of(INQUIRY_OPENED), lived.of(INQUIRY_CLOSED)
        days = opened["points"] / 1000
        assert len(opened) == total(lived, "inquiries") > 20
        assert float(rule.least_days) <= days.min() <= days.max() <= float(rule.most_days)
        assert all(lived.cause_of(row)["what"] == DISCIPLINED for row in opened)
        for row in ended:
            begun = lived.cause_of(row)
            assert int(row["day"]) == int(begun["day"]) + int(begun["points"]) // 1000
        for place, share in ((1, float(rule.record)), (2, float(rule.dismissal))):
            assert near((ended["rule"] == place).sum(), share * len(ended), share * (1 - share) * len(ended))
        asked = {(int(row["subject"]), int(row["day"])) for row in of_kind(lived, ASKED, "travel")}
        for row in opened:
            begun, end = int(row["day"]), int(row["day"]) + int(row["points"]) // 1000
            assert not any((int(row["subject"]), day) in asked for day in range(begun + 1, end))
    found = of_kind(governed, DISCIPLINED, "internet")
    share = float(governed.regime.data.civil_service.internet.investigated)  # type: ignore[union-attr]
    followed = sum(
        any(effect["what"] == INQUIRY_OPENED for effect in governed.effects.get(int(row["id"]), []))
        for row in found
    )
    figure("investigated of found", followed / len(found), share)
    # one at a time: somebody who is investigated is not investigated again
    error = ERRORS * math.sqrt(share * (1 - share) * len(found))
    assert share * 0.8 * len(found) - error < followed < share * len(found) + error


def test_a_relative_marks_an_official_by_what_they_are_and_by_what_they_did(governed: Lived) -> None:
    marks = governed.of(RELATIVE_MARKED)
    rule: Any = governed.regime.data.civil_service.relatives  # type: ignore[union-attr]
    by_condition, by_offence = (marks[marks["rule"] == root] for root in (CONDITION, OFFENCE))
    met = total(governed, "cs.relative.met") - total(governed, "cs.relative.vetoed")
    share = float(rule.condition)
    assert near(len(by_condition), share * met, share * (1 - share) * met)
    assert len(by_offence) > 100
    for row in by_offence:
        cause = governed.cause_of(row)
        assert cause["what"] == RECORD
        assert cause["subject"] != row["subject"]
    points = -int(marks["points"].sum())
    assert points == total(governed, "relatives_points")
