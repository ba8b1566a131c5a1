"""What sets one kind of input file apart from another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from demerit.files.checking import Finding
from demerit.files.difference import Direction
from demerit.files.saying import higher_or_lower
from demerit.files.table import Table

Model = TypeVar("Model", bound=Table)
Data = Mapping[str, Any]


def no_advice(data: Data) -> list[Finding]:
    """Return what is possible but rarely meant: by default nothing."""
    return []


def nothing_idle(data: Data) -> dict[tuple[str, str], str]:
    """Return the rules that can never act: of a kind of file that has no rules, none."""
    return {}


def nothing_together(periods: Sequence[Data]) -> list[Finding]:
    """Return what is wrong with all periods of a file taken together: of a kind without dates, nothing."""
    return []


@dataclass(frozen=True)
class Kind(Generic[Model]):
    """What sets one kind of file apart: the name of its head section, its types, presets and checks.

    `check` finds what is wrong or does nothing in one period, `together` what is wrong with all of them,
    `advise` what only the linter mentions; `idle` names the
    items, by section and id, that can never act, each with the reason; `direction` says in a word which
    way a number moves.
    """

    name: str
    model: type[Model]
    presets: FilePath
    check: Callable[[Data], list[Finding]]
    bare_numbers: bool
    outside_ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    together: Callable[[Sequence[Data]], list[Finding]] = nothing_together
    advise: Callable[[Data], list[Finding]] = no_advice
    idle: Callable[[Data], dict[tuple[str, str], str]] = nothing_idle
    direction: Direction = higher_or_lower

    def preset_ids(self) -> tuple[str, ...]:
        """List the presets that come with the package."""
        return tuple(sorted(path.stem for path in self.presets.glob("*.toml")))

    def sections(self) -> tuple[str, ...]:
        """List the sections that such a file may have."""
        return tuple(one.alias or name for name, one in self.model.model_fields.items())
