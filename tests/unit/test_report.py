"""What a reader finds at the end of a run: tables, one offence's chain, a picture without a network."""

from __future__ import annotations

import io
import json
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import jsonschema
import polars as pl
import pytest
from rich.console import Console, RenderableType
from tests.runs import carry_out, write_regime

from demerit.cli import main
from demerit.engine import disk
from demerit.engine.ledger import read_ledger
from demerit.errors import RunFolderError
from demerit.report import charts, tables
from demerit.report.headlines import HEADLINES
from demerit.report.words import counted, entry_sentence, number, points, signed
from demerit.study.chains import Link, telling_offence, tree_of
from demerit.study.results import indicators_json

SCHEMA = Path(alt.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json"


def text_of(*parts: RenderableType, width: int = 110) -> str:
    """Return what a console shows, without colours."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    for part in parts:
        console.print(part)
    written: str = console.file.getvalue()  # type: ignore[attr-defined]
    return written


def in_one_line(text: str) -> str:
    return re.sub(r"[\s│]+", " ", text)


@pytest.fixture(scope="module")
def shown(town: Any) -> str:
    return text_of(*tables.summary(town))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return one year of one person without rules and without a twin."""
    return carry_out(tmp_path_factory.mktemp("alone") / "run", regime="empty", against=None, population=1)


# tables


def test_the_reader_is_told_what_was_simulated_and_that_it_is_synthetic(town: Any, shown: str) -> None:
    head = in_one_line(shown[: shown.index("Two worlds")])
    assert "Synthetic society. No real person is described or scored." in head
    for words in ("4,000 people", "“City”", "3 years from 2014-01-01", "seed 1", "under A strict [regime],"):
        assert words in head
    assert "beside its twin world under ordinary law: the same people in the same situations" in head


def test_headlines_stand_in_both_worlds_with_difference_and_unit(town: Any, shown: str) -> None:
    told = indicators_json(town)
    lines = shown.splitlines()
    for name, label, unit in HEADLINES:
        row = next(line for line in lines if label in line and unit in line)
        entry = told[name]
        cells = [cell.strip() for cell in row.strip("│").split("│")]
        assert cells == [
            label.strip(), number(entry["value"]), number(entry["against"]), signed(entry["difference"]), unit
        ]  # fmt: skip


def test_the_reader_finds_who_is_worse_off(town: Any, shown: str) -> None:
    table = shown[shown.index("Who is worse off") : shown.index("Who paid for")]
    for group in ("all", "local urban", "migrant rural", "informal", "lowest fifth", "highest fifth"):
        assert re.search(rf"^│ {group} +│ +\d+\.\d%", table, re.MULTILINE), group
    assert "child" not in table
    sentence = in_one_line(table)
    found = re.search(
        r"([\d.]+)% of adults end the 3 years at least a day of their own income poorer", sentence
    )
    assert found is not None
    everybody = next(tables.twin_groups(town))
    assert everybody[:2] == ("all", "all")
    assert float(found[1]) == pytest.approx(100 * everybody[2].worse_share, abs=0.051)
    fifths = [row for row in tables.twin_groups(town) if row[0] == "income fifth"]
    worst = max(fifths, key=lambda row: row[2].worse_share)
    assert f"largest in the {worst[1]}" in sentence


def test_the_reader_finds_who_paid_for_one_offence(shown: str) -> None:
    panel = shown[shown.index("Who paid for one offence") : shown.index("Situations met")]
    assert "under A strict [regime]" in panel
    assert re.search(r"citizen:\d+ \d{4}-\d\d-\d\d recorded for road.crosswalk: −6 points, 100 CNY", panel)
    for words in ("vehicle:", "company:", "pays for an act that was not its own", "scolded by the employer"):
        assert words in panel
    assert re.search(
        r"besides the driver, \w+ other\s+subjects? paid|another subject paid", in_one_line(panel)
    )


def test_the_reader_finds_the_files(town: Any, shown: str) -> None:
    panel = in_one_line(shown[shown.index("Where the files are") :]).replace(" ", "")
    assert disk.shown(town.folder).replace(" ", "") in panel
    for name in ("indicators.parquet", "manifest.json", "overview.png", "worlds/<regime>/ledger"):
        assert name in panel
    assert town.worlds[0].digest() in panel


def test_a_world_alone_has_no_twin_to_be_compared_with(alone: Any) -> None:
    shown = text_of(*tables.summary(alone))
    assert "1 person of the society “Hamlet”, 1 year from" in in_one_line(shown)
    assert "Two worlds" not in shown
    assert "difference" not in shown
    assert "worse off" not in shown
    assert "Who paid" not in shown
    assert "nan" not in shown.lower()


def test_a_chain_is_shown_only_where_all_of_it_was_kept(tmp_path: Path) -> None:
    """In a sample of subjects the driver would seem to have paid alone."""
    for mode, kept in (("panel", "the entries of a sample of subjects"), ("none", "no entry")):
        shown = text_of(*tables.summary(carry_out(tmp_path / mode, ledger=mode)))
        assert "Who paid" not in shown
        assert f"worlds/<regime>/ledger {kept}" in in_one_line(shown)


def test_narrow_and_wide_terminals_get_the_same_figures(town: Any) -> None:
    wide, narrow = text_of(*tables.summary(town), width=200), text_of(*tables.summary(town), width=60)
    figures = set(re.findall(r"\d\.\d{3}\b", wide))
    assert len(figures & set(re.findall(r"\d\.\d{3}\b", narrow))) > 0.8 * len(figures)


def test_titles_and_folders_with_brackets_are_shown_as_they_are(tmp_path: Path) -> None:
    mine = write_regime(
        tmp_path / "mine.toml", title="Law [/b] [red]", **{"conduct.road.crosswalk.coverage": 1}
    )
    done = carry_out(tmp_path / "out [bold] [/x]", regime=str(mine))
    shown = text_of(*tables.summary(done), width=400)
    assert shown.count("Law [/b] [red]") == 2
    assert "out [bold] [/x]" in shown


def test_a_rule_for_crossings_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "renamed.toml"
    path.write_text(
        '[regime]\nid = "renamed"\ntitle = "Renamed"\nbasis = "hypothetical"\nschema_version = 1\n'
        '[[authority]]\nid = "police"\ntitle = "Police"\nlevel = "city"\n'
        '[[conduct]]\nid = "stop"\nanswers = "road.crosswalk"\nauthority = "police"\n'
        "coverage = 1.0\nfine = 50\n"
    )
    done = carry_out(tmp_path / "run", regime=str(path), against=None)
    assert "recorded for stop: no points, 50 CNY" in text_of(*tables.summary(done))


def test_a_plain_terminal_gets_the_tables_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    with pytest.raises(SystemExit) as ended:
        main(["run", "--society", "hamlet", "--years", "1", "--out", str(tmp_path / "run")])
    assert ended.value.code == 0
    terminal.flush()
    shown = terminal.buffer.getvalue().decode("ascii")  # type: ignore[attr-defined]
    assert "the society ?Hamlet?" in shown
    assert "Who is worse off" in shown


# words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.000"),
        (-0.0004, "−0.000"),
        (0.0126, "0.013"),
        (9.999, "10.00"),
        (10.04, "10.0"),
        (123.4, "123"),
        (-1234567.8, "−1,234,568"),
        (None, "–"),
    ],
)
def test_numbers_are_rounded_to_what_can_be_read(value: float | None, text: str) -> None:
    assert number(value) == text


