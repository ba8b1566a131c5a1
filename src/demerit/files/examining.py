"""Examine data as a whole: types, units, references, and every check in every period of its rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from demerit.errors import Problem
from demerit.files.canonical import canonical, changes
from demerit.files.checking import Finding, ids, repeated_ids
from demerit.files.context import Context
from demerit.files.kind import Data, Kind, Model
from demerit.files.reading import Located
from demerit.files.schedule import MOST_TURNS, STEPS, check_dates, turns, view
from demerit.files.validation import to_problem, validate


@dataclass(frozen=True)
class Remark:
    """What was found at a place: an error, or as a warning something odd, and the linter's rule about it."""

    problem: Problem
    warning: bool
    rule: str


@dataclass(frozen=True)
class Period:
    """The rules in force from a day on (None: before any date), and whether they could be put together."""

    day: date | None
    located: Located
    whole: bool


def examine(
    kind: Kind[Model], located: Located, *, advise: bool = False
) -> tuple[Model | None, list[Remark], list[str]]:
    """Run every check on data and on the rules of each of its periods.

    Args:
        kind: the kind of file.
        located: data with places.
        advise: also find what only the linter mentions.

    Returns:
        The model if its types are right, what was found, and notes on what changes when.
    """
    data = located.data
    model, findings = validate(kind.model, data, context(kind, data))
    findings = [*findings, *repeated_ids(data), *check_dates(data)]
    remarks = [_remark(located, finding) for finding in findings]
    notes: list[str] = []
    known = {_words(one.problem) for one in remarks}
    heard: set[str] = set()
    lived: list[Data] = []
    before: Model | None = None
    for period, found, said in _periods(kind, located, model):
        day = period.day
        notes += [f"from {day} on: {note}" for note in said if note not in heard]
        heard |= set(said)
        rules = period.located.data
        odd = [*kind.check(rules), *(kind.advise(rules) if advise else ())]
        for remark in [*found, *(_remark(period.located, one) for one in odd)]:
            if _words(remark.problem) not in known:
                known.add(_words(remark.problem))
                remarks.append(remark if day is None else _from(day, remark))
        now = _valid(kind, rules) if model is not None and turns(data) else None
        if before is not None and now is not None:
            notes.append(f"from {day} on: {changes(canonical(before), canonical(now))}")
        before = now
        lived.append(rules)
    remarks += [_remark(located, one) for one in kind.together(lived)] if len(lived) > 1 else []
    return model, remarks, notes


def periods(kind: Kind[Model], model: Model) -> list[tuple[date | None, Model]]:
    """Return the rules of every period of a valid file, the first from before any date on."""
    data = canonical(model)
    if not turns(data):
        return [(None, model)]
    located = Located(data)
    found: list[tuple[date | None, Model]] = []
    for day in (None, *turns(data)):
        rules = _valid(kind, view(located, day, kind.sections()).located.data)
        if rules is not None:
            found.append((day, rules))
    return found


def context(kind: Kind[Model], data: Data) -> Context:
    """Return what the checks of single fields need to know about the rest of the data."""
    known = {section: ids(data, section) for section in data} | dict(kind.outside_ids)
    return Context(known, kind.bare_numbers)


def _valid(kind: Kind[Model], data: Data) -> Model | None:
    return validate(kind.model, data, context(kind, data))[0]


def _periods(
    kind: Kind[Model], located: Located, model: Model | None
) -> Iterator[tuple[Period, list[Remark], list[str]]]:
    """Go through the periods; without right types, steps cannot be taken and only dates are looked at."""
    days = turns(located.data)[:MOST_TURNS]
    if model is not None and days:
        located = Located(canonical(model), located.places)
    elif STEPS in located.data:
        located = replace(located, data={key: one for key, one in located.data.items() if key != STEPS})
        days = turns(located.data)[:MOST_TURNS]
    for day in (None, *days):
        seen = view(located, day, kind.sections())
        refused = [_remark(located, finding) for finding in seen.findings]
        if days and not refused:
            data = seen.located.data
            _, findings = validate(kind.model, data, context(kind, data))
            refused = [_remark(seen.located, finding) for finding in findings]
        yield Period(day, seen.located, not refused), refused, seen.notes


def _remark(located: Located, finding: Finding) -> Remark:
    return Remark(to_problem(located, finding), finding.warning, finding.rule)


def _from(day: date, remark: Remark) -> Remark:
    return replace(
        remark, problem=replace(remark.problem, message=f"from {day} on: {remark.problem.message}")
    )


def _words(problem: Problem) -> tuple[str, str]:
    return problem.key, problem.message
