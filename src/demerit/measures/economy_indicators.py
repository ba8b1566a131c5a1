"""Indicators of work, income, debts, inequality, days denied and the cost of administration."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.catalogue.words import BUNDLES, JOB_LOSSES, SERVICES
from demerit.measures.terms import ADULT_YEARS, ADULTS, EVERYBODY, Indicator, Term


def _of_work() -> Iterator[Indicator]:
    for why in JOB_LOSSES:
        yield Indicator(
            f"job_loss.{why}", "1/1000 adult-years", f"Jobs lost or left, for the reason: {why}.",
            Term.of(f"job_lost_{why}"), ADULT_YEARS, 1000.0,
        )  # fmt: skip
    yield Indicator("hired", "1/1000 adult-years", "Jobs found.", Term.of("hired"), ADULT_YEARS, 1000.0)
    yield Indicator(
        "left_school", "1/1000 adult-years", "People who left school and began to seek work.",
        Term.of("left_school"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
    yield Indicator(
        "retired", "1/1000 adult-years", "People who retired.", Term.of("retired"), ADULT_YEARS, 1000.0
    )
    yield Indicator(
        "search_days", "days", "Length of a search that ended with a job.",
        Term.of("search_days"), Term.of("hired"),
    )  # fmt: skip
    yield Indicator(
        "shunned", "share", "Applications by people whose standing employers see and shun.",
        Term.of("looked_down_on"), Term.of("applications"),
    )  # fmt: skip
    yield Indicator(
        "cost.interest", "CNY/adult-year", "Interest on debts.", Term.of("interest_fen"), ADULT_YEARS, 0.01
    )


def _of_administration() -> Iterator[Indicator]:
    yield Indicator(
        "cost.administration", "CNY/adult-year", "Cost of the authorities' own work.",
        Term.of("administration_fen"), ADULT_YEARS, 0.01,
    )  # fmt: skip


def _of_livelihoods() -> Iterator[Indicator]:
    yield Indicator(
        "unemployment", "share", "Adults who seek work, of those who work or seek work.",
        Term.held("seeking"), Term.held("seeking", "working"),
    )  # fmt: skip
    yield Indicator(
        "income", "CNY/day", "Mean income of a day, after sanctions and rewards.",
        Term.held("earnings"), ADULTS, 0.01,
    )  # fmt: skip
    yield Indicator(
        "debts", "CNY", "Mean debts: liquid wealth below nought.", Term.held("debts"), ADULTS, 0.01
    )
    yield Indicator("in_debt", "share", "Adults in debt.", Term.held("in_debt"), ADULTS)
    yield Indicator("wealth", "CNY", "Mean liquid wealth.", Term.held("wealth"), ADULTS, 0.01)
    yield Indicator(
        "gini.income", "1", "Gini coefficient of adults' income of the day.", Term.spread("income"), EVERYBODY
    )
    yield Indicator(
        "gini.wealth", "1", "Gini coefficient of adults' liquid wealth, debts counted as nothing.",
        Term.spread("wealth"), EVERYBODY,
    )  # fmt: skip
    yield Indicator(
        "trapped", "share",
        "Those under a sanction who have been for two years, or owe more than two years' saving.",
        Term.held("trapped"), Term.held("sanctioned"),
    )  # fmt: skip


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
)
