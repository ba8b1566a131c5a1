"""Reforms are small patches by name, each with its reason; one that does nothing says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from demerit.errors import FileProblems
from demerit.files.number import Number
from demerit.regime import Regime

HEAD = """[regime]
id = "reform"
title = "A reform"
basis = "hypothetical"
schema_version = 1
extends = "essay"
"""


def reform(folder: Path, *patches: str) -> Regime:
    """Load the essay's regime with patches, each the body of a `[[patch]]` table."""
    path = folder / "reform.toml"
    path.write_text(HEAD + "".join(f'[[patch]]\n{one}\nreason = "to see"\n' for one in patches))
    return Regime.load(path)


def refused(folder: Path, *patches: str) -> list[tuple[str, str, str]]:
    """Return key, message and nearest name of everything that is wrong with patches."""
    with pytest.raises(FileProblems) as raised:
        reform(folder, *patches)
    return [(one.key, one.message, one.nearest) for one in raised.value.problems]


def crosswalk(regime: Regime) -> Any:
    """Return the rule about the pedestrian crossing."""
    return next(one for one in regime.data.conducts if one.id == "road.crosswalk")


def test_setting_a_value_keeps_its_evidence(tmp_path: Path) -> None:
    regime = reform(tmp_path, 'op = "set"\nat = "conduct.road.crosswalk.points.road"\nvalue = -4')
    number = crosswalk(regime).points["road"]
    assert number == Number(-4.0, "points", (-12.0, -3.0), "assumed")
    assert regime.notes == ["reform: patches change 1 value in 1 rule"]


def test_setting_a_table_replaces_the_evidence_too(tmp_path: Path) -> None:
    value = '{ value = -4, unit = "points", basis = "inferred", note = "from elsewhere" }'
    regime = reform(tmp_path, f'op = "set"\nat = "conduct.road.crosswalk.points.road"\nvalue = {value}')
    assert crosswalk(regime).points["road"].basis == "inferred"


def test_scaling_multiplies(tmp_path: Path) -> None:
    regime = reform(tmp_path, 'op = "scale"\nat = "conduct.road.crosswalk.points.road"\nvalue = 0.5')
    assert float(crosswalk(regime).points["road"]) == -3.0


def test_what_was_left_at_its_default_can_be_named(tmp_path: Path) -> None:
    regime = reform(tmp_path, 'op = "set"\nat = "conduct.road.speeding.prosecute"\nvalue = 0.01')
    speeding = next(one for one in regime.data.conducts if one.id == "road.speeding")
    assert float(speeding.prosecute) == 0.01


def test_adding_brings_in_items_keys_elements_and_sections(tmp_path: Path) -> None:
    sanction = '{ title = "No loans", reads = "municipal", below = 50, refuses = ["loan"] }'
    regime = reform(
        tmp_path,
        f'op = "add"\nat = "sanction.no-loans"\nvalue = {sanction}',
        'op = "add"\nat = "conduct.road.crosswalk.points.municipal"\nvalue = -2',
        'op = "add"\nat = "sanction.no-loans.refuses"\nvalue = "train"',
        'op = "remove"\nat = "awareness"',
        'op = "add"\nat = "awareness"\nvalue = { share = 0.5, novelty = 1, novelty_half_life_days = 30 }',
    )
    added = next(one for one in regime.data.sanctions if one.id == "no-loans")
    assert added.refuses == ("loan", "train")
    assert float(crosswalk(regime).points["municipal"]) == -2.0
    assert regime.data.awareness is not None
    assert float(regime.data.awareness.share) == 0.5


def test_removing_takes_out_items_elements_and_sections(tmp_path: Path) -> None:
    regime = reform(
        tmp_path,
        'op = "remove"\nat = "sanction.band-b"',
        'op = "remove"\nat = "sanction.band-c.refuses"\nvalue = "train"',
        'op = "remove"\nat = "chain"',
    )
    sanctions = {one.id: one.refuses for one in regime.data.sanctions}
    assert {"lenders-refuse", "band-c", "band-d"} <= set(sanctions)
    assert "band-b" not in sanctions
    assert "train" not in sanctions["band-c"]
    assert "train" in sanctions["band-d"]
    assert regime.data.chains == ()


def test_replacing_puts_a_whole_item_in_place(tmp_path: Path) -> None:
    value = '{ title = "A fifth", reads = "province", below = 600, wage_loss = 0.2 }'
    regime = reform(tmp_path, f'op = "replace"\nat = "sanction.band-d"\nvalue = {value}')
    replaced = next(one for one in regime.data.sanctions if one.id == "band-d")
    assert (replaced.title, float(replaced.wage_loss), replaced.refuses) == ("A fifth", 0.2, ())


