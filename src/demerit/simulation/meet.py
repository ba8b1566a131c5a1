"""Meet: a week's candidate situations, from one stateless draw a person and week.

The number of situations of a person is Poisson at a rate fixed when the society was made; each family and
kind owns a fixed part of the unit interval, so what a regime does to one kind never moves the draw of
another. What is left over because rates are rounded up to a class is thinned away.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from demerit.catalogue.pointers import People, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import FAMILIES
from demerit.engine.batch import SIZE, draw_all
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.engine.memory import prefetch
from demerit.simulation.arrays import Office, TheOffice, TheTown, Town
from demerit.simulation.meet_bodies import meet_bodies
from demerit.simulation.weekdays import EPISODE_SHIFT, KIND_SHIFT, MOST, WEEKDAY_SHIFT, sort_by_weekday

_MEET = int(Purpose.MEET)
_MEET_FOUR = int(Purpose.MEET_FOUR)
_MORE = int(Purpose.MEET_MORE)
_FAMILIES = len(FAMILIES)
AHEAD = 8
"""How many people with something to meet ahead their traits are asked for."""


def poisson_table(rates_per_week: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return cumulative Poisson probabilities (Q32), shape (MOST, classes), for weekly rates.

    Entry (k, c) is P(count <= k); a draw stands for as many situations as there are entries it is not below.
    The first row, which most people need alone, lies together.
    """
    term = np.array([math.exp(-rate) for rate in rates_per_week])
    total = term.copy()
    columns = [total.copy()]
    for count in range(1, MOST):
        term = term * rates_per_week / count
        total = total + term
        columns.append(total.copy())
    return np.ascontiguousarray(np.rint(np.minimum(np.stack(columns), 1.0) * 2.0**32).astype(np.int64))


@kernel(i8(People, i8, i8, i8, i8))
def kind_within(people: np.void, family: int, flags: int, place: int, own: int) -> int:
    """Return the kind at a place of a person's part (``own``) of the interval that is a family's."""
    first, end = people["first_kind"][family], people["first_kind"][family + 1]
    within = place * i64(people["family_rate"][flags, family]) // own
    for kind in range(first, end):
        if flags & people["eligible"][kind]:
            within -= people["rate"][kind]
            if within < 0:
                return i64(kind)
    return -1


@kernel(i8(Traits, People, i8, i8))
def kind_at(traits: np.void, people: np.void, lane: int, class_rate: int) -> int:
    """Return the kind of situation at a place of the unit interval, -1 for the part that is thinned away.

    Args:
        lane: 32-bit draw.
        class_rate: rate of the person's class, 1/256 a year.
    """
    place = (lane * class_rate) >> 16  # 1/2**24 a year
    for family in range(_FAMILIES):
        own = i64(traits["family_rate"][family]) << 16
        if place < own:
            return kind_within(people, family, i64(traits["flags"]), place >> 8, own >> 8)
        place -= own
    return -1


@kernel(i8(TheTown, TheOffice, i8, i8, i8, i8))
def who_meets(town: Town, office: Office, seed: int, week: int, low: int, high: int) -> int:
    """Put those of some people who meet anything this week into the batch; return how many they are.

    Most weeks bring most people nothing: one draw tells four of them, and nobody is branched for.
    """
    subjects, counters, kept, lanes = office.subjects, office.counters, office.kept, office.lanes
    fours = (high - low + 3) >> 2
    for place in range(fours):
        subjects[place] = (low >> 2) + place
        counters[place] = 0
    draw_all(seed, _MEET_FOUR, week, fours, subjects, counters, lanes)
    found = 0
    for person in range(low, high):
        place = person - low
        told = lanes[place & 3, place >> 2]
        subjects[found] = person
        kept[found] = told
        counters[found] = 0
        found += 1 if told >= town.poisson[0, i64(town.rate_class[person])] else 0
    return found


@kernel(i8(TheTown, TheOffice, i8, i8, i8, i8, i8))
def meet_people(town: Town, office: Office, seed: int, week: int, number: int, low: int, high: int) -> int:
    """List the week's situations of the people of a block, in their order.

    Returns:
        How many there are, or -1 if there is no room for them.
    """
    entries, first, room = office.entries, office.entry_first[number], office.entry_room[number]
    traits, lanes = town.traits, office.lanes
    total = 0
    for begin in range(low, high, SIZE):
        found = who_meets(town, office, seed, week, begin, min(begin + SIZE, high))
        draw_all(seed, _MEET, week, found, office.subjects, office.counters, lanes)
        for place in range(found):
            if place + AHEAD < found:
                prefetch(traits, office.subjects[place + AHEAD])
            person = office.subjects[place]
            rate = i64(town.rate_class[person])
            count = 1
            while count < MOST and office.kept[place] >= town.poisson[count, rate]:
                count += 1
            if total + count > room:
                return -1
            for episode in range(count):
                when, what = lanes[1, place], lanes[2, place]
                if episode > 0:
                    more = draw(seed, _MORE, person, week, episode)
                    when, what = more[0], more[1]
                kind = kind_at(traits[person], town.people, what, town.class_rates[rate])
                if kind >= 0:
                    weekday = (when * 7) >> 32
                    entries[first + total] = (
                        (person - low)
                        | (kind << KIND_SHIFT)
                        | (weekday << WEEKDAY_SHIFT)
                        | (episode << EPISODE_SHIFT)
                    )
                    total += 1
    return total


@kernel(i8(TheTown, TheOffice, i8, i8))
def meet_week(town: Town, office: Office, seed: int, week: int) -> int:
    """List the week's situations in a shard's blocks, those of a day together.

    The kernel stops at a block that finds no room for them; the caller makes room and begins anew.

    Returns:
        The number of the first block not done.
    """
    for number in range(len(office.members)):
        borders = town.borders[office.members[number]]
        met = meet_people(town, office, seed, week, number, borders[0], borders[1])
        if met >= 0:
            met = meet_bodies(town, office, seed, week, number, met)
        if met < 0:
            return number
        sort_by_weekday(
            office.entries, office.entry_first[number], met, office.unsorted, office.day_first, number
        )
    return len(office.members)
