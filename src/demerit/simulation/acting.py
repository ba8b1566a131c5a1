"""Act: live through the situations that a block meets today, a batch of draws at a time."""

from __future__ import annotations

from demerit.catalogue.counters import FLOW_COUNT, PER_KIND
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import EPISODE, OUT, ROWS, SEED, SUBJECT
from demerit.catalogue.words import CELLS, CITIZEN
from demerit.engine.batch import SIZE, draw_all
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void
from demerit.engine.memory import prefetch
from demerit.mechanisms.approval import feel
from demerit.simulation.arrays import Office, TheOffice, TheTown, Town
from demerit.simulation.bodies import live_body_situation
from demerit.simulation.citizens import live_through
from demerit.simulation.numbers import subject_at
from demerit.simulation.outbox import FULL_LEDGER, FULL_OUTBOX, clear_desk
from demerit.simulation.steps import ACT, sit_down, touch
from demerit.simulation.weekdays import EPISODE_SHIFT, KIND_SHIFT

FAR, NEAR = 6, 3
"""How many situations ahead a citizen's records, and the counters they move, are asked for."""
_CHOICE = int(Purpose.CHOICE)


@kernel(void(TheTown, TheOffice, i8, i8, i8, i8))
def draw_choices(town: Town, office: Office, number: int, first: int, end: int, day: int) -> None:
    """Draw what situations of a block hold, for as many as a batch takes; bodies draw their own besides."""
    borders = town.borders[office.members[number]]
    for index in range(first, end):
        entry = i64(office.entries[index])
        office.subjects[index - first] = subject_at(borders, entry & 65535)
        office.counters[index - first] = entry >> EPISODE_SHIFT
    seed = office.desk["n"][SEED]
    draw_all(seed, _CHOICE, day, end - first, office.subjects, office.counters, office.lanes)


@kernel(void(TheTown, TheOffice, i8, i8, i8, i8), inline=True)
def look_ahead(town: Town, office: Office, low: int, citizens: int, index: int, end: int) -> None:
    """Ask for the records of somebody who acts soon, and for the counters of somebody who acts sooner."""
    if index + FAR < end:
        local = i64(office.entries[index + FAR]) & 65535
        if local < citizens:
            prefetch(town.states, low + local)
            prefetch(town.traits, low + local)
            prefetch(town.accounts[CITIZEN], low + local)
            prefetch(town.hearsay, low + local)
            prefetch(town.minds, low + local)
    if index + NEAR < end:
        entry = i64(office.entries[index + NEAR])
        local = entry & 65535
        if local < citizens:
            cell = i64(town.traits[low + local]["cell"])
            counted = cell * FLOW_COUNT + ((entry >> KIND_SHIFT) & 255) * PER_KIND
            prefetch(office.desk["counters"], counted)
            prefetch(office.desk["counters"], counted + PER_KIND - 1)


@kernel(void(TheTown, TheOffice, i8, i8, i8, i8, i8))
def act_in_batch(town: Town, office: Office, number: int, first: int, end: int, day: int, keep: int) -> None:
    """Live through some of today's situations of a block, as many as a batch of draws takes."""
    desk = office.desk
    traits = town.traits
    entries, cursor, lanes = office.entries, office.cursor, office.lanes
    touched, causes = office.touched, office.causes
    borders = town.borders[office.members[number]]
    low = borders[0]
    citizens = borders[1] - low
    draw_choices(town, office, number, first, end, day)
    n = desk["n"]
    for index in range(first, end):
        look_ahead(town, office, low, citizens, index, end)
        entry = i64(entries[index])
        local = entry & 65535
        kind = (entry >> KIND_SHIFT) & 255
        if local < citizens:
            place = low + local
            sit_down(desk, place, ACT, i64(traits[place]["cell"]))
            n[EPISODE] = entry >> EPISODE_SHIFT
            drawn = index - first
            drawn_lanes = lanes[0, drawn], lanes[1, drawn], lanes[2, drawn], lanes[3, drawn]
            cause = live_through(town, desk, place, kind, drawn_lanes)
            feel(town.states[place], town.hearsay[place], town.people, desk, cause)
        else:
            subject = subject_at(borders, local)
            sit_down(desk, subject, ACT, CELLS)
            n[EPISODE] = entry >> EPISODE_SHIFT
            cause = live_body_situation(town, desk, subject, kind)
        touch(touched, causes, cursor, local, cause)
        if n[OUT] > FULL_OUTBOX or n[ROWS] > FULL_LEDGER:
            clear_desk(town, office, keep)


@kernel(void(TheTown, TheOffice, i8, i8, i8))
def act_in_block(town: Town, office: Office, number: int, day: int, keep: int) -> None:
    """2 to 4 meet, act, record: live through today's situations of a block."""
    first, end = office.day_first[number, day % 7], office.day_first[number, day % 7 + 1]
    office.desk["n"][SUBJECT] = -1
    for begin in range(first, end, SIZE):
        act_in_batch(town, office, number, begin, min(begin + SIZE, end), day, keep)
