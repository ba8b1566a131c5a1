"""Situations and truths as people say them."""

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
    "law.residence": "asking for a school place, a home or registration",
    "civ.travel": "a journey",
    "civ.grievance": "a petition",
    "civ.speech": "saying in public what one thinks",
    "nb.nuisance": "disturbing the neighbours",
    "nb.deed_seen": "a good deed",
    "nb.deed_unseen": "a good deed that nobody sees",
    "nb.favour": "doing a favour that was asked",
    "nb.deal": "a deal with a stranger",
    "nb.stranger": "what was done about an injured stranger",
    "nb.blamed": "blaming whoever has helped",
    "nb.witness": "what was reported of others",
    "nb.grudge": "a false report out of a grudge",
    "nb.tie": "breaking off with a friend on display",
    "work.order": "refusing an order",
    "work.harassment": "harassing a subordinate",
    "work.separation": "a job that ends",
    "work.inspection": "an inspection by lot",
    "work.firm": "a firm's breach of its rules",
    "work.shop": "a shop's breach of its rules",
    "ag.bill": "an office that does not pay a firm",
    "svc.failure": "a public service that fails somebody",
    "svc.served": "serving somebody who was to be refused",
    "svc.rated": "a bad rating",
    "cs.travel": "a journey abroad",
    "cs.rite": "a religious ceremony",
    "cs.account_abroad": "a bank account abroad",
    "cs.property_abroad": "a home or a share of a firm abroad",
    "cs.school_abroad": "long schooling abroad for a child",
    "cs.internet": "a blocked page",
    "cs.paper": "a paper",
    "cs.interview": "an interview",
    "cs.conference": "a conference abroad, or with foreigners",
    "cs.podcast": "speaking in a podcast",
    "cs.shares": "trading shares",
    "cs.relative": "a relative who drinks or gambles",
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


def alleged(kind: str) -> str:
    """Return what a record of a kind of situation says of its subject; a kind of its own is said by its name.

    >>> alleged("road.crosswalk"), alleged("city.noise_at_night")
    ('not yielding to somebody on a crossing', 'city noise at night')
    """
    return ALLEGED.get(kind, kind.replace(".", " ").replace("_", " "))