def test_differences_have_a_sign_unless_they_round_to_nothing() -> None:
    assert [signed(value) for value in (0.5, -0.5, 0.0, 0.0004, -0.0004, 1234.5, None)] == [
        "+0.500", "−0.500", "0", "0", "0", "+1,234", "–"
    ]  # fmt: skip
    assert counted(1, "year", "years") == "1 year"
    assert [points(value) for value in (5.0, -0.9, 0.0)] == ["+5 points", "−0.9 points", "no points"]


def test_every_entry_of_a_ledger_can_be_told_in_words(town: Any) -> None:
    told: dict[str, str] = {}
    for world in town.worlds:
        for entry in read_ledger(town.folder / "worlds" / world.name).collect().iter_rows(named=True):
            told[entry["what"]] = entry_sentence(entry)
    assert len(told) >= 12
    assert not any("{" in sentence or "None" in sentence or "nan" in sentence for sentence in told.values())


# chains


def subtree(children: dict[int, list[dict[str, Any]]], entry: dict[str, Any], depth: int) -> Iterator[Link]:
    """Yield an entry and all that it caused, each before what it caused in turn."""
    yield Link(depth, entry)
    for child in sorted(children.get(entry["id"], []), key=lambda one: (one["date"], one["id"])):
        yield from subtree(children, child, depth + 1)


