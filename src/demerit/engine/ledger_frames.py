"""Rows of a ledger as the table that its files hold, and that table as the columns a reader sees."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.engine.forms import forms_of
from demerit.engine.ledger_columns import LedgerColumn, Rows

if TYPE_CHECKING:
    import polars as pl

FORM = "form"
"""The column that holds a row's form as text, such as ``what=record;rule=conduct:road.crosswalk``."""
DESCRIPTION = "demerit.ledger"
"""Key of the file's metadata under which the columns are described."""

Described = list[dict[str, Any]]


def frame_of(columns: Sequence[LedgerColumn], rows: Rows) -> pl.DataFrame:
    """Return rows as the table that a file holds.

    Raises:
        ValueError: a code has no word, or a word holds a sign that separates words.
    """
    import polars as pl

    kept = [column.series(rows) for column in columns if column.kept not in ("form", "bits")]
    said = [column for column in columns if column.kept == "form"]
    if said:
        fields = tuple(dict.fromkeys(field for column in said for field in column.fields))
        codes, firsts = forms_of(rows, fields)
        texts = _texts(said, rows[firsts])
        categories = list(dict.fromkeys(texts))
        if len(categories) < len(texts):
            place = {text: number for number, text in enumerate(categories)}
            codes = np.array([place[text] for text in texts], np.uint32)[codes]
        narrow = codes.astype(np.min_scalar_type(max(len(categories), 1)))
        kept.append(pl.Series(FORM, narrow).cat.to(pl.Enum(categories), strict=False))
    return pl.DataFrame(kept)


def _texts(said: Sequence[LedgerColumn], firsts: Rows) -> list[str]:
    """Return each form as text, from the first row that has it."""
    texts = np.full(len(firsts), "", object)
    for column in said:
        if any(sign in word for word in column.words for sign in ";="):
            raise ValueError(f"ledger column {column.name} has a word with ; or = in it")
        # what a column can say is put into words once, not once a form
        _, one_of, which = np.unique(column.values(firsts), return_index=True, return_inverse=True)
        said_once = column.series(firsts[one_of]).to_list()
        words = ["" if value is None else f";{column.name}={value}" for value in said_once]
        texts = texts + np.array(words, object)[which]
    return [text[1:] for text in texts]


def description(columns: Sequence[LedgerColumn], dtype: np.dtype[Any]) -> dict[str, str]:
    """Return the metadata of a file: what its columns are, for whoever reads it back."""
    nothing = np.empty(0, dtype)
    told = [{**column.description(), "type": column.values(nothing).dtype.str} for column in columns]
    return {DESCRIPTION: json.dumps(told, separators=(",", ":"))}


def restored(paths: Sequence[Path]) -> pl.LazyFrame:
    """Return the parts of a ledger as one lazy frame with the columns a reader sees.

    Raises:
        ValueError: a part does not say what its columns are.
    """
    import polars as pl

    described: list[Described] = []
    for path in paths:
        try:
            with path.open("rb") as file:  # by its handle: brackets in a name would be taken for a pattern
                described.append(json.loads(pl.read_parquet_metadata(file)[DESCRIPTION]))
        except (KeyError, ValueError) as error:
            raise ValueError(f"{path.name} does not say what its columns are") from error
    words = _all_words(described)
    frames = [_restored(path, told, words) for path, told in zip(paths, described, strict=True)]
    return frames[0] if len(frames) == 1 else pl.concat(frames)


def _all_words(described: Iterable[Described]) -> dict[str, pl.Enum]:
    """Return the words of every column, of all parts together: rules may change between two of them."""
    import polars as pl

    found: dict[str, dict[str, None]] = {}
    for told in described:
        for column in told:
            if "words" in column:
                found.setdefault(column["name"], {}).update(dict.fromkeys(column["words"]))
    return {name: pl.Enum(list(known)) for name, known in found.items()}


def _restored(path: Path, told: Described, words: dict[str, pl.Enum]) -> pl.LazyFrame:
    import polars as pl

    frame = pl.scan_parquet(path, glob=False)
    says: list[dict[str, str]] = []
    if any(column["kept"] == "form" for column in told):
        kind = frame.collect_schema()[FORM]
        texts = kind.categories.to_list() if isinstance(kind, pl.Enum) else []
        says = [dict(part.split("=", 1) for part in text.split(";") if part) for text in texts]
    return frame.select([_expression(column, words, says) for column in told])


def _expression(column: dict[str, Any], words: dict[str, pl.Enum], says: list[dict[str, str]]) -> pl.Expr:
    """Return how a column is restored from the table in a file."""
    import polars as pl

    name, held = column["name"], pl.col(column["file"])
    if column["kept"] == "form":
        number = np.dtype(column["type"])
        values: Any = [said.get(name) for said in says]
        known = (
            pl.Series(name, values, words[name])
            if name in words
            else pl.Series(name, np.array(values, float).astype(number))
        )
        return pl.lit(known).gather(pl.col(FORM).to_physical()).alias(name)
    if column["kept"] == "less":
        held = pl.col(column["of"]) - held
    elif column["kept"] == "scaled":
        # a column and not a number below the line: a number's reciprocal would be multiplied by, one bit off
        held = held / (held * 0 + pl.lit(column["number"], pl.Float64))
    elif column["kept"] == "bits":
        low = (1 << column["bits"]) - 1
        held = (pl.col(column["of"]) // (1 << column["number"])) & low
        held = held.cast(pl.UInt32)
    if name in words and column["kept"] != "plain":
        held = pl.lit(pl.Series(name, column["words"], words[name])).gather(held)
    return held.alias(name)
