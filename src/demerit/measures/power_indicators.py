"""Indicators of power: who refuses a superior, what it costs, and what offices make of it."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.measures.terms import ADULT_YEARS, Indicator, Term


def of_power() -> Iterator[Indicator]:
    yield Indicator(
        "harassment_at_work", "1/1000 adult-years", "Harassment of subordinates by superiors.",
        Term.of("work.harassment.acted"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
    yield Indicator.share(
        "refused_superiors",
        "People who refuse a superior who harasses them, of those who are harassed.",
        Term.of("refusals"),
        Term.of("refusals", "gave_in"),
    )
    yield Indicator.share(
        "gave_in_to_rules",
        "People who give in only because of what the regime adds, of those who give in.",
        Term.of("gave_in_to_rules"),
        Term.of("gave_in"),
    )
    yield Indicator.share(
        "dismissed_for_refusal",
        "People dismissed over a refusal, of those who refuse.",
        Term.of("job_lost_refusal"),
        Term.of("refusals"),
    )
    yield from _of_complaints()
    yield Indicator.share(
        "labour_suits",
        "Suits over a dismissal that followed a refusal, of such dismissals.",
        Term.of("labour_suits"),
        Term.of("job_lost_refusal"),
    )
    yield Indicator.cost(
        "cost.labour_damages", "Paid by superiors for dismissing whoever refused.", "labour_damages_fen"
    )


def _of_complaints() -> Iterator[Indicator]:
    yield Indicator.share(
        "complaints_ordered",
        "Superiors who want a complaint written about whoever refused, of those who were refused.",
        Term.of("complaints_ordered"),
        Term.of("refusals"),
    )
    yield Indicator.share(
        "ordered_for_rules",
        "Superiors who would not have wanted it under the null regime, of those who do.",
        Term.of("ordered_for_rules"),
        Term.of("complaints_ordered"),
    )
    yield Indicator.share(
        "proxies_willing",
        "Colleagues who write the complaint that a superior wants, of those asked.",
        Term.of("proxies_willing"),
        Term.of("proxies_asked"),
    )
    yield Indicator.share(
        "ordered_checked",
        "Complaints that an office has looked into, of those that a superior has had written.",
        Term.of("ordered_checked"),
        Term.of("ordered_handled"),
    )
    yield Indicator(
        "ordered_records", "1/1000 adult-years",
        "Made-up records of people who have refused a superior.",
        Term.of("ordered_records"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
