"""Indicators of staged accidents: threats, what drivers pay, cameras, and what sticks in spite of them."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.measures.terms import ADULT_YEARS, ADULTS, Indicator, Term


def of_staging() -> Iterator[Indicator]:
    yield Indicator(
        "staged_accidents", "1/1000 adult-years", "Accidents that somebody has staged.",
        Term.of("law.staged.acted"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
    yield Indicator(
        "threats_paid", "share", "Drivers who pay a fake victim, of those who are asked to.",
        Term.of("threats_paid"), Term.of("threats"),
    )  # fmt: skip
    yield Indicator(
        "threats_paid_for_score", "share", "Drivers who pay only because of the score, of those who pay.",
        Term.of("threats_paid_for_score"), Term.of("threats_paid"),
    )  # fmt: skip
    yield Indicator(
        "staged_take", "CNY/adult-year", "What fake victims get.",
        Term.of("staged_take_fen"), ADULT_YEARS, 0.01,
    )  # fmt: skip
    yield Indicator(
        "staged_complaints", "1/1000 adult-years", "Complaints about drivers who have not paid.",
        Term.of("staged_complaints"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
    yield Indicator(
        "stuck_despite_recording", "share",
        "Complaints that entered a record although a recording cleared the driver, of those it cleared.",
        Term.of("staged_stuck"), Term.of("staged_filmed"),
    )  # fmt: skip
    yield Indicator(
        "cameras_bought", "1/1000 adult-years", "Dash cameras bought after a case of one's own or of others.",
        Term.of("cameras_bought"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
    yield Indicator(
        "cameras", "share", "Dash cameras of adults who drive a vehicle, per adult.",
        Term.held("cameras"), ADULTS,
    )  # fmt: skip
