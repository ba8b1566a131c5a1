"""Friends: closed circles of a few people, many of them of one kind, and matchings at random beyond them.

In a circle everyone knows everyone, which makes friends of friends friends; the matchings tie circles
together. A chosen share of adults find their circle within hukou and fifth of income, the others with
anybody. Children have no friends here: they are not scored and meet no situations.
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.columns import PERSON_DTYPE
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.words import CHILD, FIFTHS, HUKOU
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import array, i8, kernel, records, u4, void
from demerit.engine.permutation import PERMUTATION_DTYPE, Permutation, permute, set_permutation
from demerit.society.blocks import BLOCK, block_count, number_on
from demerit.society.crew import Crew
from demerit.society.plan import Plan
from demerit.society.population_types import Ties

_CIRCLE = int(Purpose.CIRCLE)
_FRIENDS = int(Purpose.FRIENDS)
_People = records(PERSON_DTYPE)
_Bytes = records(np.dtype(np.uint8))

MIXED = len(HUKOU) * len(FIFTHS)
"""Kind of those who find friends regardless of kind; the kinds below are one hukou and fifth each."""
KINDS = MIXED + 1
NOBODY = 255


def circle_size(ties: Ties) -> int:
    """Return the people of a circle, whose members are all friends; never more than friends allow."""
    return max(1, min(round(float(ties.circle_size)), round(float(ties.friends)) + 1))


def own_kind_share(ties: Ties) -> float:
    """Return the share of adults whose circle is of their own kind, for friends as alike as the file says.

    Only friends in such circles are alike by choice, so it is divided by the part of friends in circles.
    """
    in_circle = circle_size(ties) - 1
    return (
        min(1.0, float(ties.assortativity) * round(float(ties.friends)) / in_circle) if in_circle > 0 else 0.0
    )


@kernel(void(i8, i8, i8, i8, Plan, _People, _Bytes, array(i8, 2)))
def sort_kinds(
    start: int,
    stop: int,
    seed: int,
    origin: int,
    plan: np.void,
    person: np.ndarray,
    kinds: np.ndarray,
    counts: np.ndarray,
) -> None:
    """Decide the kind of the adults of blocks ``start … stop - 1`` and count them by it."""
    for block in range(start, stop):
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(person))):
            if i64(person[citizen]["stratum"]) == CHILD:
                kinds[citizen] = NOBODY
                continue
            kind = MIXED
            if draw(seed, _CIRCLE, origin + citizen, 0, 0)[0] < plan["own_kind"]:
                kind = i64(person[citizen]["hukou"]) * len(FIFTHS) + i64(person[citizen]["fifth"])
            kinds[citizen] = kind
            counts[block, kind] += 1


@kernel(void(i8, i8, _Bytes, array(i8, 2), array(i8), records(PERMUTATION_DTYPE), array(u4)))
def line_up_by_kind(
    start: int,
    stop: int,
    kinds: np.ndarray,
    numbers: np.ndarray,
    first: np.ndarray,
    orders: np.ndarray,
    line: np.ndarray,
) -> None:
    """Put the adults of blocks ``start … stop - 1`` in line by kind, within a kind in permuted order."""
    for block in range(start, stop):
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(kinds))):
            kind = i64(kinds[citizen])
            if kind != NOBODY:
                number = numbers[block, kind]
                numbers[block, kind] = number + 1
                line[first[kind] + permute(number, orders[kind])] = citizen


@kernel(void(i8, i8, i8, i8, i8, array(u4), array(u4, 2)))
def close_circles(
    start: int, stop: int, origin: int, size: int, adults: int, line: np.ndarray, friends: np.ndarray
) -> None:
    """Make everyone of circles ``start … stop - 1`` (runs of ``size`` in line) friends of each other."""
    for circle in range(start, stop):
        low = circle * size
        high = min(low + size, adults)
        for one in range(low, high):
            place = 0
            for other in range(low, high):
                if other != one:
                    friends[i64(line[one]), place] = origin + i64(line[other]) + 1
                    place += 1


@kernel(void(i8, i8, _Bytes, array(i8, 2), Permutation, array(u4)))
def line_up_adults(
    start: int, stop: int, kinds: np.ndarray, numbers: np.ndarray, order: np.void, line: np.ndarray
) -> None:
    """Put the adults of blocks ``start … stop - 1`` in line in permuted order."""
    for block in range(start, stop):
        number = numbers[block, 0]
        for citizen in range(block * BLOCK, min(block * BLOCK + BLOCK, len(kinds))):
            if i64(kinds[citizen]) != NOBODY:
                line[permute(number, order)] = citizen
                number += 1


@kernel(void(i8, i8, i8, i8, array(u4), array(u4, 2)))
def tie_pairs(start: int, stop: int, origin: int, column: int, line: np.ndarray, friends: np.ndarray) -> None:
    """Make pairs ``start … stop - 1`` in line friends, unless they are friends already."""
    for pair in range(start, stop):
        one = i64(line[2 * pair])
        other = i64(line[2 * pair + 1])
        known = 0
        for earlier in range(column):
            if i64(friends[one, earlier]) == origin + other + 1:
                known = 1
        if known == 0:
            friends[one, column] = origin + other + 1
            friends[other, column] = origin + one + 1


def befriend(
    crew: Crew,
    plan: np.void,
    ties: Ties,
    seed: int,
    origin: int,
    person: np.ndarray,
    line: np.ndarray,
    friends: np.ndarray,
) -> None:
    """Fill in everybody's friends, citizen + 1 and 0 for none; friendship is mutual and within a province.

    Args:
        crew: threads.
        plan: the plan's record.
        ties: ties of the society file.
        seed: the run's seed.
        origin: number of the first citizen of the province.
        person: citizens of the province with their fifth, shape (N,).
        line: room for a list of all adults; what it holds is of no use afterwards.
        friends: noughts of shape (N, friends), filled in.
    """
    blocks, size = block_count(len(person)), circle_size(ties)
    kinds = np.empty(len(person), dtype=np.uint8)
    counts = np.zeros((blocks, KINDS), dtype=np.int64)
    crew.share(blocks, lambda start, stop: sort_kinds(start, stop, seed, origin, plan, person, kinds, counts))
    numbers = np.ascontiguousarray(counts.sum(axis=1, keepdims=True))
    totals = number_on(counts)
    (adults,) = number_on(numbers)
    orders = np.zeros(KINDS, dtype=PERMUTATION_DTYPE)
    for kind, total in enumerate(totals):
        set_permutation(orders[kind], seed, _FRIENDS, origin + kind, total)
    first = np.cumsum([0, *totals], dtype=np.int64)
    crew.share(blocks, lambda start, stop: line_up_by_kind(start, stop, kinds, counts, first, orders, line))
    crew.share(
        -(-adults // size),
        lambda start, stop: close_circles(start, stop, origin, size, adults, line, friends),
    )
    for column in range(size - 1, friends.shape[1]):
        order = np.zeros(1, dtype=PERMUTATION_DTYPE)[0]
        set_permutation(order, seed, _FRIENDS, origin + KINDS + column, adults)
        _match(crew, origin, column, order, kinds, numbers, line, friends)


def _match(
    crew: Crew,
    origin: int,
    column: int,
    order: np.void,
    kinds: np.ndarray,
    numbers: np.ndarray,
    line: np.ndarray,
    friends: np.ndarray,
) -> None:
    """Give every adult (but one of an odd number) one more friend at random."""
    crew.share(len(numbers), lambda start, stop: line_up_adults(start, stop, kinds, numbers, order, line))
    pairs = int(order["size"]) // 2
    crew.share(pairs, lambda start, stop: tie_pairs(start, stop, origin, column, line, friends))
