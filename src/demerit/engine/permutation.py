"""Keyed permutations of 0 … size - 1 that are computed, never stored, and the ties that can be read off them.

A position is split into a low and a high part that mix each other in rounds (Feistel); the few results beyond
the size are walked on until one falls inside. Whoever knows the keys can go both ways, so matchings and
groups need no memory: Black and Rogaway, "Ciphers with arbitrary finite domains" (CT-RSA 2002).
"""

from __future__ import annotations

import numpy as np

from demerit.engine.columns import nested
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, record, several, u4

ROUNDS = 8
MATCHINGS = 4
"""Most matchings that a record of ties can hold."""
GROUPS = 200
"""Groups that a record of ties can hold; the last may be empty."""
REGIONS = 64
"""Regions that a record of ties can hold; clusters are matched within theirs."""
DISTRICTS = 512
"""Districts that a record of ties can hold; members of a group are those of their district."""

PERMUTATION_DTYPE = nested(
    [
        ("size", "i8"),
        ("low_bits", "i8"),
        ("rows", "i8"),  # size / 2**low_bits, rounded up: values of the high part
        ("keys", "i8", ROUNDS),  # 32 bits each
    ]
)
TIES_DTYPE = nested(
    [
        ("matchings", "i8"),  # how many of ``match`` are in use in every region
        ("regions", "i8"),
        ("cluster_first", "i8", REGIONS + 1),  # first cluster of each region
        ("match", PERMUTATION_DTYPE, REGIONS * MATCHINGS),  # of the clusters of a region
        ("districts", "i8"),
        ("member_first", "i8", DISTRICTS + 1),  # first member of each district
        ("order", PERMUTATION_DTYPE, DISTRICTS),  # of the members of a district
        ("group_share", "i8", GROUPS + 1),  # Q32: share of the order that comes before each group
    ]
)

Four = several(i8, MATCHINGS)
Permutation = record(PERMUTATION_DTYPE)
Ties = record(TIES_DTYPE)


