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
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, u1, u4
from demerit.engine.memory import prefetch

_MEET = int(Purpose.MEET)
_MEET_FOUR = int(Purpose.MEET_FOUR)
_MORE = int(Purpose.MEET_MORE)
_FAMILIES = len(FAMILIES)
AHEAD = 16
"""How many people ahead their traits are asked for."""
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


@kernel(i8(i8, i8, i8, i8, AllTraits, array(u1), array(i8), array(i8, 2), People, array(u4), i8, i8))
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
) -> int:
    """List the week's situations of a block in the order of its people.

    Returns:
        How many there are, or -1 if there is no room for them.
    """
    total = 0
    four = -1
    counts = (0, 0, 0, 0)
    for person in range(low, high):
        if person + AHEAD < high:
            prefetch(traits, person + AHEAD)
        rate = i64(rate_class[person])
        if rate == 0:
            continue
        if person >> 2 != four:
            # most weeks bring most people nothing: one draw tells four of them what they meet
            four = person >> 2
            counts = draw(seed, _MEET_FOUR, four, week, 0)
        count = 0
        while count < MOST and counts[person & 3] >= poisson[count, rate]:
            count += 1
        if count == 0:
            continue
        lanes = draw(seed, _MEET, person, week, 0)
        if total + count > room:
            return -1
        for episode in range(count):
            when, what = lanes[1], lanes[2]
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
