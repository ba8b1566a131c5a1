"""Reckoning at the end of a day: lists that read scores, then sanctions and rewards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.arithmetic import faded, shown
from tests.reference.duties import FOREVER, GRACE, OFF, begin_listing, leave_list

if TYPE_CHECKING:
    from tests.reference.engine import Entry, Reference
    from tests.reference.rulebook import Hanging

HORIZON_DAYS = 400


def reckon(world: Reference, subject: str, cause: Entry) -> None:
    review_lists(world, subject, cause)
    account = world.accounts[subject]
    for rule in world.rules.hanging_on(subject):
        now, before = in_force(world, subject, rule), rule.id in account.sanctions
        if now == before:
            continue
        world.enter(subject, "sanction_start" if now else "sanction_end", rule.id, cause=cause)
        (account.sanctions.add if now else account.sanctions.remove)(rule.id)


def review_lists(world: Reference, subject: str, cause: Entry) -> None:
    """Bring the lists that read a score in line with it."""
    account = world.accounts[subject]
    for one in world.rules.lists_of(subject):
        if not one.reads or one.reads not in world.rules.systems_of(subject):
            continue
        score = world.standing(subject, one.reads)
        called = score >= one.above if one.above is not None else score < one.below
        until = account.listed[one.id]
        if called and until == OFF:
            begin_listing(world, subject, one, "true", cause)
        elif not called and until in (FOREVER, GRACE):
            leave_list(world, subject, one.id, cause)


def in_force(world: Reference, subject: str, rule: Hanging) -> bool:
    account = world.accounts[subject]
    if rule.counts == "violations":
        return account.violations >= rule.at_least
    if rule.counts == "fines":
        return account.fines_due >= rule.at_least
    if rule.on_list:
        return account.listed[rule.reads] > GRACE
    return applies(rule, world.standing(subject, rule.reads))


def applies(rule: Hanging, score: int) -> bool:
    if rule.above is not None:
        return score >= rule.above
    return rule.below is not None and score < rule.below


def plan_waking(world: Reference) -> None:
    """Wake tomorrow's subjects: those of whom decay alone will have ended a sanction by then.

    Every day is looked at, one after the other, where the engine under test computes the day in advance.
    """
    for subject, account in list(world.accounts.items()):
        for rule in world.rules.hanging_on(subject):
            if rule.id not in account.sanctions or rule.counts or rule.on_list:
                continue
            scale = world.rules.scale(subject, rule.reads)
            if not scale.half_life:
                continue
            points = faded(account.sums[rule.reads], world.day + 1 - account.day, scale.half_life)
            score = shown(scale.base, min(max(points, scale.floor), scale.ceiling))
            if not applies(rule, score):
                world.wake(subject)
