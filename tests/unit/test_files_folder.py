"""A regime may be a folder of TOML and CSV files by concern."""

from __future__ import annotations

from pathlib import Path

import pytest

from demerit.errors import FileProblems
from demerit.files.number import Number
from demerit.regime import Regime

HEAD = '[regime]\nid = "by-concern"\ntitle = "A folder"\nbasis = "hypothetical"\nschema_version = 1\n'
CONDUCT = """id:text,coverage:probability/event,coverage.range:range,coverage.basis:text,points.road:points,\
references:list
road.crosswalk,0.07,0.01..0.1,assumed,-4,S83 S60
road.speeding,,,,-8,
"""


def folder(path: Path, **files: str) -> Path:
    """Write a folder; a file's name has its dot written as a double underscore."""
    path.mkdir()
    for name, text in files.items():
        (path / name.replace("__", ".")).write_text(text)
    return path


def told(path: Path) -> list[str]:
    """Load what cannot be loaded and return each problem without the folder's own name."""
    with pytest.raises(FileProblems) as raised:
        Regime.load(path)
    return [str(one).removeprefix(f"{path}/") for one in raised.value.problems]


def test_a_folder_says_what_one_file_with_the_same_lines_says(tmp_path: Path) -> None:
    preset = Path(str(Regime.load.__globals__["PRESETS"])) / "essay.toml"
    whole = preset.read_text().replace('id = "essay"', 'id = "by-concern"', 1)
    sections = ["[[chain]]", "[score]", "[[sanction]]"]
    cuts = [0, *(whole.index(mark) for mark in sections), len(whole)]
    parts = {f"part{n}__toml": whole[cuts[n] : cuts[n + 1]] for n in range(len(cuts) - 1)}
    (tmp_path / "one.toml").write_text(whole)
    one, many = Regime.load(tmp_path / "one.toml"), Regime.load(folder(tmp_path / "many", **parts))
    assert many == one
    assert many.hash == one.hash


def test_a_table_of_conduct_may_be_csv_with_units_and_evidence_in_its_header(tmp_path: Path) -> None:
    path = folder(tmp_path / "r", regime__toml=f'{HEAD}extends = "essay"\n', conduct__csv=CONDUCT)
    rules = {one.id: one for one in Regime.load(path).data.conducts}
    crosswalk, speeding = rules["road.crosswalk"], rules["road.speeding"]
    assert crosswalk.coverage == Number(0.07, "probability/event", (0.01, 0.1), "assumed")
    assert crosswalk.references == ("S83", "S60")
    assert float(speeding.points["road"]) == -8
    assert float(speeding.coverage) == 0.08


def test_problems_name_the_file_and_line_they_stand_in(tmp_path: Path) -> None:
    wrong = CONDUCT.replace("0.07", "7").replace("-8", "-8,9") + "money.bill,often,,,,\n"
    path = folder(
        tmp_path / "r",
        regime__toml=f'{HEAD}extends = "essay"\n',
        score__toml="[score]\nbase = true\n",
        conduct__csv=wrong,
    )
    assert told(path) == [
        "conduct.csv:3: 7 cells; expected 6, as in the header",
        "conduct.csv:4: conduct.coverage: 'often' in this cell; expected a number in probability/event",
    ]
    (path / "conduct.csv").write_text(CONDUCT.replace("0.07", "7"))
    assert [line.partition(";")[0] for line in told(path)] == [
        "conduct.csv:2: conduct.road.crosswalk.coverage.value: 7 is too large",
        "conduct.csv:2: conduct.road.crosswalk.coverage.value: 7 lies outside its range",
        "score.toml:2: score.base: True is not a number",
    ]


def test_two_files_cannot_write_the_same_entry(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "r",
        a__toml=f'{HEAD}extends = "essay"\n[score]\nbase = 1000\n',
        b__toml="[score]\nbase = 900\n",
    )
    assert told(path) == [
        f"b.toml:2: score.base: is already written in {path}/a.toml:8; expected each entry once in a folder"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "conduct.csv:1: is empty"),
        ("id,fine:CNY\nx,1\n", "conduct.csv:1: id: column 'id'"),
        ("id:text,fine:CNz\nx,1\n", "conduct.csv:1: fine: column 'fine:CNz'"),
        ("id:text,id:text\nx,y\n", "conduct.csv:1: id: this column is there twice"),
        ('id:text\n"x\n', "conduct.csv:2: not valid CSV: unexpected end of data"),
        ("id:text,x:text,x.y:text\nx,1,2\n", "conduct.csv:2: x.y: 'x' is a single value"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(text: str, message: str, tmp_path: Path) -> None:
    path = folder(tmp_path / "r", regime__toml=f'{HEAD}extends = "essay"\n', conduct__csv=text)
    assert told(path)[0].startswith(message)


def test_a_folder_may_extend_a_folder_beside_it(tmp_path: Path) -> None:
    folder(tmp_path / "base", regime__toml=f'{HEAD}extends = "essay"\n', conduct__csv=CONDUCT)
    child = folder(tmp_path / "child", a__toml=HEAD.replace("by-concern", "child") + 'extends = "../base"\n')
    assert float(Regime.load(child).data.conducts[0].coverage) == 0.07
