"""The compiled society: what the kernels read of a society file."""

from __future__ import annotations

from demerit.catalogue.colliding import ACCIDENTS
from demerit.catalogue.complaining import REPORTING
from demerit.catalogue.counters import TASKS
from demerit.catalogue.gaming import GAMING
from demerit.catalogue.serving import SERVING
from demerit.catalogue.showing import OSTRACISM
from demerit.catalogue.words import CIRCLES, ELIGIBILITY, FAMILIES, KINDS, SERVICES, STRESSORS, SUBJECTS
from demerit.engine.columns import nested

_KINDS = len(KINDS)
_SUBJECTS = len(SUBJECTS)
BODY_CLASSES = 4
"""Classes of organisations by what they meet: firms, firms that sell on a platform, agencies, services."""

PEOPLE_DTYPE = nested(
    [
        ("eligible", "i8", _KINDS),  # mask of flags
        ("family", "i8", _KINDS),
        ("rate", "i8", _KINDS),  # Q16 a year
        ("family_rate", "u4", (1 << len(ELIGIBILITY), len(FAMILIES))),  # Q16 a year, by flags
        ("first_kind", "i8", len(FAMILIES) + 1),
        ("necessity", "i8", _KINDS),  # Q32
        ("inability", "i8", _KINDS),  # Q32, cumulative on necessity
        ("gain", "i8", _KINDS),  # Q16 days of income; cost of a deed
        ("inverse_tau", "i8", _KINDS),  # Q16 per day
        ("felt_harm", "i8", _KINDS),  # Q16 days
        ("emergency", "i8", _KINDS),  # Q16 days
        ("need_weight", "i8", _KINDS),  # Q16
        ("deed", "i8", _KINDS),
        ("summed", "i8", _KINDS),  # 1 = chances of acting are added up: for what is rare
        ("warmth", "i8", _KINDS),  # circle in which trust warms a deed
        ("kin_ask", "i8"),  # Q32: who asks a favour is kin and not a friend
        ("hide_gain", "i8", _KINDS),  # Q16 days of income; 0 = one cannot hide
        ("hide_harm", "i8", _KINDS),  # Q16 days
        ("hide_seen", "i8", _KINDS),  # Q16 of the coverage
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
        ("stress", "i8", len(STRESSORS)),  # 1/256 unit
        ("stress_half_life", "i8"),
        ("access_rate", "i8", len(SERVICES)),  # Q32 cumulative: chance of a try in a week
        ("access_cost", "i8", len(SERVICES)),  # Q16 days of income
        # approval
        ("approval_start", "i8"),  # 1/65535
        ("approval_rest", "i8"),  # 1/65535: where quiet time leads, so that ordinary law keeps the start
        ("approval_half_life", "i8"),
        ("habit_half_life", "i8"),  # days in which one gets used to half of a harm; 0 = never
        ("habit_step", "i8"),  # Q32: how much of the harm of one month one gets used to
        ("felt_span", "i8"),  # 1/256 day: see felt_days; 0 = both half-lives are equal
        ("harm_weight", "i8"),  # 1/65535 of approval for a day of own income, times 2**16
        ("approval_benefit", "i8"),  # 1/65535: an offender seen punished, an offence less
        ("approval_reward", "i8"),  # 1/65535 in the long run for a reward as large as the income
        ("approval_wronged", "i8"),  # 1/65535
        ("approval_witnessed", "i8"),  # 1/65535
        ("approval_strain", "i8"),  # 1/65535 for a unit of stress
        ("hidden", "i8"),  # Q16: disapproval is hidden in public
        ("expense_share", "i8"),  # Q16
        ("shock", "i8"),  # Q16 days of income lost in an income shock
        ("due", "i8", _KINDS),  # Q16 days of income that are owed
        ("cure_days", "i8", _KINDS),  # mean until it is paid after all; 0 = never
        ("waiting", "i8", 256),  # Q16: exponential of mean one at 256 levels of the draw
        ("body_rate", "i8", (BODY_CLASSES, _KINDS)),  # Q16 a year
        ("mean_income", "i8"),  # fen a day
        ("staff", "i8", _SUBJECTS),  # people on the payroll of an agency or a service
        ("obeys", "i8"),  # Q32: a service refuses whom it must refuse where nothing is at stake
        ("rate_effort", "i8"),  # Q16 days
        ("cuts_unpaid", "i8"),  # Q32: a firm cuts jobs over an unpaid bill
        ("inspected", "i8"),  # Q16: chance of an inspection before the horizon
        ("body_point_value", "i8"),  # Q16 days of payroll per point
        ("scold_effort", "i8"),  # Q16 days
        ("scold_value", "i8"),  # Q16 days per point
        ("scold_inverse_tau", "i8"),  # Q16
        ("hearers", "i8"),
        ("pension", "i8"),  # Q15 of own income
        # jobs
        ("apply_days", "i8"),  # mean between applications
        ("hire_odds", "i8"),  # Q16 log-odds that an employer takes an applicant
        ("look_odds", "i8"),  # Q16 log-odds added for somebody whose standing is shunned
        ("look_wage", "i8"),  # Q15 of the wage lost by being taken on all the same
        ("scar", "i8"),  # Q15 of the wage lost with a job that was not simply over
        ("idle_income", "i8"),  # Q15 of own income while seeking work
        ("idle_expense", "i8"),  # Q15 of own income spent while seeking work
        ("income_floor", "i8"),  # fen a day
        ("job_half_life", "i8", 2),  # days of a withheld licence: others, drivers by trade
        ("strain_half", "i8"),  # 1/256 unit of stress after which half have quit; 0 = nobody quits
        ("strain_days", "i8"),  # mean days from stress to quitting
        ("dismiss_odds", "i8"),  # Q16 log-odds of dismissal over a record that costs the company nothing
        ("dismiss_inverse_tau", "i8"),  # Q16
        ("interest", "i8"),  # Q32 a day
        ("attachable", "i8"),  # days of own income
        ("task_fen", "i8", len(TASKS)),  # cost of a task of the authorities
        *ACCIDENTS,
        *REPORTING,
        *GAMING,
        ("residence_cost", "i8"),  # Q16 days of own income: a refused application to live here like a local
        ("wants", "i8"),  # 1 = somebody without money goes without bread and bus
        ("credit", "i8"),  # Q16 days of own income
        *OSTRACISM,
        *SERVING,
    ]
)
