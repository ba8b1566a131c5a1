"""Jobs are lost and found at the rates written down, and the stock of those who seek work follows."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.laws.conftest import NO_SCREENS, Figure
from tests.laws.lived import Lived, live, subject_index, subject_kind

from demerit.catalogue.counters import flow
from demerit.catalogue.entries import (
    DERIVED,
    HIRED,
    JOB_LOST,
    LICENCE_WITHHELD,
    SANCTION_END,
    SANCTION_START,
    SCOLDING,
)
from demerit.catalogue.words import (
    BY_LAYOFF,
    BY_LICENCE,
    BY_RECORD,
    BY_SANCTION,
    BY_SEPARATION,
    BY_STRESS,
    COMPANY,
    ELIGIBILITY,
    EMPLOYED,
    NO_WORK,
    OWN_ACCOUNT,
    SEEKING,
)
from demerit.regime import Regime
from demerit.simulation.first_jobs import separation_rate
from demerit.simulation.setting import settle
from demerit.society import Society
from demerit.society.plan import NEIGHBOURHOOD

ERRORS = 4.0
"""Standard errors within which a count must lie; a chance of 1 in 16,000 each."""
YEARS = 4
DAYS = YEARS * 364
STILL = {
    "life_course.enabled": False,
    "rescue.enabled": False,
    "collisions.enabled": False,
    "power.enabled": False,
    "gaming.enabled": False,
    "organisations.cuts_unpaid": 0,
}
"""Nobody leaves school, retires or is hurt, and no firm cuts jobs for want of money."""
PLAIN = NO_SCREENS | {"civil_service.enabled": False, "hukou.enabled": False}
"""Nobody is shown, and officials and newcomers are employed like others."""
BRISK = {"situation.work.separation.rate": 1.0, "labour.applications": 24, "labour.hired": 0.25}
"""Jobs that last a year, and searches of two months."""


class Watched:
    """A world with the stock of seekers of every week."""

    def __init__(self, society: dict[str, Any], regime: Regime, people: int, days: int) -> None:
        self.seeking: list[int] = []
        setting = settle(Society.load("city").patched(STILL | society), people, 11)
        world = setting.world(regime)
        self.setting, self.world = setting, world
        self.active = world.state["job"] != NO_WORK
        world.run(days, each_day=self._note)
        self.counts = world.counters().sum(0)
        self.rows = world.take_rows()

    def _note(self, world: Any) -> None:
        self.seeking.append(int((world.state["job"] == SEEKING).sum()))

    def count(self, name: str) -> int:
        return int(self.counts[flow(name)])


@pytest.fixture(scope="module")
def brisk() -> Watched:
    """Return four years of brisk labour without any rule."""
    return Watched(BRISK, Regime.load("empty"), 8_000, DAYS)


def shares(watched: Watched) -> np.ndarray:
    """Return the share of time that everybody spends seeking, lambda / (lambda + mu)."""
    people, traits = watched.setting.people, watched.setting.population.traits
    losing = np.array([separation_rate(own, people) for own in traits[watched.active]]) / 65536 / 365
    own_account = watched.world.work["terms"][watched.active] & 1 == 1
    labour = watched.setting.society.data.labour
    search = 365 / float(labour.applications) / float(labour.hired) + np.where(own_account, 0, 2)
    return np.asarray(losing / (losing + 1 / search))


def test_the_stock_of_seekers_is_that_of_a_two_state_process(brisk: Watched, figure: Figure) -> None:
    """With exponential jobs and searches the share that seeks is lambda / (lambda + mu) [M60]."""
    chance = shares(brisk)
    expected = chance.sum()
    assert 0.1 < chance.mean() < 0.3
    # the mean of a stationary process that forgets within a search and a job
    memory = 2 * 60 / DAYS
    error = math.sqrt((chance * (1 - chance)).sum() * memory)
    found = float(np.mean(brisk.seeking))
    figure(
        f"{found:.0f} seek work where {expected:.0f} should, errors off", (found - expected) / error, ERRORS
    )
    assert abs(found - expected) < ERRORS * error
    first = math.sqrt((chance * (1 - chance)).sum())
    assert abs(brisk.seeking[0] - expected) < ERRORS * first


def test_the_stock_of_seekers_is_arrivals_times_their_search(brisk: Watched, figure: Figure) -> None:
    """Little's law: L = lambda W, whatever the distribution of the searches."""
    rows = np.sort(brisk.rows[np.isin(brisk.rows["what"], (JOB_LOST, HIRED))], order=("subject", "day"))
    found = np.flatnonzero((rows["what"][1:] == HIRED) & (rows["subject"][1:] == rows["subject"][:-1])) + 1
    # a search that began before the run is not known from its beginning, so the first year is left out
    found = found[rows["day"][found] >= 364]
    search = (rows["day"][found].astype(int) - rows["day"][found - 1]).mean()
    lost = rows["day"][rows["what"] == JOB_LOST]
    arrivals = (lost >= 364).sum() / (DAYS - 364)
    stock = float(np.mean(brisk.seeking[364:]))
    off = stock / (arrivals * search) - 1
    figure("stock of seekers over arrivals times search, off by", off, 0.03)
    assert abs(off) < 0.03


