"""What people do with the explorer, done in a real browser: sliders, time, lives, causes, claims, links."""

from __future__ import annotations

import csv
import io
import re
import time
from math import hypot
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from scripts.screenshots import served
from tests.browser.conftest import PATIENCE_MS, Seen

LAYOUTS = """async () => {
  const { around } = await import("/static/ties.js");
  const sizes = [4, 20, 5, 2, 24, 24, 12];
  return [288, 550].map((width) => {
    let next = 1;
    const places = (size) => Array.from({ length: size }, () => next++);
    const groups = sizes.map((size) => ({ places: places(size), name: "", beside: "" }));
    const { nodes, height } = around(groups, Array(next).fill("circle"), [], [])(width);
    return { width, height, nodes };
  });
}"""
"""Where as many dots stand as a busy life has, on a phone and beside another world."""


def move(page: Page, selector: str, steps: int) -> None:
    """Move a slider by its keys, as whoever has no pointer does."""
    slider = page.locator(selector)
    slider.focus()
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")


def test_a_slider_is_moved_and_the_worlds_are_lived_again(seen: Seen, pytestconfig: pytest.Config) -> None:
    page = seen.open("rules")
    expect(page.locator(".standing")).to_contain_text("One seed", timeout=PATIENCE_MS)
    expect(page.locator(".results table")).to_have_count(1, timeout=PATIENCE_MS)
    page.evaluate("delete document.documentElement.dataset.firstPicture")
    before = page.locator(".results table").inner_text()
    slider = page.locator(".controls input[type=range]").nth(4)
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(".words ul li")).not_to_have_count(0, timeout=PATIENCE_MS)
    expect(page.locator("html[data-first-picture]")).to_have_count(1, timeout=PATIENCE_MS)
    took = page.evaluate("document.documentElement.dataset.firstPicture")
    pytestconfig.get_terminal_writer().line(f" slider to first new picture: {took} ms")
    expect(page.locator(".results table")).not_to_have_text(before, timeout=PATIENCE_MS)
    assert re.search(r"[?&]set=", page.url)


def saved(page: Page, kind: str) -> str:
    """Save the chart of the rulebook in a form and return what the file holds."""
    with page.expect_download() as download:
        page.locator(".growing").get_by_role("button", name=kind).click()
    return Path(download.value.path()).read_text(errors="replace")


def test_the_lines_grow_and_have_bands_over_several_seeds(seen: Seen) -> None:
    page = seen.open("rules", set="conduct.road.crosswalk.coverage:0.1", seeds="1")
    expect(page.locator(".standing")).to_contain_text("One seed:", timeout=PATIENCE_MS)
    one = list(csv.DictReader(io.StringIO(saved(page, "CSV"))))
    assert len(one) == 6 * 10
    assert set(one[0]) == {"what", "unit", "year", "reform", "as it is", "ordinary"}
    assert one[0]["reform"] != one[0]["as it is"]
    bands = page.locator('.growing path[aria-roledescription="area mark"], .growing .mark-area path')
    assert not [path for path in bands.all() if path.get_attribute("d")]
    chart = page.locator(".growing .picture").element_handle()
    page.locator("#seeds").select_option("3")
    expect(page.locator(".standing")).to_contain_text("3 seeds:", timeout=2 * PATIENCE_MS)
    assert (
        page.locator(".growing .picture").element_handle().evaluate("(now, before) => now === before", chart)
    )
    assert len([path for path in bands.all() if path.get_attribute("d")]) >= 6 * 2
    three = list(csv.DictReader(io.StringIO(saved(page, "CSV"))))
    for row in three:
        if row["reform"]:
            assert float(row["reform, low"]) <= float(row["reform"]) <= float(row["reform, high"])
    assert saved(page, "SVG").count("<svg") == 1
    assert "PNG" in saved(page, "PNG")[:8]
    page.locator(".growing summary").click()
    assert page.locator(".growing tbody tr").count() == len(three)