def test_patches_apply_in_their_order(tmp_path: Path) -> None:
    at = 'at = "conduct.road.crosswalk.fine"'
    regime = reform(tmp_path, f'op = "set"\n{at}\nvalue = 50', f'op = "scale"\n{at}\nvalue = 2')
    assert float(crosswalk(regime).fine) == 100.0
    renamed = Regime.load("essay").patched({"regime.id": "reform", "regime.basis": "hypothetical"})
    assert regime.hash == renamed.hash


def test_a_patch_that_does_nothing_says_so(tmp_path: Path) -> None:
    regime = reform(tmp_path, 'op = "set"\nat = "conduct.road.crosswalk.fine"\nvalue = 100')
    assert regime.notes == [
        "patch changes nothing: conduct.road.crosswalk.fine is already 100.0",
        "reform: patches change 0 values in 0 rules",
    ]


def test_a_patch_beyond_the_evidence_is_allowed_and_remarked_on() -> None:
    regime = Regime.load("essay").patched({"conduct.road.crosswalk.coverage": 0.5})
    assert crosswalk(regime).coverage.range == (0.025, 0.5)
    assert regime.notes[0] == (
        "conduct.road.crosswalk.coverage = 0.5 lies outside what its evidence covers (0.025 to 0.1)"
    )


def test_a_patch_beyond_what_is_possible_is_refused_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(FileProblems) as raised:
        reform(tmp_path, 'op = "set"\nat = "conduct.road.crosswalk.coverage"\nvalue = 1.5')
    (problem,) = raised.value.problems
    assert (problem.line, problem.key) == (7, "conduct.road.crosswalk.coverage.value")
    assert problem.message == "1.5 is too large"


REFUSED = {
    'op = "set"\nat = "conducts.road.crosswalk.fine"\nvalue = 1': ("unknown section 'conducts'", "conduct"),
    'op = "set"\nat = "licence.limits"\nvalue = 1': ("unknown key 'limits'", "limit"),
    'op = "set"\nat = "band.lowest.from"\nvalue = 1': ("unknown band 'lowest.from'", ""),
    'op = "set"\nat = "score.base.value.more"\nvalue = 1': (
        "'value' is a single value and has no 'more'",
        "",
    ),
    'op = "scale"\nat = "score.platform"\nvalue = 2': (
        "'score.platform' is not a number and cannot be scaled",
        "",
    ),
    'op = "scale"\nat = "score.base"\nvalue = "twice"': ("cannot scale by 'twice'", ""),
    'op = "remove"\nat = "reward.trustd"': ("unknown reward 'trustd'", "trusted"),
    'op = "remove"\nat = "sanction.band-b.refuses"\nvalue = "train"': (
        "'sanction.band-b.refuses' does not have 'train'",
        "",
    ),
    'op = "add"\nat = "score.base"\nvalue = 1': ("'score.base' is already there", ""),
    'op = "add"\nat = "reward.new"\nvalue = 1': ("an item of [[reward]] is a table", ""),
    'op = "replace"\nat = "conduct.road.crosswalk.colour"\nvalue = 1': ("there is no 'colour' to change", ""),
    'op = "multiply"\nat = "score.base"\nvalue = 1': ("'multiply' is not possible here", ""),
}


@pytest.mark.parametrize("patch", REFUSED)
def test_a_patch_that_leads_nowhere_is_refused(patch: str, tmp_path: Path) -> None:
    (found,) = refused(tmp_path, patch)
    assert found[1:] == REFUSED[patch]


def test_the_longest_id_that_fits_is_meant() -> None:
    base = Regime.load("ordinary-law")
    data = base.canonical()
    data["conduct"].append({**data["conduct"][0], "id": "road", "answers": "nb.deed_seen", "points": {}})
    both = Regime.from_canonical(data)
    changed = both.patched({"conduct.road.crosswalk.fine": 7, "conduct.road.fine": 9})
    assert {
        one.id: float(one.fine) for one in changed.data.conducts if one.id in ("road", "road.crosswalk")
    } == {
        "road.crosswalk": 7.0,
        "road": 9.0,
    }


def test_prose_and_citations_do_not_change_the_hash() -> None:
    base = Regime.load("essay")
    data = base.canonical()
    data["regime"]["title"] = "Another title"
    data["conduct"][0]["references"] = []
    data["score"]["base"]["source"] = ["S62"]
    assert Regime.from_canonical(data).hash == base.hash


def test_without_patches_a_regime_stays_itself() -> None:
    base = Regime.load("essay")
    assert base.patched({}) is base
