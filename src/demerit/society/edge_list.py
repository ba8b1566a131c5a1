"""Read a table of ties, CSV or Parquet: whatever bytes it holds, it is an edge list or a list of problems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from demerit.errors import FileProblems, Problem
from demerit.files.names import nearest
from demerit.society.own_ties import MOST_TIES, TIES, OwnTies, edge_dtype, packed
from demerit.society.real_identities import signs_of_people, speaks_of_people

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

COLUMNS: Final = ("tie", "from", "to")
TO: Final = {"friend": "citizen", "kin": "citizen", "employee": "company", "driver": "vehicle"}
LARGEST_FILE: Final = 64 << 20
LARGEST_HEADER: Final = 1000
SHOWN: Final = 20
"""Problems of one sort that are told one by one."""
_SUBJECT = r"^(?:(citizen|company|vehicle):)?(\d{1,9})$"
_HEADER_LINES = 2
"""The first row of a CSV file is its second line."""


def read_ties(path: str | Path) -> OwnTies:
    """Read ties from a CSV or Parquet file with the columns tie, from and to.

    A tie is friend, kin, employee or driver; ``from`` is a citizen, ``to`` a citizen, company or vehicle,
    written ``citizen:12`` or 12.

    Raises:
        FileProblems: with every problem; nothing that looks like a real identity is repeated.
    """
    file = Path(path)
    table = _table(file)
    text_file = file.suffix.lower() != ".parquet"
    problems = _strangers(file, table, text_file) or _shape(file, table)
    if problems:
        raise FileProblems(problems)
    edges, problems = _edges(file, table.select(COLUMNS), text_file)
    if problems:
        raise FileProblems(problems)
    return OwnTies(edges=packed(edges))


def _table(file: Path) -> pl.DataFrame:
    """Return the table, every column as text."""
    import polars as pl

    problem = _unreadable(file)
    if problem:
        raise FileProblems([Problem(file.name, None, "", problem, "a CSV or Parquet file of ties")])
    try:
        if file.suffix.lower() == ".parquet":
            lazy = pl.scan_parquet(file)
            rows = lazy.select(pl.len()).collect().item()
            table = (
                lazy.head(MOST_TIES + 1).collect() if rows <= MOST_TIES else pl.DataFrame({"": range(rows)})
            )
            table = table.select(pl.all().cast(pl.String))
        else:
            table = pl.read_csv(file, infer_schema=False)
    except BaseException as error:  # the reader of Parquet panics over some damaged files
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise FileProblems(
            [Problem(file.name, None, "", "cannot be read as a table", "a CSV or Parquet file of ties")]
        ) from None
    if len(table) > MOST_TIES:
        message = f"has {len(table):,} rows"
        raise FileProblems([Problem(file.name, None, "", message, f"at most {MOST_TIES:,}")])
    return table


def _unreadable(file: Path) -> str:
    """Say why a file cannot be a table; the empty string if nothing speaks against it."""
    try:
        if not file.is_file():
            return "is a folder" if file.is_dir() else "there is no such file"
        size = file.stat().st_size
        with file.open("rb") as stream:
            start = stream.read(LARGEST_HEADER + 1)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    kind = file.suffix.lower()
    reasons = (
        (kind not in (".csv", ".parquet"), "ends neither in .csv nor in .parquet"),
        (size == 0, "is empty"),
        (size > LARGEST_FILE, f"is larger than {LARGEST_FILE >> 20} MB"),
        (kind == ".parquet" and not start.startswith(b"PAR1"), "is not a Parquet file"),
        (kind == ".csv" and b"\n" not in start, "its first line is too long, or all there is"),
    )
    return next((reason for applies, reason in reasons if applies), "")


def _strangers(file: Path, table: pl.DataFrame, text_file: bool) -> list[Problem]:
    """Find columns and cells that look like real people."""
    expected = (
        "ties of synthetic subjects, such as citizen:12; there is no importer for records of real people"
    )
    problems = [
        Problem(file.name, None, column[:40], "a column of this name belongs to real people", expected)
        for column in table.columns
        if speaks_of_people(column)
    ]
    for column, sign, count, row in signs_of_people(table):
        more = f" and {count - 1:,} more like it" if count > 1 else ""
        line = row + _HEADER_LINES if text_file else None
        name = column[:40] if column in COLUMNS else "a column"
        problems.append(Problem(file.name, line, name, f"looks like {sign}{more}", expected))
    return problems


def _shape(file: Path, table: pl.DataFrame) -> list[Problem]:
    """Find missing and unknown columns."""
    expected = "the columns " + ", ".join(COLUMNS)
    missing = [column for column in COLUMNS if column not in table.columns]
    unknown = [column for column in table.columns if column not in COLUMNS]
    problems = [Problem(file.name, None, column, "this column is missing", expected) for column in missing]
    for column in unknown[:SHOWN]:
        problems.append(
            Problem(file.name, None, column[:40], "unknown column", expected, nearest(column, missing))
        )
    return problems


def _edges(file: Path, table: pl.DataFrame, text_file: bool) -> tuple[np.ndarray, list[Problem]]:
    """Turn rows into edges, friends and kin with the lower number first; or say what is wrong with them."""
    import numpy as np
    import polars as pl

    asked = table.with_columns(
        pl.col("from").str.extract(_SUBJECT, 1).alias("from_kind"),
        pl.col("from").str.extract(_SUBJECT, 2).cast(pl.UInt32).alias("one"),
        pl.col("to").str.extract(_SUBJECT, 1).alias("to_kind"),
        pl.col("to").str.extract(_SUBJECT, 2).cast(pl.UInt32).alias("other"),
        pl.col("tie").replace_strict(TO, default=None, return_dtype=pl.String).alias("of"),
    )
    mutual = pl.col("of") == "citizen"
    asked = asked.with_columns(
        pl.when(mutual).then(pl.min_horizontal("one", "other")).otherwise("one").alias("low"),
        pl.when(mutual).then(pl.max_horizontal("one", "other")).otherwise("other").alias("high"),
    )
    whole = pl.col("of").is_not_null() & pl.col("one").is_not_null() & pl.col("other").is_not_null()
    rules = (
        (pl.col("of").is_null(), "tie", "unknown kind of tie", ", ".join(TIES)),
        (pl.col("one").is_null(), "from", "not a subject", "citizen:12 or 12"),
        (pl.col("other").is_null(), "to", "not a subject", "citizen:12, company:3, vehicle:7 or a number"),
        (pl.col("from_kind").fill_null("citizen") != "citizen", "from", "not a citizen", "a citizen"),
        (
            pl.col("to_kind").is_not_null() & (pl.col("to_kind") != pl.col("of")),
            "to",
            "not what this tie leads to",
            "friend and kin: a citizen; employee: a company; driver: a vehicle",
        ),
        (whole & mutual & (pl.col("one") == pl.col("other")), "to", "a tie to oneself", "two people"),
        (
            whole & ~pl.struct("tie", "low", "high").is_first_distinct(),
            "",
            "this tie is there already",
            "every tie once; friends and kin in one direction",
        ),
    )
    problems: list[Problem] = []
    for wrong, column, message, expected in rules:
        rows = asked.select(wrong.fill_null(value=False).arg_true()).to_series().to_list()
        problems += _told(file, rows, column, message, expected, text_file)
    if problems:
        return np.zeros(0, dtype=edge_dtype()), problems
    edges = np.zeros(len(asked), dtype=edge_dtype())
    edges["tie"] = [TIES.index(tie) for tie in asked["tie"]]
    edges["from"], edges["to"] = asked["low"].to_numpy(), asked["high"].to_numpy()
    return np.sort(edges, order=("tie", "from", "to")), []


def _told(
    file: Path, rows: list[int], column: str, message: str, expected: str, text_file: bool
) -> list[Problem]:
    """Tell the first rows of a sort one by one, and how many more there are."""
    problems = [
        Problem(
            file.name,
            row + _HEADER_LINES if text_file else None,
            column if text_file else f"{column} of row {row + 1}".removeprefix(" of "),
            message,
            expected,
        )
        for row in rows[:SHOWN]
    ]
    if len(rows) > SHOWN:
        problems.append(Problem(file.name, None, column, f"{message}: {len(rows) - SHOWN:,} more rows"))
    return problems
