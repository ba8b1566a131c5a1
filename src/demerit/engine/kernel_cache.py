"""Where compiled kernels are kept: a folder for each module, named after all that its code rests on.

The compiler itself looks only at the file a kernel stands in, but compiled code holds what it has called and
the numbers it has read. So the folder's name is a digest of the module and of every module it imports,
however far away, and an edit recompiles no more than what can have changed.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import re
import sys
from importlib import metadata
from pathlib import Path

_WITHOUT_KERNELS = {
    "cli.py",
    "cli_compare.py",
    "cli_files.py",
    "cli_runs.py",
    "files",
    "regime",
    "report",
    "study",
}
"""Rooms that hold neither kernels nor numbers that kernels freeze: editing them needs no new compilation."""
_IMPORT = re.compile(
    r"^\s*(?:from\s+(demerit[\w.]*)\s+import\s+(\([^)]*\)|[^\n]*)|import\s+(demerit[\w.]*))", re.M
)
_LAST = "demerit.simulation.steps"
"""The module compiled last: it holds the steps of a day, which call all mechanisms."""


@functools.cache
def _sources() -> dict[str, bytes]:
    """Read every module that may hold kernels or numbers they freeze, by its dotted name."""
    package = Path(__file__).resolve().parent.parent
    found = {}
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        if inside.parts[0] not in _WITHOUT_KERNELS:
            parts = ("demerit", *inside.with_suffix("").parts)
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_bytes()
    return found


@functools.cache
def _imported_by(module: str) -> frozenset[str]:
    """Return the modules that a module imports itself."""
    found = set()
    for match in _IMPORT.finditer(_sources()[module].decode()):
        package, names, whole = match.groups()
        found.add(whole or package)
        for name in re.findall(r"\w+", names or ""):
            found.add(f"{package}.{name}")
    return frozenset(found & _sources().keys())


@functools.cache
def _tools() -> bytes:
    """Name what turns sources into machine code: the compiler, the interpreter and the processor."""
    versions = [metadata.version(name) for name in ("numba", "numpy", "llvmlite")]
    return f"{versions}{sys.version_info[:3]}{platform.machine()}{_processor()}".encode()


def _processor() -> str:
    """Name the processor, because compiled code is for one kind of processor only."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line for line in lines if line.startswith(("model name", "CPU part"))), "")


def _digest(modules: frozenset[str]) -> str:
    digest = hashlib.sha256(_tools())
    for module in sorted(modules):
        digest.update(module.encode() + b"\0" + _sources()[module] + b"\0")
    return digest.hexdigest()[:16]


def rests_on(module: str) -> frozenset[str]:
    """Return a module and all modules it imports, directly or through others.

    >>> sorted(rests_on("demerit.engine.integer"))
    ['demerit.engine.integer']
    """
    reached: set[str] = set()
    waiting = [module]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting.extend(_imported_by(one))
    return frozenset(reached)


def cache_root() -> Path:
    """Return the folder that holds compiled kernels (``DEMERIT_CACHE`` or the user's cache folder)."""
    chosen = os.environ.get("DEMERIT_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(chosen) / "demerit" if chosen else Path.home() / ".cache" / "demerit"


@functools.cache
def cache_folder(module: str) -> Path:
    """Return the folder of a module's kernels, compiled from exactly these sources by exactly these tools."""
    return cache_root() / f"kernels-{module.removeprefix('demerit.')}-{_digest(rests_on(module))}"


def is_cached() -> bool:
    """Tell whether an earlier process has compiled these kernels already."""
    return any(cache_folder(_LAST).rglob("*.nbi"))


def program_digest() -> str:
    """Return a digest of all sources that decide bits, and of the tools that compile them."""
    return _digest(frozenset(_sources()))
