"""A life: all entries about one subject in order, with what led to them and what they have led to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from demerit.catalogue.words import SUBJECTS, subject_code, subject_name
from demerit.engine.ids import SEQUENCE_BITS, SUBJECT_MASK
from demerit.errors import UsageError
from demerit.explain.rules import authority_of, title_of
from demerit.explain.source import Entry, Told
from demerit.explain.subjects import Named, index_of, kind_of, missing, read_subject
from demerit.study.chains import Link

COLUMNS = (
    "id", "cause", "date", "subject", "what", "rule", "title", "authority", "points", "amount_cny", "label",
    "motive", "depth", "register",
)  # fmt: skip
"""What is told of an entry, in order."""
_RECORDS = ("record", "credit")
_REGISTERED = ("record", "credit", "entered", "derived", "conviction", "shared_in")
NATURES = {
    "chain": ("derived", "withdrawn_derived"),
    "registers": ("entered", "shared_in", "conviction", "lapse"),
    "transfers": ("arrival", "loss", "recall", "stale", "score_lapse"),
    "sanctions": ("sanction_start", "sanction_end", "licence_withheld", "licence_returned", "gate_refused"),
    "lists": ("list_entry", "list_exit"),
    "appeals": (
        "appeal_filed", "case_opened", "record_upheld", "record_reversed", "appeal_left", "withdrawal",
    ),
    "scoldings": ("scolding",),
    "money": ("fine_paid", "cure", "loan_refused", "job_lost", "repair_begun", "repaired"),
}  # fmt: skip
"""What a record leads to, by the kinds of entry; all others are further consequences."""


@dataclass(frozen=True, eq=False)
class Life:
    """What a ledger holds of one subject.

    Attributes:
        told: the world.
        code: code of the subject.
        own: its entries in order.
        known: its entries, what led to them and what they have led to, by id.
    """

    told: Told
    code: int
    own: list[Entry]
    known: dict[int, Entry]

    @property
    def name(self) -> str:
        """How people write the subject."""
        return subject_name(self.code)

    @property
    def kind(self) -> int:
        """Code of its kind."""
        return kind_of(self.code)

    @cached_property
    def children(self) -> dict[int, list[Entry]]:
        """Entries by what caused them, in order."""
        found: dict[int, list[Entry]] = {}
        for entry in self.known.values():
            if entry["cause"] != entry["id"]:
                found.setdefault(entry["cause"], []).append(entry)
        return found

    def way_up(self, entry: Entry) -> list[Entry]:
        """Return what led to an entry, the nearest cause first."""
        found = []
        while entry["cause"] != entry["id"] and entry["cause"] in self.known:
            entry = self.known[entry["cause"]]
            found.append(entry)
        return found

    def roots(self) -> list[Entry]:
        """Return the entries in which everything about the subject began, in order, each once."""
        first = {(self.way_up(entry) or [entry])[-1]["id"] for entry in self.own}
        return [self.known[one] for one in sorted(first)]

    def tree(self, root: int) -> list[Link]:
        """Return an entry with all that it has led to, each under its cause.

        Args:
            root: id of the entry.
        """
        links: list[Link] = []
        todo = [(0, self.known[root])]
        while todo:
            depth, entry = todo.pop()
            links.append(Link(depth, entry))
            todo += [(depth + 1, child) for child in reversed(self.children.get(entry["id"], []))]
        return links

    def record(self, identity: int) -> Entry:
        """Return an entry of this life, or of what belongs to it, by its id.

        Raises:
            UsageError: there is none.
        """
        if identity in self.known:
            return self.known[identity]
        records = [str(entry["id"]) for entry in self.own if entry["what"] in _REGISTERED]
        near = f"its records are {', '.join(records[:8])}" if records else "it has no record"
        raise UsageError(f"{self.name} has no entry {identity}; {near}{' …' if len(records) > 8 else ''}")

    def entry(self, entry: Entry) -> dict[str, Any]:
        """Return an entry as plain data, with the titles of its rule and of who has entered it."""
        rules = self.told.rules_on(self.told.day_of(entry["date"]))
        authority = authority_of(rules, entry)
        return {
            "id": entry["id"],
            "cause": entry["cause"] if entry["cause"] != entry["id"] else None,
            "date": entry["date"].isoformat(),
            "subject": whose(entry),
            "what": entry["what"],
            "rule": None if entry["rule"] == "nothing:none" else entry["rule"],
            "title": title_of(rules, entry),
            "authority": authority,
            **{name: entry[name] for name in ("points", "amount_cny", "label", "motive", "depth")},
            "register": entry.get("register"),
        }

    def unfolded(self, identity: int) -> dict[str, Any]:
        """Return one entry with what led to it and what it has led to, sorted by its nature."""
        entry = self.record(identity)
        below = self.tree(identity)[1:]
        sorted_ = {name: [self.entry(one.entry) for one in below if one.entry["what"] in kinds]
                   for name, kinds in NATURES.items()}  # fmt: skip
        told = {kind for kinds in NATURES.values() for kind in kinds}
        return {
            **self.entry(entry),
            "because": [self.entry(one) for one in self.way_up(entry)],
            **sorted_,
            "further": [self.entry(one.entry) for one in below if one.entry["what"] not in told],
            "reached": sorted({whose(one.entry) for one in below} - {whose(entry)}),
        }

    @property
    def records(self) -> list[Entry]:
        """Records and credits that began with the subject, and what others have passed on to it."""
        return [entry for entry in self.own if entry["what"] in (*_RECORDS, "derived")]


def whose(entry: Entry) -> str:
    """Return the subject of an entry as people write it."""
    return f"{entry['kind']}:{entry['subject']}"


def life_of(told: Told, subject: str | int) -> Life:
    """Return the life of a subject.

    Args:
        told: a world.
        subject: as people write it, or a number for a citizen.

    Raises:
        UsageError: there is no such subject.
    """
    asked = read_subject(str(subject))
    code = named_code(told, asked) if isinstance(asked, Named) else asked
    own = told.ledger.filter(_is_about(code)).collect().sort("id").to_dicts()
    if not own:
        _refuse_nobody(told, code)
    known = {entry["id"]: entry for entry in own}
    if own:
        tree = told.tree
        places = tree.places(np.array([entry["id"] for entry in own]))
        everybody = np.ones(len(tree.ids), bool)
        _, above = tree.all_above(places, everybody)
        wanted = np.union1d(above, tree.below(places))
        known = told.entries(tree.ids[wanted])
    return Life(told, code, own, known)


def _is_about(code: int) -> Any:
    import polars as pl

    # a name holds its subject; reading it there spares the other columns of entries about others
    return (pl.col("id") // (1 << SEQUENCE_BITS)) % (SUBJECT_MASK + 1) == code


def _refuse_nobody(told: Told, code: int) -> None:
    """Raise UsageError if there is no such subject; to somebody who is there nothing may have happened."""
    kind = kind_of(code)
    count = told.manifest.population if kind == 0 else told.setting.population.subjects()[kind]
    if index_of(code) >= count:
        raise missing(code, int(count))


def named_code(told: Told, asked: Named) -> int:
    """Return the code of an office or a service by what it is and where.

    Raises:
        UsageError: there is none, or more than one; their numbers are named.
    """
    from demerit.catalogue.words import AGENCY, AGENCY_KINDS, CITY_GOVERNMENT, SERVICE_KINDS

    people = told.setting.population
    table, kinds = (
        (people.agencies, AGENCY_KINDS) if asked.kind == AGENCY else (people.services, SERVICE_KINDS)
    )
    match = [number for number, name in enumerate(kinds) if asked.what in (name, name.rstrip("s"))]
    if not match:
        raise UsageError(
            f"there is no {SUBJECTS[asked.kind]} called '{asked.what}'; choose one of {', '.join(kinds)}"
        )
    of_city = asked.kind == AGENCY and match[0] == CITY_GOVERNMENT
    at = table["city" if of_city else "province"]
    found = np.flatnonzero((table["kind"] == match[0]) & (at == asked.where))
    if len(found) == 1:
        return subject_code(asked.kind, int(found[0]))
    where, all_of = "city" if of_city else "province", at[table["kind"] == match[0]]
    if len(found):
        numbers = ", ".join(f"{SUBJECTS[asked.kind]}:{number}" for number in found[:12])
        raise UsageError(f"{where} {asked.where} has {len(found)} of '{asked.what}'; write one of {numbers}")
    places = f"{where} {int(all_of.min())} to {int(all_of.max())}" if len(all_of) else f"no {where}"
    raise UsageError(f"there is no {asked.what} in {where} {asked.where}; there is one in {places}")
