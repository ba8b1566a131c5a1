"""The plan of a society: its file turned into integers, one record that every kernel of generation reads."""

from __future__ import annotations

from demerit.catalogue.words import CHILD, FAMILIES, HUKOU, KINDS, STRATA
from demerit.engine.columns import nested
from demerit.engine.kernel import record

NEIGHBOURHOOD = 64
"""People of a neighbourhood; a person's neighbourhood is ``index >> 6``."""
NEIGHBOURHOOD_SHIFT = 6
LARGEST_HOME = 5
ADULT_AGE = 16
AGES = 75
"""Ages of adults that a society can tell apart: 16 to 90."""
AGE_GROUPS = 4
LEVELS = 64
"""Equally likely levels of frailty."""
NO_VEHICLE, MOTORCYCLE_WAITING, CAR_WAITING = 0, 4294967294, 4294967295
"""Marks in the vehicle column until vehicles are numbered."""

(
    URBAN_INCOME,
    RURAL_INCOME,
    WEALTH,
    CONSCIENCE,
    FIRM_SIZE,
) = range(5)
QUANTILE_TABLES = 5
RELIGIOSITY_MAJORITY, RELIGIOSITY_MINORITY, TRAVEL_WISH, OPPORTUNISM, GRUDGE = range(5)
LEANING_TABLES = 5
OCTAVES = 25
STEPS = 32
HALF = OCTAVES * STEPS + 1
"""Nodes of half a quantile table: from the outermost of 2**26 people to the median."""

PLAN_DTYPE = nested(
    [
        # chances, Q32; a row of a cumulative table ends with 2**32
        ("home", "i8", (NEIGHBOURHOOD + 1, LARGEST_HOME)),  # size, by places left in the neighbourhood
        ("children", "i8", (LARGEST_HOME + 1, LARGEST_HOME)),  # number of children, by size
        ("bands", "i8"),
        ("band", "i8", AGES),
        ("band_from", "i8", AGES),  # years
        ("band_years", "i8", AGES),
        ("stratum", "i8", (AGE_GROUPS, CHILD)),
        ("hukou", "i8", (2, len(HUKOU))),  # in the countryside, in town
        ("urban", "i8"),
        ("woman", "i8"),
        ("party", "i8"),
        ("minority", "i8"),
        ("driver", "i8"),  # of those of an age to drive
        ("borrower", "i8"),
        ("payer_first", "i8"),  # of the first adults of households
        ("payer_other", "i8"),
        ("car", "i8"),  # of drivers
        ("motorcycle", "i8"),  # of drivers, cumulative on cars
        ("fleet_bus", "i8"),  # of fleet vehicles
        ("networked", "i8"),  # of private cars
        ("dash_cam", "i8"),  # of drivers with a car
        ("government_app", "i8"),  # of party members and public employees
        ("group_one", "i8"),  # of firms
        ("group_two", "i8"),  # of firms, cumulative on the first group
        ("owner_represents", "i8"),  # of firms
        ("starts_work", "i8"),  # of students who leave school
        ("retires_first", "i8"),  # of those at work or seeking it, at the first age
        ("retires", "i8"),  # of them, at the first or the second age
        ("horizon", "i8"),  # days ahead that roles change; 0 = never
        ("by_stratum", "i8"),  # share of people whose conscience goes with their stratum; negative: against
        ("by_wealth", "i8"),
        ("drinker", "i8"),  # of drivers
        ("guarantor", "i8"),
        ("platform_user", "i8"),
        ("owner", "i8"),  # of informal workers
        ("merchant", "i8"),  # of the self-employed
        ("device", "i8"),  # depends on a networked car or device
        ("own_kind", "i8"),  # befriends a closed circle of one's own hukou and income
        # quantities
        ("quantile", "i8", (QUANTILE_TABLES, 2 * HALF)),
        ("leaning", "i8", (LEANING_TABLES, 256)),  # 0 … 255, equally likely
        ("income_factor", "i8", len(STRATA)),  # Q16, mean one among adults
        ("income_floor", "i8"),  # fen a day
        ("frailty", "i8", (len(FAMILIES), LEVELS)),  # Q16
        ("rate", "i8", len(KINDS)),  # Q16 a year
        ("eligible", "i8", len(KINDS)),  # mask of flags
    ]
)
Plan = record(PLAN_DTYPE)
