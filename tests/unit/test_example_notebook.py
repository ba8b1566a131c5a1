"""The example notebook is executed as a reader would, and gives what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "examples" / "two-worlds.ipynb"


def given(cell: Any) -> list[tuple[str, str]]:
    """What a cell gives, as text; of a picture that there is one."""
    shown = []
    for output in cell.get("outputs", []):
        assert output["output_type"] in {"execute_result", "display_data"}, output
        data = output["data"]
        shown.append(("picture", "") if "image/png" in data else ("text", data["text/plain"]))
    return shown


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_the_example_notebook_gives_what_it_shows() -> None:
    book = nbformat.read(NOTEBOOK, as_version=4)
    expected = [given(cell) for cell in book.cells]
    assert sum(kind == "picture" for cell in expected for kind, _ in cell) == 4
    NotebookClient(book, timeout=300, kernel_name="python3").execute()
    assert [given(cell) for cell in book.cells] == expected


def test_the_notebook_says_that_the_society_is_synthetic() -> None:
    assert "synthetic society" in nbformat.read(NOTEBOOK, as_version=4).cells[0].source
