"""The rulebook: controls from the file, reforms in words, live re-runs that give what a comparison gives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

import demerit as dm
from demerit.errors import FileProblems
from demerit.explorer.bases import base_of, preset, served
from demerit.explorer.live import Live
from demerit.explorer.live_effects import effects, yearly
from demerit.explorer.refusal import Unknown
from demerit.explorer.shelf import Shelf
from demerit.explorer.views.rulebook import Control, reform_of, rulebook_of
from demerit.files.inventory import numbers
from demerit.files.number import Number
from demerit.regime import Regime
from demerit.regime.load import list_presets
from demerit.report.headlines import HEADLINES
from demerit.report.live_lines import LINES, SHOWN, WORLDS, live_lines

COVERAGE = "conduct.road.crosswalk.coverage"
HARSHER = {COVERAGE: 0.1}
ESSAY = preset("essay")


def reformed(values: dict[str, float]) -> Regime:
    return reform_of(ESSAY, values)[0]


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    one = Live("hamlet", people=200, years=2, workers=1)
    yield one
    one.close()


class Heard:
    """What a listener was told, until the effects over all seeds are there."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.over = threading.Event()

    def __call__(self, event: dict[str, Any]) -> None:
        self.events.append(event)
        if event["kind"] in ("dropped", "failed") or (
            event["kind"] == "effects" and event["seeds"] == event["of"]
        ):
            self.over.set()

    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.events]


def test_every_preset_has_controls_that_its_own_file_allows() -> None:
    for one in list_presets():
        book = rulebook_of(preset(one.id))
        assert len({control.name for control in book.controls}) == len(book.controls) <= 13
        for control in book.controls:
            assert within_range(control)
            assert control.unit
    ends = {control.name: control.high or 0.0 for control in rulebook_of(ESSAY).controls}
    assert reform_of(ESSAY, ends)[1].lines


def within_range(control: Control) -> bool:
    """Tell whether a value lies in a range that the file gives."""
    return (
        control.low is not None and control.high is not None and control.low <= control.value <= control.high
    )


def test_every_number_of_a_file_can_be_moved_by_its_name() -> None:
    book = rulebook_of(ESSAY)
    found = {at: one for at, one in numbers(ESSAY.regime.data) if isinstance(one, Number)}
    controls = {one.name: one for one in (*book.controls, *book.others)}
    assert len(controls) == len(book.controls) + len(book.others)
    assert {at: (one.value, one.unit, one.basis) for at, one in controls.items()} == {
        at: (one.value, one.unit, one.basis) for at, one in found.items()
    }
    for one in controls.values():
        assert within_range(one) if found[one.name].range is not None else one.low is one.high is None
    for one in book.others[::25]:
        assert reform_of(ESSAY, {one.name: one.value})[1].same_rules, one.name


def test_a_rulebook_is_a_preset_or_of_a_run_and_never_a_file(tmp_path: Any, hamlet: Any) -> None:
    shelf = Shelf((hamlet.folder,))
    for name in (
        "nobody",
        "../essay",
        str(tmp_path),
        "essay.toml",
        "",
        "run:nobody",
        "nobody:essay",
        ":essay",
    ):
        with pytest.raises(Unknown):
            base_of(shelf, name)
    assert base_of(shelf, "run:essay").regime.hash == ESSAY.regime.hash
    assert served(shelf) == []  # presets both: they stand there already


def test_a_reform_is_told_in_words_and_one_that_changes_nothing_says_so() -> None:
    words = reform_of(ESSAY, HARSHER)[1]
    assert words.lines == ["conduct.road.crosswalk.coverage: 5 % → 10 % (harsher)"]
    assert not words.same_rules
    assert reform_of(ESSAY, {COVERAGE: 0.05})[1].same_rules
    with pytest.raises(FileProblems, match="nowhere"):
        reform_of(ESSAY, {"nowhere.at_all": 1.0})


def test_a_live_re_run_gives_what_a_comparison_gives(live: Live) -> None:
    base, reform = ESSAY.regime, reformed(HARSHER)
    heard = Heard()
    live.ask(base, reform, 2, heard)
    assert heard.over.wait(120), heard.kinds()
    years = [event for event in heard.events if event["kind"] == "year" and event["world"] == "reform"]
    assert [(event["seed"], event["year"]) for event in years] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    one, two = (event for event in heard.events if event["kind"] == "effects")
    assert (one["seeds"], two["seeds"]) == (1, 2)
    assert all(row["low"] is None for row in one["rows"])
    compared = dm.compare("hamlet", base, reform, years=2, seeds=2, workers=1, quiet=True).table()
    told = {row["indicator"]: row for row in compared.to_dicts()}
    for row in two["rows"]:
        expected = told[row["indicator"]]["difference"]
        assert row["difference"] == pytest.approx(expected, abs=2e-6), row["indicator"]


