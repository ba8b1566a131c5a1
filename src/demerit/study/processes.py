"""How worker processes begin: as copies of a process that has loaded the model, and apart from the caller."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

_NEEDED = "demerit.study.worker"
"""What a worker needs; loaded once, by the process that all workers are copies of."""


def context() -> BaseContext:
    """Let the process begin that workers are copies of, unless it is there, and return how to get a copy."""
    multiprocessing.set_forkserver_preload([_NEEDED])
    try:
        with sheltered():
            forkserver.ensure_running()
    except OSError:  # its socket needs a short path to the folder of temporary files
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("forkserver")


@contextmanager
def sheltered() -> Iterator[None]:
    """Let processes begin that leave Ctrl-C to this one and have no part in the caller's script.

    That a signal is ignored is inherited. Did the workers know the script, one that compares at its top level
    would be run again by each of them.
    """
    here = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if here else None
    script = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script
        if here:
            signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
