"""Checkpoints: what is loaded is what was saved, bit for bit, or an error names the file."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import numba as nb
import numpy as np
import pytest

from demerit.catalogue.columns import TABLES
from demerit.engine.checkpoints import latest_checkpoint, load_checkpoint, save_checkpoint
from demerit.engine.hashlist import HASH_LIST, write_hash_list
from demerit.errors import RunFolderError

INNER = np.dtype([("day", "u2"), ("points", "i4")], align=True)
NESTED = np.dtype([("n", "i8", (2, 3)), ("kind", "u1"), ("box", INNER, 4), ("last", INNER)], align=True)


def random_array(dtype: np.dtype[Any], shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """Fill an array with random bytes, padding included."""
    count = int(np.prod(shape))
    content = np.random.default_rng(7).bytes(count * dtype.itemsize)
    return np.frombuffer(content, dtype=dtype, count=count).reshape(shape).copy()


def small_checkpoint(folder: Path, day: int) -> Path:
    return save_checkpoint(
        folder, day, {"state": np.arange(day, day + 9), "flows": np.zeros(3)}, {"seed": day}
    )


def test_arrays_come_back_with_their_values_types_and_shapes(tmp_path: Path) -> None:
    arrays = {table.name: random_array(table.dtype(), (17,)) for table in TABLES}
    arrays |= {
        "nested": random_array(NESTED, (5,)),
        "flows": random_array(np.dtype("i8"), (3, 4, 5)),
        "beliefs": random_array(np.dtype("u2"), (6, 7))[:, ::2],
        "turned": random_array(np.dtype("i4"), (6, 7)).T,
        "empty": np.zeros((0, 4), dtype=INNER),
        "one.number": np.array(2**40),
        "yes-or-no": np.array([True, False]),
    }
    meta = {"ledger": {"digest": "0" * 32, "parts": []}, "seed": 2**62, "share": 0.1}
    path = save_checkpoint(tmp_path, 3650, arrays, meta)
    assert path == tmp_path / "checkpoints" / "day-003650"
    day, loaded, kept = load_checkpoint(path)
    assert (day, kept) == (3650, meta)
    assert list(loaded) == list(arrays)
    for name, array in arrays.items():
        assert loaded[name].dtype == array.dtype
        assert loaded[name].shape == array.shape
        assert loaded[name].tobytes() == np.ascontiguousarray(array).tobytes()
        assert loaded[name].flags.writeable


def test_compiled_code_takes_a_loaded_record_for_the_saved_one(tmp_path: Path) -> None:
    tables = {table.name: np.zeros(2, dtype=table.dtype()) for table in TABLES} | {
        "nested": np.zeros(1, NESTED)
    }
    _, loaded, _ = load_checkpoint(save_checkpoint(tmp_path, 1, tables, {}))
    for name, table in tables.items():
        assert nb.from_dtype(loaded[name].dtype) == nb.from_dtype(table.dtype)


def test_files_are_plain_arrays_that_numpy_reads_without_pickle(tmp_path: Path) -> None:
    path = small_checkpoint(tmp_path, 5)
    assert np.load(path / "state.npy", allow_pickle=False).tolist() == list(range(5, 14))
    assert sorted(file.name for file in path.iterdir()) == [HASH_LIST, "flows.npy", "meta.json", "state.npy"]
    assert str(tmp_path) not in (path / "meta.json").read_text()


def test_every_altered_byte_is_found_and_its_file_named(tmp_path: Path) -> None:
    path = small_checkpoint(tmp_path, 5)
    for file in sorted(path.iterdir()):
        content = file.read_bytes()
        for place in range(len(content)):
            altered = bytearray(content)
            altered[place] ^= 1 << place % 8
            file.write_bytes(altered)
            assert latest_checkpoint(tmp_path) is None
        name = file.name if file.name != HASH_LIST else ""
        with pytest.raises(RunFolderError, match=f"day-000005 cannot be used:\n  {name}"):
            load_checkpoint(path)
        file.write_bytes(content)
        file.rename(tmp_path / "aside")
        with pytest.raises(RunFolderError, match=f"{file.name}: missing"):
            load_checkpoint(path)
        (tmp_path / "aside").rename(file)
    assert latest_checkpoint(tmp_path) == path


def test_an_array_that_is_not_what_the_description_says_is_refused_by_name(tmp_path: Path) -> None:
    path = small_checkpoint(tmp_path, 5)
    np.save(path / "flows.npy", np.zeros(4))
    write_hash_list(path)
    with pytest.raises(
        RunFolderError, match=r"flows\.npy holds float64 of shape \(4,\); meta\.json says .* \(3,\)"
    ):
        load_checkpoint(path)
    (path / "flows.npy").write_bytes(b"no array")
    write_hash_list(path)
    with pytest.raises(RunFolderError, match=r"flows\.npy cannot be read"):
        load_checkpoint(path)
    (path / "meta.json").write_text(json.dumps({"day": 5}))
    write_hash_list(path)
    with pytest.raises(RunFolderError, match=r"meta\.json does not describe a checkpoint"):
        load_checkpoint(path)


def test_the_newest_that_verifies_is_taken(tmp_path: Path) -> None:
    assert latest_checkpoint(tmp_path) is None
    older, newer = small_checkpoint(tmp_path, 90), small_checkpoint(tmp_path, 1000)
    assert latest_checkpoint(tmp_path) == newer
    (newer / "state.npy").unlink()
    (tmp_path / "checkpoints" / "day-002000.tmp").mkdir()
    assert latest_checkpoint(tmp_path) == older
    assert load_checkpoint(older)[0] == 90


def test_the_newest_two_are_kept(tmp_path: Path) -> None:
    for day in (10, 20, 30, 40, 40):
        small_checkpoint(tmp_path, day)
    assert sorted(path.name for path in (tmp_path / "checkpoints").iterdir()) == ["day-000030", "day-000040"]


@pytest.mark.parametrize("at", range(1, 10))
def test_a_full_disk_at_any_moment_leaves_the_checkpoint_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before = small_checkpoint(tmp_path, 10)
    calls = 0
    sync = os.fsync

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RunFolderError, match="no space is left on the disk"):
        small_checkpoint(tmp_path, 20)
    assert [path.name for path in (tmp_path / "checkpoints").iterdir()] == ["day-000010"]
    assert latest_checkpoint(tmp_path) == before


def test_what_is_no_checkpoint_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(
        RunFolderError, match=r"is not a checkpoint; give a folder like checkpoints/day-003650"
    ):
        load_checkpoint(tmp_path / "checkpoints" / "day-000001")


@pytest.mark.parametrize(
    ("arrays", "day", "message"),
    [
        ({"a": np.array([{}], dtype=object)}, 1, "array 'a' holds Python objects"),
        ({"../a": np.zeros(1)}, 1, "array name '../a' must be lower-case letters"),
        ({"A": np.zeros(1)}, 1, "array name 'A' must be lower-case letters"),
        ({}, -1, "checkpoint day must be 0 to 999999; got -1"),
        ({}, 1_000_000, "got 1000000"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    tmp_path: Path, arrays: dict[str, np.ndarray[Any, Any]], day: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        save_checkpoint(tmp_path, day, arrays, {})
    assert list(tmp_path.iterdir()) == []
