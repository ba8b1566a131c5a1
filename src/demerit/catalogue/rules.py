"""Compiled tables: what the kernels read of a regime, of a society and of the desk they write on.

A table is one record with nested arrays, passed by one pointer, where every array would take seven words.
"""

from __future__ import annotations

from demerit.catalogue.counters import FLOW_COUNT
from demerit.catalogue.entries import ROW_DTYPE
from demerit.catalogue.seeing import SEEING
from demerit.catalogue.words import (
    CELLS,
    CIRCLES,
    FAMILIES,
    KINDS,
    REGISTERS_LIMIT,
    SANCTIONS_LIMIT,
    SCOLDERS,
    SCORE_LIMIT,
    SERVICES,
)
from demerit.engine.columns import nested
from demerit.engine.messages import MESSAGE_DTYPE

_KINDS = len(KINDS)
_SYSTEMS = 1 + REGISTERS_LIMIT
LICENCE_TABLE = 64

RULES_DTYPE = nested(
    [
        # conduct, by situation kind
        ("conduct", "i8", _KINDS),  # number of the rule + 1; 0 = no rule answers this situation
        ("coverage", "i8", _KINDS),  # Q32
        ("fine_fen", "i8", _KINDS),
        ("licence_points", "i8", _KINDS),
        ("points", "i8", (_KINDS, REGISTERS_LIMIT)),  # thousandths, by register
        ("composite_points", "i8", _KINDS),  # thousandths of the composite that people expect
        ("prosecute", "i8", _KINDS),  # Q32
        # registers and platform
        ("registers", "i8"),
        ("half_life", "i8", REGISTERS_LIMIT),  # days, 0 = none
        ("floor", "i8", _SYSTEMS),  # thousandths from base; index 0 is the composite
        ("ceiling", "i8", _SYSTEMS),
        ("base", "i8", _SYSTEMS),  # whole points
        ("composite_half_life", "i8"),
        ("transfer", "i8", REGISTERS_LIMIT),  # number of the rule + 1; 0 = the register is not shared
        ("transfer_loss", "i8", REGISTERS_LIMIT),  # Q32
        ("transfer_delay", "i8", (REGISTERS_LIMIT, 256)),  # days, at 256 levels of the draw
        ("weight", "i8", REGISTERS_LIMIT),  # Q16: composite points for one register point
        ("company_half_life", "i8"),
        ("company_floor", "i8"),
        ("company_ceiling", "i8"),
        ("road_register", "i8"),  # register of vehicles and companies; -1 = not kept
        ("court_register", "i8"),  # -1 = not kept
        ("court_delay", "i8"),
        ("court_points", "i8"),
        ("court_fine_fen", "i8"),
        # chains: driver to vehicle, vehicle to company
        ("to_vehicle", "i8"),  # number of the rule + 1; 0 = no such chain
        ("to_vehicle_share", "i8"),  # thousandths
        ("to_company", "i8"),
        ("to_company_share", "i8"),
        ("depth", "i8"),
        ("scolds", "i8", len(SCOLDERS)),
        # licence
        ("licence_limit", "i8"),  # 0 = no points licence
        ("licence_cycle", "i8"),
        ("study_days", "i8"),
        ("study_cost", "i8"),  # Q16 days of income
        ("licence_loss", "i8", LICENCE_TABLE),  # Q16 days: expected cost of standing at so many points
        # sanctions and rewards
        ("sanctions", "i8"),
        ("sanction_reads", "i8", SANCTIONS_LIMIT),  # 0 composite, 1 + r register r
        ("sanction_below", "i8", SANCTIONS_LIMIT),  # whole points; in force when the score is below
        ("sanction_above", "i8", SANCTIONS_LIMIT),  # reward: in force at or above; -1 = a sanction
        ("sanction_wage", "i8", SANCTIONS_LIMIT),  # Q15 of income; negative for rewards
        ("sanction_refuses", "i8", SANCTIONS_LIMIT),  # bits of services
        ("bands", "i8"),
        ("band_from", "i8", 16),  # whole points, highest first
        *SEEING,
        # perception
        ("aware_share", "i8"),  # Q32
        ("novelty", "i8"),  # Q16 factor on day 0
        ("novelty_half_life", "i8"),
        ("frame", "i8", len(FAMILIES)),  # 1 = a score term applies to the family from day 0
        # anticipation, by class (0 without, 1 with a wage) and score system
        ("burden", "i4", (2, _SYSTEMS, SCORE_LIMIT + 1)),  # Q24 days of income per day
        ("felt", "i8", _SYSTEMS),  # 1 = some score of the system changes a burden
        ("duration", "i8", _SYSTEMS),  # Q8 days
        ("wish", "i8"),  # Q16 days per composite point
    ]
)

