"""Memory: records that begin on a cache line, and asking for a record before it is needed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.core import cgutils, types
from numba.extending import intrinsic

from demerit.engine.kernel import COMPILED

LINE = 64
"""Bytes of a cache line."""


def aligned_zeros(count: int, dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
    """Return ``count`` zeroed records whose first one begins on a cache line.

    >>> int(aligned_zeros(3, np.dtype("i8")).ctypes.data % LINE)
    0
    """
    raw = np.zeros(count * dtype.itemsize + LINE, np.uint8)
    skip = -raw.ctypes.data % LINE
    return raw[skip : skip + count * dtype.itemsize].view(dtype)


def address_of(held: Any) -> int:
    """Return where an array or a record lies."""
    return int(np.frombuffer(held, np.uint8).ctypes.data)


def _prefetch_code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    from llvmlite import ir

    array_type, _ = signature.args
    held = context.make_array(array_type)(context, builder, arguments[0])
    byte = ir.IntType(8).as_pointer()
    pointers = [builder.bitcast(builder.gep(held.data, [arguments[1]]), byte)]
    if array_type.layout != "C":
        # records at some distance may lie across two lines; what is cut off in front is at most a few bytes
        unpack: Any = cgutils.unpack_tuple
        (distance,) = unpack(builder, held.strides)
        first = builder.gep(builder.bitcast(held.data, byte), [builder.mul(arguments[1], distance)])
        pointers = [builder.gep(first, [ir.Constant(distance.type, 8)]), builder.gep(first, [distance])]
    number = ir.IntType(32)
    find: Any = cgutils.get_or_insert_function
    ask = find(
        builder.module,
        ir.FunctionType(ir.VoidType(), [byte, number, number, number]),
        "llvm.prefetch.p0",
    )
    for pointer in pointers:
        builder.call(ask, [pointer, number(1), number(3), number(1)])
    return context.get_dummy_value()


@intrinsic
def _prefetch(typing_context: Any, array: Any, index: Any) -> Any:
    """Ask the processor for ``array[index]``, to be written."""
    return types.void(array, types.intp), _prefetch_code


def _nothing(array: Any, index: int) -> None:
    """Ask for nothing, where code is interpreted."""


prefetch: Any = _prefetch if COMPILED else _nothing
"""Ask for ``array[index]`` before it is needed; a hint without any effect on results."""
