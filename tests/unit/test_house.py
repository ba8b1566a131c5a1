"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "demerit"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
MODULES = sorted(PACKAGE.rglob("*.py"))

LONGEST, LONGEST_FUNCTION = 300, 60
"""Lines of a module; of a function without its docstring."""
LONGER: dict[str, str] = {}
"""Modules that may be longer than 300 lines, each with the argument for it."""

REPEATED = {
    "HOUSEHOLD": {"society/homes.py", "society/generate.py"},
    "ACCESS": {"institutions/access.py", "claims/weeks.py"},
    "COUNTER": {"institutions/access.py", "claims/weeks.py"},
}
"""Purposes that two modules draw from: homes are counted, and then filled by the very same draws; what a week
has brought is drawn again where claims ask for it."""

IMPORT_NAMES = {"vl-convert-python": "vl_convert"}
BUILD_ONLY = {"hatchling"}
USED_THROUGH = {"vl-convert-python": "altair", "websockets": "uvicorn"}
"""Dependencies that another one imports by name when asked for what they do."""


def name_of(requirement: str) -> str:
    return re.split(r"[<>=!~\[; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def pins(file: str) -> dict[str, str]:
    lines = (ROOT / "requirements" / file).read_text().splitlines()
    return {name_of(line): line.partition("==")[2] for line in lines}


def tracked_files() -> list[Path]:
    """List the files of the project, by git where there is a repository, else those of a plain copy."""
    listing = (
        subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
        if (ROOT / ".git").exists()
        else None
    )
    if listing is not None and listing.returncode == 0 and listing.stdout:
        return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    made = {".venv", ".cache", ".git", "site", "runs", "build", "dist", "__pycache__"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not any(part in made or part.endswith("_cache") for part in path.parts)
    ]


def imported_names(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_every_room_says_in_one_sentence_what_lives_in_it() -> None:
    for room in sorted(path.parent for path in PACKAGE.rglob("*.py")):
        opening = room / "__init__.py"
        assert opening.exists(), f"{room.relative_to(ROOT)} has no __init__.py"
        sentence = ast.get_docstring(ast.parse(opening.read_text()))
        assert sentence, f"{opening.relative_to(ROOT)} has no docstring"
        assert sentence.split("\n\n")[0].rstrip().endswith("."), (
            f"{opening.relative_to(ROOT)}: not a sentence"
        )


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT)) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent


def test_no_module_is_long_without_an_argument() -> None:
    lengths = {path.relative_to(PACKAGE).as_posix(): len(path.read_text().splitlines()) for path in MODULES}
    assert {name for name, lines in lengths.items() if lines > LONGEST} == set(LONGER)


def test_no_function_is_long() -> None:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
                told = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
                first = node.body[1].lineno if told and len(node.body) > 1 else node.lineno
                opening = node.body[0].lineno - node.lineno
                if node.end_lineno - first + 1 + (opening if told else 0) > LONGEST_FUNCTION:
                    found.append(f"{path.relative_to(PACKAGE)}: {node.name}")
    assert not found


def test_nothing_is_left_for_later() -> None:
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert not [str(path.relative_to(ROOT)) for path in MODULES if mark.search(path.read_text())]


def test_no_tracked_file_names_this_machine_or_a_package_index() -> None:
    index = r"|file:/" + r"/|--(?:extra-)?index-" + r"url|--find-" + r"links|pypi\.|/sim" + r"ple\b"
    here = re.escape(f"{ROOT}/")
    machine = re.compile(rf"(?<![\w.~$}}-])(?:/(?:root|work|opt)/\w|{here}){index}")
    folders = re.compile(rf"(?<![\w.~$}}-])/(?:home|Users|mnt|srv|tmp)/\w|{machine.pattern}")
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        # A test may make a folder up, to see that it does not leak.
        pattern = machine if path.is_relative_to(ROOT / "tests") else folders
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in pattern.finditer(text)]
    assert not found


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, demerit; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "numba", "polars", "scipy", "altair"} & set(run.stdout.split())


@pytest.mark.parametrize("file", ["run.txt", "dev.txt"])
def test_every_requirement_is_an_exact_version(file: str) -> None:
    for line in (ROOT / "requirements" / file).read_text().splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), line


@pytest.mark.parametrize("file", ["run.txt", "dev.txt"])
def test_what_is_pinned_is_what_is_used(file: str) -> None:
    assert {name: metadata.version(name) for name in pins(file)} == pins(file)


def test_the_pins_hold_every_dependency_and_the_builder() -> None:
    project = PROJECT["project"]
    run = {name_of(requirement) for requirement in project["dependencies"]}
    dev = {name_of(requirement) for requirement in project["optional-dependencies"]["dev"]}
    assert run <= set(pins("run.txt"))
    assert dev <= set(pins("dev.txt"))
    assert set(pins("run.txt").items()) <= set(pins("dev.txt").items())
    (builder,) = PROJECT["build-system"]["requires"]
    assert builder == f"{name_of(builder)}=={pins('run.txt')[name_of(builder)]}"


def test_dependencies_are_what_the_program_imports() -> None:
    declared = {name_of(requirement) for requirement in PROJECT["project"]["dependencies"]}
    imported = set().union(*map(imported_names, MODULES)) - set(sys.stdlib_module_names) - {"demerit"}
    used = {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in declared}
    through = {IMPORT_NAMES.get(name, name) for name, by in USED_THROUGH.items() if by in imported}
    # What a declared library brings along and re-exports in its own documentation may be imported too.
    assert imported - used <= {"llvmlite", "pydantic_core", "click", "starlette"}
    assert used <= imported | through


def test_every_dependency_is_argued() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text()
    project = PROJECT["project"]
    declared = {name_of(line) for line in project["dependencies"] + project["optional-dependencies"]["dev"]}
    assert set(re.findall(r"^\| ([\w-]+) \| \d", page, re.MULTILINE)) == declared | BUILD_ONLY


def test_one_version_everywhere() -> None:
    version = PROJECT["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text()
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == version
    assert metadata.version("demerit") == version


def test_every_page_says_that_the_society_is_synthetic() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    assert not [page.name for page in pages if "synthetic" not in page.read_text()]


def test_every_purpose_of_randomness_is_used_in_one_module() -> None:
    registry = (PACKAGE / "catalogue" / "purposes.py").read_text()
    defined = re.findall(r"^    ([A-Z_]+) = (\d+)", registry, re.MULTILINE)
    numbers = [int(number) for _, number in defined]
    assert len(set(numbers)) == len(numbers)
    users: dict[str, set[str]] = {}
    for module in MODULES:
        for purpose in re.findall(r"\bPurpose\.([A-Z_]+)\b", module.read_text()):
            users.setdefault(purpose, set()).add(module.relative_to(PACKAGE).as_posix())
    assert set(users) == {name for name, _ in defined}
    assert {purpose: used for purpose, used in users.items() if len(used) != 1} == REPEATED


def test_the_commands_of_the_readme_exist() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    asked = re.findall(r"\bmake ([a-z]+)\b", (ROOT / "README.md").read_text())
    assert {"demo", "test"} <= set(asked) <= set(targets)


def test_what_the_readme_points_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / "README.md").read_text())
    assert not [link for link in links if not (ROOT / link).exists()]


def test_the_glossary_is_in_order_and_has_each_word_once() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text()
    words = re.findall(r"^\| ([^|]+?) \|", page, re.MULTILINE)[1:]
    assert words == sorted(set(words), key=str.casefold)
