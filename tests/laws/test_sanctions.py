"""A sanction is in force exactly while the score it reads is below its threshold, at the cost in the rule."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.laws.conftest import Figure
from tests.laws.lived import Lived, subject_kind
from tests.laws.theory import Theory, fold, rounded

from demerit.catalogue.counters import FLOWS
from demerit.catalogue.entries import (
    ARRIVAL,
    CONVICTION,
    CREDIT,
    DERIVED,
    ENTERED,
    NO_REGISTER,
    RECALL,
    RECORD,
    REPAIRED,
    SANCTION_END,
    SANCTION_START,
    WITHDRAWAL,
    WITHDRAWN_DERIVED,
)
from demerit.catalogue.words import CITIZEN, EMPLOYED
from demerit.errors import FileProblems
from demerit.regime import Regime

ROUNDING = 2.2
"""Thousandths of a point that a score can lose each time it fades (see the laws of the ledger)."""

CHANGES = (
    RECORD,
    CREDIT,
    ENTERED,
    CONVICTION,
    ARRIVAL,
    DERIVED,
    RECALL,
    WITHDRAWAL,
    WITHDRAWN_DERIVED,
    REPAIRED,
)
"""Entries that change a sum of a citizen's account."""

Spells = dict[tuple[int, int], list[list[int]]]
"""Days on which each sanction of each subject began and ended; a spell that lasts has no end."""


@dataclass(frozen=True)
class Threshold:
    """What a sanction or reward reads, and from where on it applies (whole points from the base)."""

    number: int
    system: str
    edge: int
    reward: bool
    half_life: float

    def applies(self, points: float) -> bool:
        """Tell whether it applies at points in thousandths."""
        shown = rounded(points / 1000)
        return bool(shown >= self.edge) if self.reward else bool(shown < self.edge)

    def days_to_change(self, points: float) -> int | None:
        """Return after how many days fading alone changes whether it applies; None if it never does."""
        if self.applies(points) == self.applies(0):
            return None
        # halves go away from zero: what is shown changes when the size falls below a whole and a half
        size = 1000 * (self.edge - 0.5 if points > 0 else 0.5 - self.edge)
        return math.floor(self.half_life * math.log2(abs(points) / size)) + 1


def of_citizens(lived: Lived) -> list[tuple[int, Any]]:
    """Return the sanctions and rewards of citizens with their numbers, in the order of their bits."""
    rules = (*lived.regime.data.sanctions, *lived.regime.data.rewards)
    return [(number, rule) for number, rule in enumerate(rules) if rule.of == "citizen"]


def thresholds(lived: Lived) -> list[Threshold]:
    theory = Theory(lived.regime.data, lived.setting.society.data)
    found = []
    for number, rule in of_citizens(lived):
        reads = "" if rule.reads is None else rule.reads
        if reads not in (*theory.registers, *(one.id for one in lived.regime.data.platforms)):
            continue  # it hangs on a list
        scale = theory.scale(reads)
        reward = hasattr(rule, "above")
        edge = float(rule.above if reward else rule.below) - scale.base
        found.append(Threshold(number, rule.reads, round(edge), reward, scale.half_life))
    return found


@cache
def entries_of(lived: Lived, system: str) -> dict[int, list[tuple[int, int]]]:
    """Return the days and thousandths that moved a score system, by citizen."""
    score = lived.regime.data.score
    if score is not None and system == score.platform:
        rows = lived.of(ARRIVAL, RECALL)
    else:
        rows = lived.of(RECORD, CREDIT, ENTERED, CONVICTION, DERIVED, WITHDRAWAL, WITHDRAWN_DERIVED)
        rows = rows[rows["register"] == lived.register(system)]
    # a course that is done names no register: its rule says what it restores
    restoring = [number for number, rule in enumerate(lived.regime.data.repairs) if rule.restores == system]
    done = lived.of(REPAIRED)
    rows = np.concatenate((rows, done[np.isin(done["rule"], restoring)]))
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in rows[subject_kind(rows["subject"]) == CITIZEN]:
        found[int(row["subject"])].append((int(row["day"]), int(row["points"])))
    return found


@cache
def days_of(lived: Lived) -> dict[int, list[int]]:
    """Return the days on which any score of each citizen was changed: all of them stand at the last one."""
    rows = lived.of(*CHANGES)
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows[subject_kind(rows["subject"]) == CITIZEN]:
        if row["register"] != NO_REGISTER or row["what"] == REPAIRED:
            found[int(row["subject"])].add(int(row["day"]))
    return {subject: sorted(days) for subject, days in found.items()}


