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
    yield Indicator.rate(
        "grade_inspections", "Inspections of firms of low standing, beside the lot.", "grade_inspections"
    )
    yield Indicator.rate(
        "closed_weeks", "Weeks for which companies and services are closed by a sanction.", "closed_weeks"
    )
    yield Indicator.rate(
        "managers_barred", "Representatives who are barred with their company.", "managers_barred"
    )
    yield Indicator.share(
        "served_anyway",
        "People served whom a sanction refuses, of those who try where somebody can choose.",
        Term.of("svc.served.acted"),
        Term.of("svc.served.met"),
    )
    yield Indicator.share(
        "refused_for_rules",
        "People refused only because serving them may be found, of those refused.",
        Term.of("svc.served.score"),
        Term.of("svc.served.principle", "svc.served.score"),
    )
    yield Indicator.share(
        "customer_ratings",
        "Bad ratings, of occasions on which a service has failed somebody.",
        Term.of("svc.rated.acted"),
        Term.of("svc.rated.met"),
    )
    yield Indicator.rate(
        "customer_rating_records",
        "Records of services after a bad rating.",
        "svc.rated.recorded",
    )
    yield Indicator.rate(
        "serving_records",
        "Records of services that serve whom they must refuse.",
        "svc.served.recorded",
    )
