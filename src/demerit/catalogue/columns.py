"""State columns of every kind of subject, with type, unit, range and a sentence."""

from __future__ import annotations

from demerit.catalogue.hearsay import HEARSAY
from demerit.catalogue.serving import GRADING, OFFICIAL
from demerit.catalogue.words import (
    AGENCY_KINDS,
    BELONGINGS,
    CELLS,
    CIRCLES,
    ELIGIBILITY,
    FAMILIES,
    FIFTHS,
    HUKOU,
    JOB_LOSSES,
    JOBS,
    LISTS,
    MILESTONES,
    SCORES,
    SECTORS,
    SERVICE_KINDS,
    SLOTS,
    STRATA,
    VEHICLE_KINDS,
)
from demerit.engine.columns import Column, Table

NEVER = 65535
"""A day that never comes (columns of type u2)."""
POINTS_LIMIT = 1_000_000_000
"""Largest sum of points an account holds, thousandths; scores are cut to their scale when they are read."""
_ONE = 32768
"""One, for shares kept in 16 bits (Q15)."""
ONE_Q15 = _ONE

STATE = Table(
    "state",
    "What a citizen's events read and write: one cache line.",
    (
        Column("wealth_fen", "i8", "fen", "Liquid wealth on wealth_day; debts make it negative."),
        Column("norm", "u2", "1/32768", "What is left of conscience in each family (m_k).",
               (len(FAMILIES),), 0, 2 * _ONE - 1),
        Column("perceived", "i2", "1/4096", "Log-multiplier on true coverage in each family.",
               (len(FAMILIES),)),
        Column("trust", "u2", "1/65535", "Trust by circle.", (len(CIRCLES),)),
        Column("belief_day", "u2", "day", "Day the perceived multipliers and norms stand at."),
        Column("trust_day", "u2", "day", "Day the trust values stand at."),
        Column("wealth_day", "u2", "day", "Day the wealth stands at."),
        Column("wage_loss", "i2", "1/32768 of income", "Income lost to sanctions; rewards are negative."),
        Column("stress", "u2", "1/256 unit", "Stress on mood_day; 1 is one rebuke by the employer."),
        Column("approval", "u2", "1/65535", "Approval of how things are run, as felt and not as said."),
        Column("mood_day", "u2", "day", "Day that stress, approval and the harm one is used to stand at."),
        Column("licence_until", "u2", "day", "Day the withheld licence comes back; 0 = held by the driver."),
        Column("aware_day", "u2", "day", "Day the citizen learnt of the score; 65535 = does not know."),
        Column("saving", "i2", "1/32768 of own income", "Share of own usual income saved every day."),
        Column("licence_points", "u1", "points", "Licence points in the present cycle.", low=0, high=255),
        Column("licence_cycle", "u1", "cycle", "Number of the licence cycle the points belong to."),
        Column("job", "u1", "code", "Standing in the labour market.", low=0, high=len(JOBS) - 1),
    ),
    64,
)  # fmt: skip

ACCOUNTS = Table(
    "accounts",
    "What institutions keep about a subject of any kind, as it is saved and told.",
    (
        Column("points", "i4", "1/1000 point", "Sum of the points in each register kept for the kind.",
               (SLOTS,), -POINTS_LIMIT, POINTS_LIMIT),
        Column("composite", "i4", "1/1000 point", "Sum of what has arrived at each platform that scores it.",
               (SCORES,), -POINTS_LIMIT, POINTS_LIMIT),
        Column("sanctions", "u4", "bits", "Sanctions and rewards in force, one bit each."),
        Column("day", "u2", "day", "Day all points stand at."),
        Column("wake_day", "u2", "day", "Day of the next crossing of a threshold by decay; 0 = none."),
        Column("sanction_day", "u2", "day", "Day since when some sanction has been in force; 0 = none is."),
        Column("listed_until", "u2", "day",
               "End of the stay on each list; 0 = not listed, 1 = days of grace, 65535 = until released.",
               (LISTS,)),
        Column("access", "u1", "bits",
               "1 = a week under sanction is on its way; 2 = the car is stopped; 4 = on public display; "
               "8 = a newcomer has been registered; 16 = the first record, which may be let pass, is past.",
               low=0, high=31),
        Column("fines_due", "u1", "fines", "Fines not paid in time; of a vehicle, those of its owner."),
        Column("violations", "u1", "records",
               "Records that count as violations in the window; of a company, percent of its fleet."),
        Column("restored", "u1", "points", "Licence points restored by study in the present cycle."),
    ),
    64,
)  # fmt: skip

