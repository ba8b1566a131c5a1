"""What the ledger holds: the kinds of entry and the fields of a row."""

from __future__ import annotations

from dataclasses import dataclass

from demerit.engine.columns import Column, Table

(
    RECORD, CREDIT, DERIVED, CONVICTION, ARRIVAL, LOSS, SCOLDING, SANCTION_START, SANCTION_END,
    LICENCE_WITHHELD, LICENCE_RETURNED, CURE, ENTERED, LOAN_REFUSED, SHARED_IN, NEW_RULES, JOB_LOST,
    HIRED, WITHDRAWAL, WITHDRAWN_DERIVED, RECALL, STALE, LAPSE, SCORE_LAPSE, LIST_ENTRY, LIST_EXIT,
    FINE_PAID, POINTS_RESTORED, MILESTONE, APPEAL_FILED, CASE_OPENED, RECORD_UPHELD, RECORD_REVERSED,
    APPEAL_LEFT, INTEGRITY_LOST, REPAIR_BEGUN, REPAIRED, MET_STRANGER, CLAIM, HELD_LIABLE, CLAIM_SETTLED,
    CLAIM_FINED, COLLIDED, DAMAGES, SETTLED_OUT, SENTENCE, HURT, DEATH, COMPENSATION, REPORTED,
    DISMISSED_COMPLAINT, EXPOSED, REWARDED, FEUD, SILENCE, STAGED, THREAT_PAID, CLAIM_FILED,
    CLAIM_CLEARED, CLAIM_LOST, TAKEN, CAMERA_BOUGHT, APPROVAL_LOST, GOT_USED, DISPLAYED, DISPLAY_ENDED,
    HARASSED, ADVANCE, REFUSAL, YIELDED, ORDERED, SUIT, LABOUR_DAMAGES, LABOUR_AWARD, GATE_REFUSED,
    GIVEN_UP, ASKED, PERMITTED, DENIED, DISCIPLINED, GRADE, STEP_MISSED, PROMOTED, DEMOTED, TURNED_AWAY,
    CUT_TIE, LOST_TIE, BILL_UNPAID, NOT_PAID, BONUS_CUT, INQUIRY_OPENED, INQUIRY_CLOSED, RELATIVE_MARKED,
    PASSPORT_ISSUED, PASSPORT_RETURNED, LATE_RETURN, HOUSEHOLD_PERMIT, PASSPORT_WITHHELD, DEED_STAGED,
    POINTS_BOUGHT, POINTS_SOLD, COURSE_BOUGHT, RESIDENCE_REFUSED, REGISTERED, THIN_FILE_OPENED, LOOKED_UP,
    DEAL_REFUSED, STRIKE_SPARED, PLATE_COVERED, PLATE_CLEARED, MOVED_AWAY, COPY_ESCAPED, NO_MONEY,
    TURNED_OFF, INSPECTED, DISCIPLINE_UPHELD, DISCIPLINE_REVERSED,
) = range(117)  # fmt: skip


@dataclass(frozen=True)
class EntryKind:
    """A kind of ledger entry: its word, what the ``rule`` field points to and one sentence."""

    name: str
    rule: str
    doc: str


