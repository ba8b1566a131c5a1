"""View 7, the screen: who is shown in public on a day, and what really happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from demerit.catalogue.words import WRONGFUL
from demerit.errors import UsageError
from demerit.explain.rules import rule_of
from demerit.explorer.answer import Answer
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import OpenRun
from demerit.explorer.views.model import Measured, WorldAsked, measured, world_with_ledger
from demerit.report.deeds import REALLY, alleged
from demerit.report.words import entry_sentence
from demerit.study.indicator_totals import indicator_totals

if TYPE_CHECKING:
    import polars as pl

    from demerit.explain.source import Entry, Told

FIGURES = (
    "displays", "displays_false_share", "displays_wrongful_share", "displayed_days", "ties_cut",
    "shunned_by_shop", "shunned_by_bus", "cost.harassment", "job_loss.display", "lookups_of_the_clean",
)  # fmt: skip
MOST = 60
"""Displays of a day that are sent; all are counted."""
_FIRST = ("Amber", "Basalt", "Cedar", "Dune", "Ember", "Fjord", "Gravel", "Harbour", "Indigo", "Juniper")
_LAST = ("Teapot", "Umbrella", "Lantern", "Staircase", "Bicycle", "Compass", "Drawer", "Kettle", "Ladder",
         "Mitten", "Needle", "Orchard", "Pebble")  # fmt: skip
_SHOWN_FOR = {
    "listed": "an entry on a list",
    "lowest-band": "a score in the lowest band",
    "published-record": "a record that is published",
}


class Display(Answer):
    """Somebody on the screen, who cannot exist, and beside it what really happened."""

    subject: str = Field(description="The synthetic citizen, as citizen:8173.")
    name: str = Field(description="An invented name of things; nobody is called that.")
    identity: str = Field(description="An impossible number: region 00, month 13, day 32 or later.")
    address: str = Field(description="A place that does not exist.")
    shown_for: str = Field(description="Why the regime shows it.")
    since: str = Field(description="First day on display.")
    until: str = Field(description="Day after the last.")
    allegation: str = Field(description="What the screen says.")
    truth: str = Field(description="Hidden truth label of the record behind it.")
    really: str = Field(description="What that means.")
    wrongful: bool = Field(description="Whether it should not be there.")
    behind: tuple[str, ...] = Field(description="The entries that led to it, the first first.")
    followed: tuple[str, ...] = Field(description="What being shown led to.")
    reversed_on: str | None = Field(
        description="Day on which an office took the record back, if it ever did."
    )


class Screen(Answer):
    """The public display of a day."""

    world: str
    day: int = Field(description="Day of the run.")
    date: str
    fields: tuple[str, ...] = Field(description="What the regime shows of somebody.")
    place: str = Field(description="Where: city or neighbourhood.")
    term_days: float = Field(description="For how many days.")
    on_display: int = Field(description="People on display that day.")
    days: tuple[tuple[int, int], ...] = Field(
        description="Days on which that changed, and how many there are."
    )
    shown: tuple[Display, ...]
    ever: int = Field(description="Displays over the whole run.")
    ever_wrongful: int = Field(description="Displays over the run for a record that should not be there.")
    figures: tuple[Measured, ...]


def invented(number: int) -> tuple[str, str, str]:
    """Return a name, a number and an address that nobody can have.

    The number has the form of an identity number, but region 00 is none, months end at 12 and days at 31,
    and the last place, a check figure or X in life, is a Z.

    >>> invented(17)
    ('Harbour Umbrella', '00000019991332017Z', '17 Nowhere Lane, House of Cards')
    """
    name = f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST) % len(_LAST)]}"
    return (
        name,
        f"000000199913{32 + number // 1000 % 60}{number % 1000:03d}Z",
        f"{number} Nowhere Lane, House of Cards",
    )


def screen(told: Told, day: int | None = None) -> Screen:
    """Return who is on display on a day, the fullest day by default.

    Args:
        told: a world with its ledger.
        day: day of the run.

    Raises:
        UsageError: the run has no such day.
    """
    import polars as pl

    if day is not None and not 0 <= day <= told.last_day:
        raise UsageError(f"the run has the days 0 to {told.last_day}; got {day}")
    words = told.ledger.filter(
        pl.col("what").cast(pl.String).is_in(["display_start", "display_end", "death"])
    )
    spells = spells_of(words.collect(), told)
    counts = steps(spells)
    fullest = max(counts, key=lambda one: one[1])[0] if counts else told.last_day
    at = fullest if day is None else day
    now = [one for one in spells if one["first"] <= at < one["end"]]
    totals = indicator_totals(told.folder)
    twins = next((values for name, values in totals.items() if name != told.name), {})
    rules = told.rules_on(at).screens
    return Screen(
        world=told.name,
        day=at,
        date=told.date_of(at).isoformat(),
        fields=() if rules is None or not rules.enabled else rules.fields,
        place="" if rules is None else rules.place,
        term_days=0.0 if rules is None else float(rules.term_days),
        on_display=len(now),
        days=tuple(counts),
        shown=tuple(_displays(told, now[:MOST])),
        ever=len(spells),
        ever_wrongful=sum(one["label"] in WRONGFUL for one in spells),
        figures=tuple(measured(name, totals[told.name].get(name), twins.get(name)) for name in FIGURES),
    )


def spells_of(frame: pl.DataFrame, told: Told) -> list[dict[str, Any]]:
    """Return every display with its first day and the one after its last.

    Args:
        frame: entries that begin and end displays, and deaths.
        told: the world.
    """
    found: list[dict[str, Any]] = []
    open_: dict[int, dict[str, Any]] = {}
    for entry in frame.sort("id").sort("date", maintain_order=True).iter_rows(named=True):
        if entry["kind"] != "citizen":
            continue
        day, who = told.day_of(entry["date"]), entry["subject"]
        if entry["what"] == "display_start":
            spell = {**entry, "first": day, "end": told.last_day + 1}
            found.append(spell)
            open_[who] = spell
        elif who in open_:
            open_.pop(who)["end"] = day
    return found


def steps(spells: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the days on which the number on display changes, with the number from then on."""
    changes: dict[int, int] = {}
    for one in spells:
        changes[one["first"]] = changes.get(one["first"], 0) + 1
        changes[one["end"]] = changes.get(one["end"], 0) - 1
    count, found = 0, []
    for day in sorted(changes):
        count += changes[day]
        found.append((day, count))
    return found


