"""Random numbers are the published Philox4x32-10, and no decision shares its numbers with another."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import demerit
from demerit.catalogue.purposes import Purpose
from demerit.engine.draws import below, draw, philox

WORD = st.integers(0, 2**32 - 1)

# Salmon, Moraes, Dror and Shaw (2011), known-answer tests of philox4x32-10: counter, key, result
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text: str) -> tuple[int, ...]:
    return tuple(int(word, 16) for word in text.split())


@pytest.mark.parametrize(("counter", "key", "result"), KNOWN)
def test_philox_gives_the_published_answers(counter: str, key: str, result: str) -> None:
    assert tuple(philox(*words(counter), *words(key))) == words(result)


@given(st.tuples(WORD, WORD, WORD, WORD), st.tuples(WORD, WORD))
def test_philox_agrees_with_arithmetic_on_whole_numbers(
    counter: tuple[int, ...], key: tuple[int, ...]
) -> None:
    x, (a, b) = list(counter), key
    for _ in range(10):
        product, other = 0xD2511F53 * x[0], 0xCD9E8D57 * x[2]
        x = [(other >> 32) ^ x[1] ^ a, other % 2**32, (product >> 32) ^ x[3] ^ b, product % 2**32]
        a, b = (a + 0x9E3779B9) % 2**32, (b + 0xBB67AE85) % 2**32
    assert list(philox(*counter, *key)) == x


@given(st.integers(0, 2**62), st.integers(1, 60), WORD, WORD, WORD)
def test_a_draw_is_keyed_by_seed_purpose_subject_day_and_counter(
    seed: int, purpose: int, subject: int, day: int, counter: int
) -> None:
    assert draw(seed, purpose, subject, day, counter) == philox(
        subject, day, purpose, counter, seed % 2**32, seed >> 32
    )


@given(WORD, st.integers(1, 2**31))
def test_a_draw_below_a_bound_is_its_share_of_the_bound(lane: int, bound: int) -> None:
    assert below(lane, bound) == lane * bound // 2**32


def test_no_purpose_serves_two_decisions() -> None:
    # each purpose is named once in the whole source, where its draw is made, and no draw takes a bare number
    named: Counter[str] = Counter()
    drawn: list[str] = []
    for path in Path(demerit.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Purpose":
                named[node.attr] += 1
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "draw":
                drawn.append(f"{path.name}: {ast.unparse(node.args[1])}")
    # a household's size and home are one draw, read where homes are counted and where they are settled; and
    # what a week has brought, of which nothing is kept, is drawn again where a claim asks for it
    assert {name for name, times in named.items() if times > 1} <= {"HOUSEHOLD", "ACCESS", "COUNTER"}
    assert set(named) == {purpose.name for purpose in Purpose}
    assert drawn
    assert not [place for place in drawn if place.split(": ")[1].isdigit()]
    assert len({int(purpose) for purpose in Purpose}) == len(Purpose)


def test_lanes_of_a_draw_are_uniform_and_independent() -> None:
    lanes = np.array([draw(7, int(Purpose.CHOICE), person, 3, 0) for person in range(20_000)]) / 2**32
    # standard errors: of a mean .00204, of a correlation .00707
    assert np.abs(lanes.mean(0) - 0.5).max() < 4 * 0.00204
    assert np.abs(np.corrcoef(lanes.T) - np.eye(4)).max() < 4 * 0.00707
