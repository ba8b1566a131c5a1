"""Read a folder of TOML and CSV files by concern as if it were one file."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any, Final

from demerit.errors import FileProblems, Problem
from demerit.files.locator import Path
from demerit.files.merging import is_number_table
from demerit.files.reading import Located, Place, read_text, read_toml
from demerit.files.rows import parse_csv

MOST_FILES: Final = 64


def read_whole(path: FilePath, label: str) -> Located:
    """Read a file, or every TOML and CSV file of a folder in the order of their names.

    Raises:
        FileProblems: with what cannot be read, and with entries that two files of a folder both write.
    """
    return read_folder(path, label) if path.is_dir() else read_toml(path, label)


def read_folder(path: FilePath, label: str) -> Located:
    """Read the files of a folder: tables come together key by key, lists one after the other.

    A file `conduct.csv` holds the items of `[[conduct]]`, one a row.

    Raises:
        FileProblems: with every problem of every file.
    """
    whole = _Whole(label)
    for name in _names(path, label):
        whole.add(path / name, f"{label}/{name}")
    if whole.problems:
        raise FileProblems(whole.problems)
    return Located(whole.data, whole.places)


def _names(path: FilePath, label: str) -> list[str]:
    try:
        names = sorted(one.name for one in path.iterdir() if one.suffix in (".toml", ".csv"))
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise FileProblems([Problem(label, None, "", reason, "a readable folder")]) from None
    if not names:
        message = "the folder holds no TOML or CSV file"
        raise FileProblems([Problem(label, None, "", message, "files by concern, such as conduct.toml")])
    if len(names) > MOST_FILES:
        message = f"the folder holds {len(names)} files"
        raise FileProblems([Problem(label, None, "", message, f"at most {MOST_FILES}")])
    return names


class _Whole:
    """What the files read so far add up to."""

    def __init__(self, label: str) -> None:
        self.data: dict[str, Any] = {}
        self.places: dict[Path, Place] = {(): Place(label, None)}
        self.problems: list[Problem] = []

    def add(self, path: FilePath, label: str) -> None:
        try:
            if path.suffix == ".csv":
                part = parse_csv(read_text(path, label), label, path.stem)
            else:
                part = read_toml(path, label)
        except FileProblems as found:
            self.problems += found.problems
            return
        self._tables(self.data, part.data, part, ())

    def _tables(self, holder: dict[str, Any], more: dict[str, Any], part: Located, path: Path) -> None:
        for key, value in more.items():
            below = (*path, key)
            present = holder.get(key)
            if key not in holder:
                holder[key] = value
                self._places(part, below, below)
            elif isinstance(present, list) and isinstance(value, list) and not path:
                for index in range(len(value)):
                    self._places(part, (*below, index), (*below, len(present) + index))
                holder[key] = [*present, *value]
            elif isinstance(present, dict) and isinstance(value, dict) and not is_number_table(present):
                self._tables(present, value, part, below)
            else:
                self._twice(below, part)

    def _twice(self, path: Path, part: Located) -> None:
        first, again = self.places.get(path, self.places[()]), part.place(path)
        key = ".".join(str(step) for step in path)
        message = f"is already written in {first.file}:{first.line}"
        self.problems.append(Problem(again.file, again.line, key, message, "each entry once in a folder"))

    def _places(self, part: Located, old: Path, new: Path) -> None:
        for path, place in part.places.items():
            if path[: len(old)] == old:
                self.places[(*new, *path[len(old) :])] = place
