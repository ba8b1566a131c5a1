"""Digests that do not depend on order: the sum of 128-bit row hashes modulo 2**128.

Rows may come in any order, from any number of files, threads or shards; parts add up to the whole. A digest
tells two runs apart; it protects against accidents and bugs, not against an adversary (SHA-256 guards the
files).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from demerit.engine.kernel import COMPILED
from demerit.errors import DemeritError

Rows = np.ndarray[Any, Any]
Words = np.ndarray[Any, np.dtype[np.uint64]]

_MODULUS = 1 << 128
_CHUNK_ROWS = 16384
_CHUNK_WORDS = 1 << 19
"""Largest number of words taken at once: 4 MB, twice while they are put in order."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_WHOLE = np.uint64(2**64 - 1)
# Each lane takes the words in its own order, with its own odd factor and shift, so that a change the one lane
# could cancel between two words is seen by the other. The last steps are the finalizer of SplitMix64:
# Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014).
_LANES = (
    (1, np.uint64(0x9E3779B97F4A7C15), np.uint64(32)),
    (-1, np.uint64(0xD6E8FEB86659FD93), np.uint64(29)),
)
_FINAL = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST = np.uint64(31)


@dataclass
class Digest:
    """A running digest: the sum of the hashes of all rows added, and how many there were.

    >>> numbers = np.arange(6)
    >>> forward, backward = Digest(), Digest()
    >>> forward.add(numbers)
    >>> backward.add(numbers[3:]); backward.add(numbers[:3])
    >>> forward == backward, forward.rows, len(forward.hex())
    (True, 6, 32)
    """

    value: int = 0
    rows: int = 0

    def add(self, rows: Rows, name: str = "", ids: np.ndarray[Any, Any] | None = None) -> None:
        """Add rows; see `row_digest` for what a row's hash depends on."""
        self.value = (self.value + row_digest(rows, name, ids)) % _MODULUS
        self.rows += len(np.atleast_1d(rows))

    def merge(self, other: Digest) -> None:
        """Add everything another digest has seen."""
        self.value = (self.value + other.value) % _MODULUS
        self.rows += other.rows

    def hex(self) -> str:
        """Return the digest as 32 hexadecimal digits."""
        return f"{self.value:032x}"


def state_digest(
    arrays: Mapping[str, np.ndarray[Any, Any]],
    ids: Mapping[str, np.ndarray[Any, Any]] | None = None,
) -> Digest:
    """Digest named arrays so that what belongs to whom counts and where it is stored does not.

    Every row (everything under one index of the first dimension) is hashed with its array's name and its
    id, so parts of an array with their ids add up to the whole, in any order.

    Args:
        arrays: any integer, float or structured arrays.
        ids: for an array, the id of each of its rows; without, a row's id is its position.

    >>> whole = state_digest({"points": np.array([5, 7, 9])})
    >>> moved = state_digest({"points": np.array([9, 5, 7])}, {"points": np.array([2, 0, 1])})
    >>> swapped = state_digest({"points": np.array([9, 5, 7])})
    >>> whole == moved, whole == swapped
    (True, False)
    """
    digest = Digest()
    for name, array in arrays.items():
        rows = np.atleast_1d(array)
        keys = None if ids is None else ids.get(name)
        digest.add(rows, name, np.arange(len(rows)) if keys is None else keys)
    return digest


