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

from demerit.files.vocabulary import SubjectKind
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
    """Something that hangs on records, what it reads, and where it bites.

    Attributes:
        id: name of the rule; title: what it is called.
        families: contexts in which the data arise.
        areas: contexts in which subjects are treated.
        conducts: rules whose records it reads.
        sanction: the sanction; None for another rule.
    """

    id: str
    title: str
    families: tuple[str, ...]
    areas: tuple[str, ...]
    conducts: tuple[Conduct, ...]
    sanction: Sanction | None = None

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
    """Return all that hangs on scores, lists and counts, each with its data contexts and where it bites."""
    found = [
        _linkage(one.id, one.title, tuple(_areas(one)), _read_by(data, one), one) for one in data.sanctions
    ]
    if data.employers is not None:
        title, read = "What employers see of an applicant", data.employers.reads
        found.append(_linkage("employers", title, ("work and pay",), _behind(data, read, "citizen")))
    if data.hukou is not None and data.hukou.enabled and data.hukou.reads is not None:
        title, read = "Registration, school places and homes after a move", data.hukou.reads
        found.append(_linkage("hukou", title, ("education", "housing"), _behind(data, read, "citizen")))
    if data.passports is not None and data.score is not None and float(data.passports.below):
        title, read = "Passports", data.score.platform
        found.append(_linkage("passports", title, ("long-distance travel",), _behind(data, read, "citizen")))
    return found


def _linkage(
    name: str, title: str, areas: tuple[str, ...], conducts: list[Conduct], sanction: Sanction | None = None
) -> Linkage:
    families = tuple(dict.fromkeys(conduct.answers.split(".")[0] for conduct in conducts))
    return Linkage(name, title, families, areas, tuple(conducts), sanction)


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
    return _behind(data, one.reads or "", one.of)


def _behind(
    data: RegimeFile, name: str, kind: SubjectKind, seen: frozenset[str] = frozenset()
) -> list[Conduct]:
    """Return the conducts behind a register, a platform or a list, for subjects of a kind."""
    if name in seen:
        return []
    held = next((one for one in data.lists if one.id == name), None)
    read = _registers_behind(data, name, kind)
    court = data.prosecution.register_id if data.prosecution is not None else None
    behind = [
        conduct
        for conduct in data.conducts
        if any(float(points) < 0 for register, points in conduct.points.items() if register in read)
        or name in conduct.lists
        or (court in read and float(conduct.prosecute))
    ]
    if held is not None and held.reads is not None:
        behind += _behind(data, held.reads, kind, seen | {name})
    for other in data.lists:
        if other.leads_to == name:
            behind += _behind(data, other.id, kind, seen | {name})
    return list({conduct.id: conduct for conduct in behind}.values())


def _registers_behind(data: RegimeFile, name: str, kind: SubjectKind) -> set[str]:
    """Return the registers whose records count there: by weight, by transfer, and by chains from others."""
    roads = [(one.from_, one.to) for one in data.transfers]
    read = {name} | sources(roads, name)
    weights = [one.weights for one in data.ratings if one.platform == name and kind in one.covers]
    if data.score is not None and data.score.platform == name and kind == "citizen":
        weights.append(data.score.weights)
    if weights:
        read &= {register for one in weights for register, weight in one.items() if float(weight)}
    for _ in data.chains:
        for chain in data.chains:
            if (chain.into or chain.register_id) in read:
                read |= {chain.register_id} | sources(roads, chain.register_id)
    return read


def severities(data: RegimeFile, link: Linkage, income: float) -> list[Severity]:
    """Return a sanction set against every conduct that alone brings it about, where both can be priced.

    Args:
        data: the regime.
        link: the sanction.
        income: CNY a day.
    """
    sanction = link.sanction
    if sanction is None or sanction.of != "citizen" or not float(sanction.wage_loss) or not income > 0:
        return []
    lost = float(sanction.wage_loss) * _MONTH
    found = []
    for conduct in link.conducts:
        records = _records_to(data, sanction, conduct)
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
    return math.floor(round((base - float(one.below)) / -lost, 9)) + 1 if lost < 0 else 0
