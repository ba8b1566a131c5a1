"""Stocks: what everybody's state adds up to on a day, by cell of the population. Reading writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.columns import ONE_Q15
from demerit.catalogue.pointers import (
    Accounts,
    AllAccounts,
    AllHearsay,
    AllTraits,
    Hearsay,
    People,
    Rules,
    State,
    States,
    Traits,
)
from demerit.catalogue.words import CELLS, CIRCLES, CITIZEN, DEAD, FAMILIES, NO_WORK, SEEKING, SERVICES
from demerit.engine.fixed import exponential, half_lives, nearer
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, void
from demerit.institutions.licence import may_drive
from demerit.institutions.purse import earnings, pay_lost, thousandth_days, wealth
from demerit.institutions.sanctions import punishing, refused_services
from demerit.institutions.standing import band_of, composite
from demerit.mechanisms.approval import approval, public_answer, used_to
from demerit.mechanisms.dying import is_dead
from demerit.mechanisms.learning import stress

if TYPE_CHECKING:
    from demerit.simulation.world import World

BANDS = 8
"""Most bands of a composite score."""
STOCKS: tuple[tuple[str, str, str], ...] = (
    ("adults", "people", "Adults."),
    *((f"trust_{circle}", "1/65535", f"Sum of trust in {circle}.") for circle in CIRCLES),
    *(
        (f"norm_{family}", "1/32768", f"Sum of what is left of conscience in {family}.")
        for family in FAMILIES
    ),
    *(
        (f"perceived_{family}", "1/65536", f"Sum of perceived over true coverage in {family}.")
        for family in FAMILIES
    ),
    ("composite", "1/1000 point", "Sum of composite scores, as differences from the base."),
    *(
        (f"band_{band + 1}", "people", f"Adults in band {band + 1}, the highest first.")
        for band in range(BANDS)
    ),
    ("sanctioned", "people", "Adults under a sanction (rewards not counted)."),
    *((f"refused_{service}", "people", f"Adults to whom {service} is refused.") for service in SERVICES),
    ("stress", "1/256 unit", "Sum of stress."),
    ("approval", "1/65535", "Sum of private approval."),
    ("approval_said", "1/65535", "Sum of the chances of answering in public that one approves."),
    ("used_to", "1/1024 day", "Sum of the harm of a month that people have got used to."),
    ("wealth", "fen", "Sum of liquid wealth."),
    ("aware", "people", "Adults who know of the score."),
    ("withheld", "people", "Drivers whose licence is withheld."),
    ("working", "people", "Adults with work, employed or on own account."),
    ("seeking", "people", "Adults who seek work."),
    ("earnings", "fen/day", "Sum of the income of the day."),
    ("debts", "fen", "Sum of liquid wealth below nought."),
    ("in_debt", "people", "Adults whose liquid wealth lies below nought."),
    ("trapped", "people", "Adults under a sanction for two years, or one they cannot buy out of."),
    ("cameras", "cameras", "Dash cameras."),
    ("friends_lost", "ties", "Friends who are friends no more."),
    ("unsettled", "fen", "Pay lost to sanctions since wealth was last settled."),
    ("unsettled_days", "1/1000 day", "The same as days of the person's own income."),
    ("rewarded", "people", "Adults who have a reward."),
)
"""Name, unit and sentence of every stock; its position is its column."""
COLUMN = {name: column for column, (name, _, _) in enumerate(STOCKS)}

_TRUST = COLUMN[f"trust_{CIRCLES[0]}"]
_NORM = COLUMN[f"norm_{FAMILIES[0]}"]
_PERCEIVED = COLUMN[f"perceived_{FAMILIES[0]}"]
_COMPOSITE = COLUMN["composite"]
_BAND = COLUMN["band_1"]
_SANCTIONED = COLUMN["sanctioned"]
_REFUSED = COLUMN[f"refused_{SERVICES[0]}"]
_STRESS = COLUMN["stress"]
_APPROVAL = COLUMN["approval"]
_SAID = COLUMN["approval_said"]
_USED_TO = COLUMN["used_to"]
_WEALTH = COLUMN["wealth"]
_AWARE = COLUMN["aware"]
_WITHHELD = COLUMN["withheld"]
_WORKING = COLUMN["working"]
_SEEKING = COLUMN["seeking"]
_EARNINGS = COLUMN["earnings"]
_DEBTS = COLUMN["debts"]
_IN_DEBT = COLUMN["in_debt"]
_TRAPPED = COLUMN["trapped"]
_CAMERAS = COLUMN["cameras"]
_FRIENDS_LOST = COLUMN["friends_lost"]
_UNSETTLED = COLUMN["unsettled"]
_UNSETTLED_DAYS = COLUMN["unsettled_days"]
_REWARDED = COLUMN["rewarded"]
_BITS = np.array([number.bit_count() for number in range(256)])
_ADULT = 1
TRAPPED_DAYS = 730
"""Days under sanction, or of saving, from which somebody counts as trapped."""


@kernel(i8(State, People, i8, array(i8, 2), i8))
def add_beliefs(state: np.void, people: np.void, day: int, totals: np.ndarray[Any, Any], cell: int) -> int:
    """Add trust, norms and perceived multipliers, each decayed by a factor that a person's circles share.

    Returns:
        The sum of the perceived multipliers, Q16.
    """
    kept = half_lives(day - i64(state["trust_day"]), people["trust_half_life"])
    for circle in range(len(CIRCLES)):
        start = people["trust_start"][circle]
        totals[cell, _TRUST + circle] += nearer(i64(state["trust"][circle]), start, kept)
    elapsed = day - i64(state["belief_day"])
    lost = half_lives(elapsed, people["norm_half_life"])
    told = half_lives(elapsed, people["quiet_half_life"])
    risk = 0
    for family in range(len(FAMILIES)):
        totals[cell, _NORM + family] += nearer(i64(state["norm"][family]), ONE_Q15, lost)
        log = nearer(i64(state["perceived"][family]), 0, told)
        factor = 65536 if log == 0 else exponential(log << 4)
        totals[cell, _PERCEIVED + family] += factor
        risk += factor
    return risk


@kernel(i8(State, Traits, Accounts, People, i8))
def is_trapped(state: np.void, traits: np.void, accounts: np.void, people: np.void, day: int) -> int:
    """Tell whether somebody under sanction cannot get out: for two years, or by two years' saving (F26)."""
    if day - i64(accounts["sanction_day"]) >= TRAPPED_DAYS:
        return 1
    kept = max(i64(state["saving"]) - i64(state["wage_loss"]), 0)
    saved = (i64(traits["income_fen_day"]) * kept * TRAPPED_DAYS) >> 15
    return 1 if wealth(state, traits, people, day) + saved < 0 else 0


