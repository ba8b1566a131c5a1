"""Indicators of work, income, debts, inequality, days denied and the cost of administration."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.catalogue.words import BUNDLES, JOB_LOSSES, SERVICES
from demerit.measures.terms import ADULT_YEARS, ADULTS, EVERYBODY, Indicator, Term


def _of_work() -> Iterator[Indicator]:
    for why in JOB_LOSSES:
        yield Indicator.rate(
            f"job_loss.{why}", f"Jobs lost or left, for the reason: {why}.", f"job_lost_{why}"
        )
    yield Indicator.rate("hired", "Jobs found.", "hired")
    yield Indicator.rate("left_school", "People who left school and began to seek work.", "left_school")
    yield Indicator.rate("retired", "People who retired.", "retired")
    yield Indicator(
        "search_days", "days", "Length of a search that ended with a job.",
        Term.of("search_days"), Term.of("hired"),
    )  # fmt: skip
    yield Indicator.share(
        "shunned",
        "Applications by people whose standing employers see and shun.",
        Term.of("looked_down_on"),
        Term.of("applications"),
    )
    yield Indicator.cost("cost.interest", "Interest on debts.", "interest_fen")


def _of_want() -> Iterator[Indicator]:
    for service in SERVICES[: SERVICES.index("device")]:
        yield Indicator.rate(
            f"want.{service}", f"Weeks without {service} for want of money alone.", f"want_{service}"
        )


def _of_residence() -> Iterator[Indicator]:
    yield Indicator.rate(
        "residence_refused",
        "Applications for a school place, a home or registration by people who have moved that were refused.",
        "residence_refused",
    )
    yield Indicator.share(
        "residence_refused_for_score",
        "Applications of people who have moved that were refused for the score, of those refused.",
        Term.of("residence_refused_for_score"),
        Term.of("residence_refused"),
    )
    yield Indicator.rate("registered", "People who have moved and were registered.", "registered")


def _of_administration() -> Iterator[Indicator]:
    yield Indicator.cost("cost.administration", "Cost of the authorities' own work.", "administration_fen")


def _of_livelihoods() -> Iterator[Indicator]:
    yield Indicator.share(
        "unemployment",
        "Adults who seek work, of those who work or seek work.",
        Term.held("seeking"),
        Term.held("seeking", "working"),
    )
    yield Indicator(
        "income", "CNY/day", "Mean income of a day, after sanctions and rewards.",
        Term.held("earnings"), ADULTS, 0.01,
    )  # fmt: skip
    yield Indicator(
        "debts", "CNY", "Mean debts: liquid wealth below nought.", Term.held("debts"), ADULTS, 0.01
    )
    yield Indicator.share("in_debt", "Adults in debt.", Term.held("in_debt"), ADULTS)
    yield Indicator("wealth", "CNY", "Mean liquid wealth.", Term.held("wealth"), ADULTS, 0.01)
    yield Indicator(
        "gini.income", "1", "Gini coefficient of adults' income of the day.", Term.spread("income"), EVERYBODY
    )
    yield Indicator(
        "gini.wealth", "1", "Gini coefficient of adults' liquid wealth, debts counted as nothing.",
        Term.spread("wealth"), EVERYBODY,
    )  # fmt: skip
    yield Indicator.share(
        "trapped",
        "Those under a sanction who have been for two years, or owe more than two years' saving.",
        Term.held("trapped"),
        Term.held("sanctioned"),
    )


def _of_denials() -> Iterator[Indicator]:
    for service in SERVICES:
        bundle = SERVICES.index(service) < BUNDLES
        yield Indicator(
            f"denied_days.{service}", "days/1000 adult-years",
            f"Days without {service}: "
            + ("seven for the bundle of a week." if bundle else "one for each trip or application."),
            Term.of(f"{service}_refused"), ADULT_YEARS, 7000.0 if bundle else 1000.0,
        )  # fmt: skip


ECONOMY: tuple[Indicator, ...] = (
    *_of_work(),
    *_of_livelihoods(),
    *_of_denials(),
    *_of_administration(),
    *_of_want(),
    *_of_residence(),
)