def test_a_chain_is_what_a_plain_search_finds(town: Any) -> None:
    folder = town.folder / "worlds" / town.worlds[0].name
    entries = read_ledger(folder).collect().to_dicts()
    children: dict[int, list[dict[str, Any]]] = {}
    for entry in entries:
        if entry["cause"] != entry["id"]:
            children.setdefault(entry["cause"], []).append(entry)
    ledger = read_ledger(folder)
    roots = [entry for entry in entries if entry["what"] == "record"]
    longest = sorted(roots, key=lambda entry: len(list(subtree(children, entry, 0))))[-4:]
    for root in (*roots[:4], *longest):
        assert tree_of(ledger, root["id"]) == list(subtree(children, root, 0))
    assert len(tree_of(ledger, longest[-1]["id"])) > 8
    leaf = next(entry for entry in entries if entry["id"] not in children)
    assert tree_of(ledger, leaf["id"]) == [Link(0, leaf)]
    assert tree_of(ledger, -1) == []


def test_the_telling_offence_reached_a_company_and_its_driver_again(town: Any) -> None:
    links = telling_offence(town.folder / "worlds" / town.worlds[0].name, "road.crosswalk")
    whats = [link.entry["what"] for link in links]
    kinds = {link.entry["kind"] for link in links}
    assert links[0].entry["what"] == "record"
    assert links[0].entry["rule"] == "conduct:road.crosswalk"
    assert kinds == {"citizen", "vehicle", "company"}
    assert "scolder:employer" in {link.entry["rule"] for link in links if link.entry["what"] == "scolding"}
    assert whats.count("derived") >= 2


def test_without_a_company_the_first_offence_is_told_and_without_one_none(town: Any, alone: Any) -> None:
    folder = town.folder / "worlds" / town.worlds[1].name
    first = (
        read_ledger(folder)
        .filter((pl.col("what") == "record") & (pl.col("rule") == "conduct:road.crosswalk"))
        .select(pl.col("id").min())
        .collect()
        .item()
    )
    assert telling_offence(folder, "road.crosswalk")[0].entry["id"] == first
    assert telling_offence(folder, "no.such.rule") == []
    assert telling_offence(alone.folder / "worlds" / "empty", "road.crosswalk") == []
    with pytest.raises(RunFolderError, match="has no ledger"):
        telling_offence(town.folder, "road.crosswalk")


# charts


@pytest.fixture(scope="module")
def picture(town: Any) -> dict[str, Any]:
    found: dict[str, Any] = charts.overview(town).to_dict()
    return found


def test_the_picture_is_valid_vega_lite_and_asks_for_nothing_from_elsewhere(picture: dict[str, Any]) -> None:
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).validate(picture)
    text = json.dumps({key: value for key, value in picture.items() if key != "$schema"})
    assert "http" not in text
    assert '"url"' not in text


def test_the_picture_shows_both_worlds_and_says_what_it_is(town: Any, picture: dict[str, Any]) -> None:
    title = picture["title"]
    assert title["text"] == "4,000 people, 3 years under strict and under ordinary-law"
    said = " ".join(title["subtitle"])
    assert "No real person is described" in said
    assert "of the numbers in use are assumptions" in said
    shown = [row for rows in picture["datasets"].values() for row in rows]
    worlds = {row["world"] for row in shown if "world" in row}
    assert worlds == {"strict", "ordinary-law"}
    assert sum("share" in row for row in shown) == len(town.worlds[0].regime.data.bands)
    assert sum("fifth" in row for row in shown) == 10


def test_what_the_picture_draws_is_what_the_file_holds(town: Any, picture: dict[str, Any]) -> None:
    frame = pl.read_parquet(town.folder / "indicators.parquet").filter(
        pl.col("by") == "all", pl.col("indicator") == "acts_share.road.crosswalk", pl.col("world") == "strict"
    )
    halves = frame.sort("month").group_by_dynamic("month", every="6mo").agg(pl.col("top", "bottom").sum())
    expected = (halves["top"] / halves["bottom"]).to_list()
    drawn = [
        [row["value"] for row in rows if row.get("world") == "strict"]
        for rows in picture["datasets"].values()
        if rows and "value" in rows[0]
    ]
    assert pytest.approx(expected) in drawn


def test_the_picture_is_drawn_without_a_network(
    hamlet: Any, alone: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a chart asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for done in (hamlet, alone):
        charts.write_overview(done, tmp_path)
        svg = (tmp_path / "overview.svg").read_text()
        assert svg.startswith("<svg")
        assert "No real person is described" in svg
        assert "NaN" not in re.sub(r'aria-label="[^"]*"', "", svg)  # an axis without data has no ends to name
        assert not re.search(r"(?:href|src)=", svg)
        assert (tmp_path / "overview.png").read_bytes().startswith(b"\x89PNG")
