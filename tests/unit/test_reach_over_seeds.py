"""Reach as an indicator: shares over seeds with their intervals, in tables, from Python, as a picture."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scipy import stats
from tests.runs import write_regime

import demerit as dm
from demerit.errors import UsageError
from demerit.explain.reach import MET, reach
from demerit.explain.reach_found import WAYS, ReachFound
from demerit.explain.reaching import Reaching, find_reach
from demerit.report.reach_chart import picture_path, reach_chart
from demerit.report.reached import ReachTold, met_words
from demerit.simulation.setting import settle
from demerit.study.comparison_plan import ComparisonPlan, ComparisonRequest, make_comparison

Tell = Callable[..., tuple[int, str, str]]


def plan_of(*regimes: Any, seeds: int = 3) -> ComparisonPlan:
    request = ComparisonRequest(regimes=regimes, society="hamlet", years=1, seeds=seeds, workers=1)
    return make_comparison(request)


@pytest.fixture(scope="module")
def stricter() -> dm.Regime:
    return dm.Regime.load("essay").patched({"conduct.road.speeding.coverage": 0.9})


@pytest.fixture(scope="module")
def found(stricter: dm.Regime) -> ReachFound:
    return find_reach(plan_of("essay", stricter))


def test_every_seed_is_told_as_it_is_when_it_is_lived_alone(found: ReachFound) -> None:
    plan = found.plan
    laws = {law.id: law for law in plan.laws}
    for seed, told in zip(found.seeds, found.found, strict=True):
        setting = settle(plan.society, plan.population, seed, 1, laws)
        alone = reach(plan.alone(0, seed), setting, *plan.regimes)
        assert told == json.loads(json.dumps(alone.as_plain()))


def test_a_share_is_the_mean_over_seeds_with_student_s_interval(found: ReachFound) -> None:
    for way in WAYS:
        shares = [one["citizen"][way] / 200 for one in found.found]
        mean, error = statistics.mean(shares), statistics.stdev(shares) / math.sqrt(3)
        low, high = stats.t.interval(0.95, 2, mean, error)
        last = found.months()[-1][1][way]
        assert last == pytest.approx((mean, max(low, 0), min(high, 1)))
        assert tuple(found.kinds()[0][way].values()) == pytest.approx(last)


def test_shares_of_what_was_met_add_up_to_one(found: ReachFound) -> None:
    for what in ("first_met", "first_entry_through"):
        rows = found.tallied(what)
        assert sum(row["mean"] for row in rows) == pytest.approx(1)
        assert [row["mean"] for row in rows] == sorted((row["mean"] for row in rows), reverse=True)


def test_reach_never_shrinks_and_the_ledger_follows(found: ReachFound) -> None:
    for way in WAYS:
        means = [shares[way].mean for _, shares in found.months()]
        assert means == sorted(means)
        assert means[-1] > 0
    assert all(shares["other_entries"].mean <= shares["reached"].mean for _, shares in found.months())


def test_two_equal_regimes_reach_nobody() -> None:
    same = dm.Regime.load("essay").patched({"regime.title": "The same by another name"})
    nobody = find_reach(plan_of("essay", same, seeds=2))
    assert nobody.equal
    assert all(row["reached"]["mean"] == 0 and row["first"] is None for row in nobody.kinds())
    told = ReachTold(nobody)
    assert "the difference reaches nobody" in str(told)
    assert reach_chart(nobody).to_dict()


def test_python_tells_what_the_command_tells(stricter: dm.Regime, found: ReachFound) -> None:
    pair = dm.compare("hamlet", "essay", stricter, years=1, seeds=3, workers=2, quiet=True)
    told = pair.reach()
    assert told.data == found.as_plain()
    months = told.months()
    assert months.columns == ["month", "way", "share", "low", "high"]
    assert months.height == 12 * len(WAYS)
    table = told.table()
    assert set(table["by"]) == {"subject", "all", "stratum", "hukou", "income fifth"}
    turned = pair.reach(against=pair.regimes[1], regime=pair.regimes[0])
    assert turned.data["kinds"] == told.data["kinds"]
    with pytest.raises(UsageError, match="there is no regime 'utopia'"):
        pair.reach("utopia")


def test_the_command_tells_it_in_json_tables_and_a_picture(tell: Tell, tmp_path: Path) -> None:
    other = write_regime(tmp_path / "mild.toml", **{"chain.driver-to-vehicle.fraction": 0.1})
    words = (
        "reach",
        "essay",
        str(other),
        "--society",
        "hamlet",
        "--years",
        "1",
        "--seeds",
        "2",
        "--workers",
        "1",
    )
    picture = tmp_path / "reach.svg"
    code, out, _ = tell(*words, "--json", "--plot", str(picture))
    plain = json.loads(out)
    assert (code, plain["synthetic"], plain["seeds"], len(plain["months"])) == (0, True, [1, 2], 12)
    drawn = picture.read_text()
    assert all(text in drawn for text in ("something differs", "the ledger differs", "No real person"))
    code, out, _ = tell(*words)
    assert code == 0
    assert all(
        text in out for text in ("By kind of subject", "What was met first", "No real person", "vehicles")
    )


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        (("essay", "utopia"), "utopia"),
        (("essay", "essay"), "name each regime once"),
        (("essay", "watchdog", "--plot", "reach.pdf"), "does not end in .svg or .png"),
        (("essay", "watchdog", "--plot", "nowhere/reach.svg"), "there is no folder nowhere"),
        (("essay", "watchdog", "--seeds", "0"), "--seeds must lie between"),
    ],
)
def test_bad_requests_are_one_message_and_exit_2(tell: Tell, options: tuple[str, ...], answer: str) -> None:
    code, _, err = tell("reach", *options, "--society", "hamlet")
    assert (code, answer in err, "Traceback" in err) == (2, True, False)


def test_the_picture_has_a_band_only_where_there_are_seeds(found: ReachFound, stricter: dm.Regime) -> None:
    assert picture_path("reach.png").name == "reach.png"
    several, one = (
        reach_chart(found).to_dict(),
        reach_chart(find_reach(plan_of("essay", stricter, seeds=1))).to_dict(),
    )
    assert "95% interval" in str(several["title"])
    assert "One seed: no interval." in str(one["title"])


def test_seeds_side_by_side_are_bounded_by_the_memory_of_two_worlds_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = make_comparison(
        ComparisonRequest(regimes=("essay", "watchdog"), society="hamlet", years=1, workers=9)
    )
    each = 200 * 270
    monkeypatch.setattr("demerit.study.comparison_plan.memory_bytes", lambda: 5 * each)
    monkeypatch.setattr("demerit.study.comparison_plan.cores", lambda: 64)
    assert Reaching(plan, 0, 1).workers == 2


def test_everything_that_can_be_met_has_words() -> None:
    assert len({met_words(name) for name in MET}) == len(MET)
