"""Checkpoints: the whole state of a run on one day, as plain arrays that are checked before use.

A checkpoint is a folder ``checkpoints/day-003650`` with one ``.npy`` file an array (no pickled objects),
``meta.json`` and a list of hashes. It appears under its name only when all of it has reached the disk; the
newest two are kept.
"""

from __future__ import annotations

import ast
import io
import json
import math
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from demerit.engine.disk import TEMPORARY, refusals, shown, sync_folder, write_whole
from demerit.engine.hashlist import differences, write_hash_list
from demerit.errors import RunFolderError

CHECKPOINTS = "checkpoints"
KEPT = 2
_META = "meta.json"
_LARGEST_HEAD = 2**16
_MAGIC = {b"\x93NUMPY\x01\x00": 10, b"\x93NUMPY\x02\x00": 12}
"""How an array's file begins, and where its head does; the two forms that exist for plain names of fields."""
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, EOFError, SyntaxError, RecursionError, MemoryError)
"""What an array's file or its description can bring up when somebody else has written it."""
_FOLDER = re.compile(r"day-([0-9]{6})")
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")

Array = np.ndarray[Any, Any]


def save_checkpoint(folder: Path, day: int, arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> Path:
    """Write the state of a run and drop all checkpoints but the newest two.

    Args:
        folder: the run folder.
        day: day the state stands at, 0 to 999,999.
        arrays: numbers or records by name (lower-case letters, digits, ``_``, ``.``, ``-``).
        meta: whatever else the run needs to go on; must be plain JSON.

    Returns:
        The checkpoint's folder.

    Raises:
        RunFolderError: the disk refused; no half-written checkpoint has the name.
        ValueError: a name or the day is not admissible, or an array holds Python objects.
    """
    if not 0 <= day <= 999_999:
        raise ValueError(f"checkpoint day must be 0 to 999999; got {day}")
    described = {name: _describe(name, array) for name, array in arrays.items()}
    target = folder / CHECKPOINTS / f"day-{day:06d}"
    temporary = target.with_name(target.name + TEMPORARY)
    content = json.dumps({"day": day, "arrays": described, "meta": dict(meta)}, indent=1, allow_nan=False)
    with refusals(target):
        try:
            _remove(temporary)
            temporary.mkdir(parents=True)
            for name, array in arrays.items():
                _write_array(temporary / f"{name}.npy", array)
            write_whole(temporary / _META, content.encode())
            write_hash_list(temporary)
            _remove(target)
            temporary.rename(target)
            sync_folder(target.parent)
        except BaseException:
            with suppress(OSError):
                _remove(temporary)
            raise
        for old in checkpoints(folder)[KEPT:]:
            _remove(old)
    return target


def load_checkpoint(path: Path) -> tuple[int, dict[str, Array], dict[str, Any]]:
    """Read a checkpoint back after comparing files with their hashes and arrays with their type and shape.

    Returns:
        The day, the arrays by name with exactly the types they were saved with, and the meta data.

    Raises:
        RunFolderError: the checkpoint is missing, incomplete or altered; the message names each file.
    """
    if not path.is_dir():
        raise RunFolderError(
            f"{shown(path)} is not a checkpoint; give a folder like {CHECKPOINTS}/day-003650"
        )
    found = differences(path)
    if found:
        raise RunFolderError("\n".join([f"{shown(path)} cannot be used:", *(f"  {line}" for line in found)]))
    try:
        content = json.loads((path / _META).read_bytes())
        day, described, meta = int(content["day"]), dict(content["arrays"]), dict(content["meta"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RunFolderError(f"{shown(path / _META)} does not describe a checkpoint") from error
    if odd := [name for name in described if _NAME.fullmatch(name) is None]:
        raise RunFolderError(f"{shown(path / _META)} names an array {odd[0]!r}; such a name leads elsewhere")
    return day, {name: _read_array(path / f"{name}.npy", form) for name, form in described.items()}, meta


def latest_checkpoint(folder: Path) -> Path | None:
    """Return the newest checkpoint of a run folder of which no bit has changed, or None if there is none."""
    return next((path for path in checkpoints(folder) if not differences(path)), None)


def checkpoints(folder: Path) -> list[Path]:
    """Return the checkpoints of a run folder, newest first."""
    parent = folder / CHECKPOINTS
    if not parent.is_dir():
        return []
    with refusals(parent, "read"):
        return sorted((path for path in parent.iterdir() if _FOLDER.fullmatch(path.name)), reverse=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)


def _describe(name: str, array: Array) -> dict[str, Any]:
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"array name {name!r} must be lower-case letters, digits, '_', '.' and '-'")
    if array.dtype.hasobject:
        raise ValueError(
            f"array {name!r} holds Python objects; a checkpoint holds numbers and records of them"
        )
    return {"shape": list(array.shape), "dtype": _form(array.dtype)}


def _form(dtype: np.dtype[Any]) -> Any:
    """Describe a type in full: ``.npy`` forgets that a record is aligned, and compiled code asks for it."""
    if dtype.subdtype is not None:
        return {"of": _form(dtype.subdtype[0]), "shape": list(dtype.subdtype[1])}
    if dtype.fields is None:
        return dtype.str
    fields = [[name, _form(dtype.fields[name][0]), dtype.fields[name][1]] for name in dtype.names or ()]
    return {"fields": fields, "bytes": dtype.itemsize, "aligned": dtype.isalignedstruct}


def _dtype(form: Any) -> np.dtype[Any]:
    """Return the type that `_form` described."""
    if isinstance(form, str):
        return np.dtype(form)
    if "of" in form:
        return np.dtype((_dtype(form["of"]), tuple(form["shape"])))
    names, formats, offsets = zip(*form["fields"], strict=True)
    layout = {
        "names": list(names),
        "formats": [_dtype(inner) for inner in formats],
        "offsets": list(offsets),
        "itemsize": form["bytes"],
    }
    dtype: np.dtype[Any] = np.dtype(layout, align=form["aligned"])  # type: ignore[call-overload]
    return dtype


def _write_array(path: Path, array: Array) -> None:
    plain = np.asarray(array, order="C")
    header = io.BytesIO()
    np.lib.format.write_array_header_2_0(header, np.lib.format.header_data_from_array_1_0(plain))
    content = plain.reshape(-1).view(np.uint8).data if plain.size else b""
    write_whole(path, header.getvalue(), content)


def _read_array(path: Path, described: Any) -> Array:
    try:
        dtype, shape = _dtype(described["dtype"]), tuple(described["shape"])
        with path.open("rb") as file:
            told, head = _announced(file.read(_LARGEST_HEAD))
            if told != (dtype, shape):
                raise RunFolderError(
                    f"{shown(path)} holds {told[0]} of shape {told[1]}; {_META} says {dtype} of shape {shape}"
                )
            size = path.stat().st_size - head
            file.seek(head)
            if size != math.prod(shape) * dtype.itemsize:
                raise ValueError(f"{size} bytes follow its head; its shape asks for another number")
            array = np.empty(shape, dtype)
            if size:
                file.readinto(array.reshape(-1).view(np.uint8).data)
    except RunFolderError:
        raise
    except _UNREADABLE as error:
        raise RunFolderError(f"{shown(path)} cannot be read: {error}") from error
    typed: Array = array.view(dtype)
    return typed


def _announced(start: bytes) -> tuple[tuple[np.dtype[Any], tuple[int, ...]], int]:
    """Return type and shape that an array's file announces, and the length of its head.

    Only the start of the file is looked at: a head too may announce a length, for which nothing is set aside.
    """
    if start[:8] not in _MAGIC:
        raise ValueError("it is no array's file")
    first = _MAGIC[start[:8]]
    length = int.from_bytes(start[8:first], "little")
    head = ast.literal_eval(start[first : first + length].decode("latin-1"))
    shape, dtype = tuple(head["shape"]), np.lib.format.descr_to_dtype(head["descr"])
    if dtype.hasobject or (head["fortran_order"] and len(shape) > 1):
        raise ValueError("it holds Python objects, or is ordered by columns")
    return (dtype, shape), first + length
