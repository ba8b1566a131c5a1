"""What the commands about regimes print."""

from __future__ import annotations

from pathlib import Path

import pytest

from demerit.errors import FileProblems
from demerit.files import vocabulary
from demerit.files.commands import check_text
from demerit.files.inventory import by_basis, evidence_line, numbers
from demerit.regime import Regime, list_presets
from demerit.regime.commands import list_text, show_text
from demerit.regime.load import KIND


def test_the_list_names_every_preset_and_its_assumptions() -> None:
    lines = list_text().splitlines()
    assert [line.split()[0] for line in lines[1:]] == [preset.id for preset in list_presets()]
    essay = Regime.load("essay").data
    row = next(line.split() for line in lines if line.startswith("essay"))
    assert row[2:4] == [str(len(list(numbers(essay)))), str(by_basis(essay)["assumed"])]


def test_a_regime_is_shown_on_one_page() -> None:
    text = show_text("essay")
    # two sides in small print: everything a regime says, with a line for each kind of conduct
    assert len(text.splitlines()) <= 120
    assert max(map(len, text.splitlines())) <= 120


def test_a_page_speaks_in_words() -> None:
    lines = show_text("essay").splitlines()
    assert not any(line.strip().startswith("[") for line in lines)
    titles = [line.split(":")[0] for line in lines[lines.index("Other rules") :] if line.startswith("  ")]
    assert all("_" not in title for title in titles)


def test_conduct_stands_in_the_order_of_the_language() -> None:
    table = show_text("essay").partition("Conduct\n")[2].partition("\n\n")[0].splitlines()[1:]
    shown = [line.split()[0] for line in table]
    assert shown == sorted(shown, key=vocabulary.SITUATIONS.index)
    assert len(shown) == len(Regime.load("essay").data.conducts)


def test_a_regime_that_only_patches_is_shown_by_what_it_changes_and_why() -> None:
    lines = show_text("watchdog").splitlines()
    assert lines[0].startswith("An independent watchdog (watchdog; basis: hypothetical; hash ")
    assert "  appeals.service_days: 20 d → 5 d (faster). Cases are worked on within days, as local rules" in (
        " ".join(lines).replace("       ", " ")
    )
    assert lines[-1] == evidence_line(Regime.load("watchdog").data)


def test_a_patch_that_changes_nothing_is_shown_as_one(tmp_path: Path) -> None:
    path = tmp_path / "same.toml"
    path.write_text(
        '[regime]\nid = "same"\ntitle = "Same"\nbasis = "hypothetical"\n'
        'schema_version = 1\nextends = "essay"\n'
        '[[patch]]\nop = "set"\nat = "score.base"\nvalue = 1000\nreason = "No reason."\n'
    )
    assert "  score.base: as before. No reason." in show_text(str(path)).splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "  to province, 2 % lost, on average: road in 14 d, municipal in 7 d, market in 14 d, tax in 30 d",
        "  road.crosswalk    5 %       100 CNY    3        road −6        −6         2 %",
        "  money.instalment  95 %      100 CNY    –        credit −10     −30        –",
        "  List serious-violators: of company, term 1825 d, publishes yes",
        "  citizen → vehicle road × 100 %; vehicle → company road × 15 %, 2 deep; company → citizen market",
        "  bands of the composite: AAA from 1050, AA from 1030, A from 960, B from 850, C from 600, D from 0",
        "  province ≥ 1030                Deposits waived and queues skipped: benefit 0.3 %",
        "  Scolding by employer, police, state",
    ],
)
def test_the_page_tells_who_keeps_what_and_what_follows(line: str) -> None:
    # spaces aside: a column is as wide as its widest entry, and a paragraph is broken somewhere
    assert " ".join(line.split()) in " ".join(show_text("essay").split())


def test_the_page_ends_with_the_share_of_assumptions() -> None:
    data = Regime.load("essay").data
    counts = by_basis(data)
    assert show_text("essay").splitlines()[-1] == evidence_line(data)
    opening = f"{counts['assumed']} of {sum(counts.values())} numbers are assumptions"
    assert evidence_line(data).startswith(opening)


def test_a_regime_without_rules_can_be_shown() -> None:
    assert show_text("empty").endswith("There are no numbers.")


def test_checking_a_good_file_tells_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[regime]\nid = "mine"\ntitle = "Mine"\nbasis = "hypothetical"\n'
        'schema_version = 1\nextends = "essay"\n'
        '[[patch]]\nop = "set"\nat = "score.base"\nvalue = 1000\nreason = "none"\n'
    )
    lines = check_text(KIND, str(path)).splitlines()
    assert lines[0] == f"{path}: no problems"
    data = Regime.load(path).data
    assert f", {len(data.conducts)} conducts, {len(data.chains)} chains, 2 platforms, " in lines[1]
    assert lines[3:5] == [
        "  note: patch changes nothing: score.base is already 1000.0",
        "  note: mine: patches change 0 values in 0 rules",
    ]
    assert lines[-1] == f"  hash {Regime.load(path).hash}"


def test_checking_a_bad_file_raises_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('[regime]\nid = "bad"\n')
    with pytest.raises(FileProblems):
        check_text(KIND, str(path))
