"""Months without their zeros say what the whole arrays say."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from demerit.catalogue.counters import FLOW_COUNT
from demerit.measures.months import PLACES, Months

entry = st.tuples(
    st.integers(0, PLACES - 1), st.integers(0, FLOW_COUNT - 1), st.integers(-(2**52), 2**52).filter(bool)
)
worlds = st.lists(st.lists(entry, max_size=30), max_size=5)


def whole(world: list[list[tuple[int, int, int]]]) -> np.ndarray:
    moved = np.zeros((len(world), PLACES, FLOW_COUNT), np.int64)
    for month, entries in enumerate(world):
        for place, flow, amount in entries:
            moved[month, place, flow] = amount
    return moved


def kept(world: list[list[tuple[int, int, int]]]) -> Months:
    months, before = Months(), np.zeros((PLACES, FLOW_COUNT), np.int64)
    for now in whole(world).cumsum(axis=0):
        months.append(before, now)
        assert (before == now).all()
    return months


@given(worlds)
@settings(deadline=None)
def test_a_month_reads_as_it_was_added(world: list[list[tuple[int, int, int]]]) -> None:
    assert len(kept(world)) == len(world)
    for read, added in zip(kept(world), whole(world), strict=True):
        assert (read == added).all()


@given(worlds, st.integers(0, 5), st.integers(0, FLOW_COUNT - 1))
@settings(deadline=None)
def test_a_stretch_of_months_and_a_single_flow_are_those_of_the_whole_arrays(
    world: list[list[tuple[int, int, int]]], first: int, flow: int
) -> None:
    later = kept(world)[first:]
    assert (later.of(flow) == whole(world)[first:, :, flow]).all()
    assert (later.added_up() == whole(world)[first:].sum(axis=1)).all()


@given(worlds, st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_groups_add_up_as_the_product_of_the_whole_arrays(
    world: list[list[tuple[int, int, int]]], seed: int
) -> None:
    members = np.random.default_rng(seed).integers(0, 3, (4, PLACES))
    expected = np.einsum("gp,mpf->gmf", members, whole(world))
    assert (kept(world).totals(members) == expected).all()
    # what people count for when everybody is to be composed as in life is no whole number
    weighted = kept(world).totals(members / 7)
    assert np.allclose(weighted, expected / 7, rtol=1e-12, atol=64)


@given(worlds)
@settings(deadline=None)
def test_months_come_back_from_a_checkpoint_as_they_went(world: list[list[tuple[int, int, int]]]) -> None:
    arrays = kept(world).arrays()
    back = Months.restored(arrays)
    assert (back.added_up() == whole(world).sum(axis=1)).all()
    assert all((left == right).all() for left, right in zip(back, kept(world), strict=True))
    assert all((back.arrays()[name] == array).all() for name, array in arrays.items())
