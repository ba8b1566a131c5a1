"""The linter: everything that is wrong or odd in a file, with the rule it breaks and the usual fix."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from demerit.files.document import look
from demerit.files.examining import Remark
from demerit.files.kind import Kind

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class LintRule:
    """A rule of the linter: what it finds, how to put it right, and a file that breaks it.

    The example extends the preset `base`.
    """

    name: str
    level: Level
    says: str
    fix: str
    base: str
    example: str


@dataclass(frozen=True)
class Linted:
    """What the linter says of a file."""

    text: str
    errors: int
    warnings: int


def lint_rules(kind: Kind[Any]) -> dict[str, LintRule]:
    """Read the linter's rules for a kind of file, by name.

    >>> from demerit.regime.load import KIND
    >>> lint_rules(KIND)["bands-leave-no-gap"].level
    'error'
    """
    return _rules_of(kind.presets.parent / "lint.toml")


@cache
def _rules_of(path: Path) -> dict[str, LintRule]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    return {entry["name"]: LintRule(**entry) for entry in entries}


def lint(kind: Kind[Any], name_or_path: str) -> Linted:
    """Examine a file and tell everything that is wrong or odd about it.

    Raises:
        FileProblems: a file that is missing or cannot be read at all.
    """
    remarks = look(kind, name_or_path).remarks
    errors = sum(not one.warning for one in remarks)
    warnings = len(remarks) - errors
    rules = lint_rules(kind)
    lines = [f"{name_or_path}: {_count(errors, 'error')}, {_count(warnings, 'warning')}"]
    for remark in sorted(remarks, key=lambda one: one.warning):
        lines += [f"  {_said(remark)}", f"    fix: {rules[remark.rule].fix}"]
    return Linted("\n".join(lines), errors, warnings)


def _said(remark: Remark) -> str:
    problem = remark.problem
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    level = "warning" if remark.warning else "error"
    return f"{place}: {level} [{remark.rule}]: " + str(problem).removeprefix(f"{place}: ")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
