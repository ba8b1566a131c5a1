"""A number in a file carries unit, range and basis, and each of them is checked."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from demerit.files.context import Context
from demerit.files.number import Number, Quantity
from demerit.files.series import Distribution, Series
from demerit.files.table import Table
from demerit.files.units import UNITS
from demerit.files.validation import validate

GOOD = {"value": 0.04, "unit": "probability/event", "range": [0.01, 0.15], "basis": "assumed"}


class Rule(Table):
    """A table with one number, as in a regime."""

    coverage: Annotated[Number, Quantity("probability/event", 0, 1)]


class Homes(Table):
    """A table with one distribution, as in a society."""

    sizes: Annotated[Series, Distribution(3)]


def read(value: Any, bare: bool = True) -> tuple[Rule | None, list[str]]:
    """Read a rule; return it and what is wrong, each as key and message."""
    rule, findings = validate(Rule, {"coverage": value}, Context(bare_numbers=bare))
    return rule, [f"{'.'.join(map(str, one.path))}: {one.message} | {one.expected}" for one in findings]


def test_a_full_number_keeps_its_evidence() -> None:
    rule, _ = read({**GOOD, "source": ["S60"], "note": "why"})
    assert rule is not None
    number = rule.coverage
    assert float(number) == 0.04
    assert (number.unit, number.range, number.basis) == ("probability/event", (0.01, 0.15), "assumed")
    assert (number.source, number.note, number.target) == (("S60",), "why", None)


def test_a_bare_number_of_a_regime_is_a_matter_of_rule() -> None:
    rule, _ = read(1)
    assert rule is not None
    assert rule.coverage == Number(1.0, "probability/event", None, "law")


def test_a_bare_number_of_a_society_is_refused() -> None:
    _, wrong = read(0.5, bare=False)
    assert wrong == [
        "coverage: bare number 0.5: a number of a society needs its basis | "
        '{ value = 0.5, unit = "probability/event", basis = … }'
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"value": 1.2, "range": None, "basis": "law"},
            "coverage.value: 1.2 is too large | 0 to 1 (probability/event)",
        ),
        (
            {"value": -0.1, "range": None, "basis": "law"},
            "coverage.value: -0.1 is too small | 0 to 1 (probability/event)",
        ),
        ({"value": 0.2}, "coverage.value: 0.2 lies outside its range | 0.01 to 0.15"),
        ({"value": "many"}, "coverage.value: 'many' is not a number | a number in probability/event"),
        ({"value": True}, "coverage.value: True is not a number | a number in probability/event"),
        ({"value": float("nan")}, "coverage.value: nan is not a number | a number in probability/event"),
        ({"unit": "days"}, "coverage.unit: wrong unit 'days' | 'probability/event'"),
        ({"unit": "probabilty"}, "coverage.unit: unknown unit 'probabilty' | 'probability/event'"),
        ({"unit": None}, "coverage.unit: missing | 'probability/event'"),
        ({"range": [0.2, 0.01]}, "coverage.range: low end 0.2 is above high end 0.01 | [low, high]"),
        ({"range": [0.01]}, "coverage.range: [0.01] is not a range | two numbers, [low, high]"),
        ({"range": None}, "coverage: an assumed number needs a range | range = [low, high]"),
        (
            {"basis": "guess"},
            "coverage.basis: unknown basis 'guess' | law, cited, inferred, assumed, calibrated",
        ),
        (
            {"basis": "cited"},
            'coverage: a cited number needs its source | source = ["an id of sources.toml"]',
        ),
        ({"basis": "inferred"}, 'coverage: an inferred number needs a note | note = "how it follows"'),
        (
            {"basis": "calibrated"},
            'coverage: a calibrated number needs its target | target = "what it was fitted to"',
        ),
        (
            {"basis": "cited", "source": ["S6"]},
            "coverage.source: unknown source 'S6' | an id of sources.toml",
        ),
        ({"note": 3}, "coverage.note: 3 is not a text | a text"),
        (
            {"values": 3},
            "coverage.values: unknown key 'values' | value, unit, range, basis, source, note, target",
        ),
    ],
)
def test_whatever_is_wrong_with_a_number_is_said(change: dict[str, Any], message: str) -> None:
    table = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    rule, wrong = read(table)
    assert rule is None
    assert wrong == [message]


def test_everything_that_is_wrong_with_a_number_is_said_at_once() -> None:
    _, wrong = read({"value": 2, "unit": "days", "basis": "assumed"})
    assert len(wrong) == 3


@pytest.mark.parametrize("value", ["0.5", True, [0.5], float("inf"), 10**400, 1 << 20_000], ids=lambda _: "")
def test_what_is_no_number_is_refused(value: Any) -> None:
    rule, wrong = read(value)
    assert rule is None
    assert len(wrong) == 1


def test_a_number_is_written_as_it_was_read() -> None:
    rule, _ = read(GOOD)
    assert rule is not None
    assert rule.model_dump(mode="json") == {"coverage": GOOD}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([0.5, 0.5], "2 values"),
        ([0.5, 0.3, 0.3], "the values add up to 1.1"),
        ([1.2, -0.1, -0.1], "the values add up to 1"),
        ("many", "'many' is not a list of numbers"),
    ],
)
def test_a_distribution_is_so_many_shares_that_add_up_to_one(values: Any, message: str) -> None:
    table = {"values": values, "unit": "share", "basis": "cited", "source": ["P09"]}
    homes, findings = validate(Homes, {"sizes": table}, Context())
    assert homes is None
    assert [one.message for one in findings] == [message]
    assert findings[0].expected == "3 shares that add up to 1"


def test_every_unit_is_explained() -> None:
    assert all(UNITS.values())
