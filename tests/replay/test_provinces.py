"""Provinces may live alone for a week: what leaves one takes at least that long, and no bit changes."""

from __future__ import annotations

import numpy as np
import pytest

from demerit.catalogue.words import INDEX_MASK, SUBJECT_SHIFT
from demerit.engine.digest import Digest
from demerit.engine.ids import SEQUENCE_BITS, SUBJECT_MASK
from demerit.regime import Regime
from demerit.simulation.blocks import NEIGHBOURHOOD, divide
from demerit.simulation.footprint import RECORDS, STATE, TIES, bytes_a_person, footprint
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society

PEOPLE, DAYS, WEEK = 6_000, 140, 7


@pytest.fixture(scope="module")
def country() -> Setting:
    return settle(Society.load("country"), PEOPLE, 4)


def bits(world: World) -> tuple[str, str]:
    ledger = Digest()
    ledger.add(world.take_rows(), "ledger")
    return world.state_digest().hex(), ledger.hex()


@pytest.fixture(scope="module")
def whole(country: Setting) -> tuple[str, str]:
    world = country.world(Regime.load("essay"))
    world.run(DAYS)
    return bits(world)


@pytest.mark.parametrize("shards", [31, 4])
def test_shards_of_whole_provinces_change_no_bit(
    country: Setting, whole: tuple[str, str], shards: int
) -> None:
    here = country.population
    borders = here.places.citizen_first // NEIGHBOURHOOD
    blocks = divide(here.subjects(), borders[1:-1].tolist())
    assert np.array_equal(blocks.borders[:, 0], here.places.citizen_first[:-1])
    owner = np.random.default_rng(shards).permutation(np.arange(len(blocks)) % shards)
    world = country.world(Regime.load("essay"), blocks=blocks, owner=owner)
    world.run(DAYS, threads=2)
    assert len(world.shards) == shards
    assert bits(world) == whole


def test_state_and_ties_take_at_most_160_bytes_a_person(country: Setting) -> None:
    world = country.world(Regime.load("essay"))
    assert bytes_a_person(world, STATE, TIES) <= 160
    assert bytes_a_person(world, RECORDS) < 64
    by_name = {one.name: one for one in footprint(world)}
    assert by_name["state"].bytes == 64 * PEOPLE
    assert by_name["accounts of citizen subjects"].bytes == 52 * PEOPLE  # two lists, eight sums


def provinces_of(setting: Setting, codes: np.ndarray) -> np.ndarray:
    """Return the province of subjects by their codes."""
    here = setting.population
    bounds = (
        here.places.citizen_first,
        here.company_first_of_province,
        here.vehicle_first_of_province,
        here.agency_first,
        here.service_first,
    )
    kinds, found = codes >> SUBJECT_SHIFT, np.zeros(len(codes), np.int64)
    for kind in np.unique(kinds):
        of_kind = kinds == kind
        places = codes[of_kind] & INDEX_MASK
        found[of_kind] = np.searchsorted(bounds[int(kind)], places, side="right") - 1
    return found


def test_what_leaves_a_province_takes_a_week(country: Setting) -> None:
    world = country.world(Regime.load("essay"), keep=0)
    sent = []
    world.run(WEEK * 8, each_day=lambda lived: sent.append(lived.pending()))
    messages = np.concatenate(sent)
    sender = (messages["name"] >> SEQUENCE_BITS) & SUBJECT_MASK
    day = messages["name"] >> (32 + SEQUENCE_BITS)
    away = provinces_of(country, sender) != provinces_of(country, messages["target"].astype(np.int64))
    assert len(messages) > 10_000
    assert (messages["due"][away] - day[away] >= WEEK).all()
