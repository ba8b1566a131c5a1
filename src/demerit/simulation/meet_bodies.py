"""Meet, for firms, agencies and services: a week's situations from one stateless draw a subject and week.

A public unit meets none. A firm of the trade sector that belongs to a platform group sells there as well.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from demerit.catalogue.pointers import Companies, People
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import AGENCY, COMPANY, KINDS, PUBLIC, SERVICE, SUBJECT_SHIFT, TRADE
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.simulation.arrays import Office, TheOffice, TheTown, Town
from demerit.simulation.weekdays import EPISODE_SHIFT, KIND_SHIFT, MOST, WEEKDAY_SHIFT

FIRM, SHOP, OFFICE, OPERATOR = range(4)
"""Classes of organisations by what they meet: firms, firms that sell on a platform, agencies, services."""
_MEET = int(Purpose.BODY_MEET)
_MORE = int(Purpose.BODY_MEET_MORE)
_KINDS = len(KINDS)


@kernel(i8(Companies, i8, i8))
def class_of_body(companies: np.ndarray[Any, Any], subject_kind: int, index: int) -> int:
    """Return the class of an organisation, -1 for those that meet nothing."""
    if subject_kind == AGENCY:
        return OFFICE
    if subject_kind == SERVICE:
        return OPERATOR
    sector = i64(companies[index]["sector"])
    if subject_kind != COMPANY or sector == PUBLIC:
        return -1
    return SHOP if sector == TRADE and i64(companies[index]["group"]) > 0 else FIRM


@kernel(i8(People, i8, i8))
def body_kind_at(people: np.void, body_class: int, lane: int) -> int:
    """Return the kind of situation at a place of the unit interval."""
    total = 0
    for kind in range(_KINDS):
        total += people["body_rate"][body_class, kind]
    place = (lane * total) >> 32
    for kind in range(_KINDS):
        place -= people["body_rate"][body_class, kind]
        if place < 0:
            return kind
    return -1


@kernel(i8(TheTown, TheOffice, i8, i8, i8, i8))
def meet_bodies(town: Town, office: Office, seed: int, week: int, number: int, total: int) -> int:
    """List the week's situations of the organisations of a block after those of its people.

    Returns:
        How many there are with those of the people (``total``), or -1 if there is no room for them.
    """
    borders = town.borders[office.members[number]]
    entries, first, room = office.entries, office.entry_first[number], office.entry_room[number]
    local = borders[1] - borders[0]
    for subject_kind in range(1, len(borders) // 2):
        low, high = borders[2 * subject_kind], borders[2 * subject_kind + 1]
        if subject_kind in (COMPANY, AGENCY, SERVICE):
            for index in range(low, high):
                body_class = class_of_body(town.companies, subject_kind, index)
                if body_class < 0:
                    continue
                subject = (subject_kind << SUBJECT_SHIFT) | index
                lanes = draw(seed, _MEET, subject, week, 0)
                count = 0
                while count < MOST and lanes[0] >= town.body_poisson[count, body_class]:
                    count += 1
                if total + count > room:
                    return -1
                for episode in range(count):
                    when, what = lanes[1], lanes[2]
                    if episode > 0:
                        more = draw(seed, _MORE, subject, week, episode)
                        when, what = more[0], more[1]
                    kind = body_kind_at(town.people, body_class, what)
                    entries[first + total] = (
                        (local + index - low)
                        | (kind << KIND_SHIFT)
                        | (((when * 7) >> 32) << WEEKDAY_SHIFT)
                        | (episode << EPISODE_SHIFT)
                    )
                    total += 1
        local += high - low
    return total
