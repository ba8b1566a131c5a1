"""Indicators of gaming: points without the deed, covered plates, moves, what they cost, what comes out."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.measures.terms import ADULT_YEARS, Indicator, Term


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
    yield Indicator.rate("plates_covered", "Drivers who cover the plate.", "road.plate.acted")
    yield Indicator.rate("plates_seen", "Covered plates that were seen.", "road.plate.recorded")
    yield Indicator.rate(
        "plates_unread", "Acts that a camera saw without being able to read the plate.", "plates_unread"
    )
    yield Indicator.cost("cost.plates", "Paid for covers of plates.", "plates_fen")
    yield Indicator.rate("moves_away", "Moves to another city before copies of a record arrive.", "moves")
    yield Indicator(
        "moves_away_expected",
        "1/1000 adult-years",
        "Moves to another city before copies of a record arrive, by the chances of all.",
        Term.of("moves_expected"),
        ADULT_YEARS,
        1000 * 2.0**-20,
    )
    yield Indicator.rate(
        "copies_escaped", "Copies that did not find whoever had moved away.", "copies_escaped"
    )
    yield Indicator.cost(
        "cost.moves", "Cost of moves to another city before copies of a record arrive.", "moves_fen"
    )
    yield Indicator.cost("cost.gaming", "Paid for points without the deed.", "gaming_fen")
