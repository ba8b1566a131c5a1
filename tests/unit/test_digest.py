"""Digests that do not depend on order, against a calculation in plain integers, one row at a time."""

from __future__ import annotations

import hashlib
import itertools
import struct
import sys
import tracemalloc
from typing import Any

import numpy as np
import pytest

from demerit.engine.digest import Digest, row_digest, state_digest
from demerit.errors import DemeritError

RECORD = np.dtype(
    [("id", "i8"), ("cause", "i8"), ("day", "u2"), ("what", "u1"), ("points", "i4")], align=True
)
PACKED = "<qqHBxi"
"""The same record as `struct` lays it out, padding as zeros; three 8-byte words."""

M64 = (1 << 64) - 1


def plain_hash(content: bytes, name: str = "", identity: int | None = None) -> int:
    """Hash the bytes of one row, a whole number of words, as the definition says."""
    words = list(struct.unpack(f"<{len(content) // 8}Q", content))
    seeds = struct.unpack("<2Q", hashlib.sha256(name.encode()).digest()[:16])
    lanes = []
    for seed, order, factor, shift in (
        (seeds[0], words, 0x9E3779B97F4A7C15, 32),
        (seeds[1], words[::-1], 0xD6E8FEB86659FD93, 29),
    ):
        value = seed
        for word in [*([] if identity is None else [identity]), *order]:
            value = (value ^ word) * factor & M64
            value ^= value >> shift
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & M64
        value = (value ^ value >> 27) * 0x94D049BB133111EB & M64
        lanes.append(value ^ value >> 31)
    return lanes[0] + (lanes[1] << 64)


def some_rows(count: int, seed: int = 1) -> np.ndarray[Any, Any]:
    """Make records with every bit, padding included, at random."""
    content = np.random.default_rng(seed).bytes(count * RECORD.itemsize)
    return np.frombuffer(content, dtype=RECORD).copy()


def test_a_digest_is_the_sum_of_row_hashes_with_all_carries() -> None:
    rows = some_rows(50)
    expected = sum(plain_hash(struct.pack(PACKED, *row)) for row in rows.tolist())
    assert expected > 1 << 128  # the sum does wrap around
    assert row_digest(rows) == expected % (1 << 128)


def test_ids_and_names_enter_the_hash() -> None:
    values = np.array([5, 7], dtype=np.uint16)
    expected = sum(
        plain_hash(struct.pack("<Hxxxxxx", value), "points", identity) for value, identity in ((5, 3), (7, 1))
    )
    assert row_digest(values, "points", np.array([3, 1])) == expected % (1 << 128)


def test_the_bits_are_the_same_everywhere_and_change_only_on_purpose() -> None:
    rows = np.zeros(3, dtype=RECORD)
    rows["id"], rows["cause"], rows["day"] = (1, -2, 3), (1 << 62, 0, -1), (0, 9, 65535)
    digest = Digest()
    digest.add(rows)
    assert digest.hex() == "177818363b3b05ab36041120a7c2af92"
    assert (
        state_digest({"state": rows, "months": np.arange(12.0).reshape(6, 2)}).hex()
        == "a1f678fc7ddbff24ec96480fa75cf849"
    )


def test_padding_does_not_matter() -> None:
    rows = some_rows(20)
    clean = np.zeros(20, dtype=RECORD)
    for name in RECORD.names or ():
        clean[name] = rows[name]
    assert rows.tobytes() != clean.tobytes()
    assert row_digest(rows) == row_digest(clean)


def test_padding_in_the_last_partial_word_does_not_matter() -> None:
    ragged = np.dtype({"names": ["a", "b"], "formats": ["u2", "u1"], "offsets": [0, 9], "itemsize": 12})
    rows = np.frombuffer(np.random.default_rng(2).bytes(12 * 9), dtype=ragged).copy()
    clean = np.zeros(9, dtype=ragged)
    clean["a"], clean["b"] = rows["a"], rows["b"]
    assert rows.tobytes() != clean.tobytes()
    assert row_digest(rows) == row_digest(clean)


