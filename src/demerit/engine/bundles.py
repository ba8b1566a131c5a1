"""Bundles: many arrays and records that kernels take together, by one address.

Handing over an array costs a look at its type, its shape and its place at every call from Python, and seven
words at every call between kernels. A bundle is looked at once, when it is made: its words lie in a table, a
kernel is given the address of the table, and reads the two or three words that it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import Any, ClassVar

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    models,
    register_model,
    unbox,
)
from numba.np import arrayobj
from numba.np.numpy_support import as_dtype

from demerit.engine.memory import address_of

_WORD = ir.IntType(64)
_make_array: Any = arrayobj.make_array
_populate: Any = arrayobj.populate_array
_is_set: Any = cgutils.is_not_null
_Native: Any = NativeValue
_unbox_as: Any = unbox
_read_as: Any = lower_getattr_generic


class Bundle:
    """What kernels take by one address; a subclass is a dataclass of arrays, records and tuples of arrays.

    Its arrays must not be exchanged for others: a new bundle is made for them.
    """

    __slots__ = ("_parts", "_words", "address")

    _numba_type_: ClassVar[Any]
    address: int
    """Where the words of the bundle lie."""

    def __post_init__(self) -> None:
        fields: Any = self._numba_type_.fields
        self._parts = tuple(getattr(self, name) for name, _ in fields)
        words = [
            word
            for part, (_, kind) in zip(self._parts, fields, strict=True)
            for word in _words_of(part, kind)
        ]
        self._words = np.array(words, np.int64)
        self.address = self._words.ctypes.data

    def holds(self, parts: tuple[Any, ...]) -> bool:
        """Tell whether these very arrays and records are the bundle's, in the order of its fields."""
        return all(map(is_, self._parts, parts))


def _words_of(value: Any, kind: Any) -> list[int]:
    """Return the words of an array (place, shape, strides), of a record (place) or of a tuple of arrays."""
    if isinstance(kind, types.UniTuple):
        return [word for one in value for word in _words_of(one, kind.dtype)]
    if isinstance(kind, types.Record):
        return [address_of(value)]
    if value.dtype != as_dtype(kind.dtype) or value.ndim != kind.ndim:
        raise TypeError(f"{kind} was declared, not an array of {value.dtype} in {value.ndim} dimensions")
    if kind.layout == "C" and not value.flags.c_contiguous:
        raise TypeError(f"{kind} was declared, and the array does not lie in one piece")
    return [value.ctypes.data, *value.shape, *value.strides]


class BundleType(types.Type):
    """How the compiler sees a bundle: a pointer, and the kind of each of its fields."""

    def __init__(self, name: str, fields: Sequence[tuple[str, Any]]) -> None:
        self.fields = tuple(fields)
        super().__init__(name=f"Bundle({name})")

    def place_of(self, field: str) -> tuple[Any, int]:
        """Return the kind of a field and the place of its first word."""
        place = 0
        for name, kind in self.fields:
            if name == field:
                return kind, place
            place += _length(kind)
        raise AttributeError(field)


def _length(kind: Any) -> int:
    """Return how many words describe a value of a kind."""
    if isinstance(kind, types.UniTuple):
        return int(kind.count) * _length(kind.dtype)
    return 1 if isinstance(kind, types.Record) else 1 + 2 * int(kind.ndim)


def bundle(form: type[Bundle], kinds: Sequence[Any]) -> Any:
    """Return the compiler's type of a bundle whose fields have these types, in order."""
    names: Any = form.__dataclass_fields__  # type: ignore[attr-defined]
    form._numba_type_ = BundleType(form.__name__, list(zip(names, kinds, strict=True)))
    return form._numba_type_


@register_model(BundleType)
class _BundleModel(models.OpaqueModel):
    """A bundle is a pointer to its words."""


@_unbox_as(BundleType)
def _unbox(_: Any, value: Any, c: Any) -> Any:
    address = c.pyapi.object_getattr_string(value, "address")
    number = c.pyapi.long_as_longlong(address)
    c.pyapi.decref(address)
    pointer = c.builder.inttoptr(number, c.context.get_value_type(types.voidptr))
    return _Native(pointer, is_error=_is_set(c.builder, c.pyapi.err_occurred()))


@infer_getattr
class _BundleAttribute(AttributeTemplate):
    key = BundleType

    def resolve_field(self, bundle: BundleType, field: str) -> Any:
        """Return the type of a field."""
        return dict(bundle.fields).get(field)

    generic_resolve: Any = resolve_field


@_read_as(BundleType)
def _get_field(context: Any, builder: Any, kind: BundleType, value: Any, field: str) -> Any:
    of_field, place = kind.place_of(field)
    return _value_at(context, builder, of_field, builder.bitcast(value, _WORD.as_pointer()), place)


def _value_at(context: Any, builder: Any, kind: Any, words: Any, place: int) -> Any:
    """Read a field whose first word has a place in the table."""
    if isinstance(kind, types.UniTuple):
        each = _length(kind.dtype)
        values = [
            _value_at(context, builder, kind.dtype, words, place + number * each)
            for number in range(kind.count)
        ]
        return context.make_tuple(builder, kind, values)

    def word(number: int) -> Any:
        loaded = builder.load(builder.gep(words, [_WORD(place + number)]))
        # a table never changes, so what a kernel writes elsewhere is no reason to read a word again
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    if isinstance(kind, types.Record):
        return builder.inttoptr(word(0), context.get_value_type(kind))
    made = _make_array(kind)(context, builder)
    size = _WORD(as_dtype(kind.dtype).itemsize)
    shape = [word(1 + axis) for axis in range(kind.ndim)]
    strides = [word(1 + kind.ndim + axis) for axis in range(kind.ndim)]
    if kind.layout == "C":
        strides[-1] = size
        for axis in range(kind.ndim - 2, -1, -1):
            strides[axis] = builder.mul(strides[axis + 1], shape[axis + 1])
    place_type = context.get_data_type(kind.dtype).as_pointer()
    _populate(
        made,
        data=builder.inttoptr(word(0), place_type),
        shape=shape,
        strides=strides,
        itemsize=size,
        meminfo=None,
    )
    return made._getvalue()
