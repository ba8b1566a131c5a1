"""A life as a page: itself in both worlds, its records with truth and law, its scores, what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demerit.catalogue.words import CITIZEN, STRATA, SUBJECTS, WRONGFUL
from demerit.explain.answers import in_force, truth_of
from demerit.explain.lives import Life, life_of, whose
from demerit.explain.rules import rule_of
from demerit.explain.subjects import index_of
from demerit.explain.waterfall import Fold, as_plain
from demerit.explain.why import edges_of, standing_under
from demerit.explain.without import sanction_days
from demerit.explorer.views.life_cast import person_facts
from demerit.explorer.views.life_charts import lifelines
from demerit.explorer.views.life_model import (
    Beside,
    EdgeNear,
    Hanging,
    LifePage,
    Line,
    Recorded,
    RuleMet,
    ScoreNow,
    Step,
)
from demerit.explorer.views.model import cited
from demerit.explorer.views.rule_terms import evidence_of, terms_of
from demerit.report.deeds import REALLY, alleged
from demerit.report.words import entry_sentence

if TYPE_CHECKING:
    from demerit.explain.source import Entry, Told
    from demerit.regime.types import RegimeFile

_SECTIONS = ("conduct", "chain", "transfer", "list", "sanction")
"""Rules that a life can be lived without, one by one."""


def life_page(told: Told, subject: str, twin: Told | None = None) -> LifePage:
    """Return a life of a run, beside itself in the twin world.

    Args:
        told: the world; twin: the other one, None if it was lived alone.
        subject: as people write it.

    Raises:
        UsageError: there is no such subject.
    """
    life = life_of(told, subject)
    other = None if twin is None else life_of(twin, life.name)
    fold = Fold(life)
    falls = fold.waterfalls()
    number = index_of(life.code)
    return LifePage(
        subject=life.name,
        kind=SUBJECTS[life.kind],
        world=told.name,
        twin="" if twin is None else twin.name,
        facts=person_facts(told, number) if life.kind == CITIZEN else {},
        entries=len(life.own),
        records=tuple(_recorded(life, one) for one in life.records),
        roots=tuple(line_of(life, one) for one in life.roots()),
        scores=tuple(
            ScoreNow(
                system=fall.system,
                title=fall.scale.title,
                shown=fall.shown,
                steps=tuple(_step(life, one) for one in as_plain(fall, life)["steps"]),
                edges=tuple(
                    EdgeNear(name=e.name, what=e.what, at=e.at, points=e.points / 1000, above=e.above)
                    for e in edges_of(life, fall)
                ),
            )
            for fall in falls
        ),
        hanging=_hanging(life),
        rules=_rules_met(life),
        beside=_beside(life, other),
        charts=lifelines(
            life, other, fold, falls, stratum_of(told, number) if life.kind == CITIZEN else None
        ),
    )


def _step(life: Life, plain: dict[str, Any]) -> Step:
    entry = plain.pop("id", None)
    if entry is None:
        return Step(**plain)
    told = life.known[entry]
    return Step(**plain, id=str(entry), says=f"{told['date']}: {whose(told)} {entry_sentence(told)}")


def stratum_of(told: Told, number: int) -> str:
    """Return the stratum of a citizen."""
    return STRATA[told.setting.population.person["stratum"][number]]


def unfolded(told: Told, subject: str, root: int) -> tuple[Line, ...]:
    """Return an entry with all that it has led to, each under its cause with its level.

    Args:
        told: the world.
        subject: whose life the entry belongs to, as people write it.
        root: id of the entry.

    Raises:
        UsageError: there is no such subject, or its life has no such entry.
    """
    life = life_of(told, subject)
    life.record(root)
    return tuple(line_of(life, link.entry, link.depth) for link in life.tree(root))


def line_of(life: Life, entry: Entry, level: int = 0) -> Line:
    """Return an entry as a view tells it."""
    plain = life.entry(entry)
    truth = truth_of(life, entry)
    return Line(
        id=str(plain["id"]),
        cause=None if plain["cause"] is None else str(plain["cause"]),
        level=level,
        date=plain["date"],
        subject=whose(entry),
        what=str(entry["what"]),
        says=entry_sentence(entry),
        rule=plain["rule"],
        authority=plain["authority"],
        points=entry["points"],
        amount_cny=entry["amount_cny"],
        truth=truth,
        wrongful=truth in WRONGFUL,
        motive=str(entry["motive"]),
    )


def _recorded(life: Life, entry: Entry) -> Recorded:
    rules = life.told.rules_on(life.told.day_of(entry["date"]))
    root = (life.way_up(entry) or [entry])[-1] if entry["what"] == "derived" else entry
    conduct = rule_of(rules, root["rule"])
    rule = rule_of(rules, entry["rule"])
    line = line_of(life, entry)
    below = life.tree(entry["id"])[1:]
    return Recorded(
        line=line,
        alleged=alleged(getattr(conduct, "answers", str(root["rule"]).partition(":")[2])),
        really=REALLY[line.truth],
        terms=() if rule is None else terms_of(rule),
        law=cited(() if rule is None else evidence_of(rule)),
        followed=len(below),
        reached=tuple(sorted({whose(one.entry) for one in below} - {life.name})),
    )


def _hanging(life: Life) -> tuple[Hanging, ...]:
    rules: RegimeFile = life.told.rules
    kind = SUBJECTS[life.kind]
    found = []
    for word, listed in (("sanction", rules.sanctions), ("reward", rules.rewards)):
        for one in listed:
            if one.of != kind:
                continue
            since = standing_under(life, f"sanction:{one.id}")
            found.append(
                Hanging(
                    id=one.id,
                    title=one.title,
                    kind=word,
                    in_force=since is not None,
                    since=None if since is None else since["date"].isoformat(),
                    lives_again=getattr(one, "counts", None) is not None,
                )
            )
    return tuple(sorted(found, key=lambda one: not one.in_force))


def _rules_met(life: Life) -> tuple[RuleMet, ...]:
    counts: dict[str, int] = {}
    titles: dict[str, str] = {}
    for entry in (*life.own, *(one for own in life.own for one in life.way_up(own))):
        rule = entry["rule"]
        if rule.partition(":")[0] in _SECTIONS:
            counts[rule] = counts.get(rule, 0) + 1
            titles.setdefault(rule, _title(life, entry))
    order = sorted(counts, key=lambda rule: -counts[rule])
    return tuple(RuleMet(rule=rule, title=titles[rule], entries=counts[rule]) for rule in order)


def _title(life: Life, entry: Entry) -> str:
    section, _, identity = entry["rule"].partition(":")
    if section == "conduct":
        rule = rule_of(life.told.rules_on(life.told.day_of(entry["date"])), entry["rule"])
        return alleged(getattr(rule, "answers", identity))
    return str(life.entry(entry)["title"] or identity.replace("-", " "))


def _beside(life: Life, other: Life | None) -> tuple[Beside, ...]:
    """Return what can be counted of a life in both worlds."""

    def both(what: str, unit: str, counts: list[float]) -> Beside:
        return Beside(what=what, unit=unit, here=counts[0], twin=counts[1] if len(counts) > 1 else None)

    lives = [life] if other is None else [life, other]
    fines = [sum(e["amount_cny"] for e in one.own if e["what"] in ("record", "conviction")) for one in lives]
    rows = [
        both("records", "entries", [_count(one, "record") for one in lives]),
        both("records passed on by others", "entries", [_count(one, "derived") for one in lives]),
        both("good deeds credited", "entries", [_count(one, "credit") for one in lives]),
        both("under sanctions, rewards and lists", "days, each counted", [
            float(sum(sanction_days(one).values())) for one in lives
        ]),
        both("in force on the last day", "sanctions, rewards and lists", [
            float(len(list(in_force(one)))) for one in lives
        ]),
        both("fines", "CNY", [round(one, 2) for one in fines]),
        both("jobs lost", "jobs", [_count(one, "job_lost") for one in lives]),
        both("shown in public", "times", [_count(one, "display_start") for one in lives]),
    ]  # fmt: skip
    return tuple(row for row in rows if row.here or row.twin)


def _count(life: Life, what: str) -> float:
    return float(sum(entry["what"] == what for entry in life.own))
