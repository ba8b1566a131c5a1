"""A list of hashes over a folder, as ``sha256sum --check`` reads it: write it, and name what differs."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from demerit.engine.disk import refusals, sha256_of, shown, sync_folder, write_whole
from demerit.errors import RunFolderError

HASH_LIST = "MANIFEST.sha256"
"""Name of the list; it holds every other file of its folder."""

_SHOWN = 12
"""Digits of a hash that are enough to tell two apart."""
_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f\\]+)")


def write_hash_list(folder: Path) -> Path:
    """Force every file of a folder to the disk and write the list of their hashes.

    Raises:
        RunFolderError: the disk refused, or the folder holds a link or a name the list cannot carry.
    """
    lines = []
    with refusals(folder):
        for name, path in files_under(folder):
            if path.is_symlink() or not path.is_file():
                raise RunFolderError(
                    f"{shown(path)} is not a plain file; a run folder holds nothing else, remove it"
                )
            line = f"{sha256_of(path, sync=True)}  {name}"
            if _LINE.fullmatch(line) is None:
                raise RunFolderError(
                    f"{shown(folder)} holds a file with the name {name!r}; rename it in plain letters"
                )
            lines.append(line + "\n")
        for inner in folder.rglob("*"):
            if inner.is_dir():
                sync_folder(inner)
    target = folder / HASH_LIST
    write_whole(target, "".join(lines).encode())
    return target


def differences(
    folder: Path,
    hashed: Callable[[str], bool] = lambda name: True,
    look: Callable[[int], None] = lambda size: None,
) -> list[str]:
    """Name every file of a folder that is missing, extra or altered, one sentence each.

    Args:
        folder: a folder with a list of hashes.
        hashed: which files' contents to compare, by name; of the others only the presence is checked.
        look: told the bytes of every file that has been dealt with.
    """
    try:
        listed = _read(folder / HASH_LIST)
        present = dict(files_under(folder))
    except RunFolderError as error:
        return [str(error)]
    except OSError as error:
        return [f"{shown(folder)}: cannot be read ({error.strerror})"]
    found = [f"{name}: missing" for name in listed if name not in present]
    found += [f"{name}: not in {HASH_LIST}" for name in present if name not in listed]
    for name in sorted(listed.keys() & present.keys()):
        if (problem := _compare(present[name], listed[name], hashed(name))) is not None:
            found.append(f"{name}: {problem}")
        look(size_of(present[name]))
    return found


def size_of(path: Path) -> int:
    """Return the bytes of a file, links not followed; 0 where it has gone."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def files_under(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and path of everything under a folder, save folders and the list itself, in order."""
    found = []
    for root, folders, files in os.walk(folder, onerror=_raise):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        found += [Path(root) / name for name in (*files, *links)]
    for path in sorted(found, key=lambda path: path.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        if name != HASH_LIST:
            yield name, path


def _raise(error: OSError) -> None:
    raise error


def _compare(path: Path, expected: str, read: bool) -> str | None:
    if path.is_symlink() or not path.is_file():
        return "not a plain file"
    if not read:
        return None
    try:
        found = sha256_of(path)
        return None if found == expected else f"altered (SHA-256 {found[:_SHOWN]}…, not {expected[:_SHOWN]}…)"
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def _read(path: Path) -> dict[str, str]:
    """Return the listed hashes by name; raises RunFolderError for a list that is missing or malformed."""
    if path.is_symlink() or not path.is_file():
        raise RunFolderError(f"{HASH_LIST}: missing")
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        raise RunFolderError(f"{HASH_LIST}: altered (not text)") from None
    listed: dict[str, str] = {}
    if text and not text.endswith("\n"):
        raise RunFolderError(f"{HASH_LIST}: altered (the last line is cut short)")
    for number, line in enumerate(text.split("\n")[:-1], 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise RunFolderError(f"{HASH_LIST}: altered (line {number} is not a hash and a name)")
        if match[2] in listed:
            raise RunFolderError(f"{HASH_LIST}: altered (line {number} names {match[2]} again)")
        listed[match[2]] = match[1]
    return listed
