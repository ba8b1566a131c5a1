"""Liquid wealth: wages less expenses, fines, fees and sanctions, in closed form between events."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import flow
from demerit.catalogue.desk import count
from demerit.catalogue.pointers import Desk, People, State, Traits
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel, void

_PAY_LOST = flow("pay_lost_fen")
_PENALTY = flow("penalty_days")


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
    lost = i64(traits["income_fen_day"]) * i64(state["wage_loss"])
    return i64(traits["income_fen_day"]) - (lost // 32768 if lost >= 0 else -(-lost // 32768))


@kernel(i8(State, Traits, i8))
def pay_lost(state: np.void, traits: np.void, day: int) -> int:
    """Return the income lost to sanctions since the wealth was last settled, in fen."""
    elapsed = day - i64(state["wealth_day"])
    lost = i64(traits["income_fen_day"]) * elapsed * i64(state["wage_loss"])
    return lost // 32768 if lost >= 0 else -(-lost // 32768)


@kernel(i8(State, Traits, People, i8))
def wealth(state: np.void, traits: np.void, people: np.void, day: int) -> int:
    """Return liquid wealth today in fen, read without writing."""
    elapsed = day - i64(state["wealth_day"])
    saved = i64((i64(traits["income_fen_day"]) * elapsed * (65536 - people["expense_share"])) >> 16)
    return i64(state["wealth_fen"]) + saved - pay_lost(state, traits, day)


@kernel(void(State, Traits, People, Desk, i8, i8))
def pay(state: np.void, traits: np.void, people: np.void, desk: np.void, day: int, fen: int) -> None:
    """Settle wealth to today and take ``fen`` from it."""
    lost = pay_lost(state, traits, day)
    if lost != 0:
        count(desk, _PAY_LOST, lost)
        count(desk, _PENALTY, thousandth_days(traits, lost))
    state["wealth_fen"] = wealth(state, traits, people, day) - fen
    state["wealth_day"] = day


@kernel(void(State, Traits, People, Desk, i8, i8, i8))
def charge(
    state: np.void, traits: np.void, people: np.void, desk: np.void, day: int, fen: int, column: int
) -> None:
    """Take a fine, fee or cost, and count it in its column and as days of the person's own income."""
    count(desk, column, fen)
    count(desk, _PENALTY, thousandth_days(traits, fen))
    pay(state, traits, people, desk, day, fen)


@kernel(i8(State, Traits, People, i8))
def need(state: np.void, traits: np.void, people: np.void, day: int) -> int:
    """Return need, 1 - liquid wealth / 30 days' expenses, held between 0 and 1, Q16 (F42)."""
    month = (30 * i64(traits["income_fen_day"]) * people["expense_share"]) >> 16
    held = max(wealth(state, traits, people, day), 0)
    if held >= month:
        return 0
    return 65536 - i64((held << 16) // month)
