"""Roads out of a sanction that the rules allow: waiting, courses, performance, appeals, good deeds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.words import CITIZEN, WRONGFUL
from demerit.explain.crossings import Edge, Future
from demerit.explain.rules import scale_of
from demerit.explain.waterfall import scale_on
from demerit.regime.roads import sources

if TYPE_CHECKING:
    from demerit.explain.lives import Life
    from demerit.explain.source import Entry
    from demerit.regime.appeal_types import Repair
    from demerit.regime.list_types import ListRule
    from demerit.regime.sanction_types import Sanction


@dataclass(frozen=True)
class Road:
    """A road out of a sanction.

    Attributes:
        what: wait, course, perform, appeal or deeds.
        days: how long until it ends the sanction; None where nobody can tell.
        cost: its price with the pay that the sanction takes until then, in days of own income; None where
            nobody can tell.
        certain: whether it is sure to end the sanction, if nothing new is added.
        how: what has to be done, in words.
    """

    what: str
    days: int | None
    cost: float | None
    certain: bool
    how: str


def cheapest(roads: list[Road]) -> Road | None:
    """Return the cheapest of the roads that are sure to lead out, the shortest of equals.

    What nobody can price comes after all that has a price.
    """
    sure = [road for road in roads if road.certain and road.days is not None]
    return min(sure, key=lambda road: (math.inf if road.cost is None else road.cost, road.days), default=None)


def roads_out(
    life: Life,
    rule: Sanction,
    since: Entry,
    future: Future | None,
    edge: Edge | None,
    clears: int | None,
    listed: ListRule | None = None,
) -> list[Road]:
    """Return the roads out of a sanction that is in force, in the order waiting, paying, asking, doing.

    Args:
        life: whose it is.
        rule: the sanction.
        since: what began it, or the stay on its list.
        future: the score behind it; edge: its threshold there; None for a list.
        clears: the day on which time alone ends it; None if it never does.
        listed: the list behind it, if it is one.
    """
    last, daily = life.told.last_day, float(rule.wage_loss)
    found = []
    if clears is not None:
        days = clears - last
        cost = daily * days if life.kind == CITIZEN else None
        found.append(Road("wait", days, cost, True, f"wait {days} days"))
    found += _courses(life, rule, since, future, edge)
    if listed is not None and listed.performance:
        days = _removal(life, listed)
        how = f"pay what is owed; the list is left {days} days later"
        found.append(Road("perform", days, None, True, how))
    found += _appeals(life, since, future, edge)
    if future is not None and edge is not None:
        found += _deeds(life, future, edge)
    return found


def _courses(
    life: Life, rule: Sanction, since: Entry, future: Future | None, edge: Edge | None
) -> list[Road]:
    """Return the courses that repair what the sanction reads: offered every so many days under it."""
    if life.kind != CITIZEN:
        return []
    last, daily = life.told.last_day, float(rule.wage_loss)
    found = []
    for one in life.told.rules.repairs:
        if one.restores != rule.reads:
            continue
        begun = _under_way(life, one)
        waiting, course = round(float(one.waiting_days)), round(float(one.course_days))
        offered = _next_offer(life, rule, since, waiting) if begun is None else begun
        done = offered + course
        price = 0.0 if begun is not None else float(one.cost_days)
        cost = price + daily * (done - last)
        clears = True
        how = f"take the course {one.id}: offered on {life.told.date_of(offered)}, {course} days"
        if future is not None and edge is not None:
            lost = max(-future.fall.within(future.total(done)), 0)
            back = lost * round(float(one.share) * 65536) >> 16
            clears = future.shown(done, back) >= edge.at
            how += f", gives back {back / 1000:g} points"
            how += "" if clears else f", which leaves {future.shown(done, back)} of the {edge.at} needed"
        found.append(Road("course", done - last, cost, clears, how))
    return found


def _under_way(life: Life, repair: Repair) -> int | None:
    """Return the day on which a course began that is not done yet; None if there is none."""
    begun = None
    for entry in life.own:
        if entry["rule"] == f"repair:{repair.id}":
            begun = life.told.day_of(entry["date"]) if entry["what"] == "repair_begun" else None
    return begun


def _next_offer(life: Life, rule: Sanction, since: Entry, waiting: int) -> int:
    """Return the first day to come on which the course is offered, so many days after each other."""
    same = {f"sanction:{one.id}" for one in life.told.rules.sanctions if one.reads == rule.reads}
    open_: dict[str, int] = {}
    first = life.told.day_of(since["date"])
    for entry in life.own:
        if entry["rule"] in same and entry["what"] == "sanction_start":
            if not open_:
                first = life.told.day_of(entry["date"])
            open_[entry["rule"]] = 1
        elif entry["rule"] in same and entry["what"] == "sanction_end":
            open_.pop(entry["rule"], None)
    turns = (life.told.last_day - first) // waiting + 1
    return first + turns * waiting


def _removal(life: Life, listed: ListRule) -> int:
    """Return how long the removal clock runs that starts on the day after the last."""
    begin = np.datetime64(life.told.date_of(life.told.last_day + 1)) + round(float(listed.removal_days))
    end = np.busday_offset(begin, listed.removal_working_days, roll="backward")
    return 1 + int((max(end, begin) - np.datetime64(life.told.date_of(life.told.last_day + 1))).astype(int))


def _appeals(life: Life, since: Entry, future: Future | None, edge: Edge | None) -> list[Road]:
    """Return appeals that can still be filed against wrongful records and would end the sanction."""
    appeals = life.told.rules.appeals
    if appeals is None or life.kind != CITIZEN:
        return []
    found = []
    verdicts = [entry for entry in life.own if entry["what"] == "record_reversed"]
    taken_back = {one["id"] for entry in verdicts for one in life.way_up(entry)}
    for record in life.own:
        day = life.told.day_of(record["date"])
        open_ = day + float(appeals.window_days) > life.told.last_day
        wrong = record["what"] == "record" and record["label"] in WRONGFUL
        if not (wrong and open_) or record["id"] in taken_back:
            continue
        if future is None or edge is None:
            ends = record["id"] in {one["id"] for one in life.way_up(since)}
        else:
            left = sum(m.left for m in future.fall.moves if record in [m.entry, *life.way_up(m.entry)])
            ends = future.shown(life.told.last_day, -left) >= edge.at
        if ends:
            until = life.told.date_of(day + math.ceil(float(appeals.window_days)) - 1)
            what = f"the {record['label']} record {record['id']}"
            how = f"appeal against {what} until {until}; it may be upheld"
            found.append(Road("appeal", None, 0.0, False, how))
    return found


def _deeds(life: Life, future: Future, edge: Edge) -> list[Road]:
    """Return how many good deeds of each kind, seen and credited, would lift the score across the edge."""
    rules = life.told.rules
    found = []
    for conduct in rules.conducts:
        worth = max(
            (_worth(life, name, float(one), future.fall.system) for name, one in conduct.points.items()),
            default=0,
        )
        if worth > 0:
            count = -(-edge.points // worth)
            how = f"be seen {count} × at {conduct.answers}, {worth / 1000:g} points each"
            found.append(Road("deeds", None, 0.0, False, how))
    return sorted(found, key=lambda road: road.how)[:3]


def _worth(life: Life, register: str, points: float, system: str) -> int:
    """Return what register points are worth in a score system, thousandths; 0 if they never come there."""
    rules, kind = life.told.rules, "citizen"
    if life.kind != CITIZEN:
        return 0
    if register == system:
        return round(points * 1000)
    scale, kept = scale_on(rules, kind, system), scale_on(rules, kind, register)
    weights = getattr(scale_of(rules, kind, system), "weights", {})
    edges = [(one.from_, one.to) for one in rules.transfers]
    if scale is None or kept is None or register not in weights or register not in sources(edges, system):
        return 0
    span = (scale.ceiling - scale.floor) / (kept.ceiling - kept.floor)
    return int(float(weights[register]) * points * 1000 * span)
