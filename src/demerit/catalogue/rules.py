"""Compiled tables: what the kernels read of a regime, and the desk they write on.

A table is one record with nested arrays, passed by one pointer, where every array would take seven words.
"""

from __future__ import annotations

from demerit.catalogue.appealing import APPEALING
from demerit.catalogue.colliding import ACCIDENT_RULES
from demerit.catalogue.complaining import COMPLAINING
from demerit.catalogue.counters import FLOW_COUNT
from demerit.catalogue.entries import ROW_DTYPE
from demerit.catalogue.gaming import GAMING_RULES
from demerit.catalogue.seeing import SEEING
from demerit.catalogue.serving import SERVICE_RULES
from demerit.catalogue.showing import SHOWING
from demerit.catalogue.words import (
    CELLS,
    CHAINS_LIMIT,
    FAMILIES,
    KINDS,
    LISTS,
    PLATFORMS_LIMIT,
    REGISTERS_LIMIT,
    SANCTIONS_LIMIT,
    SCOLDERS,
    SCORE_LIMIT,
    SCORES,
    SUBJECTS,
    SYSTEMS,
    TRANSFERS_LIMIT,
)
from demerit.engine.columns import nested
from demerit.engine.messages import MESSAGE_DTYPE

_KINDS = len(KINDS)
_SUBJECTS = len(SUBJECTS)
LICENCE_TABLE = 64
CONDUCT_REGISTERS = 4
"""Registers that one conduct can enter."""
FELT_SYSTEMS = 6
"""Score systems of a citizen that one conduct can move and somebody would feel."""
READS_LIST, READS_VIOLATIONS, READS_FINES = 16, 24, 25
"""What a sanction can read besides score systems: the lists of a kind, violations, fines due."""
WORKING_CLASSES = 3
"""Classes by what a job is to people: none with a wage; a wage; a wage for driving the employer's vehicle."""
CHAINS_EACH = 6
"""Chains that can pass on the records of one kind of subject in one register."""
DELAY_LEVELS = 256
"""Equally likely levels at which a distribution of delays is kept."""

