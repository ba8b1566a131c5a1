"""Every rule of the linter finds its own example, and nothing else is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from demerit.files.document import look
from demerit.files.lint import LintRule, lint, lint_rules
from demerit.regime.load import KIND as REGIMES
from demerit.society.load import KIND as SOCIETIES

GOLDEN = Path(__file__).parent / "golden" / "language"
RULES = [(kind, rule) for kind in (REGIMES, SOCIETIES) for rule in lint_rules(kind).values()]
MANY_STEPS = "".join(
    f'[[tightening]]\nid = "step-{year}"\nyear = {year}\n[[tightening.patch]]\nop = "set"\n'
    f'at = "detection.mismatch"\nvalue = {0.0001 * (1 + year % 2)}\nreason = "every year"\n'
    for year in range(1990, 2101)
)


def write(folder: Path, kind: Any, rule: LintRule) -> Path:
    """Write a rule's example as a file that extends the rule's base."""
    head = f'id = "example"\ntitle = "An example"\nschema_version = 1\nextends = "{rule.base}"\n'
    head += 'basis = "hypothetical"\n' if kind is REGIMES else "population = 200\n"
    example = MANY_STEPS if rule.example == "many" else rule.example
    if f"[{kind.name}]\n" in example:
        text = example.replace(f"[{kind.name}]\n", f"[{kind.name}]\n{head}")
    else:
        text = f"[{kind.name}]\n{head}{example}"
    path = folder / "example.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(("kind", "rule"), RULES, ids=[f"{kind.name}-{rule.name}" for kind, rule in RULES])
def test_the_example_of_a_rule_breaks_it(kind: Any, rule: LintRule, tmp_path: Path) -> None:
    remarks = look(kind, write(tmp_path, kind, rule)).remarks
    found = {(one.rule, "warning" if one.warning else "error") for one in remarks}
    assert (rule.name, rule.level) in found
    if rule.level == "warning":
        assert {level for _, level in found} == {"warning"}
    else:
        assert {name for name, level in found if level == "error"} == {rule.name}


@pytest.mark.parametrize("kind", [REGIMES, SOCIETIES], ids=["regime", "society"])
def test_the_presets_break_no_rule(kind: Any) -> None:
    for name in kind.preset_ids():
        assert lint(kind, name).text == f"{name}: 0 errors, 0 warnings"


def test_each_line_names_place_rule_and_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, REGIMES, lint_rules(REGIMES)["bands-leave-no-gap"])
    assert lint(REGIMES, "example.toml").text.splitlines() == [
        "example.toml: 1 error, 0 warnings",
        "  example.toml:9: error [bands-leave-no-gap]: band.d.from: gap: no band holds scores from 0 to "
        "100; expected a lowest band from 0",
        "    fix: Let the lowest band begin at the floor of the score.",
    ]


def test_a_regime_of_oddities_is_told_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    found = lint(REGIMES, "odd.toml")
    assert found.text == (GOLDEN / "lint.txt").read_text().rstrip("\n")
    assert (found.errors, found.warnings) == (2, 5)
