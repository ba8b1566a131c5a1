"""What a report is made of: sentences, lists, tables and figures; how they look is the template's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Shown:
    """A number as people read it, with what it is exactly and what it is of.

    Attributes:
        text: the rounded number.
        value: the number; None where it is undefined.
        of: what it is: kind, world, group and indicator, parted by spaces.
    """

    text: str
    value: float | None
    of: str

    @property
    def exact(self) -> str:
        """The shortest decimal that gives the same number back."""
        return "" if self.value is None else repr(float(self.value))


@dataclass(frozen=True)
class Cell:
    """A cell of a table: words, or numbers parted by a word; `code` is a name below the words."""

    words: str = ""
    numbers: tuple[Shown, ...] = ()
    between: str = ""
    code: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row names the row."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A chart, what it shows in a sentence or two, and the numbers that it draws as a table."""

    kind: ClassVar[str] = "figure"
    svg: str
    alternative: str
    table: Table


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    kind: ClassVar[str] = "words"
    text: str


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    kind: ClassVar[str] = "points"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Plain:
    """Lines that are aligned in columns, under a heading."""

    kind: ClassVar[str] = "plain"
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    kind: ClassVar[str] = "heading"
    text: str


Block = Table | Figure | Words | Points | Plain | Heading


@dataclass(frozen=True)
class Section:
    """A part of the report.

    Attributes:
        name: what links call it.
        title: its heading.
        blocks: what it holds.
        letter: the letter of Art. 27(1) that it answers; empty if it answers none.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    letter: str = ""


def words_table(caption: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """Return a table of words alone."""
    return Table(caption, head, tuple(tuple(Cell(one) for one in row) for row in rows))
