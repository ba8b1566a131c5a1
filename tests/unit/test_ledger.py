"""The ledger on disk: what is appended is read back, whole or with a clear error."""

from __future__ import annotations

import errno
import os
import threading
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from demerit.engine.background import Background
from demerit.engine.digest import row_digest
from demerit.engine.ledger import LedgerState, LedgerWriter, read_ledger
from demerit.engine.ledger_columns import LedgerColumn
from demerit.engine.ledger_frames import description, frame_of
from demerit.errors import RunFolderError

START = date(2014, 11, 1)
ROW = np.dtype([("id", "i8"), ("points", "i4"), ("day", "u2"), ("what", "u1"), ("where", "u1")], align=True)
WHAT = ("record", "credit", "loss")
COLUMNS = (
    LedgerColumn.stored("id"),
    LedgerColumn.dated("date", START),
    LedgerColumn.coded("what", WHAT),
    LedgerColumn.coded("where", ("road", "money"), none=255),
    LedgerColumn.stored("points"),
)


def rows_of(days: list[int] | range, each: int = 1) -> np.ndarray[Any, Any]:
    """Make some rows for each day, every one different."""
    rows = np.zeros(len(days) * each, dtype=ROW)
    rows["day"] = np.repeat(np.array(days, dtype=np.uint16), each)
    rows["id"] = rows["day"].astype(np.int64) * 1000 + np.arange(len(rows))
    rows["points"] = -(np.arange(len(rows)) % 7)
    rows["what"] = np.arange(len(rows)) % 3
    rows["where"] = np.array([0, 1, 255])[np.arange(len(rows)) % 3]
    return rows


def writer_at(folder: Path, state: LedgerState | None = None, part_rows: int = 1000) -> LedgerWriter:
    return LedgerWriter(folder, START, COLUMNS, ROW, state=state, part_rows=part_rows)


def test_rows_come_back_as_dates_and_words(tmp_path: Path) -> None:
    rows = rows_of(range(5))
    with writer_at(tmp_path) as writer:
        writer.append(rows, day=4)
    frame = read_ledger(tmp_path).collect()
    assert frame.columns == ["id", "date", "what", "where", "points"]
    assert frame["id"].to_list() == rows["id"].tolist()
    assert frame["date"].to_list() == [START + timedelta(days=day) for day in range(5)]
    assert frame["what"].to_list() == ["record", "credit", "loss", "record", "credit"]
    assert frame["where"].to_list() == ["road", "money", None, "road", "money"]
    assert frame["points"].to_list() == [0, -1, -2, -3, -4]


def test_a_year_has_its_own_files_and_a_file_its_limit(tmp_path: Path) -> None:
    writer = writer_at(tmp_path, part_rows=50)
    for first in range(0, 460, 23):  # a chunk of 23 days lies over each turn of the year
        writer.append(rows_of(range(first, first + 23), each=2), day=first + 22)
    summary = writer.close()
    sizes = {name: pl.read_parquet(tmp_path / "ledger" / name).height for name in summary.files}
    years = {
        year: sum(rows for name, rows in sizes.items() if name.startswith(year))
        for year in ("2014", "2015", "2016")
    }
    assert years == {"2014": 61 * 2, "2015": 365 * 2, "2016": 34 * 2}
    assert max(sizes.values()) == 50
    assert [name for name in summary.files if name.startswith("2014")] == [
        f"2014-{n:03d}.parquet" for n in range(3)
    ]
    dates = read_ledger(tmp_path).collect()["date"]
    assert dates.is_sorted()
    for name in summary.files:
        frame = pl.read_parquet(tmp_path / "ledger" / name)
        assert frame["date"].dt.year().unique().to_list() == [int(name[:4])]


def test_the_digest_is_that_of_the_rows_however_they_were_cut(tmp_path: Path) -> None:
    rows = rows_of(range(100), each=3)
    digests = set()
    for number, cut in enumerate((1, 7, 100)):
        with writer_at(tmp_path / str(number), part_rows=40) as writer:
            for first in range(0, 100, cut):
                writer.append(rows[3 * first : 3 * (first + cut)], day=min(first + cut, 100) - 1)
        summary = writer.close()
        digests.add(summary.digest)
        assert summary.rows == 300
    assert digests == {f"{row_digest(rows):032x}"}


