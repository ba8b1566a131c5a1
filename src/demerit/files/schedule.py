"""Rules in time: dated rules and dated changes, and the data that is in force on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from demerit.files.checking import Finding, items
from demerit.files.dates import Date, as_date, holds, turning_days
from demerit.files.locator import Path
from demerit.files.names import Id
from demerit.files.patching import Change, Entry, apply_patches
from demerit.files.reading import Located
from demerit.files.table import Listed, Table

STEPS: Final = "tightening"
"""Section that holds the steps of a schedule."""
MOST_TURNS: Final = 100
"""Days on which one file may change its rules."""


class Step(Table):
    """A step of a schedule: changes that take effect on a date, or on the first day of a year."""

    id: Id
    date: Date | None = None
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    patches: Annotated[tuple[Change, ...], Listed, Field(alias="patch", min_length=1)]


@dataclass(frozen=True)
class View:
    """What is in force from a day on (None: before any date), remarks, and what could not be applied."""

    day: date | None
    located: Located
    notes: list[str]
    findings: list[Finding]


def step_day(step: Mapping[str, Any]) -> date | None:
    """Return the first day of a step as read from a file; None if it has none that can be read."""
    year = step.get("year")
    if step.get("date") is None and isinstance(year, int) and 1900 <= year <= 2100:
        return date(year, 1, 1)
    return as_date(step.get("date"))


def check_dates(data: Mapping[str, Any]) -> list[Finding]:
    """Find rules that end before they begin, steps without one date, and schedules without an end."""
    findings = []
    for section in data:
        for path, item in items(data, section):
            since, until = as_date(item.get("since")), as_date(item.get("until"))
            if since is not None and until is not None and until < since:
                message = f"ends on {until}, before it begins on {since}"
                findings.append(
                    Finding((*path, "until"), message, f"{since} or later", rule="dates-in-order")
                )
    for path, step in items(data, STEPS):
        if (step.get("date") is None) == (step.get("year") is None):
            message = "a step needs a date or a year, and not both"
            findings.append(
                Finding(path, message, "date = 2019-01-01, or year = 2019", rule="step-has-a-day")
            )
    if len(turns(data)) > MOST_TURNS:
        message = f"the rules change on {len(turns(data))} days"
        findings.append(Finding((), message, f"at most {MOST_TURNS} days", rule="schedule-is-short"))
    return findings


def turns(data: Mapping[str, Any]) -> list[date]:
    """List, in order, the days on which dated rules or steps change what is in force."""
    days = [
        day
        for section in data
        if section != STEPS
        for _, one in items(data, section)
        for day in turning_days(one)
    ]
    days += [day for _, step in items(data, STEPS) if (day := step_day(step)) is not None]
    return sorted(set(days))


def view(located: Located, day: date | None, sections: Sequence[str]) -> View:
    """Return the rules in force on a day: steps applied in order of their days, dated rules picked.

    The data must have its defaults written out if there are steps, so that each can be named.
    """
    due = [
        (first, index, step)
        for (_, index), step in items(located.data, STEPS)
        if (first := step_day(step)) is not None and day is not None and first <= day
    ]
    entries = [
        Entry(Change.model_construct(**{"value": None, **patch}), path, located.place(path))
        for _, index, step in sorted(due, key=lambda one: one[:2])
        for number, patch in enumerate(step["patch"])
        for path in [(STEPS, index, "patch", number)]
    ]
    bare = Located({key: value for key, value in located.data.items() if key != STEPS}, located.places)
    patched = apply_patches(bare, entries, sections) if entries else None
    after = patched.located if patched else bare
    notes, findings = (patched.notes, patched.findings) if patched else ([], [])
    return View(day, _holding(after, day), notes, findings)


def _holding(located: Located, day: date | None) -> Located:
    """Leave out the rules of every list that are not in force; the places of the others follow them."""
    data = dict(located.data)
    moved: dict[Path, Path] = {}
    for section, value in located.data.items():
        if isinstance(value, list) and not all(holds(item, day) for item in value):
            kept = [index for index, item in enumerate(value) if holds(item, day)]
            data[section] = [value[index] for index in kept]
            moved |= {(section, old): (section, new) for new, old in enumerate(kept)}
    if not moved and data == located.data:
        return located
    cut = {section for section, value in data.items() if value is not located.data[section]}
    places = {}
    for path, place in located.places.items():
        if path[:1] and path[0] in cut and len(path) > 1:
            start = moved.get((path[0], path[1]))
            if start is not None:
                places[(*start, *path[2:])] = place
        else:
            places[path] = place
    return replace(located, data=data, places=places)
