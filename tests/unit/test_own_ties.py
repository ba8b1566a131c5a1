"""Ties of a user's own: what is refused, all at once, and what takes the place of generated ties."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demerit.catalogue.relations import KIN
from demerit.catalogue.words import CHILD, COMPANY, FRIENDS, SUBJECT_SHIFT
from demerit.errors import FileProblems, UsageError
from demerit.regime import Regime
from demerit.simulation.outbox import somebody
from demerit.simulation.setting import settle
from demerit.society import Society
from demerit.society.edge_list import read_ties
from demerit.society.generate import generate
from demerit.society.own_ties import unpacked
from demerit.society.people import Population
from demerit.society.ties import kin_of
from demerit.study.request import RunRequest, make_plan

HAMLET = Society.load("hamlet")
HEADER = "tie,from,to\n"


@pytest.fixture(scope="module")
def plain() -> Population:
    return generate(HAMLET.data, 200, 1)


@pytest.fixture(scope="module")
def adults(plain: Population) -> list[int]:
    return [int(one) for one in np.flatnonzero(plain.person["stratum"] != CHILD)]


def written(folder: Path, text: str | bytes, name: str = "ties.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def refusal(folder: Path, text: str | bytes, name: str = "ties.csv") -> str:
    with pytest.raises(FileProblems) as caught:
        read_ties(written(folder, text, name))
    return str(caught.value)


# what is refused

REAL = {
    "an identity number": "11010519491231002X",
    "an identity number of old": "110105491231002",
    "a phone number": "+86 138 0013 8000",
    "a plain phone number": "13800138000",
    "an e-mail address": "someone@example.org",
    "a Chinese name": "王小明",
    "a name": "Wang Xiaoming",
    "an address": "12 Renmin Road",
}


@pytest.mark.parametrize("what", REAL)
def test_a_table_that_looks_real_is_refused_and_not_repeated(what: str, tmp_path: Path) -> None:
    told = refusal(tmp_path, f"{HEADER}friend,citizen:1,citizen:2\nfriend,citizen:3,{REAL[what]}\n")
    assert "ties.csv:3: to: looks like" in told
    assert "there is no importer for records of real people" in told
    assert REAL[what] not in told


def test_columns_of_real_people_are_refused_by_their_name(tmp_path: Path) -> None:
    told = refusal(tmp_path, "tie,from,to,Phone,full name\nfriend,1,2,5,6\n")
    assert "Phone: a column of this name belongs to real people" in told
    assert "full name: a column of this name belongs to real people" in told


def test_a_parquet_table_is_guarded_too(tmp_path: Path) -> None:
    file = tmp_path / "ties.parquet"
    pl.DataFrame({"tie": ["friend"], "from": [1], "to": [13_800_138_000]}).write_parquet(file)
    with pytest.raises(FileProblems, match="to: looks like a phone number"):
        read_ties(file)


def test_all_problems_of_rows_are_told_at_once(tmp_path: Path) -> None:
    rows = [
        "freind,1,2",
        "friend,citizen:3,citizen:3",
        "friend,4,5",
        "friend,5,4",
        "employee,6,vehicle:1",
        "driver,company:6,1",
        "kin,x,2",
        "kin,,2",
    ]
    told = refusal(tmp_path, HEADER + "\n".join(rows) + "\n").splitlines()
    assert told[0] == "ties.csv: 7 problems"
    assert [line.strip().split("; ")[0] for line in told[1:]] == [
        "ties.csv:2: tie: unknown kind of tie",
        "ties.csv:8: from: not a subject",
        "ties.csv:9: from: not a subject",
        "ties.csv:7: from: not a citizen",
        "ties.csv:6: to: not what this tie leads to",
        "ties.csv:3: to: a tie to oneself",
        "ties.csv:5: this tie is there already",
    ]


def test_many_problems_of_a_sort_are_counted(tmp_path: Path) -> None:
    told = refusal(tmp_path, HEADER + "friend,1,1\n" + "".join(f"friend,{n},{n}\n" for n in range(2, 60)))
    assert "ties.csv: to: a tie to oneself: 39 more rows" in told


def test_columns_that_are_missing_or_unknown_are_named(tmp_path: Path) -> None:
    told = refusal(tmp_path, "tie,form,to\nfriend,1,2\n")
    assert "from: this column is missing" in told
    assert "form: unknown column; expected the columns tie, from, to; did you mean 'from'?" in told


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("ties.csv", b"", "is empty"),
        ("ties.csv", b"tie,from,to", "its first line is too long, or all there is"),
        ("ties.csv", b"tie," * 5000, "its first line is too long"),
        ("ties.csv", b"tie,from,to\nfriend,1,2,3,4\n", "cannot be read as a table"),
        ("ties.csv", b"tie,from,to\nfriend,\xff\xfe,2\n", "cannot be read as a table"),
        ("ties.parquet", b"tie,from,to\nfriend,1,2\n", "is not a Parquet file"),
        ("ties.parquet", b"PAR1" + b"\x00" * 60 + b"PAR1", "cannot be read as a table"),
        ("ties.xlsx", b"tie,from,to\n", "ends neither in .csv nor in .parquet"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    assert told in refusal(tmp_path, content, name)


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblems, match="there is no such file"):
        read_ties(tmp_path / "none.csv")
    with pytest.raises(FileProblems, match="is a folder"):
        read_ties(tmp_path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["t.csv", "t.parquet"]), st.booleans())
def test_any_bytes_give_edges_or_problems(tmp_path: Path, content: bytes, name: str, headed: bool) -> None:
    start = {"t.csv": HEADER.encode(), "t.parquet": b"PAR1"}[name] if headed else b""
    try:
        edges = unpacked(read_ties(written(tmp_path, start + content, name)))
    except FileProblems:
        return
    assert len(edges) <= content.count(b"\n") + 1


# what takes its place


def test_own_friends_replace_all_friends(tmp_path: Path, adults: list[int]) -> None:
    a, b, c, d = adults[:4]
    file = written(tmp_path, f"{HEADER}friend,citizen:{a},citizen:{b}\nfriend,{c},{a}\nfriend,{a},{d}\n")
    people = generate(HAMLET.with_ties(file).data, 200, 1)
    assert people.friends.shape == (200, 3)
    assert sorted(people.friends[a].tolist()) == [b + 1, c + 1, d + 1]
    assert people.friends[b].tolist() == [a + 1, 0, 0]
    assert np.count_nonzero(people.friends) == 6


def test_own_kin_replace_all_kin_and_may_be_children(tmp_path: Path, plain: Population) -> None:
    child = int(np.flatnonzero(plain.person["stratum"] == CHILD)[0])
    table = pl.DataFrame({"tie": ["kin", "kin"], "from": [child, 0], "to": [7, child]})
    table.write_parquet(tmp_path / "kin.parquet")
    people = generate(Society.load("hamlet", ties=tmp_path / "kin.parquet").data, 200, 1)
    assert kin_of(people, child) == [0, 7]
    assert kin_of(people, 7) == [child]
    assert kin_of(people, 9) == []


def test_an_employee_moves_and_a_driver_swaps(tmp_path: Path, plain: Population) -> None:
    firms = plain.traits["employer"]
    fleet_drivers = set(
        plain.vehicles["driver"][plain.vehicles["owner"] >> SUBJECT_SHIFT == COMPANY].tolist()
    )
    mover = next(one for one in np.flatnonzero(firms).tolist() if one not in fleet_drivers)
    target = int(firms[mover]) % len(plain.companies)
    private = np.flatnonzero(plain.vehicles["owner"] >> SUBJECT_SHIFT != COMPANY)
    first, second = private[:2].tolist()
    driver = int(plain.vehicles["driver"][first])
    file = written(tmp_path, f"{HEADER}employee,{mover},company:{target}\ndriver,{driver},vehicle:{second}\n")
    people = generate(HAMLET.with_ties(file).data, 200, 1)
    assert people.traits["employer"][mover] == target + 1
    others = np.setdiff1d(np.arange(200), [mover, driver, int(plain.vehicles["driver"][second])])
    assert np.array_equal(people.traits["flags"][others], plain.traits["flags"][others])
    staff = people.staff[people.company_first[target] : people.company_first[target + 1]]
    assert mover in staff
    assert people.companies["employees"].sum() == len(people.staff) == len(plain.staff)
    former = int(plain.vehicles["driver"][second])
    assert people.vehicles["driver"][[first, second]].tolist() == [former, driver]
    assert people.traits["vehicle"][[former, driver]].tolist() == [first + 1, second + 1]


def test_subjects_that_are_not_there_and_children_are_named_together(
    tmp_path: Path, plain: Population, adults: list[int]
) -> None:
    child = int(np.flatnonzero(plain.person["stratum"] == CHILD)[0])
    rows = [
        f"friend,{adults[0]},{child}",
        f"friend,{adults[0]},citizen:200",
        f"employee,{adults[1]},company:{len(plain.companies)}",
    ]
    society = HAMLET.with_ties(written(tmp_path, HEADER + "\n".join(rows) + "\n"))
    with pytest.raises(FileProblems) as caught:
        generate(society.data, 200, 1)
    told = str(caught.value)
    assert "citizen:200: there is no such subject; expected citizen:0 to citizen:199" in told
    assert f"company:{len(plain.companies)}: there is no such subject" in told
    assert f"citizen:{child}: is a child" in told


def test_a_fleet_is_not_driven_by_strangers(tmp_path: Path, plain: Population, adults: list[int]) -> None:
    owner = plain.vehicles["owner"]
    vehicle = int(np.flatnonzero(owner >> SUBJECT_SHIFT == COMPANY)[0])
    flags = plain.traits["flags"]
    stranger = next(one for one in adults if flags[one] & 2 and plain.traits["employer"][one] == 0)
    walker = next(one for one in adults if not flags[one] & 2)
    society = HAMLET.with_ties(written(tmp_path, f"{HEADER}driver,{stranger},{vehicle}\n"))
    with pytest.raises(FileProblems, match=f"vehicle:{vehicle}: belongs to a company its driver does not"):
        generate(society.data, 200, 1)
    society = HAMLET.with_ties(written(tmp_path, f"{HEADER}driver,{walker},0\n"))
    with pytest.raises(FileProblems, match=f"citizen:{walker}: has no driving licence"):
        generate(society.data, 200, 1)


def test_too_many_friends_are_refused(tmp_path: Path, adults: list[int]) -> None:
    rows = "".join(f"friend,{adults[0]},{other}\n" for other in adults[1:43])
    society = HAMLET.with_ties(written(tmp_path, HEADER + rows))
    with pytest.raises(FileProblems, match=f"citizen:{adults[0]}: has too many friends; expected at most 40"):
        generate(society.data, 200, 1)


# how they travel


def test_own_ties_travel_in_the_manifest_and_change_the_hash(tmp_path: Path, adults: list[int]) -> None:
    society = HAMLET.with_ties(written(tmp_path, f"{HEADER}friend,{adults[0]},{adults[1]}\n"))
    assert society.hash != HAMLET.hash
    again = Society.from_canonical(json.loads(json.dumps(society.canonical())))
    assert again.hash == society.hash
    assert np.array_equal(unpacked(again.data.ties.own), unpacked(society.data.ties.own))


def test_a_society_file_may_name_its_ties(tmp_path: Path, adults: list[int]) -> None:
    written(tmp_path, f"{HEADER}friend,{adults[0]},{adults[1]}\n")
    file = written(
        tmp_path, '[society]\nid = "own"\nextends = "hamlet"\n[ties.own]\nfile = "ties.csv"\n', "own.toml"
    )
    assert len(unpacked(Society.load(file).data.ties.own)) == 1


def test_an_altered_edge_list_of_a_manifest_is_refused(tmp_path: Path, adults: list[int]) -> None:
    data = HAMLET.with_ties(written(tmp_path, f"{HEADER}friend,{adults[0]},{adults[1]}\n")).canonical()
    for altered in ("", "%%%", "AAAA", data["ties"]["own"]["edges"][:-4]):
        data["ties"]["own"]["edges"] = altered
        if altered == "":
            assert len(unpacked(Society.from_canonical(data).data.ties.own)) == 0
            continue
        with pytest.raises(FileProblems, match="edge list"):
            Society.from_canonical(data)


def test_a_run_takes_own_ties_and_tells_their_problems_with_the_others(
    tmp_path: Path, adults: list[int]
) -> None:
    good = written(tmp_path, f"{HEADER}friend,{adults[0]},{adults[1]}\n", "good.csv")
    plan = make_plan(RunRequest(society="hamlet", ties=str(good)))
    assert len(unpacked(plan.society.data.ties.own)) == 1
    assert plan.request.ties is None
    bad = written(tmp_path, f"{HEADER}friend,1,1\n", "bad.csv")
    with pytest.raises(UsageError, match=r"(?s)--years must lie .*a tie to oneself"):
        make_plan(RunRequest(society="hamlet", ties=str(bad), years=0))


def test_the_days_find_own_friends_and_kin(tmp_path: Path, adults: list[int]) -> None:
    alone, friend, relative = adults[0], adults[1], adults[2]
    rows = f"friend,{alone},{friend}\nkin,{relative},{alone}\n"
    society = HAMLET.with_ties(written(tmp_path, HEADER + rows))
    world = settle(society, 200, 1).world(Regime.load("essay"))
    lanes = [part * 2**32 // 16 for part in range(16)]
    for relation, found in ((FRIENDS, friend), (KIN, relative)):
        assert {int(somebody(world.town, relation, alone, lane)) for lane in lanes} == {found}
        assert {int(somebody(world.town, relation, adults[5], lane)) for lane in lanes} == {-1}
