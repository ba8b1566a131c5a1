"""`demerit claims` from the command line: all claims, the same people, what is kept, and refusals."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import demerit as dm
from demerit.claims import living
from demerit.claims.again import read_claims, repeat_claims
from demerit.claims.catalogue import STATISTICS
from demerit.claims.definitions import claims, keys, worlds_read
from demerit.claims.from_run import against_run
from demerit.claims.living import keep
from demerit.claims.plan import ClaimsRequest, make_claims
from demerit.claims.results import claims_json, result_file
from demerit.claims.study import ClaimsDone, ClaimsInterrupted, hold_claims
from demerit.engine.folder import verify_folder
from demerit.report.claims_table import summed_up
from demerit.simulation.manifest import read_manifest
from demerit.study.layout import CLAIMS
from demerit.study.worker import Post

Tell = Callable[..., tuple[int, str, str]]
TOWN: dict[str, Any] = {"society": "hamlet", "population": 200, "years": 3, "seeds": 2, "workers": 1}
FIELDS = {
    *("id", "text", "kind", "contrast", "effect", "unit", "low", "high", "holds", "verdict", "parts"),
    *("n_events", "robustness", "decided_by"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> ClaimsDone:
    """Return the claims held against the essay's regime: two seeds and a draw of a hamlet."""
    out = tmp_path_factory.mktemp("claims") / "out"
    return hold_claims(make_claims(ClaimsRequest(**TOWN, robustness=1, out=str(out))))


def test_every_part_of_every_claim_is_counted() -> None:
    assert set(STATISTICS) == {key for claim in claims() for key in keys(claim)}


def test_all_claims_are_told_as_data(told: ClaimsDone) -> None:
    found = claims_json(told)
    assert [one["id"] for one in found] == [f"C{number}" for number in range(26)]
    for one, claim in zip(found, claims(), strict=True):
        assert set(one) >= FIELDS
        assert one["effect"] == one["parts"][0]["effect"]
        assert one["verdict"] in ("holds", "fails", "unclear", "no occasion")
        assert one["holds"] == (one["verdict"] == "holds")
        assert len(one["parts"]) == len(claim.parts)
        assert one["decided_by"] == "undecided"  # one draw decides nothing
    json.dumps(found, allow_nan=False)


def test_every_world_is_lived_on_every_seed_and_draw(told: ClaimsDone) -> None:
    assert told.failures == ()
    assert [job.name for job in told.jobs] == ["seed-1", "seed-2", "draw-1"]
    for job, seeds in told.jobs.items():
        for seed in seeds:
            assert set(seed) == set(worlds_read(deciding=job.draw > 0))


def test_a_folder_of_claims_is_whole_and_seen_on_the_shelf(told: ClaimsDone, tell: Tell) -> None:
    assert verify_folder(told.folder) == []
    kept = json.loads((told.folder / CLAIMS).read_bytes()) if (told.folder / CLAIMS).is_file() else None
    assert kept is None  # nobody asked for a result file here
    code, out, _ = tell("runs", "list", str(told.folder.parent))
    assert code == 0
    assert "claims over 2 seeds and 1 draw, 3 of 3 done" in out


@pytest.mark.parametrize("regime", ["ordinary-law", "empty"])
def test_a_regime_set_against_itself_holds_no_claim_about_a_difference(regime: str, tmp_path: Path) -> None:
    """Under ordinary law R and N are one world: every difference is exactly nought."""
    plan = make_claims(ClaimsRequest(regime=regime, **TOWN, out=str(tmp_path / "out")))
    done = hold_claims(plan)
    for one in done.found:
        for part in one.parts:
            if part.part.figure == "R - N" and regime == "ordinary-law":
                assert part.found.effect == 0 or part.found.seeds == 0, part.key
                assert part.verdict in ("fails", "unclear", "no occasion") or part.part.side == "at_least"
    assert not any(one.verdict == "holds" and one.claim.kind == "emergent" for one in done.found)


