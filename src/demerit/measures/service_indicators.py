"""Indicators of the civil service: what officials give up, ask for or do in secret; grades and careers."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.catalogue.serving import GOVERNED, GRADES, OUTCOMES
from demerit.measures.terms import Indicator, Term

_YEARS = Term.of("service_years")


def _held_back(kind: str) -> Term:
    return Term.of(f"{kind}.law", f"{kind}.score")


def of_occasions() -> Iterator[Indicator]:
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


def of_civic() -> Iterator[Indicator]:
    for kind, name in (
        ("civ.grievance", "grievance"),
        ("civ.speech", "speech"),
        ("civ.travel", "civil_travel"),
    ):
        yield Indicator.share(
            f"given_up.{name}",
            f"People who give up {kind} for fear of what it costs, of those who meet it.",
            _held_back(kind),
            Term.of(f"{kind}.met"),
        )


def of_careers() -> Iterator[Indicator]:
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


def of_supervision() -> Iterator[Indicator]:
    yield Indicator.share(
        "discipline_for_relatives", "Discipline points lost for relatives, of all.",
        Term.of("relatives_points"), Term.of("service_points"),
    )  # fmt: skip
    yield Indicator.rate("reviews_asked", "Reviews of discipline that officials ask for.", "reviews_asked")
    yield Indicator.share(
        "reviews_granted", "Records of discipline taken back, of reviews that officials ask for.",
        Term.of("reviews_granted"), Term.of("reviews_asked"),
    )  # fmt: skip
    yield Indicator.rate("investigations", "Investigations of officials opened.", "inquiries")
    for outcome in OUTCOMES:
        yield Indicator.share(
            f"investigations.{outcome}", f"Investigations that end with: {outcome}.",
            Term.of(f"inquiry_{outcome}"), Term.of(*(f"inquiry_{one}" for one in OUTCOMES)),
        )  # fmt: skip
    yield Indicator.share(
        "travel_days_granted", "Days abroad granted to officials, of those asked for.",
        Term.of("trip_days_granted"), Term.of("trip_days_asked"),
    )  # fmt: skip
    yield Indicator.rate("late_returns", "Officials who come back late.", "late_returns")
    yield Indicator.rate("travel_bans", "Officials barred from travel.", "travel_bans")
    yield Indicator.rate(
        "household_permits", "Permissions asked for because of an official at home.", "household_permits"
    )
    yield Indicator.rate(
        "passports_withheld", "Passports refused to people who are no officials.", "passports_withheld"
    )


SERVICE = (*of_occasions(), *of_civic(), *of_careers(), *of_supervision())
"""Indicators of officials, of travel, and of what is lawful and costs points."""
