"""What a run prints and leaves behind, and that its digests depend on nothing but the request."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import pty
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import polars as pl
import pytest
from tests.runs import PROGRAM, carry_out, demerit, digests, write_regime

import demerit.simulation.manifest as manifest_module
from demerit.catalogue.words import FAMILIES
from demerit.engine.folder import open_run, verify_folder
from demerit.engine.kernel_cache import cache_root
from demerit.engine.ledger import read_ledger
from demerit.measures.indicators import INDICATORS
from demerit.measures.terms import ADULT_YEARS, ADULTS
from demerit.regime import Regime
from demerit.simulation.manifest import Manifest, read_manifest
from demerit.study import lived
from demerit.study.request import Plan, RunRequest, make_plan, span

SCHEMA = json.loads(Path(manifest_module.__file__).with_name("manifest.schema.json").read_text())
TOWN = {"society": "city", "population": 3_000, "seed": 7}
"""People enough for three blocks, so that shards share the work."""


class Told(NamedTuple):
    """What a run from the command line printed, and where it ran."""

    output: str
    errors: str
    place: Path

    @property
    def result(self) -> dict[str, Any]:
        """The object on standard output."""
        loaded: dict[str, Any] = json.loads(self.output)
        return loaded

    @property
    def folder(self) -> Path:
        return self.place / self.result["folder"]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Run from another folder, for another user, on files that are named by absolute paths."""
    place = tmp_path_factory.mktemp("zaphods-desk")
    files = tmp_path_factory.mktemp("zaphods-drawer")
    write_regime(files / "base.toml", **{"conduct.road.crosswalk.coverage": 0.1})
    mine = write_regime(files / "mine.toml", extends="base.toml", **{"score.base": 1000})
    village = files / "village.toml"
    village.write_text('[society]\nid = "village"\ntitle = "V"\nextends = "hamlet"\npopulation = 150\n')
    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        [
            *(*PROGRAM, "run", str(mine), "--society", str(village), "--years", "1", "--json"),
            *("--threads", "2", "--start", "2016-02-29", "--seed", "11", "--out", "not/yet/there"),
        ],
        cwd=place,
        env={
            **os.environ,
            "DEMERIT_CACHE": str(cache_root().parent),
            "HOME": str(files / "zaphods-home"),
            "USER": "zaphod",
            "LOGNAME": "zaphod",
            "TERM": "xterm",
        },
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
    )
    os.close(terminal)
    with ThreadPoolExecutor(1) as pool:
        errors = pool.submit(read_screen, screen)
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 0, errors.result()
        return Told(output, errors.result(), place)


def read_screen(screen: int) -> str:
    """Read what a process shows on its terminal until it ends."""
    shown = b""
    with suppress(OSError):  # how a terminal says that nobody writes any more
        while part := os.read(screen, 65536):
            shown += part
    os.close(screen)
    return shown.decode()


def test_standard_output_holds_one_json_object_and_nothing_else(told: Told) -> None:
    assert json.dumps(told.result, indent=1) + "\n" == told.output
    assert "NaN" not in told.output


def test_progress_is_shown_on_standard_error(told: Told) -> None:
    assert "living under mine" in told.errors
    assert "person-days/s" in told.errors
    assert "Traceback" not in told.errors
    assert not re.search(r"living under mine *━", told.errors.rpartition("\x1b[2K")[2])  # and cleared away


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("synthetic", True),
        ("folder", "not/yet/there"),
        ("society", "village"),
        ("population", 150),
        ("years", 1),
        ("seed", 11),
        ("threads", 2),
        ("start", "2016-02-29"),
    ],
)
def test_the_object_says_what_was_run(told: Told, key: str, value: object) -> None:
    assert told.result[key] == value
    assert type(told.result[key]) is type(value)


