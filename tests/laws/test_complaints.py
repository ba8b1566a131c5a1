"""Who reports whom: witnesses, grudges, what offices make of it, against the closed form and Bayes' rule.

Statistical tests allow four standard errors, a chance of 1 in 16,000 each; seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.laws.conftest import NO_COMPLAINTS, NO_STAGING, Figure
from tests.laws.lived import Lived, id_subject, live
from tests.laws.test_choice import ERRORS, UNLEARNING, total

from demerit.catalogue.entries import (
    CREDIT,
    DISMISSED_COMPLAINT,
    EXPOSED,
    FEUD,
    RECORD,
    REPORTED,
    REWARDED,
    SILENCE,
)
from demerit.catalogue.words import CHILD, FABRICATED, KINDS, TRUE
from demerit.regime import Regime
from demerit.simulation.setting import Setting, settle
from demerit.society import Society

YEARS = 4
SEEN_AT_THE_DOOR = {
    "situation.nb.nuisance.circles.family": 0,
    **{
        f"situation.{kind}.circles.{circle}": 0
        for kind, circles in {
            "law.petty": ("neighbours", "friends", "family"),
            "law.fraud": ("friends", "colleagues"),
            "law.assault": ("neighbours", "friends", "colleagues"),
            "law.domestic": ("family", "neighbours"),
            "work.order": ("colleagues",),
            "money.merchant": ("family", "colleagues"),
            "road.drink": ("family", "friends"),
            "road.crosswalk": ("family", "friends"),
        }.items()
        for circle in circles
    },
    **{f"situation.nb.grudge.circles.{circle}": 0 for circle in ("family", "friends", "colleagues")},
    **{f"reporting.betrayal_{circle}": 0 for circle in ("family", "friends", "neighbours", "colleagues")},
    "reporting.feud_rate": 0,
}
"""Nothing but nuisances is seen, and by neighbours alone; being reported changes nothing."""


@pytest.fixture(scope="module")
def door() -> Setting:
    return settle(Society.load("city").patched(UNLEARNING | SEEN_AT_THE_DOOR), 20_000, 4)


@pytest.fixture(scope="module")
def lawful(door: Setting) -> Lived:
    """Four years under ordinary law, in which nuisances and grudges are all there is to report."""
    return live(door, Regime.load("ordinary-law").patched(NO_STAGING), YEARS * 364)


@pytest.fixture(scope="module")
def watched(city: Setting) -> Lived:
    """Four years under the essay's regime."""
    return live(city, Regime.load("essay").patched(NO_STAGING), YEARS * 364)


def off(found: float, expected: float) -> float:
    """Return how many standard errors a count of rare things lies off."""
    return (found - expected) / math.sqrt(max(expected, 1e-9))


def chance_of_reporting(lived: Lived) -> float:
    """P(report) of the mean adult neighbour who has seen a nuisance, under ordinary law."""
    society = lived.setting.society.data
    conscience = lived.traits["conscience"][lived.adult] / 65536
    harm = 2000.0 ** float(society.situations[_place(lived, "nb.nuisance")].harm) - 1
    reporting = society.reporting
    utility = float(reporting.duty) * conscience * harm
    utility = utility - float(reporting.effort_days) - float(reporting.tie_neighbours_days)
    return float((1 / (1 + np.exp(-utility / float(reporting.noise_days)))).mean())


def _place(lived: Lived, kind: str) -> int:
    return [one.id for one in lived.setting.society.data.situations].index(kind)


def filed_chances(lived: Lived) -> tuple[float, float]:
    """P(record) of a true and of a false report, from the numbers of the file."""
    rules = lived.regime.data.complaints
    assert rules is not None
    check, idle = float(rules.check), (1 - float(rules.check)) * float(rules.unchecked)
    return check * float(rules.upholds_true) + idle, check * (1 - float(rules.finds_false)) + idle


