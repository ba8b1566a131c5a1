"""A difference applied to the first regime gives the second, whatever the two are."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from demerit.errors import FileProblems
from demerit.files.canonical import canonical
from demerit.files.difference import as_patches, differences
from demerit.files.document import apply
from demerit.files.inventory import numbers
from demerit.files.number import Number
from demerit.regime import Regime
from demerit.regime.load import KIND

PRESETS = [Regime.load(name) for name in KIND.preset_ids()]
ESSAY = Regime.load("essay")
INSIDE = {
    at: one.range for at, one in numbers(ESSAY.data) if isinstance(one, Number) and one.range is not None
}
LISTS = [key for key, value in ESSAY.canonical().items() if isinstance(value, list) and value]


@st.composite
def regimes(draw: Any) -> Regime:
    """Draw a preset, or the essay's regime with other numbers, fewer rules, or its rules in another order."""
    regime = draw(st.sampled_from([ESSAY, ESSAY, ESSAY, *PRESETS]))
    if regime is not ESSAY:
        return regime
    data = ESSAY.canonical()
    for at in draw(st.lists(st.sampled_from(sorted(INSIDE)), max_size=3, unique=True)):
        low, high = INSIDE[at]
        data = (
            ESSAY.from_canonical(data).patched({at: low + draw(st.floats(0, 1)) * (high - low)}).canonical()
        )
    section = draw(st.sampled_from(LISTS))
    items = draw(st.permutations(data[section]))
    data[section] = list(items[draw(st.integers(0, 2)) :])
    try:
        return Regime.from_canonical(data)
    except FileProblems:  # a regime that cannot do without what was left out
        return ESSAY


@settings(max_examples=60)
@given(before=regimes(), after=regimes())
def test_what_differs_applied_to_the_first_gives_the_second(before: Regime, after: Regime) -> None:
    old, new = before.canonical(), after.canonical()
    patches = as_patches(old, new, KIND.sections(), "to see")
    assert canonical(apply(KIND, old, patches).model) == new
    assert bool(patches) == (old != new)


@settings(max_examples=40)
@given(before=regimes(), after=regimes())
def test_a_difference_is_there_exactly_when_the_rules_differ(before: Regime, after: Regime) -> None:
    found = differences(before.canonical(), after.canonical())
    same_order = {
        key: [one.get("id") for one in value] for key, value in after.canonical().items() if key in LISTS
    }
    if all([one.get("id") for one in before.canonical()[key]] == ids for key, ids in same_order.items()):
        assert any(one.sort != "prose" for one in found) == (before.hash != after.hash)