def test_every_job_is_lost_and_found_in_the_ledger(brisk: Watched) -> None:
    lost, found = (brisk.rows[brisk.rows["what"] == what] for what in (JOB_LOST, HIRED))
    assert (lost["rule"] == BY_SEPARATION).all()
    assert len(lost) == brisk.count("job_lost_separation")
    assert len(found) == brisk.count("hired")
    people = len(brisk.world.state)
    balance = np.bincount(found["subject"], minlength=people) - np.bincount(lost["subject"], minlength=people)
    job = brisk.world.state["job"]
    # whoever sought work on the first day began without a job
    assert set(np.unique(balance[job == SEEKING])) <= {-1, 0}
    assert set(np.unique(balance[(job == EMPLOYED) | (job == OWN_ACCOUNT)])) <= {0, 1}
    assert (balance[job == NO_WORK] == 0).all()
    work = brisk.world.work
    assert ((work["employer"] > 0) == (job == EMPLOYED)).all()


def hearing(watched: Watched) -> np.ndarray:
    """Return the chance with which the people of each neighbourhood hear of each company, by neighbourhood.

    From a neighbour drawn at random on, the first who worked anywhere on the first day says where.
    """
    employer = watched.setting.population.traits["employer"].astype(int)
    firsts = range(0, len(employer), NEIGHBOURHOOD)
    chance = np.zeros((len(firsts), len(watched.setting.population.companies)))
    for place, first in enumerate(firsts):
        here = employer[first : first + NEIGHBOURHOOD]
        at = np.flatnonzero(here)
        if len(at):
            # whoever is drawn in the gap before somebody who works hears of that one's employer
            gaps = np.diff(at, prepend=at[-1] - len(here))
            np.add.at(chance[place], here[at] - 1, gaps / len(here))
    return chance


