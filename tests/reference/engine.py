"""The reference engine: what institutions make of records, written from `docs/institutions.md`.

It is told what people did (root records, court decisions, debts paid) and who is related to whom. All that
follows it works out anew, a day and a subject at a time, with dictionaries and loops, sharing no rule with
the engine it is compared with; only the random numbers are the same, being functions of what they decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.reference import duties, exchange, reckoning
from tests.reference.arithmetic import faded, shown, toward_zero
from tests.reference.rulebook import Rulebook, Transfer

from demerit.catalogue.purposes import Purpose
from demerit.engine.draws import draw

DELIVER, ACT, RECKON = range(3)


@dataclass(eq=False)
class Entry:
    """A ledger entry; `cause` is the entry it comes from, or None where it comes from an act."""

    day: int
    subject: str
    what: str
    rule: str
    register: str = ""
    label: str = ""
    points: int = 0
    amount: int = 0
    depth: int = 0
    cause: Entry | None = None
    sequence: int = 0


@dataclass(frozen=True)
class Given:
    """Something people did, as the reference is told: a root record, a conviction, or a debt paid."""

    day: int
    subject: str
    what: str
    rule: str
    label: str
    sequence: int
    phase: int
    cause: tuple[int, str, int] | None = None


@dataclass(eq=False)
class Letter:
    """A message for a subject on a later day; letters of a day are read in the order they were written."""

    order: tuple[int, int, int, int]
    what: str
    data: dict[str, Any]


@dataclass(eq=False)
class Account:
    """All that is kept about one subject."""

    sums: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    day: int = 0
    sanctions: set[str] = field(default_factory=set)
    listed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    fines_due: int = 0
    violations: int = 0
    restored: int = 0
    violating: int = 0
    licence_points: int = 0
    licence_cycle: int | None = None
    licence_epoch: int = 0
    licence_until: int = 0


@dataclass(frozen=True)
class Relations:
    """Who is who to whom, as the reference is told.

    Attributes:
        code: number of a subject, by which draws are keyed and letters ordered.
        linked: subjects to whom a relation leads from a subject.
        anchor: days of the licence cycle gone on the first day, for drivers only.
        cost: what a course costs a citizen, in fen.
        fleet: vehicles of a company.
        owner: subject that owns a vehicle.
        namesake: subject under whose name a copy was filed, asked for by what is known of the copy.
    """

    code: Callable[[str], int]
    linked: Callable[[str, str], list[str]]
    anchor: dict[str, int]
    cost: Callable[[str, float], int]
    fleet: dict[str, int]
    owner: dict[str, str]
    namesake: Callable[[Entry, Transfer, int, int], str | None]


class Reference:
    """Institutions at work, from the first day to the last."""

    def __init__(self, rules: Rulebook, relations: Relations, seed: int, start: date) -> None:
        self.rules, self.relations, self.seed, self.start = rules, relations, seed, start
        self.accounts: dict[str, Account] = defaultdict(Account)
        self.entries: list[Entry] = []
        self.roots: dict[tuple[int, str, int], Entry] = {}
        self.post: dict[int, dict[str, list[Letter]]] = defaultdict(lambda: defaultdict(list))
        self.written: dict[tuple[int, str], int] = defaultdict(int)
        self.day = 0
        self.phase = DELIVER
        self.touched: dict[str, Entry] = {}
        self.woken: set[str] = set()

    # --- the day -------------------------------------------------------------------------------------------

    def live(self, given: list[Given], days: int) -> list[Entry]:
        """Live the days and return every entry made."""
        by_day: dict[int, list[Given]] = defaultdict(list)
        for one in given:
            by_day[one.day].append(one)
        for self.day in range(days):
            self.touched = {}
            self._deliver([one for one in by_day[self.day] if one.phase == DELIVER])
            self.phase = ACT
            for one in sorted(by_day[self.day], key=lambda one: (one.subject, one.sequence)):
                if one.phase == ACT:
                    self._file(one)
            self.phase = RECKON
            for subject in self.woken - set(self.touched):
                self.touched[subject] = Entry(self.day - 1, subject, "woken", "")
            self.woken = set()
            for subject, cause in self.touched.items():
                reckoning.reckon(self, subject, cause)
            reckoning.plan_waking(self)
        return self.entries

    def _deliver(self, given: list[Given]) -> None:
        self.phase = DELIVER
        waiting = self.post.pop(self.day, {})
        for subject in {*waiting, *(one.subject for one in given)}:
            told = sorted((one for one in given if one.subject == subject), key=lambda one: one.sequence)
            for letter in sorted(waiting.get(subject, []), key=lambda letter: letter.order):
                self._read(subject, letter)
            for one in told:
                self._file(one)

    def write(self, sender: str, target: str, days: int, what: str, **data: Any) -> None:
        """Send a letter; it is read after some days, tomorrow at the earliest."""
        due = self.day + max(days, 1)
        self.written[self.day, sender] += 1
        order = (self.day, self.relations.code(sender), self.phase, self.written[self.day, sender])
        self.post[due][target].append(Letter(order, what, data))

    def enter(self, subject: str, what: str, rule: str, **fields: Any) -> Entry:
        entry = Entry(self.day, subject, what, rule, **fields)
        self.entries.append(entry)
        return entry

    def touch(self, subject: str, cause: Entry) -> None:
        """Note that a subject's scores are to be reckoned; the last cause of the day counts."""
        self.touched[subject] = cause

    def wake(self, subject: str) -> None:
        """Reckon a subject tomorrow, whether or not its account is touched."""
        self.woken.add(subject)

    def _read(self, subject: str, letter: Letter) -> None:
        READERS[letter.what](self, subject, **letter.data)

    # --- records -------------------------------------------------------------------------------------------

    def lanes(self, purpose: Purpose, subject: str, day: int, counter: int) -> tuple[int, ...]:
        return tuple(draw(self.seed, int(purpose), self.relations.code(subject), day, counter))

    def case_by(self, subject: str, case: int, register: str, road: int) -> int:
        """Return the case under which a record goes on by a road from one of its subject's registers."""
        place = list(self.rules.registers).index(register) * 56 + road
        return self.lanes(Purpose.CASE_PATH, subject, case, place)[0] // 2

    def chance(self, probability: float) -> int:
        return round(probability * 2**32)

    def _file(self, given: Given) -> None:
        cause = None if given.cause is None else self.roots.get(given.cause)
        if given.what == "cure":
            entry = Entry(given.day, given.subject, "cure", given.rule)
            duties.perform(self, given.subject, given.rule, entry)
            self.touch(given.subject, entry)
        elif given.what == "conviction":
            self._convict(given, cause)
        else:
            self._file_record(given)

    def _file_record(self, given: Given) -> None:
        """A root: its entries, its registers; of an offence the fine, the licence, lists and violations."""
        subject, conduct = given.subject, self.rules.conducts[given.rule]
        case = given.day * 2**15 + given.sequence
        duties.turn_cycle(self, subject)
        first = conduct.points[0] if conduct.points else ("", 0)
        offence = given.what == "record"
        root = self.enter(
            subject,
            given.what,
            given.rule,
            register=first[0],
            label=given.label,
            points=first[1],
            amount=conduct.fine_fen if offence else 0,
            sequence=given.sequence,
        )
        self.roots[given.day, subject, given.sequence] = root
        for place, (register, points) in enumerate(conduct.points):
            if place > 0:
                self.enter(
                    subject,
                    "entered",
                    given.rule,
                    register=register,
                    label=given.label,
                    points=points,
                    cause=root,
                )
            self.book_in_register(subject, register, points, given.label, root, 0, case)
        if offence:
            duties.fine(self, subject, conduct.fine_fen, given.rule, root, given.sequence)
            duties.add_licence_points(self, subject, given.rule, root, given.sequence)
            duties.consider_lists(self, subject, given.rule, root, given.sequence)
            if conduct.violation and self.rules.violation_days:
                duties.count_violation(self, subject, root)
        self.touch(subject, root)

    def _convict(self, given: Given, cause: Entry | None) -> None:
        court = self.rules.court
        assert court is not None
        entry = self.enter(
            given.subject,
            "conviction",
            given.rule,
            register=court.register,
            label=given.label,
            points=court.points,
            amount=court.fine_fen,
            depth=1,
            cause=cause,
            sequence=given.sequence,
        )
        self.roots[given.day, given.subject, given.sequence] = entry
        duties.fine(self, given.subject, court.fine_fen, given.rule, entry, given.sequence)
        case = given.day * 2**15 + given.sequence
        self.book_in_register(given.subject, court.register, court.points, given.label, entry, 1, case)
        self.touch(given.subject, entry)

    def book_in_register(
        self, subject: str, register: str, points: int, label: str, record: Entry, depth: int, case: int
    ) -> None:
        """Enter a record in a register: book it, send copies on their ways, pass it on along chains."""
        if points == 0 or register not in self.rules.kept_for(subject):
            return
        self.book(subject, register, points, self.day, record, "", register)
        exchange.share(self, subject, register, points, label, record, depth, case)
        for chain in self.rules.chains_from(subject, register):
            passed = toward_zero(points * chain.share, 1000)
            if passed == 0 or depth >= chain.depth or not self._condition(subject, register, chain):
                continue
            for target in self.relations.linked(subject, chain.link):
                if target != subject and target.startswith(chain.to):
                    self.write(
                        subject,
                        target,
                        1,
                        "chained",
                        chain=chain,
                        points=passed,
                        label=label,
                        record=record,
                        depth=depth + 1,
                        case=self.case_by(subject, case, register, chain.number),
                    )

    def _condition(self, subject: str, register: str, chain: Any) -> bool:
        account = self.accounts[subject]
        if account.violations < chain.violations:
            return False
        return chain.below is None or self.standing(subject, register) < chain.below

    def be_chained(
        self, subject: str, chain: Any, points: int, label: str, record: Entry, depth: int, case: int
    ) -> None:
        if chain.into not in self.rules.kept_for(subject):
            return
        entry = self.enter(
            subject,
            "derived",
            chain.id,
            register=chain.into,
            label=label,
            points=points,
            depth=depth,
            cause=record,
        )
        self.book_in_register(subject, chain.into, points, label, entry, depth, case)
        self.touch(subject, entry)

    # --- sums ----------------------------------------------------------------------------------------------

    def total(self, subject: str, system: str) -> int:
        account = self.accounts[subject]
        scale = self.rules.scale(subject, system)
        return faded(account.sums[system], self.day - account.day, scale.half_life)

    def standing(self, subject: str, system: str) -> int:
        """Return the score shown: the sum cut to its scale when it is read."""
        scale = self.rules.scale(subject, system)
        points = min(max(self.total(subject, system), scale.floor), scale.ceiling)
        return shown(scale.base, points)

    def _add(self, subject: str, system: str, points: int) -> None:
        account = self.accounts[subject]
        if account.day != self.day:
            for known in list(account.sums):
                account.sums[known] = self.total(subject, known)
            account.day = self.day
        account.sums[system] += points

    def book(
        self, subject: str, system: str, points: int, since: int, record: Entry, rule: str, register: str
    ) -> int:
        """Book what is left of points entered on an earlier day; return it."""
        scale = self.rules.scale(subject, system)
        left = faded(points, self.day - since, scale.half_life)
        if scale.expiry and self.day >= since + scale.expiry:
            left = 0
        if left == 0:
            return 0
        self._add(subject, system, left)
        if scale.expiry:
            self.write(
                subject,
                subject,
                since + scale.expiry - self.day,
                "lapse",
                system=system,
                points=-left,
                rule=rule,
                register=register,
                record=record,
            )
        return left

    def lapse(self, subject: str, system: str, points: int, rule: str, register: str, record: Entry) -> None:
        self._add(subject, system, points)
        what = "score_lapse" if system in self.rules.platforms else "lapse"
        entry = self.enter(subject, what, rule, register=register, points=points, cause=record)
        self.touch(subject, entry)


READERS: dict[str, Callable[..., None]] = {
    "arrival": exchange.arrive,
    "shared": exchange.be_shared,
    "chained": Reference.be_chained,
    "lapse": Reference.lapse,
    "listed": duties.be_listed,
    "unlisted": duties.be_unlisted,
    "fine overdue": duties.fine_overdue,
    "fine paid": duties.fine_paid,
    "owner's fine": duties.owner_fined,
    "studied": duties.finish_course,
    "licence points lapse": duties.lapse_licence_points,
    "licence back": duties.return_licence,
    "violated": duties.be_in_violation,
    "violation over": duties.violation_over,
}
"""What reads each kind of letter."""
