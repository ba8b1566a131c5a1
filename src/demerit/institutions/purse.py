"""Liquid wealth: wages less expenses, fines, fees and sanctions, in closed form between events."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Desk, People, State, Traits
from demerit.catalogue.rules import HARMED
from demerit.catalogue.words import SEEKING
from demerit.engine.fixed import clip, times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void

_PAY_LOST = flow("pay_lost_fen")
_PENALTY = flow("penalty_days")
_INTEREST = flow("interest_fen")


@kernel(i8(Traits, i8))
def days_to_fen(traits: np.void, days: int) -> int:
    """Turn days of own income (Q16) into fen."""
    return (i64(traits["income_fen_day"]) * days) >> 16


@kernel(i8(Traits, i8))
def fen_to_days(traits: np.void, fen: int) -> int:
    """Turn fen into days of own income (Q16)."""
    return (fen << 16) // i64(traits["income_fen_day"])


@kernel(i8(Traits, i8))
def thousandth_days(traits: np.void, fen: int) -> int:
    """Turn fen into thousandths of a day of own income, toward zero."""
    size = abs(fen) * 1000 // i64(traits["income_fen_day"])
    return size if fen >= 0 else -size


@kernel(i8(State, Traits, People))
def earnings(state: np.void, traits: np.void, people: np.void) -> int:
    """Return the income of a day at present, after what sanctions take and rewards add, in fen."""
    spent = people["idle_expense"] if i64(state["job"]) == SEEKING else people["expense_share"] >> 1
    kept = spent + i64(state["saving"]) - i64(state["wage_loss"])
    return i64((i64(traits["income_fen_day"]) * kept) >> 15)


@kernel(i8(State, Traits, i8))
def pay_lost(state: np.void, traits: np.void, day: int) -> int:
    """Return the income lost to sanctions since the wealth was last settled, in fen."""
    elapsed = day - i64(state["wealth_day"])
    lost = i64(traits["income_fen_day"]) * elapsed * i64(state["wage_loss"])
    return lost // 32768 if lost >= 0 else -(-lost // 32768)


@kernel(i8(People, i8))
def working_saving(people: np.void, wage: int) -> int:
    """Return what is saved of own usual income at a wage (1/32768 of it) by whoever has work, 1/32768."""
    return clip(wage - (people["expense_share"] >> 1), -32767, 32767)


@kernel(i8(Traits, People))
def idle_saving(traits: np.void, people: np.void) -> int:
    """Return what is saved of own usual income while seeking work, 1/32768: as a rule less than nothing.

    Support is a share of the own usual income, at least the income floor (F42).
    """
    least = (people["income_floor"] << 15) // i64(traits["income_fen_day"])
    return clip(max(people["idle_income"], least) - people["idle_expense"], -32767, 32767)


@kernel(i8(i8, i8))
def triangle(height: int, slope: int) -> int:
    """Return the area under a line that falls from a height to nought, height**2 / (2 slope), slope > 0.

    The height is taken in whole days and a rest, so that its square need not fit.
    """
    days = height // slope
    rest = height - days * slope
    return i64(slope * days * days // 2 + days * rest + rest * rest // (2 * slope))


@kernel(i8(i8, i8, i8))
def area_in_debt(start: int, daily: int, elapsed: int) -> int:
    """Return fen times days that a sum which moves by so much a day spends below nought."""
    if start < 0:
        if daily > 0:
            return triangle(-start, daily) - triangle(max(-start - daily * elapsed, 0), daily)
        return i64(elapsed * -start - daily * elapsed * elapsed // 2)
    if daily >= 0:
        return 0
    return triangle(max(-start - daily * elapsed, 0), -daily)


@kernel(i8(State, Traits, People, i8))
def interest(state: np.void, traits: np.void, people: np.void, day: int) -> int:
    """Return the simple interest on debts since the wealth was last settled, in fen."""
    elapsed = day - i64(state["wealth_day"])
    start = i64(state["wealth_fen"])
    kept = i64(state["saving"]) - i64(state["wage_loss"])
    if elapsed == 0 or (start >= 0 and kept >= 0):
        return 0
    daily = (i64(traits["income_fen_day"]) * kept) >> 15
    return times_q32(area_in_debt(start, daily, elapsed), people["interest"])


@kernel(i8(State, Traits, People, i8))
def wealth(state: np.void, traits: np.void, people: np.void, day: int) -> int:
    """Return liquid wealth today in fen, read without writing; below nought it is debts."""
    elapsed = day - i64(state["wealth_day"])
    saved = i64((i64(traits["income_fen_day"]) * elapsed * i64(state["saving"])) >> 15)
    owed = interest(state, traits, people, day)
    return i64(state["wealth_fen"]) + saved - pay_lost(state, traits, day) - owed


@kernel(void(State, Traits, People, Desk, i8, i8))
def pay(state: np.void, traits: np.void, people: np.void, desk: np.void, day: int, fen: int) -> None:
    """Settle wealth to today and take ``fen`` from it."""
    lost = pay_lost(state, traits, day)
    if lost != 0:
        count(desk, _PAY_LOST, lost)
        count(desk, _PENALTY, thousandth_days(traits, lost))
    owed = interest(state, traits, people, day)
    if owed != 0:
        count(desk, _INTEREST, owed)
    state["wealth_fen"] = wealth(state, traits, people, day) - fen
    state["wealth_day"] = day


@kernel(i8(State, Traits, People, i8, i8))
def collectable(state: np.void, traits: np.void, people: np.void, day: int, fen: int) -> int:
    """Return how much of a claim can be attached: liquid wealth and some years' income at most (F24)."""
    within_income = people["attachable"] * i64(traits["income_fen_day"])
    if fen <= within_income:
        return fen
    return i64(min(fen, within_income + max(wealth(state, traits, people, day), 0)))


@kernel(void(State, Traits, People, Desk, i8, i8, i8))
def charge(
    state: np.void, traits: np.void, people: np.void, desk: np.void, day: int, fen: int, column: int
) -> None:
    """Take a fine, fee or cost, and count it in its column and as days of the person's own income.

    More than what can be attached is not collected (F42).
    """
    fen = collectable(state, traits, people, day, fen)
    count(desk, column, fen)
    days = thousandth_days(traits, fen)
    count(desk, _PENALTY, days)
    desk["n"][HARMED] += days
    pay(state, traits, people, desk, day, fen)


@kernel(i8(State, Traits, People, i8))
def need(state: np.void, traits: np.void, people: np.void, day: int) -> int:
    """Return need, 1 - liquid wealth / 30 days' expenses, held between 0 and 1, Q16 (F42)."""
    month = (30 * i64(traits["income_fen_day"]) * people["expense_share"]) >> 16
    held = max(wealth(state, traits, people, day), 0)
    if held >= month:
        return 0
    return 65536 - i64((held << 16) // month)
