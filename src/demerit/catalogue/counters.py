"""Counters of a run: integers by cell of the population, added where things happen, read every month."""

from __future__ import annotations

from demerit.catalogue.appealing import GROUNDS
from demerit.catalogue.colliding import DEATHS, SEVERITIES
from demerit.catalogue.complaining import REPORTERS
from demerit.catalogue.serving import GRADES
from demerit.catalogue.words import FAMILIES, JOB_LOSSES, KINDS, LABELS, SCOLDERS, SERVICES

_BY_KIND = (
    ("met", "situations", "Situations met."),
    ("vetoed", "situations", "Situations that could not arise (no licence, for example)."),
    ("acted", "acts", "Offences committed, or deeds done."),
    ("expected", "acts / 2**20", "Sum of the probabilities of acting, for what is rare."),
    ("necessity", "acts", "Acts out of necessity."),
    ("inability", "acts", "Acts out of inability."),
    ("principle", "choices", "Offences not committed on principle; deeds done without reward."),
    ("law", "choices", "Offences held back by what ordinary law provides."),
    ("score", "choices", "Offences held back, or deeds done, only because of the score."),
    ("recorded", "records", "Root records filed."),
    ("heard_context", "acts", "Detected acts whose context was recognised and not filed."),
)
_SINGLE = (
    *((f"records_{label}", "records", f"Root records with truth label {label}.") for label in LABELS),
    ("spared", "records", "Records not filed because their subject is exempt."),
    ("resisted", "choices", "Temptations resisted, one in sixteen."),
    ("watched", "1/256", "Attention given to people who had just resisted one of these."),
    ("derived", "records", "Records received through a chain, having done nothing."),
    ("hidden", "acts", "Breaches that were hidden."),
    ("convictions", "records", "Court records."),
    ("fines_fen", "fen", "Fines and fees paid."),
    ("body_records", "records", "Root records of firms, agencies and services."),
    ("body_fines_fen", "fen", "Fines of firms, agencies and services."),
    ("pay_lost_fen", "fen", "Income lost to sanctions (rewards count negative)."),
    ("substitutes_fen", "fen", "Cost of doing without a refused service."),
    ("study_fen", "fen", "Cost of withheld licences."),
    ("penalty_days", "1/1000 day", "All of these, as days of the person's own income."),
    *(
        (f"{service}_tries", "tries", f"Access to {service} tried while under sanction.")
        for service in SERVICES
    ),
    *((f"{service}_refused", "tries", f"Access to {service} refused.") for service in SERVICES),
    *((f"scolded_{scolder}", "scoldings", f"Rebukes by the {scolder}.") for scolder in SCOLDERS),
    ("arrivals", "records", "Records that reached a platform."),
    ("losses", "records", "Records lost on the way."),
    ("astray", "records", "Copies filed on the way under the name of somebody else."),
    ("doubled", "records", "Copies entered twice at a platform."),
    ("sanction_starts", "sanctions", "Sanctions begun."),
    ("sanction_ends", "sanctions", "Sanctions ended."),
    ("licences_withheld", "licences", "Licences withheld at the points limit."),
    ("lapses", "records", "Records whose points have reached their expiry."),
    ("withdrawals", "records", "Root records withdrawn."),
    ("recalls", "records", "Copies taken back where they had gone."),
    ("stale", "records", "Copies that outlive their withdrawn record."),
    ("list_entries", "entries", "Entries on lists."),
    ("list_exits", "exits", "Exits from lists."),
    ("published", "entries", "List entries that are published."),
    ("fines_late", "fines", "Fines not paid in time."),
    ("courses", "courses", "Courses that restored licence points."),
    ("vehicles_stopped", "stops", "Cars stopped under a sanction of their own."),
    ("budget_days", "1/1000 day", "Budget lost by companies, agencies and services, in days of it."),
    ("hardship", "pleas", "Drivers at the limit who were allowed to drive on."),
    ("points_own", "1/1000 point", "Composite points lost through own acts."),
    ("points_other", "1/1000 point", "Composite points lost without an act of one's own."),
    ("heard", "cases", "Cases of others heard of."),
    ("left_school", "people", "People who left school and began to seek work."),
    ("retired", "people", "People who retired."),
    *((f"appeals_{ground}", "appeals", f"Appeals filed, ground: {ground}.") for ground in GROUNDS),
    ("appeals_open", "appeals", "Appeals filed less those that have come to an end."),
    ("appeals_late", "appeals", "Appeals that were ready only after the window had closed."),
    *((f"upheld_{ground}", "appeals", f"Appeals refused, ground: {ground}.") for ground in GROUNDS),
    *((f"reversed_{ground}", "appeals", f"Records reversed, ground: {ground}.") for ground in GROUNDS),
    ("reversed_overdue", "appeals", "Of these, records reversed because the deadline had passed."),
    ("appeals_left", "appeals", "Appeals whose appellant left before a desk was free."),
    ("upheld_for_integrity", "appeals", "Records upheld only because reversing them marks the office down."),
    ("appeal_days", "days", "Days from filing to the end of an appeal."),
    ("refunds_fen", "fen", "Fines paid back."),
    ("repairs", "courses", "Courses begun that give points back or end a listing."),
    ("repair_fen", "fen", "Cost of these courses."),
    *((f"job_lost_{why}", "jobs", f"Jobs lost or left, for the reason: {why}.") for why in JOB_LOSSES),
    ("applications", "applications", "Places applied for."),
    (
        "looked_down_on",
        "applications",
        "Applications by people whose standing the employer shuns.",
    ),
    ("hired", "jobs", "Jobs found."),
    ("search_days", "days", "Days of search behind the jobs found."),
    ("interest_fen", "fen", "Interest on debts."),
    ("administration_fen", "fen", "Cost of the authorities' own work, worked out at the end of each month."),
    ("strangers_helped_now", "acts", "Injured strangers helped at once."),
    ("strangers_helped_proof", "acts", "Injured strangers helped after proof was secured."),
    ("strangers_called_for", "acts", "Injured strangers for whom help was called."),
    ("help_expected", "acts / 2**20", "Sum of the probabilities of helping, with whatever option."),
    ("rescue_minutes", "minutes", "Minutes until an injured stranger was helped, or found at last."),
    ("left_unhelped", "people", "Injured strangers whom everybody has passed by."),
    ("held_by_blame_law", "choices", "People who walked on for fear of damages alone."),
    ("held_by_blame_score", "choices", "People who walked on only for fear of a record."),
    ("helpers_liable", "people", "Helpers held liable."),
    ("helpers_cleared", "people", "Helpers who were blamed and not held liable."),
    ("liable_expected", "people / 2**20", "Sum of the probabilities that a claim is upheld."),
    ("awards_fen", "fen", "Damages that helpers have paid."),
    ("claim_fines_fen", "fen", "Fines for claims that were found to be false."),
    ("false_claims_found", "claims", "Claims against helpers that were found to be false."),
    *((f"collisions_{severity}", "collisions", f"Collisions, {severity}.") for severity in SEVERITIES),
    ("finish_open", "choices", "Drivers to whom finishing somebody on foot would have paid."),
    ("damages_fen", "fen", "Damages that drivers pay out of pocket."),
    ("settlements", "settlements", "Suits avoided by a payment."),
    ("settlements_fen", "fen", "Paid for not going to court."),
    ("suits", "suits", "Public suits after a collision."),
    ("flights_found", "drivers", "Drivers found who had fled."),
    ("flights_unfound", "drivers", "Drivers who fled and were looked for in vain."),
    ("intent_proved", "drivers", "Drivers whose intent was proved."),
    ("sentences", "sentences", "Sentences served."),
    ("sentence_days", "days", "Days of own income lost by them."),
    *((f"deaths_{why}", "people", f"Deaths: {why}.") for why in DEATHS),
    ("deaths_expected_collision", "people / 2**32", "Sum of the probabilities of a fatal collision."),
    ("deaths_expected_unhelped", "people / 2**20", "Sum of the probabilities of dying for want of help."),
    *(
        (f"reports_{circle}", "reports", f"Reports by somebody of the circle: {circle}.")
        for circle in REPORTERS
    ),
    ("reports_by_children", "reports", "Of these, reports by children."),
    ("reports_true", "reports", "Reports of what was done."),
    ("reports_false", "reports", "Reports of what was not done."),
    ("reports_paid", "reports", "False reports that only the reward has brought about."),
    ("complaints_filed_true", "records", "Complaints that became records, about who did it."),
    ("complaints_filed_false", "records", "Complaints that became records, about who did not do it."),
    ("complaints_dismissed", "complaints", "Complaints dropped for want of proof."),
    ("false_reports_found", "complaints", "False complaints that a check has found out."),
    ("reprisals", "reports", "False reports about whom somebody takes for an earlier reporter."),
    ("reprisals_right", "reports", "Of these, reports about whoever had reported indeed."),
    ("feud_occasions", "occasions", "Occasions to pay back whom somebody takes for a reporter."),
    ("feuds", "grudges", "People who believe to know who reported them."),
    ("silences", "acts", "Witnesses found not to have reported."),
    ("report_rewards_fen", "fen", "Money paid for reports."),
    ("held_by_complaints", "choices", "Offences held back only because somebody might report them."),
    ("threats", "threats", "Drivers of whom a fake victim asks for money."),
    ("threats_paid", "threats", "Of these, drivers who pay."),
    ("threats_paid_for_score", "threats", "Of these, drivers who would not have paid under the null regime."),
    ("staged_complaints", "complaints", "Complaints about staged accidents."),
    ("staged_filmed", "complaints", "Of these, complaints about drivers whose camera showed the truth."),
    ("staged_stuck", "records", "Records that stuck in spite of the recording."),
    ("staged_records", "records", "Records of drivers after staged accidents."),
    ("staged_take_fen", "fen", "What fake victims get."),
    ("staged_cost_fen", "fen", "What drivers pay to fake victims, hassle not counted."),
    ("staged_found", "complaints", "Staged accidents that an office has found out."),
    ("cameras_bought", "cameras", "Dash cameras bought."),
    ("cameras_fen", "fen", "Cost of dash cameras bought."),
    ("displays", "displays", "Public displays begun."),
    ("displays_false", "displays", "Of these, displays for what their subject has not done."),
    ("displays_wrongful", "displays", "Of these, displays for a record that should not be there."),
    ("display_days", "days", "Days of public displays that have ended."),
    ("display_stress", "1/256 unit", "Stress of being shown."),
    ("harassment_fen", "fen", "Cost of harassment at a home that was shown."),
    ("refusals", "choices", "People who refuse a superior who harasses them."),
    ("gave_in", "choices", "People who do not refuse."),
    ("gave_in_to_rules", "choices", "Of these, people who would have refused under the null regime."),
    ("complaints_ordered", "choices", "Superiors who want a complaint written about whoever refused."),
    ("ordered_for_rules", "choices", "Of these, superiors who would not have under the null regime."),
    ("proxies_asked", "choices", "Subordinates asked to write a complaint about somebody who refused."),
    ("proxies_willing", "choices", "Of these, subordinates who write it."),
    ("ordered_handled", "complaints", "Such complaints that an office has handled."),
    ("ordered_checked", "complaints", "Of these, complaints that an office has looked into."),
    ("ordered_records", "records", "Of these, complaints that became records."),
    ("labour_suits", "suits", "Suits over a dismissal that followed a refusal."),
    ("labour_suits_won", "suits", "Of these, suits that were won."),
    ("labour_damages_fen", "fen", "What superiors pay for such dismissals."),
    ("service_asked", "requests", "Permissions asked for by officials."),
    ("service_granted", "requests", "Of these, permissions given."),
    ("service_denied", "requests", "Of these, permissions refused."),
    ("service_secret", "acts", "Governed activities done without permission."),
    ("service_given_up", "occasions", "Activities that officials give up because of what governs them."),
    ("service_wanted", "occasions", "Activities that officials would choose if nothing governed them."),
    ("service_found", "acts", "Officials found out."),
    ("service_points", "1/1000 point", "Discipline points lost."),
    ("service_years", "officials", "Officials evaluated, once a year."),
    *((f"graded_{grade}", "officials", f"Officials graded {grade}.") for grade in GRADES),
    ("loyalty", "1/1000", "Sum of the loyalty of officials evaluated: complied with or asked for."),
    ("promotions", "officials", "Officials promoted."),
    ("demotions", "officials", "Officials who lose a level."),
    ("steps_missed", "officials", "Pay steps missed."),
    ("service_bonus_fen", "fen", "Bonuses paid to officials."),
    ("shop_visits", "visits", "Weekly visits to the grocer of people on public display."),
    ("turned_away", "visits", "Of these, visits on which they are not served."),
    ("ties_lost", "ties", "Friends lost by people on public display."),
    *((f"crowded_{family}", "acts", f"Score-needed acts in family {family}.") for family in FAMILIES),
)

FLOWS: tuple[tuple[str, str, str], ...] = (
    *((f"{kind}.{name}", unit, doc) for kind in KINDS for name, unit, doc in _BY_KIND),
    *_SINGLE,
)
"""Name, unit and sentence of every counter; its position is its column."""

PER_KIND = len(_BY_KIND)
(
    MET,
    VETOED,
    ACTED,
    EXPECTED,
    OUT_OF_NECESSITY,
    OUT_OF_INABILITY,
    ON_PRINCIPLE,
    BY_LAW,
    BY_SCORE,
    RECORDED,
    EXCUSED,
) = range(PER_KIND)


def flow(name: str) -> int:
    """Return the column of a counter.

    >>> FLOWS[flow("fines_fen")][1]
    'fen'
    """
    return _COLUMN[name]


_COLUMN = {name: column for column, (name, _, _) in enumerate(FLOWS)}
FLOW_COUNT = len(FLOWS)

TASKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("record", tuple(f"{kind}.recorded" for kind in KINDS)),
    ("court", ("convictions",)),
    ("transfer", ("arrivals",)),
    ("inspection", ("work.inspection.met",)),
)
"""Tasks of authorities that cost money, and the counters of how often each is done."""
