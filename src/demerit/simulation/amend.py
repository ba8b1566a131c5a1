"""The day on which other rules begin to hold: what a world carries over, and whose scores are read anew.

Nobody knew before that day. Points fade by the old rules up to it, sanctions are reckoned by the new ones on
it, and a price that has once replaced a norm stays when it is taken away (F11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.columns import NEVER
from demerit.catalogue.letters import AMENDED
from demerit.catalogue.pointers import AllAccounts, AllTraits, Rules, States
from demerit.catalogue.words import CITIZEN, SUBJECT_SHIFT, SUBJECTS
from demerit.engine.ids import make_id
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, void
from demerit.engine.messages import MESSAGE_DTYPE
from demerit.institutions.endangered import job_danger
from demerit.institutions.lists import called_lists
from demerit.institutions.sanctions import in_force, next_crossing, pay_cut, refused_services
from demerit.institutions.standing import settle
from demerit.simulation.offices import resize_offices
from demerit.simulation.start import is_told

if TYPE_CHECKING:
    from demerit.simulation.world import World

_LAST_PHASE = 7
_NO_NOVELTY = 65536


def amend(world: World, rules: np.void, law: np.void) -> None:
    """Let other tables hold from the day that is about to be lived.

    Args:
        world: a world whose last day has ended.
        rules: compiled rules, with the same places of registers, platforms and rules as the present ones.
        law: compiled null regime.
    """
    old, day = world.rules, world.day
    for kind in np.flatnonzero(_fade_otherwise(old, rules)):
        settle_all(world.kept.of(int(kind)), old, int(kind), day)
    before = _meanings(world, old)
    world.rules, world.law = carried(old, rules, day), law
    resize_offices(world)
    if rules["licence_cycle"] != old["licence_cycle"]:
        turn_cycles(world.state, world.population.traits, old, rules, day)
    if rules["aware_share"] > old["aware_share"]:
        tell(world.seed, world.state, rules, day)
    touched = np.flatnonzero((before != _meanings(world, world.rules)).any(axis=1))
    messages = notices(touched, world.account_first, day)
    for shard in world.shards:
        shard.file(world.town, messages, day - 1)


def _fade_otherwise(old: np.void, rules: np.void) -> np.ndarray[Any, Any]:
    """Tell for which kinds of subject points that stay begin to fade at another pace: bool (kinds)."""
    stays = (old["floor"] != old["ceiling"]) & (rules["floor"] != rules["ceiling"])
    return np.asarray((stays & (old["half_life"] != rules["half_life"])).any(axis=1))


def _meanings(world: World, rules: np.void) -> np.ndarray[Any, Any]:
    """Return what some rules would find today about every account: int64 (accounts, 6), see `read`."""
    found = np.zeros((world.account_first[-1], 6), np.int64)
    for kind in range(len(SUBJECTS)):
        low, high = world.account_first[kind : kind + 2]
        read(world.kept.of(kind), rules, kind, world.day, found[low:high])
    return found


@kernel(void(AllAccounts, Rules, i8, i8, array(i8, 2)))
def read(
    accounts: np.ndarray[Any, Any], rules: np.void, kind: int, day: int, found: np.ndarray[Any, Any]
) -> None:
    """Read accounts of a kind of subject by some rules, without writing to them.

    Args:
        found: by account, sanctions and rewards that its scores call for, the day on which decay ends the
            next one, services refused, pay cut, the danger to a job, and what lists hold of it.
    """
    for place in range(len(found)):
        account = accounts[place]
        bits = in_force(account, rules, kind, day)
        found[place, 0] = bits
        found[place, 1] = next_crossing(account, rules, kind, bits, day, NEVER) if bits != 0 else NEVER
        if kind == CITIZEN:
            found[place, 2] = refused_services(rules, bits)
            found[place, 3] = pay_cut(rules, bits)
        found[place, 4] = job_danger(rules, kind, bits)
        found[place, 5] = called_lists(account, rules, kind, day)


def carried(old: np.void, rules: np.void, day: int) -> np.void:
    """Return rules with what lasts beyond a change: since when prices are in force, and what is new."""
    rules = rules.copy()
    begun = (old["frame"] == 0) & (rules["frame"] != 0)
    ended = (old["frame"] != 0) & (rules["frame"] == 0)
    frame = np.where(begun, day + 1, old["frame"])
    until = np.where(ended, np.minimum(old["frame_until"], day), np.where(begun, NEVER, old["frame_until"]))
    rules["frame_until"] = np.where((frame != 0) & (rules["frame"] != 0), NEVER, until)
    rules["frame"] = frame
    fresh = old["novelty"] == _NO_NOVELTY and rules["novelty"] != _NO_NOVELTY
    rules["novelty_day"] = day if fresh else old["novelty_day"]
    return rules


@kernel(void(AllAccounts, Rules, i8, i8))
def settle_all(accounts: np.ndarray[Any, Any], rules: np.void, subject_kind: int, day: int) -> None:
    """Bring the points of all accounts of a kind of subject to today."""
    for place in range(len(accounts)):
        settle(accounts[place], rules, subject_kind, day)


@kernel(void(States, AllTraits, Rules, Rules, i8))
def turn_cycles(
    states: np.ndarray[Any, Any], traits: np.ndarray[Any, Any], old: np.void, rules: np.void, day: int
) -> None:
    """Number licence cycles by their new length; points of a cycle that is over are cleared first."""
    for person in range(len(states)):
        state = states[person]
        gone = i64(traits[person]["licence_anchor"]) + day
        if i64(state["licence_cycle"]) != (gone // max(old["licence_cycle"], 1)) & 255:
            state["licence_points"] = 0
        state["licence_cycle"] = (gone // max(rules["licence_cycle"], 1)) & 255


@kernel(void(i8, States, Rules, i8))
def tell(seed: int, states: np.ndarray[Any, Any], rules: np.void, day: int) -> None:
    """Let more people know of the score: those whom the same draw as on the first morning now reaches."""
    for person in range(len(states)):
        if i64(states[person]["aware_day"]) == NEVER and is_told(seed, person, rules) == 1:
            states[person]["aware_day"] = day


def notices(
    places: np.ndarray[Any, Any], account_first: np.ndarray[Any, Any], day: int
) -> np.ndarray[Any, Any]:
    """Return a message due today to every subject whose account means something else from now on."""
    kinds = np.searchsorted(account_first, places, side="right") - 1
    subjects = (kinds << SUBJECT_SHIFT) | (places - account_first[kinds])
    messages = np.zeros(len(places), MESSAGE_DTYPE)
    messages["target"] = subjects
    messages["name"] = [make_id(day, int(subject), _LAST_PHASE, 0) for subject in subjects]
    messages["due"] = day
    messages["kind"] = AMENDED
    return messages
