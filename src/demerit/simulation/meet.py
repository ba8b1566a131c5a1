"""Meet: a week's candidate situations, from one stateless draw a person and week.

The number of situations of a person is Poisson at a rate fixed when the society was made; each family and
kind owns a fixed part of the unit interval, so what a regime does to one kind never moves the draw of
another. What is left over because rates are rounded up to a class is thinned away.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from demerit.catalogue.pointers import AllTraits, People, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import FAMILIES
from demerit.engine.batch import SIZE, Batch, TheBatch, draw_all
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, u1, u4, void
from demerit.engine.memory import prefetch

_MEET = int(Purpose.MEET)
_MEET_FOUR = int(Purpose.MEET_FOUR)
_MORE = int(Purpose.MEET_MORE)
_FAMILIES = len(FAMILIES)
AHEAD = 8
"""How many people with something to meet ahead their traits are asked for."""
MOST = 31
"""Most situations of one person in one week."""
KIND_SHIFT, WEEKDAY_SHIFT, EPISODE_SHIFT = 16, 24, 27


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


@kernel(i8(i8, i8, i8, i8, array(u1), array(i8, 2), TheBatch))
def who_meets(
    seed: int,
    week: int,
    low: int,
    high: int,
    rate_class: np.ndarray[Any, Any],
    poisson: np.ndarray[Any, Any],
    batch: Batch,
) -> int:
    """Put those of some people who meet anything this week into the batch; return how many they are.

    Most weeks bring most people nothing: one draw tells four of them, and nobody is branched for.
    """
    fours = (high - low + 3) >> 2
    for place in range(fours):
        batch.subjects[place] = (low >> 2) + place
        batch.counters[place] = 0
    draw_all(seed, _MEET_FOUR, week, fours, batch.subjects, batch.counters, batch.lanes)
    found = 0
    for person in range(low, high):
        place = person - low
        told = batch.lanes[place & 3, place >> 2]
        batch.subjects[found] = person
        batch.kept[found] = told
        batch.counters[found] = 0
        found += 1 if told >= poisson[0, i64(rate_class[person])] else 0
    return found


@kernel(
    i8(i8, i8, i8, i8, AllTraits, array(u1), array(i8), array(i8, 2), People, array(u4), i8, i8, TheBatch)
)
def meet_block(
    seed: int,
    week: int,
    low: int,
    high: int,
    traits: np.ndarray[Any, Any],
    rate_class: np.ndarray[Any, Any],
    class_rates: np.ndarray[Any, Any],
    poisson: np.ndarray[Any, Any],
    people: np.void,
    entries: np.ndarray[Any, Any],
    first: int,
    room: int,
    batch: Batch,
) -> int:
    """List the week's situations of a block in the order of its people.

    Returns:
        How many there are, or -1 if there is no room for them.
    """
    total = 0
    for begin in range(low, high, SIZE):
        found = who_meets(seed, week, begin, min(begin + SIZE, high), rate_class, poisson, batch)
        draw_all(seed, _MEET, week, found, batch.subjects, batch.counters, batch.lanes)
        for place in range(found):
            if place + AHEAD < found:
                prefetch(traits, batch.subjects[place + AHEAD])
            person = batch.subjects[place]
            rate = i64(rate_class[person])
            count = 1
            while count < MOST and batch.kept[place] >= poisson[count, rate]:
                count += 1
            if total + count > room:
                return -1
            for episode in range(count):
                when, what = batch.lanes[1, place], batch.lanes[2, place]
                if episode > 0:
                    more = draw(seed, _MORE, person, week, episode)
                    when, what = more[0], more[1]
                kind = kind_at(traits[person], people, what, class_rates[rate])
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


@kernel(void(array(u4), i8, i8, array(u4), array(i8, 2), i8))
def sort_by_weekday(
    entries: np.ndarray[Any, Any],
    first: int,
    total: int,
    spare: np.ndarray[Any, Any],
    day_first: np.ndarray[Any, Any],
    number: int,
) -> None:
    """Put a block's situations in the order of their days, those of a day in the order they had.

    Args:
        spare: room for as many situations.
        day_first: filled with the place of each weekday's first situation, and the end, of this block.
    """
    days = day_first[number]
    for day in range(8):
        days[day] = 0
    for place in range(first, first + total):
        entry = i64(entries[place])
        spare[place - first] = entry
        days[((entry >> WEEKDAY_SHIFT) & 7) + 1] += 1
    days[0] = first
    for day in range(7):
        days[day + 1] += days[day]
    for place in range(total):
        entry = i64(spare[place])
        day = (entry >> WEEKDAY_SHIFT) & 7
        entries[days[day]] = entry
        days[day] += 1
    for day in range(7, 0, -1):
        days[day] = days[day - 1]
    days[0] = first
