"""Every output says what it is for, what it must not be used for, and what it rests on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demerit.cli import main
from demerit.engine.folder import open_run, verify_folder
from demerit.errors import RunFolderError
from demerit.report.charts import overview
from demerit.simulation.manifest import read_manifest
from demerit.study.card import CARD, INTENDED_USE, NOT_TO_BE_USED_FOR, Card, Rules, card_of_manifest

SMALL = ("--society", "hamlet", "--years", "1")
SAID = ("no real person is described", "never for scoring, classifying or predicting real people")
Say = Callable[..., str]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a run, and a comparison of one regime with itself."""
    place = tmp_path_factory.mktemp("shelf")
    for words in (
        ("run", "essay", *SMALL, "--out", str(place / "run"), "--threads", "1", "--quiet"),
        ("compare", "essay", "ordinary-law", *SMALL, "--seeds", "1", "--out", str(place / "pair"),
         "--workers", "1", "--quiet"),
    ):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        assert not ended.value.code
    return place


@pytest.fixture
def say(shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Return what carries a command out and returns all that it printed, in one line."""
    monkeypatch.chdir(shelf)

    def carry_out(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        out, err = capsys.readouterr()
        assert not ended.value.code, err
        return out

    return carry_out


IN_WORDS = (
    ("run", "essay", *SMALL, "--alone", "--ledger", "none", "--out", "again"),
    ("branch", "run", "ordinary-law", "--at", "2014-07-01", "--alone", "--out", "branched"),
    ("explain", "run", "17"),
    ("attribute", "ordinary-law", "ordinary-law", *SMALL),
    ("rows", "run"),
    ("runs", "show", "run"),
    ("runs", "show", "pair"),
    ("regime", "coverage", "run"),
)


@pytest.mark.parametrize("words", IN_WORDS, ids=lambda words: " ".join(words[:2]))
def test_every_page_in_the_terminal_has_the_card_in_short(words: tuple[str, ...], say: Say) -> None:
    page = " ".join(say(*words).split())
    for part in (
        *SAID,
        "of the numbers in use are assumptions",
        "200 people of hamlet",
        "seed 1",
        "demerit ",
    ):
        assert part in page


def test_every_json_object_has_the_card(say: Say) -> None:
    for words in (
        ("run", "essay", *SMALL, "--alone", "--ledger", "none", "--out", "plain", "--json"),
        ("compare", "essay", "ordinary-law", *SMALL, "--seeds", "1", "--workers", "1", "--json"),
        ("explain", "run", "17", "--json"),
        ("attribute", "ordinary-law", "ordinary-law", *SMALL, "--json"),
    ):
        card = json.loads(say(*words))["card"]
        assert card["must_not_be_used_for"] == NOT_TO_BE_USED_FOR
        assert card["intended_use"] == INTENDED_USE
        assert 0.3 < card["assumptions_share"] < 1
        assert (card["population"], card["years"], card["seeds"]) == (200, 1, [1])
        assert all(len(one["sha256"]) == 64 for one in (*card["regimes"], card["society"]))


def test_every_folder_holds_the_card_and_its_hash(shelf: Path, tmp_path: Path) -> None:
    for name in ("run", "pair"):
        text = (shelf / name / CARD).read_text()
        assert INTENDED_USE in text
        assert NOT_TO_BE_USED_FOR in text
        assert verify_folder(shelf / name) == []
        assert f"  {CARD}\n" in (shelf / name / "MANIFEST.sha256").read_text()
    told = card_of_manifest(read_manifest(shelf / "run"))
    assert told.markdown() == (shelf / "run" / CARD).read_text()
    altered = tmp_path / "altered"
    shutil.copytree(shelf / "run", altered)
    (altered / CARD).write_text(told.markdown().replace("Must not", "May"))
    with pytest.raises(RunFolderError, match=f"{CARD}: altered"):
        open_run(altered)


def test_charts_have_the_card_below_their_heading(shelf: Path, hamlet: Any) -> None:
    below = " ".join(overview(hamlet).to_dict()["title"]["subtitle"]).replace("No real", "no real")
    for part in SAID:
        assert part in below
    for name in ("run/overview.svg", "pair/comparison.svg"):
        assert SAID[1] in " ".join((shelf / name).read_text().split())


def test_the_report_has_the_card(say: Say, shelf: Path) -> None:
    say("report", "run", "--out", "page.html")
    page = (shelf / "page.html").read_text()
    assert INTENDED_USE in page
    assert NOT_TO_BE_USED_FOR.rstrip(".") in page


def test_names_in_the_card_stay_text() -> None:
    card = Card((Rules("a](b)<i>*x*", "0" * 64),), "`s`|#", "1" * 64, 0.5, 1, 1, "2014-01-01", (1,), "0.1.0")
    assert "a\\](b)\\<i\\>\\*x\\*" in card.markdown()
    assert "\\`s\\`\\|\\#" in card.markdown()