RULES_DTYPE = nested(
    [
        # conduct, by situation kind
        ("conduct", "i8", _KINDS),  # number of the rule + 1; 0 = no rule answers this situation
        ("coverage", "i8", _KINDS),  # Q32
        ("fine_fen", "i8", _KINDS),
        ("licence_points", "i8", _KINDS),
        ("entries", "i8", _KINDS),  # registers the conduct enters
        ("entry_register", "i8", (_KINDS, CONDUCT_REGISTERS)),
        ("entry_points", "i8", (_KINDS, CONDUCT_REGISTERS)),  # thousandths
        ("composite_points", "i8", _KINDS),  # thousandths of the composite that people expect
        ("body_points", "i8", _KINDS),  # the same of the organisations that meet the situation
        ("felt", "i8", _KINDS),  # systems of a citizen that the conduct moves and somebody feels
        ("felt_system", "i8", (_KINDS, FELT_SYSTEMS)),
        ("felt_points", "i8", (_KINDS, FELT_SYSTEMS)),  # thousandths
        ("prosecute", "i8", _KINDS),  # Q32
        # registers and platforms, by kind of subject; systems are platforms' scores, then registers
        ("registers", "i8"),
        ("slot", "i8", (_SUBJECTS, REGISTERS_LIMIT)),  # place of a register in the account; -1 = not kept
        ("slots", "i8", _SUBJECTS),  # registers kept
        ("score_slot", "i8", (_SUBJECTS, PLATFORMS_LIMIT)),  # place of a platform's score; -1 = no score
        ("scores", "i8", _SUBJECTS),  # platforms that score the kind
        ("half_life", "i8", (_SUBJECTS, SYSTEMS)),  # days, 0 = none
        ("expiry", "i8", (_SUBJECTS, SYSTEMS)),  # days after which points lapse, 0 = never
        ("floor", "i8", (_SUBJECTS, SYSTEMS)),  # thousandths from base
        ("ceiling", "i8", (_SUBJECTS, SYSTEMS)),
        ("base", "i8", (_SUBJECTS, SYSTEMS)),  # whole points
        ("weight", "i8", (_SUBJECTS, SCORES, REGISTERS_LIMIT)),  # Q16: score points for a register point
        # transfers: nodes are registers, then platforms
        ("reach", "i8", (_SUBJECTS, REGISTERS_LIMIT)),  # transfers by which a record gets to a score
        ("reach_transfer", "i8", (_SUBJECTS, REGISTERS_LIMIT, TRANSFERS_LIMIT)),  # as they lead on
        ("transfer_from", "i8", TRANSFERS_LIMIT),  # node
        ("transfer_to", "i8", TRANSFERS_LIMIT),
        ("transfer_lost", "i8", TRANSFERS_LIMIT),  # Q32
        ("transfer_closed", "i8", TRANSFERS_LIMIT),  # Q32, cumulative on lost: not asked for
        ("transfer_misfiled", "i8", TRANSFERS_LIMIT),  # Q32
        ("transfer_doubled", "i8", TRANSFERS_LIMIT),  # Q32
        ("transfer_factor", "i8", TRANSFERS_LIMIT),  # thousandths of the points, into a register
        ("transfer_delay", "i2", (TRANSFERS_LIMIT, DELAY_LEVELS)),  # days, at equal levels of the draw
        ("deduplicates", "i8", PLATFORMS_LIMIT),
        ("retraction_lost", "i8", TRANSFERS_LIMIT),  # Q32
        ("retraction_delay", "i2", (TRANSFERS_LIMIT, DELAY_LEVELS)),
        ("court_register", "i8"),  # -1 = not kept
        ("court_delay", "i8"),
        ("court_points", "i8"),
        ("court_fine_fen", "i8"),
        # chains, in the order of the file
        ("chains", "i8", (_SUBJECTS, REGISTERS_LIMIT)),  # that pass on records of a kind and register
        ("chain_rule", "i8", (_SUBJECTS, REGISTERS_LIMIT, CHAINS_EACH)),  # number of the rule
        ("chain_link", "i8", CHAINS_LIMIT),  # along which relation
        ("chain_into", "i8", CHAINS_LIMIT),  # register of the target
        ("chain_share", "i8", CHAINS_LIMIT),  # thousandths
        ("chain_depth", "i8", CHAINS_LIMIT),
        ("chain_below", "i8", CHAINS_LIMIT),  # only if the source's score is below; -1 = whatever it is
        ("chain_violations", "i8", CHAINS_LIMIT),  # only from so many violations of the source on
        # lists, by kind of subject
        ("lists", "i8", _SUBJECTS),
        ("list_kept", "i8", (_SUBJECTS, LISTS)),  # 0 = the list is not kept any more
        ("list_rule", "i8", (_SUBJECTS, LISTS)),  # number of the rule
        ("list_term", "i8", (_SUBJECTS, LISTS)),  # days; 0 = until released
        ("list_grace", "i8", (_SUBJECTS, LISTS)),  # days before the entry
        ("list_grace_working", "i8", (_SUBJECTS, LISTS)),  # working days before the entry
        ("list_removal", "i8", (_SUBJECTS, LISTS)),  # days from performance to removal
        ("list_removal_working", "i8", (_SUBJECTS, LISTS)),  # working days
        ("list_reads", "i8", (_SUBJECTS, LISTS)),  # score system; -1 = no threshold
        ("list_below", "i8", (_SUBJECTS, LISTS)),  # listed while the score is below
        ("list_above", "i8", (_SUBJECTS, LISTS)),  # listed while the score is at or above; -1 = a black list
        ("list_next", "i8", (_SUBJECTS, LISTS)),  # list that a long stay leads to; -1 = none
        ("list_next_days", "i8", (_SUBJECTS, LISTS)),
        ("list_publishes", "i8", (_SUBJECTS, LISTS)),
        ("list_bars", "i8", (_SUBJECTS, LISTS)),  # list + 1 on which it puts whoever represents a company
        ("listing", "i8", (_KINDS, LISTS)),  # Q32: P(listed | record), by situation kind and list
        ("weekday", "i8"),  # weekday of day 0, Monday 0
        ("violation", "i8", _KINDS),  # 1 = a record counts as a violation
        ("violation_days", "i8"),  # for so many days
        # fines
        ("fine_late", "i8"),  # Q32: P(a fine is not paid in time)
        ("fine_term", "i8"),  # days within which it is to be paid
        ("fine_delay", "i2", DELAY_LEVELS),  # days after the term until it is paid
        ("scolds", "i8", len(SCOLDERS)),
        # licence
        ("licence_limit", "i8"),  # 0 = no points licence
        ("licence_cycle", "i8"),
        ("study_days", "i8"),
        ("study_most", "i8"),  # days of study at most
        ("study_cost", "i8"),  # Q16 days of income
        ("licence_expiry", "i8"),  # days after which points lapse, 0 = with the cycle
        ("hardship", "i8"),  # Q32: P(who reaches the limit may drive on)
        ("carries_over", "i8"),  # 1 = points stay while fines are not paid
        ("course", "i8"),  # Q32: P(a driver with points studies to have some restored)
        ("course_points", "i8"),
        ("course_days", "i8"),
        ("course_cost", "i8"),  # Q16 days of income
        ("course_most", "i8"),  # points restored in a cycle at most
        ("licence_loss", "i8", LICENCE_TABLE),  # Q16 days: expected cost of standing at so many points
        # sanctions and rewards
        ("sanctions", "i8", _SUBJECTS),
        ("sanction_rule", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # number of the rule
        ("sanction_reads", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # score system, or one of READS
        ("sanction_below", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # whole points; in force below
        ("sanction_from", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # in force from here: what is no score
        ("sanction_above", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # reward: in force from here; -1 = sanction
        ("sanction_wage", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # Q15 of income; negative for rewards
        ("sanction_refuses", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # bits of services
        ("sanction_stops", "i8", SANCTIONS_LIMIT),  # a vehicle: 1 if it is networked, 2 any
        ("sanction_budget", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # thousandths of the budget
        ("sanction_leader", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # thousandths of pay
        ("sanction_inspects", "i8", SANCTIONS_LIMIT),  # a company: Q32, chance of an inspection in a week
        ("sanction_closes", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # 1 = a company or service is closed
        ("obeyed", "i8"),  # Q32: a service refuses whom it must refuse
        ("rated_cost", "i8"),  # Q16 days of payroll that a service expects ratings to cost
        ("sanction_job", "i8", (_SUBJECTS, SANCTIONS_LIMIT)),  # Q32: chance in a week that a job ends
        ("look_system", "i8"),  # score system that employers may look up; -1 = none
        ("look_below", "i8"),  # whole points below which they shun an applicant
        ("bands", "i8"),
        ("band_from", "i8", 16),  # whole points, highest first
        *SEEING,
        *APPEALING,
        *ACCIDENT_RULES,
        *COMPLAINING,
        *GAMING_RULES,
        # hukou
        ("hukou", "i8"),  # 1 = where somebody is registered is asked for
        ("hukou_converts", "i8"),  # Q32: an application succeeds
        ("hukou_system", "i8"),  # score system that is read; -1 = none
        ("hukou_below", "i8"),  # whole points below which it fails
        ("thin_file", "i8"),  # thousandths with which the composite score of newcomers begins
        *SHOWING,
        *SERVICE_RULES,
        # perception
        ("aware_share", "i8"),  # Q32
        ("novelty", "i8"),  # Q16 factor on the first day
        ("novelty_day", "i8"),  # first day on which there was something new
        ("novelty_half_life", "i8"),
        ("frame", "i8", len(FAMILIES)),  # 1 + first day of a score term in the family; 0 = never
        ("frame_until", "i8", len(FAMILIES)),  # day on which the score term was taken away
        # anticipation, by class (0 without, 1 with a wage) and score system
        ("burden", "i4", (2, SYSTEMS, SCORE_LIMIT + 1)),  # Q24 days of income per day
        ("duration", "i8", SYSTEMS),  # Q8 days
        # expected of a record besides, by working class, Q16 days: lists, the household, the employer
        ("further_loss", "i8", (WORKING_CLASSES, _KINDS)),
        ("further_by_law", "i8", (WORKING_CLASSES, _KINDS)),  # as much of it as law alone would bring
        ("perverse", "i8"),  # 1 = somewhere a lower score weighs less
        ("wish", "i8"),  # Q16 days per composite point
    ]
)

PLATFORM_NODE = REGISTERS_LIMIT
"""Node of the first platform among those that transfers join; the registers come before it."""

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
    APPLIED,
    DROPPED,
    GROUP,
    ATTENTION,
    FOUND,
    CASE,
    CULPRIT,
    BROKEN,
    HARMED,
    MOVED,
    STRAINED,
    RIVALS,
    RIVALS_OF,
) = range(22)
"""Places of the desk's cursor: what is being worked on now.

``GROUP`` is 1 for a member of a minority, ``ATTENTION`` what the neighbourhood is given (Q16), ``FOUND`` the
records found there since the subject sat down (1/256 record). ``CASE`` tells the ways of the record that
is being entered from all others, ``CULPRIT`` is the subject its root was filed against.
``BROKEN`` is 1 if the citizen at the desk has just broken the rule of a situation. What the citizen is to
feel when the step is over: ``HARMED`` thousandths of a day of own income, ``MOVED`` a change of approval
(1/65535), ``STRAINED`` stress (1/256 unit).
``RIVALS`` is how many rivals the subject has had an occasion to pay back today, ``RIVALS_OF`` whose and which
day that is.
"""
DESK_MESSAGES = 1024
DESK_ROWS = 2048
DESK_SPARE = 64
"""Room that must be left on the desk before a situation or message is worked on."""

RIVALS_A_DAY = 64
"""Rivals of one day whom a subject keeps apart: as many as a neighbourhood has people."""

DESK_DTYPE = nested(
    [
        ("n", "i8", 24),
        ("rivals", "i8", RIVALS_A_DAY),  # whom the subject had an occasion to pay back today
        ("rivals_until", "i8", RIVALS_A_DAY),  # last day of the grudge against each
        ("copy_day", "i8", PLATFORMS_LIMIT),  # while a record is shared: day it reaches each platform
        ("copy_transfer", "i8", PLATFORMS_LIMIT),  # the transfer that brings it
        ("copy_astray", "i8", PLATFORMS_LIMIT),  # 1 = it is filed under somebody else's name there
        ("recall_day", "i8", PLATFORMS_LIMIT),  # while it is withdrawn: day the withdrawal follows; 0 = never
        ("counters", "i8", (CELLS + 1, FLOW_COUNT)),  # the last cell is for what is not a citizen
        ("outbox", MESSAGE_DTYPE, DESK_MESSAGES),
        ("ledger", ROW_DTYPE, DESK_ROWS),
    ]
)