def test_the_caller_may_write_over_rows_it_has_appended(tmp_path: Path) -> None:
    desk = rows_of([0])
    with writer_at(tmp_path) as writer:
        for day in range(3):
            desk["day"], desk["id"] = day, day
            writer.append(desk, day)
    assert read_ledger(tmp_path).collect()["id"].to_list() == [0, 1, 2]


def test_a_ledger_without_rows_still_has_its_columns(tmp_path: Path) -> None:
    with writer_at(tmp_path) as writer:
        writer.append(rows_of([]), day=9)
    assert writer.close().rows == 0
    frame = read_ledger(tmp_path).collect()
    assert frame.height == 0
    assert frame.schema["date"] == pl.Date()
    assert frame.schema["what"] == pl.Enum(WHAT)


def test_a_ledger_taken_up_at_a_checkpoint_equals_one_written_straight(tmp_path: Path) -> None:
    rows = rows_of(range(120), each=4)
    straight, broken = tmp_path / "straight", tmp_path / "broken"
    with writer_at(straight, part_rows=100) as writer:
        writer.append(rows[: 4 * 50], day=49)
        kept = writer.flush()
        writer.append(rows[4 * 50 :], day=119)
    expected = writer.close()

    writer = writer_at(broken, part_rows=100)
    writer.append(rows[: 4 * 50], day=49)
    state = writer.flush()
    assert state == kept
    writer.append(rows[4 * 50 : 4 * 90], day=89)
    writer.flush()  # a later checkpoint that the run does not go back to
    (broken / "ledger" / "2015-009.parquet.tmp").write_bytes(b"half")
    assert len(list((broken / "ledger").iterdir())) > len(state["parts"]) + 1

    with writer_at(broken, state, part_rows=100) as writer:
        left = sorted(path.name for path in (broken / "ledger").iterdir())
        assert left == [part["name"] for part in state["parts"]]
        writer.append(rows[4 * 50 :], day=119)
    assert writer.close() == expected
    assert read_ledger(broken).collect().equals(read_ledger(straight).collect())
    for name in expected.files:
        assert (broken / "ledger" / name).read_bytes() == (straight / "ledger" / name).read_bytes()


def test_a_part_altered_since_the_checkpoint_is_not_built_upon(tmp_path: Path) -> None:
    writer = writer_at(tmp_path)
    writer.append(rows_of(range(10)), day=9)
    state = writer.flush()
    part = tmp_path / "ledger" / "2014-000.parquet"
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)
    with pytest.raises(RunFolderError, match=r"ledger/2014-000\.parquet was altered since the checkpoint"):
        writer_at(tmp_path, state)
    part.unlink()
    with pytest.raises(RunFolderError, match=r"ledger/2014-000\.parquet is missing"):
        writer_at(tmp_path, state)


def test_a_second_ledger_is_not_begun_over_the_first(tmp_path: Path) -> None:
    with writer_at(tmp_path) as writer:
        writer.append(rows_of([1]), day=1)
    with pytest.raises(RunFolderError, match="holds a ledger already"):
        writer_at(tmp_path)


def test_rows_out_of_order_or_of_another_type_are_refused(tmp_path: Path) -> None:
    writer = writer_at(tmp_path)
    writer.append(rows_of([70]), day=70)
    with pytest.raises(ValueError, match="a row of day 90 was appended on day 80"):
        writer.append(rows_of([90]), day=80)
    with pytest.raises(ValueError, match="day 79 follows day 80"):
        writer.append(rows_of([]), day=79)
    with pytest.raises(ValueError, match="a row of the year 2014 was appended after the year 2015 had begun"):
        writer.append(rows_of([3]), day=81)
    with pytest.raises(ValueError, match="ledger rows must be"):
        writer.append(np.zeros(3), day=90)