def test_places_are_found_where_neighbours_worked_on_the_first_day(brisk: Watched, figure: Figure) -> None:
    """Staff taken on by each firm is a sum of independent draws with the chances of being heard of."""
    begun = brisk.setting.population.companies["employees"].astype(float)
    traits, employer = brisk.setting.population.traits, brisk.world.work["employer"].astype(int)
    by_trade = traits["flags"] >> ELIGIBILITY.index("truck_driver") & 1 == 1
    taken_on = np.zeros(len(employer), bool)
    taken_on[brisk.rows["subject"][brisk.rows["what"] == HIRED]] = True
    # drivers by trade look for a vehicle; who has never lost the first job was not taken on
    people = np.flatnonzero(taken_on & (employer > 0) & ~by_trade)
    chance = hearing(brisk)[people // NEIGHBOURHOOD]
    assert len(people) > 1000
    assert chance.sum(1) == pytest.approx(1)
    large = begun >= 20
    found = np.bincount(employer[people] - 1, minlength=len(begun))
    errors = (found - chance.sum(0))[large] / np.sqrt((chance * (1 - chance)).sum(0)[large])
    figure(f"{len(people)} taken on: the firm furthest from its share, errors off", abs(errors).max(), ERRORS)
    assert abs(errors).max() < ERRORS
    # by size: does anybody hear of large firms more or less often than that?
    mean = chance @ begun
    off = (begun[employer[people] - 1] - mean).sum() / math.sqrt((chance @ begun**2 - mean**2).sum())
    figure("size of the firms that took people on, errors off", off, ERRORS)
    assert abs(off) < ERRORS


def test_firms_keep_their_sizes_while_people_come_and_go(brisk: Watched, figure: Figure) -> None:
    """Places are heard of by the size firms had, so their staff stays what it was in the mean.

    A firm is heard of as often as people live in the gaps before its staff of the first day. Gaps between
    those who work, a share p of all, are geometric: a variance of 1 - p in units of their mean squared. So
    the staff of a firm of size b varies by b (1 - p) s^2 with where its people live, and by b s with who is
    taken on, when a share s of all jobs is held.
    """
    begun = brisk.setting.population.companies["employees"].astype(float)
    employer = brisk.world.work["employer"].astype(int)
    now = np.bincount(employer[employer > 0] - 1, minlength=len(begun))
    share, working = now.sum() / begun.sum(), begun.sum() / len(employer)
    large = begun >= 20
    assert stats.pearsonr(begun[large], now[large])[0] > 0.97
    slope = float((now[large] * begun[large]).sum() / (begun[large] ** 2).sum())
    variance = ((1 - working) * share**2 + share) * (begun[large] ** 3).sum()
    off = (slope - share) / (math.sqrt(variance) / (begun[large] ** 2).sum())
    figure(f"large firms keep {slope:.3f} of their staff, all {share:.3f}, errors off", off, ERRORS)
    assert abs(off) < ERRORS


QUIET = {
    "situation.work.separation.rate": 0.0,
    "labour.quitting": 0,
    "labour.licence_trade": 0,
    "labour.licence_other": 0,
    "company.dismiss_null": 1e-6,
    "company.dismiss_tau": 1000,
}
"""A society in which nobody loses a job; each test below lets one cause in."""
STRICT = {
    "conduct.road.crosswalk.coverage": 0.9,
    "conduct.road.speeding.coverage": 0.9,
    "licence.study_days": 300,
    "licence.study_most_days": 300,
}
"""Rules under which licences are withheld for most of a year, and drivers are rebuked often."""


def lived_with(society: dict[str, Any], rules: dict[str, Any], people: int = 5_000) -> Lived:
    setting = settle(Society.load("city").patched(STILL | QUIET | society), people, 5)
    essay = Regime.load("essay")
    safe = PLAIN | {
        f"sanction.{one.id}.job_loss": 0 for one in essay.data.sanctions if float(one.job_loss) > 0
    }
    return live(setting, essay.patched(safe | STRICT | rules), DAYS)


def work_spells(lived: Lived, person: int) -> list[tuple[int, int, int]]:
    """Return the first day, the last day and the cause's id (0 = still at work) of somebody's jobs."""
    return [(spell.first, spell.end, spell.cause) for spell in lived.spells_of_work(person) if spell.working]


def test_a_withheld_licence_costs_the_job_as_often_as_the_year_says(figure: Figure) -> None:
    """P = 1 - (1 - p)^(days / 365), p = .42 for drivers by trade and .10 for others [B110]."""
    lived = lived_with({"labour.licence_trade": 0.8, "labour.licence_other": 0.3}, {"licence.limit": 3})
    trade = lived.traits["flags"] >> ELIGIBILITY.index("truck_driver") & 1 == 1
    assert set(np.unique(lived.of(JOB_LOST)["rule"])) == {BY_LICENCE}
    without = np.unique(lived.of(LICENCE_WITHHELD)["subject"])
    spells = {int(person): work_spells(lived, person) for person in without}
    tried = lost = expected = variance = 0.0
    for row in lived.of(LICENCE_WITHHELD):
        person, day = int(row["subject"]), int(row["day"])
        here = [spell for spell in spells[person] if spell[0] < day <= spell[1]]
        if not here or day + 300 >= lived.days:
            continue
        chance = 1 - (1 - (0.8 if trade[person] else 0.3)) ** (300 / 365)
        tried += 1
        lost += here[0][2] == int(row["id"])
        expected += chance
        variance += chance * (1 - chance)
    assert tried > 150
    assert trade.any()
    off = (lost - expected) / math.sqrt(variance)
    figure(f"{lost:.0f} of {tried:.0f} lost the job with the licence, errors off", off, ERRORS)
    assert abs(off) < ERRORS


def test_stress_makes_people_leave_as_often_as_its_hazard_says(figure: Figure) -> None:
    """The hazard q z of stress z over the time at work adds up to the number of leavers (F33)."""
    lived = lived_with({"labour.quitting": 0.1}, {})
    assert set(np.unique(lived.of(JOB_LOST)["rule"])) == {BY_STRESS}
    stress = lived.setting.society.data.stress
    half_life, hazard = float(stress.half_life_days), 0.1 * 12 / 365
    units = [float(stress.employer), float(stress.police), float(stress.state)]
    leavers = compensator = 0.0
    rebukes: dict[int, list[np.void]] = {}
    for row in lived.of(SCOLDING):
        rebukes.setdefault(int(row["subject"]), []).append(row)
    for person, rows in rebukes.items():
        for began, ended, cause in work_spells(lived, person):
            leavers += cause > 0
            for row in rows:
                # a rebuke taken without work leads nobody to leave a later job
                if began < row["day"] < ended:
                    left = 1 - 2 ** (-(ended - int(row["day"])) / half_life)
                    compensator += hazard * units[int(row["rule"])] * half_life / math.log(2) * left
    assert leavers > 100
    off = (leavers - compensator) / math.sqrt(compensator)
    figure(f"{leavers:.0f} leave over stress where {compensator:.0f} should, errors off", off, ERRORS)
    assert abs(off) < ERRORS


def test_a_sanction_costs_jobs_by_the_week(figure: Figure) -> None:
    """The hazard of a month over the time at work under the sanction adds up to the jobs lost."""
    lived = lived_with({}, {"sanction.band-b.job_loss": 0.1})
    place = [rule.id for rule in lived.regime.data.sanctions].index("band-b")
    assert set(np.unique(lived.of(JOB_LOST)["rule"])) == {BY_SANCTION}
    days = 0
    rows = lived.of(SANCTION_START, SANCTION_END)
    rows = rows[rows["rule"] == place]
    for person in np.unique(rows["subject"]):
        mine = rows[rows["subject"] == person]
        under = [*mine["day"].tolist(), lived.days][: len(mine) + len(mine) % 2]
        for first, end in zip(under[::2], under[1::2], strict=True):
            for began, ended, _ in work_spells(lived, int(person)):
                days += max(min(end, ended) - max(first, began), 0)
    expected = days * 0.1 * 12 / 365
    found = len(lived.of(JOB_LOST))
    assert found > 100
    off = (found - expected) / math.sqrt(expected)
    figure(f"{found} jobs lost to a sanction where {expected:.0f} should, errors off", off, ERRORS)
    assert abs(off) < ERRORS


def test_companies_dismiss_drivers_whose_records_cost_them(figure: Figure) -> None:
    """A logit about the null probability of a record that costs nothing.

    Drivers know what awaits them and would keep the rules, so they break them because they cannot help it.
    """
    unable = {
        f"situation.{kind}.inability": 0.35 for kind in ("road.crosswalk", "road.speeding", "road.overload")
    }
    lived = lived_with({"company.dismiss_null": 0.3, "company.dismiss_tau": 2, **unable}, {})
    dismissed = lived.of(JOB_LOST)
    assert set(np.unique(dismissed["rule"])) == {BY_RECORD}
    chained = lived.of(DERIVED)
    chained = chained[subject_kind(chained["subject"]) == COMPANY]
    value = float(lived.setting.society.data.company.point_value_days)
    odds = math.log(0.3 / 0.7) + value * np.abs(chained["points"]) / 1000 / 2
    chance = 1 / (1 + np.exp(-odds))
    # notices to drivers who have gone already are not in the ledger
    assert len(chained) > 100
    assert 0.3 * len(dismissed) < chance.sum()
    assert len(dismissed) <= chance.sum() + ERRORS * math.sqrt((chance * (1 - chance)).sum())
    figure(f"{len(dismissed)} dismissals over {len(chained)} records", len(dismissed), chance.sum())
    for row in dismissed:
        cause = lived.cause_of(row)
        assert subject_kind(cause["subject"]) == COMPANY
    idle = lived.world.state["job"] == SEEKING
    drove = lived.traits["flags"] >> ELIGIBILITY.index("truck_driver") & 1 == 1
    assert not lived.world.work["vehicle"][idle & drove].any()


def test_a_company_under_sanction_cuts_jobs_by_the_week(figure: Figure) -> None:
    """Notices are the staff times the chance of a week, over the weeks under the sanction."""
    hazard = 0.006
    rules = {"sanction.company-b.below": 998, "sanction.company-b.job_loss": hazard}
    lived = lived_with({}, rules | {"sanction.inspected-more.inspections": 0})
    rows = lived.of(SANCTION_START, SANCTION_END)
    assert lived.world.book is not None
    cuts = [one.id for one in lived.world.book.layout.numbers.hanging].index("company-b")
    rows = rows[rows["rule"] == cuts]
    staff = lived.setting.population.companies["employees"].astype(int)
    expected = 0.0
    for company in np.unique(rows["subject"]):
        days = rows["day"][rows["subject"] == company].astype(int)
        ends = [*days, lived.days][: len(days) + len(days) % 2]
        weeks = sum((end - first) // 7 for first, end in zip(ends[::2], ends[1::2], strict=True))
        expected += staff[subject_index(company)] * weeks * -math.expm1(-hazard * 12 * 7 / 365)
    lost = lived.of(JOB_LOST)
    assert set(np.unique(lost["rule"])) == {BY_LAYOFF}
    assert len(lost) > 100
    # a notice finds nobody when four draws among the first staff meet people who have gone
    off = len(lost) / expected - 1
    figure(f"{len(lost)} jobs cut of {expected:.0f} notices, off by", off, 0.15)
    assert -0.15 < off < ERRORS / math.sqrt(expected)


def test_ordinary_law_leaves_employment_where_it_begins(law: Lived, figure: Figure) -> None:
    people, traits = law.setting.people, law.traits
    active = law.world.state["job"] != NO_WORK
    losing = np.array([separation_rate(own, people) for own in traits[active]]) / 65536 / 365
    labour = law.setting.society.data.labour
    search = 365 / float(labour.applications) / float(labour.hired) + 2
    chance = losing / (losing + 1 / search)
    found, error = int((law.world.state["job"] == SEEKING).sum()), math.sqrt((chance * (1 - chance)).sum())
    off = (found - chance.sum()) / error
    figure(
        f"{found} of {active.sum()} seek work after ten years, {chance.sum():.0f} at first, errors off",
        off,
        ERRORS,
    )
    assert abs(off) < ERRORS


def test_who_is_shunned_is_taken_on_half_as_often(figure: Figure) -> None:
    """The call-back factor [B113] acts on those whose standing employers may see, and on nobody else."""
    patches = {"employers.below": 1000}
    safe_jobs = {"company.dismiss_null": 1e-6, "company.dismiss_tau": 1000, "labour.quitting": 0}
    society = BRISK | safe_jobs | {"situation.money.bill.rate": 4}
    essay = Regime.load("essay")
    safe = PLAIN | {
        f"sanction.{one.id}.job_loss": 0 for one in essay.data.sanctions if float(one.job_loss) > 0
    }
    regime = essay.patched(safe | patches)
    watched = Watched(society, regime, 6_000, 2 * 364)
    shunned, applied = watched.count("looked_down_on"), watched.count("applications")
    labour = watched.setting.society.data.labour
    usual, less = float(labour.hired), float(labour.hired) * float(labour.seen_factor)
    expected = (applied - shunned) * usual + shunned * less
    error = math.sqrt((applied - shunned) * usual * (1 - usual) + shunned * less * (1 - less))
    assert shunned > 300
    off = (watched.count("hired") - expected) / error
    figure(f"{shunned} of {applied} applications shunned: hired, errors off", off, ERRORS)
    assert abs(off) < ERRORS
    wages = watched.world.work["wage"] / 32768
    assert set(np.round(wages[watched.active], 3)) == {1.0, round(1 - float(labour.seen_wage), 3)}


def test_separation_is_met_by_who_has_a_job_to_lose(brisk: Watched) -> None:
    met, vetoed = brisk.count("work.separation.met"), brisk.count("work.separation.vetoed")
    # a job ends on the day after, so a second separation may meet the same job
    assert 0 <= met - vetoed - brisk.count("job_lost_separation") < 0.01 * met
    assert vetoed > 100
