"""The explorer as a person has it: served by the command, opened in a real Chromium without a way out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from scripts.screenshots import COMMAND, served

NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
PATIENCE_MS = 60_000


def demerit(*arguments: str) -> None:
    """Carry out a command of the program."""
    subprocess.run([*COMMAND, *arguments, "--quiet"], check=True, timeout=900)


@pytest.fixture(scope="session")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run, a comparison and claims, small enough to wait for."""
    place = tmp_path_factory.mktemp("studies")
    demerit("run", "--population", "2000", "--years", "3", "--out", str(place / "two-worlds"))
    demerit(
        "compare", "essay", "ordinary-law", "no-chain", "--society", "hamlet", "--years", "2", "--seeds", "4",
        "--out", str(place / "four-seeds"),
    )  # fmt: skip
    demerit(
        "claims", "--society", "hamlet", "--years", "3", "--seeds", "2", "--robustness", "0",
        "--out", str(place / "claims"),
    )  # fmt: skip
    return place


@pytest.fixture(scope="session")
def address(studies: Path) -> Iterator[str]:
    """Where the explorer of these studies listens; it stands among them, so copies name them shortly."""
    folders = [str(studies.resolve() / name) for name in ("two-worlds", "four-seeds", "claims")]
    with served(folders, studies) as address:
        yield address


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(driver: Playwright) -> Iterator[Browser]:
    """The distribution's Chromium; it finds no other host than this one."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "there is no Chromium; `make browser-test` installs it"
    browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", NOWHERE])
    yield browser
    browser.close()


class Seen:
    """A page with what went wrong on it.

    Attributes:
        page: the page; wrong: errors of scripts and requests that failed or went elsewhere.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.wrong = page, address, list[str]()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        page.on("request", self._watch)

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", self.address.replace("http", "ws"))):
            self.wrong.append(f"asked for {request.url}")

    def open(self, view: str, **state: str) -> Page:
        """Open a view and wait until it is whole."""
        query = "&".join(f"{name}={value}" for name, value in {"view": view, **state}.items())
        self.page.goto(f"{self.address}?{query}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the view has drawn itself."""
        self.page.wait_for_selector("main article h1")
        expect(self.page.locator("main [aria-busy=true]")).to_have_count(0, timeout=PATIENCE_MS)


@pytest.fixture
def seen(chromium: Browser, address: str) -> Iterator[Seen]:
    """A fresh page; the test fails if a script did or if anything was asked of another host."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    seen = Seen(context.new_page(), address)
    yield seen
    context.close()
    assert not seen.wrong