def test_a_code_without_a_word_is_an_error_not_an_empty_cell(tmp_path: Path) -> None:
    rows = rows_of([0])
    rows["where"] = 2
    writer = writer_at(tmp_path)
    writer.append(rows, day=0)
    with pytest.raises(ValueError, match="ledger column where holds the code 2; it has 2 words"):
        writer.close()


def test_what_goes_wrong_in_the_background_is_raised_at_every_later_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = writer_at(tmp_path, part_rows=10)
    failed = threading.Event()

    def full(handle: int) -> None:
        failed.set()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    writer.append(rows_of(range(10)), day=9)
    assert failed.wait(10)

    def go_on() -> None:
        for day in range(10, 200):
            writer.append(rows_of([day], each=5), day)

    with pytest.raises(RunFolderError, match="no space is left on the disk"):
        go_on()
    for call in (writer.flush, writer.close, writer.close):
        with pytest.raises(RunFolderError, match="no space is left on the disk"):
            call()
    monkeypatch.undo()
    assert list((tmp_path / "ledger").iterdir()) == []


def test_an_error_elsewhere_ends_the_thread_without_closing_the_ledger(tmp_path: Path) -> None:
    before = threading.active_count()

    def break_off() -> None:
        with writer_at(tmp_path) as writer:
            writer.append(rows_of([1]), day=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert threading.active_count() == before
    assert list((tmp_path / "ledger").iterdir()) == []


def test_the_queue_holds_two_and_the_caller_waits_for_room() -> None:
    gate, done = threading.Event(), []

    def work(item: int) -> None:
        gate.wait(10)
        done.append(item)

    background = Background(work, queued=2)
    handed: list[int] = []

    def hand_over() -> None:
        for item in range(5):
            background.submit(item)
            handed.append(item)

    caller = threading.Thread(target=hand_over)
    caller.start()
    caller.join(0.3)
    assert caller.is_alive()
    assert handed == [0, 1, 2]  # one at work, two waiting
    gate.set()
    caller.join(10)
    background.stop()
    assert done == [0, 1, 2, 3, 4]
    with pytest.raises(RuntimeError, match="has ended"):
        background.submit(6)


def test_reading_names_what_is_missing_or_cut_short(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="has no ledger; run again with `--ledger full`"):
        read_ledger(tmp_path)
    with writer_at(tmp_path, part_rows=5) as writer:
        writer.append(rows_of(range(15)), day=14)
    middle = tmp_path / "ledger" / "2014-001.parquet"
    content = middle.read_bytes()
    for cut in (0, 3, len(content) - 1):
        middle.write_bytes(content[:cut])
        with pytest.raises(RunFolderError, match=r"2014-001\.parquet is not a whole Parquet file"):
            read_ledger(tmp_path)
    middle.unlink()
    with pytest.raises(RunFolderError, match=r"2014-001\.parquet is missing"):
        read_ledger(tmp_path)


def test_parts_beyond_the_thousandth_stay_in_order(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    ledger.mkdir()
    rows, metadata = rows_of([0] * 1002), description(COLUMNS, ROW)
    for number in range(1002):
        path = ledger / f"2014-{number:03d}.parquet"
        frame_of(COLUMNS, rows[number : number + 1]).write_parquet(path, metadata=metadata)
    frame = read_ledger(tmp_path).collect()
    assert frame["id"].to_list() == rows["id"].tolist()
    assert frame["points"].to_list() == rows["points"].tolist()


def test_a_file_that_was_not_written_by_a_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    pl.DataFrame({"id": [1]}).write_parquet(tmp_path / "ledger/2014-000.parquet")
    with pytest.raises(RunFolderError, match=r"2014-000\.parquet does not say what its columns are"):
        read_ledger(tmp_path)


def test_a_file_holds_text_that_any_reader_of_parquet_shows(tmp_path: Path) -> None:
    with writer_at(tmp_path) as writer:
        writer.append(rows_of(range(3)), day=2)
    frame = pl.read_parquet(tmp_path / "ledger/2014-000.parquet")
    assert frame.columns == ["id", "date", "points", "form"]
    assert frame["form"].to_list() == ["what=record;where=road", "what=credit;where=money", "what=loss"]


CHAINED = np.dtype([("id", "i8"), ("cause", "i8"), ("fen", "i4"), ("day", "u2"), ("what", "u1"), ("n", "u1")])
RESTORED = (
    LedgerColumn.stored("id"),
    LedgerColumn.less("cause", "id"),
    LedgerColumn.scaled("cny", "fen", 100),
    LedgerColumn.cut("kind", "id", 40, 3, ("citizen", "company", "vehicle")),
    LedgerColumn.cut("subject", "id", 8, 32),
    LedgerColumn.formed("half", lambda rows: rows["n"] / 2, ("n",)),
    LedgerColumn.formed("n", lambda rows: rows["n"], ("n",)),
    LedgerColumn.coded("what", WHAT),
)


def test_what_files_hold_as_differences_bits_and_forms_is_restored_exactly(tmp_path: Path) -> None:
    generator = np.random.default_rng(5)
    rows = np.zeros(3000, CHAINED)
    subject, kind = generator.integers(0, 1 << 32, 3000), generator.integers(0, 3, 3000)
    rows["id"] = (kind << 40) | (subject << 8) | generator.integers(0, 256, 3000)
    rows["cause"] = generator.integers(0, 1 << 62, 3000)
    rows["fen"] = generator.integers(-(1 << 31), 1 << 31, 3000)
    rows["what"], rows["n"] = generator.integers(0, 3, 3000), generator.integers(0, 256, 3000)
    with LedgerWriter(tmp_path, START, RESTORED, CHAINED, part_rows=1000) as writer:
        writer.append(rows, day=0)
    frame = read_ledger(tmp_path).collect()
    words = ("citizen", "company", "vehicle")
    assert frame["id"].to_list() == rows["id"].tolist()
    assert frame["cause"].to_list() == rows["cause"].tolist()
    assert frame["cny"].to_list() == (rows["fen"] / 100).tolist()
    assert frame["kind"].to_list() == [words[code] for code in kind]
    assert frame["subject"].to_list() == subject.tolist()
    assert frame["half"].to_list() == (rows["n"] / 2).tolist()
    assert frame["n"].to_list() == rows["n"].tolist()
    assert frame["what"].to_list() == [WHAT[code] for code in rows["what"]]
    assert [frame.schema[name] for name in ("n", "half", "subject")] == [
        pl.UInt8(),
        pl.Float64(),
        pl.UInt32(),
    ]
    chosen = read_ledger(tmp_path).filter(pl.col("kind") == "vehicle", pl.col("n") > 250).collect()
    assert chosen.equals(frame.filter((pl.col("kind") == "vehicle") & (pl.col("n") > 250)))


def test_parts_with_other_words_are_read_as_one_ledger(tmp_path: Path) -> None:
    rows = rows_of(range(4))
    with writer_at(tmp_path) as writer:
        writer.append(rows[:2], day=1)
        state = writer.flush()
    others = (*COLUMNS[:2], LedgerColumn.coded("what", ("fresh", "credit", "record")), *COLUMNS[3:])
    with LedgerWriter(tmp_path, START, others, ROW, state=state) as writer:
        writer.append(rows[2:], day=3)
    frame = read_ledger(tmp_path).collect()
    assert frame["what"].to_list() == ["record", "credit", "record", "fresh"]
    assert frame.schema["what"] == pl.Enum(["record", "credit", "loss", "fresh"])


def test_many_different_forms_are_kept_apart(tmp_path: Path) -> None:
    rows = np.zeros(40_000, np.dtype([("id", "i8"), ("points", "i4"), ("day", "u2"), ("what", "u2")]))
    rows["points"], rows["what"] = np.arange(40_000) % 20_011, np.arange(40_000) % 3
    columns = (
        LedgerColumn.stored("id"),
        LedgerColumn.formed("points", lambda rows: rows["points"], ("points",)),
        LedgerColumn.coded("what", WHAT),
    )
    with LedgerWriter(tmp_path, START, columns, rows.dtype) as writer:
        writer.append(rows, day=0)
    frame = read_ledger(tmp_path).collect()
    assert frame["points"].to_list() == rows["points"].tolist()
    assert frame["what"].to_list() == [WHAT[code] for code in rows["what"]]