def test_each_world_is_told_with_its_work_and_its_digest(told: Told) -> None:
    worlds = told.result["worlds"]
    assert [world["regime"] for world in worlds] == ["mine", "ordinary-law"]
    assert told.result["digest"] == worlds[0]["digest"] != worlds[1]["digest"]
    for world in worlds:
        assert re.fullmatch("[0-9a-f]{64}", world["regime_hash"])
        assert re.fullmatch("[0-9a-f]{32}", world["digest"])
        assert world["person_days"] == 150 * 366
        assert world["seconds"] > 0
        assert world["person_days_per_second"] == pytest.approx(
            world["person_days"] / world["seconds"], rel=0.05
        )
        assert type(world["events"]) is int
        assert set(world["events_per_person_year"]) == set(FAMILIES)
        met = sum(world["events_per_person_year"].values()) * 150 * 366 / 365
        assert met == pytest.approx(world["events"], rel=0.001)
        assert world["peak_rss_bytes"] > 50e6
    assert worlds[1]["regime_hash"] == Regime.load("ordinary-law").hash


def test_every_indicator_has_value_unit_twin_and_difference(told: Told) -> None:
    found = told.result["indicators"]
    assert list(found) == [indicator.name for indicator in INDICATORS]
    for indicator in INDICATORS:
        entry = found[indicator.name]
        assert entry["unit"] == indicator.unit
        value, against, difference = entry["value"], entry["against"], entry["difference"]
        if value is None or against is None:
            assert difference is None
        else:
            assert difference == pytest.approx(value - against, abs=1e-9)
        if indicator.bottom in (ADULTS, ADULT_YEARS):  # what is a share of rare cases may have none
            assert value is not None, indicator.name


def test_the_indicators_told_are_those_of_the_file(told: Told) -> None:
    frame = pl.read_parquet(told.folder / "indicators.parquet").filter(pl.col("by") == "all")
    assert frame["world"].unique().sort().to_list() == ["mine", "ordinary-law"]
    for indicator in INDICATORS:
        for world, key in (("mine", "value"), ("ordinary-law", "against")):
            months = frame.filter((pl.col("indicator") == indicator.name) & (pl.col("world") == world))
            assert len(months) == 13
            window = months.sort("month").tail(1) if indicator.is_stock else months
            top, bottom = window["top"].sum(), window["bottom"].sum()
            entry = told.result["indicators"][indicator.name][key]
            assert entry == (pytest.approx(top / bottom * indicator.scale, abs=1e-6) if bottom else None)


def test_a_run_folder_is_complete_and_verified(told: Told) -> None:
    assert open_run(told.folder) == told.folder
    assert verify_folder(told.folder) == []
    found = {path.relative_to(told.folder).as_posix() for path in told.folder.rglob("*") if path.is_file()}
    ledgers = {
        f"worlds/{world}/ledger/{year}-000.parquet"
        for world, year in product(("mine", "ordinary-law"), (2016, 2017))
    }
    top = {"MANIFEST.sha256", "manifest.json", "plan.json", "indicators.parquet", "overview.svg", "CARD.md"}
    assert found == top | {"overview.png"} | ledgers
    listed = dict(
        reversed(line.split("  ")) for line in (told.folder / "MANIFEST.sha256").read_text().splitlines()
    )
    assert set(listed) == found - {"MANIFEST.sha256"}
    for name, expected in listed.items():
        assert hashlib.sha256((told.folder / name).read_bytes()).hexdigest() == expected
    assert [path.name for path in told.folder.parent.iterdir()] == ["there"]


def test_the_manifest_keeps_to_its_schema_and_tells_the_same(told: Told) -> None:
    content = json.loads((told.folder / "manifest.json").read_text())
    jsonschema.Draft202012Validator(SCHEMA).validate(content)
    assert content["start"] == "2016-02-29"
    assert content["days"] == 366
    assert content["society"]["id"] == "village"
    assert "mine: patches change 0 values in 0 rules" in content["worlds"][0]["notes"]
    for world, entry in zip(told.result["worlds"], content["worlds"], strict=True):
        for key in ("regime", "regime_hash", "digest", "events", "rows", "person_days", "seconds"):
            assert entry[key] == world[key]
    mine = Regime.from_canonical(content["worlds"][0]["data"])
    assert mine.hash == told.result["worlds"][0]["regime_hash"]


def test_no_file_tells_who_ran_it_or_where(told: Told) -> None:
    secrets = {"zaphod", str(told.place), str(Path.home()), sys.prefix, str(Path.cwd())}
    secrets |= {name for name in (socket.gethostname(), getpass.getuser()) if len(name) > 4}
    for path in told.folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in secrets:
            assert secret.encode() not in content, f"{path.name} holds {secret!r}"


