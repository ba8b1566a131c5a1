"""Studies and claims: comparisons against their frames, any sweep in one model, fronts without a winner."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from demerit.claims.definitions import claims, keys
from demerit.errors import RunFolderError, UsageError
from demerit.explorer.views.claims import computed, defined, pictured
from demerit.explorer.views.pays_compared import pays_compared
from demerit.explorer.views.studies import front_page, study_page
from demerit.explorer.views.studies_charts import study_charts
from demerit.explorer.views.study_model import Axis, Measure, Point, Study, front
from demerit.report.impact.measured import group_name
from demerit.study.comparison import Comparison, compare
from demerit.study.comparison_plan import ComparisonRequest, make_comparison
from demerit.study.comparison_tables import differences, seed_values
from demerit.study.layout import CLAIMS


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    out = tmp_path_factory.mktemp("compared") / "out"
    request = ComparisonRequest(
        regimes=("ordinary-law", "essay"), society="hamlet", years=1, seeds=2, workers=1, out=str(out)
    )
    return compare(make_comparison(request))


def test_a_point_is_the_mean_of_its_seeds(compared: Comparison) -> None:
    page = study_page(compared.folder, ("records", "stress"))
    values = seed_values(compared).filter(by="all")
    assert len(page.study.points) == 4
    for point in page.study.points:
        mine = values.filter(regime=point.at[0], indicator=point.measure)["value"]
        assert point.mean == pytest.approx(mine.mean())
        assert point.n == 2
        assert point.low is not None
        assert point.high is not None
        assert point.low <= point.mean <= point.high


def test_the_first_picture_has_the_differences_of_the_comparison(compared: Comparison) -> None:
    (picture,) = study_page(compared.folder, ("records",)).differences
    known = differences(compared).filter(by="all", against="ordinary-law")
    assert {row[1] for row in picture.rows} <= set(known["indicator"])


def test_an_unknown_measure_is_refused(compared: Comparison) -> None:
    with pytest.raises(UsageError, match="there is no indicator 'luck'"):
        study_page(compared.folder, ("luck",))
    with pytest.raises(UsageError, match="there is no indicator 'stres'; did you mean stress"):
        front_page(compared.folder, "records", "stres", (True, True))


def test_a_front_of_a_comparison_is_drawn_and_names_no_winner(compared: Comparison) -> None:
    page = front_page(compared.folder, "records", "trust.neighbours", (True, False))
    assert [one.at[0] for one in page.places] == ["ordinary-law", "essay"]
    assert page.chart is not None
    assert "never one winner" in page.chart.title


def test_groups_of_a_comparison_differ_as_its_table_says(compared: Comparison) -> None:
    page = pays_compared(compared.folder, "records")
    assert (page.regime, page.against, page.seeds) == ("essay", "ordinary-law", 2)
    table = differences(compared).filter(indicator="records", against="ordinary-law", regime="essay")
    known = {
        group_name(by, group): (difference, low)
        for by, group, difference, low in table.select("by", "group", "difference", "low").iter_rows()
    }
    assert page.groups
    for one in page.groups:
        assert (one.difference, one.low) == pytest.approx(known[one.group])
    with pytest.raises(UsageError, match="is not set against"):
        pays_compared(compared.folder, regime="heaven")


def sweep(*axes: Axis) -> Study:
    places: list[tuple[Any, ...]] = [()]
    for axis in axes:
        places = [(*place, value) for place in places for value in axis.values]
    points = tuple(
        Point(at=at, measure="harm", mean=float(n), low=n - 1.0, high=n + 1.0) for n, at in enumerate(places)
    )
    measure = Measure(id="harm", title="harm", unit="days", definition="Days.")
    return Study(
        id="s",
        title="a sweep",
        method="by hand",
        command="none",
        axes=axes,
        measures=(measure,),
        points=points,
    )


def test_a_sweep_of_one_number_is_a_line_and_of_two_a_map() -> None:
    kappa = Axis(id="kappa", title="κ", kind="number", values=(0.1, 0.2, 0.3))
    phi = Axis(id="phi", title="φ", kind="number", values=(0.0, 0.5))
    (line,), (plane,) = study_charts(sweep(kappa)), study_charts(sweep(kappa, phi))
    assert "line" in json.dumps(line.spec["layer"])
    assert plane.spec["mark"]["type"] == "rect"
    assert (len(line.rows), len(plane.rows)) == (3, 6)


def test_a_front_leaves_out_only_what_is_beaten_by_both() -> None:
    axis = Axis(id="regime", title="regime", kind="category", values=("a", "b", "c", "d"))
    means = {"a": (1.0, 4.0), "b": (2.0, 2.0), "c": (3.0, 3.0), "d": (4.0, 1.0)}
    study = Study(
        id="s", title="t", method="m", command="c", axes=(axis,), measures=(),
        points=tuple(
            Point(at=(name,), measure=measure, mean=value)
            for name, pair in means.items()
            for measure, value in zip(("x", "y"), pair, strict=True)
        ),
    )  # fmt: skip
    assert [one.at[0] for one in front(study, "x", "y", (True, True)) if one.on_front] == ["a", "b", "d"]
    assert [one.at[0] for one in front(study, "x", "y", (False, False)) if one.on_front] == ["a", "c", "d"]
    assert [one.at[0] for one in front(study, "x", "y", (True, False)) if one.on_front] == ["a"]


def test_claims_without_a_folder_are_their_definitions_and_a_command() -> None:
    page = defined()
    assert [one.id for one in page.claims] == [one.id for one in claims()]
    assert not page.computed
    assert page.command.startswith("demerit claims")
    assert all(one.verdict == "" for one in page.claims)


def told_claims() -> dict[str, Any]:
    """Return a result of claims in which every part of the first claim has an effect."""
    parts = [
        {"key": key, "effect": 0.5, "low": 0.25, "high": 0.75, "holm_low": 0.1, "holm_high": 0.9, "seeds": 5,
         "n_events": 99, "verdict": "holds"}
        for key in keys(claims()[1])
    ]  # fmt: skip
    one = {
        "id": "C1",
        "verdict": "holds",
        "robustness": 0.5,
        "robustness_draws": 8,
        "decided_by": "undecided",
    }
    return {
        "command": "demerit claims", "regime": "essay", "society": "city", "population": 9, "years": 3,
        "seeds": [1, 2], "failures": [], "claims": [{**one, "parts": parts}],
    }  # fmt: skip


def test_results_stand_beside_their_definitions(tmp_path: Path) -> None:
    (tmp_path / CLAIMS).write_text(json.dumps(told_claims()))
    page = computed(tmp_path)
    first = page.claims[1]
    assert (first.verdict, first.robustness, first.decided_by) == ("holds", 0.5, "undecided")
    assert [part.effect for part in first.parts] == [0.5] * len(claims()[1].parts)
    chart = pictured(tmp_path, "C1")
    assert chart is not None
    assert len(chart.rows) == len(first.parts)
    with pytest.raises(UsageError, match="C0 to C25"):
        pictured(tmp_path, "C99")
    assert page.claims[0].verdict == ""
    assert page.seeds == 2


def test_a_folder_without_claims_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="holds no claims"):
        computed(tmp_path)
