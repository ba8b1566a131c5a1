"""The field of people against what the run itself has counted, and who brought whom a penalty."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from tests.runs import STRICT, carry_out, write_regime

from demerit.engine.ledger import read_ledger
from demerit.explorer.field import NO_BAND, SANCTIONED, UNSCORED, live_field, shown_people
from demerit.explorer.shelf import Opened
from demerit.explorer.views.life_ties import dots
from demerit.explorer.views.two_worlds import city_of, worlds_of
from demerit.measures.indicators import BY_NAME
from demerit.study.results import EVERYBODY, compare


@pytest.fixture(scope="module")
def strict_run(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return two years of a village in which much happens."""
    folder = tmp_path_factory.mktemp("strict")
    regime = write_regime(folder / "strict.toml", title="A strict regime", **STRICT)
    return carry_out(folder / "run", regime=str(regime), population=400, years=2)


@pytest.fixture(scope="module")
def opened(strict_run: Any) -> Opened:
    return Opened("run", strict_run.folder)


@pytest.fixture(scope="module")
def city(opened: Opened) -> Any:
    return city_of(opened, live_field(lambda share, doing: None, opened.folder))


def evenings(city: Any, world: Any) -> list[np.ndarray[Any, Any]]:
    """Return the codes in the evening of every day."""
    now, at, found = np.array(world.first), 0, []
    for count in world.moved_a_day:
        now[world.place[at : at + count]] = world.code[at : at + count]
        at += count
        found.append(now.copy())
    assert (len(found), at) == (city.days, len(world.place))
    return found


def test_every_month_ends_with_the_bands_and_sanctions_that_the_run_has_counted(
    city: Any, strict_run: Any
) -> None:
    seen = 0
    for world, lived in zip(city.worlds, strict_run.worlds, strict=True):
        days = evenings(city, world)
        recorder = lived.recorder
        for month, end in enumerate(recorder.ends):
            codes = days[int(end)]
            flows, held = recorder.totals(EVERYBODY[None, :])
            for name in ("sanctioned", *(f"band.{band}" for band in range(1, 9))):
                term = BY_NAME[name].top
                counted = recorder.term(term, flows, held)[0, month]
                place = int(name.rpartition(".")[2]) if "." in name else 0
                dots = (codes % SANCTIONED == place).sum() if place else (codes >= SANCTIONED).sum()
                assert dots == counted, (world.name, month, name)
                seen += counted
    assert seen > 0
    assert {NO_BAND} == set(np.unique(city.worlds[1].first)) - {UNSCORED}


def test_the_dots_of_a_life_are_those_of_the_field(city: Any, opened: Opened) -> None:
    people = opened.told().setting.population
    for world in city.worlds:
        lived = np.array(evenings(city, world))
        told = np.zeros_like(lived)
        for citizen, changes in dots(opened.told(world.name), people, city.people).items():
            for day, code in changes:
                told[day:, citizen] = code
        assert [(int(day), int(who)) for day, who in np.argwhere(told != lived)] == []


def test_a_penalty_ripples_from_the_person_whose_entry_led_to_it(city: Any, strict_run: Any) -> None:
    world = city.worlds[0]
    ledger = read_ledger(strict_run.folder / "worlds" / world.name).collect()
    entries = {entry["id"]: entry for entry in ledger.to_dicts()}
    expected = set()
    for entry in entries.values():
        if entry["kind"] != "citizen" or entry["points"] >= 0:
            continue
        above, seen = entries.get(entry["cause"]), set()
        while above is not None and above["id"] not in seen:
            if above["kind"] == "citizen" and above["subject"] != entry["subject"]:
                day = (entry["date"] - city.start).days
                expected.add((day, above["subject"], entry["subject"], entry["what"]))
                break
            seen.add(above["id"])
            above = entries.get(above["cause"])
    found = zip(world.ripple_day, world.ripple_from, world.ripple_to, world.ripple_what, strict=True)
    people = city.people
    assert {(day, people[a], people[b], what) for day, a, b, what in found} == expected
    assert len(expected) > 3


def test_headline_numbers_are_those_of_the_run(opened: Opened, strict_run: Any) -> None:
    told = worlds_of(opened)
    assert told.figures[0].question == "What it changed"
    for figure in told.table:
        expected = compare(strict_run, figure.indicator, EVERYBODY)
        for mine, theirs in ((figure.value, "value"), (figure.against, "against")):
            assert mine == pytest.approx(expected[theirs], abs=1e-6), figure.indicator


def test_a_large_city_is_shown_by_whole_neighbourhoods_and_always_the_same() -> None:
    people = shown_people(100_000)
    assert len(people) == len(set(people)) == 96 * 64
    assert (people.reshape(-1, 64) >> 6 == people.reshape(-1, 64)[:, :1] >> 6).all()
    assert pl.Series(people).equals(pl.Series(shown_people(100_000)))
