"""Differences put down to changed rules: against all orders written out, and against single runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runs import carry_out, write_regime

from demerit.errors import DemeritError
from demerit.explain.asking import AttributionRequest, attributed, prepared
from demerit.explain.attribution import Attribution, attribute, shapley
from demerit.explain.lives import life_of
from demerit.explain.mixing import MOST, Between, grouped, taken
from demerit.explain.source import open_world
from demerit.explain.waterfall import Fold
from demerit.explain.without import sanction_days
from demerit.regime import Regime
from demerit.report.attributed import attribution_page

Tell = Callable[..., tuple[int, str, str]]
ESSAY = Regime.load("essay")


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.integers(-1000, 1000), min_size=2**n, max_size=2**n)))
def test_a_shapley_value_is_the_mean_over_all_orders(worths: list[int]) -> None:
    players = [str(number) for number in range(len(worths).bit_length() - 1)]

    def worth(some: frozenset[str]) -> Fraction:
        return Fraction(worths[sum(1 << int(player) for player in some)])

    found = shapley(players, worth)
    added = {player: Fraction(0) for player in players}
    orders = list(permutations(players))
    for order in orders:
        for place, player in enumerate(order):
            added[player] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    assert found == {player: total / len(orders) for player, total in added.items()}
    assert sum(found.values()) == worth(frozenset(players)) - worth(frozenset())


def attributed_to(worth: Callable[[Regime], float], after: Regime) -> Attribution:
    return attribute(
        ESSAY, after, lambda regime: {"it": Fraction(worth(regime))}, {"it": "points"}, "somebody"
    )


def test_each_change_is_given_what_it_does_where_effects_add_up() -> None:
    after = ESSAY.patched(
        {"score.base": 990, "conduct.road.crosswalk.fine": 70, "conduct.money.bill.fine": 5}
    )

    def worth(regime: Regime) -> float:
        fines = {one.id: float(one.fine) for one in regime.data.conducts}
        return 10 * float(regime.data.score.base) + fines["road.crosswalk"] + fines["money.bill"] / 7

    found = attributed_to(worth, after)
    assert (found.exact, found.worlds, len(found.groups)) == (True, 8, 3)
    (figure,) = found.figures
    assert sum(figure.shares) == figure.after - figure.before
    by_name = {group.name: float(share) for group, share in zip(found.groups, figure.shares, strict=True)}
    assert by_name["score.base"] == -100
    before = {one.id: float(one.fine) for one in ESSAY.data.conducts}
    assert by_name["conduct.road.crosswalk.fine"] == pytest.approx(70 - before["road.crosswalk"])


def test_what_two_changes_do_together_is_shared() -> None:
    after = ESSAY.patched({"score.base": 990, "conduct.road.crosswalk.fine": 71})

    def worth(regime: Regime) -> float:
        crosswalk = next(one for one in regime.data.conducts if one.id == "road.crosswalk")
        return float(float(regime.data.score.base) == 990 and float(crosswalk.fine) == 71)

    assert attributed_to(worth, after).figures[0].shares == (Fraction(1, 2), Fraction(1, 2))


def test_equal_regimes_and_changes_without_an_effect_are_given_nothing() -> None:
    nothing = attributed_to(lambda regime: 5.0, ESSAY)
    assert any("same rules" in str(part) for part in attribution_page(nothing))
    assert (nothing.groups, nothing.worlds, nothing.figures[0].shares) == ((), 1, ())
    after = ESSAY.patched({"score.base": 990, "conduct.road.crosswalk.fine": 71})
    assert attributed_to(lambda regime: 5.0, after).figures[0].shares == (0, 0)


@pytest.mark.parametrize("reform", ["no-chain", "no-screens", "rights", "ordinary-law"])
def test_groups_lead_from_one_regime_to_the_other(reform: str) -> None:
    between = Between(ESSAY, Regime.load(reform))
    groups = grouped(between)
    assert groups
    assert sorted(taken(groups)) == sorted(between.entries)
    assert between.mixed(taken(groups)).hash == between.after.hash
    for size in range(len(groups)):
        assert between.stands(taken(groups[:size])), groups[size].name


def test_more_than_eight_groups_are_taken_over_in_order() -> None:
    after = ESSAY.patched(
        {
            "score.base": 990,
            "conduct.road.crosswalk.fine": 70,
            "chain.driver-to-vehicle.fraction": 0.5,
            "transfer.road-to-province.loss": 0.1,
            "sanction.band-b.below": 950,
            "reward.trusted.above": 1031,
            "detection.mismatch": 0.05,
            "repair.credit-course.share": 0.5,
            "appeals.independence": 0.9,
            "prosecution.delay_days": 90,
        }
    )

    def worth(regime: Regime) -> float:
        fines = {one.id: float(one.fine) for one in regime.data.conducts}
        return fines["road.crosswalk"] * float(regime.data.chains[0].fraction)

    found = attributed_to(worth, after)
    assert not found.exact
    assert found.worlds == len(found.groups) + 1 > MOST + 1
    shares = {group.name: share for group, share in zip(found.groups, found.figures[0].shares, strict=True)}
    assert sum(shares.values()) == found.figures[0].after - found.figures[0].before
    assert {name for name, share in shares.items() if share} == {"conduct", "chain"}


def test_changes_that_cannot_stand_alone_are_one_group(tmp_path: Path) -> None:
    """A conduct that names a list, and the list."""
    data = ESSAY.canonical()
    data["list"] = [*data["list"], {**data["list"][0], "id": "new-list"}]
    crosswalk = next(one for one in data["conduct"] if one["id"] == "road.crosswalk")
    crosswalk["lists"] = {**crosswalk["lists"], "new-list": 0.5}
    crosswalk["fine"]["value"] = 60
    groups = grouped(Between(ESSAY, Regime.from_canonical(data)))
    names = [group.name for group in groups]
    assert any("+" in name and "list" in name for name in names)
    assert any("fine" in name and "+" not in name for name in names)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A reform of two rules, attributed for a vehicle of the hamlet and for everybody."""
    place = tmp_path_factory.mktemp("attribution")
    one = write_regime(place / "one.toml", **{"conduct.road.speeding.coverage": 0.8})
    other = write_regime(
        place / "two.toml",
        **{"conduct.road.speeding.coverage": 0.1, "chain.driver-to-vehicle.fraction": 0.1},
    )
    request = {"before": str(one), "after": str(other), "society": "hamlet", "years": 1}
    done = carry_out(place / "run", regime=str(one), against=str(other))
    return request, done


