"""Read a stored number as a 64-bit integer; the type checker may then take it for an ``int``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:

    def i64(value: Any) -> int:
        """Widen a number of any stored type, so that arithmetic does not wrap where it is interpreted."""

else:
    from numpy import int64 as i64

__all__ = ["i64"]
