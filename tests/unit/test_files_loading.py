"""What can go wrong before a regime or society is read, and how files extend each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from demerit.errors import FileProblems, Problem
from demerit.files.reading import MAX_BYTES
from demerit.regime import Regime

HEAD = """[regime]
id = "{id}"
title = "A trial"
basis = "hypothetical"
schema_version = 1
extends = "{parent}"
"""


def write(folder: Path, name: str, body: str = "", parent: str = "essay") -> Path:
    """Write a regime that extends another one."""
    path = folder / f"{name}.toml"
    path.write_text(HEAD.format(id=name, parent=parent) + body)
    return path


def problems(name: str | Path) -> list[Problem]:
    """Load what cannot be loaded and return everything that is wrong."""
    with pytest.raises(FileProblems) as raised:
        Regime.load(name)
    return raised.value.problems


def only(name: str | Path) -> Problem:
    """Load what cannot be loaded and return the one thing that is wrong."""
    (problem,) = problems(name)
    return problem


def test_a_misspelt_preset_is_met_with_the_nearest_one() -> None:
    problem = only("esay")
    assert problem.message == "there is no regime preset or file 'esay'"
    assert problem.expected.startswith("a path or one of civil-service, commercial, corporate")
    assert problem.nearest == "essay"


@pytest.mark.parametrize("name", ["nowhere/essay.toml", "x" * 5000, "a\0b"])
def test_a_file_that_is_not_there_is_said_to_be_missing(name: str) -> None:
    assert only(name).message.startswith("there is no regime preset or file")


def test_an_empty_folder_is_not_a_regime(tmp_path: Path) -> None:
    assert only(tmp_path).message == "the folder holds no TOML or CSV file"


def test_a_file_beyond_two_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert (only(path).message, only(path).expected) == ("is 2.0 MB large", "at most 2 MB")


def test_a_byte_that_is_not_utf8_is_shown_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'[regime]\nid = "a"\ntitle = "caf\xe9"\n')
    assert (only(path).line, only(path).message) == (3, "byte 0xe9 is not UTF-8")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[regime]\nid = \n", 2, "not valid TOML: invalid value"),
        ('[regime]\nid = "a"\nid = "b"\n', 3, "not valid TOML: cannot overwrite a value"),
        ("[regime]\ntitle = 'open", 2, "not valid TOML: expected"),
    ],
)
def test_broken_toml_is_one_problem_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text)
    assert only(path).line == line
    assert only(path).message.startswith(message)


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5000 + "]" * 5000, "a = " + "[" * 40 + "]" * 40, f"a = {'9' * 9999}"]
)
def test_absurd_files_are_refused_without_a_traceback(tmp_path: Path, text: str) -> None:
    path = tmp_path / "absurd.toml"
    path.write_text(text)
    assert only(path).file == str(path)


def test_an_empty_file_lacks_the_head_of_a_regime(tmp_path: Path) -> None:
    path = tmp_path / "nothing.toml"
    path.write_text("")
    assert (only(path).key, only(path).message) == ("regime", "missing")


def test_a_missing_parent_is_reported_where_it_is_named(tmp_path: Path) -> None:
    problem = only(write(tmp_path, "child", parent="ordinary-lw"))
    assert (problem.line, problem.key, problem.nearest) == (6, "regime.extends", "ordinary-law")


def test_regimes_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "hen", parent="egg.toml")
    problem = only(write(tmp_path, "egg", parent="hen.toml"))
    assert problem.key == "regime.extends"
    assert problem.message == "'egg.toml' extends this file in turn"


def test_a_parent_is_looked_for_beside_the_child(tmp_path: Path) -> None:
    write(tmp_path, "parent", "[awareness]\nshare = 0.2\nnovelty = 1\nnovelty_half_life_days = 30\n")
    child = Regime.load(write(tmp_path, "child", parent="parent.toml"))
    assert child.data.awareness is not None
    assert float(child.data.awareness.share) == 0.2


def test_a_problem_of_the_parent_names_the_parents_file(tmp_path: Path) -> None:
    parent = write(tmp_path, "parent", "[awareness]\nshare = 2\n")
    problem = only(write(tmp_path, "child", parent="parent.toml"))
    assert (problem.file, problem.line, problem.key) == (str(parent), 8, "awareness.share")


def test_a_child_needs_an_id_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "twin.toml"
    path.write_text('[regime]\nextends = "essay"\n')
    assert only(path).message == "what extends another needs an id of its own"


def test_a_parent_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text('[regime]\nid = "odd"\ntitle = "Odd"\nbasis = "essay"\nschema_version = 1\nextends = 3\n')
    assert only(path).key == "regime.extends"


def test_items_are_merged_by_id_and_new_ones_come_last(tmp_path: Path) -> None:
    body = """
[[authority]]
id = "water"
title = "Water works"
level = "city"

[[register]]
id = "road"
half_life_days = 100
"""
    regime = Regime.load(write(tmp_path, "merged", body))
    authorities = [one.id for one in regime.data.authorities]
    assert authorities[:4] == ["transport", "bank", "courts", "city-government"]
    assert authorities[-1] == "water"
    assert [one.id for one in regime.data.registers][:3] == ["credit", "court", "road"]
    road = next(one for one in regime.data.registers if one.id == "road")
    assert (float(road.half_life_days), road.covers) == (100.0, ("citizen", "vehicle", "company"))


def test_a_new_number_does_not_inherit_the_evidence_of_the_old_one(tmp_path: Path) -> None:
    regime = Regime.load(write(tmp_path, "plain", "[detection]\nmismatch = 0.001\n"))
    assert regime.data.detection is not None
    assert (regime.data.detection.mismatch.basis, regime.data.detection.mismatch.range) == ("law", None)


def test_a_file_that_adds_nothing_has_the_rules_of_its_parent(tmp_path: Path) -> None:
    child, parent = Regime.load(write(tmp_path, "same")), Regime.load("essay")
    own = child.canonical()
    own["regime"] = parent.canonical()["regime"]
    assert own == parent.canonical()