ENTRY_KINDS = (
    EntryKind(
        "record", "conduct", "An offence entered in the registers of its conduct; the root of a chain."
    ),
    EntryKind("credit", "conduct", "A good deed the authority saw, entered with its points."),
    EntryKind("derived", "chain", "A record passed on to another subject by a chain rule."),
    EntryKind("conviction", "conduct", "A court record that follows a prosecuted offence."),
    EntryKind("arrival", "transfer", "A record has reached a platform and moved the subject's score there."),
    EntryKind("loss", "transfer", "A record was lost on its way."),
    EntryKind("scolding", "scolder", "The employer, the police or the state rebukes the subject."),
    EntryKind("sanction_start", "sanction", "A sanction or reward begins."),
    EntryKind("sanction_end", "sanction", "A sanction or reward ends."),
    EntryKind("licence_withheld", "conduct", "The points limit is reached and the licence is taken."),
    EntryKind("licence_returned", "conduct", "The licence comes back after study; the points are cleared."),
    EntryKind("cure", "situation", "A debt that was not paid when it was due is paid."),
    EntryKind("entered", "conduct", "The same record entered in a further register."),
    EntryKind(
        "loan_refused", "sanction", "A lender refuses a loan; the amount is what doing without it costs."
    ),
    EntryKind("shared_in", "transfer", "A record of one register entered in another that it is shared with."),
    EntryKind("new_rules", "change", "Other rules hold from today: the subject's scores are read anew."),
    EntryKind("job_lost", "job_loss", "Somebody loses or leaves a job; the amount is its wage of a day."),
    EntryKind("hired", "job_loss", "Somebody takes a job; the rule says how the last one was lost."),
    EntryKind("withdrawal", "conduct", "A record is withdrawn: what is left of its points is given back."),
    EntryKind("withdrawn_derived", "chain", "A chained record is withdrawn with its root."),
    EntryKind("recall", "transfer", "A withdrawal has reached a platform or register that had a copy."),
    EntryKind("stale", "transfer", "A copy outlives its record: the withdrawal was lost or never sent."),
    EntryKind("lapse", "nothing", "Points of a register have reached their expiry."),
    EntryKind("score_lapse", "transfer", "What a record brought to a platform has reached its expiry."),
    EntryKind("list_entry", "list", "The subject enters a list."),
    EntryKind("list_exit", "list", "The subject leaves a list."),
    EntryKind("fine_paid", "conduct", "A fine that was overdue is paid."),
    EntryKind("points_restored", "nothing", "Study has restored licence points."),
    EntryKind("milestone", "milestone", "On a birthday somebody leaves school or retires."),
    EntryKind("appeal_filed", "conduct", "An appeal against a record is filed with the province's office."),
    EntryKind("case_opened", "conduct", "A desk of the office opens a case; the appeal is its cause."),
    EntryKind("record_upheld", "conduct", "The office upholds the record."),
    EntryKind("record_reversed", "conduct", "The office, or its deadline, reverses the record."),
    EntryKind("appeal_left", "conduct", "The appellant has waited long enough and leaves."),
    EntryKind("integrity_lost", "conduct", "An office is marked down for a record it has reversed."),
    EntryKind("repair_begun", "repair", "A course that gives points back, or ends a listing, is paid for."),
    EntryKind("repaired", "repair", "The course is done: points come back, or the subject leaves the list."),
    EntryKind("met_stranger", "help", "Somebody meets an injured stranger; the rule says what they do."),
    EntryKind("claim", "nothing", "An injured person blames whoever has helped."),
    EntryKind("held_liable", "nothing", "A helper is held liable for the injury and pays the amount."),
    EntryKind("claim_settled", "nothing", "Who blamed a helper receives the amount."),
    EntryKind("claim_fined", "nothing", "A claim is found to be false, and its author pays the amount."),
    EntryKind("collided", "response", "A driver collides; the rule says what the driver does, and how bad."),
    EntryKind("damages", "severity", "A driver pays damages out of pocket."),
    EntryKind("settled_out", "severity", "A driver pays for not going to court."),
    EntryKind("sentence", "nothing", "A driver serves a sentence; the amount is the income lost."),
    EntryKind("hurt", "severity", "Somebody is hit by a driver; the amount is the income lost."),
    EntryKind("death", "death", "Somebody dies; the rule says of what."),
    EntryKind("compensation", "nothing", "Somebody receives compensation for being hurt, or for a death."),
    EntryKind("reported", "conduct", "Somebody reports an act; the label says whether it was done."),
    EntryKind(
        "complaint_dismissed", "conduct", "A complaint about the subject is dropped for want of proof."
    ),
    EntryKind("false_report_found", "conduct", "A check finds that a complaint about the subject is false."),
    EntryKind("report_rewarded", "conduct", "A report that was filed is paid; the amount is the reward."),
    EntryKind("feud", "conduct", "The subject believes to know who reported, and bears a grudge."),
    EntryKind("silence_found", "conduct", "Somebody pays for not having reported what was seen."),
    EntryKind("accident_staged", "nothing", "Somebody stages an accident; the amount is the demand."),
    EntryKind("threat_paid", "nothing", "A driver pays a fake victim so that no complaint is made."),
    EntryKind("claim_filed", "nothing", "A fake victim complains about a driver who has not paid."),
    EntryKind("claim_cleared", "nothing", "A recording, or want of proof, clears the driver of the claim."),
    EntryKind("claim_lost", "nothing", "The driver cannot prove the contrary and is made to pay the amount."),
    EntryKind("staged_take", "nothing", "A fake victim gets the amount."),
    EntryKind("camera_bought", "nothing", "A driver buys a dash camera; the amount is its price."),
    EntryKind("approval_lost", "nothing", "Somebody's approval falls; the points are percentage points."),
    EntryKind(
        "got_used",
        "nothing",
        "Sanctions change after the subject has got used to half of what they took; the amount says to how "
        "much, in thousandths of a day of own income a month.",
    ),
    EntryKind(
        "display_start", "shown", "A public display begins; the label is the truth of what is alleged."
    ),
    EntryKind("display_end", "shown", "A public display ends."),
    EntryKind("harassed", "nothing", "What harassment at the home that was shown has cost."),
    EntryKind("harassment_at_work", "nothing", "A superior harasses a subordinate."),
    EntryKind("refusal", "nothing", "Somebody who is harassed refuses."),
    EntryKind("gave_in", "nothing", "Somebody who is harassed does not refuse."),
    EntryKind("complaint_ordered", "nothing", "A superior who was refused wants a complaint written."),
    EntryKind("labour_suit", "nothing", "Somebody sues over a dismissal; the amount is what is awarded."),
    EntryKind("labour_damages", "nothing", "A superior pays for a dismissal over a refusal."),
    EntryKind("labour_award", "nothing", "Somebody gets the amount for a dismissal over a refusal."),
    EntryKind("gate_refused", "sanction", "A gate or device of daily life knows the subject and refuses."),
    EntryKind("given_up", "situation", "An official gives up a lawful activity because of what governs it."),
    EntryKind("permission_asked", "situation", "An official asks for permission."),
    EntryKind("permitted", "situation", "All layers have agreed, and the official does it."),
    EntryKind("permission_denied", "situation", "A layer of superiors says no."),
    EntryKind("disciplined", "situation", "An official is found out; points of the discipline register."),
    EntryKind("graded", "grade", "The annual grade of an official; the amount is the bonus."),
    EntryKind("step_missed", "grade", "An official misses a pay step; the amount is that of a day."),
    EntryKind("promoted", "grade", "An official is promoted; the amount is what it adds to a day's pay."),
    EntryKind("demoted", "grade", "An official loses a level; the amount is what it takes of a day's pay."),
    EntryKind(
        "turned_away", "nothing", "A shop does not serve somebody on display; the amount is what it costs."
    ),
    EntryKind("tie_cut", "nothing", "Somebody breaks off with a friend on display."),
    EntryKind("tie_lost", "nothing", "A friend has broken off with somebody on display."),
    EntryKind("bill_unpaid", "nothing", "A government office does not pay a firm the amount."),
    EntryKind("not_paid", "nothing", "A firm waits in vain for the amount from a government office."),
    EntryKind("bonus_cut", "nothing", "Who leads an office or a service loses the amount with its budget."),
    EntryKind("inquiry_opened", "nothing", "An official is investigated; the points are the days."),
    EntryKind("inquiry_closed", "outcome", "An investigation ends with a talk, a record or a dismissal."),
    EntryKind("relative_marked", "relative", "What a relative is or did is entered for an official."),
    EntryKind("passport_issued", "nothing", "The unit hands out passport and form; the points are days."),
    EntryKind("passport_returned", "nothing", "An official hands the passport back to the unit."),
    EntryKind("late_return", "nothing", "An official stays abroad longer than granted; the points are days."),
    EntryKind("household_permit", "answer", "Somebody asks because of an official at home who is sensitive."),
    EntryKind("passport_withheld", "nothing", "Somebody who is no official does not get a passport."),
    EntryKind("deed_staged", "conduct", "A good deed is staged for its points; the amount is the price."),
    EntryKind("points_bought", "conduct", "Another driver has taken over licence points, for the amount."),
    EntryKind("points_sold", "conduct", "Somebody takes over another driver's licence points."),
    EntryKind("course_bought", "conduct", "A driver buys the certificate of a course that nobody sits."),
    EntryKind(
        "residence_refused",
        "residence",
        "Somebody not registered here is refused a school place, a home or registration: for the hukou, or "
        "for the score.",
    ),
    EntryKind("registered", "nothing", "Somebody who has moved here is registered as a local."),
    EntryKind("thin_file", "nothing", "The score of somebody who has moved here begins with fewer points."),
    EntryKind("looked_up", "deal", "A stranger has looked the subject up before a deal."),
    EntryKind("deal_refused", "deal", "A stranger will not deal with the subject after a look-up."),
    EntryKind("strike_spared", "conduct", "A first record of somebody is let pass and not filed."),
    EntryKind("plate_covered", "conduct", "A driver covers the plate; the amount is what it costs."),
    EntryKind("plate_cleared", "nothing", "A covered plate is taken off, or seen."),
    EntryKind("moved_away", "conduct", "Somebody moves to another city; the amount is what it costs."),
    EntryKind("copy_escaped", "transfer", "A copy does not find whoever has moved away in time."),
    EntryKind("no_money", "service", "Somebody who cannot pay goes without bread, or on foot."),
    EntryKind("turned_off", "nothing", "A bus does not take somebody on public display."),
    EntryKind("inspected", "nothing", "A firm of low standing is inspected beside the lot."),
    EntryKind("discipline_upheld", "situation", "An official's request for review is refused."),
    EntryKind("discipline_reversed", "situation", "What an official was disciplined for is taken back."),
)

ROW = Table(
    "ledger",
    "One entry of the ledger.",
    (
        Column("id", "i8", "id", "Name of the entry: day, subject and sequence in one number."),
        Column(
            "cause", "i8", "id", "Entry that caused this one; a root record names the situation it came from."
        ),
        Column("subject", "u4", "subject code", "Subject the entry is about."),
        Column("points", "i4", "1/1000 point", "Points entered, derived or arrived."),
        Column("amount", "i4", "fen", "Fine, fee or instalment."),
        Column("day", "u2", "day", "Day of the run."),
        Column("what", "u1", "code", "Kind of entry.", low=0, high=len(ENTRY_KINDS) - 1),
        Column("rule", "u1", "code", "Rule of the regime: which one depends on the kind of entry."),
        Column("register", "u1", "code", "Register the points were entered in; 255 = none."),
        Column("label", "u1", "code", "Truth label, for measures and explanations only."),
        Column("motive", "u1", "code", "What decided the choice behind a root record or credit."),
        Column("depth", "u1", "links", "Links of the chain between the root record and this entry."),
    ),
    40,
)
ROW_DTYPE = ROW.dtype()
NO_REGISTER = 255
