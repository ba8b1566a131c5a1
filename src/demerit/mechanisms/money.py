"""Money: an instalment due under an income shock, and a bill."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.desk import send
from demerit.catalogue.letters import CURED
from demerit.catalogue.pointers import Accounts, Desk, People, Rules, State, Traits
from demerit.catalogue.relations import be_met
from demerit.catalogue.rules import SUBJECT
from demerit.catalogue.words import BILL, FAMILY, FREE, INSTALMENT, INSTITUTIONS
from demerit.engine.kernel import i8, kernel
from demerit.institutions.purse import days_to_fen, pay
from demerit.mechanisms.choice import tempted
from demerit.mechanisms.learning import meet_circle


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8))
def pay_instalment(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    context: int,
    noise: int,
    cause: int,
    day: int,
) -> int:
    """Lose income to a shock, then pay the instalment or default; return what decided it.

    Who defaults pays the same instalment when the arrears are cured.
    """
    pay(state, traits, people, desk, day, days_to_fen(traits, people["shock"]))
    motive = tempted(state, traits, accounts, rules, law, people, desk, INSTALMENT, context, noise, day)
    due = min(days_to_fen(traits, people["instalment"]), 2147483647)
    if motive == FREE:
        send(desk, CURED, desk["n"][SUBJECT], people["cure_days"], INSTALMENT, 0, 0, due, 0, cause, 0)
    else:
        pay(state, traits, people, desk, day, due)
    return motive


@kernel(i8(State, Traits, Accounts, Rules, Rules, People, Desk, i8, i8, i8, i8))
def pay_bill(
    state: np.void,
    traits: np.void,
    accounts: np.void,
    rules: np.void,
    law: np.void,
    people: np.void,
    desk: np.void,
    context: int,
    noise: int,
    cause: int,
    day: int,
) -> int:
    """Pay the household's bill or not; return what decided it.

    A bill settled is a dealing with an office that went right, and something the family can count on.
    """
    motive = tempted(state, traits, accounts, rules, law, people, desk, BILL, context, noise, day)
    if motive != FREE:
        meet_circle(state, people, INSTITUTIONS, 1, day)
        be_met(desk, FAMILY, 1, cause)
    else:
        be_met(desk, FAMILY, 0, cause)
    return motive
