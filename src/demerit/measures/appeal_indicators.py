"""Indicators of appeals and repair."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.catalogue.appealing import GROUNDS
from demerit.measures.terms import ADULT_YEARS, ADULTS, Indicator, Term

_UPHELD = tuple(f"upheld_{ground}" for ground in GROUNDS)
_REVERSED = tuple(f"reversed_{ground}" for ground in GROUNDS)


def of_appeals() -> Iterator[Indicator]:
    for ground, upheld, back in zip(GROUNDS, _UPHELD, _REVERSED, strict=True):
        yield Indicator(
            f"appeals.{ground}", "1/1000 adult-years", f"Appeals filed, ground: {ground}.",
            Term.of(f"appeals_{ground}"), ADULT_YEARS, 1000.0,
        )  # fmt: skip
        yield Indicator(
            f"reversed_share.{ground}", "share", f"Records reversed, of appeals decided, ground: {ground}.",
            Term.of(back), Term.of(upheld, back),
        )  # fmt: skip
    ended = Term.of(*_UPHELD, *_REVERSED, "appeals_left")
    yield Indicator(
        "appeals_pending", "1/1000 adults", "Appeals filed and not answered yet.",
        Term.level("appeals_open"), ADULTS, 1000.0,
    )  # fmt: skip
    yield Indicator(
        "appeals_left", "share", "Appeals whose appellant left, of those that came to an end.",
        Term.of("appeals_left"), ended,
    )  # fmt: skip
    yield Indicator(
        "appeals_late", "share", "Appeals that were ready only after the window had closed, of all.",
        Term.of("appeals_late"), Term.of("appeals_late", *(f"appeals_{ground}" for ground in GROUNDS)),
    )  # fmt: skip
    yield Indicator(
        "appeal_days", "days", "Days from filing to the end of an appeal, of those that came to an end.",
        Term.of("appeal_days"), ended,
    )  # fmt: skip
    yield Indicator(
        "reversed_overdue", "share", "Records reversed only because a deadline had passed, of all reversed.",
        Term.of("reversed_overdue"), Term.of(*_REVERSED),
    )  # fmt: skip
    yield Indicator(
        "upheld_for_integrity", "share", "Records upheld only because of the office's own score.",
        Term.of("upheld_for_integrity"), Term.of(*_UPHELD),
    )  # fmt: skip
    yield Indicator(
        "refunds", "CNY/adult-year", "Fines paid back.", Term.of("refunds_fen"), ADULT_YEARS, 0.01
    )
    yield Indicator(
        "repairs", "1/1000 adult-years", "Courses begun that give points back.",
        Term.of("repairs"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
    yield Indicator(
        "cost.repair", "CNY/adult-year", "Courses that give points back.",
        Term.of("repair_fen"), ADULT_YEARS, 0.01,
    )  # fmt: skip
    yield Indicator(
        "stale_copies", "share", "Copies of reversed records that stay, of all to be withdrawn.",
        Term.of("stale"), Term.of("stale", "recalls"),
    )  # fmt: skip
