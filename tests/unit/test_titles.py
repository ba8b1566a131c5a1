"""What indicators are called: in words, one name each, in a chart as in the table beside it."""

from __future__ import annotations

import re

from demerit.catalogue.words import KINDS
from demerit.measures.indicators import BY_NAME, INDICATORS
from demerit.report.deeds import ALLEGED
from demerit.report.headlines import HEADLINES
from demerit.report.titles import in_lines, row_height, title_of


def test_every_indicator_has_a_title_of_its_own_in_words() -> None:
    titles = {(title_of(one.name), one.unit) for one in INDICATORS}
    assert len(titles) == len(INDICATORS)
    for title, _ in titles:
        assert title[0].isupper() or title[0].isdigit()
        assert not re.search(r"\w[._]\w", title), title
        assert title.count("(") == title.count(")"), title


def test_every_situation_is_said_in_words() -> None:
    assert set(ALLEGED) == set(KINDS)


def test_a_title_says_what_the_definition_says_and_leans_on_no_other_row() -> None:
    for one in INDICATORS:
        assert not one.definition.startswith(("The same", "Of these")), one.name
    assert title_of("trust.family") == BY_NAME["trust.family"].definition.rstrip(".")
    assert title_of("points_from_others") == "Composite points lost without an act of one's own"
    assert title_of("reversed_share.wrongful") != title_of("reversed_share.rightful")
    for name, label, _ in HEADLINES:
        assert label.strip().lower() in title_of(name).lower() or label.startswith("  of them")


def test_a_long_title_stands_in_lines_that_its_row_has_room_for() -> None:
    lines = {one.name: in_lines(title_of(one.name), 30) for one in INDICATORS}
    assert all(len(line) <= 30 for text in lines.values() for line in text.split("\n"))
    assert {name: text.replace("\n", " ") for name, text in lines.items()} == {
        name: title_of(name) for name in lines
    }
    assert row_height(["a"]) < row_height(["a\nb"]) < row_height(lines.values())