def test_what_was_interrupted_goes_on_to_the_same_bytes(
    told: ClaimsDone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, done = Post.work, []

    def work(self: Post, job: Any) -> str | None:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(job)
        return before(self, job)

    plan = make_claims(ClaimsRequest(**TOWN, robustness=1, out=str(tmp_path / "out")))
    with monkeypatch.context() as during:
        during.setattr(Post, "work", work)
        with pytest.raises(ClaimsInterrupted, match=r"2 of 3 seeds and draws are kept in"):
            hold_claims(plan)
    again = hold_claims(plan)
    assert again.kept == 2
    assert read_claims(again.folder).jobs == again.jobs
    assert {job.name: seeds for job, seeds in again.jobs.items()} == {
        job.name: seeds for job, seeds in told.jobs.items()
    }


def test_a_draw_that_fills_the_ledger_is_lived_by_fewer_people_and_told(
    told: ClaimsDone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told.draws_by_fewer == {}
    monkeypatch.setattr(living, "MOST_ROWS", 10)
    monkeypatch.setattr(living, "FEWER", (1, 2))
    request = {**TOWN, "seeds": 1, "robustness": 1, "out": str(tmp_path / "out")}
    done = hold_claims(make_claims(ClaimsRequest(**request)), finish=result_file)
    assert done.failures == ()
    assert done.draws_by_fewer == {1: TOWN["population"] // 2}
    content = json.loads((done.folder / CLAIMS).read_bytes())
    assert content["draws_by_fewer_people"] == {"1": TOWN["population"] // 2}
    assert "1 draw lived by fewer people" in summed_up(done)


def test_two_workers_find_what_one_does(told: ClaimsDone, tmp_path: Path) -> None:
    request = {**TOWN, "workers": 2}
    done = hold_claims(make_claims(ClaimsRequest(**request, robustness=1, out=str(tmp_path / "out"))))
    assert list(done.jobs.values()) == list(told.jobs.values())


def test_interrupted_claims_are_resumed_and_shown(
    told: ClaimsDone, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(self: Post, job: Any) -> str | None:
        raise KeyboardInterrupt

    request = {**TOWN, "seeds": 1}
    with monkeypatch.context() as during:
        during.setattr(Post, "work", work)
        with pytest.raises(ClaimsInterrupted, match="0 of 1 seeds and draws are kept"):
            hold_claims(make_claims(ClaimsRequest(**request, out="cut")))
    code, out, err = tell("resume", "cut.partial")
    assert (code, err) == (0, "")
    code, shown, _ = tell("runs", "show", "cut")
    assert (code, shown.split()) == (0, out.split())


def test_claims_are_verified_to_the_figure(told: ClaimsDone, tmp_path: Path) -> None:
    assert repeat_claims(told.folder).difference is None
    copy = Path(shutil.copytree(told.folder, tmp_path / "copy"))
    file = copy / "worlds" / "seed-2.json"
    kept = json.loads(file.read_bytes())
    kept["worlds"]["R"][0]["C4.1"][0] += 1e-9
    file.write_text(json.dumps(kept))
    assert repeat_claims(copy).difference == "seed-2: its file is not what was kept"
    keep(file, {key: value for key, value in kept.items() if key != "sha256"})
    found = repeat_claims(copy)
    assert (found.identical, found.difference) == (1, "seed-2: its figures differ")


def test_bad_requests_are_told_at_once(tell: Tell) -> None:
    code, out, err = tell("claims", "--regime", "esay", "--years", "2", "--seeds", "0", "--robustness", "-1")
    assert (code, out) == (2, "")
    for word in ("esay", "--years", "--seeds", "--robustness"):
        assert word in err
    assert "Traceback" not in err


def test_the_table_says_what_each_claim_is_and_what_became_of_it(tell: Tell) -> None:
    code, out, err = tell(
        *("claims", "--society", "hamlet", "--population", "200", "--years", "3", "--seeds", "1"),
        *("--workers", "1", "--out", "out"),
    )
    assert (code, err) == (0, "")
    assert "Synthetic society" in out
    for number in range(26):
        assert f"C{number} " in out
    assert Path("out", CLAIMS).is_file()
    assert "never for scoring, classifying or predicting real people" in " ".join(out.split())
    assert json.loads(Path("out", CLAIMS).read_bytes())["card"]["society"]["id"] == "hamlet"
    assert "Must not be used for" in Path("out", "CARD.md").read_text()


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run of three years of the hamlet, whose regime no preset has."""
    folder = tmp_path_factory.mktemp("run") / "run"
    mine = dm.Regime.load("essay").patched({"detection.mismatch": 0.05})
    dm.simulate("hamlet", mine, years=3, seed=4, ledger="none", threads=1, out=folder, quiet=True)
    return folder


def test_claims_are_held_against_the_regime_of_a_run(years: Path) -> None:
    plan = make_claims(against_run(years, ClaimsRequest(seeds=2)))
    assert plan.regime.hash == read_manifest(years).worlds[0].regime_hash
    assert (plan.society.id, plan.population, plan.years, plan.seeds) == ("hamlet", 200, 3, (4, 5))


def test_what_a_run_settles_is_not_asked_twice(years: Path, tell: Tell) -> None:
    code, _, err = tell("claims", str(years), "--regime", "essay", "--years", "4")
    assert code == 2
    assert "the run settles --regime, --years" in err


def test_claims_over_a_folder_of_claims_are_refused(told: ClaimsDone, tell: Tell) -> None:
    code, _, err = tell("claims", str(told.folder))
    assert code == 2
    assert "holds many worlds; name the folder of one run" in err


def test_claims_from_python_are_those_of_the_command(told: ClaimsDone) -> None:
    held = dm.hold_claims("hamlet", "essay", years=3, seeds=2, robustness=1, workers=1, quiet=True)
    assert held.data == claims_json(told)
    assert held.table()["verdict"].to_list() == [one["verdict"] for one in held.data]
    assert held.parts().height == sum(len(one["parts"]) for one in held.data)
    assert "Synthetic society" in str(held)
