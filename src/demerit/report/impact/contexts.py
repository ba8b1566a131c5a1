"""The social-scoring test: what is looked at in one part of life, what it leads to in another, and how hard.

Article 5(1)(c) of the AI Act has two limbs: treatment in contexts unrelated to those in which the data
arose, and treatment out of proportion to the behaviour. Both are read off the rules, rule by rule; that
construction, the words for contexts and what counts as the same context are this program's own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from demerit.regime.describe import composite_points
from demerit.regime.record_types import Conduct
from demerit.regime.roads import sources
from demerit.regime.sanction_types import Sanction
from demerit.regime.types import RegimeFile

CONTEXTS: Final = {
    "road": "road traffic",
    "money": "debts and payments",
    "law": "offences and court orders",
    "civ": "travel, petitions and speech",
    "nb": "neighbourhood",
    "work": "work and firms",
    "ag": "public administration",
    "svc": "service to customers",
    "cs": "official duty",
}
"""Where data arise, by the family of a situation."""
_SERVICES: Final = {
    "food": "daily needs",
    "transit": "local transport",
    "device": "communication",
    "train": "long-distance travel",
    "flight": "long-distance travel",
    "hospital": "health care",
    "school": "education",
    "housing": "housing",
    "loan": "credit",
}
_RELATED: Final = frozenset(
    {
        ("road", "road traffic"),
        ("money", "credit"),
        ("work", "work and pay"),
        ("cs", "work and pay"),
        ("cs", "public money"),
        ("ag", "public money"),
        ("svc", "public money"),
        ("civ", "long-distance travel"),
    }
)
"""Data context and context of treatment that count as the same; all other pairs count as unrelated."""
_MONTH = 30


@dataclass(frozen=True)
class Linkage:
    """A sanction, what it reads, and where it bites.

    Attributes:
        sanction: the rule.
        families: contexts in which the data arise.
        areas: contexts in which subjects are treated.
        conducts: rules whose records it reads.
    """

    sanction: Sanction
    families: tuple[str, ...]
    areas: tuple[str, ...]
    conducts: tuple[Conduct, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every pair of a data context and a context of treatment."""
        return [(family, area) for family in self.families for area in self.areas]

    @property
    def unrelated(self) -> list[tuple[str, str]]:
        """The pairs that count as unrelated."""
        return [pair for pair in self.pairs if pair not in _RELATED]


@dataclass(frozen=True)
class Severity:
    """A month of a sanction beside the fines for the acts that alone bring it about.

    Attributes:
        conduct: the rule; records: records of it alone that lead to the sanction.
        sanction_days: pay lost in a month, days of income; fine_days: the fines together, days of income.
        ratio: the one over the other; infinite where there is no fine.
    """

    conduct: str
    records: int
    sanction_days: float
    fine_days: float

    @property
    def ratio(self) -> float:
        return self.sanction_days / self.fine_days if self.fine_days else math.inf


def linkages(data: RegimeFile) -> list[Linkage]:
    """Return every sanction with its data contexts and its contexts of treatment."""
    return [_linkage(data, one) for one in data.sanctions]


def _linkage(data: RegimeFile, one: Sanction) -> Linkage:
    conducts = tuple(_read_by(data, one))
    families = tuple(dict.fromkeys(conduct.answers.split(".")[0] for conduct in conducts))
    return Linkage(one, families, tuple(_areas(one)), conducts)


def _areas(one: Sanction) -> Iterator[str]:
    found = [_SERVICES[service] for service in one.refuses]
    if float(one.wage_loss) or float(one.job_loss):
        found.append("work and pay")
    if one.stops is not None:
        found.append("road traffic")
    if float(one.budget_loss) or float(one.leader_loss):
        found.append("public money")
    yield from dict.fromkeys(found)


def _read_by(data: RegimeFile, one: Sanction) -> list[Conduct]:
    """Return the conducts whose records a sanction comes to read, by whichever road."""
    if one.counts == "violations":
        return [conduct for conduct in data.conducts if conduct.violation]
    if one.counts == "fines":
        return [conduct for conduct in data.conducts if float(conduct.fine)]
    return _behind(data, one.reads or "", frozenset())


def _behind(data: RegimeFile, name: str, seen: frozenset[str]) -> list[Conduct]:
    """Return the conducts behind a register, a platform, a rating or a list."""
    if name in seen:
        return []
    rating = next((one for one in data.ratings if one.id == name), None)
    held = next((one for one in data.lists if one.id == name), None)
    goal = rating.platform if rating is not None else name
    read = {goal} | sources(((one.from_, one.to) for one in data.transfers), goal)
    court = data.prosecution.register_id if data.prosecution is not None else None
    behind = [
        conduct
        for conduct in data.conducts
        if any(float(points) < 0 for register, points in conduct.points.items() if register in read)
        or (name in conduct.lists)
        or (court in read and float(conduct.prosecute))
    ]
    if held is not None and held.reads is not None:
        behind += _behind(data, held.reads, seen | {name})
    for other in data.lists:
        if other.leads_to == name:
            behind += _behind(data, other.id, seen | {name})
    return list({conduct.id: conduct for conduct in behind}.values())


def severities(data: RegimeFile, link: Linkage, income: float) -> list[Severity]:
    """Return a sanction set against every conduct that alone brings it about, where both can be priced.

    Args:
        data: the regime.
        link: the sanction.
        income: CNY a day.
    """
    lost = float(link.sanction.wage_loss) * _MONTH
    if not lost or link.sanction.of != "citizen" or not income > 0:
        return []
    found = []
    for conduct in link.conducts:
        records = _records_to(data, link.sanction, conduct)
        if records:
            found.append(Severity(conduct.answers, records, lost, records * float(conduct.fine) / income))
    return sorted(found, key=lambda one: (-one.ratio, one.conduct))


def _records_to(data: RegimeFile, one: Sanction, conduct: Conduct) -> int:
    """Return how many records of a conduct alone lead to a sanction; 0 where it cannot be told."""
    if one.counts is not None:
        return one.at_least or 1
    if one.below is None:
        return 1 if one.reads in conduct.lists else 0
    if data.score is not None and one.reads == data.score.platform:
        base = float(data.score.base)
        lost = sum(composite_points(data, name, float(points)) for name, points in conduct.points.items())
    else:
        register = next((kept for kept in data.registers if kept.id == one.reads), None)
        if register is None or register.id not in conduct.points:
            return 0
        base, lost = float(register.base), float(conduct.points[register.id])
    return math.floor((base - float(one.below)) / -lost) + 1 if lost < 0 else 0
