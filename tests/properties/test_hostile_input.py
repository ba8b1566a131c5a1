"""What the fuzzer reads by the million, a little of it with Hypothesis; sizes and names only claimed."""

from __future__ import annotations

import io
import json
import tempfile
import tracemalloc
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verification.hostile.targets import TARGETS, Read, Target

from demerit.engine.checkpoints import load_checkpoint, save_checkpoint
from demerit.engine.hashlist import write_hash_list
from demerit.errors import FileProblems, RunFolderError, UsageError
from demerit.explain.subjects import read_subject
from demerit.files.commands import write_new
from demerit.regime import Regime
from demerit.regime.load import KIND as REGIMES
from demerit.society.edge_list import read_ties
from demerit.study.branch import read_patch

FAST = [target for target in TARGETS if "extend" not in target.name]
scraps = st.binary(max_size=30) | st.sampled_from(
    [b"\0", b"../../", b"=cmd", b"[[[[", b"9" * 5000, b'{"', b"\xff\xfe", b"\n", b"1e999", b"null"]
)
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1")
PLACES = ("../../etc/passwd", "/etc/passwd", "a/b", "..", ".hidden", "con\0", "")
HEAD = '[regime]\nid = {id}\ntitle = {title}\nbasis = "essay"\nschema_version = 1\nextends = "essay"\n'


@cache
def reader(target: Target) -> tuple[Read, list[bytes]]:
    return target.prepare(), list(target.examples())


@pytest.mark.parametrize("target", FAST, ids=lambda target: target.name)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_whatever_is_read_is_refused_with_words_or_understood(target: Target, data: st.DataObject) -> None:
    read, examples = reader(target)
    whole = data.draw(st.sampled_from(examples))
    at = data.draw(st.integers(0, len(whole)))
    content = whole[:at] + data.draw(scraps) + whole[at + data.draw(st.integers(0, 20)) :]
    with tempfile.TemporaryDirectory() as folder:
        read(content, Path(folder))


@pytest.mark.parametrize("of", ["its shape", "its head"])
def test_a_checkpoint_that_announces_more_than_it_holds_is_refused_in_little_memory(
    of: str, tmp_path: Path
) -> None:
    path = save_checkpoint(tmp_path, 1, {"state": np.arange(3)}, {})
    told = (path / "state.npy").read_bytes()
    if of == "its shape":
        (path / "state.npy").write_bytes(told.replace(b"(3,)", b"(9999999999999,)"))
        meta = (path / "meta.json").read_text()
        assert "3" in meta
        content = json.loads(meta)
        content["arrays"]["state"]["shape"] = [9999999999999]
        (path / "meta.json").write_text(json.dumps(content))
    else:
        (path / "state.npy").write_bytes(told[:8] + b"\xff\xff\xff\xff" + told[12:])
    write_hash_list(path)
    tracemalloc.start()
    try:
        with pytest.raises(RunFolderError, match="cannot be read"):
            load_checkpoint(path)
        assert tracemalloc.get_traced_memory()[1] < 2**22
    finally:
        tracemalloc.stop()


def test_a_checkpoint_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    path = save_checkpoint(tmp_path, 1, {"state": np.arange(3)}, {})
    meta = (path / "meta.json").read_text()
    (path / "meta.json").write_text(meta.replace('"state"', '"../../../state"'))
    write_hash_list(path)
    with pytest.raises(RunFolderError, match="leads elsewhere"):
        load_checkpoint(path)


@pytest.mark.parametrize("name", [*FORMULAS, *PLACES])
def test_an_id_is_a_plain_word(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(HEAD.format(id=json.dumps(name), title='"X"'))
    with pytest.raises(FileProblems):
        Regime.load(path)
    with pytest.raises((FileProblems, UsageError)):
        write_new(REGIMES, name, "essay")
    with pytest.raises(UsageError):
        read_subject(name)


@pytest.mark.parametrize("title", FORMULAS[:4])
def test_a_title_may_be_anything_and_stays_text(title: str, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(HEAD.format(id='"x"', title=json.dumps(title)))
    assert Regime.load(path).data.regime.title == title


def test_ties_that_announce_rows_without_end_are_counted_and_not_read(tmp_path: Path) -> None:
    held = io.BytesIO()
    pl.DataFrame({"tie": ["friend"], "from": ["1"], "to": ["2"]}).write_parquet(held)
    content = held.getvalue()
    for size in (len(content) // 2, len(content) - 9):
        (tmp_path / "x.parquet").write_bytes(content[:size])
        with pytest.raises(FileProblems, match="cannot be read as a table"):
            read_ties(tmp_path / "x.parquet")


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 3000, "{a=" * 2000])
def test_a_patch_with_an_absurd_value_is_text(value: str) -> None:
    assert read_patch(f"score.base={value}") == ("score.base", value)
