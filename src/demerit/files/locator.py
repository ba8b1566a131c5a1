"""Find the line of every key and list element of a TOML text, which `tomllib` does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

Path = tuple[str | int, ...]

_BARE_ENDS: Final = frozenset(" \t\n,]}#=.")


@lru_cache(maxsize=8)
def locate(text: str) -> Mapping[Path, int]:
    """Map each key path to its line; tables map to the line of their header. The text must be valid TOML.

    What the last few texts gave is kept: many a preset rests on the same one.

    >>> locate('[score]\\nbase = 1000\\n[[band]]\\nid = "a"\\n')[("band", 0, "id")]
    4
    """
    return MappingProxyType(_Scanner(text.replace("\r\n", "\n")).scan())


class _Scanner:
    """One pass over the text; `at` is the position, `line` its line, `table` the path of the open table."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.table: Path = ()
        self.lengths: dict[Path, int] = {}
        self.places: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        self.skip_blank()
        while self.at < len(self.text):
            if self.text.startswith("[[", self.at):
                self.open_array_table()
            elif self.peek() == "[":
                self.open_table()
            else:
                self.read_pair(self.table)
            self.skip_blank()
        return self.places

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def step(self, count: int = 1) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count

    def skip_blank(self) -> None:
        """Skip white space, newlines and comments."""
        while self.at < len(self.text):
            if self.text[self.at] in " \t\n":
                self.step()
            elif self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return

    def note(self, path: Path) -> None:
        self.places.setdefault(path, self.line)

    def open_table(self) -> None:
        line = self.line
        self.step()
        self.table = self.resolve(self.read_key("]"))
        self.places[self.table] = line
        self.step()

    def open_array_table(self) -> None:
        line = self.line
        self.step(2)
        array = self.resolve(self.read_key("]"), last_is_array=True)
        index = self.lengths.get(array, 0)
        self.lengths[array] = index + 1
        self.table = (*array, index)
        self.places.setdefault(array, line)
        self.places[self.table] = line
        self.step(2)

    def resolve(self, keys: list[str], last_is_array: bool = False) -> Path:
        """Turn the keys of a header into a path: a name of an array of tables means its last element."""
        path: Path = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            self.note(path)
            if path in self.lengths and not (last_is_array and number == len(keys) - 1):
                path = (*path, self.lengths[path] - 1)
        return path

    def read_key(self, end: str) -> list[str]:
        """Read a dotted key up to `end`, which is not consumed."""
        keys: list[str] = []
        while True:
            self.skip_blank()
            if self.peek() in "\"'":
                keys.append(self.read_string())
            else:
                start = self.at
                while self.text[self.at] not in _BARE_ENDS:
                    self.at += 1
                keys.append(self.text[start : self.at])
            self.skip_blank()
            if self.peek() == end:
                return keys
            self.step()

    def read_pair(self, table: Path) -> None:
        line = self.line
        path = table
        for key in self.read_key("="):
            path = (*path, key)
            self.places.setdefault(path, line)
        self.step()
        self.skip_blank()
        self.read_value(path)

    def read_value(self, path: Path) -> None:
        mark = self.peek()
        if mark == "{":
            self.read_inline_table(path)
        elif mark == "[":
            self.read_array(path)
        elif mark in "\"'":
            self.read_string()
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\n":
                self.at += 1

    def read_inline_table(self, path: Path) -> None:
        self.step()
        self.skip_blank()
        while self.peek() != "}":
            self.read_pair(path)
            self.skip_separator()
        self.step()

    def read_array(self, path: Path) -> None:
        self.step()
        self.skip_blank()
        index = 0
        while self.peek() != "]":
            element = (*path, index)
            self.note(element)
            self.read_value(element)
            self.skip_separator()
            index += 1
        self.step()

    def skip_separator(self) -> None:
        self.skip_blank()
        if self.peek() == ",":
            self.step()
            self.skip_blank()

    def read_string(self) -> str:
        """Read one of the four kinds of string; escapes are left as written."""
        mark = self.peek()
        quote = mark * 3 if self.text.startswith(mark * 3, self.at) else mark
        self.step(len(quote))
        start = self.at
        while not self.text.startswith(quote, self.at):
            self.step(2 if mark == '"' and self.peek() == "\\" else 1)
        content = self.text[start : self.at]
        self.step(len(quote))
        while len(quote) == 3 and self.peek() == mark:  # up to two quotes may stand before the closing three
            self.step()
        return content
