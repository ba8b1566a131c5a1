"""Packed accounts give back what they were given, and touch nobody else's."""

from __future__ import annotations

import numpy as np
import pytest

from demerit.catalogue.columns import ACCOUNTS_DTYPE
from demerit.catalogue.packed import FIRST_LIST, PACKED_ACCOUNTS_DTYPE
from demerit.catalogue.rules import RULES_DTYPE
from demerit.catalogue.words import LISTS, SCORES, SLOTS, SUBJECTS
from demerit.simulation.accounts import KeptAccounts, packed_bytes

COUNTS = (9, 1, 5, 0, 3)


def rules_with(rng: np.random.Generator) -> np.void:
    rules = np.zeros(1, RULES_DTYPE)[0]
    for name, most in (("lists", LISTS), ("slots", SLOTS), ("scores", SCORES)):
        rules[name] = rng.integers(0, most + 1, len(SUBJECTS))
    return rules


def accounts_under(rules: np.void, rng: np.random.Generator) -> np.ndarray:
    """Draw accounts of all subjects that use no more than the rules give their kind."""
    parts = []
    for kind, count in enumerate(COUNTS):
        full = np.zeros(count, ACCOUNTS_DTYPE)
        for name in ACCOUNTS_DTYPE.names or ():
            column = full[name]
            most = min(int(np.iinfo(column.dtype).max), 10**9)
            column[...] = rng.integers(0, most, column.shape)
        full["points"][:, int(rules["slots"][kind]) :] = 0
        full["composite"][:, int(rules["scores"][kind]) :] = 0
        full["listed_until"][:, int(rules["lists"][kind]) :] = 0
        parts.append(full)
    return np.concatenate(parts)


@pytest.mark.parametrize("seed", range(20))
def test_packed_accounts_give_back_what_they_were_given(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rules = rules_with(rng)
    accounts = accounts_under(rules, rng)
    kept = KeptAccounts(COUNTS, rules, rules)
    kept.take(accounts)
    assert np.array_equal(np.concatenate([kept.full(kind) for kind in range(len(SUBJECTS))]), accounts)
    assert np.array_equal(np.concatenate([part for _, part in kept.parts()]), accounts)
    assert kept.nbytes == sum(
        count * packed_bytes(*(int(rules[name][kind]) for name in ("lists",)), systems)[1]
        for kind, count in enumerate(COUNTS)
        for systems in [int(rules["slots"][kind] + rules["scores"][kind])]
    )


def test_a_record_reaches_as_far_as_the_next_one_and_no_further() -> None:
    rules = np.zeros(1, RULES_DTYPE)[0]
    rules["lists"], rules["slots"], rules["scores"] = 1, 6, 1
    kept = KeptAccounts(COUNTS, rules, rules)
    mine, next_one = kept.of(0)[3], kept.of(0)[4]
    next_one["listed_until"][FIRST_LIST] = 65535
    mine["sums"][6] = -(2**31)
    mine["listed_until"][FIRST_LIST] = 1
    mine["restored"] = 255
    assert next_one["listed_until"][FIRST_LIST] == 65535
    assert mine["sums"][6] == -(2**31)
    others = np.delete(kept.full(0), 3)
    others["listed_until"][3, 0] = 0
    assert not others.view("u1").any()


def test_distances_are_what_a_kind_uses() -> None:
    assert packed_bytes(LISTS, SLOTS + SCORES)[1] != PACKED_ACCOUNTS_DTYPE.itemsize
    assert packed_bytes(0, 0) == (4, 16)
    assert packed_bytes(1, 7) == packed_bytes(0, 7) == (4, 44)
    assert packed_bytes(2, 3) == packed_bytes(3, 3) == (0, 32)
