"""What the kernels of the day work on: the town that all shards share, and a shard's office.

A bundle is passed once a block and, as a rule, not once an event: what happens to one person is told by
pointers to that person's records.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from demerit.catalogue.pointers import (
    Agencies,
    AllAccounts,
    AllHearsay,
    AllTraits,
    AppealDesks,
    AppealOffices,
    Companies,
    Desk,
    GradingOffices,
    Messages,
    Minds,
    Neighbourhoods,
    Officials,
    People,
    Rows,
    Rules,
    Services,
    States,
    Vehicles,
    Works,
)
from demerit.catalogue.words import SUBJECTS
from demerit.engine.kernel import array, bundle, i8, several, u1, u4
from demerit.engine.permutation import Ties

Array = np.ndarray[Any, Any]

OUT_COUNT, ROW_COUNT, TOUCHED_COUNT = range(3)
"""Places of a shard's cursor: messages of today, rows not yet taken, subjects of the block to reckon."""


class Town(NamedTuple):
    """The subjects of a world, who knows whom, and the tables they live by.

    Attributes:
        borders: int64 (blocks, 10): first and end of the subjects of each kind.
        accounts: what institutions keep about the subjects of each kind.
        agency_of: first agency of the province of each company.
        adults: a bit a citizen, 1 for adults; all of them stay near at hand.
        minds: leanings of every citizen.
        officials: what the civil service keeps about its own, in the order of citizens.
        gradings: the personnel office of every province.
        home_first: first household of each neighbourhood.
        kin_first: first place of each citizen's own list of kin; empty where kin are computed from ``ties``.
    """

    borders: Array
    states: Array
    works: Array
    hearsay: Array
    traits: Array
    accounts: tuple[Array, ...]
    vehicles: Array
    companies: Array
    agencies: Array
    services: Array
    agency_of: Array
    neighbourhoods: Array
    province_first: Array
    agency_first: Array
    appeal_offices: Array
    appeal_desks: Array
    adults: Array
    minds: Array
    officials: Array
    gradings: Array
    home_first: Array
    household_first: Array
    friends: Array
    kin_first: Array
    kin: Array
    company_first: Array
    staff: Array
    ties: np.void
    rules: np.void
    law: np.void
    people: np.void


class Office(NamedTuple):
    """A shard's desk, its week's situations, its calendar, and room for what a day brings.

    Attributes:
        members: block of each of the shard's numbers.
        entries: situations of the week; ``day_first`` of number and weekday is the first of a day.
        subjects: with counters, kept and lanes, room for a batch of draws.
        pool: chunks of pending messages; following, heads, waiting and control as in the calendar.
        inbox: messages of a block today; places, order, spare and tally serve to sort them.
        touched: subjects of a block to reckon, numbered through all kinds; ``causes`` says why,
            0 for those who are not among them.
        out: messages of today.
        rows: ledger rows.
        cursor: how far out, rows and touched are filled.
    """

    desk: np.void
    members: Array
    entries: Array
    day_first: Array
    subjects: Array
    counters: Array
    kept: Array
    lanes: Array
    pool: Array
    following: Array
    heads: Array
    waiting: Array
    control: Array
    inbox: Array
    places: Array
    order: Array
    spare: Array
    tally: Array
    touched: Array
    causes: Array
    out: Array
    rows: Array
    cursor: Array


_Ints = array(i8)
_Shorts = array(u4)

TheTown = bundle(
    Town,
    [
        array(i8, 2), States, Works, AllHearsay, AllTraits, several(AllAccounts, len(SUBJECTS)),
        Vehicles, Companies, Agencies, Services, array(i8), Neighbourhoods,
        array(i8), array(i8), AppealOffices, AppealDesks,
        array(u1), Minds, Officials, GradingOffices, _Shorts, _Shorts, array(u4, 2),
        _Shorts, _Shorts, _Shorts, _Shorts, Ties, Rules, Rules, People,
    ],
)  # fmt: skip
TheOffice = bundle(
    Office,
    [
        Desk, _Ints, _Shorts, array(i8, 2), _Ints, _Ints, _Ints, array(i8, 2),
        Messages, _Ints, _Ints, _Ints, _Ints,
        Messages, _Ints, _Ints, _Ints, _Ints,
        _Ints, _Ints, Messages, Rows, _Ints,
    ],
)  # fmt: skip