def spells(
    threshold: Threshold, entries: list[tuple[int, int]], days: list[int], last: int
) -> list[list[int]]:
    """Return the spells of a sanction that follow from the entries of a score; both in closed form."""
    found: list[list[int]] = []
    value, since, on = 0, 0, False
    for place, day in enumerate(days):
        # points are kept in whole thousandths: what is less is dropped each time they fade
        value = math.trunc(value * 0.5 ** ((day - since) / threshold.half_life))
        value += sum(points for when, points in entries if when == day)
        since = day
        changes = [(day, threshold.applies(value))]
        until = days[place + 1] if place + 1 < len(days) else last + 1
        fading = threshold.days_to_change(value)
        if fading is not None and day + fading < until:
            changes.append((day + fading, not threshold.applies(value)))
        for when, now in changes:
            if now and not on:
                found.append([when])
            elif on and not now:
                found[-1].append(when)
            on = now
    return found


@cache
def spells_of(lived: Lived) -> Spells:
    """Return the spells that follow from the scores of everybody."""
    found: Spells = {}
    for threshold in thresholds(lived):
        for subject, entries in entries_of(lived, threshold.system).items():
            if listed := spells(threshold, entries, days_of(lived)[subject], lived.days - 1):
                found[subject, threshold.number] = listed
    return found


@cache
def spells_in_ledger(lived: Lived) -> Spells:
    found: Spells = defaultdict(list)
    rows = lived.of(SANCTION_START, SANCTION_END)
    for row in rows[subject_kind(rows["subject"]) == CITIZEN]:
        key = int(row["subject"]), int(row["rule"])
        if row["what"] == SANCTION_START:
            found[key].append([int(row["day"])])
        else:
            found[key][-1].append(int(row["day"]))
    return dict(found)


@pytest.fixture(params=("essay", "law", "strict"))
def ruled(request: pytest.FixtureRequest) -> Lived:
    world: Lived = request.getfixturevalue(request.param)
    return world


def changes_of(lived: Lived, subject: int, day: int) -> int:
    """Return on how many days up to one any score of a citizen was changed."""
    return sum(one <= day for one in days_of(lived)[subject])


def distance(lived: Lived, threshold: Threshold, subject: int, day: int) -> tuple[float, int]:
    """Return how far a score stands from where the threshold is shown, and how often it has faded."""
    entries = [one for one in entries_of(lived, threshold.system)[subject] if one[0] <= day]
    value = fold(entries, threshold.half_life, day)
    edge = 1000 * (threshold.edge - 0.5)
    return abs(value - edge), changes_of(lived, subject, day) + 1


def joined(lived: Lived, threshold: Threshold, subject: int, listed: list[list[int]]) -> list[list[int]]:
    """Return spells without breaks of one day in which the score stood within the rounding of the edge.

    Such a break is an end a day early, with the next entry on the day on which the end was due.
    """
    found = [list(one) for one in listed]
    for place in range(len(found) - 1, 0, -1):
        end, begin = found[place - 1][1], found[place][0]
        gap, fadings = distance(lived, threshold, subject, end)
        if begin - end == 1 and gap < ROUNDING * fadings:
            found[place - 1 : place + 1] = [[found[place - 1][0], *found[place][1:]]]
    return found


def test_sanctions_begin_and_end_to_the_day_with_the_score_they_read(ruled: Lived, figure: Figure) -> None:
    expected, found = spells_of(ruled), spells_in_ledger(ruled)
    rules = {one.number: one for one in thresholds(ruled)}
    found = {key: listed for key, listed in found.items() if key[1] in rules}
    assert expected.keys() == found.keys()
    compared = off = 0
    for (subject, sanction), computed in expected.items():
        listed, other = computed, found[subject, sanction]
        if len(other) != len(listed):
            off += 1
            listed, other = (joined(ruled, rules[sanction], subject, one) for one in (listed, other))
        assert [len(one) for one in other] == [len(one) for one in listed]
        for day, seen in zip(itertools.chain(*listed), itertools.chain(*other), strict=True):
            compared += 1
            if day == seen:
                continue
            # the score stands within the rounding of the edge: either day is right
            off += 1
            assert abs(day - seen) == 1
            gap, fadings = distance(ruled, rules[sanction], subject, min(day, seen))
            assert gap < ROUNDING * fadings
    figure(f"{compared} beginnings and ends, of them a day off at the edge itself", off, 0.005 * compared)
    assert off <= 0.005 * compared


