"""Names in files: identifiers, references to identifiers, and the nearest valid name to a wrong one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from demerit.files.context import Context

ID_RULE: Final = (
    "lowercase letters, digits, '.', '_' or '-', at most 40 characters, starting with a letter or digit"
)
_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


def nearest(name: str, valid: Iterable[str]) -> str:
    """Find the valid name closest to a wrong one; the empty string if none is close.

    >>> nearest("raod", ["road", "credit"])
    'road'
    """
    matches = difflib.get_close_matches(name, list(valid), n=1, cutoff=0.55)
    return matches[0] if matches else ""


def quoted(value: Any) -> str:
    """Write a value of a file as a message shows it, shortened if it is long.

    >>> quoted("days")
    "'days'"
    """
    try:
        text = repr(value)
    except ValueError:  # an integer of thousands of digits
        return "an enormous number"
    return text if len(text) <= 60 else f"{text[:57]}…"


def issue(message: str, expected: str = "", near: str = "") -> PydanticCustomError:
    """Make a validation error that carries what was expected and the nearest valid name."""
    context = {"text": message, "expected": expected, "nearest": near}
    return PydanticCustomError("issue", "{text}", context)


def is_id(value: str) -> bool:
    """Say whether a text can be the id of something."""
    return _ID.fullmatch(value) is not None


def _check_id(value: str) -> str:
    if not is_id(value):
        raise issue(f"{quoted(value)} is not a valid id", ID_RULE)
    return value


Id = Annotated[str, AfterValidator(_check_id)]


@dataclass(frozen=True)
class Ref:
    """Mark a text field as the id of an item of one of the named sections."""

    sections: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def _check(self, value: str, info: ValidationInfo) -> str:
        known = Context.of(info.context).ids
        valid = [name for section in self.sections for name in known.get(section, ())]
        if value not in valid:
            kind = " or ".join(self.sections)
            listed = ", ".join(valid) if valid else f"an id of [[{self.sections[0]}]], of which there is none"
            raise issue(f"unknown {kind} {quoted(value)}", listed, nearest(value, valid))
        return value
