"""Indicators of accidents and of what people do about somebody who is hurt."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.catalogue.colliding import DEATHS, SEVERITIES
from demerit.measures.terms import ADULT_YEARS, Indicator, Term

_HELP = Term.of("nb.stranger.acted")
_MET = Term.of("nb.stranger.met")
_WALKED_ON = ("held_by_blame_law", "held_by_blame_score")


def of_strangers() -> Iterator[Indicator]:
    yield Indicator("help", "share", "Injured strangers met who are helped or called for.", _HELP, _MET)
    yield Indicator(
        "help.expected", "share",
        "Injured strangers met who are helped or called for, by the chances of all who met one.",
        Term.of("help_expected"), _MET, 2.0**-20,
    )  # fmt: skip
    for name, counter in (
        ("at_once", "strangers_helped_now"),
        ("with_proof", "strangers_helped_proof"),
        ("call", "strangers_called_for"),
    ):
        yield Indicator(
            f"help.{name}", "share", f"Injured strangers met, and what is done: {name.replace('_', ' ')}.",
            Term.of(counter), _MET,
        )  # fmt: skip
    yield Indicator(
        "help.minutes", "minutes", "Time until an injured stranger is helped, or found at last.",
        Term.of("rescue_minutes"), Term.of("nb.stranger.acted", "left_unhelped"),
    )  # fmt: skip
    yield Indicator(
        "help.nobody", "share", "Injured strangers whom everybody has passed by.",
        Term.of("left_unhelped"), Term.of("nb.stranger.acted", "left_unhelped"),
    )  # fmt: skip
    yield Indicator(
        "help.for_points", "share", "Help that would not have been given without the points.",
        Term.of("nb.stranger.score"), _HELP,
    )  # fmt: skip
    yield Indicator(
        "held_by_blame", "share", "People who met an injured stranger and walked on only for fear of blame.",
        Term.of(*_WALKED_ON), _MET,
    )  # fmt: skip
    yield Indicator(
        "held_by_blame.score", "share",
        "People who met an injured stranger and walked on only for fear of the record.",
        Term.of("held_by_blame_score"), _MET,
    )  # fmt: skip


def of_blame() -> Iterator[Indicator]:
    yield Indicator(
        "blame.claims", "share", "Help after which the injured person blames the helper.",
        Term.of("nb.blamed.acted"), Term.of("nb.blamed.met"),
    )  # fmt: skip
    yield Indicator(
        "blame.claims_expected", "share",
        "Help after which the injured person blames the helper, by the chances of all who were helped.",
        Term.of("nb.blamed.expected"), Term.of("nb.blamed.met"), 2.0**-20,
    )  # fmt: skip
    yield Indicator(
        "blame.liable", "share", "Helpers held liable, of those who are blamed; all of them did no harm.",
        Term.of("helpers_liable"), Term.of("helpers_liable", "helpers_cleared"),
    )  # fmt: skip
    yield Indicator(
        "cost.awards", "CNY/adult-year", "Damages paid by helpers.", Term.of("awards_fen"), ADULT_YEARS, 0.01
    )


def of_collisions() -> Iterator[Indicator]:
    for severity in SEVERITIES:
        yield Indicator(
            f"collisions.{severity}", "1/1000 adult-years", f"Collisions of drivers, {severity}.",
            Term.of(f"collisions_{severity}"), ADULT_YEARS, 1000.0,
        )  # fmt: skip
    for name, kind in (("flight", "road.flight"), ("finish", "road.finish")):
        what = (
            "Collisions that the driver flees"
            if name == "flight"
            else "Eligible collisions whose victim the driver kills"
        )
        for suffix, counter, scale in (("", "acted", 1.0), ("_expected", "expected", 2.0**-20)):
            yield Indicator(
                f"{name}{suffix}", "share", what + (", by the chances of all." if suffix else "."),
                Term.of(f"{kind}.{counter}"), Term.of(f"{kind}.met"), scale,
            )  # fmt: skip
    yield Indicator(
        "finish_open", "share", "Eligible collisions in which a death would cost the driver less.",
        Term.of("finish_open"), Term.of("road.finish.met"),
    )  # fmt: skip
    yield Indicator(
        "flight_found", "share", "Drivers found, of those who have fled.",
        Term.of("flights_found"), Term.of("flights_found", "flights_unfound"),
    )  # fmt: skip
    yield Indicator(
        "settled", "share", "Grave collisions whose driver pays for not going to court, of those who stay.",
        Term.of("settlements"), Term.of("settlements", "suits"),
    )  # fmt: skip
    yield Indicator(
        "settlement", "CNY", "What is paid for not going to court.",
        Term.of("settlements_fen"), Term.of("settlements"), 0.01,
    )  # fmt: skip
    for name, what in (("damages", "Damages drivers pay out of pocket"), ("settlements", "Settlements")):
        yield Indicator(
            f"cost.{name}", "CNY/adult-year", f"{what}.", Term.of(f"{name}_fen"), ADULT_YEARS, 0.01
        )
    yield Indicator(
        "sentence_days", "days/1000 adult-years", "Days of income lost to sentences.",
        Term.of("sentence_days"), ADULT_YEARS, 1000.0,
    )  # fmt: skip


def of_deaths() -> Iterator[Indicator]:
    for why in DEATHS:
        yield Indicator(
            f"deaths.{why}", "1/100,000 adult-years", f"Deaths of adults: {why}.",
            Term.of(f"deaths_{why}"), ADULT_YEARS, 1e5,
        )  # fmt: skip
    for why, counter, unit in (
        ("collision", "deaths_expected_collision", 2.0**-32),
        ("finished", "road.finish.expected", 2.0**-20),
        ("unhelped", "deaths_expected_unhelped", 2.0**-20),
    ):
        yield Indicator(
            f"deaths_expected.{why}", "1/100,000 adult-years", f"Deaths of adults, by the chances: {why}.",
            Term.of(counter), ADULT_YEARS, 1e5 * unit,
        )  # fmt: skip


ACCIDENTS: tuple[Indicator, ...] = (*of_strangers(), *of_blame(), *of_collisions(), *of_deaths())
