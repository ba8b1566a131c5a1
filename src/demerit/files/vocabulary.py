"""Words that regime and society files share: kinds of subject, levels, situations and refusable services."""

from __future__ import annotations

from typing import Final, Literal, get_args

SubjectKind = Literal["citizen", "company", "vehicle", "agency", "service"]
Level = Literal["city", "province", "nation"]
Relation = Literal[
    "driver", "owner", "representative", "employee", "household", "official-kin", "friend", "leader",
    "manager", "province",
]  # fmt: skip
Service = Literal[
    "food", "transit", "device", "train", "flight", "hospital", "school", "housing", "loan"
]  # fmt: skip
Stratum = Literal[
    "elite",
    "cadre",
    "strategic",
    "civil_servant",
    "formal",
    "informal",
    "unemployed",
    "student",
    "retired",
]
Situation = Literal[
    "road.crosswalk",
    "road.speeding",
    "road.red_light",
    "road.phone_belt",
    "road.drink",
    "road.overload",
    "road.collision",
    "road.flight",
    "road.finish",
    "road.claim",
    "road.plate",
    "money.instalment",
    "money.bill",
    "money.guarantee",
    "money.platform",
    "money.merchant",
    "money.tax",
    "law.judgment",
    "law.petty",
    "law.fraud",
    "law.assault",
    "law.domestic",
    "law.staged",
    "civ.travel",
    "civ.grievance",
    "civ.speech",
    "law.gaming",
    "law.residence",
    "nb.nuisance",
    "nb.deed_seen",
    "nb.deed_unseen",
    "nb.favour",
    "nb.deal",
    "nb.stranger",
    "nb.blamed",
    "nb.witness",
    "nb.grudge",
    "nb.tie",
    "work.order",
    "work.harassment",
    "work.separation",
    "work.firm",
    "work.shop",
    "work.inspection",
    "ag.bill",
    "svc.failure",
    "svc.served",
    "svc.rated",
    "cs.travel",
    "cs.rite",
    "cs.account_abroad",
    "cs.property_abroad",
    "cs.school_abroad",
    "cs.internet",
    "cs.paper",
    "cs.interview",
    "cs.conference",
    "cs.podcast",
    "cs.shares",
    "cs.relative",
]

Observable = Literal[
    "records",
    "composite",
    "sanctioned",
    "sanction_starts",
    "licences_withheld",
    "transfers_lost",
    "cost.fines",
    "edge_of_the_best",
]
"""What an authority can work out from its own records: no truth labels, motives or beliefs.

All but the last are indicators; that is the composite score that a share of the adults reach."""
OBSERVABLES: Final[tuple[str, ...]] = get_args(Observable)
"""Their names."""

SUBJECT_KINDS: Final[tuple[str, ...]] = get_args(SubjectKind)
"""Kinds of subject."""
SERVICES: Final[tuple[str, ...]] = get_args(Service)
"""Services that a sanction may refuse."""
SCORE_LIMIT: Final = 1_500
"""Largest score that a register or platform may reach, in whole points."""
REGISTERS_LIMIT: Final = 16
"""Registers that a regime can have."""
SLOTS_LIMIT: Final = 8
"""Registers that can cover one kind of subject."""
PLATFORMS_LIMIT: Final = 8
"""Platforms that a regime can have."""
SCORES_LIMIT: Final = 3
"""Platforms that can score one kind of subject."""
LISTS_LIMIT: Final = 3
"""Lists on which one kind of subject can stand."""
CHAINS_LIMIT: Final = 24
"""Chains that a regime can have."""
TRANSFERS_LIMIT: Final = 32
"""Transfers that a regime can have."""
SANCTIONS_LIMIT: Final = 24
"""Sanctions and rewards that can hang on one kind of subject, together."""
BANDS_LIMIT: Final = 16
"""Bands that can cut a score."""
CHAINS_EACH: Final = 6
"""Chains that can begin at one register of one kind of subject."""
LINKS: Final = (
    ("citizen", "vehicle", "driver"),
    ("vehicle", "company", "owner"),
    ("vehicle", "citizen", "owner"),
    ("company", "citizen", "representative"),
    ("citizen", "company", "employee"),
    ("citizen", "citizen", "household"),
    ("citizen", "citizen", "official-kin"),
    ("citizen", "citizen", "friend"),
    ("vehicle", "citizen", "driver"),
    ("agency", "citizen", "leader"),
    ("service", "citizen", "manager"),
    ("company", "agency", "province"),
)
"""Relations along which a chain passes a record on: from whom, to whom, and as what of theirs."""

SITUATIONS: Final[tuple[str, ...]] = get_args(Situation)
"""Kinds of situation that a regime may answer."""
DEEDS: Final = frozenset({"nb.deed_seen", "nb.deed_unseen", "nb.favour", "nb.stranger", "nb.witness"})
"""Situations in which the act is a good deed; in all others it is an offence."""
UNSEEN: Final = frozenset({"nb.deed_unseen", "nb.favour", "work.separation", "work.inspection"})
"""Situations in which an authority can see nothing."""

_ACTORS: Final[dict[str, tuple[str, ...]]] = {
    "work.firm": ("company",),
    "work.shop": ("company",),
    "work.inspection": ("company",),
    "ag.bill": ("agency",),
    "svc.failure": ("service",),
    "svc.served": ("service",),
    "svc.rated": ("service",),
}


def actors(situation: str) -> tuple[str, ...]:
    """Return the kinds of subject that meet a situation.

    >>> actors("work.shop"), actors("road.drink")
    (('company',), ('citizen',))
    """
    return _ACTORS.get(situation, ("citizen",))
