"""A life among those near it: who they are, in which band they stand on each day, and what travelled.

Ties are those of the first day, from the people made again; what travelled is an entry about one that has led
to an entry about the other, in the trees of causes of this life.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from demerit.catalogue.words import CHILD, CITIZEN, WRONGFUL, subject_name
from demerit.engine.ids import id_subject
from demerit.explain.answers import truth_of
from demerit.explain.lives import Life, life_of
from demerit.explain.subjects import index_of, kind_of
from demerit.explain.waterfall import Fold
from demerit.explorer.field import NO_BAND, SANCTIONED, UNSCORED
from demerit.explorer.views.life_model import Group, Near, NearWorld, Ties, Travelled
from demerit.explorer.views.life_near import stratum_code, ties_of, who
from demerit.report.palette import band_colours
from demerit.report.words import entry_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from demerit.explain.source import Entry, Told
    from demerit.society.people import Population

GROUPS = {
    "household": 8, "kin": 24, "friends": 40, "vehicles": 8, "work": 10, "neighbours": 6, "others": 12,
}  # fmt: skip
"""Groups of ties, the nearest first, and how many of each are shown where nothing travelled."""
_TOUCHED = 24
"""How many of a group are shown because something travelled."""
_SENT = 1_000
"""Entries that are sent of those that travelled."""


class Hop(NamedTuple):
    """An entry about one subject that led to an entry about another."""

    source: int
    target: int
    entry: Entry


def ties_page(told: Told, subject: str, twin: Told | None = None) -> Ties:
    """Return a life among those near it.

    Args:
        told: the world.
        subject: as people write it.
        twin: the other world, None if it was lived alone.

    Raises:
        UsageError: there is no such subject.
    """
    life = life_of(told, subject)
    lives = [life] if twin is None else [life, life_of(twin, life.name)]
    came = [hops(one) for one in lives]
    near, groups = _near(life, [hop for one in came for hop in one])
    people = told.setting.population
    rows = [Near(subject=life.name, group="self", tie="the life on view", who=who(people, life.code))]
    rows += [
        Near(subject=subject_name(code), group=group, tie=words, who=who(people, code))
        for code, (group, words) in near.items()
    ]
    codes = [life.code, *near]
    return Ties(
        subject=life.name,
        start=told.manifest.start.isoformat(),
        days=told.manifest.days,
        near=tuple(rows),
        groups=groups,
        worlds=tuple(
            _world(one, people, codes, travelled) for one, travelled in zip(lives, came, strict=True)
        ),
    )


def hops(life: Life) -> list[Hop]:
    """Return every entry of a life's trees that an entry about another subject led to, in order."""
    found = []
    for entry in life.known.values():
        cause = life.known.get(entry["cause"])
        if cause is None or cause is entry:
            continue
        source, target = id_subject(cause["id"]), id_subject(entry["id"])
        if source != target:
            found.append(Hop(source, target, entry))
    return sorted(found, key=lambda hop: int(hop.entry["id"]))


def reached(code: int, came: Iterable[Hop]) -> Counter[int]:
    """Return whom entries came from or went to, over organisations and vehicles too, and how many."""
    beside: dict[int, Counter[int]] = {}
    for hop in came:
        beside.setdefault(hop.source, Counter())[hop.target] += 1
        beside.setdefault(hop.target, Counter())[hop.source] += 1
    found: Counter[int] = Counter()
    todo = [code]
    while todo:
        for other, count in beside.get(todo.pop(), Counter()).items():
            if other != code and other not in found:
                found[other] = count
                if kind_of(other) != CITIZEN:
                    todo.append(other)
    return found


def _near(life: Life, came: list[Hop]) -> tuple[dict[int, tuple[str, str]], tuple[Group, ...]]:
    """Choose who is shown: code, with the group and the words of the tie; and how many there are."""
    touched = reached(life.code, came)
    tied: dict[int, tuple[str, list[str]]] = {}
    for code, group, words in ties_of(life.told.setting.population, life.code):
        listed = tied.setdefault(code, (group, []))[1]
        if words not in listed:
            listed.append(words)
    for code in touched:
        tied.setdefault(code, ("others", ["reached by an entry"]))
    chosen: dict[int, tuple[str, str]] = {}
    groups = []
    for group, most in GROUPS.items():
        those = [code for code, (of, _) in tied.items() if of == group]
        busy = sum(code in touched for code in those)
        first = sorted(those, key=lambda code: -touched[code])[: max(most, min(busy, _TOUCHED))]
        chosen |= {code: (group, ", ".join(tied[code][1])) for code in first}
        if those:
            groups.append(Group(group=group, shown=len(first), all=len(those)))
    return chosen, tuple(groups)