def test_every_bit_of_every_field_matters() -> None:
    row = some_rows(1)
    seen = {row_digest(row)}
    used = 0
    for name in RECORD.names or ():
        for bit in range(8 * RECORD[name].itemsize):
            changed = row.copy()
            changed[name] ^= np.array(1 << bit, dtype=f"u{RECORD[name].itemsize}").view(RECORD[name])
            seen.add(row_digest(changed))
            used += 1
    assert len(seen) == used + 1 == 8 * (8 + 8 + 2 + 1 + 4) + 1


def test_changes_that_one_lane_would_cancel_between_two_words_are_seen() -> None:
    # A change of bit 63 stays in bit 63 under any odd factor, and a shift copies it to one bit more.
    row = np.array([[11, 22, 33]], dtype=np.uint64)
    tops = [1 << 63, 1 << 31, 1 << 34, (1 << 63) | (1 << 31), (1 << 63) | (1 << 34)]
    changes = [0, *tops]
    digests = set()
    for words in itertools.product(changes, repeat=3):
        digests.add(row_digest(row ^ np.array([words], dtype=np.uint64)))
    assert len(digests) == len(changes) ** 3


def test_every_bit_of_a_row_hash_is_set_about_half_of_the_time() -> None:
    count = 1024
    sums = np.zeros(128)
    for number in range(count):
        value = row_digest(np.array([number]))
        sums += [(value >> bit) & 1 for bit in range(128)]
    assert abs(sums - count / 2).max() < 5 * (count / 4) ** 0.5  # five standard deviations, 128 bits


def test_rows_beyond_a_chunk_are_the_sum_of_their_parts() -> None:
    rows = some_rows(40_000)
    whole = Digest()
    whole.add(rows)
    parts = [Digest() for _ in range(3)]
    for part, piece in zip(parts, np.array_split(rows[::-1], 3), strict=True):
        part.add(piece)
    for part in parts[1:]:
        parts[0].merge(part)
    assert parts[0] == whole
    assert whole.rows == 40_000


def test_rows_that_do_not_lie_together_in_memory_digest_alike() -> None:
    rows = some_rows(64)
    assert row_digest(rows[::2]) == row_digest(rows[::2].copy())


def test_memory_stays_small_whatever_the_number_of_rows() -> None:
    rows = some_rows(500_000)
    wide = np.zeros((400, 4_000), dtype=np.int64)
    row_digest(rows[:100])
    tracemalloc.start()
    try:
        row_digest(rows)
        row_digest(wide[:, :2_000])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16e6


def test_a_state_knows_who_has_what_but_not_where_it_is_stored() -> None:
    rows = some_rows(100)
    order = np.random.default_rng(3).permutation(100)
    whole = state_digest({"state": rows})
    assert state_digest({"state": rows[order]}, {"state": order}) == whole
    assert state_digest({"state": rows[order]}) != whole
    assert state_digest({"other": rows}) != whole
    shards = state_digest({"state": rows[:30]})
    shards.merge(state_digest({"state": rows[30:]}, {"state": np.arange(30, 100)}))
    assert shards == whole


def test_numbers_with_several_dimensions_and_single_numbers_have_digests() -> None:
    flows = np.arange(24, dtype=np.int32).reshape(4, 3, 2)
    assert state_digest({"flows": flows}).rows == 4
    assert row_digest(flows) != row_digest(flows.transpose(0, 2, 1))
    assert state_digest({"day": np.int64(3)}) == state_digest({"day": np.array([3])})
    assert state_digest({"none": np.zeros(0)}).value == 0


def test_what_has_no_fixed_bytes_has_no_digest() -> None:
    with pytest.raises(TypeError, match="little-endian numbers"):
        row_digest(np.array([{}, []], dtype=object))
    with pytest.raises(TypeError, match="little-endian numbers"):
        row_digest(np.zeros(2, dtype=[("a", ">i4")]))
    with pytest.raises(ValueError, match="points: 3 ids for 2 rows"):
        row_digest(np.zeros(2), "points", np.arange(3))


def test_a_processor_with_other_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "byteorder", "big")
    with pytest.raises(DemeritError, match="this one is big-endian"):
        row_digest(np.zeros(2))
