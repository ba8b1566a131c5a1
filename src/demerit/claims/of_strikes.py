"""C0 and C13: what a first record does to those who get it, held against the same people let off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demerit.catalogue.entries import HIRED, JOB_LOST, MILESTONE, SANCTION_START
from demerit.catalogue.words import (
    CITIZEN,
    FAMILY_OF_KIND,
    INABILITY,
    KINDS,
    LEAVES_SCHOOL,
    NECESSITY,
    ROAD,
    SEEKING,
    TRUE,
)
from demerit.claims.purses import Purses
from demerit.claims.reading import Array, Figure, Reading, kind_of
from demerit.claims.statistics import Kept, Statistic
from demerit.simulation.numbering import Numbering

YEAR = 365
"""Days for which somebody is followed from the strike."""
NO_WORK_DAYS, FALL_DAYS, DEBT_DAYS, REFUSED_DAYS = 90, 180, 30, 30
"""Ruin [F25]: days without work; days of income by which wealth falls; of debt; days without bread or bus."""
DAILY = frozenset({"food", "transit"})
"""Services that stand for bread and the bus."""
NEITHER, POOR, RICH = range(3)
_DONE = (TRUE, NECESSITY, INABILITY)


@dataclass(frozen=True, eq=False, repr=False)
class Strikes:
    """First own records that can be followed for a year, or those let pass; one a person.

    Attributes:
        person, day, rule, label: of whom, when, over which conduct, and what is true of it.
    """

    person: Array
    day: Array
    rule: Array
    label: Array

    def of(self, chosen: Array) -> Strikes:
        """Return some of them."""
        return Strikes(self.person[chosen], self.day[chosen], self.rule[chosen], self.label[chosen])

    def kept(self, **more: Array) -> Kept:
        """Return them as plain data: whose, and day and rule in one number."""
        columns = {"person": self.person, "strike": self.day * 256 + self.rule, **more}
        return {name: [int(value) for value in values] for name, values in columns.items()}


def strikes(reading: Reading) -> Strikes:
    """Return the first own records of a world; of a world that lets some pass, those that it let pass."""
    rows = reading.of("record", "strike_spared")
    rows = rows[kind_of(rows["subject"]) == CITIZEN]
    rows = rows[np.unique(rows["subject"], return_index=True)[1]]
    spared = reading.of("strike_spared")
    detection = reading.regime.data.detection
    if detection is not None and float(detection.first_spared) > 0:
        rows = rows[np.isin(rows["id"], spared["id"])]
    rows = rows[rows["day"].astype(int) + YEAR < reading.days]
    found = Strikes(*(rows[name].astype(np.int64) for name in ("subject", "day", "rule", "label")))
    return found.of(reading.adult[found.person])


def repeated(reading: Reading, struck: Strikes) -> Array:
    """Tell who has a further record of the same conduct, truly done, within a year of the strike: bool."""
    rows = reading.of("record")
    rows = rows[np.isin(rows["label"], _DONE) & (kind_of(rows["subject"]) == CITIZEN)]
    place = _places(struck, rows["subject"], len(reading.adult))
    rows, place = rows[place >= 0], place[place >= 0]
    later = rows["day"].astype(int) - struck.day[place]
    same = (rows["rule"] == struck.rule[place]) & (later > 0) & (later <= YEAR)
    return np.asarray(np.bincount(place[same], minlength=len(struck.person)) > 0)


def breaks_again(reading: Reading) -> Kept:
    """Keep of people recorded or spared on the road who breaks the same rule again within 365 days.

    An act that nobody finds leaves nothing in the ledger: who breaks again is who is recorded again, truly.
    The chance to be found is the same in both worlds but for those in a band that is looked at harder.
    """
    struck = strikes(reading)
    answers = {conduct.id: conduct.answers for conduct in reading.regime.data.conducts}
    road = [
        FAMILY_OF_KIND[KINDS.index(answers[name])] == ROAD if name in answers else False
        for name in _numbers(reading).conducts
    ]
    struck = struck.of(np.array(road, bool)[struck.rule] & np.isin(struck.label, _DONE))
    return struck.kept(again=repeated(reading, struck))


def breaks_again_if_spared(spared: Kept, recorded: Kept) -> Figure:
    """Return by how much more of the same people break the same rule again when they were spared."""
    ours, theirs = _same(spared, recorded)
    return _mean(np.array(spared["again"])[ours] - np.array(recorded["again"])[theirs])


def ruins(reading: Reading) -> Kept:
    """Keep of poor and rich people at their first own record who is ruined within 365 days.

    Poor: wealth in the lowest two fifths and a score below the median of adults; rich: wealth in the highest
    two fifths and a score above it, both when purses were last looked at before the strike. Ruin: 90 days
    without work in all, wealth at any later look lower by 180 days of own income or below a debt of 30, or 30
    days on which a sanction refused bread or the bus or a shop turned somebody away.
    """
    struck = strikes(reading)
    group = groups(reading, struck)
    struck, group = struck.of(group != NEITHER), group[group != NEITHER]
    ruined = (
        (days_without_work(reading, struck) >= NO_WORK_DAYS)
        | has_lost_wealth(reading, struck)
        | (days_refused(reading, struck) >= REFUSED_DAYS)
    )
    return struck.kept(group=group, ruined=ruined)


def ruined_poor(recorded: Kept, spared: Kept) -> Figure:
    """Return by how much more of the poor are ruined when the strike is filed than when it is not."""
    return _ruin_of(POOR, recorded, spared)


def ruined_poor_less_rich(recorded: Kept, spared: Kept) -> Figure:
    """Return that difference of the poor less that of the rich."""
    poor, rich = _ruin_of(POOR, recorded, spared), _ruin_of(RICH, recorded, spared)
    return Figure(poor.value - rich.value, min(poor.occasions, rich.occasions))


def groups(reading: Reading, struck: Strikes) -> Array:
    """Return who is poor or rich in wealth and score just before the strike."""
    purses = _purses(reading)
    look = purses.before(struck.day)
    wealth, score = purses.wealth, purses.score
    low, high = np.quantile(wealth[:, reading.adult], (0.4, 0.6), axis=1)
    middle = np.median(score[:, reading.adult], axis=1)[look]
    held, standing = wealth[look, struck.person], score[look, struck.person]
    group = np.where((held <= low[look]) & (standing < middle), POOR, NEITHER)
    return np.where((held >= high[look]) & (standing > middle), RICH, group)


def has_lost_wealth(reading: Reading, struck: Strikes) -> Array:
    """Tell whose wealth falls by 180 days of own income, or below a debt of 30, within a year: bool."""
    purses = _purses(reading)
    wealth, days = purses.wealth, np.array(purses.days)
    income = reading.setting.population.traits["income_fen_day"][struck.person].astype(np.int64)
    look = purses.before(struck.day)
    least = np.maximum(wealth[look, struck.person] - FALL_DAYS * income, -DEBT_DAYS * income)
    lost = np.zeros(len(look), bool)
    for _ in range(YEAR):
        look = look + 1
        there = look < len(days)
        here = np.minimum(look, len(days) - 1)
        there &= days[here] <= struck.day + YEAR
        if not there.any():
            break
        lost |= there & (wealth[here, struck.person] < least)
    return lost


def days_without_work(reading: Reading, struck: Strikes) -> Array:
    """Return the days on which somebody sought work in the year after the strike."""
    rows = reading.of("job_lost", "hired", "milestone")
    place = _places(struck, rows["subject"], len(reading.adult))
    rows, place = rows[place >= 0], place[place >= 0]
    order = np.lexsort((rows["id"], place))
    rows, place = rows[order], place[order]
    hired = rows["what"] == HIRED
    left_school = (rows["what"] == MILESTONE) & (rows["rule"] == LEAVES_SCHOOL)
    seeks = (rows["what"] == JOB_LOST) | left_school
    first = np.diff(place, prepend=-1) != 0
    last = np.diff(place, append=-1) != 0
    day = rows["day"].astype(np.int64)
    until = np.where(last, reading.days, np.append(day[1:], 0))
    found = np.zeros(len(struck.person), np.int64)
    np.add.at(found, place[seeks], _overlap(struck, place[seeks], day[seeks], until[seeks]))
    # whoever is hired first of all has sought work from the first day, and so who seeks it to the end
    began = first & hired
    np.add.at(found, place[began], _overlap(struck, place[began], 0 * day[began], day[began]))
    silent = np.setdiff1d(np.arange(len(found)), place)
    found[silent] += YEAR * (reading.world.state["job"][struck.person[silent]] == SEEKING)
    return found


def days_refused(reading: Reading, struck: Strikes) -> Array:
    """Return the days of the year after the strike on which bread or the bus was refused to somebody."""
    refused = np.zeros((len(struck.person), YEAR + 1), bool)
    for whose, begin, end in _refusing_spells(reading, struck):
        first = max(begin - int(struck.day[whose]), 1)
        refused[whose, first : max(end - int(struck.day[whose]), first)] = True
    rows = reading.of("turned_away", "turned_off")
    place = _places(struck, rows["subject"], len(reading.adult))
    later = rows["day"].astype(int)[place >= 0] - struck.day[place[place >= 0]]
    near = (later > 0) & (later <= YEAR)
    refused[place[place >= 0][near], later[near]] = True
    return np.asarray(refused.sum(axis=1))


def _refusing_spells(reading: Reading, struck: Strikes) -> list[tuple[int, int, int]]:
    """Return spells under sanctions of citizens that refuse bread or bus: whose, first day and end."""
    refusing = {one.id for one in reading.regime.data.sanctions if DAILY & set(one.refuses)}
    numbers = [
        number
        for number, one in enumerate(_numbers(reading).hanging)
        if one.section == "sanction" and one.of == "citizen" and one.id in refusing
    ]
    rows = reading.of("sanction_start", "sanction_end")
    rows = rows[np.isin(rows["rule"], numbers)]
    place = _places(struck, rows["subject"], len(reading.adult))
    rows, place = rows[place >= 0], place[place >= 0]
    order = np.lexsort((rows["id"], rows["rule"], place))
    rows, place = rows[order], place[order]
    spells = []
    for number, (one, whose) in enumerate(zip(rows, place, strict=True)):
        if one["what"] != SANCTION_START:
            continue
        follows = number + 1 < len(rows) and place[number + 1] == whose
        ends = follows and rows[number + 1]["rule"] == one["rule"]
        spells.append((int(whose), int(one["day"]), int(rows[number + 1]["day"]) if ends else reading.days))
    return spells


def _overlap(struck: Strikes, place: Array, begin: Array, end: Array) -> Array:
    """Return the days of spells that lie in the year after the strike."""
    day = struck.day[place] + 1
    return np.asarray(np.clip(np.minimum(end, day + YEAR) - np.maximum(begin, day), 0, None))


def _places(struck: Strikes, subjects: Array, people: int) -> Array:
    """Return the places of subjects among those struck, -1 for all others."""
    where = np.full(people, -1)
    where[struck.person] = np.arange(len(struck.person))
    citizen = kind_of(subjects) == CITIZEN
    return np.where(citizen, where[np.where(citizen, subjects, 0)], -1)


def _purses(reading: Reading) -> Purses:
    assert reading.purses is not None, "purses were not looked at while the world was lived"
    return reading.purses


def _numbers(reading: Reading) -> Numbering:
    assert reading.world.book is not None
    return reading.world.book.layout.numbers


def _ruin_of(group: int, recorded: Kept, spared: Kept) -> Figure:
    ours, theirs = _same(recorded, spared)
    ruined = np.array(recorded["ruined"])[ours] - np.array(spared["ruined"])[theirs]
    return _mean(ruined[np.array(spared["group"])[theirs] == group])


def _same(one: Kept, other: Kept) -> tuple[Array, Array]:
    """Return the places of the strikes that both worlds know: of the same person, day and rule."""
    first, second = (
        np.array(kept["person"], np.int64) << 24 | np.array(kept["strike"], np.int64) for kept in (one, other)
    )
    _, ours, theirs = np.intersect1d(first, second, assume_unique=True, return_indices=True)
    return ours, theirs


def _mean(values: Array) -> Figure:
    return Figure(float(values.mean()) if len(values) else float("nan"), float(len(values)))


STATISTICS: dict[str, Statistic] = {
    "C0.1": Statistic(breaks_again, breaks_again_if_spared),
    "C13.1": Statistic(ruins, ruined_poor),
    "C13.2": Statistic(ruins, ruined_poor_less_rich),
}
"""Statistics of this module by the key of the part of a claim."""
