"""What the kernels of the day work on: the town that all shards share, and a shard's office.

What happens to one person is told, as a rule, by pointers to that person's records; whoever needs more of the
world is given a bundle, which is one pointer too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
from demerit.engine.bundles import Bundle, bundle
from demerit.engine.kernel import array, i8, several, u1, u4
from demerit.engine.permutation import Ties

Array = np.ndarray[Any, Any]

OUT_COUNT, ROW_COUNT, TOUCHED_COUNT = range(3)
"""Places of a shard's cursor: messages of today, rows not yet taken, subjects of the block to reckon."""


@dataclass(slots=True, eq=False)
class Town(Bundle):
    """The subjects of a world, who knows whom, and the tables they live by.

    Attributes:
        borders: int64 (blocks, 10): first and end of the subjects of each kind.
        cell_first: place in ``cell_block`` of the first cell of each kind of subject.
        cell_block: block of every cell of 64 subjects, one kind after the other.
        owner: shard of each block, and ``number`` among the shard's.
        accounts: what institutions keep about the subjects of each kind.
        agency_of: first agency of the province of each company.
        adults: a bit a citizen, 1 for adults; all of them stay near at hand.
        minds: leanings of every citizen.
        officials: what the civil service keeps about its own, in the order of citizens.
        gradings: the personnel office of every province.
        home_first: first household of each neighbourhood.
        kin_first: first place of each citizen's own list of kin; empty where kin are computed from ``ties``.
        rate_class: class of every citizen by how much is met in a week.
        class_rates: rate of each class, 1/256 a year.
        poisson: cumulative Poisson probabilities (Q32) of 1 to 31 situations a week, by class.
        body_poisson: the same for firms, shops, agencies and services.
    """

    borders: Array
    cell_first: Array
    cell_block: Array
    owner: Array
    number: Array
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
    rate_class: Array
    class_rates: Array
    poisson: Array
    body_poisson: Array
    ties: np.void
    rules: np.void
    law: np.void
    people: np.void


@dataclass(slots=True, eq=False)
class Office(Bundle):
    """A shard's desk, its week's situations, its calendar, and room for what a day brings.

    Attributes:
        members: block of each of the shard's numbers.
        entries: situations of the week; ``day_first`` of number and weekday is the first of a day.
        entry_first: where the entries of each number begin, with ``entry_room`` for them.
        unsorted: room for the entries of a block.
        subjects: with counters, kept and lanes, room for a batch of draws.
        pool: chunks of pending messages; following, heads, tails, waiting and control as in the calendar.
        inbox: messages of a block today; places, order, spare and tally serve to sort them.
        touched: subjects of a block to reckon, numbered through all kinds; ``causes`` says why,
            0 for those who are not among them.
        out: messages of today; ``found`` has room for the block of each.
        rows: ledger rows.
        cursor: how far out, rows and touched are filled.
    """

    desk: np.void
    members: Array
    entries: Array
    entry_first: Array
    entry_room: Array
    unsorted: Array
    day_first: Array
    subjects: Array
    counters: Array
    kept: Array
    lanes: Array
    pool: Array
    following: Array
    heads: Array
    tails: Array
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
    found: Array
    rows: Array
    cursor: Array


_Ints = array(i8)
_Shorts = array(u4)

TheTown = bundle(
    Town,
    [
        array(i8, 2), _Ints, _Ints, _Ints, _Ints,
        States, Works, AllHearsay, AllTraits, several(AllAccounts, len(SUBJECTS)),
        Vehicles, Companies, Agencies, Services, _Ints, Neighbourhoods,
        _Ints, _Ints, AppealOffices, AppealDesks,
        array(u1), Minds, Officials, GradingOffices, _Shorts, _Shorts, array(u4, 2),
        _Shorts, _Shorts, _Shorts, _Shorts,
        array(u1), _Ints, array(i8, 2), array(i8, 2), Ties, Rules, Rules, People,
    ],
)  # fmt: skip
TheOffice = bundle(
    Office,
    [
        Desk, _Ints, _Shorts, _Ints, _Ints, _Shorts, array(i8, 2), _Ints, _Ints, _Ints, array(i8, 2),
        Messages, _Ints, _Ints, _Ints, _Ints, _Ints,
        Messages, _Ints, _Ints, _Ints, _Ints,
        _Ints, _Ints, Messages, _Ints, Rows, _Ints,
    ],
)  # fmt: skip
