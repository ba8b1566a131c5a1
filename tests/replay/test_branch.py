"""Branches share the past with the run they come from, to the bit, and differ from it afterwards."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.runs import STRICT, carry_out, demerit, digests, write_regime

from demerit.cli import main
from demerit.engine.folder import verify_folder
from demerit.engine.hashlist import write_hash_list
from demerit.engine.ledger import read_ledger
from demerit.errors import RunFolderError, UsageError
from demerit.report.tables import two_worlds
from demerit.simulation.manifest import read_manifest
from demerit.study import lived
from demerit.study.branch import BranchRequest, branch, read_patch
from demerit.study.run import Interrupted, resume
from demerit.study.verify import repeat

TOWN: dict[str, Any] = {"society": "city", "population": 1_500, "seed": 3, "years": 2}
AT = "2015-03-10"
DAY = 433


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return two years under a strict regime and under ordinary law, with a checkpoint after 400 days."""
    folder = tmp_path_factory.mktemp("parent")
    strict = write_regime(folder / "strict.toml", **STRICT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lived, "CHECKPOINT_DAYS", 200)
        return carry_out(folder / "run", regime=str(strict), **TOWN)


def past(folder: Path, world: str, until: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the entries and the whole months of a world before a date."""
    ledger = read_ledger(folder / "worlds" / world).filter(pl.col("date") < until).collect().sort("id")
    months = pl.read_parquet(folder / "indicators.parquet").filter(
        (pl.col("world") == world) & (pl.col("month") < until)
    )
    return ledger.with_columns(pl.col(pl.Enum).cast(pl.String)), months.drop("world")


def assert_shared(done: Any, parent: Any, world: str = "strict", until: date = date(2015, 3, 10)) -> None:
    """Compare the past of every world of a branch with that of the run it comes from."""
    ledger, months = past(parent.folder, world, until)
    assert len(ledger) > 100
    for name in done.plan.names:
        mine, mine_by_month = past(done.folder, name, until)
        assert mine.equals(ledger)
        assert mine_by_month.equals(months)
    assert verify_folder(done.folder) == []


def branched(parent: Path, out: Path, *regimes: str, at: str = AT, **more: Any) -> Any:
    """Branch a run into regimes, in a folder of its own."""
    return branch(BranchRequest(parent, at, regimes=regimes, out=str(out / "run"), **more))


@pytest.fixture(scope="module")
def abolished(parent: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the branch in which ordinary law takes the strict regime's place."""
    return branched(parent.folder, tmp_path_factory.mktemp("branch"), "ordinary-law")


def seal(folder: Path) -> None:
    """Write the list of hashes of an altered folder anew."""
    (folder / "MANIFEST.sha256").unlink()
    write_hash_list(folder)


def test_the_past_is_shared_to_the_bit(abolished: Any, parent: Any) -> None:
    assert abolished.plan.names == ("ordinary-law", "strict")
    assert_shared(abolished, parent)


def test_the_regime_of_the_run_goes_on_as_in_the_run_itself(abolished: Any, parent: Any) -> None:
    assert digests(abolished)[1] == digests(parent)[0]
    assert digests(abolished)[0] not in digests(parent)


def test_the_manifest_of_a_branch_says_what_is_shared_and_repeats_it(abolished: Any, parent: Any) -> None:
    told = read_manifest(abolished.folder)
    (era,) = told.past
    assert (era.regime, era.until, era.regime_hash) == ("strict", DAY, parent.worlds[0].regime.hash)
    assert [law.id for law in told.laws] == ["ordinary-law"]
    assert repeat(abolished.folder).difference is None


def test_the_branch_begins_with_the_newest_checkpoint_before_it(
    parent: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days: list[int] = []
    after_day = lived.LivedWorld._after_day

    def note(self: lived.LivedWorld, world: Any) -> None:
        days.append(world.day)
        after_day(self, world)

    monkeypatch.setattr(lived.LivedWorld, "_after_day", note)
    done = branched(parent.folder, tmp_path, "ordinary-law", alone=True)
    assert days == list(range(401, 731))
    for part in (done.folder / "worlds/ordinary-law/ledger").iterdir():
        twin = parent.folder / "worlds/strict/ledger" / part.name
        assert part.name != "2014-000.parquet" or part.read_bytes() == twin.read_bytes()


def test_with_and_without_a_checkpoint_are_the_same(abolished: Any, parent: Any, tmp_path: Path) -> None:
    shutil.copytree(parent.folder, tmp_path / "bare")
    plan = tmp_path / "bare/plan.json"
    plan.write_text(json.dumps({**json.loads(plan.read_text()), "demerit": "0.0.1"}))
    seal(tmp_path / "bare")
    assert digests(branched(tmp_path / "bare", tmp_path, "ordinary-law")) == digests(abolished)


@pytest.mark.parametrize("at", ["2014-01-02", "2014-02-01", "2015", "2015-02-05", "2015-12-31"])
def test_a_patch_effective_on_a_day_changes_no_bit_before_it(at: str, parent: Any, tmp_path: Path) -> None:
    """On the second day, on the first and last of a month or year, on the day of a checkpoint."""
    patches = ("conduct.road.crosswalk.coverage=0.05",)
    done = branched(parent.folder, tmp_path, at=at, patches=patches)
    assert digests(done)[1] == digests(parent)[0] != digests(done)[0]
    until = date.fromisoformat(at if "-" in at else f"{at}-01-01")
    ledger, months = past(parent.folder, "strict", until)
    for name in done.plan.names:
        mine, by_month = past(done.folder, name, until)
        assert mine.equals(ledger)
        assert by_month.equals(months)


def test_rules_that_only_change_their_name_touch_nobody(parent: Any, tmp_path: Path) -> None:
    """Scores are read anew, which the ledger says, and nothing comes of it."""
    same = write_regime(tmp_path / "same.toml", extends=str(strict_file(tmp_path)), title="The same")
    done = branched(parent.folder, tmp_path, str(same), alone=True)
    old = parent.worlds[0]
    assert done.worlds[0].state_digest() == old.state_digest()
    assert done.worlds[0].rows == old.rows + len(entries(done, "same", "new_rules"))


def strict_file(folder: Path) -> Path:
    """Write the strict regime as a file again."""
    return write_regime(folder / "strict.toml", **STRICT)


def entries(done: Any, world: str, what: str) -> pl.DataFrame:
    return read_ledger(done.folder / "worlds" / world).filter(pl.col("what") == what).collect()


def test_sanctions_that_are_gone_end_on_the_day_and_the_others_go_on(abolished: Any, parent: Any) -> None:
    read_anew = entries(abolished, "ordinary-law", "new_rules")
    assert set(read_anew["date"]) == {date(2015, 3, 10)}
    kept = {f"sanction:{one.id}" for one in abolished.worlds[0].regime.data.sanctions}
    ended = entries(abolished, "ordinary-law", "sanction_end").filter(
        pl.col("cause").is_in(read_anew["id"].to_list())
    )
    assert not set(ended["rule"].cast(pl.String)) & kept
    running: dict[tuple[Any, ...], int] = {}
    for what, step in (("sanction_start", 1), ("sanction_end", -1)):
        for row in entries(parent, "strict", what).filter(pl.col("date") < date(2015, 3, 10)).to_dicts():
            key = (row["kind"], row["subject"], row["rule"])
            running[key] = running.get(key, 0) + step
    expected = {key for key, left in running.items() if left == 1 and key[2] not in kept}
    assert {(row["kind"], row["subject"], row["rule"]) for row in ended.to_dicts()} == expected != set()
    assert not abolished.worlds[0].world.state["wage_loss"].any()


def test_what_is_under_way_still_arrives_and_nothing_new_follows_it(abolished: Any) -> None:
    after = read_ledger(abolished.folder / "worlds/ordinary-law").filter(pl.col("date") > date(2015, 3, 10))
    later = after.with_columns(pl.col("what", "rule").cast(pl.String)).collect()
    arrived = later.filter(
        (pl.col("what") == "arrival") & ~pl.col("rule").is_in(rules_of(abolished, "transfers"))
    )
    assert (arrived["cause"] < DAY << 47).all()
    assert set(later.filter(pl.col("what") == "record")["rule"]) <= rules_of(abolished, "conducts")
    assert set(later.filter(pl.col("what") == "sanction_start")["rule"]) <= rules_of(abolished, "sanctions")


def rules_of(done: Any, section: str) -> set[str]:
    """Return the rules of a section of the first world's regime, as the ledger names them."""
    return {f"{section[:-1]}:{one.id}" for one in getattr(done.worlds[0].regime.data, section)}


def test_registers_keep_their_points_by_id_and_not_by_place(parent: Any) -> None:
    """Put the registers in another order and nothing else: everybody's standing is the same."""
    strict = parent.worlds[0].regime
    turned = replace(strict, data=strict.data.model_copy(update={"registers": strict.data.registers[::-1]}))
    straight, other = (
        parent.setting.world(regime, keep=0, start=date(2014, 1, 1), days=320, past=past)
        for regime, past in ((strict, []), (turned, [(strict, 300)]))
    )
    for world in (straight, other):
        world.run(320)
    assert other.book.turns == (300,)
    assert straight.accounts["points"].any()
    assert other.state_digest() == straight.state_digest()


def test_several_regimes_branch_side_by_side(parent: Any, tmp_path: Path) -> None:
    done = branched(parent.folder, tmp_path, "ordinary-law", "empty")
    assert done.plan.names == ("ordinary-law", "empty", "strict")
    assert_shared(done, parent)
    assert [str(column.header) for column in two_worlds(done).columns] == [
        *("what", "ordinary-law", "empty", "strict"),
        *("ordinary-law less empty", "unit"),
    ]


def test_a_branch_of_a_branch_shares_both_pasts(abolished: Any, tmp_path: Path) -> None:
    done = branched(abolished.folder, tmp_path, "essay", at="2015-09-01")
    assert [(era.regime.id, era.until) for era in done.plan.past] == [("strict", DAY), ("ordinary-law", 608)]
    assert_shared(done, abolished, "ordinary-law", date(2015, 9, 1))
    assert digests(done)[1] == digests(abolished)[0]
    assert repeat(done.folder).difference is None


def test_an_interrupted_run_can_be_branched(
    parent: Any, abolished: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = strict_file(tmp_path)
    stop_at(monkeypatch, 420)
    with pytest.raises(Interrupted) as stopped:
        carry_out(tmp_path / "half", regime=str(strict), **TOWN)
    assert stopped.value.folder is not None
    assert digests(branched(stopped.value.folder, tmp_path, "ordinary-law")) == digests(abolished)


def stop_at(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    after_day = lived.LivedWorld._after_day
    left = [day]

    def stop_then(self: lived.LivedWorld, world: Any) -> None:
        if left and world.day == left[0]:
            left.pop()
            self.stop.set()
        after_day(self, world)

    monkeypatch.setattr(lived.LivedWorld, "_after_day", stop_then)


@pytest.mark.parametrize("day", [DAY - 1, DAY, DAY + 1, 500])
def test_a_branch_that_was_interrupted_goes_on_to_the_same_bits(
    day: int, parent: Any, abolished: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at(monkeypatch, day)
    with pytest.raises(Interrupted) as stopped:
        branched(parent.folder, tmp_path, "ordinary-law")
    assert stopped.value.folder is not None
    assert digests(resume(stopped.value.folder)) == digests(abolished)


def test_a_past_that_cannot_be_lived_again_is_refused(parent: Any, tmp_path: Path) -> None:
    """Alter an entry between the last checkpoint and the branch, as another program might have written it."""
    shutil.copytree(parent.folder, tmp_path / "other")
    ledger = tmp_path / "other/worlds/strict/ledger/2015-001.parquet"
    with ledger.open("rb") as file:
        told = pl.read_parquet_metadata(file)
    frame = pl.read_parquet(ledger).with_columns((pl.col("amount") + 100).alias("amount"))
    frame.write_parquet(ledger, metadata={key: text for key, text in told.items() if "demerit" in key})
    seal(tmp_path / "other")
    with pytest.raises(RunFolderError, match=r"to the same bits: world strict, .*amount_cny of entry"):
        branched(tmp_path / "other", tmp_path, "ordinary-law")


# the command line

REFUSED = {
    "no day": ([], "--at is missing: name the first day of the new rules, as --at 2018"),
    "a day that is none": (["--at", "soon"], "write YYYY-MM-DD"),
    "the first day": (["--at", "2014"], "between 2014-01-02 and 2015-12-31, within the run; got 2014"),
    "a day after the end": (["--at", "2016-01-01"], "--at must lie between"),
    "nothing new": (["--at", "2015"], "name a regime or give a --patch"),
    "a misspelt regime": (["essya", "--at", "2015"], "did you mean 'essay'?"),
    "a patch without a value": (["--at", "2015", "--patch", "score.base"], "is not NAME=VALUE"),
    "a patch that leads nowhere": (["--at", "2015", "--patch", "score.bse=1"], "score.bse"),
    "the same twice": (["empty", "empty", "--at", "2015"], "two of the regimes have the same rules: empty"),
    "another world": (["empty", "--at", "2015", "--world", "x"], "no world 'x'; it has strict, ordinary-law"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_branch_is_refused_with_one_clear_message(
    case: str,
    parent: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, message = REFUSED[case]
    with pytest.raises(SystemExit) as ended:
        main(["branch", str(parent.folder), *arguments, "--quiet"])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_a_branch_from_the_command_line(parent: Any, abolished: Any, tmp_path: Path) -> None:
    done = demerit(
        *("branch", str(parent.folder), "ordinary-law", "--at", AT, "--json", "--out", "run"), cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [world["digest"] for world in told["worlds"]] == digests(abolished)
    assert (tmp_path / "run/overview.png").is_file()


def test_values_of_patches_are_written_as_in_a_regime_file() -> None:
    assert read_patch("a.b=0.5") == ("a.b", 0.5)
    assert read_patch("a.b = true") == ("a.b", True)
    assert read_patch("a.b={scale = 2}") == ("a.b", {"scale": 2})
    assert read_patch("a.b=province") == ("a.b", "province")
    for text in ("a.b", "a.b=", "=1"):
        with pytest.raises(UsageError):
            read_patch(text)
