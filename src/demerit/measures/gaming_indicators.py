"""Indicators of gaming: points without the deed, what they cost, and how often it comes out."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.measures.terms import Indicator, Term


def of_gaming() -> Iterator[Indicator]:
    yield Indicator.share(
        "points_without_deed",
        "Points of the composite score credited for staged deeds, of all credited for deeds.",
        Term.of("staged_points"),
        Term.of("staged_points", "deed_points"),
    )
    yield Indicator.rate("staged_deeds", "Good deeds staged for their points.", "staged_deeds")
    yield Indicator.share(
        "licence_points_bought",
        "Points of the licence that somebody else has taken over, of all bought or studied away.",
        Term.of("licence_points_bought"),
        Term.of("licence_points_bought", "licence_points_studied"),
    )
    yield Indicator.share(
        "courses_bought",
        "Courses for a withheld licence that nobody has sat, of all licences withheld.",
        Term.of("courses_bought"),
        Term.of("licences_withheld"),
    )
    yield Indicator.rate("gaming_found", "Points bought or sold that came out.", "law.gaming.recorded")
    yield Indicator.cost("cost.gaming", "Paid for points without the deed.", "gaming_fen")
