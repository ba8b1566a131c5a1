"""What if a rule had not been: the same people live again without it, and a life is compared with itself.

A rule is taken out so that nothing else moves: numbers of other rules go into draws, so chains and transfers
stay in their places and pass nothing on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from demerit.engine.ledger import read_ledger
from demerit.errors import FileProblems, UsageError
from demerit.explain.lives import Life, life_of
from demerit.explain.source import Told, live_again, one_world
from demerit.explain.waterfall import Fold
from demerit.files.names import nearest
from demerit.simulation.manifest import read_manifest
from demerit.study.changing import changed, removed, set_to
from demerit.study.layout import WORLDS
from demerit.study.scratch import Scratch

if TYPE_CHECKING:
    from demerit.explain.source import Begin, Entry
    from demerit.files.patching import Change
    from demerit.regime import Regime

_LISTED = ("conduct", "chain", "transfer", "list", "sanction", "reward", "repair", "register", "band")
"""Sections whose rules can be taken out one by one."""
_WHOLE = (
    "licence", "fines", "violations", "prosecution", "scolding", "detection", "exemptions", "appeals",
    "rescue", "liability", "awareness", "complaints", "staging", "screens", "labour_court", "gaming", "hukou",
    "employers", "civil_service", "passports", "refit", "tightening",
)  # fmt: skip
"""Sections that can be taken out as a whole."""
_FINED = ("record", "conviction")


@dataclass(frozen=True, eq=False)
class Without:
    """A life beside itself in the world without a rule; what is counted twice is (with, without).

    Attributes:
        rule: the rule, with its section.
        life, other: the life with the rule, and without.
        scores: what each score shows at the end, by system.
        sanction_days: days under each sanction, reward or list, by name, where it ever began.
        entries: entries of each kind.
        fines: fines, CNY.
        gone: entries that are only there with the rule; new: only without it.
    """

    rule: str
    life: Life
    other: Life
    scores: dict[str, tuple[int | None, int | None]]
    sanction_days: dict[str, tuple[int, int]]
    entries: dict[str, tuple[int, int]]
    fines: tuple[float, float]
    gone: list[Entry]
    new: list[Entry]

    @property
    def reached(self) -> bool:
        """Whether the rule has changed anything that the ledger holds of this life."""
        return bool(self.gone or self.new)

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain data."""

        def both(pair: tuple[Any, Any]) -> dict[str, Any]:
            return {"with": pair[0], "without": pair[1]}

        first = min((entry["date"] for entry in (*self.gone, *self.new)), default=None)
        return {
            "rule": self.rule,
            "reached": self.reached,
            "first_difference": None if first is None else first.isoformat(),
            "scores": {name: both(pair) for name, pair in self.scores.items()},
            "sanction_days": {name: both(pair) for name, pair in self.sanction_days.items()},
            "entries": {name: both(pair) for name, pair in self.entries.items()},
            "fines_cny": both(self.fines),
            "gone": [self.life.entry(entry) for entry in self.gone],
            "new": [self.other.entry(entry) for entry in self.new],
        }


def find(regime: Regime, name: str) -> tuple[str, str]:
    """Return section and id of a rule; the id is empty for a section as a whole.

    Args:
        regime: the rules.
        name: ``chain:driver-to-vehicle``, ``chain.driver-to-vehicle``, an id that only one rule has, or a
            section such as ``screens``.

    Raises:
        UsageError: there is no such rule, or several.
    """
    data = regime.canonical()
    rules = [(section, str(one["id"])) for section in _LISTED for one in data.get(section) or []]
    sections = [section for section in _WHOLE if data.get(section)]
    asked = name.strip().replace(":", ".", 1)
    if asked in sections:
        return asked, ""
    match = [rule for rule in rules if ".".join(rule) == asked] or [
        rule for rule in rules if rule[1] == name.strip()
    ]
    if len(match) == 1:
        return match[0]
    if match:
        raise UsageError(f"'{name}' may be {' or '.join(':'.join(rule) for rule in match)}; write which")
    known = [*(":".join(rule) for rule in rules), *(rule[1] for rule in rules), *sections]
    near = nearest(name, known)
    hint = f"did you mean {near}?" if near else f"sections are {', '.join([*_LISTED, *sections])}"
    raise UsageError(f"{regime.id} has no rule '{name}'; write it as chain:driver-to-vehicle; {hint}")


def without_rule(regime: Regime, section: str, identity: str) -> Regime:
    """Return a regime without a rule, the regime itself if it does not have it.

    Raises:
        UsageError: the other rules cannot stand without it.
    """
    try:
        return changed(regime, _changes(regime, section, identity))
    except FileProblems as error:
        raise UsageError(f"{regime.id} cannot stand without {section} {identity}: {error}") from error


def _changes(regime: Regime, section: str, identity: str) -> list[Change]:
    if not identity:
        # what leans on a section as a whole goes with it
        leaning = {"licence": "licence_points", "prosecution": "prosecute"}.get(section)
        named = [] if leaning is None else [f"conduct.{one.id}.{leaning}" for one in regime.data.conducts]
        return [removed(section), *(set_to(at, 0) for at in named)]
    at = f"{section}.{identity}"
    if section == "chain":
        return [set_to(f"{at}.fraction", 0)]
    if section == "transfer":
        return [set_to(f"{at}.{name}", 0) for name in ("access", "loss")]
    if section == "list":
        return list(_list(regime, identity))
    if section == "register":
        return list(_register(regime, identity))
    return [removed(at)]


