"""The claims as they were fixed: complete, of known worlds, and each to be decided."""

from __future__ import annotations

import copy
import tomllib
from importlib import resources
from typing import Any

import pytest
from pydantic import ValidationError

from demerit.claims.definitions import FILE, Claims, claim_worlds, claims


@pytest.fixture
def written() -> dict[str, Any]:
    text = resources.files("demerit.claims").joinpath(FILE).read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_there_are_twenty_six_claims_in_order() -> None:
    assert [claim.id for claim in claims()] == [f"C{number}" for number in range(26)]


def test_every_figure_is_read_in_the_regime_under_test_or_beside_it() -> None:
    for claim in claims():
        assert any("R" in part.worlds for part in claim.parts), claim.id


def test_a_ratio_of_worlds_is_held_against_a_number_above_one() -> None:
    ratios = [part for claim in claims() for part in claim.parts if "/" in part.figure]
    assert ratios
    assert all(part.smallest > 1 for part in ratios)


def test_what_is_assumed_says_which_change_sizes_it_or_has_a_part_between_worlds() -> None:
    for claim in claims():
        if claim.kind == "assumed" and claim.id != "C24":
            assert any(part.sized_by or len(part.worlds) > 1 for part in claim.parts), claim.id


def test_a_figure_of_an_unknown_world_is_refused(written: dict[str, Any]) -> None:
    changed = copy.deepcopy(written)
    changed["claim"][0]["part"][0]["figure"] = "R - nowhere"
    with pytest.raises(ValidationError, match="nowhere"):
        Claims.model_validate(changed)


def test_a_world_that_no_figure_names_is_refused(written: dict[str, Any]) -> None:
    changed = copy.deepcopy(written)
    changed["world"].append({"id": "elsewhere", "says": "a world that nothing is read from"})
    with pytest.raises(ValidationError, match="elsewhere"):
        Claims.model_validate(changed)


def test_the_worlds_are_the_regime_ordinary_law_and_changes_of_the_regime() -> None:
    assert {"R", "N"} < {world.id for world in claim_worlds()}
    assert all(world.says.startswith("R") for world in claim_worlds() if world.id not in ("R", "N"))
