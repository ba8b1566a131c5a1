"""Indicators of organisations as actors: unpaid bills, budgets and bonuses lost, idle vehicles."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.measures.terms import Indicator, Term


def of_bodies() -> Iterator[Indicator]:
    yield Indicator.rate(
        "unpaid_bills", "Bills of firms that a government office has not paid.", "bills_unpaid"
    )
    yield Indicator.cost("cost.unpaid_bills", "What firms wait for in vain.", "bills_unpaid_fen")
    yield Indicator.share(
        "unpaid_firms_cut",
        "Firms that cut jobs over an unpaid bill, of those that are not paid.",
        Term.of("unpaid_firms_cut"),
        Term.of("bills_unpaid"),
    )
    yield Indicator.rate("unpaid_notices", "Notices that firms give over an unpaid bill.", "unpaid_notices")
    yield Indicator.cost(
        "cost.body_budget", "Budget lost by companies, agencies and services.", "body_budget_fen"
    )
    yield Indicator.cost(
        "cost.bonus_cut", "Pay lost by those who lead agencies and services.", "bonus_cut_fen"
    )
    yield Indicator.rate(
        "idle_vehicle_weeks", "Weeks for which vehicles stand still under a sanction.", "idle_vehicle_weeks"
    )