@kernel(void(State, Traits, People, i8, array(i8, 2), i8))
def add_livelihood(
    state: np.void, traits: np.void, people: np.void, day: int, totals: np.ndarray[Any, Any], cell: int
) -> None:
    """Add work, income, liquid wealth and debts."""
    job = i64(state["job"])
    if job == SEEKING:
        totals[cell, _SEEKING] += 1
    elif job != NO_WORK:
        totals[cell, _WORKING] += 1
    totals[cell, _EARNINGS] += earnings(state, traits, people)
    held = wealth(state, traits, people, day)
    totals[cell, _WEALTH] += held
    if held < 0:
        totals[cell, _DEBTS] -= held
        totals[cell, _IN_DEBT] += 1


@kernel(void(State, Hearsay, People, i8, i8, array(i8)))
def add_mood(
    state: np.void, hearsay: np.void, people: np.void, risk: int, day: int, sums: np.ndarray[Any, Any]
) -> None:
    """Add stress, approval, what is said of it in public, and the harm one is used to."""
    private = approval(state, hearsay, people, day)
    sums[_STRESS] += stress(state, people, day)
    sums[_APPROVAL] += private
    sums[_SAID] += public_answer(people, private, risk)
    sums[_USED_TO] += used_to(state, hearsay, people, day)


