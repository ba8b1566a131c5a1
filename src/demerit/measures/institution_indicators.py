"""Indicators of what institutions do besides filing: lists, courts, copies, late fines, courses, bodies."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.measures.terms import ADULT_YEARS, Indicator, Term

_COPIES = Term.of("arrivals", "losses")


def of_institutions() -> Iterator[Indicator]:
    yield from _of_lists()
    yield from _of_copies()
    yield from _of_drivers()
    yield from _of_records()


def _of_lists() -> Iterator[Indicator]:
    yield Indicator.rate("list_entries", "Entries on lists, of subjects of every kind.", "list_entries")
    yield Indicator.rate("list_exits", "Exits from lists, of subjects of every kind.", "list_exits")
    yield Indicator.share(
        "listings_published",
        "Entries on lists that are published, of all.",
        Term.of("published"),
        Term.of("list_entries"),
    )


def _of_copies() -> Iterator[Indicator]:
    yield Indicator.share(
        "copies_astray",
        "Copies filed on the way under the name of somebody else, of all that arrived or were lost.",
        Term.of("astray"),
        _COPIES,
    )
    yield Indicator.share(
        "copies_doubled",
        "Copies entered a second time at a platform, of all that arrived or were lost.",
        Term.of("doubled"),
        _COPIES,
    )
    yield Indicator.rate("withdrawals", "Root records withdrawn.", "withdrawals")


def _of_drivers() -> Iterator[Indicator]:
    yield Indicator.rate("fines_late", "Fines not paid in time.", "fines_late")
    yield Indicator.rate("licence_courses", "Courses that restored licence points.", "courses")
    yield Indicator.rate("hardship", "Drivers at the points limit who were allowed to drive on.", "hardship")
    yield Indicator.rate(
        "vehicles_stopped", "Cars stopped under a sanction of their own.", "vehicles_stopped"
    )


def _of_records() -> Iterator[Indicator]:
    yield Indicator.rate("convictions", "Court records.", "convictions")
    yield Indicator.rate("lapses", "Records whose points have reached their expiry.", "lapses")
    yield Indicator.rate("sanction_ends", "Sanctions and rewards ended.", "sanction_ends")
    yield Indicator.rate("hidden", "Breaches that were hidden.", "hidden")
    yield Indicator(
        "heard", "1/adult-year", "Cases of others that an adult hears of.", Term.of("heard"), ADULT_YEARS
    )
    yield Indicator.share(
        "points_from_others",
        "Composite points lost without an act of one's own, of all that were lost.",
        Term.of("points_other"),
        Term.of("points_own", "points_other"),
    )
    yield Indicator(
        "budget_days",
        "days/1000 adult-years",
        "Days of their own budget that companies, agencies and services lose to sanctions, added up.",
        Term.of("budget_days"),
        ADULT_YEARS,
    )