def test_a_plan_comes_back_from_its_file_unaltered() -> None:
    for regime in ("essay", "ordinary-law", "empty"):
        plan = make_plan(RunRequest(regime=regime, years=1))
        again = Plan.from_canonical(json.loads(json.dumps(plan.canonical())))
        assert again.hash == plan.hash
        assert again == plan


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        ("2014-01-01", 10, date(2023, 12, 31)),
        ("2014-07-15", 1, date(2015, 7, 14)),
        ("2016-02-29", 1, date(2017, 2, 28)),
        ("2016-02-29", 4, date(2020, 2, 28)),
        ("2096-02-29", 4, date(2100, 2, 28)),
        ("2015-03-01", 1, date(2016, 2, 29)),
        ("2100-12-31", 100, date(2200, 12, 30)),
    ],
)
def test_years_are_calendar_years(start: str, years: int, last: date) -> None:
    first, days = span(start, years)
    assert (last - first).days == days - 1


# digests


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a year of a small town, lived by one thread in one shard."""
    return carry_out(tmp_path_factory.mktemp("straight") / "run", **TOWN)


def told_of(done: Any) -> Manifest:
    """Return a run's manifest without what may differ from run to run."""
    told = read_manifest(done.folder)
    worlds = tuple(world.model_copy(update={"seconds": 0.0}) for world in told.worlds)
    same = {"worlds": worlds, "created": date.min, "peak_rss_bytes": 0, "threads": 1, "shards": 1}
    return told.model_copy(update=same)


def rows_of(done: Any) -> Iterator[pl.DataFrame]:
    """Yield every world's ledger in the order of its ids."""
    for world in done.worlds:
        yield read_ledger(done.folder / "worlds" / world.name).collect().sort("id")


def same_results(one: Any, other: Any) -> bool:
    """Tell whether two runs agree in digests, manifest, indicators and ledger."""
    return (
        digests(one) == digests(other)
        and told_of(one) == told_of(other)
        and (one.folder / "indicators.parquet").read_bytes()
        == (other.folder / "indicators.parquet").read_bytes()
        and all(mine.equals(yours) for mine, yours in zip(rows_of(one), rows_of(other), strict=True))
    )


@pytest.mark.parametrize(("threads", "shards"), [(1, 1), (2, 1), (1, 2), (1, 4), (4, 3), (2, 4096)])
def test_the_same_request_gives_the_same_results_on_any_division(
    threads: int, shards: int, straight: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lived, "SMALL_WORLD", 0)
    again = carry_out(tmp_path / "run", **TOWN, threads=threads, shards=shards)
    assert same_results(straight, again)


def test_shards_hand_over_their_rows_year_by_year(tmp_path: Path) -> None:
    # the year ends between two days on which rows are handed over as a rule
    asked = TOWN | {"start": "2014-06-20"}
    whole, shared = (carry_out(tmp_path / f"{n}-shards", **asked, shards=n) for n in (1, 3))
    assert same_results(whole, shared)
    assert {path.name[:4] for path in shared.folder.rglob("20??-*.parquet")} == {"2014", "2015"}


def test_another_seed_gives_another_digest(straight: Any, tmp_path: Path) -> None:
    other = carry_out(tmp_path / "run", **{**TOWN, "seed": 8})
    assert not set(digests(straight)) & set(digests(other))


@pytest.mark.parametrize("mode", ["panel", "none"])
def test_the_ledger_kept_changes_nothing_that_happens(mode: str, straight: Any, tmp_path: Path) -> None:
    other = carry_out(tmp_path / "run", **TOWN, ledger=mode)
    for full, less in zip(straight.worlds, other.worlds, strict=True):
        assert less.state_digest() == full.state_digest()
    assert (other.folder / "indicators.parquet").read_bytes() == (
        straight.folder / "indicators.parquet"
    ).read_bytes()
    for full, less in zip(rows_of(straight), rows_of(other), strict=True):
        assert less.schema == full.schema
        assert len(less.join(full, on=full.columns, how="semi", nulls_equal=True)) == len(less)
        if mode == "none":
            assert less.is_empty()
            continue
        kept = less.select("kind", "subject").unique()
        assert less.equals(full.join(kept, on=["kind", "subject"], how="semi", maintain_order="left"))
        everybody = full.select("kind", "subject").n_unique()
        assert 0 < len(kept) < 0.05 * everybody


