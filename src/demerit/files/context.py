"""What the checks of one field need to know about the rest of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Context:
    """The ids by section, and whether a bare number is allowed (a matter of rule) or needs evidence."""

    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bare_numbers: bool = True

    @staticmethod
    def of(value: Any) -> Context:
        """Return the context handed to pydantic, or an empty one."""
        return value if isinstance(value, Context) else Context()