def test_whom_a_difference_reaches_is_counted_and_drawn(seen: Seen) -> None:
    for view, lines in (("worlds", "One seed"), ("studies", "Means over 4 seeds")):
        page = seen.open(view)
        page.get_by_role("button", name="Count whom it reaches").click()
        section = page.locator("section.reach")
        expect(section.locator("figure svg")).to_have_count(1, timeout=2 * PATIENCE_MS)
        expect(section).to_contain_text(lines)
        expect(section.locator("figure svg")).to_contain_text("something differs")
        expect(section.locator("figure svg")).to_contain_text("the ledger differs")
        expect(section.get_by_role("region", name="By kind of subject")).to_contain_text("vehicles")


def test_any_number_is_moved_by_its_name(seen: Seen) -> None:
    page = seen.open("rules")
    field = page.locator("#finder")
    field.fill("nobody.has.this")
    page.keyboard.press("Enter")
    expect(page.locator("#finder-about")).to_contain_text("There is no number")
    for name, kind in (("conduct.road.speeding.coverage", "range"), ("licence.limit", "number")):
        field.fill(name)
        control = page.locator(f"#control-{name.replace('.', '-')}")
        expect(control).to_be_focused()
        assert control.get_attribute("type") == kind
    about = page.locator("#control-licence-limit-about")
    expect(about).to_contain_text("licence points; no range in the file; in the file 12; cited [S85]")
    control.fill("9")
    expect(page.locator(".words li")).to_contain_text(
        "licence, limit: 12 licence points → 9", timeout=PATIENCE_MS
    )
    assert "also=" in page.url
    page.reload()
    seen.settle()
    expect(page.locator("#control-licence-limit")).to_have_value("9")
    expect(page.locator("#control-conduct-road-speeding-coverage")).to_have_count(1)
    control.fill("-4")
    expect(page.locator(".standing")).to_contain_text("licence.limit", timeout=PATIENCE_MS)
    page.get_by_role("button", name="As in the file").click()
    seen.settle()
    expect(page.locator("#control-licence-limit")).to_have_count(0)
    assert "set=" not in page.url


def test_the_rulebook_is_copied_with_its_reform(seen: Seen) -> None:
    page = seen.open("rules", set="detection.mismatch:0.002", seeds="2")
    page.locator("#copies summary").click()
    expect(page.locator("#copied")).to_contain_text(
        "demerit compare essay reform.toml ordinary-law", timeout=PATIENCE_MS
    )
    expect(page.locator("#copied")).to_contain_text('base.patched({"detection.mismatch": 0.002})')


def test_copies_name_the_folder_from_where_the_explorer_stands(seen: Seen) -> None:
    for view in ("worlds", "life", "pays", "machine", "screen", "story", "studies"):
        page = seen.open(view)
        page.locator("#copies summary").click()
        folder = "four-seeds" if view == "studies" else "two-worlds"
        named = page.locator("#copied code").filter(has_text=re.compile(rf'[ "]{folder}\b'))
        expect(named.first).to_be_visible(timeout=PATIENCE_MS)


def test_a_first_run_is_cancelled_and_leaves_nothing(chromium: Browser, tmp_path: Path) -> None:
    with served([], tmp_path) as address:
        seen = Seen(chromium.new_page(), address)
        seen.page.goto(address)
        expect(seen.page.get_by_role("heading", name="Making a first run")).to_be_visible(timeout=PATIENCE_MS)
        assert [one.suffix for one in (tmp_path / "runs").iterdir()] == [".partial"]
        seen.page.get_by_role("button", name="Cancel").click()
        expect(seen.page.get_by_role("alert")).to_contain_text("The first run was cancelled")
        for _ in range(100):
            if not list((tmp_path / "runs").iterdir()):
                break
            time.sleep(0.1)
        assert list((tmp_path / "runs").iterdir()) == []
        seen.page.close()
        assert not seen.wrong


