"""One situation, from meeting to record: context, choice, detection, filing, and what it teaches."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import EXCUSED as EXCUSED_COUNT
from demerit.catalogue.counters import MET, PER_KIND, flow
from demerit.catalogue.desk import count, next_id, send
from demerit.catalogue.letters import FILED, HEARD, RELATIVE_KNOWN
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.relations import LINK, NAMESAKE, tell_somebody
from demerit.catalogue.rules import BROKEN, DAY, MOVED
from demerit.catalogue.serving import OFFENCE
from demerit.catalogue.words import (
    BILL,
    DEED_SEEN,
    FABRICATED,
    FREE,
    GRIEVANCE,
    GRUDGE,
    GUARANTEE,
    HARASSMENT,
    INABILITY,
    INSTALMENT,
    INSTITUTIONS,
    JUDGMENT,
    MISTAKEN,
    NECESSITY,
    OFFICIAL_KIN,
    POLICE,
    RESIDENCE,
    ROAD,
    SEPARATION,
    SPEECH,
    STAGING,
    TRUE,
)
from demerit.engine.draws import U32, Lanes
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.detection import (
    EXCUSED,
    FILED_RIGHT,
    FILED_WRONG,
    SPARED,
    UNSEEN,
    attention_to,
    detect,
)
from demerit.institutions.exemption import as_the_exempt_see_it
from demerit.institutions.first_strike import is_let_pass
from demerit.institutions.records import file_deed, file_offence
from demerit.institutions.residence import apply_to_stay
from demerit.institutions.scolding import scold
from demerit.mechanisms.choice import perceived_coverage
from demerit.mechanisms.civic import dare
from demerit.mechanisms.debts import pay_or_default
from demerit.mechanisms.gaming import consider_gaming, consider_staged_deed
from demerit.mechanisms.grudges import bear_grudge
from demerit.mechanisms.labour import separate
from demerit.mechanisms.learning import become_aware, learn, meet_circle, reveals
from demerit.mechanisms.money import pay_bill
from demerit.mechanisms.neighbours import do_good
from demerit.mechanisms.offences import be_tempted
from demerit.mechanisms.options import HIDDEN
from demerit.mechanisms.power import be_at_hand
from demerit.mechanisms.redress import consider_appeal
from demerit.mechanisms.reporting import be_seen
from demerit.mechanisms.road import drive
from demerit.mechanisms.staging import stage_accident
from demerit.mechanisms.strain import be_strained
from demerit.mechanisms.talk import be_talked_of
from demerit.mechanisms.want import begin_want

_HEARER = int(Purpose.HEARER)
_RESISTED = flow("resisted")
_WATCHED = flow("watched")


@kernel(i8(People, i8, i8))
def context_of(people: np.void, kind: int, lane: int) -> int:
    """Return the hidden context of a situation: TRUE if there is none."""
    if lane < people["necessity"][kind]:
        return NECESSITY
    if lane < people["inability"][kind]:
        return INABILITY
    return TRUE


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8, i8, i8))
def choose(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    context: int,
    noise: int,
    asker: int,
    cause: int,
    day: int,
) -> int:
    """Send a situation to its mechanism and return what decided the choice."""
    if people["family"][kind] == ROAD:
        return drive(state, traits, accounts, rules, law, people, desk, kind, context, noise, cause, day)
    if people["deed"][kind] == 1:
        return do_good(state, traits, accounts, rules, people, desk, kind, noise, asker, cause, day)
    if kind == BILL:
        return pay_bill(state, traits, accounts, rules, law, people, desk, context, noise, cause, day)
    if kind in (INSTALMENT, GUARANTEE, JUDGMENT):
        return pay_or_default(
            state, traits, accounts, rules, law, people, desk, kind, context, noise, cause, day
        )
    if kind == SEPARATION:
        motive = separate(state, desk, cause)
    elif kind == RESIDENCE:
        motive = apply_to_stay(state, traits, accounts, rules, people, desk, cause, day)
    elif kind == HARASSMENT:
        motive = be_at_hand(state, people, desk, cause)
    elif kind == STAGING:
        motive = stage_accident(state, traits, accounts, rules, law, people, desk, noise, cause, day)
    elif kind in (GRIEVANCE, SPEECH):
        motive = dare(state, traits, accounts, rules, law, people, desk, kind, noise, cause, day)
    elif kind == GRUDGE:
        motive = bear_grudge(state, traits, accounts, rules, law, people, desk, noise, cause, day)
    else:
        motive = be_tempted(
            state, traits, accounts, rules, law, people, desk, kind, context, noise, cause, day
        )
    return motive


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8, i8))
def have_record(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    label: int,
    motive: int,
    cause: int,
    day: int,
) -> int:
    """Get a record and live with it: be scolded and talked of, lose trust if it is wrong, and appeal.

    Returns:
        The id of the root record; 0 if it was a first one and is let pass.
    """
    if is_let_pass(accounts, rules, desk, kind, label, motive, cause) == 1:
        return 0
    held_until = i64(state["licence_until"])
    root = file_offence(state, traits, accounts, rules, people, desk, kind, label, motive, cause, day)
    if people["family"][kind] == ROAD and scold(rules, desk, POLICE, label, root, 0) == 1:
        be_strained(state, people, desk, POLICE, root, day)
    if label in (NECESSITY, MISTAKEN, FABRICATED):
        meet_circle(state, people, INSTITUTIONS, 0, day)
        desk["n"][MOVED] -= people["approval_wronged"]
    if reveals(rules, kind) == 1:
        become_aware(state, day)
    consider_appeal(state, traits, rules, people, desk, kind, label, root, day)
    begin_want(state, traits, accounts, people, desk, root, day)
    be_talked_of(people, desk, _HEARER, HEARD, kind, label, root)
    if rules["relative_seen"][OFFENCE] > 0:
        send(desk, RELATIVE_KNOWN, LINK + OFFICIAL_KIN, 1, kind, label, 0, 0, 0, root, 1)
    consider_gaming(state, traits, accounts, rules, people, desk, kind, held_until, root, day)
    return root


@kernel(i8(State, Traits, Accounts, Rules, People, Desk, i8, i8, i8, i8, i8, i8, i8))
def offend(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    context: int,
    motive: int,
    act: int,
    seen: int,
    recognised: int,
    day: int,
) -> int:
    """Be found out or not, and learn from it; return the id of a record that changed a score today, or 0.

    Args:
        seen: the draw of detection.
        recognised: the draw of whether the context is recognised.
    """
    perceived = perceived_coverage(state, rules, people, kind, 1, day)
    perceived = as_the_exempt_see_it(rules, traits, perceived)
    if motive >= HIDDEN:
        # what is hidden is seen with a share of the coverage
        motive -= HIDDEN
        seen = min((seen << 16) // max(people["hide_seen"][kind], 1), U32 - 1)
    fate = detect(traits, accounts, rules, desk, kind, context, seen, recognised)
    root = 0
    if fate == FILED_RIGHT:
        root = have_record(state, traits, accounts, rules, people, desk, kind, context, motive, act, day)
    elif fate == FILED_WRONG:
        tell_somebody(desk, FILED, NAMESAKE, kind, MISTAKEN, 0, act)
    elif fate == EXCUSED:
        count(desk, kind * PER_KIND + EXCUSED_COUNT, 1)
    elif fate in (UNSEEN, SPARED):
        be_seen(rules, people, desk, kind, context, act)
    if rules["conduct"][kind] != 0:
        outcome = 65536 if root != 0 else 0
        step = (people["alpha"] * (outcome - perceived)) >> 20
        learn(state, people, people["family"][kind], day, step)
    return root


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, Lanes))
def live_situation(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    kind: int,
    lanes: tuple[int, int, int, int],
) -> int:
    """Live through one situation; return the id of a record that changed a score today, or 0.

    Args:
        lanes: what is drawn for it: noise of the choice, context, detection or who asks, context recognised.
    """
    n = desk["n"]
    day = n[DAY]
    count(desk, kind * PER_KIND + MET, 1)
    context = context_of(people, kind, lanes[1])
    act = next_id(desk)
    motive = choose(
        state, traits, accounts, rules, law, people, desk, kind, context, lanes[0], lanes[2], act, day
    )
    n[BROKEN] = 1 if motive >= FREE else 0
    if people["deed"][kind] == 1:
        if motive != FREE and rules["conduct"][kind] != 0 and lanes[2] < rules["coverage"][kind]:
            return file_deed(accounts, rules, desk, kind, motive, act, day)
        if motive == FREE and kind == DEED_SEEN:
            return consider_staged_deed(state, traits, accounts, rules, people, desk, act, day)
        return 0
    if motive < FREE:
        # a sample of those whom nothing was found about, by bits of a draw that nothing else is asked of
        if lanes[3] & 15 == 0:
            count(desk, _RESISTED, 1)
            count(desk, _WATCHED, attention_to(accounts, rules, desk) >> 8)
        return 0
    if kind in (GRUDGE, STAGING):
        return 0  # what becomes of a false report or claim is up to those who look into it
    return offend(
        state, traits, accounts, rules, people, desk, kind, context, motive, act, lanes[2], lanes[3], day
    )