def _displays(told: Told, spells: list[dict[str, Any]]) -> list[Display]:
    if not spells:
        return []
    import numpy as np

    tree = told.tree
    places = tree.places(np.array([one["id"] for one in spells]))
    which, above = tree.all_above(places, np.ones(len(tree.ids), bool))
    roots = np.unique(above)
    wanted = np.union1d(roots, tree.below(roots))
    known = told.entries(tree.ids[wanted])
    lines: list[list[Entry]] = [[] for _ in spells]
    for place, at in zip(which, above, strict=True):
        lines[place].append(known[int(tree.ids[at])])
    children: dict[int, list[Entry]] = {}
    for entry in known.values():
        if entry["cause"] != entry["id"]:
            children.setdefault(entry["cause"], []).append(entry)
    return [_display(told, one, line, children) for one, line in zip(spells, lines, strict=True)]


def _display(
    told: Told, spell: dict[str, Any], line: list[Entry], children: dict[int, list[Entry]]
) -> Display:
    line = sorted(line, key=lambda entry: int(entry["id"]))
    record = next((one for one in reversed(line) if one["what"] in ("record", "conviction", "derived")), None)
    label = str(spell["label"])
    name, identity, address = invented(int(spell["subject"]))
    back = None
    if record is not None:
        reversals = [one for one in _below(record, children) if one["what"] == "record_reversed"]
        back = reversals[0]["date"].isoformat() if reversals else None
    return Display(
        subject=f"citizen:{spell['subject']}",
        name=name,
        identity=identity,
        address=address,
        shown_for=_SHOWN_FOR[str(spell["rule"]).partition(":")[2]],
        since=spell["date"].isoformat(),
        until=(spell["date"] + timedelta(days=spell["end"] - spell["first"])).isoformat(),
        allegation=_allegation(told, record, spell["date"]),
        truth=label,
        really=REALLY[label],
        wrongful=label in WRONGFUL,
        behind=tuple(_said(one) for one in line[:-1]),
        followed=tuple(_said(one) for one in _below(spell, children) if one["what"] != "display_end"),
        reversed_on=back,
    )


def _allegation(told: Told, record: Entry | None, when: date) -> str:
    if record is None:
        return "standing too low"
    rule = rule_of(told.rules_on(told.day_of(when)), record["rule"])
    kind = getattr(rule, "answers", str(record["rule"]).partition(":")[2])
    return alleged(kind) + (", by court record" if record["what"] == "conviction" else "")


def _below(entry: dict[str, Any], children: dict[int, list[Entry]]) -> list[Entry]:
    found, todo = [], [entry["id"]]
    while todo:
        for child in children.get(todo.pop(), []):
            found.append(child)
            todo.append(child["id"])
    return sorted(found, key=lambda one: int(one["id"]))


def _said(entry: Entry) -> str:
    return f"{entry['date']}: {entry['kind']}:{entry['subject']} {entry_sentence(entry)}"


router = APIRouter(prefix="/api/runs/{run}/screen", tags=["the screen"], responses=REFUSALS)
DayAsked = Annotated[
    int | None, Query(ge=0, le=1 << 31, description="Day of the run; the fullest by default.")
]


@router.get("")
def show(run: OpenRun, day: DayAsked = None, world: WorldAsked = None) -> Screen:
    """Tell who is on public display on a day, and what really happened."""
    return screen(world_with_ledger(run, world), day)
