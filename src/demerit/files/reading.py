"""Read a TOML or CSV file together with the place of everything in it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Final

from demerit.errors import FileProblems, Problem
from demerit.files.locator import Path, locate

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 12
_POSITION: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class Place:
    """A file and a line in it."""

    file: str
    line: int | None


@dataclass(frozen=True)
class Located:
    """Data as read from one or more files, and the place of each path in it."""

    data: dict[str, Any]
    places: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """Return the place of the path or of the nearest table around it."""
        for length in range(len(path), 0, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return found
        return self.places.get((), Place("", None))


def read_toml(path: FilePath, label: str) -> Located:
    """Read a TOML file; `label` is the name under which problems show it.

    Raises:
        FileProblems: the file is missing, a directory, too large, not UTF-8 or not TOML.
    """
    return parse_toml(read_text(path, label), label)


def read_text(path: FilePath, label: str) -> str:
    """Read a text file of a bounded size.

    Raises:
        FileProblems: the file is missing, a directory, too large or not UTF-8.
    """
    return _decode(_read_bytes(path, label), label)


def parse_toml(text: str, label: str) -> Located:
    """Parse TOML text; one clear problem with its line if it is not TOML.

    Raises:
        FileProblems: the text is not TOML, or nested too deeply to be a regime or society.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileProblems([_syntax_problem(str(error), text, label)]) from None
    except (RecursionError, ValueError) as error:  # absurd nesting, or an integer of thousands of digits
        raise FileProblems([Problem(label, None, "", f"cannot be read as TOML: {error}")]) from None
    if _depth(data) > MAX_DEPTH:
        message = f"tables and lists are nested more than {MAX_DEPTH} deep"
        raise FileProblems([Problem(label, None, "", message, "the shape of a preset")])
    places = {found: Place(label, line) for found, line in locate(text).items()}
    return Located(data, {(): Place(label, None), **places})


def _read_bytes(path: FilePath, label: str) -> bytes:
    if path.is_dir():
        raise FileProblems([Problem(label, None, "", "is a directory", "a file")])
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"at most {MAX_BYTES / 1e6:g} MB"
            raise FileProblems([Problem(label, None, "", f"is {size / 1e6:.1f} MB large", limit)])
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise FileProblems([Problem(label, None, "", reason.lower(), "a readable file")]) from None


def _decode(content: bytes, label: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise FileProblems([Problem(label, line, "", message, "a text file saved as UTF-8")]) from None


def _syntax_problem(message: str, text: str, label: str) -> Problem:
    found = _POSITION.search(message)
    line = int(found.group(1)) if found and found.group(1) else text.count("\n") + 1
    reason = _POSITION.sub("", message)
    return Problem(label, line, "", f"not valid TOML: {reason[:1].lower()}{reason[1:]}")


def _depth(value: Any) -> int:
    """Measure nesting without recursion, so that absurd files cannot exhaust the stack."""
    deepest, open_values = 0, [(value, 1)]
    while open_values:
        current, depth = open_values.pop()
        deepest = max(deepest, depth)
        if isinstance(current, dict):
            open_values.extend((inner, depth + 1) for inner in current.values())
        elif isinstance(current, list):
            open_values.extend((inner, depth + 1) for inner in current)
    return deepest