def row_digest(rows: Rows, name: str = "", ids: np.ndarray[Any, Any] | None = None) -> int:
    """Return the sum modulo 2**128 of the hashes of rows.

    A row's hash depends on the bytes of its fields and their places in the record (never on padding), on
    ``name`` and, where given, on its id.

    Args:
        rows: numbers or records, shape ``(rows, ...)``; a row is everything under one first index.
        name: what the rows are, so that equal rows of different arrays differ.
        ids: one integer a row, shape ``(rows,)``.

    Raises:
        TypeError: the rows hold Python objects or big-endian numbers.
        DemeritError: the processor is not little-endian, so that the bits would differ from everyone else's.
        ValueError: ``ids`` has another length than ``rows``.
    """
    if sys.byteorder != "little":
        raise DemeritError("digests are defined on little-endian processors only; this one is big-endian")
    rows = np.atleast_1d(rows)
    if ids is not None and len(ids) != len(rows):
        raise ValueError(f"{name or 'rows'}: {len(ids)} ids for {len(rows)} rows")
    used = _used_bytes(rows.dtype)
    per_item = -(-rows.dtype.itemsize // 8)
    width = per_item * int(np.prod(rows.shape[1:], dtype=np.int64))
    masks = _word_masks(used, per_item)
    if COMPILED and rows.dtype.itemsize == 8 * per_item:
        return _compiled(rows, per_item, width, masks, ids, name)
    step = max(1, min(_CHUNK_ROWS, _CHUNK_WORDS // max(1, width)))
    total = 0
    for first in range(0, len(rows), step):
        words = _words(rows[first : first + step], per_item, masks)
        keys = None if ids is None else ids[first : first + step].astype(np.uint64, copy=False)
        total += _sum_of_hashes(words, keys, name)
    return total % _MODULUS


def _compiled(
    rows: Rows,
    per_item: int,
    width: int,
    masks: tuple[tuple[int, np.uint64], ...],
    ids: np.ndarray[Any, Any] | None,
    name: str,
) -> int:
    """Return the sum of the hashes in one compiled pass over the rows where they lie."""
    from demerit.engine.digest_kernel import sum_of_hashes

    used = np.full(max(width, 1), _WHOLE, np.uint64)
    for place, mask in masks:
        used[place::per_item] = mask
    words = np.ascontiguousarray(rows).reshape(-1).view(np.uint64).reshape(len(rows), width)
    keys = np.zeros(1, np.uint64) if ids is None else np.ascontiguousarray(ids).astype(np.uint64, copy=False)
    sums = np.zeros(4, np.uint64)
    sum_of_hashes(words, used, keys, 0 if ids is None else 1, *_seeds(name), sums)
    low_0, high_0, low_1, high_1 = (int(number) for number in sums)
    return (low_0 + (high_0 << 32) + ((low_1 + (high_1 << 32)) << 64)) % _MODULUS


def _words(rows: Rows, per_item: int, masks: tuple[tuple[int, np.uint64], ...]) -> Words:
    """Return the rows as 64-bit words, shape (words of a row, rows), with padding bytes set to zero."""
    items = np.ascontiguousarray(rows).reshape(-1)
    if items.dtype.itemsize == 8 * per_item:
        flat = items.view(np.uint64)
    else:
        widened = np.zeros((len(items), 8 * per_item), dtype=np.uint8)
        widened[:, : items.dtype.itemsize] = items.view(np.uint8).reshape(len(items), -1)
        flat = widened.reshape(-1).view(np.uint64)
    words: Words = np.array(flat.reshape(len(rows), -1).T, order="C", copy=True)
    for place, mask in masks:
        words[place::per_item] &= mask
    return words


def _sum_of_hashes(words: Words, keys: Words | None, name: str) -> int:
    """Hash every row in two lanes and add the 128-bit numbers up, carries included."""
    count = words.shape[1]
    hashes, moved = np.empty(count, dtype=np.uint64), np.empty(count, dtype=np.uint64)
    sums = []
    for seed, (order, factor, shift) in zip(_seeds(name), _LANES, strict=True):
        hashes.fill(seed)
        if keys is not None:
            _mix(hashes, keys, factor, shift, moved)
        for word in words[::order]:
            _mix(hashes, word, factor, shift, moved)
        _finish(hashes, moved)
        low = int(np.bitwise_and(hashes, _LOW, out=moved).sum())
        sums.append(low + (int(np.right_shift(hashes, _HALF, out=moved).sum()) << 32))
    return sums[0] + (sums[1] << 64)


def _mix(hashes: Words, word: Words, factor: np.uint64, shift: np.uint64, moved: Words) -> None:
    np.bitwise_xor(hashes, word, out=hashes)
    np.multiply(hashes, factor, out=hashes)
    np.right_shift(hashes, shift, out=moved)
    np.bitwise_xor(hashes, moved, out=hashes)


def _finish(hashes: Words, moved: Words) -> None:
    for shift, factor in _FINAL:
        np.right_shift(hashes, shift, out=moved)
        np.bitwise_xor(hashes, moved, out=hashes)
        np.multiply(hashes, factor, out=hashes)
    np.right_shift(hashes, _LAST, out=moved)
    np.bitwise_xor(hashes, moved, out=hashes)


@lru_cache(maxsize=256)
def _seeds(name: str) -> tuple[np.uint64, np.uint64]:
    """Return where each lane starts for rows of this name."""
    start = hashlib.sha256(name.encode()).digest()
    return np.uint64(int.from_bytes(start[:8], "little")), np.uint64(int.from_bytes(start[8:16], "little"))


def _word_masks(used: tuple[bool, ...], per_item: int) -> tuple[tuple[int, np.uint64], ...]:
    """Return the words of an item that hold padding, each with a mask of its used bytes."""
    padded = np.zeros(8 * per_item, dtype=np.uint8)
    padded[: len(used)] = np.where(used, 255, 0)
    masks = padded.view(np.uint64)
    return tuple((place, mask) for place, mask in enumerate(masks) if mask != _WHOLE)


@lru_cache(maxsize=256)
def _used_bytes(dtype: np.dtype[Any]) -> tuple[bool, ...]:
    """Tell for every byte of an item whether a field uses it."""
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return _used_bytes(base) * int(np.prod(shape, dtype=np.int64))
    if dtype.fields is None:
        if dtype.hasobject or dtype.byteorder == ">":
            raise TypeError(f"rows of {dtype} have no digest; use little-endian numbers or records of them")
        return (True,) * dtype.itemsize
    used = [False] * dtype.itemsize
    for field in dtype.fields.values():
        inner = _used_bytes(field[0])
        used[field[1] : field[1] + len(inner)] = inner
    return tuple(used)
