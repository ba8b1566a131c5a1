"""Compile a kernel once per change of source, and check its integers when it runs as plain Python.

The compiled form and the plain form give the same bits. Compiled, integers wrap silently, so the plain form
is the overflow checker: each integer argument is turned into the declared type and a value that does not fit
raises.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba as nb
import numpy as np
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import CPUDispatcher

from demerit.engine.kernel_cache import cache_folder

config: Any = nb.config

Function = TypeVar("Function", bound=Callable[..., Any])


_OWN_CACHE = "NUMBA_CACHE_DIR" not in os.environ

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


class _Waiting(CPUDispatcher):
    """A kernel that is compiled, or read from the disk, when it is first called or compiled into another.

    Compiled code holds all that it calls. A warm process therefore reads a few dozen kernels instead of all,
    which takes most of a short run's time.
    """

    signature: Any

    def settle(self) -> None:
        """Compile the kernel for its one signature, or read it; from then on it is an ordinary one."""
        with global_compiler_lock:
            if isinstance(self, _Waiting):
                self.compile(self.signature)
                self.disable_compile()
                self.__class__ = CPUDispatcher  # type: ignore[assignment]

    def __call__(self, *arguments: Any) -> Any:
        self.settle()
        return self(*arguments)

    def get_call_template(self, args: Any, kws: Any) -> Any:
        self.settle()
        return self.get_call_template(args, kws)

    @property
    def nopython_signatures(self) -> Any:
        self.settle()
        return self.nopython_signatures


_WAITING: list[_Waiting] = []


def compile_all() -> None:
    """Compile every kernel that has been imported, and keep all on the disk."""
    for one in _WAITING:
        if isinstance(one, _Waiting):
            one.settle()
    _WAITING.clear()


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
        # a kernel never allocates, so it need count no references to the arrays it is given (_nrt), and none
        # is handed to compiled code as a value, which saves a tenth of the compiler's time (no_cfunc_wrapper)
        options = {
            "nopython": True,
            "boundscheck": None,
            "nogil": True,
            "error_model": "numpy",
            "_nrt": False,
            "no_cfunc_wrapper": True,
            "forceinline": inline,
        }
        waiting = _Waiting(py_func=function, targetoptions=options)
        waiting.signature = signature
        # cached code remembers its module's name, which is another when a tool imports the file by its path
        if function.__module__.startswith("demerit."):
            if _OWN_CACHE:
                config.CACHE_DIR = str(cache_folder(function.__module__))
            waiting.enable_caching()
            _WAITING.append(waiting)
        else:
            waiting.settle()
        return cast(Function, waiting)

    return decorate
