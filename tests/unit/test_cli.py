"""The command line: what it refuses and how it says so, its help, and what it prints of files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.runs import PROGRAM, demerit, write_regime

from demerit.cli import app
from demerit.files.commands import check_text
from demerit.regime import list_presets
from demerit.regime.commands import list_text, show_text
from demerit.regime.load import KIND

GOLDEN = Path(__file__).parent / "golden" / "regime_errors"
BROKEN = sorted(path.name for path in GOLDEN.glob("*.toml"))
HEAVY = {"numpy", "numba", "llvmlite", "polars", "pydantic", "rich", "altair", "scipy", "vl_convert"}

Told = tuple[int, str, str]
Tell = Callable[..., Told]


REFUSED = {
    "nobody": (["--population", "0"], "--population must lie between 1 and 536,870,911; got 0"),
    "too many people for an id": (["--population", "1000000000000"], "got 1,000,000,000,000"),
    "too many people for the machine": (["--population", "500000000"], "take fewer people, or --alone"),
    "no years": (["--years", "0"], "--years must lie between 1 and 100; got 0"),
    "a seed below nought": (["--seed", "-1"], "--seed must lie between 0 and"),
    "no threads": (["--threads", "0"], "--threads must lie between 1 and 256; got 0"),
    "no shards": (["--shards", "0"], "--shards must lie between 1 and 4,096; got 0"),
    "an unknown ledger": (["--ledger", "some"], "--ledger must be one of full, panel, none; got 'some'"),
    "a day that does not exist": (["--start", "2014-02-30"], "February 2014 has 28 days"),
    "a date that is none": (["--start", "soon"], "write YYYY-MM-DD, for example 2014-01-01"),
    "a year out of range": (["--start", "1492-01-01"], "must lie in the years 1900 to 2100"),
    "a misspelt regime": (["esay"], "did you mean 'essay'?"),
    "a misspelt twin": (["--against", "ordinry-law"], "did you mean 'ordinary-law'?"),
    "a misspelt society": (["--society", "cty"], "did you mean 'city'?"),
    "a missing file": (["nowhere.toml"], "there is no regime preset or file 'nowhere.toml'"),
    "a folder for a regime": (["folder"], "folder: the folder holds no TOML or CSV file"),
    "a folder for a society": (["--society", "folder"], "folder: the folder holds no TOML or CSV file"),
    "a folder with something in it": (["--out", "full"], "full exists and is not empty"),
    "a file for a folder": (["--out", "full/file"], "full/file exists and is not a folder"),
    "the name of an interrupted run": (["--out", "x.partial"], "are for interrupted runs"),
    "the root of the disk": (["--out", "/"], "/ exists and is not empty"),
    "a misspelt option": (["--populaton", "5"], "--population); see demerit run --help"),
    "a number that is none": (["--population", "many"], "Invalid value for '--population'"),
    "part of a year": (["--years", "1.5"], "Invalid value for '--years'"),
    "one argument too many": (["essay", "essay"], "unexpected extra argument"),
    "an option without its value": (["--seed"], "Option '--seed' requires an argument"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_request_is_refused_with_one_clear_message(case: str, tell: Tell) -> None:
    Path("folder").mkdir()
    Path("full").mkdir()
    Path("full/file").touch()
    arguments, message = REFUSED[case]
    code, out, err = tell("run", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err
    assert sorted(path.name for path in Path().rglob("*")) == ["file", "folder", "full"]


def test_all_problems_of_a_request_are_told_at_once(tell: Tell) -> None:
    code, out, err = tell(
        *("run", "esay", "--against", "ordinry-law", "--society", "cty", "--start", "2014-13-01"),
        *("--population", "0", "--years", "0", "--threads", "0", "--shards", "0", "--ledger", "some"),
    )
    assert (code, out) == (2, "")
    first, *lines = err.splitlines()
    assert first == "demerit: 9 problems"
    assert len(lines) == 9
    for word in ("years", "threads", "shards", "population", "ledger", "month 13", "city", "essay"):
        assert sum(word in line for line in lines) >= 1, word


def test_every_problem_of_a_file_is_told_beside_those_of_the_options(tell: Tell) -> None:
    code, _, err = tell("run", str(GOLDEN / "bands.toml"), "--years", "0")
    assert code == 2
    assert err.startswith("demerit: 3 problems\n")
    assert "band.aa.from: overlaps" in err
    assert "--years must lie" in err


def test_what_a_run_cannot_hold_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    register = '[[register]]\nid = "r{}"\ntitle = "R"\nauthority = "courts"\ncovers = ["citizen"]\n'
    scale = "base = 100\nfloor = 0\nceiling = 130\nhalf_life_days = 365\n"
    path = write_regime(tmp_path / "many.toml")
    with path.open("a") as file:
        file.writelines(register.format(number) + scale for number in range(20))
    done = demerit("run", "many.toml", "--society", "hamlet", "--out", "deep/run", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert " registers; expected at most " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "deep").exists()


@pytest.mark.parametrize("place", ["full/file/run", "nowhere/../full/file/run"])
def test_a_folder_below_a_file_is_refused(place: str, tell: Tell) -> None:
    Path("full").mkdir()
    Path("full/file").touch()
    code, out, err = tell("run", "--society", "hamlet", "--years", "1", "--out", place)
    assert (code, out) == (2, "")
    assert err.startswith("demerit: cannot write full/file/run")


@pytest.fixture
def locked(tell: Tell) -> None:
    """Make a folder that its owner may not write to."""
    Path("locked").mkdir(mode=0o500)


@pytest.fixture
def nobody(locked: None) -> Iterator[None]:
    """Give up the superuser's right to write anywhere, where the tests run with it."""
    import demerit.study.run  # noqa: F401 - what is compiled must be in place before

    user = os.geteuid()
    os.seteuid(user or 65534)
    yield
    os.seteuid(user)


