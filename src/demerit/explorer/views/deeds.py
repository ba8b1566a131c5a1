"""Situations, truths and groups as people say them."""

from __future__ import annotations

ALLEGED = {
    "road.crosswalk": "not yielding to somebody on a crossing",
    "road.speeding": "speeding",
    "road.red_light": "driving through a red light",
    "road.phone_belt": "telephoning at the wheel, or driving without a belt",
    "road.drink": "driving after drinking",
    "road.overload": "driving an overloaded lorry",
    "road.collision": "a collision",
    "road.flight": "driving on after a collision",
    "road.finish": "killing the victim of a collision",
    "road.claim": "a complaint about an accident",
    "road.plate": "covering a number plate",
    "money.instalment": "not paying an instalment",
    "money.bill": "not paying a bill",
    "money.guarantee": "not paying for somebody guaranteed",
    "money.platform": "breaking a platform's terms",
    "money.merchant": "cheating a customer",
    "money.tax": "not paying tax",
    "law.judgment": "not performing a judgment",
    "law.petty": "a petty theft",
    "law.fraud": "a fraud",
    "law.assault": "a blow",
    "law.domestic": "violence at home",
    "law.staged": "staging an accident",
    "law.gaming": "getting points without the deed",
    "civ.travel": "a journey",
    "civ.grievance": "a petition",
    "civ.speech": "saying in public what one thinks",
    "nb.nuisance": "disturbing the neighbours",
    "nb.deed_seen": "a good deed",
    "nb.stranger": "what was done about an injured stranger",
    "nb.blamed": "blaming whoever has helped",
    "nb.witness": "what was reported of others",
    "nb.grudge": "a false report out of a grudge",
    "work.order": "refusing an order",
    "work.harassment": "harassing a subordinate",
    "work.firm": "a firm's breach of its rules",
    "work.shop": "a shop's breach of its rules",
    "ag.bill": "an office that does not pay a firm",
    "svc.failure": "a public service that fails somebody",
    "svc.served": "serving somebody who was to be refused",
    "svc.rated": "a bad rating",
}
"""What a record says somebody has done, by the kind of situation."""

REALLY = {
    "true": "It happened, and nothing excused it.",
    "necessity": "It happened out of necessity: an emergency, which nobody looked at.",
    "inability": "It happened because there was nothing to pay with.",
    "mistaken": "Somebody else did it: the record was filed under the wrong name.",
    "fabricated": "It never happened. Somebody made it up.",
    "duplicate": "It was counted already: the same act stands there twice.",
}
"""What the hidden truth label of a record means."""

GROUPINGS = {
    "stratum": "class",
    "hukou": "household registration",
    "income fifth": "fifth of income",
    "group": "ethnic group",
    "province": "province",
}
"""How people are put into groups, and what that is called."""


def alleged(kind: str) -> str:
    """Return what a record of a kind of situation says of its subject.

    >>> alleged("road.crosswalk"), alleged("cs.rite")
    ('not yielding to somebody on a crossing', 'cs rite')
    """
    return ALLEGED.get(kind, kind.replace(".", " ").replace("_", " "))
