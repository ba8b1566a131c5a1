"""Transfers: copies of records on their ways to platforms and into other registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.arithmetic import toward_zero
from tests.reference.rulebook import Transfer

from demerit.catalogue.purposes import Purpose

if TYPE_CHECKING:
    from tests.reference.engine import Entry, Reference


def share(
    world: Reference,
    subject: str,
    register: str,
    points: int,
    label: str,
    record: Entry,
    depth: int,
    case: int,
) -> None:
    """Draw the fate of every copy today; a platform that deduplicates counts the one that comes first."""
    reached: dict[str, tuple[int, bool, Transfer]] = {}
    for transfer in world.rules.ways(subject, register):
        left, astray = world.day, False
        if transfer.start in world.rules.platforms:
            if transfer.start not in reached:
                continue
            left, astray, _ = reached[transfer.start]
        place = list(world.rules.registers).index(register) * 32 + transfer.number
        lanes = world.lanes(Purpose.TRANSFER, subject, case, place)
        if lanes[0] < world.chance(transfer.loss + (1 - transfer.loss) * (1 - transfer.access)):
            if lanes[0] < world.chance(transfer.loss):
                fields = {"register": register, "label": label, "points": points, "depth": depth}
                world.enter(subject, "loss", transfer.id, cause=record, **fields)
            continue
        due = left + transfer.delays[lanes[1] >> 24]
        if transfer.end not in world.rules.platforms:
            if not astray:
                road = world.case_by(subject, case, register, 24 + transfer.number)
                pass_to_register(world, subject, transfer, due, points, label, record, depth, road)
            continue
        if subject.startswith("citizen") and lanes[2] < world.chance(transfer.mismatch):
            astray = True
        merges = world.rules.platforms[transfer.end]
        copy = (due, astray, transfer)
        if not merges:
            send_copy(world, subject, register, points, label, record, depth, copy)
        if transfer.end not in reached or due < reached[transfer.end][0]:
            reached[transfer.end] = copy
        if lanes[3] < world.chance(transfer.duplication) and not merges:
            second = (due + 1, astray, transfer)
            send_copy(world, subject, register, points, "duplicate", record, depth, second)
    merging = [
        platform for platform, merges in world.rules.platforms.items() if merges and platform in reached
    ]
    for platform in merging:
        send_copy(world, subject, register, points, label, record, depth, reached[platform])


def pass_to_register(
    world: Reference,
    subject: str,
    transfer: Transfer,
    due: int,
    points: int,
    label: str,
    record: Entry,
    depth: int,
    case: int,
) -> None:
    """Send a share of a record into another register, if it is kept for the subject."""
    passed = toward_zero(points * transfer.factor, 1000)
    if passed != 0 and transfer.end in world.rules.kept_for(subject):
        news = {"points": passed, "label": label, "record": record, "depth": depth, "case": case}
        world.write(subject, subject, due - world.day, "shared", transfer=transfer, **news)


def send_copy(
    world: Reference,
    subject: str,
    register: str,
    points: int,
    label: str,
    record: Entry,
    depth: int,
    copy: tuple[int, bool, Transfer],
) -> None:
    due, astray, transfer = copy
    worth = world.rules.worth(subject, transfer.end, register, points)
    if worth == 0:
        return
    target: str | None = subject
    if astray:
        target, label = world.relations.namesake(record, transfer, due, depth), "mistaken"
    if target is not None:
        world.write(
            subject,
            target,
            due - world.day,
            "arrival",
            transfer=transfer,
            register=register,
            points=worth,
            label=label,
            record=record,
            depth=depth,
        )


def arrive(
    world: Reference,
    subject: str,
    transfer: Transfer,
    register: str,
    points: int,
    label: str,
    record: Entry,
    depth: int,
) -> None:
    """Book what is left since the day of the record, and enter the arrival."""
    change = world.book(subject, transfer.end, points, record.day, record, transfer.id, register)
    entry = world.enter(
        subject,
        "arrival",
        transfer.id,
        register=register,
        label=label,
        points=change,
        depth=depth,
        cause=record,
    )
    world.touch(subject, entry)


def be_shared(
    world: Reference,
    subject: str,
    transfer: Transfer,
    points: int,
    label: str,
    record: Entry,
    depth: int,
    case: int,
) -> None:
    entry = world.enter(
        subject,
        "shared_in",
        transfer.id,
        register=transfer.end,
        label=label,
        points=points,
        depth=depth,
        cause=record,
    )
    world.book_in_register(subject, transfer.end, points, label, entry, depth, case)
    world.touch(subject, entry)
