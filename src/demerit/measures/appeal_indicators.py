"""Indicators of appeals and repair."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.catalogue.appealing import GROUNDS
from demerit.measures.terms import ADULTS, Indicator, Term

_UPHELD = tuple(f"upheld_{ground}" for ground in GROUNDS)
_REVERSED = tuple(f"reversed_{ground}" for ground in GROUNDS)


def of_appeals() -> Iterator[Indicator]:
    for ground, upheld, back in zip(GROUNDS, _UPHELD, _REVERSED, strict=True):
        yield Indicator.rate(f"appeals.{ground}", f"Appeals filed, ground: {ground}.", f"appeals_{ground}")
        yield Indicator.share(
            f"reversed_share.{ground}",
            f"Records reversed, of appeals decided, ground: {ground}.",
            Term.of(back),
            Term.of(upheld, back),
        )
    ended = Term.of(*_UPHELD, *_REVERSED, "appeals_left")
    yield Indicator(
        "appeals_pending", "1/1000 adults", "Appeals filed and not answered yet.",
        Term.level("appeals_open"), ADULTS, 1000.0,
    )  # fmt: skip
    yield Indicator.share(
        "appeals_left",
        "Appeals whose appellant left, of those that came to an end.",
        Term.of("appeals_left"),
        ended,
    )
    yield Indicator.share(
        "appeals_late",
        "Appeals that were ready only after the window had closed, of all.",
        Term.of("appeals_late"),
        Term.of("appeals_late", *(f"appeals_{ground}" for ground in GROUNDS)),
    )
    yield Indicator(
        "appeal_days", "days", "Days from filing to the end of an appeal, of those that came to an end.",
        Term.of("appeal_days"), ended,
    )  # fmt: skip
    yield Indicator.share(
        "reversed_overdue",
        "Records reversed only because a deadline had passed, of all reversed.",
        Term.of("reversed_overdue"),
        Term.of(*_REVERSED),
    )
    yield Indicator.share(
        "upheld_for_integrity",
        "Records upheld only because of the office's own score.",
        Term.of("upheld_for_integrity"),
        Term.of(*_UPHELD),
    )
    yield Indicator.cost("refunds", "Fines paid back.", "refunds_fen")
    yield Indicator.rate("repairs", "Courses begun that give points back.", "repairs")
    yield Indicator.cost("cost.repair", "Courses that give points back.", "repair_fen")
    yield Indicator.share(
        "stale_copies",
        "Copies of reversed records that stay, of all to be withdrawn.",
        Term.of("stale"),
        Term.of("stale", "recalls"),
    )


def of_organisations() -> Iterator[Indicator]:
    yield Indicator.rate(
        "appeals_of_organisations", "Appeals by companies, agencies and services.", "body_appeals"
    )
    yield Indicator.share(
        "organisations_appeal_for_score",
        "Appeals of organisations that are made only because points are at stake, of all of theirs.",
        Term.of("body_appeals_for_score"),
        Term.of("body_appeals"),
    )
    yield Indicator.share(
        "reversed_share.organisations",
        "Records reversed, of appeals of organisations decided.",
        Term.of("body_reversed"),
        Term.of("body_upheld", "body_reversed"),
    )
    yield Indicator.cost(
        "cost.body_refunds", "Fines paid back to organisations (they had paid them).", "body_refunds_fen"
    )