def test_a_folder_one_may_not_write_to_is_refused(tell: Tell, nobody: None) -> None:
    code, _, err = tell("run", "--society", "hamlet", "--years", "1", "--out", "locked/run")
    assert code == 2
    assert "permission is denied" in err


RESUME_REFUSED = {
    "nowhere": "nowhere is not an interrupted run; nothing to resume",
    ".": ". is not an interrupted run; nothing to resume",
    "/": "/ is not an interrupted run; nothing to resume",
    "": ". is not an interrupted run; nothing to resume",
    ".partial": ".partial is not an interrupted run; nothing to resume",
}


@pytest.mark.parametrize("place", RESUME_REFUSED)
def test_what_is_no_interrupted_run_cannot_be_resumed(place: str, tell: Tell) -> None:
    code, out, err = tell("resume", place)
    assert (code, out) == (2, "")
    assert err == f"demerit: {RESUME_REFUSED[place]}\n"


@pytest.mark.parametrize("arguments", [["rnu"], ["regime", "lst"], ["--verson"]])
def test_an_unknown_word_is_answered_with_where_to_look(arguments: list[str], tell: Tell) -> None:
    code, out, err = tell(*arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.endswith(" --help\n")


def test_without_a_command_the_help_is_shown_as_an_error(tell: Tell) -> None:
    for group in ([], ["regime"], ["society"]):
        code, out, err = tell(*group)
        assert (code, out) == (2, "")
        assert err.startswith(f"Usage: {' '.join(['demerit', *group])} [OPTIONS]")


def commands() -> list[list[str]]:
    """Return the words that lead to every command and group."""
    found: list[list[str]] = [[]]
    groups = [(app, []), *((inner.typer_instance, [inner.name]) for inner in app.registered_groups)]
    for group, words in groups:
        found += [words] if words else []
        found += [[*words, command.name] for command in group.registered_commands]
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_has_help_and_every_option_a_sentence(words: list[str], tell: Tell) -> None:
    code, out, err = tell(*words, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: {' '.join(['demerit', *words])} ")
    for line in re.findall(r"^  (?:--?\w[\w-]*(?:, )?)+.*(?:\n {4,}.*)*", out, re.MULTILINE):
        told = re.sub(r"\s+", " ", line)
        assert re.search(r"\.( \[|$)", told), told


def test_a_list_of_commands_says_what_each_does_in_a_whole_sentence(tell: Tell) -> None:
    for group in ([], ["regime"], ["society"], ["runs"]):
        listed = tell(*group, "--help")[1].partition("Commands:\n")[2].splitlines()
        assert len(listed) > 2
        assert all(line.endswith(".") and not line.endswith("..") for line in listed), listed


def test_the_version_is_told(tell: Tell) -> None:
    from demerit import __version__

    assert tell("--version") == (0, f"demerit {__version__}\n", "")


def test_asking_for_help_loads_nothing_heavy() -> None:
    for word in ("--help", "--version"):
        script = f"from demerit.cli import main; main([{word!r}])"
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", script], capture_output=True, text=True, check=True
        )
        loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
        assert "typer" in loaded
        assert not loaded & HEAVY


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = "import sys, demerit; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(json.loads(done.stdout.replace("'", '"'))) & HEAVY


def test_presets_are_listed(tell: Tell) -> None:
    assert tell("regime", "list") == (0, f"{list_text()}\n", "")


@pytest.mark.parametrize("name", [preset.id for preset in list_presets()])
def test_presets_are_shown_and_found_good(name: str, tell: Tell) -> None:
    assert tell("regime", "show", name) == (0, f"{show_text(name)}\n", "")
    assert tell("regime", "check", name) == (0, f"{check_text(KIND, name)}\n", "")


def test_societies_are_listed_shown_and_found_good(tell: Tell) -> None:
    code, out, _ = tell("society", "list")
    assert code == 0
    for name in ("city", "hamlet"):
        assert re.search(rf"^{name}\b", out, re.MULTILINE)
        for command in ("show", "check"):
            code, out_of, err = tell("society", command, name)
            assert (code, err) == (0, "")
            assert out_of
    assert tell("society", "show", "cty")[0] == 2


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_regime_is_explained_on_standard_error(
    name: str, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GOLDEN)
    expected = (GOLDEN / name).with_suffix(".txt").read_text()
    for command in (["regime", "check"], ["regime", "show"], ["run"], ["run", "essay", "--against"]):
        assert tell(*command, name) == (2, "", expected)


ODD_FILES = {
    "empty": b"",
    "binary": bytes(range(256)) * 8,
    "a mark of byte order": b"\xef\xbb\xbf[regime]\n",
    "cut short": b'[regime]\nid = "x',
    "deep": b"a = " + b"[" * 5000 + b"]" * 5000,
    "an endless number": b"[regime]\nschema_version = " + b"9" * 5000,
    "an id that climbs": b'[regime]\nid = "../../x"\ntitle = "x"\nbasis = "essay"\nschema_version = 1\n',
}


@pytest.mark.parametrize("case", ODD_FILES)
@pytest.mark.parametrize("command", [["regime", "check"], ["run"], ["run", "--society"]])
def test_any_bytes_given_as_a_file_get_a_clear_error(command: list[str], case: str, tell: Tell) -> None:
    Path("odd.toml").write_bytes(ODD_FILES[case])
    code, out, err = tell(*command, "odd.toml")
    assert (code, out) == (2, "")
    assert err.startswith("odd.toml: ")
    assert "Traceback" not in err


def test_a_terminal_without_unicode_is_served(tmp_path: Path) -> None:
    done = demerit("regime", "show", "essay", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")


def test_output_into_a_closed_pipe_is_no_accident(tmp_path: Path) -> None:
    command = f"{' '.join(map(repr, PROGRAM))} regime show essay | head -c 1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True, env=os.environ
    )
    assert "Traceback" not in done.stderr


def test_files_are_linted_and_what_is_wrong_ends_with_two(tell: Tell) -> None:
    for kind, name in (("regime", "essay"), ("society", "hamlet")):
        assert tell(kind, "lint", name) == (0, f"{name}: 0 errors, 0 warnings\n", "")
    path = write_regime(Path("odd.toml"), **{"transfer.road-to-province.loss": 1})
    code, out, err = tell("regime", "lint", str(path))
    assert (code, err) == (0, "")
    assert "[rule-can-act]: transfer.road-to-province: never acts: every record is lost on the way" in out
    with path.open("a") as file:
        file.write('[[band]]\nid = "d"\nfrom = 100\n')
    code, out, _ = tell("regime", "lint", str(path))
    assert code == 2
    assert "error [bands-leave-no-gap]" in out
    assert tell("regime", "lint", "nowhere.toml")[0] == 2


def test_files_are_compared_in_words_as_json_and_as_a_file(tell: Tell) -> None:
    write_regime(Path("softer.toml"), **{"conduct.road.crosswalk.fine": 20})
    code, out, err = tell("regime", "diff", "essay", "softer.toml")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "essay → softer.toml: 1 value in 1 rule"
    assert "road.crosswalk.fine  100 CNY → 20 CNY (softer)" in out
    (found,) = json.loads(tell("regime", "diff", "essay", "softer.toml", "--json")[1])["differences"]
    assert (found["at"], found["word"]) == ("conduct.road.crosswalk.fine", "softer")
    Path("again.toml").write_text(tell("regime", "diff", "essay", "softer.toml", "--patch")[1])
    assert tell("regime", "diff", "softer.toml", "again.toml")[1].endswith("hold the same rules.\n")


def test_a_file_can_be_begun_and_its_schema_printed(tell: Tell) -> None:
    for kind in ("regime", "society"):
        code, out, err = tell(kind, "new", f"my-{kind}")
        assert (code, err) == (0, "")
        assert tell(kind, "check", f"my-{kind}.toml")[0] == 0
        assert tell(kind, "new", f"my-{kind}")[0] == 2
        code, out, err = tell(kind, "schema")
        assert (code, err) == (0, "")
        assert kind in json.loads(out)["properties"]


def test_the_rules_that_acted_are_told_of_a_finished_run_only(tell: Tell, hamlet: Any) -> None:
    code, out, err = tell("regime", "coverage", str(hamlet.folder))
    assert (code, err) == (0, "")
    assert re.match(r"essay: \d+ of \d+ rules acted\n", out)
    assert tell("regime", "coverage", "nowhere")[0] == 2