def test_who_is_under_a_sanction_at_the_end_is_who_stands_below(ruled: Lived) -> None:
    bits = np.zeros(len(ruled.traits), np.int64)
    place = {number: bit for bit, (number, _) in enumerate(of_citizens(ruled))}
    for (subject, sanction), listed in spells_of(ruled).items():
        if len(listed[-1]) == 1:
            bits[subject] |= 1 << place[sanction]
    score_read = sum(1 << place[one.number] for one in thresholds(ruled))
    assert (ruled.world.accounts_of(CITIZEN)["sanctions"] & score_read == bits).all()
    assert bits.any()


def test_pay_is_cut_by_the_sum_of_the_shares_for_the_days_in_force(ruled: Lived, figure: Figure) -> None:
    rules = (*ruled.regime.data.sanctions, *ruled.regime.data.rewards)
    shares = [-float(rule.benefit) if hasattr(rule, "benefit") else float(rule.wage_loss) for rule in rules]
    settled = ruled.world.state["wealth_day"].astype(int)
    expected = steps = 0.0
    for (subject, sanction), listed in spells_in_ledger(ruled).items():
        if ruled.traits["employer"][subject] == 0:
            continue
        paid = [
            (one.first, min(one.end, settled[subject]))
            for one in ruled.spells_of_work(subject)
            if one.working
        ]
        days = sum(
            max(min([*spell, 10**6][1], end) - max(spell[0], first), 0)
            for spell in listed
            for first, end in paid
        )
        expected += shares[sanction] * days * ruled.traits["income_fen_day"][subject]
        steps += days * ruled.traits["income_fen_day"][subject] / 65536
    column = [flow[0] for flow in FLOWS].index("pay_lost_fen")
    lost = int(ruled.world.counters()[:, column].sum())
    # shares are kept in 1/32768, so each may be off by half of that; fen are dropped when paying
    margin = steps + sum(len(listed) for listed in spells_in_ledger(ruled).values()) * 50
    figure(f"{expected / 100:.0f} CNY of pay, apart by CNY", (lost - expected) / 100, margin / 100)
    assert abs(lost - expected) <= margin
    assert (lost > 0) == any(share > 0 for share in shares)


def test_who_is_without_work_has_no_pay_to_lose(essay: Lived) -> None:
    idle = essay.world.state["job"] != EMPLOYED
    assert not essay.world.state["wage_loss"][idle].any()
    cutting = [float(getattr(rule, "wage_loss", 0)) > 0 for _, rule in of_citizens(essay)]
    mask = sum(1 << bit for bit, cuts in enumerate(cutting) if cuts)
    under = essay.world.accounts_of(CITIZEN)["sanctions"] & mask != 0
    assert (essay.world.state["wage_loss"][under & ~idle] > 0).all()


def test_only_people_under_a_sanction_that_refuses_are_refused(essay: Lived, figure: Figure) -> None:
    names = [flow[0] for flow in FLOWS]
    counters = essay.world.counters().sum(0)
    spells = spells_in_ledger(essay)
    access = essay.setting.society.data.access
    for service in ("train", "loan"):
        refusing = {number for number, rule in of_citizens(essay) if service in getattr(rule, "refuses", ())}
        weeks = 0
        for subject in {key[0] for key in spells}:
            under = np.zeros(essay.days + 8, bool)
            for sanction in refusing:
                for spell in spells.get((subject, sanction), []):
                    under[spell[0] + 1 : [*spell, essay.days][1]] = True
            # a week's trips are made on the day it begins
            weeks += int(under[7 : essay.days : 7].sum())
        chance = float(getattr(access, f"{service}_rate")) * 7 / 365
        refused = int(counters[names.index(f"{service}_refused")])
        errors = (refused - chance * weeks) / math.sqrt(weeks * chance * (1 - chance))
        figure(f"{service}: {refused} refused in {weeks} weeks at {chance:.4f}, errors off", errors, 4)
        assert abs(errors) < 4


@pytest.mark.parametrize(
    "patch",
    [{"sanction.band-b.below": 1001}, {"reward.trusted.above": 1000}, {"sanction.lenders-refuse.below": 101}],
)
def test_a_rule_that_applies_to_a_clean_record_is_refused(patch: dict[str, float]) -> None:
    # nobody begins a run under a sanction or with a reward, so no rule may ask for it
    with pytest.raises(FileProblems, match="clean record"):
        Regime.load("essay").patched(patch)
