"""Compare every byte of a run folder with its list of hashes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from demerit.engine.disk import refusals, shown
from demerit.engine.folder import PARTIAL, verify_folder
from demerit.engine.hashlist import HASH_LIST, files_under, size_of
from demerit.errors import RunFolderError
from demerit.simulation.manifest import MANIFEST, version_that_wrote


@dataclass(frozen=True)
class Files:
    """What the files of a run folder are worth.

    Attributes:
        folder: the run folder.
        version: version of the program that wrote it; empty if it cannot be told.
        count: files listed and found, the list itself not counted.
        size: bytes they take.
        problems: one sentence for each file that is altered, missing or added.
    """

    folder: Path
    version: str
    count: int
    size: int
    problems: tuple[str, ...]


def check_files(folder: Path, look: Callable[[int], None] = lambda size: None) -> Files:
    """Compare every byte of a finished run folder with its list of hashes.

    Args:
        folder: the run folder.
        look: told the bytes of every file read.

    Raises:
        RunFolderError: it is no run folder, or the run is not finished.
    """
    if folder.name.endswith(PARTIAL) or not folder.exists():
        partial = folder if folder.name.endswith(PARTIAL) else folder.with_name(folder.name + PARTIAL)
        if partial.is_dir():
            raise RunFolderError(
                f"{shown(partial)} is an interrupted run; continue it with `demerit resume {shown(partial)}`"
            )
        raise RunFolderError(f"{shown(folder)} does not exist; give the folder a run has written")
    if not (folder / MANIFEST).is_file() and not (folder / HASH_LIST).is_file():
        raise RunFolderError(f"{shown(folder)} is not a run folder: it has no {MANIFEST} and no {HASH_LIST}")
    count, size = size_under(folder)
    problems = tuple(verify_folder(folder, look))
    return Files(folder, version_that_wrote(folder), count, size, problems)


def size_under(folder: Path) -> tuple[int, int]:
    """Return number and bytes of the files under a folder, links not followed.

    Raises:
        RunFolderError: a folder cannot be read.
    """
    with refusals(folder, "read"):
        sizes = [size_of(path) for _, path in files_under(folder)]
    return len(sizes), sum(sizes)
