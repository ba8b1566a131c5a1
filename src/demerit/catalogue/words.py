"""The closed lists of the model: a code is the position in its list, and the same word is used everywhere."""

from __future__ import annotations

CITIZEN, COMPANY, VEHICLE, AGENCY, SERVICE = range(5)
SUBJECTS = ("citizen", "company", "vehicle", "agency", "service")
SUBJECT_SHIFT = 29
"""A subject's code is ``kind << 29 | index``: up to 536,870,912 subjects of a kind."""
INDEX_MASK = (1 << SUBJECT_SHIFT) - 1

ROAD = 0
FAMILIES = ("road", "money", "law", "neighbours", "work")
"""Families of situations: conscience, frailty and perceived detection are kept for each."""

FAMILY, FRIENDS, NEIGHBOUR, COLLEAGUES, STRANGERS, INSTITUTIONS = range(6)
CIRCLES = ("family", "friends", "neighbours", "colleagues", "strangers", "institutions")
"""Circles of trust."""

STRATA = (
    "elite",
    "cadre",
    "strategic",
    "civil_servant",
    "formal",
    "informal",
    "unemployed",
    "student",
    "retired",
    "child",
)
EMPLOYED_STRATA = ("elite", "cadre", "strategic", "civil_servant", "formal", "informal")
CHILD = STRATA.index("child")

HUKOU = ("local_urban", "local_rural", "migrant_urban", "migrant_rural")
FIFTHS = ("lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth")
CELLS = len(STRATA) * len(HUKOU) * len(FIFTHS)
"""A person's cell is ``(stratum * 4 + hukou) * 5 + fifth``; every measure is kept by cell."""

KINDS = (
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
)
"""Situation kinds; those of a family follow each other, in the order of the families."""
(
    CROSSWALK, SPEEDING, RED_LIGHT, PHONE_BELT, DRINK, OVERLOAD, COLLISION, FLIGHT, FINISHING, ROAD_CLAIM,
    PLATE, INSTALMENT, BILL, GUARANTEE, PLATFORM, MERCHANT, TAX_DUE, JUDGMENT, PETTY, FRAUD, ASSAULT,
    DOMESTIC, STAGING, CIVIL_TRIP, GRIEVANCE, SPEECH, GAMING, RESIDENCE, NUISANCE, DEED_SEEN, DEED_UNSEEN,
    FAVOUR, DEAL, STRANGER, BLAMED, WITNESS, GRUDGE, TIE, ORDER, HARASSMENT, SEPARATION, BREACH, SHOP_DEAL,
    INSPECTION, AGENCY_BILL, FAILURE, SERVED, RATED, TRIP, RITE, ACCOUNT_ABROAD, PROPERTY_ABROAD,
    SCHOOL_ABROAD, INTERNET, PAPER, INTERVIEW, CONFERENCE, PODCAST, SHARES, RELATIVE,
) = range(len(KINDS))  # fmt: skip
CAMERA_KINDS = DRINK
"""Kinds below this one are those that cameras see, by the plate."""
DEEDS = ("nb.deed_seen", "nb.deed_unseen", "nb.favour", "nb.stranger", "nb.witness")
"""Kinds in which the act is a good deed."""
EVENTS = ("work.separation", "work.inspection", "road.claim", "law.residence", "cs.relative", "nb.deal")
"""Kinds in which nobody chooses."""
CAUSED = (
    "road.collision", "road.flight", "road.finish", "road.claim", "road.plate", "nb.blamed", "nb.witness",
    "nb.tie", "law.gaming", "svc.served", "svc.rated",
)  # fmt: skip
"""Kinds that follow from what somebody else has done, and are not drawn."""
INCIDENTS = (
    "road.collision", "road.flight", "road.finish", "road.plate", "nb.stranger", "nb.blamed", "nb.tie",
    "law.gaming",
)  # fmt: skip
"""Kinds chosen among options of their own, and met by others as well as by whoever the draw names."""
BODY_KINDS = (
    "work.firm", "work.shop", "work.inspection", "ag.bill", "svc.failure", "svc.served", "svc.rated",
)  # fmt: skip
"""Kinds that organisations meet and not people."""
LAWFUL = tuple(kind for kind in KINDS if kind.startswith(("cs.", "civ.")))
"""Kinds in which the act is lawful, unless a regime governs it."""
_FAMILY_OF_WORD = {"road": 0, "money": 1, "law": 2, "nb": 3, "work": 4, "ag": 4, "svc": 4, "cs": 4, "civ": 2}
FAMILY_OF_KIND = tuple(_FAMILY_OF_WORD[kind.partition(".")[0]] for kind in KINDS)
"""Family of each situation kind, by the first word of its id; offices, services and officials are at work."""

ELIGIBILITY = (
    "adult",
    "driver",
    "borrower",
    "bill_payer",
    "drinker",
    "truck_driver",
    "guarantor",
    "platform_user",
    "owner",
    "merchant",
    "employed",
    "employee",
    "official",
)
"""Who can meet a situation; a person's flags hold one bit each."""

LEANINGS = ("religiosity", "travel_wish", "opportunism", "grudge")
"""Latent traits besides conscience."""