WORK = Table(
    "work",
    "The citizen's job and what goes with it, which rare events touch.",
    (
        Column("employer", "u4", "company + 1", "Present employer; 0 = none."),
        Column("vehicle", "u4", "vehicle + 1", "Vehicle usually driven; 0 = none."),
        Column("since", "u2", "day", "Day the present job, or the search for one, began."),
        Column("wage", "u2", "1/32768 of own income", "Wage of the present or the last job."),
        Column(
            "terms",
            "u1",
            "bits",
            "1 = on own account; 2 = the vehicle goes with the job.",
            low=0,
            high=3,
        ),
        Column("loss", "u1", "code", "Why the last job was lost.", low=0, high=len(JOB_LOSSES) - 1),
        Column("camera", "u1", "code", "1 = a dash camera in the vehicle driven.", low=0, high=1),
        Column("cut", "u1", "bits", "Which of the first eight friends are friends no more."),
    ),
    16,
)

TRAITS = Table(
    "traits",
    "What a citizen's events read and never write.",
    (
        Column("income_fen_day", "u4", "fen/day", "Own annual income divided by 365; at least the floor."),
        Column("employer", "u4", "company + 1", "Employer on the first day; 0 = none."),
        Column("vehicle", "u4", "vehicle + 1", "Vehicle driven on the first day; 0 = none of their own."),
        Column("family_rate", "u2", "1/256 a year", "Rate of situations met, frailty included.",
               (len(FAMILIES),)),
        Column("conscience", "u2", "1/65536", "Conscience c0."),
        Column("licence_anchor", "u2", "day", "Days of the licence cycle gone on the first day."),
        Column("flags", "u2", "bits", "Who they are to situations: " + ", ".join(ELIGIBILITY) + ".",
               low=0, high=(1 << len(ELIGIBILITY)) - 1),
        Column("cell", "u1", "cell", "Stratum, hukou and income fifth in one number.", low=0, high=CELLS - 1),
        Column("device", "u1", "code", "1 = depends on a networked car or device.", low=0, high=1),
        Column("home", "u1", "household", "Place of the household among those of the neighbourhood.",
               low=0, high=63),
        Column("marks", "u1", "bits", "Sex, party, minority, urban and belongings, one bit each.",
               low=0, high=63),
    ),
    32,
)  # fmt: skip

PERSON = Table(
    "person",
    "Attributes that measures and institutions group by, and leanings that few situations read, as told.",
    (
        Column("age", "u1", "year", "Age on the first day.", low=0, high=100),
        Column("sex", "u1", "code", "0 woman, 1 man.", low=0, high=1),
        Column("stratum", "u1", "code", "Stratum.", low=0, high=len(STRATA) - 1),
        Column("hukou", "u1", "code", "Hukou.", low=0, high=len(HUKOU) - 1),
        Column("fifth", "u1", "code", "Fifth of own income among adults.", low=0, high=len(FIFTHS) - 1),
        Column("party", "u1", "code", "1 = party member.", low=0, high=1),
        Column("minority", "u1", "code", "1 = member of an ethnic minority.", low=0, high=1),
        Column("urban", "u1", "code", "1 = lives in an urban neighbourhood.", low=0, high=1),
        Column("religiosity", "u1", "1/255", "Pull of religious rites."),
        Column("travel_wish", "u1", "1/255", "Pull of foreign travel."),
        Column("opportunism", "u1", "1/255", "Readiness to use a gap at others' expense."),
        Column("grudge", "u1", "1/255", "Proneness to bear a grudge."),
        Column("belongings", "u1", "bits", "What they own: " + ", ".join(BELONGINGS) + ".",
               low=0, high=(1 << len(BELONGINGS)) - 1),
    ),
    13,
)  # fmt: skip

VEHICLE_TABLE = Table(
    "vehicle",
    "Whose a vehicle is, and who drives it.",
    (
        Column("owner", "u4", "subject code", "Citizen or company that owns it."),
        Column("driver", "u4", "subject code", "Citizen who usually drives it."),
        Column("kind", "u1", "code", "Kind of vehicle.", low=0, high=len(VEHICLE_KINDS) - 1),
        Column("networked", "u1", "code", "1 = a networked electric car.", low=0, high=1),
    ),
    12,
)  # fmt: skip

