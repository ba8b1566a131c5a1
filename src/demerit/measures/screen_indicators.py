"""Indicators of public display: who is shown, how much of it is true, and what it does."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.measures.terms import ADULT_YEARS, ADULTS, Indicator, Term


def of_screens() -> Iterator[Indicator]:
    yield Indicator.rate("displays", "Public displays begun.", "displays")
    yield Indicator.share(
        "displays_false_share", "Displays for what their subject has not done, of all.",
        Term.of("displays_false"), Term.of("displays"),
    )  # fmt: skip
    yield Indicator.share(
        "displays_wrongful_share", "Displays for records that should not be there, of all.",
        Term.of("displays_wrongful"), Term.of("displays"),
    )  # fmt: skip
    yield Indicator(
        "displayed_days", "days/1000 adult-years", "Days on public display, of displays that have ended.",
        Term.of("display_days"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
    yield Indicator(
        "stress_from_display", "units/1000 adult-years", "Stress of being shown.",
        Term.of("display_stress"), ADULT_YEARS, 1000.0 / 256,
    )  # fmt: skip
    yield Indicator.rate(
        "ties_cut", "Friendships that somebody breaks off with a friend on display.", "nb.tie.acted"
    )
    yield Indicator.share(
        "ties_cut_share", "Friends who break off, of those who see a friend on display.",
        Term.of("nb.tie.acted"), Term.of("nb.tie.met"),
    )  # fmt: skip
    yield Indicator(
        "friends_lost", "ties/adult", "Friends lost since the first day, by either side.",
        Term.held("friends_lost"), ADULTS,
    )  # fmt: skip
    yield Indicator.rate(
        "shunned_by_shop", "Visits to the grocer on which people on display are not served.", "turned_away"
    )
    yield Indicator.rate(
        "shunned_by_bus", "Rides on which people on display are not taken along.", "turned_off"
    )
    yield Indicator.rate(
        "onlookers", "Strangers who read on a screen what somebody is alleged to have done.", "seen_on_screen"
    )
    yield Indicator.rate("lookups", "People looked up by a stranger before a deal.", "lookups")
    yield Indicator.rate(
        "lookups_of_the_clean", "People with nothing against them, looked up before a deal.", "lookups_clean"
    )
    yield Indicator.rate("employer_lookups", "Applicants whom an employer can look up.", "employer_lookups")
    yield Indicator.share(
        "deals_agreed", "Strangers who let, lend or marry, of those asked.",
        Term.of("deals_agreed"), Term.of("deals"),
    )  # fmt: skip
    yield Indicator.rate(
        "deals_refused_for_standing", "Deals refused after a look-up of somebody of low standing.",
        "deals_refused_low",
    )  # fmt: skip
    yield Indicator.cost("cost.harassment", "Cost of harassment at a home that was shown.", "harassment_fen")