@kernel(void(i8, i8, i8, States, AllTraits, AllAccounts, AllHearsay, Rules, People, array(i8, 2)))
def add_stocks(
    low: int,
    high: int,
    day: int,
    states: np.ndarray[Any, Any],
    traits: np.ndarray[Any, Any],
    accounts: np.ndarray[Any, Any],
    hearsay: np.ndarray[Any, Any],
    rules: np.void,
    people: np.void,
    totals: np.ndarray[Any, Any],
) -> None:
    """Add the state of the adults of a range on a day to the totals of their cell: int64 (cells, stocks)."""
    for person in range(low, high):
        if i64(traits[person]["flags"]) & _ADULT == 0:
            continue
        state = states[person]
        if is_dead(state) == 1:
            continue
        cell = i64(traits[person]["cell"])
        totals[cell, 0] += 1
        risk = add_beliefs(state, people, day, totals, cell)
        points = composite(accounts[person], rules, day)
        totals[cell, _COMPOSITE] += points
        band = band_of(rules, points)
        if band >= 0:
            totals[cell, _BAND + band] += 1
        bits = punishing(rules, CITIZEN, i64(accounts[person]["sanctions"]))
        if bits != 0:
            totals[cell, _SANCTIONED] += 1
            totals[cell, _TRAPPED] += is_trapped(state, traits[person], accounts[person], people, day)
            refused = refused_services(rules, bits)
            for service in range(len(SERVICES)):
                totals[cell, _REFUSED + service] += (refused >> service) & 1
        add_mood(state, hearsay[person], people, risk, day, totals[cell])
        add_livelihood(state, traits[person], people, day, totals, cell)
        lost = pay_lost(state, traits[person], day)
        if lost != 0:
            totals[cell, _UNSETTLED] += lost
            totals[cell, _UNSETTLED_DAYS] += thousandth_days(traits[person], lost)
        if i64(state["aware_day"]) <= day:
            totals[cell, _AWARE] += 1
        if may_drive(state, day) == 0:
            totals[cell, _WITHHELD] += 1


def _rewards(rules: np.void) -> int:
    """Return which bits of a citizen's sanctions are rewards."""
    benefits = rules["sanction_wage"][CITIZEN] < 0
    return sum(1 << int(place) for place in np.flatnonzero(benefits))


def stocks(world: World) -> np.ndarray[Any, Any]:
    """Return the stocks of a world at the end of the day last lived: int64 (cells, stocks)."""
    cuts = np.linspace(0, world.population.count, len(world.shards) + 1).astype(int)

    def of_range(number: int) -> np.ndarray[Any, Any]:
        totals = np.zeros((CELLS, len(STOCKS)), np.int64)
        traits = world.population.traits
        day = max(world.day - 1, 0)
        here, until = cuts[number], cuts[number + 1]
        accounts = world.kept.of(CITIZEN)
        add_stocks(
            here, until, day, world.state, traits, accounts, world.hearsay, world.rules, world.people, totals
        )
        cells, filmed = traits["cell"][here:until], world.work["camera"][here:until] == 1
        held = accounts["sanctions"][here:until] & _rewards(world.rules)
        alive = (traits["flags"][here:until] & _ADULT == 1) & (world.state["job"][here:until] != DEAD)
        totals[:, _REWARDED] = np.bincount(cells[(held != 0) & alive], minlength=CELLS)
        totals[:, _CAMERAS] = np.bincount(cells[filmed], minlength=CELLS)
        cut = np.flatnonzero(world.work["cut"][here:until])
        lost = _BITS[world.work["cut"][here:until][cut]]
        totals[:, _FRIENDS_LOST] = np.bincount(cells[cut], lost, CELLS).astype(np.int64)
        return totals

    return np.asarray(sum(world.for_all(of_range, range(len(world.shards)))))
