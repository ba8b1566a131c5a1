"""Indicators of the civil service: what officials give up, ask for or do in secret; grades and careers."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.catalogue.serving import GOVERNED, GRADES
from demerit.measures.terms import Indicator, Term

_YEARS = Term.of("service_years")


def _held_back(kind: str) -> Term:
    return Term.of(f"{kind}.law", f"{kind}.score")


def of_service() -> Iterator[Indicator]:
    yield Indicator.share(
        "given_up", "Lawful activities that officials give up because of what governs them, of those wanted.",
        Term.of("service_given_up"), Term.of("service_wanted"),
    )  # fmt: skip
    for name in GOVERNED:
        kind = f"cs.{name}"
        yield Indicator.share(
            f"given_up.{name}",
            f"Officials who give up {kind} because of what governs it, of those who meet it.",
            _held_back(kind),
            Term.of(f"{kind}.met"),
        )
    yield Indicator.rate("service_asked", "Permissions asked for by officials.", "service_asked")
    yield Indicator.share(
        "service_granted", "Permissions given, of those that were answered.",
        Term.of("service_granted"), Term.of("service_granted", "service_denied"),
    )  # fmt: skip
    yield Indicator.rate(
        "service_secret", "Governed activities that officials do without permission.", "service_secret"
    )
    yield Indicator.share(
        "service_found", "Officials found out, of those who did without permission.",
        Term.of("service_found"), Term.of("service_secret"),
    )  # fmt: skip
    yield Indicator(
        "discipline_points", "points", "Points of the discipline register lost by an official in a year.",
        Term.of("service_points"), _YEARS, 0.001,
    )  # fmt: skip
    for grade in GRADES:
        yield Indicator.share(
            f"grades.{grade}", f"Officials graded {grade}, of those evaluated.",
            Term.of(f"graded_{grade}"), _YEARS,
        )  # fmt: skip
    yield Indicator(
        "loyalty", "share", "Governed occasions of a year complied with or asked for, mean over officials.",
        Term.of("loyalty"), _YEARS, 0.001,
    )  # fmt: skip
    for name, what in (
        ("promotions", "Officials promoted"),
        ("demotions", "Officials who lose a level"),
        ("steps_missed", "Pay steps missed"),
    ):
        yield Indicator.share(name, f"{what}, per evaluation.", Term.of(name), _YEARS)
    yield Indicator.cost("cost.service_bonuses", "Bonuses paid to officials.", "service_bonus_fen")
