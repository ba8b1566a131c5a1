"""Why a sanction is in force, or why not: the condition, what is missing, when it clears, the roads out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from demerit.catalogue.words import SUBJECTS
from demerit.errors import UsageError
from demerit.explain.counts import Count, count_of
from demerit.explain.crossings import Edge, Future, edge_at
from demerit.explain.roads import Road, cheapest, roads_out
from demerit.explain.rules import scale_of
from demerit.explain.waterfall import Fold, Waterfall
from demerit.regime.sanction_types import Reward, Sanction

if TYPE_CHECKING:
    from demerit.explain.lives import Life
    from demerit.explain.source import Begin, Entry
    from demerit.regime.list_types import ListRule


@dataclass(frozen=True)
class WhyNot:
    """A sanction or reward of a subject on the last day of a run.

    Attributes:
        rule: the sanction or reward.
        since: what began it, None where it is not in force.
        condition: what it takes, in words.
        state: how things stand, in words.
        missing: what it would take to bring it on (or, in force, to end it), None where that is no number;
            unit: points, violations, percent of the fleet, fines.
        clears: first day on which time alone ends it, None if it never does or it is not in force; by: how.
        edges: every edge of the score behind it, and how far each is.
        roads: roads out, where it is in force.
        leads: conduct that leads to the list behind it, with the chance.
    """

    life: Life
    rule: Sanction | Reward
    since: Entry | None
    condition: str
    state: str
    missing: float | None = None
    unit: str = "points"
    clears: int | None = None
    by: str = ""
    edges: list[Edge] = field(default_factory=list)
    roads: list[Road] = field(default_factory=list)
    leads: list[tuple[str, float]] = field(default_factory=list)

    @property
    def cheapest(self) -> Road | None:
        """The road out that costs least, of those that are sure to lead there."""
        return cheapest(self.roads)

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        told = self.life.told
        return {
            "subject": self.life.name,
            "sanction": self.rule.id,
            "title": self.rule.title,
            "kind": "reward" if isinstance(self.rule, Reward) else "sanction",
            "in_force": self.since is not None,
            "since": None if self.since is None else self.since["date"].isoformat(),
            "because": None if self.since is None else self.since["cause"],
            "condition": self.condition,
            "state": self.state,
            "missing": self.missing,
            "unit": self.unit,
            "clears": None if self.clears is None else told.date_of(self.clears).isoformat(),
            "clears_by": self.by or None,
            "edges": [{**asdict(edge), "points": edge.points / 1000} for edge in self.edges],
            "roads": [asdict(road) for road in self.roads],
            "cheapest": None if self.cheapest is None else self.cheapest.what,
            "led_to_by": [{"conduct": name, "chance": chance} for name, chance in self.leads],
        }


def why_not(life: Life, name: str, begin: Begin) -> WhyNot:
    """Say why a sanction or reward is, or is not, in force for a subject on the last day of the run.

    Args:
        life: the subject.
        name: id of a sanction or reward.
        begin: called if the world has to be lived again to see counts that no ledger holds.

    Raises:
        UsageError: there is none of that name for this kind of subject.
    """
    rule = find_rule(life, name)
    since = standing_under(life, f"sanction:{rule.id}")
    if isinstance(rule, Sanction) and rule.counts is not None:
        return _counted(life, rule, since, begin)
    listed = next((one for one in life.told.rules.lists if one.id == rule.reads), None)
    if listed is not None:
        return _on_list(life, rule, listed, since)
    return _by_score(life, rule, since)


def find_rule(life: Life, name: str) -> Sanction | Reward:
    """Return a sanction or reward of the subject's kind by its id.

    Raises:
        UsageError: there is none; those there are are named.
    """
    wanted, kind = name.rpartition(":")[2], SUBJECTS[life.kind]
    rules = life.told.rules
    all_of: list[Sanction | Reward] = [*rules.sanctions, *rules.rewards]
    mine = {one.id: one for one in all_of if one.of == kind}
    if wanted in mine:
        return mine[wanted]
    other = next((one.of for one in all_of if one.id == wanted), None)
    problem = f"there is no sanction '{wanted}'" if other is None else f"'{wanted}' hangs on {_one(other)}"
    known = ", ".join(mine) or "nothing"
    raise UsageError(f"{problem}; on {_one(kind)} {life.told.name} hangs {known}")


def _one(kind: str) -> str:
    return f"an {kind}" if kind == "agency" else f"a {kind}"


def standing_under(life: Life, rule: str) -> Entry | None:
    """Return the entry that began a sanction or a stay on a list that is not over; None if there is none."""
    found = None
    for entry in life.own:
        if entry["rule"] == rule and entry["what"] in ("sanction_start", "list_entry"):
            found = entry
        elif entry["rule"] == rule and entry["what"] in ("sanction_end", "list_exit"):
            found = None
    return found


def edges_of(life: Life, fall: Waterfall) -> list[Edge]:
    """Return every edge of a score, from the highest down: bands, lists, sanctions and rewards."""
    rules, kind = life.told.rules, SUBJECTS[life.kind]
    found = []
    if rules.score is not None and kind == "citizen" and rules.score.platform == fall.system:
        found += [edge_at(fall, one.id, "band", float(one.from_)) for one in rules.bands]
    hanging: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("list", rules.lists),
        ("sanction", rules.sanctions),
        ("reward", rules.rewards),
    )
    for what, listed in hanging:
        for one in listed:
            at = one.above if getattr(one, "above", None) is not None else getattr(one, "below", None)
            if one.of == kind and one.reads == fall.system and at is not None:
                found.append(edge_at(fall, one.id, what, float(at)))
    return sorted(found, key=lambda edge: -edge.at)


def _by_score(life: Life, rule: Sanction | Reward, since: Entry | None) -> WhyNot:
    system = rule.reads or ""
    fall = Fold(life).waterfall(system) if scale_of(life.told.rules, SUBJECTS[life.kind], system) else None
    if fall is None:
        return WhyNot(life, rule, since, f"reads {system}", f"nobody keeps {system} about this subject")
    is_reward = isinstance(rule, Reward)
    threshold = rule.above if isinstance(rule, Reward) else rule.below
    at = 0.0 if threshold is None else float(threshold)
    edge = edge_at(fall, rule.id, "reward" if is_reward else "sanction", at)
    side = "at or above" if is_reward else "below"
    future = Future(life, fall)
    ends = (lambda score: score < edge.at) if is_reward else (lambda score: score >= edge.at)
    clears = None if since is None else future.first_day(ends)
    moved = "lost" if edge.above else "gained"
    goal = "end it" if since is not None else "bring it on"
    return WhyNot(
        life,
        rule,
        since,
        condition=f"in force while {fall.scale.title} shows {side} {edge.at}",
        state=f"it shows {fall.shown}: {edge.points / 1000:g} points {moved} would {goal}",
        missing=edge.points / 1000,
        clears=clears,
        by="" if clears is None else "expiry" if fall.scale.expiry else "fading",
        edges=edges_of(life, fall),
        roads=roads_out(life, rule, since, future, edge, clears)
        if since is not None and isinstance(rule, Sanction)
        else [],
    )


def _on_list(life: Life, rule: Sanction | Reward, listed: ListRule, since: Entry | None) -> WhyNot:
    stay = standing_under(life, f"list:{listed.id}")
    told = life.told
    leads = [(one.id, float(one.lists[listed.id])) for one in told.rules.conducts if listed.id in one.lists]
    condition = f"in force while on the list {listed.id} ({listed.title})"
    fall = Fold(life).waterfall(listed.reads) if listed.reads is not None else None
    edges = [] if fall is None else edges_of(life, fall)
    if stay is None:
        state = "not on it"
        if fall is not None:
            edge = next(one for one in edges if (one.name, one.what) == (listed.id, "list"))
            side = "below" if listed.above is None else "at or above"
            state += f": it takes a score {side} {edge.at}, and {fall.scale.title} shows {fall.shown}"
            missing = edge.points / 1000
            return WhyNot(life, rule, since, condition, state, missing, edges=edges, leads=leads)
        state += ": no record has led to it" if leads else ""
        return WhyNot(life, rule, since, condition, state, unit="listing", edges=edges, leads=leads)
    day, term = told.day_of(stay["date"]), listed.term_days
    clears = None if term is None else day + round(float(term))
    clears = clears if clears is None or clears > told.last_day else None
    until = "until released" if term is None else f"for {float(term):g} days"
    roads = [] if isinstance(rule, Reward) else roads_out(life, rule, stay, None, None, clears, listed)
    by = "" if clears is None else "the end of the term, if no further record makes it longer"
    state = f"on it since {stay['date']}, {until}"
    return WhyNot(life, rule, since, condition, state, unit="listing", clears=clears, by=by,
                  edges=edges, roads=roads, leads=leads)  # fmt: skip


def _counted(life: Life, rule: Sanction, since: Entry | None, begin: Begin) -> WhyNot:
    count: Count = count_of(life, rule, begin)
    needed = rule.at_least or 1
    in_words = "violations in the window" if rule.counts == "violations" else "fines not paid in time"
    unit = "percent of the fleet" if count.of_fleet else str(rule.counts)
    in_words = "percent of the fleet in violation" if count.of_fleet else in_words
    clears = count.first_below(needed) if since is not None else None
    road = [] if clears is None else [Road("wait", clears - life.told.last_day, 0.0, True, count.how)]
    missing = needed - count.now if since is None else count.now - needed + 1
    return WhyNot(
        life,
        rule,
        since,
        condition=f"in force from {needed} {in_words} on",
        state=f"it stands at {count.now}: {missing} {'more' if since is None else 'fewer'} would "
        f"{'bring it on' if since is None else 'end it'}",
        missing=float(missing),
        unit=unit,
        clears=clears,
        by="" if clears is None else count.how,
        roads=road,
    )
