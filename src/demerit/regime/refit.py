"""Refit a regime: the rules after a number has followed what an authority measured."""

from __future__ import annotations

import math

from demerit.files.address import find
from demerit.files.canonical import canonical
from demerit.files.document import change
from demerit.regime.load import KIND
from demerit.regime.types import RegimeFile


def refitted(rules: RegimeFile, measured: float) -> tuple[RegimeFile, float]:
    """Return the rules after a refit, and the new value of their parameter.

    The value is offset + slope × measured, cut to the range of the parameter.

    Args:
        rules: rules in force, with a `[refit]`.
        measured: the target over the period that has ended; NaN leaves the rules as they are.
    """
    refit = rules.refit
    assert refit is not None
    data = canonical(rules)
    present = find(data, refit.parameter, KIND.sections()).present()
    if math.isnan(measured):
        return rules, float(present["value"])
    low, high = present["range"]
    value = min(max(float(refit.offset) + float(refit.slope) * measured, low), high)
    return with_value(rules, value), value


def with_value(rules: RegimeFile, value: float) -> RegimeFile:
    """Return rules with a value of the parameter of their `[refit]`."""
    assert rules.refit is not None
    return change(KIND, canonical(rules), {rules.refit.parameter: value}).model
