"""What an attribution is asked for, checked before anything is lived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from demerit.catalogue.words import subject_name
from demerit.errors import UsageError
from demerit.explain.attribution import (
    Attribution,
    attribute,
    group_of,
    in_silence,
    of_group,
    of_subject,
    subject_units,
)
from demerit.explain.reach import reach
from demerit.explain.subjects import Named, index_of, kind_of, missing, read_subject
from demerit.files.names import nearest
from demerit.measures.indicators import BY_NAME
from demerit.study.card import card_of_plan
from demerit.study.request import RunRequest, gathering, make_plan, together

if TYPE_CHECKING:
    from demerit.study.request import Plan

FIRST = (
    "records", "wrongful_share", "others_penalised", "penalty_days", "sanctioned", "trust.neighbours",
    "stress",
)  # fmt: skip
"""Indicators that are attributed where none is asked for."""


@dataclass(frozen=True)
class AttributionRequest:
    """What to attribute.

    Attributes:
        before, after: presets or files of the regimes.
        subject: whose figures, as people write a subject; None for a group.
        group: whose indicators, as ``stratum=cadre``; None for everybody.
        indicators: their names; empty for `FIRST`.
        society, population, years, seed, start: as of a run.
    """

    before: str
    after: str
    subject: str | None = None
    group: str | None = None
    indicators: tuple[str, ...] = ()
    society: str = "city"
    population: int | None = None
    years: int = 10
    seed: int = 1
    start: str = "2014-01-01"


@dataclass(frozen=True)
class Prepared:
    """A request that can be carried out: its plan with both regimes, and the code of its subject."""

    request: AttributionRequest
    plan: Plan
    code: int | None


def prepared(request: AttributionRequest) -> Prepared:
    """Check a request and load what it names.

    Raises:
        UsageError: something cannot be done as asked; everything that is wrong is named.
        FileProblems: a regime or society that is not there or not valid.
    """
    errors, attempt = gathering(_unknown(request))
    attempt(lambda: group_of(request.group))
    asked = request.subject
    code = None if asked is None else attempt(lambda: read_subject(asked))
    plan = attempt(
        lambda: make_plan(
            RunRequest(
                regime=request.after,
                against=request.before,
                society=request.society,
                population=request.population,
                years=request.years,
                seed=request.seed,
                start=request.start,
                ledger="none",
                threads=1,
            )
        )
    )
    if isinstance(code, Named):
        errors.append(UsageError(f"write the number of {asked}, as agency:3: only a run knows who is who"))
    if errors or plan is None:
        raise together(errors)
    return Prepared(request, plan, code if isinstance(code, int) else None)


def _unknown(request: AttributionRequest) -> list[str]:
    found = []
    for name in request.indicators:
        if name not in BY_NAME:
            near = nearest(name, BY_NAME)
            found.append(f"there is no indicator '{name}'" + (f"; did you mean {near}?" if near else ""))
    if request.subject is not None and (request.group is not None or request.indicators):
        found.append("--subject goes without --group and --indicator: figures are those of the subject")
    return found


def attributed(ready: Prepared, look: Callable[[int, int], None] = in_silence) -> Attribution:
    """Live the worlds of an attribution and put the difference down to the rules that differ.

    Args:
        ready: what to attribute.
        look: told after every world how many have been lived, and how many there are.

    Raises:
        UsageError: there is no such subject among the people.
    """
    from demerit.simulation.setting import settle

    plan, request = ready.plan, ready.request
    after, before = plan.regimes[0], plan.regimes[-1]
    laws = {law.id: law for law in plan.laws}
    setting = settle(plan.society, plan.population, plan.request.seed, 1, laws)
    if ready.code is None:
        name, member = group_of(request.group)
        indicators = request.indicators or FIRST
        units = {one: BY_NAME[one].unit for one in indicators}
        found = attribute(before, after, of_group(plan, setting, member, indicators), units, name, look)
        return replace(found, reach=reach(plan, setting, before, after), card=card_of_plan(plan))
    count = int(setting.population.subjects()[kind_of(ready.code)])
    if index_of(ready.code) >= count:
        raise missing(ready.code, count)
    units = subject_units(before, after, ready.code)
    found = attribute(
        before, after, of_subject(plan, setting, ready.code), units, subject_name(ready.code), look
    )
    return replace(found, reach=reach(plan, setting, before, after), card=card_of_plan(plan))
