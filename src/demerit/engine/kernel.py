"""Compile a kernel once per change of source, and check its integers when it runs as plain Python.

The compiled form and the plain form give the same bits. Compiled, integers wrap silently, so the plain form
is the overflow checker: each integer argument is turned into the declared type and a value that does not fit
raises.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

import numba as nb
import numpy as np

config: Any = nb.config

Function = TypeVar("Function", bound=Callable[..., Any])


_WITHOUT_KERNELS = {"cli.py", "cli_compare.py", "cli_runs.py", "files", "regime", "report", "study"}
"""Rooms that hold neither kernels nor numbers that kernels freeze: editing them needs no new compilation."""


def _source_digest() -> str:
    """Hash every source, the compiler's version and the processor: the compiler looks at one file only."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        if path.relative_to(package).parts[0] in _WITHOUT_KERNELS:
            continue
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    for name in ("numba", "numpy", "llvmlite"):
        digest.update(metadata.version(name).encode())
    digest.update(f"{sys.version_info[:3]}{platform.machine()}{_processor()}".encode())
    return digest.hexdigest()[:16]


def _processor() -> str:
    """Name the processor, because compiled code is for one kind of processor only."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line for line in lines if line.startswith(("model name", "CPU part"))), "")


def cache_root() -> Path:
    """Return the folder that holds compiled kernels (``DEMERIT_CACHE`` or the user's cache folder)."""
    chosen = os.environ.get("DEMERIT_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(chosen) / "demerit" if chosen else Path.home() / ".cache" / "demerit"


def cache_folder() -> Path:
    """Return the folder of kernels compiled from exactly these sources by exactly these tools."""
    return cache_root() / f"kernels-{_source_digest()}"


def is_cached() -> bool:
    """Tell whether an earlier process has compiled these kernels already."""
    return any(cache_folder().rglob("*.nbi"))


if "NUMBA_CACHE_DIR" not in os.environ:
    config.CACHE_DIR = str(cache_folder())

COMPILED: bool = not config.DISABLE_JIT

i8 = nb.int64
u8 = nb.uint64
u4 = nb.uint32
u1 = nb.uint8
void = nb.void

_CHECKED: dict[Any, type[np.integer[Any]]] = {
    nb.int64: np.int64,
    nb.int32: np.int32,
    nb.uint64: np.uint64,
    nb.uint32: np.uint32,
    nb.uint16: np.uint16,
    nb.uint8: np.uint8,
}


def record(dtype: np.dtype[Any]) -> Any:
    """Return the compiler's type of one record of ``dtype`` (passed by pointer, never counted)."""
    return nb.from_dtype(dtype)


def records(dtype: np.dtype[Any]) -> Any:
    """Return the compiler's type of a contiguous array of records or numbers of ``dtype``."""
    return nb.types.Array(nb.from_dtype(dtype), 1, "C")


def spaced(dtype: np.dtype[Any]) -> Any:
    """Return the compiler's type of an array of records that lie at any regular distance."""
    return nb.types.Array(nb.from_dtype(dtype), 1, "A")


def array(scalar: Any, dimensions: int = 1) -> Any:
    """Return the compiler's type of a contiguous array of a scalar type."""
    return nb.types.Array(scalar, dimensions, "C")


def several(scalar: Any, count: int) -> Any:
    """Return the compiler's type of a tuple of ``count`` equal scalars."""
    make: Any = nb.types.UniTuple
    return make(scalar, count)


def bundle(form: type[tuple[Any, ...]], kinds: Sequence[Any]) -> Any:
    """Return the compiler's type of a named tuple whose fields have these types, in order."""
    make: Any = nb.types.NamedTuple
    return make(kinds, form)


def _interpreted(signature: Any, function: Function) -> Function:
    """Wrap a kernel so that plain Python raises where compiled code would wrap."""
    types = [_CHECKED.get(argument) for argument in signature.args]

    @functools.wraps(function)
    def checked(*arguments: Any) -> Any:
        fitted = [
            argument if kind is None else _fit(argument, kind)
            for argument, kind in zip(arguments, types, strict=True)
        ]
        with np.errstate(over="raise"):
            return function(*fitted)

    return checked  # type: ignore[return-value]


def _fit(value: Any, kind: type[np.integer[Any]]) -> Any:
    limits = np.iinfo(kind)
    if not limits.min <= int(value) <= limits.max:
        raise OverflowError(f"{int(value)} does not fit {kind.__name__}")
    return kind(value)


def kernel(signature: Any, *, inline: bool = False) -> Callable[[Function], Function]:
    """Compile a function with an explicit signature, or check it when compilation is switched off.

    Args:
        signature: the compiler's signature, for example ``i8(i8, i8)``.
        inline: put the kernel's code into every caller; for a few short ones that everything rests on.

    Returns:
        A decorator. Compiled kernels release the interpreter lock, cannot allocate and are cached on disk.
    """

    def decorate(function: Function) -> Function:
        if not COMPILED:
            return _interpreted(signature, function)
        # cached code remembers its module's name, which is another when a tool imports the file by its path
        named = function.__module__.startswith("demerit.")
        compiler: Any = nb.njit
        # a kernel never allocates, so it need count no references to the arrays it is given (_nrt)
        options = {
            "nogil": True,
            "error_model": "numpy",
            "cache": named,
            "_nrt": False,
            "forceinline": inline,
        }
        compiled: Function = compiler(signature, **options)(function)
        return compiled

    return decorate