def _list(regime: Regime, identity: str) -> Iterator[Change]:
    """Yield what leaves a list where it is and lets nobody get on it."""
    for conduct in regime.data.conducts:
        yield removed(f"conduct.{conduct.id}.lists.{identity}")
    for one in regime.data.lists:
        if one.leads_to == identity:
            yield removed(f"list.{one.id}.leads_to")
            yield removed(f"list.{one.id}.leads_after_days")
    for name in ("reads", "below", "above"):
        yield removed(f"list.{identity}.{name}")


def _register(regime: Regime, identity: str) -> Iterator[Change]:
    """Yield what leaves a register where it is and enters nothing in it."""
    data = regime.data
    for conduct in data.conducts:
        yield removed(f"conduct.{conduct.id}.points.{identity}")
    for chain in data.chains:
        if identity in (chain.register_id, chain.into):
            yield set_to(f"chain.{chain.id}.fraction", 0)
    for transfer in data.transfers:
        if identity in (transfer.from_, transfer.to):
            yield from (set_to(f"transfer.{transfer.id}.{name}", 0) for name in ("access", "loss"))
    if data.prosecution is not None and data.prosecution.register_id == identity:
        yield set_to("prosecution.points", 0)
    integrity = None if data.appeals is None else data.appeals.integrity
    if integrity is not None and integrity.register_id == identity:
        yield removed("appeals.integrity")


def without(life: Life, name: str, begin: Begin) -> Without:
    """Live a subject's world again without a rule, and compare the two lives.

    Args:
        life: the life with the rule.
        name: the rule, as `find` reads it.
        begin: called before the world is lived.

    Raises:
        UsageError: there is no such rule, or the world cannot do without it.
    """
    told = life.told
    section, identity = find(told.regime, name)
    regime = without_rule(told.regime, section, identity)
    plan = one_world(told.manifest, told.folder, regime)
    past = tuple(replace(era, regime=without_rule(era.regime, section, identity)) for era in plan.past)
    rule = f"{section}:{identity}" if identity else section
    if regime.hash == told.regime.hash and past == plan.past:
        raise UsageError(f"{rule} does nothing in {told.name}: without it the rules are the same")
    return compared(rule, life, life_of(lived(replace(plan, past=past), begin), life.name))


def lived(plan: Any, begin: Begin) -> Told:
    """Live a world alone in a folder for a while, and open it."""
    scratch = Scratch()
    done = live_again(plan, scratch.folder, begin)
    manifest = read_manifest(done.folder)
    name = done.worlds[0].name
    ledger = read_ledger(done.folder / WORLDS / name)
    return Told(done.folder, manifest, manifest.worlds[0], name, ledger, scratch=scratch)


def compared(rule: str, life: Life, other: Life) -> Without:
    """Set a life beside itself in another world."""
    counts = [Counter(entry["what"] for entry in one.own) for one in (life, other)]
    days = [sanction_days(one) for one in (life, other)]
    falls = [{fall.system: fall.shown for fall in Fold(one).waterfalls()} for one in (life, other)]
    fines = [sum(one["amount_cny"] for one in each.own if one["what"] in _FINED) for each in (life, other)]
    gone, new = _apart(life, other)
    return Without(
        rule,
        life,
        other,
        scores={name: (falls[0].get(name), falls[1].get(name)) for name in falls[0] | falls[1]},
        sanction_days={name: (days[0].get(name, 0), days[1].get(name, 0)) for name in days[0] | days[1]},
        entries={name: (counts[0][name], counts[1][name]) for name in sorted(counts[0] | counts[1])},
        fines=(round(fines[0], 2), round(fines[1], 2)),
        gone=gone,
        new=new,
    )


def sanction_days(life: Life) -> dict[str, int]:
    """Return the days of a life under each sanction, reward and list, by its name in the ledger."""
    found: dict[str, int] = {}
    open_: dict[str, int] = {}
    death = next((entry["date"] for entry in life.own if entry["what"] == "death"), None)
    end = life.told.last_day + 1 if death is None else life.told.day_of(death)
    for entry in life.own:
        rule, day = entry["rule"], life.told.day_of(entry["date"])
        if entry["what"] in ("sanction_start", "list_entry"):
            open_[rule] = day
        elif entry["what"] in ("sanction_end", "list_exit") and rule in open_:
            found[rule] = found.get(rule, 0) + max(min(day, end) - open_.pop(rule), 0)
    for rule, day in open_.items():
        found[rule] = found.get(rule, 0) + max(end - day, 0)
    return found


def _apart(life: Life, other: Life) -> tuple[list[Entry], list[Entry]]:
    """Return the entries that one life has and the other has not, in order; their ids do not count."""

    def said(entry: Entry) -> tuple[Any, ...]:
        return tuple(value for name, value in entry.items() if name not in ("id", "cause"))

    found = []
    for one, another in ((life, other), (other, life)):
        left = Counter(said(entry) for entry in another.own)
        only = []
        for entry in one.own:
            if left[said(entry)] > 0:
                left[said(entry)] -= 1
            else:
                only.append(entry)
        found.append(only)
    return found[0], found[1]
