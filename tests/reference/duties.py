"""Lists, fines, violations and the licence, as `docs/institutions.md` tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.arithmetic import clock_days

from demerit.catalogue.purposes import Purpose

if TYPE_CHECKING:
    from tests.reference.engine import Entry, Reference
    from tests.reference.rulebook import ListOf

OFF, GRACE, FOREVER = 0, 1, 65535


# --- lists -------------------------------------------------------------------------------------------------


def consider_lists(world: Reference, subject: str, conduct: str, record: Entry, sequence: int) -> None:
    for slot, one in enumerate(world.rules.lists_of(subject)):
        chance = world.rules.conducts[conduct].lists.get(one.id, 0.0)
        lane = world.lanes(Purpose.LISTING, subject, world.day, sequence * 3 + slot)[0]
        if chance > 0 and lane < world.chance(chance):
            begin_listing(world, subject, one, record.label, record)


def begin_listing(world: Reference, subject: str, one: ListOf, label: str, cause: Entry) -> None:
    """Start the way to a list; who is on it with a term stays until the later end."""
    account = world.accounts[subject]
    until = account.listed[one.id]
    if until in (GRACE, FOREVER):
        return
    if until > GRACE:
        if one.term and world.day + one.term > until:
            account.listed[one.id] = world.day + one.term
            world.write(subject, subject, one.term, "unlisted", name=one.id, cause=cause)
        return
    delay = clock_days(world.start, world.day, one.grace, one.grace_working)
    if delay == 0:
        enter_list(world, subject, one, label, cause)
    else:
        account.listed[one.id] = GRACE
        world.write(subject, subject, delay, "listed", name=one.id, label=label, cause=cause, after="")


def enter_list(world: Reference, subject: str, one: ListOf, label: str, cause: Entry) -> None:
    entry = world.enter(subject, "list_entry", one.id, label=label, cause=cause)
    world.accounts[subject].listed[one.id] = world.day + one.term if one.term else FOREVER
    if one.term:
        world.write(subject, subject, one.term, "unlisted", name=one.id, cause=entry)
    if one.leads_to:
        world.write(
            subject,
            subject,
            one.leads_after,
            "listed",
            name=one.leads_to,
            label=label,
            cause=entry,
            after=one.id,
        )


def be_listed(world: Reference, subject: str, name: str, label: str, cause: Entry, after: str) -> None:
    account, one = world.accounts[subject], world.rules.list_named(name)
    if after:
        if account.listed[after] > GRACE:
            begin_listing(world, subject, one, label, cause)
            world.touch(subject, cause)
    elif account.listed[name] == GRACE:
        enter_list(world, subject, one, label, cause)
        world.touch(subject, cause)


def leave_list(world: Reference, subject: str, name: str, cause: Entry) -> None:
    account = world.accounts[subject]
    if account.listed[name] > GRACE:
        world.enter(subject, "list_exit", name, cause=cause)
    account.listed[name] = OFF


def be_unlisted(world: Reference, subject: str, name: str, cause: Entry) -> None:
    if world.accounts[subject].listed[name] == world.day:
        leave_list(world, subject, name, cause)
        world.touch(subject, cause)


def perform(world: Reference, subject: str, situation: str, cause: Entry) -> None:
    """Doing what was owed starts the removal clock; in the days of grace it stops the entry."""
    account = world.accounts[subject]
    for one in world.rules.lists_of(subject):
        until = account.listed[one.id]
        if not one.performance or until == OFF or one.id not in world.rules.lists_behind(situation):
            continue
        delay = clock_days(world.start, world.day, one.removal, one.removal_working)
        if until == GRACE or delay == 0:
            leave_list(world, subject, one.id, cause)
        elif world.day + delay < until:
            account.listed[one.id] = world.day + delay
            world.write(subject, subject, delay, "unlisted", name=one.id, cause=cause)


# --- fines -------------------------------------------------------------------------------------------------


def fine(world: Reference, subject: str, fen: int, conduct: str, cause: Entry, sequence: int) -> None:
    """Most pay on the day; a late one is unpaid from its day, overdue after the term, paid after a delay."""
    fines = world.rules.fines
    if fen == 0 or fines is None:
        return
    lanes = world.lanes(Purpose.FINE, subject, world.day, sequence)
    if lanes[0] < world.chance(fines.late):
        turn_cycle(world, subject)
        world.accounts[subject].fines_due += 1
        paid = fines.term + fines.delays[lanes[1] >> 24]
        world.write(subject, subject, fines.term, "fine overdue", cause=cause)
        world.write(subject, subject, paid, "fine paid", conduct=conduct, fen=fen, cause=cause)


def fine_overdue(world: Reference, subject: str, cause: Entry) -> None:
    tell_own_car(world, subject, 1, cause)


def fine_paid(world: Reference, subject: str, conduct: str, fen: int, cause: Entry) -> None:
    turn_cycle(world, subject)
    world.accounts[subject].fines_due -= 1
    tell_own_car(world, subject, -1, world.enter(subject, "fine_paid", conduct, amount=fen, cause=cause))


def tell_own_car(world: Reference, subject: str, change: int, cause: Entry) -> None:
    for vehicle in world.relations.linked(subject, "driver"):
        world.write(subject, vehicle, 1, "owner's fine", of=subject, change=change, cause=cause)
    world.touch(subject, cause)


def owner_fined(world: Reference, subject: str, of: str, change: int, cause: Entry) -> None:
    """A car takes note only of the fines of whoever owns it."""
    if world.relations.owner.get(subject) == of:
        account = world.accounts[subject]
        account.fines_due = max(account.fines_due + change, 0)
        world.touch(subject, cause)


# --- violations --------------------------------------------------------------------------------------------


def count_violation(world: Reference, subject: str, cause: Entry) -> None:
    account = world.accounts[subject]
    account.violations += 1
    world.write(subject, subject, world.rules.violation_days, "violation over", cause=cause)
    vehicle = subject.startswith("vehicle")
    if not vehicle or account.violations == 1:
        for target in world.relations.linked(subject, "owner" if vehicle else "driver"):
            if not target.startswith("citizen"):
                world.write(subject, target, 1, "violated", change=1, cause=cause)


def be_in_violation(world: Reference, subject: str, change: int, cause: Entry) -> None:
    """Of a fleet, the vehicles in violation count in percent, a part of a percent as a whole one."""
    if subject.startswith("company"):
        account = world.accounts[subject]
        account.violating = max(account.violating + change, 0)
        fleet = max(world.relations.fleet[subject], 1)
        account.violations = min(-(-100 * account.violating // fleet), 255)
    else:
        count_violation(world, subject, cause)
    world.touch(subject, cause)


def violation_over(world: Reference, subject: str, cause: Entry) -> None:
    account = world.accounts[subject]
    account.violations = max(account.violations - 1, 0)
    if account.violations == 0 and subject.startswith("vehicle"):
        for target in world.relations.linked(subject, "owner"):
            if not target.startswith("citizen"):
                world.write(subject, target, 1, "violated", change=-1, cause=cause)
    world.touch(subject, cause)


# --- the licence -------------------------------------------------------------------------------------------


def turn_cycle(world: Reference, subject: str) -> None:
    """Clear the points when a new cycle has begun, unless a fine is unpaid and holds them over."""
    licence, account = world.rules.licence, world.accounts[subject]
    if licence is None or licence.expiry or subject not in world.relations.anchor:
        return
    cycle = (world.day + world.relations.anchor[subject]) // licence.cycle
    if account.licence_cycle is None:
        account.licence_cycle = world.relations.anchor[subject] // licence.cycle
    if cycle != account.licence_cycle:
        account.licence_cycle, account.restored = cycle, 0
        if not licence.carries_over or account.fines_due == 0:
            account.licence_points = 0


def add_licence_points(world: Reference, subject: str, conduct: str, cause: Entry, sequence: int) -> None:
    licence, account = world.rules.licence, world.accounts[subject]
    added = world.rules.conducts[conduct].licence_points
    if licence is None or added == 0 or subject not in world.relations.anchor:
        return
    account.licence_points += added
    if licence.expiry:
        world.write(
            subject,
            subject,
            licence.expiry,
            "licence points lapse",
            points=added,
            epoch=account.licence_epoch,
        )
    if account.licence_points < licence.limit:
        course = licence.course
        if course is None or account.restored >= course.most:
            return
        if world.lanes(Purpose.COURSE, subject, world.day, sequence)[0] < world.chance(course.share):
            world.write(subject, subject, course.days, "studied", cause=cause)
        return
    if account.licence_until > world.day:
        return
    if world.lanes(Purpose.HARDSHIP, subject, world.day, sequence)[0] < world.chance(licence.hardship):
        return
    days = min(licence.study * (account.licence_points // licence.limit), licence.study_most)
    account.licence_until = world.day + days
    cost = world.relations.cost(subject, licence.cost_days)
    taken = world.enter(subject, "licence_withheld", conduct, amount=cost, cause=cause)
    world.write(subject, subject, days, "licence back", conduct=conduct, cause=taken)


def return_licence(world: Reference, subject: str, conduct: str, cause: Entry) -> None:
    account = world.accounts[subject]
    account.licence_points = 0
    account.licence_epoch += 1
    world.enter(subject, "licence_returned", conduct, cause=cause)


def lapse_licence_points(world: Reference, subject: str, points: int, epoch: int) -> None:
    account = world.accounts[subject]
    if account.licence_epoch == epoch:
        account.licence_points = max(account.licence_points - points, 0)


def finish_course(world: Reference, subject: str, cause: Entry) -> None:
    """Restore points: none at the limit or without a licence, and only so many in a cycle."""
    turn_cycle(world, subject)
    licence, account = world.rules.licence, world.accounts[subject]
    assert licence is not None
    assert licence.course is not None
    if account.licence_points >= licence.limit or account.licence_until > world.day:
        return
    given = min(licence.course.points, licence.course.most - account.restored, account.licence_points)
    if given > 0:
        account.licence_points -= given
        account.restored += given
        cost = world.relations.cost(subject, licence.course.cost_days)
        world.enter(subject, "points_restored", "", points=1000 * given, amount=cost, cause=cause)
