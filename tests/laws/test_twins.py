"""The worlds of a run are lived by the same people, who meet the same; and ordinary law stands still."""

from __future__ import annotations

import numpy as np
import pytest
from tests.laws.conftest import EVEN, NO_COMPLAINTS, NO_SCREENS, Figure
from tests.laws.lived import Lived, live

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.letters import PERMISSION
from demerit.catalogue.words import BODY_KINDS, CAUSED, CIRCLES, DEEDS, FAMILIES, INCIDENTS, KINDS, LAWFUL
from demerit.regime import Regime
from demerit.simulation.setting import Setting

NAMES = [flow[0] for flow in FLOWS]
ENDS = ("vetoed", "acted", "principle", "law", "score")


KNOWN = {
    "sanction.family-review.reads": "province",
    "passports.refused": 0,
    "passports.below": 0,
    "appeals.integrity.points": 0,
}
"""Patches of the essay under which nothing but a score that somebody has heard of is added to the law."""


def silent_on_speech(regime: Regime) -> Regime:
    """Return a regime in which petitions and speech are nobody's business, as under the law."""
    data = regime.canonical()
    data["conduct"] = [one for one in data["conduct"] if not one["answers"].startswith("civ.")]
    return Regime.from_canonical(data)


def by_cell(lived: Lived, name: str) -> np.ndarray:
    return np.asarray(lived.world.counters()[:, NAMES.index(name)])


@pytest.mark.parametrize("other", ["law", "empty"])
def test_twins_meet_the_same_situations_on_the_same_days(
    essay: Lived, other: str, request: pytest.FixtureRequest
) -> None:
    twin: Lived = request.getfixturevalue(other)
    assert (essay.met == twin.met).all()
    for kind in set(KINDS) - set(CAUSED):
        met = by_cell(essay, f"{kind}.met")
        if kind == "work.inspection":
            # a rule may send inspectors to firms that stand low, besides those who come anyway
            met = met - by_cell(essay, "grade_inspections")
        assert (met == by_cell(twin, f"{kind}.met")).all(), kind
        listed = int((essay.met["kind"] == KINDS.index(kind)).sum())
        assert (by_cell(essay, f"{kind}.met").sum() == listed) or kind in BODY_KINDS


def test_only_licence_and_job_can_veto_a_situation(essay: Lived, law: Lived, empty: Lived) -> None:
    # what arises for some of those who could meet it has laws of its own
    for_some = {"law.domestic", "law.staged", "law.residence", "nb.grudge", "work.harassment"}
    for kind in set(KINDS) - set(INCIDENTS) - set(CAUSED) - set(LAWFUL) - for_some:
        for lived in (essay, law):
            vetoed = by_cell(lived, f"{kind}.vetoed").sum()
            assert (vetoed > 0) == (kind.startswith("road.") or kind == "work.separation")
        # without rules there is no licence to lose, but jobs end all the same
        assert by_cell(empty, f"{kind}.vetoed").sum() == 0 or kind == "work.separation"


def test_every_situation_ends_in_one_way(essay: Lived, law: Lived) -> None:
    for lived in (essay, law):
        for kind in KINDS:
            if kind in DEEDS or kind in LAWFUL or kind in CAUSED:
                continue  # who passes by is not counted, and motives are of deeds done
            assert by_cell(lived, f"{kind}.met").sum() == sum(
                by_cell(lived, f"{kind}.{way}").sum() for way in ENDS
            )


def test_a_wish_that_is_not_fulfilled_was_refused_by_somebody(essay: Lived, law: Lived) -> None:
    for lived in (essay, law):
        open_ends = 0
        for kind in LAWFUL:
            ways = sum(by_cell(lived, f"{kind}.{way}").sum() for way in ENDS)
            open_ends += int(by_cell(lived, f"{kind}.met").sum() - ways)
        refused = ("service_denied", "household_refused", "passports_withheld")
        asking = (lived.world.pending()["kind"] == PERMISSION).sum()
        assert open_ends == sum(by_cell(lived, name).sum() for name in refused) + asking
        assert (open_ends > 0) == (lived is essay)


