"""Refuse tables that look as if they spoke of real people: identity and phone numbers, names, addresses.

Everything here is synthetic; there is no importer for personal records. What is found is never repeated in a
message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

SIGNS: Final = (
    ("an identity number", r"(^|\D)(\d{17}[\dXx]|\d{15})(\D|$)"),
    ("a phone number", r"(^|\D)(\+?86[ -]?)?1[3-9]\d([ -]?\d{4}){2}(\D|$)"),
    ("an e-mail address", r"[^\s@]+@[^\s@]+\.[^\s@]+"),
    ("a name or an address", r"\p{Han}|\p{L}{2,}[ ,.]+\p{L}{2,}|\d+ +\p{L}{3,}"),
)
"""What a cell can look like, and the pattern of it."""
COLUMNS: Final = (
    "name", "surname", "phone", "mobile", "tel", "mail", "address", "passport", "identity", "idcard",
    "id_card", "id card", "id_number", "birth", "licence_number", "plate", "wechat", "alipay",
    "姓名", "电话", "手机", "地址", "身份证", "邮箱", "车牌",
)  # fmt: skip
"""Parts of column names that tables of real people have."""


def speaks_of_people(column: str) -> bool:
    """Tell whether a column's name is one that tables of real people have.

    >>> speaks_of_people("Phone number"), speaks_of_people("from")
    (True, False)
    """
    plain = column.strip().lower()
    return any(part in plain for part in COLUMNS)


def signs_of_people(table: pl.DataFrame) -> list[tuple[str, str, int, int]]:
    """Return what looks real: column, what it looks like, how many cells, and the row of the first.

    Args:
        table: every column as text.
    """
    import polars as pl

    found: list[tuple[str, str, int, int]] = []
    for column in table.columns:
        for sign, pattern in SIGNS:
            hits = table.select(pl.col(column).str.contains(pattern).fill_null(value=False).arg_true())
            rows = hits.to_series()
            if len(rows):
                found.append((column, sign, len(rows), int(rows[0])))
                break
    return found
