"""A folder for what nobody asked to keep."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path


class Scratch:
    """A folder for results that nobody asked to keep; it goes with the last that refers to this object."""

    def __init__(self) -> None:
        root = tempfile.mkdtemp(prefix="demerit-")
        self.folder = Path(root) / "run"
        weakref.finalize(self, shutil.rmtree, root, ignore_errors=True)
