"""Every view opens in a real browser, can be read by everybody, and keeps its state in its address."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from tests.browser.conftest import Seen

VIEWS = ("worlds", "life", "rules", "claims", "pays", "machine", "screen", "studies", "story")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_opens_without_asking_anybody_else(seen: Seen, view: str) -> None:
    page = seen.open(view)
    expect(page.locator("main article h1")).to_be_visible()
    expect(page.locator("main [role=alert]")).to_have_count(0)
    expect(page.get_by_text("No real person is described or scored.").first).to_be_visible()
    expect(page.locator("main section.means")).to_have_count(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_no_barriers_that_axe_knows(seen: Seen, view: str, theme: str) -> None:
    page = seen.open(view, theme=theme)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    found = Axe().run(page).response["violations"]
    assert not [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize(("width", "zoom"), [(360, 1), (1280, 2)], ids=["on a phone", "at 200 %"])
def test_nothing_is_wider_than_the_page(chromium: Browser, address: str, width: int, zoom: int) -> None:
    context = chromium.new_context(viewport={"width": width // zoom, "height": 800}, device_scale_factor=zoom)
    seen = Seen(context.new_page(), address)
    wide = {}
    for view in VIEWS:
        page = seen.open(view)
        wide[view] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    assert {view: over for view, over in wide.items() if over > 0} == {}


def test_every_view_has_the_card_of_what_it_shows(seen: Seen) -> None:
    for view in VIEWS:
        page = seen.open(view)
        card = page.locator("#card")
        expect(card).to_be_visible()
        card.locator("summary").click()
        expect(card).to_contain_text("Synthetic society: no real person is described.")
        rows = dict(
            zip(card.locator("dt").all_inner_texts(), card.locator("dd").all_inner_texts(), strict=True)
        )
        assert {"Intended use", "Must not be used for", "Assumptions", "Seeds", "Version"} <= set(rows)
        people = "10,000" if view == "rules" else "200" if view in ("claims", "studies") else "2,000"
        assert rows["Population"].startswith(f"{people} people of the society")


def test_definitions_stand_below_their_terms(seen: Seen) -> None:
    page = seen.open("rules")
    page.get_by_text("Definition of each number").click()
    assert page.locator(".means dt").all_inner_texts()[1] == "Wrongful records (share of records)"
    assert page.locator(".means dd").count() == page.locator(".means dt").count() == 6
    assert "[object" not in page.locator("body").inner_text()


def test_back_and_forward_lead_through_the_views(seen: Seen) -> None:
    page = seen.open("worlds")
    page.locator("#views").get_by_role("link", name="The machine").click()
    seen.settle()
    expect(page.locator("main h1")).to_have_text("The machine")
    page.go_back()
    expect(page.locator("main h1")).to_have_text("Two worlds")
    page.go_forward()
    expect(page.locator("main h1")).to_have_text("The machine")


def test_a_view_is_reached_by_keyboard_alone(seen: Seen) -> None:
    page = seen.open("worlds")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Who pays":
            break
    page.keyboard.press("Enter")
    seen.settle()
    expect(page.locator("main h1")).to_have_text("Who pays")


def test_the_theme_is_switched_and_kept(seen: Seen) -> None:
    page = seen.open("worlds", theme="light")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator("#theme").click()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != ground
    assert "theme=dark" in page.url
    page.reload()
    seen.settle()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_copied_link_opens_the_same_view_again(seen: Seen) -> None:
    page = seen.open("pays")
    page.locator("#copies summary").click()
    page.get_by_role("button", name="Copy as link").click()
    link = page.evaluate("navigator.clipboard.readText()")
    before = page.locator("main").inner_text()
    page.goto("about:blank")
    page.goto(link)
    seen.settle()
    assert page.locator("main").inner_text() == before


def test_every_chart_has_its_table(seen: Seen) -> None:
    for view in ("worlds", "pays", "machine", "studies", "claims"):
        page = seen.open(view)
        page.wait_for_timeout(500)
        for figure in page.locator("figure.chart").all():
            assert figure.locator("details table").count() == 1, view
