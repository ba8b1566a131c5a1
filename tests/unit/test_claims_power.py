"""What befalls people who refuse a superior, counted again from entries, and for rows with a known answer."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from tests.claims_worlds import few, pair, read

from demerit.catalogue.words import STRATA
from demerit.claims.of_power import (
    DISMISSALS,
    STATISTICS,
    incidents,
    protected_strata,
    refusals,
    struck_more,
)
from demerit.claims.reading import Reading
from demerit.regime import Regime

HARASSING = (("situation.work.harassment.rate", 3), ("power.order", 0.9), ("power.dismiss_refuser", 0.3))


@pytest.fixture(scope="module")
def harassing() -> Reading:
    return read(few(*HARASSING), Regime.load("essay"))


@pytest.fixture(scope="module")
def lawful() -> Reading:
    return read(few(*HARASSING), Regime.load("ordinary-law"))


def test_protected_are_those_about_whom_not_every_record_is_filed() -> None:
    essay, law = pair()
    assert {STRATA[stratum] for stratum in protected_strata(essay)} == {"elite", "cadre"}
    assert protected_strata(law) == []


def test_refusers_are_struck_by_what_befalls_them_within_a_year(harassing: Reading) -> None:
    rows, strata, struck = refusals(harassing)
    row_of = {int(row["id"]): row for row in harassing.rows}
    sanctions = {one.id for one in harassing.regime.data.sanctions if one.of == "citizen"}
    hanging = harassing.world.book.layout.numbers.hanging  # type: ignore[union-attr]
    blows: dict[int, list[int]] = {}
    for row in harassing.of("job_lost"):
        if row["rule"] in DISMISSALS:
            blows.setdefault(int(row["subject"]), []).append(int(row["day"]))
    for row in harassing.of("sanction_start"):
        if hanging[row["rule"]].id in sanctions:
            blows.setdefault(int(row["subject"]), []).append(int(row["day"]))
    for row in harassing.of("display_start"):
        blows.setdefault(int(row["subject"]), []).append(int(row["day"]))
    cells = harassing.setting.population.person["stratum"]
    for row, stratum, hit in zip(rows, strata, struck, strict=True):
        day = int(row["day"])
        assert hit == any(day <= blow <= day + 365 for blow in blows.get(int(row["subject"]), ()))
        assert stratum == cells[row_of[int(row["cause"])]["subject"]]
    assert 0 < struck.sum() < len(struck)


def test_refusals_of_the_last_year_are_left_out(harassing: Reading) -> None:
    rows, _, _ = refusals(harassing)
    assert len(rows) == sum(row["day"] + 365 < harassing.days for row in harassing.of("refusal"))
    assert len(rows) < len(harassing.of("refusal"))


def test_worlds_are_set_against_each_other_on_the_same_incidents() -> None:
    here = {"protected": [0], "refusals": [[1, 7, 0, 1], [2, 8, 0, 1], [3, 9, 0, 0], [4, 9, 4, 1]]}
    there = {"protected": [], "refusals": [[1, 7, 0, 0], [3, 9, 0, 0], [4, 9, 4, 0]]}
    # the refusal of day 2 happens here alone, that of day 4 is of a superior whom nothing protects
    assert struck_more(here, there) == (0.5, 2)


def test_without_protection_nothing_is_known(lawful: Reading) -> None:
    kept = incidents(lawful)
    assert math.isnan(struck_more(kept, kept).value)
    assert math.isnan(STATISTICS["C12.2"].read(lawful).value)


def test_a_world_set_against_itself_strikes_nobody_more(harassing: Reading) -> None:
    kept = incidents(harassing)
    more, occasions = struck_more(kept, kept)
    assert more == 0
    assert occasions == sum(stratum in kept["protected"] for _, _, stratum, _ in kept["refusals"]) > 0


def test_the_ratio_sets_protected_superiors_against_others(harassing: Reading) -> None:
    kept = incidents(harassing)
    groups: dict[bool, list[int]] = {True: [], False: []}
    for _, _, stratum, struck in kept["refusals"]:
        groups[stratum in kept["protected"]].append(struck)
    shares = {protected: sum(group) / len(group) for protected, group in groups.items()}
    found = STATISTICS["C12.2"].read(harassing)
    assert found.value == pytest.approx(shares[True] / shares[False])
    assert found.occasions == min(len(group) for group in groups.values())


def test_nobody_is_struck_where_nothing_befalls_anybody(harassing: Reading) -> None:
    rows = harassing.rows
    calm = np.concatenate(
        [harassing.of(*names) for names in (("job_lost",), ("sanction_start",), ("display_start",))]
    )
    quiet = dataclasses.replace(harassing, rows=rows[~np.isin(rows["id"], calm["id"])])
    _, _, struck = refusals(quiet)
    assert not struck.any()
