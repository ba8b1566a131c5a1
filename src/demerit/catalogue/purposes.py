"""Purposes of random numbers: every decision has its own, and a test asks that none is used twice."""

from __future__ import annotations

from enum import IntEnum, unique


@unique
class Purpose(IntEnum):
    """What a draw decides; its four lanes are named in the comment."""

    # society
    HOUSEHOLD = 1  # by neighbourhood; lanes: household size, urban (of the first), children, -
    PERSON = 2  # lanes: age, sex, stratum, hukou
    PERSON_MORE = 3  # lanes: party, minority, licence anchor, bill payer
    INCOME = 4  # lanes: income, wealth, -, -
    CONSCIENCE = 5  # lanes: conscience, driver, borrower, private car
    FRAILTY = 6  # lanes: one per family of situations; further families share the lanes, by other bits
    EMPLOYER = 7  # keys of the permutations that put workers in line
    # lanes: representative where there is no staff, compliance, owner represents, group; then another owner
    COMPANY = 8
    FRIENDS = 9  # keys of the permutations behind friendship
    KIN = 10  # keys of the matchings behind kinship
    SURNAME = 11  # keys of the permutation behind surnames
    CIRCLE = 12  # lanes: friends of one's own kind, -, -, -
    AGENCY = 13  # lanes: where the search for its leader begins, compliance, -, -
    SERVICE = 14  # lanes: where the search for its manager begins, compliance, -, -
    MIND = 15  # lanes: conscience by stratum, conscience by wealth, religiosity, wish to travel
    MIND_MORE = 16  # lanes: opportunism, grudge-proneness, dash-cam, mandatory app
    VEHICLE = 17  # lanes: bus or truck, networked, -, -
    ROLE = 19  # lanes: birthday, whether and when the role changes, -, -
    # the days
    MEET = 20  # week; lanes: -, day, kind, -
    MEET_MORE = 21  # week and place in it; lanes: day, kind, -, -
    MEET_FOUR = 108  # week and four neighbours; lanes: number of situations of each
    CHOICE = 30  # lanes: noise of the choice, context, detection, mismatch
    RECOGNITION = 31  # lanes: context recognised, -, -, -
    PROSECUTION = 32  # lanes: prosecuted, -, -, -
    RELATION = 33  # lanes: which of a circle, and again if that one is a child
    HEARER = 34  # lanes: circle in which a record is talked of, -, -, -
    TRANSFER = 40  # case, and register and transfer; lanes: loss, delay, mismatch, duplication
    CASE_PATH = 45  # case, and register and road it goes on by; lanes: case it goes on under, -, -, -
    SCOLD = 41  # lanes: the employer's choice, -, -, -
    ACCESS = 42  # week and quarter of the list of services; lanes: one per service
    AWARE = 43  # lanes: knows of the score from the start, -, -, -
    PANEL = 44  # lanes: in the panel's sample, -, -, -
    # exemption, appeals and repair
    EXEMPTION = 80  # lanes: the record is filed, -, -, -
    FIRST_STRIKE = 87  # lanes: a first record is let pass, -, -, -
    APPEAL = 81  # record; lanes: it is appealed, -, -, -
    BODY_APPEAL = 88  # record; lanes: noise of the organisation's choice to appeal, -, -, -
    PREPARATION = 82  # record and four days; lanes: the appeal is ready, day by day
    EVIDENCE = 83  # record; lanes: there is evidence, -, -, -
    HEARING = 84  # record and four days; lanes: the desk is done, day by day
    VERDICT = 85  # record; lanes: reversed, context recognised, -, -
    REPAIR = 86  # what is repaired; lanes: the course is taken, -, -, -
    # roles and further options
    ROLES = 100  # lanes: drinks, guarantor, platform user, self-employed
    ROLES_MORE = 101  # lanes: merchant, depends on a networked device, -, -
    OPTIONS = 102  # lanes: noise of keeping, breaking, hiding, -
    CURE = 103  # lanes: when a debt is paid after all, -, -, -
    # organisations
    BODY_MEET = 104  # week; lanes: count, day, kind, -
    BODY_MEET_MORE = 105  # week and place in it; lanes: day, kind, -, -
    BODY_CHOICE = 106  # lanes: noise of the choice, context, detection, context recognised
    INSPECT = 107  # an open breach; lanes: found, context recognised, -, -
    GRADE_INSPECTION = 109  # a week of low standing; lanes: inspected, -, -, -
    # the injured stranger
    STRANGER_OPTIONS = 230  # lanes: noise of helping at once, with proof, of calling, of walking on
    STRANGER_PLACE = 231  # lanes: a camera clears the helper, the authority sees the deed, -, -
    CLAIM = 232  # lanes: noise of the injured person's choice to blame the helper, -, -, -
    LIABLE = 233  # lanes: the helper is held liable, the false claim is found out, -, -
    BLAME_HEARER = 234  # lanes: circle in which a helper who was held liable is talked of, -, -, -
    WAITING = 235  # who waits for help; lanes: dies of it, -, -, -
    # collisions
    COLLISION = 236  # a drive; lanes: happens, how bad, the other one is on foot, -
    COLLISION_OPTIONS = 237  # lanes: noise of staying, fleeing, finishing, -
    COVER = 238  # lanes: has voluntary cover, -, -, -
    COLLISION_COURT = 239  # lanes: settled out of court, the suit is filed, intent proved, -
    FLIGHT_FOUND = 240  # whoever was hit; lanes: the driver is found, -, -, -
    INTENT_HEARER = 241  # lanes: circle in which a proved intent is talked of, -, -, -
    # complaints
    WITNESS = 200  # an act; lanes: the circle of who saw it, -, -, -
    ARISE = 201  # lanes: a situation arises for somebody of these leanings, -, -, -
    REPORT = 202  # what was seen; lanes: noise of the choice, silence found out, -, -
    COMPLAINT = 203  # lanes: checked, what the check finds, filed, the reporter is guessed
    ANSWER = 207  # lanes: a false report that was found out is prosecuted, -, -, -
    FEUD = 204  # lanes: the guess is right, -, -, -
    SUSPECT = 208  # lanes: who else of the circle is taken for the reporter, in turn until one is an adult
    RIVALRY = 209  # a pair and a time of theirs; lanes: its day, -, -, -
    REPRISAL = 205  # lanes: noise of the choice, -, -, -
    ALLEGATION = 206  # lanes: what is alleged, whom it is about, -, -
    # staged accidents
    THREAT = 210  # lanes: noise of the driver's choice, -, -, -
    FOLLOW = 211  # lanes: noise of carrying out the threat, -, -, -
    CLAIM_JUDGED = 212  # lanes: the recording clears, who loses, found out, -
    CLAIM_HEARER = 215  # lanes: circle in which a fake claim is talked of, -, -, -
    CAMERA = 213  # lanes: noise of buying a camera, -, -, -
    STAGER = 214  # lanes: prosecuted when the claim is found out, -, -, -
    # public display
    SHOWN_AT_WORK = 270  # lanes: dismissed over a display, -, -, -
    SHOP = 271  # lanes: turned away, takes the bus, is not taken along, -
    TIE = 272  # lanes: noise of breaking off with a friend, -, -, -
    ASKER = 273  # lanes: which friend would have asked a favour, -, -, -
    DEAL = 274  # lanes: noise of looking somebody up, of agreeing, -, -
    # power
    ADVANCE = 250  # lanes: noise of harassing, detection, mismatch, -
    REFUSAL = 251  # lanes: noise of refusing, -, -, -
    RETALIATION = 252  # lanes: noise of dismissing, noise of having a complaint written, -, -
    PROXY = 253  # lanes: noise of writing it, what is alleged, -, -
    SUIT = 254  # lanes: noise of suing, the court finds for whoever was dismissed, -, -
    # the civil service
    OCCASION = 290  # lanes: noise of abstaining, of asking, of doing, -
    PERMISSION = 291  # a layer's answer; lanes: passes, -, -, -
    EVALUATION = 292  # lanes: noise of the evaluation, and against it, -, -
    TRIP = 294  # lanes: days asked for, -, -, -
    STAY_ON = 295  # lanes: noise of coming back, of staying on, found out, -
    INQUIRY = 296  # lanes: opened or how it ends, how long, -, -
    RELATIVE = 297  # lanes: the unit learns of it, -, -, -
    CIVIL_TRIP = 298  # lanes: noise of staying at home, of applying; the answers of layers, of the office
    PROMOTION = 293  # lanes: promoted, -, -, -
    REVIEW = 299  # a disciplinary record; lanes: review asked for, taken back, -, -
    # organisations as actors
    COUNTER = 256  # week and service; lanes: the service refuses, -, -, -
    FOUND_SERVING = 257  # lanes: the authority finds that somebody was served, -, -, -
    RATING = 258  # lanes: noise of rating a service, -, -, -
    CREDITOR = 255  # lanes: noise of cutting jobs over an unpaid bill, one notice more, -, -
    # points without the deed
    PURCHASE = 330  # what is bought; lanes: noise of buying, found out, -, -
    SALE = 331  # lanes: noise of taking over licence points, found out, -, -
    PLATE = 333  # lanes: noise of covering the plate, seen, when, -
    MOVE = 334  # lanes: noise of moving away, the file follows, -, -
    WANT = 335  # week; lanes: needs food, needs the bus, -, -
    # residence
    RESIDENCE = 332  # lanes: registered, -, -, -
    # jobs and money
    JOBLESS = 131  # lanes: seeks work on the first day, or the days until applying, -, -, -
    OWN_WORK = 130  # lanes: work is found on own account, -, -, -
    SEARCH = 132  # lanes: days until the next application, -, -, -
    HIRE = 133  # by applicant; lanes: taken on, -, -, -
    ENDANGERED = 134  # lanes: the job ends, when, -, -
    STRAIN = 135  # lanes: quits over stress, when, -, -
    DISMISS = 136  # lanes: dismissed over a record, -, -, -
    LAYOFF = 137  # lanes: one more than the whole number, -, -, -
    # registers, lists, licences
    LISTING = 50  # record and list; lanes: listed, -, -, -
    FINE = 51  # lanes: paid late, by how many days, -, -
    RETRACTION = 52  # case, and register and transfer; lanes: lost, delay, -, -
    COURSE = 53  # lanes: studies to restore points, -, -, -
    HARDSHIP = 54  # lanes: may drive on, -, -, -
    OFFICIAL_KIN = 55  # lanes: which relative, in turn until one is in public service