def test_what_was_lived_is_not_lived_again_and_the_newest_request_wins(live: Live) -> None:
    base, reform = ESSAY.regime, reformed(HARSHER)
    first, second, third = Heard(), Heard(), Heard()
    live.ask(base, reform, 1, first)
    assert first.over.is_set()  # both worlds and ordinary law were kept
    live.ask(base, reformed({COVERAGE: 0.09}), 5, second)
    number = live.ask(base, base, 1, third)
    assert third.over.wait(60)
    assert second.kinds()[-1] == "dropped"
    assert {event["request"] for event in third.events if event["kind"] != "dropped"} == {number}
    rows = next(event for event in third.events if event["kind"] == "effects")["rows"]
    assert all(row["difference"] == 0 for row in rows if row["difference"] is not None)


def test_a_request_can_be_cancelled(live: Live) -> None:
    heard, other = Heard(), Heard()
    live.ask(ESSAY.regime, reformed({"detection.mismatch": 0.004}), 5, heard)
    live.cancel(other)
    live.cancel(heard)
    assert heard.over.wait(5)
    assert heard.kinds()[-1] == "dropped"
    assert "dropped" not in other.kinds()


def test_effects_of_one_seed_have_no_interval() -> None:
    ones = dict.fromkeys((name for name, _, _ in HEADLINES), 1.0)
    twos, never = dict.fromkeys(ones, 2.0), dict.fromkeys(ones)
    rows = effects({"reform": [twos], "base": [ones], "law": [never]})
    assert (rows[0]["difference"], rows[0]["low"], rows[0]["law"]) == (1.0, None, None)


def test_the_lines_are_means_of_each_year_with_student_s_interval() -> None:
    from scipy import stats

    seeds = [[{"records": value + year} for year in (0.0, 10.0)] for value in (3.0, 5.0, 10.0)]
    rows = {
        (row["world"], row["year"]): row
        for row in yearly({"reform": seeds, "base": seeds[:1], "law": [[{}, {}]]})
        if row["indicator"] == "records"
    }
    values = [13.0, 15.0, 20.0]
    expected = stats.t.interval(0.95, 2, loc=16.0, scale=stats.sem(values))
    row = rows["reform", 2]
    assert (row["mean"], row["low"], row["high"]) == pytest.approx((16.0, *expected))
    assert rows["base", 1] == {
        "world": "base", "year": 1, "indicator": "records", "mean": 3.0, "low": None, "high": None
    }  # fmt: skip
    assert rows["law", 2]["mean"] is None


def test_the_lines_of_a_live_re_run_are_those_of_its_worlds(live: Live) -> None:
    heard = Heard()
    live.ask(ESSAY.regime, reformed(HARSHER), 2, heard)
    assert heard.over.wait(120), heard.kinds()
    last = [event for event in heard.events if event["kind"] == "effects"][-1]
    told = {
        (event["world"], event["seed"], event["year"]): event["values"]
        for event in heard.events
        if event["kind"] == "year"
    }
    assert len(last["lines"]) == 3 * 2 * len(SHOWN)
    for row in last["lines"]:
        values = [told[row["world"], seed, row["year"]][row["indicator"]] for seed in (1, 2)]
        if None not in values:
            assert row["mean"] == pytest.approx(sum(values) / 2)
            assert row["low"] <= min(values) <= max(values) <= row["high"]


def test_the_chart_of_the_lines_is_valid_and_waits_for_its_rows() -> None:
    spec = live_lines(10).to_dict()  # Altair checks it against the schema of Vega-Lite
    assert len(spec["concat"]) == len(SHOWN)
    assert {layer["data"]["name"] for panel in spec["concat"] for layer in panel["layer"]} == {
        "lines",
        "ends",
    }
    assert all(not rows for rows in spec.get("datasets", {}).values())
    assert list(rulebook_of(ESSAY).lines.worlds.values()) == list(WORLDS)
    assert LINES == "lines"