def set_permutation(permutation: np.void, seed: int, purpose: int, which: int, size: int) -> None:
    """Fill in the keys of one permutation (a record of ``PERMUTATION_DTYPE``) of ``size`` positions.

    >>> three = np.zeros((), dtype=PERMUTATION_DTYPE)[()]
    >>> set_permutation(three, seed=1, purpose=9, which=0, size=3)
    >>> sorted(int(permute(position, three)) for position in range(3))
    [0, 1, 2]
    """
    bits = (max(size, 1) - 1).bit_length()
    lanes = [draw(seed, purpose, which, 0, counter) for counter in range(-(-ROUNDS // 4))]
    permutation["size"] = size
    permutation["low_bits"] = bits // 2
    permutation["rows"] = -(-size >> bits // 2)
    permutation["keys"] = [lane for four in lanes for lane in four][:ROUNDS]


@kernel(i8(i8, i8))
def scramble(part: int, key: int) -> int:
    """Mix part of a position (below 2**16) with a 32-bit key to 28 bits."""
    mixed = (part + (key & 65535)) * 2654435761
    mixed = (mixed ^ (mixed >> 15) ^ key) & 268435455
    return ((mixed * 2246822507) >> 24) & 268435455


@kernel(i8(i8, Permutation))
def permute(position: int, permutation: np.void) -> int:
    """Return where a position (``0 … size - 1``, size at most 2**31) goes."""
    keys = permutation["keys"]
    low_bits = permutation["low_bits"]
    mask = (1 << low_bits) - 1
    rows = permutation["rows"]
    while True:
        low = position & mask
        high = position >> low_bits
        for turn in range(0, ROUNDS, 2):
            high += (scramble(low, keys[turn]) * rows) >> 28
            if high >= rows:
                high -= rows
            low ^= scramble(high, keys[turn + 1]) & mask
        position = high << low_bits | low
        if position < permutation["size"]:
            return position


@kernel(i8(i8, Permutation))
def unpermute(position: int, permutation: np.void) -> int:
    """Return which position goes to this one: the inverse of ``permute``."""
    keys = permutation["keys"]
    low_bits = permutation["low_bits"]
    mask = (1 << low_bits) - 1
    rows = permutation["rows"]
    while True:
        low = position & mask
        high = position >> low_bits
        for turn in range(ROUNDS - 2, -2, -2):
            low ^= scramble(high, keys[turn + 1]) & mask
            high -= (scramble(low, keys[turn]) * rows) >> 28
            if high < 0:
                high += rows
        position = high << low_bits | low
        if position < permutation["size"]:
            return position


@kernel(i8(i8, Permutation))
def partner(position: int, permutation: np.void) -> int:
    """Return the position matched with this one; of an odd number of positions one is matched with itself."""
    place = permute(position, permutation) ^ 1
    if place >= permutation["size"]:
        return position
    return unpermute(place, permutation)


@kernel(i8(i8, Ties))
def region_of(cluster: int, ties: np.void) -> int:
    """Return the region of a cluster."""
    first = ties["cluster_first"]
    low = 0
    high = ties["regions"]
    while high - low > 1:
        middle = (low + high) >> 1
        if first[middle] <= cluster:
            low = middle
        else:
            high = middle
    return low


@kernel(i8(i8, Ties))
def district_of(member: int, ties: np.void) -> int:
    """Return the district of a member."""
    first = ties["member_first"]
    low = 0
    high = ties["districts"]
    while high - low > 1:
        middle = (low + high) >> 1
        if first[middle] <= member:
            low = middle
        else:
            high = middle
    return low


@kernel(Four(i8, Ties))
def matched(cluster: int, ties: np.void) -> tuple[int, int, int, int]:
    """Return the clusters tied to this one by each matching; itself where a matching ties it to no other.

    A later matching that repeats an earlier one counts once.
    """
    region = region_of(cluster, ties)
    first = i64(ties["cluster_first"][region])
    match = ties["match"]
    at, place = region * MATCHINGS, cluster - first
    matchings = ties["matchings"]
    one = partner(place, match[at]) if matchings > 0 else place
    two = partner(place, match[at + 1]) if matchings > 1 else place
    three = partner(place, match[at + 2]) if matchings > 2 else place
    four = partner(place, match[at + 3]) if matchings > 3 else place
    if four in (one, two, three):
        four = place
    if three in (one, two):
        three = place
    if two == one:
        two = place
    return first + one, first + two, first + three, first + four


@kernel(i8(i8, array(u4)))
def members_of(cluster: int, cluster_first: np.ndarray) -> int:
    """Return how many members a cluster has."""
    return int(i64(cluster_first[cluster + 1]) - i64(cluster_first[cluster]))


@kernel(i8(i8, i8, array(u4), Ties))
def related(cluster: int, lane: int, cluster_first: np.ndarray, ties: np.void) -> int:
    """Draw one member of the clusters tied to this one, each with the same chance; -1 if there is none.

    Clusters are tied within their region.

    Args:
        cluster: the cluster whose relations are asked for.
        lane: a 32-bit draw.
        cluster_first: first member of each cluster, and the end of the last.
        ties: the matchings.
    """
    others = matched(cluster, ties)
    total = 0
    for other in others:
        if other != cluster:
            total += members_of(other, cluster_first)
    place = (lane * total) >> 32
    for other in others:
        if other != cluster:
            members = members_of(other, cluster_first)
            if place < members:
                return int(i64(cluster_first[other])) + place
            place -= members
    return -1


@kernel(i8(i8, i8, Ties))
def group_at(place: int, members: int, ties: np.void) -> int:
    """Return the group that owns a place in the order of a district with so many members."""
    share = ties["group_share"]
    low = 0
    high = GROUPS
    while high - low > 1:
        middle = (low + high) >> 1
        if (members * share[middle]) >> 32 <= place:
            low = middle
        else:
            high = middle
    return low


@kernel(i8(i8, Ties))
def group_of(member: int, ties: np.void) -> int:
    """Return the group a member belongs to."""
    district = district_of(member, ties)
    first = ties["member_first"][district]
    members = ties["member_first"][district + 1] - first
    return group_at(permute(member - first, ties["order"][district]), members, ties)


@kernel(i8(i8, i8, Ties))
def same_group(member: int, lane: int, ties: np.void) -> int:
    """Draw another member of the same group and district, each alike; the member itself if alone."""
    district = district_of(member, ties)
    opening = ties["member_first"][district]
    members = ties["member_first"][district + 1] - opening
    own = permute(member - opening, ties["order"][district])
    group = group_at(own, members, ties)
    first = (members * ties["group_share"][group]) >> 32
    others = ((members * ties["group_share"][group + 1]) >> 32) - first - 1
    if others == 0:
        return member
    place = first + ((lane * others) >> 32)
    if place >= own:
        place += 1
    return int(opening + unpermute(place, ties["order"][district]))


@kernel(i8(i8, i8, Ties))
def same_district(member: int, lane: int, ties: np.void) -> int:
    """Draw anybody of the same district, each with the same chance."""
    district = district_of(member, ties)
    first = ties["member_first"][district]
    return int(first + ((lane * (ties["member_first"][district + 1] - first)) >> 32))