def test_time_is_scrubbed_and_a_life_opened_from_the_field(seen: Seen) -> None:
    page = seen.open("worlds")
    field = page.locator(".fields canvas").first
    field.wait_for(timeout=PATIENCE_MS)
    last = page.locator("output.when").inner_text()
    move(page, "#day", -40)
    expect(page.locator("output.when")).not_to_have_text(last)
    box = field.bounding_box()
    assert box is not None
    for x in range(20, int(box["width"]), 7):  # dots have gaps between them
        field.hover(position={"x": x, "y": 20})
        if "Click to open" in page.locator("p.who").inner_text():
            field.click(position={"x": x, "y": 20})
            break
    seen.settle()
    expect(page.locator("main h1")).to_have_text("A life")
    expect(page.locator("h2.subject")).to_contain_text("citizen:")
    assert "day=" in page.url
    expect(page.locator(".ties canvas")).to_have_count(2)
    dots = {int(canvas.get_attribute("data-dots") or 0) for canvas in page.locator(".ties canvas").all()}
    assert dots == {page.locator(".near-table tbody tr").count() + 1}
    other = page.locator(".near-table a").first
    name = other.inner_text()
    other.focus()
    expect(page.locator(".ties p.who")).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("h2.subject")).to_contain_text(f"{name} under")


def test_a_tree_of_causes_is_unfolded_by_keyboard(seen: Seen) -> None:
    page = seen.open("life")
    root = page.locator(".causes details summary").first
    root.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".causes details[open] .tree, .causes details[open] .hint").first).to_be_visible()
    assert "entry=" in page.url
    for root in page.locator(".roots > li > details:not([open]) > summary").all():
        if page.locator(".tree-picture").count():
            break
        root.focus()
        page.keyboard.press("Enter")
        page.locator(".causes details[open] > div > *").last.wait_for()
    picture = page.locator(".tree-picture canvas").first
    entries = page.locator(".roots details[open]").filter(has=picture).locator(".tree li").count()
    assert int(picture.get_attribute("data-entries") or 0) == entries > 1


def test_dots_near_a_life_stand_apart_and_inside_their_picture(seen: Seen) -> None:
    for drawn in seen.open("story").evaluate(LAYOUTS):
        nodes = drawn["nodes"]
        for n, one in enumerate(nodes):
            assert one["r"] < one["x"] < drawn["width"] - one["r"]
            assert one["r"] < one["y"] < drawn["height"] - one["r"]
            for other in nodes[:n]:
                assert hypot(one["x"] - other["x"], one["y"] - other["y"]) > one["r"] + other["r"]


def test_a_life_is_lived_again_without_a_rule(seen: Seen) -> None:
    page = seen.open("life")
    page.locator("#without").click()
    told = page.get_by_text(re.compile("this life differs from|nothing in this life is different"))
    expect(told).to_be_visible(timeout=PATIENCE_MS)
    page.locator("#copies summary").click()
    expect(page.locator("#copied")).to_contain_text("--without")


def test_a_claim_is_read(seen: Seen) -> None:
    page = seen.open("claims")
    page.locator("main details summary").filter(has_text="One offence penalises many").first.click()
    opened = page.locator("main details[open]").first
    expect(opened).to_contain_text("subjects other than the actor penalised", ignore_case=True)
    expect(opened.locator("svg").first).to_be_visible()


def test_scenes_of_violence_are_announced_and_can_be_left_out(seen: Seen) -> None:
    page = seen.open("story")
    expect(page.get_by_text("Before you read.")).to_be_visible()
    scenes = page.get_by_text("This scene shows:").count()
    assert scenes > 0
    page.get_by_label("Leave them out").check()
    seen.settle()
    expect(page.get_by_text("This scene shows:")).to_have_count(0)
    page.reload()
    seen.settle()
    expect(page.get_by_text("This scene shows:")).to_have_count(0)


def test_the_other_world_of_the_machine_is_shown(seen: Seen) -> None:
    page = seen.open("machine")
    page.get_by_role("button", name="ordinary-law").click()
    seen.settle()
    assert "world=ordinary-law" in page.url
    expect(page.locator("main [role=alert]")).to_have_count(0)


def test_who_pays_is_asked_by_another_grouping(seen: Seen) -> None:
    page = seen.open("pays")
    page.get_by_role("button", name="income").click()
    seen.settle()
    expect(page.locator("main")).to_contain_text(re.compile("lowest fifth|poorest"))
