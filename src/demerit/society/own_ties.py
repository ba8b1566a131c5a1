"""Ties of a user's own: how they stand in a society file, a manifest and memory."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator

from demerit.files.names import issue
from demerit.files.table import Table

if TYPE_CHECKING:
    import numpy as np

TIES: Final = ("friend", "kin", "employee", "driver")
"""What ties two subjects; an employee is tied to a company and a driver to a vehicle."""
FRIEND, RELATIVE, EMPLOYEE, DRIVER = range(4)
MOST_TIES: Final = 1_000_000
_BYTES_EACH = 9


def _check_edges(text: str) -> str:
    """Check that a text holds whole edges; what they tie is checked when the people are there."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise issue("is not an edge list", "what a manifest holds; in a file write file = …") from None
    if len(content) % _BYTES_EACH or len(content) > MOST_TIES * _BYTES_EACH:
        raise issue("is not an edge list of whole edges", f"at most {MOST_TIES:,} edges")
    if any(tie >= len(TIES) for tie in content[::_BYTES_EACH]):
        raise issue("holds an unknown kind of tie", ", ".join(TIES))
    return text


class OwnTies(Table):
    """Ties brought along: the table they are in, or the edges themselves once it has been read.

    An edge takes nine bytes, the kind of tie and two numbers of subjects, low bytes first; all of them are
    written in base 64, so that a manifest holds whatever its run needs.
    """

    file: str | None = None
    edges: Annotated[str, AfterValidator(_check_edges)] | None = None


def own_count(own: OwnTies | None) -> int:
    """Return how many ties a society brings along.

    >>> own_count(None)
    0
    """
    return 0 if own is None or own.edges is None else len(base64.b64decode(own.edges)) // _BYTES_EACH


def edge_dtype() -> np.dtype:
    """Return the type of an edge: tie, from and to."""
    import numpy as np

    return np.dtype([("tie", "u1"), ("from", "<u4"), ("to", "<u4")])


def packed(edges: np.ndarray) -> str:
    """Return edges as the text that a society holds."""
    return base64.b64encode(edges.astype(edge_dtype()).tobytes()).decode()


def unpacked(own: OwnTies | None) -> np.ndarray:
    """Return the edges of a society, none if it has no ties of its own.

    >>> import numpy as np
    >>> edges = np.array([(0, 3, 7)], dtype=edge_dtype())
    >>> unpacked(OwnTies(edges=packed(edges))).tolist()
    [(0, 3, 7)]
    """
    import numpy as np

    content = base64.b64decode(own.edges) if own is not None and own.edges is not None else b""
    return np.frombuffer(content, dtype=edge_dtype())