def test_a_nuisance_that_no_office_saw_is_seen_by_as_many_neighbours_as_the_file_says(
    lawful: Lived, figure: Figure
) -> None:
    conduct = next(one for one in lawful.regime.data.conducts if one.answers == "nb.nuisance")
    unseen = total(lawful, "nb.nuisance.acted") * (1 - float(conduct.coverage))
    seen = lawful.setting.society.data.situations[_place(lawful, "nb.nuisance")].circles["neighbours"]
    # in one case in a thousand four draws find no adult neighbour
    errors = off(total(lawful, "nb.witness.met"), unseen * float(seen))
    figure("witnesses, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


def test_witnesses_report_with_the_chance_of_the_closed_form(lawful: Lived, figure: Figure) -> None:
    expected = total(lawful, "nb.witness.met") * chance_of_reporting(lawful)
    errors = off(total(lawful, "reports_true"), expected)
    figure(f"{expected:.0f} reports expected, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


def test_grudges_arise_with_proneness_and_are_given_in_to_with_the_null_probability(
    lawful: Lived, figure: Figure
) -> None:
    met = lawful.met[lawful.met["kind"] == KINDS.index("nb.grudge")]
    prone = lawful.setting.population.person["grudge"][met["person"]] / 255
    arisen = total(lawful, "nb.grudge.met") - total(lawful, "nb.grudge.vetoed")
    assert abs(arisen - prone.sum()) < ERRORS * math.sqrt((prone * (1 - prone)).sum())
    situation = lawful.setting.society.data.situations[_place(lawful, "nb.grudge")]
    # who has a record, or none, hardly differs in what a fine means: the chance is that of the calibration
    errors = off(total(lawful, "reports_false"), arisen * float(situation.null_probability or 0))
    figure("false reports, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS


def test_who_was_reported_did_it_with_the_chance_of_bayes_rule(lawful: Lived, figure: Figure) -> None:
    # M45 with rates: g of guilt, a of a report about the guilty, f of one about anybody else
    conduct = next(one for one in lawful.regime.data.conducts if one.answers == "nb.nuisance")
    situations = {one.id: one for one in lawful.setting.society.data.situations}
    guilt = total(lawful, "nb.nuisance.acted") * (1 - float(conduct.coverage))
    seen = float(situations["nb.nuisance"].circles["neighbours"])
    true, false = filed_chances(lawful)
    grudge = situations["nb.grudge"]
    met = lawful.met[lawful.met["kind"] == KINDS.index("nb.grudge")]
    prone = (lawful.setting.population.person["grudge"][met["person"]] / 255).sum()
    about_guilty = guilt * seen * chance_of_reporting(lawful) * true
    about_others = prone * float(grudge.null_probability or 0) * false
    posterior = about_guilty / (about_guilty + about_others)
    records = total(lawful, "complaints_filed_true"), total(lawful, "complaints_filed_false")
    found = records[0] / sum(records)
    error = math.sqrt(posterior * (1 - posterior) / sum(records))
    figure(f"posterior {found:.3f} for {posterior:.3f}, errors off", (found - posterior) / error, ERRORS)
    assert abs(found - posterior) < ERRORS * error
    # more than half did it, and nobody who reads the record can tell which
    assert 0.5 < found < 1


def test_complaints_become_records_with_the_chances_of_the_checks(watched: Lived) -> None:
    true, false = filed_chances(watched)
    for label, chance in (("true", true), ("false", false)):
        reports = total(watched, f"reports_{label}")
        filed = total(watched, f"complaints_filed_{label}")
        # exempt people, context and complaints on their way take one or two in a hundred
        assert filed < reports
        assert abs(filed - chance * reports) < 0.05 * reports + ERRORS * math.sqrt(reports)


def test_every_record_after_a_complaint_names_the_report_behind_it(watched: Lived) -> None:
    records = watched.of(RECORD)
    made_up = records[records["label"] == FABRICATED]
    assert len(made_up) == total(watched, "complaints_filed_false") > 100
    for row in made_up:
        report = watched.cause_of(row)
        assert (report["what"], report["label"]) == (REPORTED, FABRICATED)
        assert report["subject"] != row["subject"]
    reports = watched.of(REPORTED)
    assert len(reports) == total(watched, "reports_true") + total(watched, "reports_false")
    # a true report is caused by the act of somebody else, which the ledger need not hold
    true = reports[reports["label"] != FABRICATED]
    assert (id_subject(true["cause"]) != true["subject"]).all()
    for what in (DISMISSED_COMPLAINT, EXPOSED):
        assert all(watched.cause_of(row)["what"] == REPORTED for row in watched.of(what))
    rewards = watched.of(REWARDED)
    assert len(rewards) > 100
    assert all(watched.cause_of(row)["what"] == RECORD for row in rewards)
    credits = watched.of(CREDIT)
    paid = credits[watched.kinds_of_rows(credits) == "nb.witness"]
    assert len(paid) == len(rewards)
    assert len(watched.of(SILENCE)) == total(watched, "silences") > 0


def test_feuds_bring_occasions_at_their_rate_and_false_reports_about_the_right_one(
    watched: Lived, figure: Figure
) -> None:
    feuds = watched.of(FEUD)
    assert len(feuds) == total(watched, "feuds") > 200
    reporting = watched.setting.society.data.reporting
    lasting = np.minimum(watched.days - feuds["day"].astype(int), float(reporting.feud_years) * 365)
    expected = lasting.sum() / 365 * float(reporting.feud_rate)
    drawn = (watched.met["kind"] == KINDS.index("nb.grudge")).sum()
    # a pair that falls out again while it is at it has a longer feud, and none besides: one in a hundred here
    errors = off(total(watched, "nb.grudge.met") - drawn, expected)
    figure(f"{expected:.0f} occasions expected, errors off", errors, ERRORS)
    assert abs(errors) < ERRORS
    reprisals, right = total(watched, "reprisals"), total(watched, "reprisals_right")
    share = float(reporting.guesses_right)
    assert abs(right - share * reprisals) < ERRORS * math.sqrt(share * (1 - share) * reprisals)
    accused = {int(row["subject"]) for row in feuds}
    answered = [row for row in watched.of(REPORTED) if int(row["subject"]) in accused]
    assert len(answered) >= reprisals > 20


@pytest.fixture(scope="module")
def bitter() -> Lived:
    """Four years in which being reported, believing to know by whom, and paying it back are frequent."""
    frequent = {"guesses": 0.8, "guesses_right": 0.7, "feud_rate": 4, "feud_years": 5}
    society = Society.load("city").patched({f"reporting.{key}": value for key, value in frequent.items()})
    return live(
        settle(society, 2_000, 4), Regime.load("essay").patched({"complaints.reward": 500} | NO_STAGING), 1456
    )


def test_a_second_grudge_makes_a_feud_longer_and_not_denser(bitter: Lived, figure: Figure) -> None:
    # F28, "that pair's grudge rate becomes": at most one report in a stretch of a pair, whatever lies between
    made = bitter.of(REPORTED)
    feuds = bitter.of(FEUD)
    made = made[np.isin(made["cause"], feuds["id"])]
    assert len(made) == total(bitter, "reprisals") > 1_000
    outcome = {
        int(row["cause"]): int(row["subject"]) for row in bitter.of(RECORD, EXPOSED, DISMISSED_COMPLAINT)
    }
    wait = round(365 / float(bitter.setting.society.data.reporting.feud_rate))
    stretches = [
        (int(row["subject"]), outcome[int(row["id"])], int(row["day"]) // wait)
        for row in made
        if int(row["id"]) in outcome
    ]
    assert len(stretches) > 0.8 * len(made)
    assert len(set(stretches)) == len(stretches)
    # and there would be more without it: feuds that the same pair began again while one went on
    reporter = {int(row["id"]): int(row["subject"]) for row in bitter.of(REPORTED)}
    by_record = {int(row["id"]): int(row["cause"]) for row in bitter.of(RECORD, EXPOSED)}
    pairs = [(int(row["subject"]), reporter[by_record[int(row["cause"])]]) for row in feuds]
    figure("feuds a pair that has any", len(pairs) / len(set(pairs)), 0)
    assert len(pairs) > 1.2 * len(set(pairs))
    assert total(bitter, "feud_occasions") < 0.9 * _were_they_added(bitter)


def _were_they_added(lived: Lived) -> float:
    """Return the occasions of all feuds, had each its own."""
    reporting, feuds = lived.setting.society.data.reporting, lived.of(FEUD)
    lasting = np.minimum(lived.days - feuds["day"].astype(int), float(reporting.feud_years) * 365)
    return float(lasting.sum() / 365 * float(reporting.feud_rate))


def test_reporters_are_neighbours_colleagues_friends_and_family_children_too(watched: Lived) -> None:
    by = {
        circle: total(watched, f"reports_{circle}")
        for circle in ("family", "friends", "neighbours", "colleagues")
    }
    assert sum(by.values()) == len(watched.of(REPORTED))
    assert min(by.values()) > 10
    children = watched.setting.population.person["stratum"][watched.of(REPORTED)["subject"]] == CHILD
    assert children.sum() == total(watched, "reports_by_children") > 0
    assert not (watched.of(REPORTED)["label"][children] == FABRICATED).any()


def test_the_fear_of_complaints_holds_some_back_at_home(city: Setting, watched: Lived) -> None:
    # R16: some who do not strike at home are held by what somebody might report
    free = live(city, Regime.load("essay").patched(NO_COMPLAINTS), YEARS * 364)
    alone, told = (total(one, "law.domestic.expected") for one in (free, watched))
    assert told < 0.97 * alone
    assert total(watched, "held_by_complaints") > 0
    assert total(free, "held_by_complaints") == 0


def test_with_every_complaint_checked_and_every_lie_found_no_record_is_made_up(city: Setting) -> None:
    checks = {"complaints.check": 1, "complaints.finds_false": 1, "complaints.upholds_true": 1}
    # who would be fined for every lie would tell none: a record is all that follows
    lenient = {
        "complaints.prosecuted": 1,
        "conduct.nb.grudge.fine": 0,
        "conduct.nb.grudge.points.municipal": 0,
    }
    strict = live(city, Regime.load("essay").patched(checks | lenient | NO_STAGING), 728)
    assert total(strict, "reports_false") > 0
    assert not (strict.of(RECORD)["label"] == FABRICATED).any()
    assert total(strict, "complaints_dismissed") == 0
    # who has lied is recorded for it, and that record is true
    lies = strict.of(RECORD)[strict.kinds_of_rows(strict.of(RECORD)) == "nb.grudge"]
    assert 0 < len(lies) <= total(strict, "false_reports_found")
    assert (lies["label"] == TRUE).all()


def test_without_reward_campaign_or_duty_nobody_reports_for_the_score(city: Setting) -> None:
    plain = {
        "complaints.reward": 0,
        "complaints.campaign.effort": 1,
        "complaints.campaign.duty": 1,
        "complaints.silence.found": 0,
        "conduct.nb.witness.points.municipal": 0,
    }
    lived = live(city, Regime.load("essay").patched(plain | NO_STAGING), 728)
    assert total(lived, "reports_true") > 0
    for name in ("nb.witness.score", "silences", "report_rewards_fen"):
        assert total(lived, name) == 0
    # the penalty of a lie differs from that of ordinary law, so a few are told for want of checks
    assert total(lived, "reports_paid") < 0.2 * max(total(lived, "reports_false"), 10)
    assert not len(lived.of(REWARDED, SILENCE))


def test_without_complaints_nothing_of_them_is_left(essay: Lived) -> None:
    assert not len(essay.of(REPORTED, DISMISSED_COMPLAINT, EXPOSED, REWARDED, FEUD, SILENCE))
    for name in ("reports_true", "reports_false", "nb.witness.met", "nb.grudge.acted", "held_by_complaints"):
        assert total(essay, name) == 0
