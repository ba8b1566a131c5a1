"""The answers about a subject as plain data: one object that a page, a script or another program reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from demerit.catalogue.words import WRONGFUL
from demerit.explain.lives import whose
from demerit.explain.waterfall import Fold, Waterfall, as_plain
from demerit.explain.why import WhyNot, why_not
from demerit.explain.without import Without, without
from demerit.study.card import STATEMENT, card_of_manifest

if TYPE_CHECKING:
    from demerit.explain.lives import Life
    from demerit.explain.source import Begin, Entry, Told


class Share(NamedTuple):
    """What entries with one beginning have to do with a score: the beginning, how many, thousandths."""

    rule: str
    from_whom: str
    truth: str
    entries: int
    brought: int
    left: int


@dataclass(frozen=True)
class Answer:
    """What was asked about a subject; a life as a whole where nothing else was.

    Attributes:
        life: the subject.
        record: id of an entry that is unfolded.
        why: a sanction that was asked for.
        but_for: the life without a rule that was asked for.
    """

    life: Life
    record: int | None = None
    why: WhyNot | None = None
    but_for: Without | None = None

    @property
    def whole(self) -> bool:
        """Whether the life as a whole is told."""
        return self.record is None and self.why is None and self.but_for is None

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        told = about(self.life.told) | {"subject": self.life.name}
        if self.whole:
            return told | life_as_plain(self.life)
        if self.record is not None:
            told["record"] = self.life.unfolded(self.record)
        if self.why is not None:
            told["why_not"] = self.why.as_plain()
        if self.but_for is not None:
            told["without"] = self.but_for.as_plain()
        return told


def asked(life: Life, record: int | None, sanction: str | None, rule: str | None, begin: Begin) -> Answer:
    """Answer what is asked about a subject.

    Args:
        life: the subject.
        record: id of an entry to unfold.
        sanction: id of a sanction or reward to be told of.
        rule: a rule to live without.
        begin: called if a world has to be lived for it.

    Raises:
        UsageError: there is no such entry, sanction or rule.
    """
    if record is not None:
        life.record(record)
    why = None if sanction is None else why_not(life, sanction, begin)
    but_for = None if rule is None else without(life, rule, begin)
    return Answer(life, record, why, but_for)


def about(told: Told) -> dict[str, Any]:
    """Return which world is spoken of."""
    manifest = told.manifest
    return {
        "synthetic": True,
        "statement": STATEMENT,
        "card": card_of_manifest(manifest).as_plain(),
        "folder": told.folder.name,
        "world": told.name,
        "regime": told.world.regime,
        "regime_hash": told.world.regime_hash,
        "society": manifest.society.id,
        "population": manifest.population,
        "seed": manifest.seed,
        "start": manifest.start.isoformat(),
        "end": told.date_of(told.last_day).isoformat(),
        "assumptions_share": manifest.assumptions_share,
        "demerit": manifest.demerit,
        "lived_again": told.replayed,
    }


def life_as_plain(life: Life) -> dict[str, Any]:
    """Return a life: entries, records with all that followed from them, scores, what is in force."""
    return {
        "entries": [life.entry(entry) for entry in life.own],
        "records": [life.unfolded(entry["id"]) for entry in life.records],
        "scores": [as_plain(fall, life) for fall in Fold(life).waterfalls()],
        "in_force": [
            {"rule": name, "title": title, "since": start["date"].isoformat(), "because": start["cause"]}
            for name, title, start in in_force(life)
        ],
    }


def in_force(life: Life) -> Iterator[tuple[str, str, Entry]]:
    """Yield the sanctions, rewards and lists in force at the end: name, title, what began it."""
    open_: dict[str, Entry] = {}
    for entry in life.own:
        if entry["what"] in ("sanction_start", "list_entry"):
            open_[entry["rule"]] = entry
        elif entry["what"] in ("sanction_end", "list_exit"):
            open_.pop(entry["rule"], None)
    for rule, start in open_.items():
        yield rule, life.entry(start)["title"] or rule, start


def truth_of(life: Life, entry: Entry) -> str:
    """Return the truth of what an entry comes from: wrong about it, or wrong in the record at its root."""
    labels = [one["label"] for one in [entry, *life.way_up(entry)] if one["label"] in WRONGFUL]
    return labels[0] if labels else str(entry["label"])


def shares(life: Life, fall: Waterfall) -> list[Share]:
    """Return a score's entries put together by what they began with, the heaviest first."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for move in fall.moves:
        root = next(
            (one for one in reversed([move.entry, *life.way_up(move.entry)]) if one["points"]), move.entry
        )
        source = "own" if whose(root) == life.name else whose(root)
        key = (_beginning(root), source, truth_of(life, move.entry))
        one = found.setdefault(key, [0, 0, 0])
        one[0] += 1
        one[1] += move.brought
        one[2] += move.left
    listed = [Share(*key, *numbers) for key, numbers in found.items()]
    return sorted(listed, key=lambda share: (-abs(share.left), -abs(share.brought), share.rule))


def _beginning(root: Entry) -> str:
    """Return the id of the rule that an entry rests on, or what it is where there is none."""
    rule = str(root["rule"])
    return str(root["what"]) if rule == "nothing:none" else rule.partition(":")[2]