def test_figures_of_a_subject_are_those_of_the_runs(lived: Any) -> None:
    request, done = lived
    told = [open_world(done.folder, world.name) for world in done.worlds]
    moved = [row["subject"] for row in told[0].ledger.collect().to_dicts()
             if row["kind"] == "vehicle" and row["what"] == "derived"]  # fmt: skip
    name = f"vehicle:{moved[0]}"
    found = attributed(prepared(AttributionRequest(**request, subject=name)))
    assert (found.exact, found.worlds, len(found.groups)) == (True, 4, 2)
    lives = [life_of(one, name) for one in told]
    figures = {figure.name: figure for figure in found.figures}
    for end, life in zip(("before", "after"), lives, strict=True):
        for fall in Fold(life).waterfalls():
            assert getattr(figures[f"score {fall.system}"], end) == fall.shown
        records = sum(entry["what"] in ("record", "derived") for entry in life.own)
        assert getattr(figures["records"], end) == records
        under = {rule: days for rule, days in sanction_days(life).items() if rule.startswith("sanction:")}
        assert getattr(figures["days under sanctions"], end) == sum(under.values())
    assert any(figure.before != figure.after for figure in found.figures)
    text = "".join(str(part) for part in attribution_page(found))
    assert "Shapley" in text
    assert "synthetic society" in text
    assert f"of {200} citizens" in text
    for figure in found.figures:
        assert sum(figure.shares) == figure.after - figure.before


def test_indicators_of_a_group_are_those_of_the_runs(lived: Any, tell: Tell) -> None:
    from demerit.measures.indicators import BY_NAME
    from demerit.measures.recorder import memberships

    request, done = lived
    options = ["--society", "hamlet", "--years", "1", "--group", "income fifth=lowest fifth"]
    code, out, _ = tell(
        "attribute", request["before"], request["after"], *options, "--indicator=records", "--json"
    )
    assert code == 0
    (figure,) = json.loads(out)["figures"]
    member = next(cells for by, name, cells in memberships() if name == "lowest fifth")
    for end, world in zip(("before", "after"), done.worlds, strict=True):
        assert figure[end] == world.recorder.value(BY_NAME["records"], member)
    assert sum(Fraction(share["exact"]) for share in figure["shares"]) == Fraction(
        figure["after"]
    ) - Fraction(figure["before"])


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        (("--indicator", "recrods"), "did you mean records"),
        (("--group", "stratum=king"), "there is no group 'stratum=king'"),
        (("--subject", "moon:3"), "names no subject"),
        (("--subject", "agency:court-0"), "write the number of agency:court-0"),
        (("--subject", "5", "--group", "stratum=elite"), "--subject goes without --group"),
        (("--years", "0"), "--years must lie between"),
        (("--subject", "citizen:200"), "citizen:0 to citizen:199"),
    ],
)
def test_bad_requests_are_one_message_and_exit_2(tell: Tell, options: tuple[str, ...], answer: str) -> None:
    code, _, err = tell("attribute", "essay", "watchdog", "--society", "hamlet", *options)
    assert (code, answer in err, "Traceback" in err) == (2, True, False)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(DemeritError, match="problems") as refused:
        prepared(AttributionRequest("essay", "utopia", group="nobody", indicators=("x",), society="hamlet"))
    assert all(word in str(refused.value) for word in ("utopia", "nobody", "'x'"))
