"""Keyed permutations, the matchings and the groups read off them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy import stats

from demerit.catalogue.purposes import Purpose
from demerit.engine.permutation import (
    GROUPS,
    MATCHINGS,
    PERMUTATION_DTYPE,
    TIES_DTYPE,
    group_of,
    matched,
    partner,
    permute,
    related,
    same_group,
    set_permutation,
    unpermute,
)

Q32 = 2**32
SIZES = [1, 2, 3, 4, 5, 7, 8, 63, 64, 65, 1000, 4097]


def permutation(size: int, seed: int = 1) -> np.void:
    made: np.void = np.zeros(1, PERMUTATION_DTYPE)[0]
    set_permutation(made, seed, int(Purpose.KIN), 0, size)
    return made


def spread_evenly(count: int) -> list[int]:
    """Return draws in the middle of ``count`` equal parts."""
    return [(2 * part + 1) * Q32 // (2 * count) for part in range(count)]


@pytest.mark.parametrize("size", SIZES)
def test_every_position_is_reached_once_and_found_back(size: int) -> None:
    keys = permutation(size)
    images = [int(permute(position, keys)) for position in range(size)]
    assert sorted(images) == list(range(size))
    assert [int(unpermute(image, keys)) for image in images] == list(range(size))


def test_large_permutations_find_back() -> None:
    keys = permutation(100_000_007)
    for position in range(0, 100_000_007, 9_999_991):
        assert unpermute(permute(position, keys), keys) == position
        assert 0 <= permute(position, keys) < 100_000_007


@pytest.mark.parametrize("size", SIZES)
def test_a_matching_is_mutual_and_leaves_at_most_one_alone(size: int) -> None:
    keys = permutation(size)
    partners = [int(partner(position, keys)) for position in range(size)]
    assert [partners[other] for other in partners] == list(range(size))
    assert sum(other == position for position, other in enumerate(partners)) == size % 2


@pytest.mark.parametrize("size", [5, 16, 100])
def test_over_the_seeds_every_partner_is_equally_likely(size: int) -> None:
    tries = 100 * size
    found = Counter(int(partner(3, permutation(size, seed))) for seed in range(tries))
    counts = [found[other] for other in range(size) if size % 2 or other != 3]
    assert stats.chisquare(counts).pvalue > 1e-3


def test_over_the_seeds_neighbours_are_torn_apart() -> None:
    size, tries = 200, 20_000
    gaps = Counter(
        int((permute(1, keys) - permute(0, keys)) % size)
        for keys in (permutation(size, seed) for seed in range(tries))
    )
    assert stats.chisquare([gaps[gap] for gap in range(1, size)]).pvalue > 1e-3


def ties(clusters: int, group_sizes: list[int], matchings: int = 2) -> np.void:
    """Return the ties of one region and one district."""
    made: np.void = np.zeros(1, TIES_DTYPE)[0]
    made["matchings"] = matchings
    made["regions"] = made["districts"] = 1
    made["cluster_first"][1] = clusters
    for which in range(MATCHINGS):
        set_permutation(made["match"][which], 5, int(Purpose.KIN), which, clusters)
    people = sum(group_sizes)
    made["member_first"][1] = people
    set_permutation(made["order"][0], 5, int(Purpose.SURNAME), 0, people)
    shares = [-(-(int(first) << 32) // people) for first in np.cumsum([0, *group_sizes])]
    made["group_share"] = np.pad(shares, (0, GROUPS + 1 - len(shares)), mode="edge")
    return made


def test_members_of_a_group_are_drawn_equally_often_and_never_oneself() -> None:
    keys = ties(10, [1, 6, 3])
    groups: dict[int, list[int]] = {}
    for member in range(10):
        groups.setdefault(int(group_of(member, keys)), []).append(member)
    assert {group: len(members) for group, members in groups.items()} == {0: 1, 1: 6, 2: 3}
    for members in groups.values():
        for member in members:
            others = [other for other in members if other != member] or [member]
            found = Counter(int(same_group(member, lane, keys)) for lane in spread_evenly(7 * len(others)))
            assert found == dict.fromkeys(others, 7)


def test_relatives_are_drawn_equally_often_from_all_matched_clusters() -> None:
    keys = ties(9, [20])
    first = np.array([0, 1, 3, 6, 7, 9, 12, 13, 15, 18], dtype=np.uint32)
    for cluster in range(9):
        others = set(matched(cluster, keys)) - {cluster}
        expected = [member for other in others for member in range(first[other], first[other + 1])]
        if not expected:
            assert related(cluster, 0, first, keys) == -1
            continue
        lanes = spread_evenly(5 * len(expected))
        assert Counter(int(related(cluster, lane, first, keys)) for lane in lanes) == dict.fromkeys(
            expected, 5
        )


def test_a_lone_cluster_has_no_relatives() -> None:
    keys = ties(1, [4])
    assert related(0, 17, np.array([0, 4], dtype=np.uint32), keys) == -1


def test_two_clusters_matched_twice_count_once() -> None:
    keys = ties(2, [2])
    assert matched(0, keys) == (1, 0, 0, 0)
