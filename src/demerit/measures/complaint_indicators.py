"""Indicators of complaints: who reports whom, how much of it is true, and what it does."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.catalogue.complaining import REPORTERS
from demerit.catalogue.words import BODY_KINDS, DEEDS, EVENTS, INCIDENTS, KINDS
from demerit.measures.terms import ADULT_YEARS, Indicator, Term

_REPORTS = ("reports_true", "reports_false")
_FILED = ("complaints_filed_true", "complaints_filed_false")
_OFFENCES = tuple(kind for kind in KINDS if kind not in (*DEEDS, *EVENTS, *BODY_KINDS, *INCIDENTS))


def of_complaints() -> Iterator[Indicator]:
    yield Indicator(
        "reports", "1/100 adult-years", "Reports about people, true or false.",
        Term.of(*_REPORTS), ADULT_YEARS, 100.0,
    )  # fmt: skip
    for circle in REPORTERS:
        yield Indicator(
            f"reports.{circle}", "1/100 adult-years", f"Reports by somebody of the circle: {circle}.",
            Term.of(f"reports_{circle}"), ADULT_YEARS, 100.0,
        )  # fmt: skip
    yield Indicator(
        "reports_by_children", "1/1000 adult-years", "Reports by children about somebody at home.",
        Term.of("reports_by_children"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
    yield Indicator(
        "reports_false", "1/100 adult-years", "Reports of what was not done.",
        Term.of("reports_false"), ADULT_YEARS, 100.0,
    )  # fmt: skip
    yield Indicator(
        "reports_false_share", "share", "Reports of what was not done, of all.",
        Term.of("reports_false"), Term.of(*_REPORTS),
    )  # fmt: skip
    yield from _of_choices()
    yield from _of_outcomes()


def _of_choices() -> Iterator[Indicator]:
    yield Indicator(
        "seen_and_reported", "share", "Acts seen by a relative, friend, neighbour or colleague and reported.",
        Term.of("nb.witness.acted"), Term.of("nb.witness.met"),
    )  # fmt: skip
    yield Indicator(
        "reports_for_reward", "share",
        "Reports that would not have been made without reward, campaign or duty to report, of all.",
        Term.of("nb.witness.score", "reports_paid"), Term.of(*_REPORTS),
    )  # fmt: skip
    yield Indicator(
        "restraint_by_complaints", "share",
        "Offences not committed only because somebody might report them, of all held by law or score.",
        Term.of("held_by_complaints"),
        Term.of(*(f"{kind}.{why}" for kind in _OFFENCES for why in ("law", "score"))),
    )  # fmt: skip
    yield Indicator(
        "feuds", "1/1000 adult-years", "People who believe to know by whom they were reported.",
        Term.of("feuds"), ADULT_YEARS, 1000.0,
    )  # fmt: skip
    yield Indicator(
        "reciprocal_reports", "share", "Reports about whoever had reported their author, of all.",
        Term.of("reprisals_right"), Term.of(*_REPORTS),
    )  # fmt: skip
    yield Indicator(
        "silences_found", "1/1000 adult-years", "Witnesses found not to have reported.",
        Term.of("silences"), ADULT_YEARS, 1000.0,
    )  # fmt: skip


def _of_outcomes() -> Iterator[Indicator]:
    yield Indicator(
        "report_posterior", "share", "Reports whose subject did it, of all that became records.",
        Term.of("complaints_filed_true"), Term.of(*_FILED),
    )  # fmt: skip
    yield Indicator(
        "complaints_dismissed", "share", "Complaints dropped or found false, of those dealt with.",
        Term.of("complaints_dismissed", "false_reports_found"),
        Term.of(*_FILED, "complaints_dismissed", "false_reports_found"),
    )  # fmt: skip
    yield Indicator(
        "false_reports_found", "share", "False reports that a check has found out, of those found or filed.",
        Term.of("false_reports_found"), Term.of("false_reports_found", "complaints_filed_false"),
    )  # fmt: skip
    yield Indicator(
        "cost.report_rewards", "CNY/adult-year", "Money paid for reports.",
        Term.of("report_rewards_fen"), ADULT_YEARS, 0.01,
    )  # fmt: skip