def _world(life: Life, people: Population, codes: list[int], came: list[Hop]) -> NearWorld:
    told, place = life.told, {code: n for n, code in enumerate(codes)}
    shown = [hop for hop in came if hop.source in place and hop.target in place]
    bands = sorted(told.regime.data.bands, key=lambda band: -float(band.from_))
    standing = dots(told, people, [index_of(code) for code in codes if kind_of(code) == CITIZEN])
    return NearWorld(
        name=told.name,
        bands=tuple(band.title for band in bands),
        colours=tuple(band_colours(len(bands))),
        codes=tuple(standing[index_of(code)] if kind_of(code) == CITIZEN else () for code in codes),
        travelled=tuple(_travelled(life, hop, place) for hop in shown[:_SENT]),
        left_out=max(len(shown) - _SENT, 0),
    )


def _travelled(life: Life, hop: Hop, place: dict[int, int]) -> Travelled:
    return Travelled(
        day=life.told.day_of(hop.entry["date"]),
        source=place[hop.source],
        target=place[hop.target],
        id=str(hop.entry["id"]),
        says=entry_sentence(hop.entry),
        points=hop.entry["points"],
        wrongful=truth_of(life, hop.entry) in WRONGFUL,
    )


def dots(told: Told, people: Population, citizens: list[int]) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the dots of some citizens as the field of people has them: days, and the code from then on.

    They come out of the ledger alone, so nothing has to be lived again for them.

    Args:
        told: the world; people: its people.
        citizens: their numbers.
    """
    import polars as pl

    own: dict[int, list[Entry]] = {citizen: [] for citizen in citizens}
    wanted = (pl.col("kind") == "citizen") & pl.col("subject").is_in(list(own))
    for entry in told.ledger.filter(wanted).collect().sort("id").iter_rows(named=True):
        own[entry["subject"]].append(entry)
    unscored = ((0, UNSCORED),)
    return {
        citizen: unscored
        if stratum_code(people, citizen) == CHILD
        else _changes(_codes(Life(told, citizen, entries, {})))
        for citizen, entries in own.items()
    }


def _changes(codes: np.ndarray[Any, Any]) -> tuple[tuple[int, int], ...]:
    """Return the days on which a code changes, the first day included."""
    days = np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1])
    return tuple((int(day), int(codes[day])) for day in days)


def _codes(life: Life) -> np.ndarray[Any, Any]:
    """Return the code of an adult on every evening, uint8 (days)."""
    told = life.told
    codes = _bands(life)
    sanctions = {f"sanction:{one.id}" for _, rules in told.periods for one in rules.sanctions}
    open_: set[str] = set()
    under = np.zeros(len(codes), bool)
    for entry in life.own:
        day = told.day_of(entry["date"])
        if entry["what"] == "sanction_start" and entry["rule"] in sanctions:
            open_.add(entry["rule"])
        elif entry["what"] == "sanction_end":
            open_.discard(entry["rule"])
        elif entry["what"] == "death":
            codes[day:], under[day:] = UNSCORED, False
            break
        under[day:] = bool(open_)
    codes[under] += SANCTIONED
    return codes


def _bands(life: Life) -> np.ndarray[Any, Any]:
    """Return the band of an adult on every day as a code, uint8 (days)."""
    told = life.told
    codes = np.full(told.manifest.days, NO_BAND, np.uint8)
    fold = Fold(life)
    ends = [*(first for first, _ in told.periods[1:]), len(codes)]
    for (first, rules), end in zip(told.periods, ends, strict=True):
        if not rules.bands or rules.score is None:
            continue
        shown = np.array(fold.shown_each_day(rules.score.platform)[first:end])
        edges = np.array(sorted((round(float(band.from_)) for band in rules.bands), reverse=True))
        above = shown[:, None] >= edges
        codes[first:end] = np.where(above.any(axis=1), above.argmax(axis=1), len(edges) - 1) + 1
    return codes
