"""The line of everything in a TOML text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from demerit.files.locator import locate
from demerit.regime.load import PRESETS as REGIMES
from demerit.society.load import PRESETS as SOCIETIES

AWKWARD = '''# a comment with [brackets] and "quotes"
title = "a # that is no comment" # but this is

[ "quoted key" . inner ]
'literal key' = 'C:\\no\\escape'
dotted.name . deep = { first = 1, second = [2, { third = "}" }] }

[[item]]
text = """
[not a table]
key = "not a key" \\
"""
after = """four quotes at the end"""" # a comment
single = \'\'\'
[[nor this]]
\'\'\'
  [item.sub]
  list = [
    1, # one
    # a comment between
    "two]",
    [3],
  ]

[[item]]
text = "escaped \\" quote"
[[item.sub]]
x = -1.5e3
[[item.sub]]
x = 1979-05-27T07:32:00Z
'''

LINES: dict[tuple[str | int, ...], int] = {
    ("title",): 2,
    ("quoted key",): 4,
    ("quoted key", "inner"): 4,
    ("quoted key", "inner", "literal key"): 5,
    ("quoted key", "inner", "dotted", "name", "deep"): 6,
    ("quoted key", "inner", "dotted", "name", "deep", "second", 1, "third"): 6,
    ("item", 0): 8,
    ("item", 0, "text"): 9,
    ("item", 0, "after"): 13,
    ("item", 0, "single"): 14,
    ("item", 0, "sub"): 17,
    ("item", 0, "sub", "list"): 18,
    ("item", 0, "sub", "list", 1): 21,
    ("item", 0, "sub", "list", 2, 0): 22,
    ("item", 1): 25,
    ("item", 1, "sub", 0, "x"): 28,
    ("item", 1, "sub", 1): 29,
    ("item", 1, "sub", 1, "x"): 30,
}


def every_path(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List the paths of everything that a parsed file holds."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [one for key, below in inner for one in every_path(below, (*path, key))]


@pytest.mark.parametrize(("path", "line"), LINES.items())
def test_lines_are_found_through_strings_comments_and_nesting(path: tuple[str | int, ...], line: int) -> None:
    assert locate(AWKWARD)[path] == line


def test_everything_that_the_parser_finds_has_a_line() -> None:
    assert set(every_path(tomllib.loads(AWKWARD))) <= set(locate(AWKWARD))


def test_windows_line_ends_do_not_move_lines() -> None:
    assert locate(AWKWARD.replace("\n", "\r\n")) == locate(AWKWARD)


@pytest.mark.parametrize(
    "file", [*REGIMES.glob("*.toml"), *SOCIETIES.glob("*.toml")], ids=lambda file: file.stem
)
def test_the_line_of_a_key_is_one_that_names_it(file: Path) -> None:
    text = file.read_text()
    lines = text.splitlines()
    places = locate(text)
    for path in every_path(tomllib.loads(text)):
        if isinstance(path[-1], str):
            assert path[-1] in lines[places[path] - 1], path
