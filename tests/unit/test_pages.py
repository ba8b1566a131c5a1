"""What commands print of every preset, and of a comparison, is what was last read with care."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "golden_pages.py"))
NAMES = sorted(path.name for path in SCRIPT["PAGES"].iterdir())


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return dict(SCRIPT["pages"]())


def test_every_page_is_kept(pages: dict[str, str]) -> None:
    assert sorted(pages) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_changes_only_on_purpose(name: str, pages: dict[str, str]) -> None:
    kept = (SCRIPT["PAGES"] / name).read_text()
    assert f"{pages[name]}\n" == kept, "meant to change? scripts/golden_pages.py, and read it"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_a_wide_terminal(name: str, pages: dict[str, str]) -> None:
    widest = 200 if "diff" in name or "list.txt" in name else 122  # a rule told whole stands on one line
    assert max(map(len, pages[name].splitlines())) <= widest
