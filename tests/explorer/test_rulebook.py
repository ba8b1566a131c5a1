"""The rulebook: controls from the file, reforms in words, live re-runs that give what a comparison gives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

import demerit as dm
from demerit.errors import FileProblems
from demerit.explorer.live import Live, effects
from demerit.explorer.refusal import Unknown
from demerit.explorer.views.rulebook import reform_of, rulebook_of
from demerit.regime import Regime
from demerit.regime.load import list_presets
from demerit.report.headlines import HEADLINES

HARSHER = {"conduct.road.crosswalk.coverage": 0.1}


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
        book = rulebook_of(one.id)
        assert len({control.name for control in book.controls}) == len(book.controls) <= 13
        for control in book.controls:
            assert control.low <= control.value <= control.high
            assert control.unit
    essay = rulebook_of("essay")
    ends = {control.name: end for control in essay.controls for end in (control.low, control.high)}
    assert reform_of("essay", ends)[2].lines


def test_a_rulebook_is_a_preset_and_never_a_file(tmp_path: Any) -> None:
    for name in ("nobody", "../essay", str(tmp_path), "essay.toml", ""):
        with pytest.raises(Unknown):
            rulebook_of(name)


def test_a_reform_is_told_in_words_and_one_that_changes_nothing_says_so() -> None:
    words = reform_of("essay", HARSHER)[2]
    assert words.lines == ["conduct.road.crosswalk.coverage: 5 % → 10 % (harsher)"]
    assert not words.same_rules
    assert reform_of("essay", {"conduct.road.crosswalk.coverage": 0.05})[2].same_rules
    with pytest.raises(FileProblems, match="nowhere"):
        reform_of("essay", {"nowhere.at_all": 1.0})


def test_a_live_re_run_gives_what_a_comparison_gives(live: Live) -> None:
    base, reform, _ = reform_of("essay", HARSHER)
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
    base, reform, _ = reform_of("essay", HARSHER)
    first, second, third = Heard(), Heard(), Heard()
    live.ask(base, reform, 1, first)
    assert first.over.is_set()  # both worlds and ordinary law were kept
    live.ask(base, reform_of("essay", {"conduct.road.crosswalk.coverage": 0.09})[1], 5, second)
    number = live.ask(base, base, 1, third)
    assert third.over.wait(60)
    assert second.kinds()[-1] == "dropped"
    assert {event["request"] for event in third.events if event["kind"] != "dropped"} == {number}
    rows = next(event for event in third.events if event["kind"] == "effects")["rows"]
    assert all(row["difference"] == 0 for row in rows if row["difference"] is not None)


def test_a_request_can_be_cancelled(live: Live) -> None:
    heard, other = Heard(), Heard()
    live.ask(Regime.load("essay"), reform_of("essay", {"detection.mismatch": 0.004})[1], 5, heard)
    live.cancel(other)
    live.cancel(heard)
    assert heard.over.wait(5)
    assert heard.kinds()[-1] == "dropped"
    assert "dropped" not in other.kinds()


def test_effects_of_one_seed_have_no_interval() -> None:
    import numpy as np

    table = np.ones((1, len(HEADLINES)))
    rows = effects({"reform": table * 2, "base": table, "law": table * np.nan})
    assert (rows[0]["difference"], rows[0]["low"], rows[0]["law"]) == (1.0, None, None)
