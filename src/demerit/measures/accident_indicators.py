"""Indicators of accidents and of what people do about somebody who is hurt."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.measures.terms import ADULT_YEARS, Indicator, Term

_HELP = Term.of("nb.stranger.acted")
_MET = Term.of("nb.stranger.met")
_WALKED_ON = ("held_by_blame_law", "held_by_blame_score")


def of_strangers() -> Iterator[Indicator]:
    yield Indicator("help", "share", "Injured strangers met who are helped or called for.", _HELP, _MET)
    yield Indicator(
        "help.expected", "share", "The same, by the chances of all who met one.",
        Term.of("help_expected"), _MET, 2.0**-20,
    )  # fmt: skip
    for name, counter in (
        ("at_once", "strangers_helped_now"),
        ("with_proof", "strangers_helped_proof"),
        ("call", "strangers_called_for"),
    ):
        yield Indicator(
            f"help.{name}", "share", f"Injured strangers met, and what is done: {name}.",
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
        "held_by_blame.score", "share", "The same, for fear of the record alone.",
        Term.of("held_by_blame_score"), _MET,
    )  # fmt: skip


def of_blame() -> Iterator[Indicator]:
    yield Indicator(
        "blame.claims", "share", "Help after which the injured person blames the helper.",
        Term.of("nb.blamed.acted"), Term.of("nb.blamed.met"),
    )  # fmt: skip
    yield Indicator(
        "blame.claims_expected", "share", "The same, by the chances of all who were helped.",
        Term.of("nb.blamed.expected"), Term.of("nb.blamed.met"), 2.0**-20,
    )  # fmt: skip
    yield Indicator(
        "blame.liable", "share", "Helpers held liable, of those who are blamed; all of them did no harm.",
        Term.of("helpers_liable"), Term.of("nb.blamed.acted"),
    )  # fmt: skip
    yield Indicator(
        "cost.awards", "CNY/adult-year", "Damages paid by helpers.", Term.of("awards_fen"), ADULT_YEARS, 0.01
    )


ACCIDENTS: tuple[Indicator, ...] = (*of_strangers(), *of_blame())
