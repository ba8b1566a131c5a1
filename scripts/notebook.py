"""Execute examples/two-worlds.ipynb in place, so that it shows what the present program gives.

python scripts/notebook.py
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[1] / "examples" / "two-worlds.ipynb"


def main() -> None:
    """Execute the notebook from its first cell and write it with what its cells give."""
    book = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(book, timeout=600, kernel_name="python3", record_timing=False).execute()
    NOTEBOOK.write_text(nbformat.writes(book), encoding="utf-8")


if __name__ == "__main__":
    main()