PEOPLE_DTYPE = nested(
    [
        ("eligible", "i8", _KINDS),  # bit of flags
        ("family", "i8", _KINDS),
        ("rate", "i8", _KINDS),  # Q16 a year
        ("family_rate", "i8", (16, len(FAMILIES))),  # Q16 a year, by flags
        ("first_kind", "i8", len(FAMILIES) + 1),
        ("necessity", "i8", _KINDS),  # Q32
        ("inability", "i8", _KINDS),  # Q32, cumulative on necessity
        ("gain", "i8", _KINDS),  # Q16 days of income; cost of a deed
        ("inverse_tau", "i8", _KINDS),  # Q16 per day
        ("felt_harm", "i8", _KINDS),  # Q16 days
        ("emergency", "i8", _KINDS),  # Q16 days
        ("need_weight", "i8", _KINDS),  # Q16
        ("deed", "i8", _KINDS),
        ("crowding", "i8", len(FAMILIES)),  # Q15 lost per score-needed act
        ("frame_loss", "i8"),  # Q16 (phi)
        ("frame_half_life", "i8"),
        ("norm_half_life", "i8"),  # days in which half of a lost norm comes back; 0 = never
        ("alpha", "i8"),  # Q16
        ("alpha_heard", "i8"),  # Q16
        ("quiet_half_life", "i8"),
        ("perceived_limit", "i8"),  # 1/4096
        ("trust_start", "i8", len(CIRCLES)),  # 1/65535
        ("trust_up", "i8", len(CIRCLES)),  # Q32
        ("trust_down", "i8", len(CIRCLES)),  # Q32
        ("trust_low", "i8", len(CIRCLES)),  # 1/65535: where a bad event pulls
        ("trust_half_life", "i8"),
        ("stress", "i8", len(SCOLDERS)),  # 1/256 unit
        ("stress_half_life", "i8"),
        ("access_rate", "i8", len(SERVICES)),  # Q32 cumulative: chance of a try in a week
        ("access_cost", "i8", len(SERVICES)),  # Q16 days of income
        ("device_share", "i8"),  # Q32
        ("expense_share", "i8"),  # Q16
        ("shock", "i8"),  # Q16 days of income lost in an income shock
        ("instalment", "i8"),  # Q16 days of income
        ("cure_days", "i8"),
        ("scold_effort", "i8"),  # Q16 days
        ("scold_value", "i8"),  # Q16 days per point
        ("scold_inverse_tau", "i8"),  # Q16
        ("hearers", "i8"),
    ]
)

(
    OUT,
    ROWS,
    SEQUENCE,
    DAY,
    SUBJECT,
    PHASE,
    CELL,
    SEED,
    EPISODE,
    EVENTS,
    APPLIED,
    DROPPED,
    GROUP,
    ATTENTION,
    FOUND,
) = range(15)
"""Places of the desk's cursor: what is being worked on now.

``GROUP`` is 1 for a member of a minority, ``ATTENTION`` what the neighbourhood is given (Q16), ``FOUND`` the
records found there since the subject sat down (1/256 record).
"""
DESK_MESSAGES = 1024
DESK_ROWS = 2048
DESK_SPARE = 64
"""Room that must be left on the desk before a situation or message is worked on."""

DESK_DTYPE = nested(
    [
        ("n", "i8", 24),
        ("counters", "i8", (CELLS + 1, FLOW_COUNT)),  # the last cell is for what is not a citizen
        ("outbox", MESSAGE_DTYPE, DESK_MESSAGES),
        ("ledger", ROW_DTYPE, DESK_ROWS),
    ]
)