def test_under_ordinary_law_no_choice_needs_the_score(law: Lived) -> None:
    for kind in KINDS:
        assert by_cell(law, f"{kind}.score").sum() == 0
    assert (law.world.state["norm"] == 32768).all()


def test_ten_years_of_ordinary_law_leave_trust_in_every_circle_within_005(law: Lived, figure: Figure) -> None:
    trust = law.setting.society.data.trust
    now = law.world.state["trust"][law.adult].mean(0) / 65535
    for circle, name in enumerate(CIRCLES):
        start = float(getattr(trust, name))
        figure(f"{name}: {start} to {now[circle]:.4f}, moved by", now[circle] - start, 0.005)
        assert abs(now[circle] - start) < 0.005, name


def test_ten_years_of_ordinary_law_leave_perceived_risk_near_the_truth(law: Lived, figure: Figure) -> None:
    # the mean log-multiplier, 1/4096; the prototype of the design found a factor of 1.00
    multiplier = np.exp(law.world.state["perceived"][law.adult] / 4096).mean(0)
    for family, found in zip(FAMILIES, multiplier, strict=True):
        figure(f"{family}: factor on the true coverage, less one", found - 1, 0.03)
        assert abs(found - 1) < 0.03


def test_twins_whom_no_rule_reaches_are_the_same_person(city: Setting) -> None:
    # all points at nought, nobody aware, told or listed, no violation counted, judges as independent as
    # under the law: the essay's regime is ordinary law
    rules, law = Regime.load("essay").data, Regime.load("ordinary-law").patched(NO_COMPLAINTS)
    assert rules.appeals is not None
    assert law.data.appeals is not None
    pointless = Regime.load("essay").patched(
        {
            **{f"conduct.{one.id}.lists.{name}": 0 for one in rules.conducts for name in one.lists},
            **{f"conduct.{one.id}.violation": False for one in rules.conducts if one.violation},
            "appeals.independence": float(law.data.appeals.independence),
            "appeals.legal_aid": float(law.data.appeals.legal_aid),
            **{
                f"conduct.{conduct.id}.points.{register}": 0
                for conduct in rules.conducts
                for register in conduct.points
                if register != "credit"
            },
            "conduct.nb.deed_seen.coverage": 0,
            "score.weights.credit": 0,
            "score.weights.court": 0,
            "awareness.share": 0,
            "awareness.novelty": 1,
            "detection.context_recognition": 0.5,
            "scolding.employer": False,
            "scolding.state": False,
            **EVEN,
            **NO_COMPLAINTS,
            **NO_SCREENS,
            **KNOWN,
        }
    )
    lived = live(city, silent_on_speech(pointless), 728)
    plain = live(city, law, 728)
    shared = [name for name in lived.world.state.dtype.names if name != "composite_day"]
    for column in shared:
        assert (lived.world.state[column] == plain.world.state[column]).all(), column
    for name in NAMES:
        # organisations need nobody to tell them of the score, and employers look at it
        others = ("arrivals", "losses", "employer_lookups")
        if name not in others and not name.startswith(("body_", *BODY_KINDS)):
            assert (by_cell(lived, name) == by_cell(plain, name)).all(), name


def test_where_nobody_knows_the_score_everybody_chooses_as_under_ordinary_law(city: Setting) -> None:
    # on the first day, before a record of one's own or a neighbour's case tells anybody of it
    unknown = {"awareness.share": 0, "awareness.novelty": 1, **EVEN, **NO_COMPLAINTS, **NO_SCREENS, **KNOWN}
    first = live(city, silent_on_speech(Regime.load("essay").patched(unknown)), 1)
    plain = live(city, Regime.load("ordinary-law").patched(NO_COMPLAINTS), 1)
    for kind in set(KINDS) - set(BODY_KINDS):
        for column in ("acted", "expected"):
            assert (by_cell(first, f"{kind}.{column}") == by_cell(plain, f"{kind}.{column}")).all()
    assert sum(by_cell(first, f"{kind}.acted").sum() for kind in KINDS) > 80