BELONGINGS = ("dash-cam", "government app")
DASH_CAM, GOVERNMENT_APP = 1, 2
"""Bits of what people own."""

TRUE, NECESSITY, INABILITY, MISTAKEN, FABRICATED, DUPLICATE = range(6)
LABELS = ("true", "necessity", "inability", "mistaken", "fabricated", "duplicate")
"""Truth of a record, read by measures and explanations only."""
WRONGFUL = ("necessity", "mistaken", "fabricated", "duplicate")
"""Labels of records that should not be there; inability is reported beside them, never inside (F19)."""

NO_MOTIVE, PRINCIPLE, LAW, SCORE, FREE = range(5)
MOTIVES = ("none", "principle", "law", "score", "free")
"""What decided a choice: the bare person; the law; the score, without which it fell otherwise; nothing."""

SERVICES = ("food", "transit", "device", "train", "flight", "hospital", "school", "housing", "loan")
"""Services of daily life that a sanction can refuse; the first three are needed week by week."""
FOOD, TRANSIT, DEVICE, LOAN = (SERVICES.index(name) for name in ("food", "transit", "device", "loan"))
BUNDLES = 3
"""Services that come as the bundle of a week; each of the others is a trip or an application."""

NO_WORK, EMPLOYED, OWN_ACCOUNT, SEEKING, DEAD = range(5)
JOBS = ("no work", "employed", "own account", "seeking work", "dead")
"""Where somebody stands in the labour market; who has no work seeks none, and the dead stand nowhere."""

(
    BY_SEPARATION,
    BY_LICENCE,
    BY_STRESS,
    BY_SANCTION,
    BY_RECORD,
    BY_LAYOFF,
    BY_DISPLAY,
    BY_REFUSAL,
    BY_MOBILITY,
) = range(9)
JOB_LOSSES = (
    "separation",
    "licence",
    "stress",
    "sanction",
    "record",
    "layoff",
    "display",
    "refusal",
    "mobility",
)
"""Why a job ends: its time is over, the licence is withheld, stress, a sanction, a record that costs the
employer, a sanction on the employer, a public display, a superior who was refused, or a car that stands
still."""

SCOLDERS = ("employer", "police", "state")
EMPLOYER, POLICE, STATE, DISPLAY, INVESTIGATION = range(5)
STRESSORS = (*SCOLDERS, "display", "investigation")
"""What stress comes from: a scolding by one of the three, being shown in public, a month of investigation."""

SECTORS = ("logistics", "manufacturing", "trade", "services", "public")
LOGISTICS, TRADE, PUBLIC = 0, 2, 4

TRANSPORT, BANK, COURTS, MARKET, TAX, PERSONNEL, APPEALS, CITY_GOVERNMENT = range(8)
AGENCY_KINDS = ("transport", "bank", "courts", "market", "tax", "personnel", "appeals", "city-government")
"""Government bodies: each authority has one agency in every province, and every city its government."""

SERVICE_KINDS = ("bus", "rail", "airport", "hospital", "school", "grocery", "housing")
"""Services that are scored themselves, and that can refuse people."""

CAR, TRUCK, BUS, MOTORCYCLE = range(4)
LEAVES_SCHOOL, RETIRES = 0, 1
MILESTONES = ("leaves school", "retires")
"""Changes of role that a birthday can bring."""

VEHICLE_KINDS = ("car", "truck", "bus", "motorcycle")

REGISTERS_LIMIT = 16
"""Registers a regime can have; a regime with more is refused when it is compiled."""
PLATFORMS_LIMIT = 8
"""Platforms a regime can have."""
TRANSFERS_LIMIT = 32
"""Transfers a regime can have."""
SLOTS, SCORES = 8, 3
"""Registers that can be kept for one kind of subject, and platforms that can score it."""
SYSTEMS = SCORES + SLOTS
"""Score systems of a kind of subject: its platforms' scores, of which the first is the composite that people
speak of, then its registers."""
LISTS = 3
"""Lists on which one kind of subject can stand."""
LISTS_LIMIT = 8
"""Lists a regime can have."""
CHAINS_LIMIT = 24
"""Chains a regime can have."""
SANCTIONS_LIMIT = 24
"""Sanctions and rewards that can hang on one kind of subject; one bit each."""
LINKS = (
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
(
    DRIVEN_VEHICLE,
    OWNING_COMPANY,
    OWNING_CITIZEN,
    REPRESENTATIVE,
    EMPLOYING_COMPANY,
    HOUSEHOLD,
    OFFICIAL_KIN,
    ALL_FRIENDS,
    USUAL_DRIVER,
    LEADER,
    MANAGER,
    PROVINCE_AGENCY,
) = range(12)
"""Codes of the relations; that of a province's agency is followed by those of its further authorities."""
PUBLIC_STRATA = 4
"""Strata in public service, the first of the list."""
SCORE_LIMIT = 1500
"""Largest score a register or platform may reach, in whole points."""


def subject_code(kind: int, index: int) -> int:
    """Return the code of a subject."""
    return kind << SUBJECT_SHIFT | index


def subject_name(code: int) -> str:
    """Return how people write a subject: ``company:12``."""
    return f"{SUBJECTS[code >> SUBJECT_SHIFT]}:{code & INDEX_MASK}"
