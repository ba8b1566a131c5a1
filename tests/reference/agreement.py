"""Hold the fast engine against the reference engine, entry by entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from tests.reference.engine import Entry, Given, Reference, Relations
from tests.reference.random_regimes import random_regime
from tests.reference.rulebook import Rulebook, Transfer

from demerit.catalogue.entries import ENTRY_KINDS, NO_REGISTER
from demerit.catalogue.words import COMPANY, ELIGIBILITY, KINDS, LABELS, SUBJECT_SHIFT, VEHICLE, subject_name
from demerit.engine.ids import SEQUENCE_BITS, SUBJECT_MASK
from demerit.regime import Regime
from demerit.simulation.setting import FIRST_DAY, Setting, settle
from demerit.society import Society

PEOPLE, DAYS = 240, 210
STEADY_JOBS = {
    "situation.work.separation.rate": 0.0,
    "labour.hired": 0.0,
    "labour.licence_trade": 0.0,
    "labour.licence_other": 0.0,
    "labour.quitting": 0.0,
    "organisations.cuts_unpaid": 0.0,
    "rescue.enabled": False,
    "collisions.enabled": False,
    "power.enabled": False,
    "gaming.enabled": False,
    "approval.enabled": False,
    "life_course.enabled": False,
}
"""Nobody changes jobs, retires or is hurt, so that who drives what for whom is known from the first day."""
WHAT = [kind.name for kind in ENTRY_KINDS]
TOLD = {"record", "credit", "conviction", "cure"}
"""What people and courts did, which the reference is told; what a root enters is compared all the same."""
LEFT_OUT = {
    "cure",
    "scolding",
    "loan_refused",
    "new_rules",
    "job_lost",
    "hired",
    "approval_lost",
    "got_used",
    "bill_unpaid",
    "not_paid",
}


@dataclass(frozen=True)
class Difference:
    """Entries that only one of the engines made, with how often."""

    only_fast: list[tuple[Any, ...]]
    only_reference: list[tuple[Any, ...]]
    compared: int

    def __bool__(self) -> bool:
        return bool(self.only_fast or self.only_reference)


@cache
def hamlet(seed: int) -> Setting:
    """Return a few hundred people with steady jobs."""
    return settle(Society.load("hamlet").patched(STEADY_JOBS), PEOPLE, seed)


def disagreement(
    seed: int, folder: Path, read: Callable[[Regime], Regime] = lambda regime: regime
) -> Difference:
    """Live a random regime in both engines and return where they differ.

    Args:
        seed: which random regime.
        folder: where its file is written.
        read: what the reference engine makes of the regime, to see that a difference would be noticed.
    """
    path = folder / f"random-{seed}.toml"
    path.write_text(random_regime(seed))
    regime = Regime.load(path)
    setting = hamlet(1 + seed % 4)
    world = setting.world(regime)
    world.run(DAYS)
    rows = world.take_rows()
    fast = Fast(rows[np.argsort(rows["id"])], regime)
    rules = Rulebook(read(regime).data)
    reference = Reference(rules, relations_of(world, setting, fast), setting.seed, FIRST_DAY)
    reference.live(fast.given(), DAYS)
    mine = Counter(key_of(entry) for entry in reference.entries if entry.what not in LEFT_OUT)
    theirs = Counter(fast.keys())
    return Difference(sorted((theirs - mine).elements()), sorted((mine - theirs).elements()), theirs.total())


def key_of(entry: Entry) -> tuple[Any, ...]:
    """Return all that is said of an entry, and of its cause what tells it apart."""
    cause: Any = ""
    if entry.what.startswith(("sanction", "list")):
        cause = "the last entry that touched the account"  # which, when several did on one day, is not told
    elif entry.cause is not None:
        cause = (entry.cause.day, entry.cause.subject, entry.cause.what, entry.cause.rule)
    return (
        entry.day,
        entry.subject,
        entry.what,
        entry.rule,
        entry.register,
        entry.label,
        entry.points,
        entry.amount,
        entry.depth,
        str(cause),
    )


class Fast:
    """The ledger of the fast engine, in words."""

    def __init__(self, rows: np.ndarray, regime: Regime) -> None:
        data = regime.data
        self.registers = [one.id for one in data.registers]
        conducts = [one.id for one in data.conducts]
        hanging = [one.id for one in (*data.sanctions, *data.rewards)]
        lists, transfers = [one.id for one in data.lists], [one.id for one in data.transfers]
        by_what = {
            "derived": [one.id for one in data.chains],
            "arrival": transfers,
            "loss": transfers,
            "shared_in": transfers,
            "score_lapse": transfers,
            "sanction_start": hanging,
            "sanction_end": hanging,
            "list_entry": lists,
            "list_exit": lists,
            "cure": list(KINDS),
            "lapse": [""] * 256,
            "points_restored": [""] * 256,
        }
        self.rows = rows
        self.entries: dict[int, Entry] = {}
        for row in rows:
            what = WHAT[row["what"]]
            if what in LEFT_OUT - {"cure"}:
                continue
            register = "" if row["register"] == NO_REGISTER else self.registers[row["register"]]
            labelled = what not in {
                "cure",
                "sanction_start",
                "sanction_end",
                "lapse",
                "score_lapse",
                "list_exit",
                "licence_withheld",
                "licence_returned",
                "fine_paid",
                "points_restored",
            }
            self.entries[int(row["id"])] = Entry(
                int(row["day"]),
                subject_name(int(row["subject"])),
                what,
                by_what.get(what, conducts)[row["rule"]],
                register,
                LABELS[row["label"]] if labelled else "",
                int(row["points"]),
                int(row["amount"]),
                int(row["depth"]),
                None,
            )
        for row in rows:
            entry, cause = self.entries.get(int(row["id"])), int(row["cause"])
            if entry is not None and cause != row["id"]:
                day, subject = cause >> (32 + SEQUENCE_BITS), (cause >> SEQUENCE_BITS) & SUBJECT_MASK
                entry.cause = self.entries.get(cause)
                if entry.cause is None and entry.what not in TOLD:
                    entry.cause = Entry(day, subject_name(subject), "woken", "")

    def keys(self) -> list[tuple[Any, ...]]:
        return [key_of(entry) for entry in self.entries.values() if entry.what not in LEFT_OUT]

    def given(self) -> list[Given]:
        """Return what people and courts did."""
        found = []
        for identity, entry in self.entries.items():
            if entry.what in TOLD:
                sequence = identity & ((1 << SEQUENCE_BITS) - 1)
                found.append(
                    Given(
                        entry.day,
                        entry.subject,
                        entry.what,
                        entry.rule,
                        entry.label,
                        sequence,
                        sequence >> 12,
                    )
                )
        return found


def relations_of(world: Any, setting: Setting, fast: Fast) -> Relations:
    """Read from the population who is who to whom."""
    here = setting.population
    driver = ELIGIBILITY.index("driver")
    flags = here.traits["flags"]

    def code(subject: str) -> int:
        kind, index = subject.split(":")
        return {"citizen": 0, "company": COMPANY, "vehicle": VEHICLE}[kind] << SUBJECT_SHIFT | int(index)

    def linked(subject: str, link: str) -> list[str]:
        number = subject.split(":")[1]
        index = int(number)
        found: list[int] = []
        if link == "driver":
            found = [(VEHICLE << SUBJECT_SHIFT) + int(world.work[index]["vehicle"]) - 1] * bool(
                world.work[index]["vehicle"]
            )
        elif link == "owner":
            found = [int(world.vehicles["owner"][index])]
        elif link == "representative":
            found = [int(world.companies["representative"][index]) - 1]
        elif link == "employee":
            found = [(COMPANY << SUBJECT_SHIFT) + int(world.work[index]["employer"]) - 1] * bool(
                world.work[index]["employer"]
            )
        elif link == "household":
            found = list(here.members(here.household_of(index)))
        elif link == "friend":
            found = [int(one) - 1 for one in here.friends[index] if one]
        names = [subject_name(one) for one in found if one >= 0]
        return [one for one in names if not one.startswith("citizen") or here.rate_class[int(one[8:])] != 0]

    astray: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for entry in fast.entries.values():
        if entry.what == "arrival" and entry.label == "mistaken" and entry.cause is not None:
            astray[entry.day, entry.rule, entry.depth, key_of(entry.cause)].append(entry.subject)

    def namesake(record: Entry, transfer: Transfer, due: int, depth: int) -> str | None:
        found = astray[due, transfer.id, depth, key_of(record)]
        return found.pop(0) if found else None

    return Relations(
        code=code,
        linked=linked,
        anchor={
            f"citizen:{one}": int(here.traits["licence_anchor"][one])
            for one in np.flatnonzero(flags >> driver & 1)
        },
        cost=lambda subject, days: (
            int(here.traits["income_fen_day"][int(subject[8:])]) * round(days * 65536) >> 16
        ),
        fleet={f"company:{one}": int(size) for one, size in enumerate(world.companies["fleet"])},
        owner={
            f"vehicle:{one}": subject_name(int(owner)) for one, owner in enumerate(world.vehicles["owner"])
        },
        namesake=namesake,
    )
