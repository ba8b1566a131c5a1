"""The same run gives the same bits: again, patched with nothing, divided anyhow, on threads, uncompiled."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demerit.engine.digest import Digest
from demerit.regime import Regime, list_presets
from demerit.simulation.blocks import cells_of, divide
from demerit.simulation.setting import Setting, settle
from demerit.simulation.world import World
from demerit.society import Society

HERE = Path(__file__).parent
GOLDEN = runpy.run_path(str(HERE.parents[1] / "scripts" / "golden.py"))
PEOPLE, DAYS = 4_000, 200
CELLS = cells_of(PEOPLE)


@cache
def setting() -> Setting:
    return settle(Society.load("city"), PEOPLE, 3)


def bits(world: World) -> tuple[str, str, bytes]:
    """Return what a world ends in: its state, its ledger as a multiset of rows, and its counters."""
    rows = world.take_rows()
    ledger = Digest()
    ledger.add(rows, "ledger")
    return world.state_digest().hex(), ledger.hex(), world.counters().tobytes()


def lived(regime: Regime, *, threads: int = 1, **division: Any) -> tuple[str, str, bytes]:
    world = setting().world(regime, **division)
    world.run(DAYS, threads=threads)
    return bits(world)


@cache
def whole(name: str) -> tuple[str, str, bytes]:
    return lived(Regime.load(name))


PRESETS = [preset.id for preset in list_presets()]


@pytest.mark.parametrize("name", PRESETS)
def test_the_same_seed_gives_the_same_bits(name: str) -> None:
    assert lived(Regime.load(name)) == whole(name)


def test_regimes_differ() -> None:
    assert len({whole(name)[0] for name in PRESETS}) == len(PRESETS)


@pytest.mark.parametrize("name", PRESETS)
def test_an_empty_patch_changes_no_bit(name: str) -> None:
    assert lived(Regime.load(name).patched({})) == whole(name)


def test_a_patch_to_what_already_holds_changes_no_bit() -> None:
    same = Regime.load("essay").patched({"conduct.road.crosswalk.points.road": -6, "score.base": 1000})
    assert lived(same) == whole("essay")


def test_the_ledger_is_only_a_record() -> None:
    silent = setting().world(Regime.load("essay"), keep=0)
    silent.run(DAYS)
    assert silent.state_digest().hex() == whole("essay")[0]
    assert len(silent.take_rows()) == 0


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("shards", [1, 2, 3, 7, 40])
def test_shards_and_threads_change_no_bit(shards: int, threads: int) -> None:
    # borders at random neighbourhoods, blocks dealt to shards at random
    random = np.random.default_rng(shards)
    cuts = sorted(random.choice(np.arange(1, CELLS), min(shards + 5, CELLS - 1), replace=False).tolist())
    population = setting().population
    blocks = divide(population.subjects(), cuts)
    owner = random.permutation(np.arange(len(blocks)) % shards)
    for name in ("essay", "ordinary-law"):
        regime = Regime.load(name)
        assert lived(regime, threads=threads, shards=shards, blocks=blocks, owner=owner) == whole(name)


@settings(max_examples=10)
@given(st.sets(st.integers(1, CELLS - 1), max_size=CELLS - 1), st.integers(1, 5), st.randoms())
def test_any_division_gives_the_same_bits(cuts: set[int], shards: int, random: Any) -> None:
    population = setting().population
    blocks = divide(population.subjects(), sorted(cuts))
    owner = np.array([random.randrange(shards) for _ in range(len(blocks))])
    assert lived(Regime.load("essay"), blocks=blocks, owner=owner) == whole("essay")


def run_script(**environment: str) -> dict[str, Any]:
    """Live the short worlds of interpreted.py in a process of their own."""
    done = subprocess.run(
        [sys.executable, str(HERE / "interpreted.py")],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@cache
def interpreted() -> dict[str, Any]:
    return run_script(NUMBA_DISABLE_JIT="1")


def test_plain_python_gives_the_bits_of_compiled_code() -> None:
    plain, compiled = interpreted(), run_script()
    for scene in ("essay", "ordinary-law", "busy"):
        for what in ("state", "ledger", "rows", "counters"):
            assert plain[scene][what] == compiled[scene][what], (scene, what)
    assert plain["busy"]["rows"] > 1_000


@pytest.mark.parametrize("scene", ["essay", "ordinary-law", "busy"])
def test_no_number_is_drawn_for_two_decisions(scene: str) -> None:
    found = interpreted()[scene]
    assert found["draws"] > 2_000
    assert found["twice"] == []


def test_golden_digests_change_only_on_purpose() -> None:
    kept = json.loads(GOLDEN["GOLDEN"].read_text())
    assert GOLDEN["digests"]() == kept, "meant to change? scripts/golden.py, and a line in CHANGELOG.md"
