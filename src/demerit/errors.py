"""Errors that are part of the interface: the rule, the value, the place and the usual fix."""

from __future__ import annotations

from dataclasses import dataclass


class DemeritError(Exception):
    """Base of every error a user can cause; the command line prints it without a traceback and exits with 2.

    >>> str(DemeritError("population must be at least 1; got 0"))
    'population must be at least 1; got 0'
    """


class UsageError(DemeritError):
    """A request that cannot be carried out as asked (options, sizes, folders)."""


class RunFolderError(DemeritError):
    """A run folder that is incomplete, altered or not a run folder at all."""


class DiskError(RunFolderError):
    """A disk that is full or broken; nothing was wrong with what was asked for."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a file: where it is, what was found and what was expected."""

    file: str
    line: int | None
    key: str
    message: str
    expected: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        text = f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.nearest:
            text += f"; did you mean '{self.nearest}'?"
        return text


class FileProblems(DemeritError):
    """Every problem found in a file, reported at once.

    >>> print(FileProblems([Problem("r.toml", 3, "score.base", "not a number", "points")]))
    r.toml: 1 problem
      r.toml:3: score.base: not a number; expected points
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(self._text())

    def _text(self) -> str:
        first = self.problems[0].file if self.problems else "file"
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        return "\n".join([f"{first}: {count} {noun}", *(f"  {problem}" for problem in self.problems)])