COMPANY_TABLE = Table(
    "company",
    "A company: its size, its trade and who answers for it.",
    (
        Column("employees", "u4", "people", "Employees on the first day."),
        Column("representative", "u4", "citizen + 1", "Legal representative; 0 = none among the adults."),
        Column("owner", "u4", "citizen + 1", "Owner; 0 = the state."),
        Column("fleet", "u2", "vehicles", "Vehicles in the fleet."),
        Column("violating", "u2", "vehicles", "Vehicles of the fleet in violation within the window."),
        Column("compliance", "u2", "1/65536", "Latent compliance, distributed like conscience."),
        Column("sector", "u1", "code", "Sector.", low=0, high=len(SECTORS) - 1),
        Column("group", "u1", "group", "Platform group; 0 = none.", low=0, high=2),
        Column("breaches", "u1", "breaches", "Breaches that no inspection has met yet.", low=0, high=15),
        Column("forced", "u1", "breaches", "The same out of necessity.", low=0, high=15),
    ),
    24,
)  # fmt: skip

AGENCY_TABLE = Table(
    "agency",
    "A government body: an authority's office in a province, or the government of a city.",
    (
        Column("leader", "u4", "citizen + 1", "Who leads it, a cadre if there is one; 0 = nobody."),
        Column("city", "u2", "city", "City of a city government; the province's first city otherwise."),
        Column("compliance", "u2", "1/65536", "Latent compliance, distributed like conscience."),
        Column("province", "u1", "province", "Number of the province.", low=0, high=63),
        Column("kind", "u1", "code", "Authority it belongs to.", low=0, high=len(AGENCY_KINDS) - 1),
    ),
    12,
)  # fmt: skip

SERVICE_TABLE = Table(
    "service",
    "An operator of a service that people depend on.",
    (
        Column("manager", "u4", "citizen + 1", "Who runs it; 0 = nobody."),
        Column("city", "u2", "city", "City it serves; the province's first city if it serves them all."),
        Column("compliance", "u2", "1/65536", "Latent compliance, distributed like conscience."),
        Column("province", "u1", "province", "Number of the province.", low=0, high=63),
        Column("kind", "u1", "code", "Kind of service.", low=0, high=len(SERVICE_KINDS) - 1),
    ),
    12,
)  # fmt: skip

APPEAL_OFFICE_TABLE = Table(
    "appeal_office",
    "The office of a province that hears appeals.",
    (
        Column("first", "u4", "desk", "Number of its first desk."),
        Column("desks", "u4", "desks", "Desks it has."),
        Column("finishing", "u4", "1/2**32", "Chance a day that a desk is done with the case it works on."),
        Column("pending", "u4", "cases", "Cases filed and neither closed nor left."),
    ),
    16,
)

APPEAL_DESK_TABLE = Table(
    "appeal_desk",
    "A desk of an appeal office; those of an office are a heap by the day.",
    (Column("free", "u2", "day", "Day from which it is free for the next case."),),
    2,
)

NEIGHBOURHOOD_TABLE = Table(
    "neighbourhood",
    "What authorities have found in a neighbourhood of 64 people, and how hard they look there.",
    (
        Column(
            "found",
            "u4",
            "1/256 record",
            "Records of its people so far, as attention counts them.",
        ),
        Column("attention", "u4", "1/65536", "Attention given to it since the last review."),
    ),
    8,
)

MILESTONE = Table(
    "milestone",
    "A change of role on a birthday to come, known on the first day.",
    (
        Column("citizen", "u4", "citizen", "Whose it is."),
        Column("day", "u2", "day", "Day of the birthday."),
        Column("role", "u1", "code", "What changes.", low=0, high=len(MILESTONES) - 1),
    ),
    8,
)

TABLES = (
    STATE,
    WORK,
    HEARSAY,
    ACCOUNTS,
    TRAITS,
    PERSON,
    VEHICLE_TABLE,
    COMPANY_TABLE,
    AGENCY_TABLE,
    SERVICE_TABLE,
    NEIGHBOURHOOD_TABLE,
    MILESTONE,
    APPEAL_OFFICE_TABLE,
    APPEAL_DESK_TABLE,
    OFFICIAL,
    GRADING,
)

STATE_DTYPE = STATE.dtype()
WORK_DTYPE = WORK.dtype()
ACCOUNTS_DTYPE = ACCOUNTS.dtype()
TRAITS_DTYPE = TRAITS.dtype()
PERSON_DTYPE = PERSON.dtype()
VEHICLE_DTYPE = VEHICLE_TABLE.dtype()
COMPANY_DTYPE = COMPANY_TABLE.dtype()
AGENCY_DTYPE = AGENCY_TABLE.dtype()
SERVICE_DTYPE = SERVICE_TABLE.dtype()
NEIGHBOURHOOD_DTYPE = NEIGHBOURHOOD_TABLE.dtype()
MILESTONE_DTYPE = MILESTONE.dtype()
APPEAL_OFFICE_DTYPE = APPEAL_OFFICE_TABLE.dtype()
APPEAL_DESK_DTYPE = APPEAL_DESK_TABLE.dtype()
