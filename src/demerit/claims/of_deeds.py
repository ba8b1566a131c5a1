"""Claims about good deeds and about what holds people back: points, law, or principle (C3, C10)."""

from __future__ import annotations

from demerit.catalogue.words import ELIGIBILITY
from demerit.claims.reading import Figure, Reading, share
from demerit.claims.statistics import Statistic
from demerit.society.types import SocietyFile

SEEN, UNSEEN = "nb.deed_seen", "nb.deed_unseen"
LEAST_HARM = 0.05
"""Harm from which on an offence wrongs somebody, and is more than a breach of form."""


def tempting(society: SocietyFile) -> list[str]:
    """Return the kinds of offence that tempt people and do a harm of `LEAST_HARM` and more."""
    return [
        situation.id
        for situation in society.situations
        if situation.act == "offence"
        and situation.eligible in ELIGIBILITY
        and float(situation.harm) >= LEAST_HARM
    ]


def deeds_for_points(reading: Reading) -> Figure:
    """Return seen deeds that would not have been done without the score / seen deeds done, late."""
    done = reading.count(f"{SEEN}.acted", late=True)
    return share(reading.count(f"{SEEN}.score", late=True), done)


def unseen_deeds(reading: Reading) -> Figure:
    """Return unseen deeds done / unseen occasions, late."""
    return share(reading.count(f"{UNSEEN}.acted", late=True), reading.count(f"{UNSEEN}.met", late=True))


def _late(reading: Reading, field: str) -> int:
    kinds = tempting(reading.setting.society.data)
    return sum(reading.count(f"{kind}.{field}", late=True) for kind in kinds)


def held_by_fear(reading: Reading) -> Figure:
    """Return abstentions held by law or score / abstentions from what harms others, late."""
    feared = _late(reading, "law") + _late(reading, "score")
    return share(feared, feared + _late(reading, "principle"))


def principled(reading: Reading) -> Figure:
    """Return abstentions on principle / temptations to harm others, late, per 1,000 temptations.

    A temptation is a situation in which somebody was free to choose: what could not arise (no licence, no
    complaints taken) and what people did because they could not do otherwise is none.
    """
    abstained = _late(reading, "principle")
    yielded = _late(reading, "acted") - _late(reading, "inability")
    return share(abstained, abstained + _late(reading, "law") + _late(reading, "score") + yielded, 1000)


STATISTICS: dict[str, Statistic] = {
    "C3.1": Statistic(deeds_for_points),
    "C3.2": Statistic(unseen_deeds),
    "C10.1": Statistic(held_by_fear),
    "C10.2": Statistic(principled),
}
