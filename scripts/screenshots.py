"""Write pictures of every view of the explorer into docs/images/explorer.

    python scripts/screenshots.py

Makes a run, a comparison and claims small enough to wait for, serves them and opens each view in Chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "images" / "explorer"
COMMAND = [sys.executable, "-c", "from demerit.cli import main; main()"]
WIDE, NARROW = 1280, 360
TALLEST = 1800
"""Pixels of a picture at most: what is below tells the same in tables."""
STATE = {"rules": "&set=conduct.road.crosswalk.coverage:0.1&seeds=3"}
"""What a view shows beyond what it opens with."""
ALL_IN = ".standing:has-text('3 seeds:')"
VIEWS = ("worlds", "life", "rules", "claims", "pays", "machine", "screen", "studies", "story")
STUDIES = {
    "two-worlds": ("run", "--population", "5000", "--years", "10"),
    "four-seeds": (
        *("compare", "ordinary-law", "essay", "no-chain", "--population", "2000"),
        *("--years", "5", "--seeds", "4"),
    ),
    "claims": ("claims", "--population", "2000", "--years", "5", "--seeds", "4", "--robustness", "6"),
}


def make(place: Path) -> list[str]:
    """Make the studies that are shown and return their folders."""
    for name, arguments in STUDIES.items():
        subprocess.run([*COMMAND, *arguments, "--out", str(place / name), "--quiet"], check=True)
    return [str(place / name) for name in STUDIES]


@contextmanager
def served(folders: list[str], where: Path | None = None) -> Iterator[str]:
    """Serve studies, or what lies under ``runs`` in a folder, and yield the address."""
    server = subprocess.Popen(
        [*COMMAND, "serve", *folders, "--port", "0", "--no-open"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=where,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert server.stdout is not None
        yield next(word for word in server.stdout.readline().split() if word.startswith("http://"))
    finally:
        server.terminate()
        server.communicate(timeout=20)


def opened(browser: Browser, address: str, view: str, theme: str, width: int) -> Page:
    """Open a view in a context of its own and wait until it is whole."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{address}?view={view}&theme={theme}{STATE.get(view, '')}")
    page.wait_for_selector("main article h1")
    page.wait_for_selector("main [aria-busy=true]", state="detached")
    page.wait_for_selector("main .waiting", state="detached")
    if view == "rules":
        page.wait_for_selector(ALL_IN)
    page.wait_for_timeout(2500)  # canvases and charts are drawn after the page is whole
    return page


def picture(browser: Browser, address: str, view: str, theme: str, width: int) -> None:
    """Keep a picture of a view from its top down."""
    page = opened(browser, address, view, theme, width)
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{view}-{theme}-{width}.png")
    page.context.close()


def parts_of_a_life(browser: Browser, address: str) -> None:
    """Keep pictures of what stands further down in a life: those near, and the largest tree that is drawn."""
    page = opened(browser, address, "life", "light", WIDE)
    page.locator(".ties").screenshot(path=PICTURES / f"life-ties-light-{WIDE}.png")
    largest, most = None, 0
    for root in page.locator(".roots:not(details .roots) > li > details").all():
        root.locator("summary").first.click()
        root.locator(".tree-picture, .hint").first.wait_for()
        for canvas in root.locator(".tree-picture canvas").all():
            entries = int(canvas.get_attribute("data-entries") or 0)
            if entries > most:
                largest, most = root.locator(".tree-picture"), entries
    if largest is not None:
        largest.screenshot(path=PICTURES / f"life-tree-light-{WIDE}.png")
    page.context.close()


def main() -> None:
    """Make the studies, serve them, and take every picture."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        sys.exit("error: there is no Chromium; `make screenshots` installs it")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="demerit-") as place, sync_playwright() as driver:
        folders = [str(Path(one).resolve()) for one in sys.argv[1:]] or make(Path(place))
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with served(folders) as address:
            for view in VIEWS:
                for theme, width in (("light", WIDE), ("dark", WIDE), ("light", NARROW)):
                    picture(browser, address, view, theme, width)
                    print(f"{view}, {theme}, {width} pixels wide")
            parts_of_a_life(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