def test_compiled_and_interpreted_runs_agree(tmp_path: Path) -> None:
    few = ("--society", "hamlet", "--population", "70", "--years", "1", "--threads", "1")
    done = demerit("run", *few, "--json", "--out", "run", cwd=tmp_path, NUMBA_DISABLE_JIT="1")
    assert done.returncode == 0, done.stderr
    compiled = carry_out(tmp_path / "compiled", population=70)
    assert [world["digest"] for world in json.loads(done.stdout)["worlds"]] == digests(compiled)


def test_a_regime_and_its_copy_under_another_name_differ_in_nothing(tmp_path: Path) -> None:
    text = write_regime(tmp_path / "one.toml", **{"conduct.road.crosswalk.coverage": 0.5}).read_text()
    (tmp_path / "two.toml").write_text(text.replace('id = "one"', 'id = "two"'))
    done = carry_out(
        tmp_path / "run", regime=str(tmp_path / "one.toml"), against=str(tmp_path / "two.toml"), **TOWN
    )
    from demerit.study.results import indicators_json

    assert len(done.worlds) == 2
    assert len(set(digests(done))) == 1
    for entry in indicators_json(done).values():
        assert entry["value"] == entry["against"]
        assert entry["difference"] in (0, None)


def test_two_regimes_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    law = write_regime(tmp_path / "ordinary-law.toml", **{"conduct.road.crosswalk.coverage": 0.5})
    done = carry_out(tmp_path / "run", regime=str(law))
    folders = sorted(path.name for path in (done.folder / "worlds").iterdir())
    assert folders == sorted(f"ordinary-law-{world.regime.hash8}" for world in done.worlds)
    assert len(set(digests(done))) == 2
    frame = pl.read_parquet(done.folder / "indicators.parquet")
    assert sorted(frame["world"].unique()) == folders


@pytest.mark.parametrize("population", [1, 2, 63, 64, 65])
def test_the_smallest_worlds_can_be_lived(population: int, tmp_path: Path) -> None:
    done = carry_out(tmp_path / "run", population=population, shards=3)
    assert verify_folder(done.folder) == []
    assert [len(world.world.state) for world in done.worlds] == [population, population]


@pytest.mark.parametrize(
    ("regime", "against", "names"),
    [
        ("essay", None, ["essay"]),
        ("ordinary-law", "ordinary-law", ["ordinary-law"]),
        ("ordinary-law", "essay", ["ordinary-law", "essay"]),
        ("empty", "ordinary-law", ["empty", "ordinary-law"]),
        ("essay", "empty", ["essay", "empty"]),
    ],
)
def test_any_regime_runs_alone_or_against_any_other(
    regime: str, against: str | None, names: list[str], hamlet: Any, tmp_path: Path
) -> None:
    done = carry_out(tmp_path / "run", regime=regime, against=against)
    assert [world.name for world in done.worlds] == names
    alone = dict(zip((world.name for world in hamlet.worlds), digests(hamlet), strict=True))
    for world in done.worlds:  # a world does not know what stands beside it
        assert world.digest() == alone.get(world.name, world.digest())


def test_a_run_may_be_written_into_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hamlet: Any
) -> None:
    place = tmp_path / "with [brackets] and spaces"
    place.mkdir()
    monkeypatch.chdir(place)
    done = carry_out(Path(), population=200)
    assert digests(done) == digests(hamlet)
    assert done.folder == place
    assert read_ledger(place / "worlds" / "essay").collect().height == hamlet.worlds[0].rows


def test_runs_without_a_name_are_numbered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    request = {"population": 20, "against": None, "out": None}
    from demerit.study.run import run

    for number in (1, 2):
        done = run(replace(RunRequest(society="hamlet", years=1, threads=1), **request))
        regime = done.worlds[0].regime
        assert done.folder.relative_to(tmp_path).as_posix() == f"runs/essay-{regime.hash8}-1-{number}"
