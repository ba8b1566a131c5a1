"""The decorator of kernels: no references counted when compiled, overflow found when interpreted."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from types import FunctionType
from typing import Any

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher
from numba.core.errors import TypingError

from demerit.engine.kernel import array, i8, kernel
from demerit.engine.kernel_cache import rests_on

INTERPRETED = """
import json
import pytest
from demerit.engine.draws import draw
from demerit.engine.fixed import exponential, half_lives, logistic, times_q32
from demerit.engine.kernel import COMPILED, i8, kernel, u4

assert not COMPILED

@kernel(i8(u4, i8))
def scaled(count, size):
    return count * size

assert scaled(3, 4) == 12
for count in (-1, 2**32):
    with pytest.raises(OverflowError, match="does not fit uint32"):
        scaled(count, 1)
with pytest.raises(OverflowError, match="does not fit int64"):
    scaled(1, 2**63)
with pytest.raises(FloatingPointError, match="overflow"):
    scaled(4, 2**62)
"""

SAME_BITS = """
import json
from demerit.engine.draws import draw
from demerit.engine.fixed import exponential, half_lives, logistic, times_q32

grid = range(-524288, 524289, 8191)
print(json.dumps([
    [int(logistic(x)) for x in grid],
    [int(exponential(x)) for x in grid],
    [int(half_lives(days, 365)) for days in range(0, 4000, 97)],
    [int(times_q32(x * x * x, 4294967296 - 1)) for x in range(-30000, 30000, 997)],
    [[int(lane) for lane in draw(2**61 + 5, 3, subject, 17, 1)] for subject in range(0, 2**32, 2**27 - 1)],
]))
"""


def run(code: str, **environment: str) -> str:
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def compiled_afresh(function: Any) -> str:
    """Return the assembly of a kernel compiled anew; that of one from the cache cannot be read."""
    plain = function.py_func
    copy = FunctionType(plain.__code__, plain.__globals__, plain.__name__, plain.__defaults__)
    copy.__module__ = __name__
    fresh: Any = kernel(function.nopython_signatures[0])(copy)
    (assembly,) = fresh.inspect_asm().values()
    return str(assembly)


def test_an_interpreted_kernel_raises_where_a_compiled_one_would_wrap() -> None:
    run(INTERPRETED, NUMBA_DISABLE_JIT="1")


def test_compiled_and_interpreted_kernels_give_the_same_bits() -> None:
    assert json.loads(run(SAME_BITS)) == json.loads(run(SAME_BITS, NUMBA_DISABLE_JIT="1"))


@kernel(i8(array(i8), i8))
def entry_at(values: np.ndarray[Any, Any], index: int) -> int:
    return int(values[index])


def test_a_kernel_reads_arrays_without_counting_references() -> None:
    assert entry_at(np.arange(5), 3) == 3
    assembly = compiled_afresh(entry_at)
    assert "entry_at" in assembly
    assert "NRT_" not in assembly


def test_a_kernel_that_allocates_is_refused() -> None:
    def allocate(count: int) -> int:
        return len(np.zeros(count))

    with pytest.raises(TypingError, match="returning of array"):
        kernel(i8(i8))(allocate)


def dispatchers(room: str) -> dict[str, Any]:
    """Return every compiled function of a room's modules by its name."""
    package = importlib.import_module(f"demerit.{room}")
    modules = [
        importlib.import_module(f"demerit.{room}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    ]
    return {
        f"{module.__name__}.{name}": held
        for module in modules
        for name, held in vars(module).items()
        if isinstance(held, Dispatcher)
    }


@pytest.mark.parametrize("room", ["engine", "mechanisms", "institutions", "simulation", "measures"])
def test_every_compiled_function_is_a_kernel_of_the_house(room: str) -> None:
    found = dispatchers(room)
    assert found
    for name, function in found.items():
        assert function.targetoptions.get("_nrt") is False, name
        assert function.targetoptions.get("nogil") is True, name
        assert len(function.nopython_signatures) == 1, name


@pytest.mark.parametrize("name", ["mechanisms.choice.tempted", "institutions.sanctions.reckon"])
def test_what_happens_to_a_person_counts_no_references(name: str) -> None:
    module, _, function = f"demerit.{name}".rpartition(".")
    assembly = compiled_afresh(getattr(importlib.import_module(module), function))
    assert function in assembly
    assert "NRT_" not in assembly


def called_modules(function: Any) -> set[str]:
    """Return the modules of the kernels that a kernel calls."""
    plain = function.py_func
    used = (plain.__globals__.get(name) for name in plain.__code__.co_names)
    return {other.__module__ for other in used if isinstance(other, Dispatcher)}


@pytest.mark.parametrize("room", ["engine", "mechanisms", "institutions", "simulation", "measures"])
def test_a_kernel_is_compiled_anew_when_anything_it_calls_has_changed(room: str) -> None:
    for name, function in dispatchers(room).items():
        assert called_modules(function) <= rests_on(function.__module__), name


def test_an_edit_of_a_mechanism_leaves_the_kernels_below_it_compiled() -> None:
    assert "demerit.mechanisms.rescue" in rests_on("demerit.simulation.steps")
    assert "demerit.mechanisms.rescue" not in rests_on("demerit.institutions.lists")
