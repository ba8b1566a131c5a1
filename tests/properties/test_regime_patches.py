"""What holds for every patch, every number, and every file however wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demerit.errors import FileProblems, Problem
from demerit.files.inventory import numbers
from demerit.files.number import Number
from demerit.regime import Regime
from demerit.society import Society

ESSAY = Regime.load("essay")
CITY = Society.load("city")
NUMBERS = {path: number for path, number in numbers(ESSAY.data) if isinstance(number, Number)}
INSIDE = {path: number.range for path, number in NUMBERS.items() if number.range is not None}

places = st.sampled_from(sorted(INSIDE))
inside = st.floats(0, 1, allow_nan=False)
odd_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(max_size=6)
    | st.dates()
    | st.datetimes()
    | st.times(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "value", "unit", "range", "basis", "source", "from", "x"]), inner
        )
    ),
    max_leaves=5,
)


def between(path: str, part: float) -> float:
    """Return a value inside a number's own range."""
    low, high = INSIDE[path]
    return min(max(low + part * (high - low), low), high)


def value_at(regime: Regime, path: str) -> Number:
    """Return the number of a regime by its dotted name."""
    return next(
        number for name, number in numbers(regime.data) if name == path and isinstance(number, Number)
    )


@settings(max_examples=40)
@given(path=places, part=inside)
def test_a_value_that_is_set_is_the_value_that_is_there(path: str, part: float) -> None:
    value = between(path, part)
    patched = ESSAY.patched({path: value})
    found = {name: number for name, number in numbers(patched.data) if name == path}
    if value or path in found:
        assert float(found[path]) == value  # type: ignore[arg-type]
        assert found[path].unit == NUMBERS[path].unit


@settings(max_examples=40)
@given(path=places, part=inside)
def test_a_patch_and_its_reverse_leave_the_rules_as_they_were(path: str, part: float) -> None:
    there = ESSAY.patched({path: between(path, part)})
    back = there.patched({path: NUMBERS[path].value})
    assert back.hash == ESSAY.hash


@settings(max_examples=40)
@given(path=places, part=inside)
def test_the_hash_changes_exactly_when_a_value_does(path: str, part: float) -> None:
    value = between(path, part)
    assert (ESSAY.patched({path: value}).hash == ESSAY.hash) == (value == NUMBERS[path].value)


@settings(max_examples=25)
@given(first=places, second=places, part=inside)
def test_patches_of_different_values_commute(first: str, second: str, part: float) -> None:
    if first == second:
        return
    a, b = {first: between(first, part)}, {second: between(second, part)}
    assert ESSAY.patched(a).patched(b).hash == ESSAY.patched(b).patched(a).hash == ESSAY.patched(a | b).hash


@settings(max_examples=25)
@given(path=places, part=inside)
def test_a_patched_regime_survives_its_manifest(path: str, part: float) -> None:
    patched = ESSAY.patched({path: between(path, part)})
    assert Regime.from_canonical(patched.canonical()) == patched


def inner_paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List the paths of everything inside plain data."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [one for key, below in inner for one in inner_paths(below, (*path, key))]


def with_value(data: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """Copy plain data with one value exchanged."""
    changed = copy.deepcopy(data)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return changed


def complaints(load: Callable[[], object]) -> list[Problem] | None:
    """Return what is wrong with something that is loaded, None if nothing is."""
    try:
        load()
    except FileProblems as problems:
        return problems.problems
    return None


REGIME_DATA, SOCIETY_DATA = ESSAY.canonical(), CITY.canonical()


@settings(max_examples=150)
@given(path=st.sampled_from(inner_paths(REGIME_DATA)), value=odd_values)
def test_a_regime_loads_or_says_what_is_wrong_whatever_stands_in_it(
    path: tuple[str | int, ...], value: Any
) -> None:
    assert complaints(lambda: Regime.from_canonical(with_value(REGIME_DATA, path, value))) != []


@settings(max_examples=100)
@given(path=st.sampled_from(inner_paths(SOCIETY_DATA)), value=odd_values)
def test_a_society_loads_or_says_what_is_wrong_whatever_stands_in_it(
    path: tuple[str | int, ...], value: Any
) -> None:
    assert complaints(lambda: Society.from_canonical(with_value(SOCIETY_DATA, path, value))) != []


@settings(max_examples=100)
@given(at=st.text(max_size=30) | st.sampled_from(sorted(NUMBERS)), value=odd_values)
def test_a_patch_applies_or_says_what_is_wrong_wherever_it_points(at: str, value: Any) -> None:
    assert complaints(lambda: ESSAY.patched({at: value})) != []


@pytest.mark.parametrize("value", [5, True, [1], {"id": "x"}, [{"id": []}], 10**30, float("nan"), "", None])
@pytest.mark.parametrize("key", ["covers", "id", "authority"])
def test_a_register_of_any_shape_is_met_with_words(key: str, value: Any) -> None:
    data = with_value(REGIME_DATA, ("register", 0, key), value)
    assert complaints(lambda: Regime.from_canonical(data))
