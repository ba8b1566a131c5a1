"""The picture of the claims: which part stands for a claim, and where its interval lies."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import demerit as dm
from demerit.claims.definitions import ClaimPart, claims
from demerit.claims.verdicts import ClaimFound, PartFound, Sized, verdict_of
from demerit.errors import UsageError
from demerit.report.claims_chart import claims_chart, claims_frame, weakest


def part(
    side: str, smallest: float, effect: float, low: float, high: float, occasions: int = 900
) -> PartFound:
    """Return what became of a part with these figures, judged as the claims judge it."""
    of = claims()[0].parts[0].model_copy(update={"side": side, "smallest": smallest})
    found = Sized("R - N", effect, low, high, 3, occasions)
    assert isinstance(of, ClaimPart)
    return PartFound("key", of, found, (), verdict_of(of, found), 0.0)


def drawn(*parts: PartFound) -> Any:
    """Return what is drawn of a single claim with these parts."""
    done: Any = SimpleNamespace(found=[ClaimFound(claims()[0], parts)])
    return claims_frame(done, claims()[0].id)


NAN = math.nan
CASES = [
    part("above", 1, 3, 2, 5),
    part("above", 1, 1.5, 0.5, 2),
    part("above", 1, 0, -1, 0.5),
    part("below", -1, -3, -5, -2),
    part("below", -1, 0, -0.5, 1),
    part("at_least", 0, 0.5, 0, 1),
    part("above", 0, 2, 2, 2),
]


@pytest.mark.parametrize("one", CASES)
def test_an_interval_lies_right_of_the_line_just_where_the_part_holds(one: PartFound) -> None:
    (row,) = drawn(one).iter_rows(named=True)
    assert max(abs(row[name]) for name in ("at", "at_low", "at_high")) == 1
    assert row["at_low"] <= row["at"] <= row["at_high"]
    assert (row["at_low"] > 0 or (one.part.side == "at_least" and row["at_low"] >= 0)) == (
        one.verdict == "holds"
    )
    assert (row["at_high"] < 0) == (one.verdict == "fails")
    # distances keep their proportions
    half = (one.found.high - one.found.low) / 2
    if half:
        off = abs(one.found.effect - one.part.smallest)
        assert abs(row["at"]) / (row["at_high"] - row["at_low"]) == pytest.approx(off / (2 * half))


def test_what_had_no_occasion_or_one_seed_has_no_bar() -> None:
    rows = list(drawn(part("above", 0, 1, 0.5, 2, 3), part("above", 0, 1, NAN, NAN)).iter_rows(named=True))
    assert [(row["verdict"], row["at"], row["at_low"]) for row in rows] == [
        ("no occasion", None, None),
        ("unclear", 1, None),
    ]
    assert rows[0]["text"] == "no occasion"


def test_a_claim_is_drawn_by_the_part_that_gives_it_its_verdict() -> None:
    clear, doubtful, failing = CASES[0], part("above", 1, 3, 1.1, 5), CASES[2]
    assert weakest(ClaimFound(claims()[0], (clear, doubtful))) is doubtful
    assert weakest(ClaimFound(claims()[0], (clear, failing, doubtful))) is failing


def test_python_draws_all_claims_or_the_parts_of_one(tmp_path: Path) -> None:
    held = dm.hold_claims("hamlet", "essay", years=3, seeds=2, workers=1, quiet=True)
    whole = held.plot().to_dict()
    marks, text = whole["hconcat"]
    rows = claims_frame(held._done)["row"].to_list()
    heights = [one["encoding"]["y"]["scale"]["domain"] for one in (*marks["layer"][1:], text)]
    assert all(height == rows for height in heights)
    assert "95% interval" in str(whole["title"])
    assert "No real person" in str(whole["title"])
    parts = held.parts()
    frame = claims_frame(held._done)
    assert frame["claim"].to_list() == held.table()["id"].to_list()
    assert frame["verdict"].to_list() == held.table()["verdict"].to_list()
    one = claims_frame(held._done, "C6")
    assert one.height == parts.filter(parts["claim"] == "C6").height > 1
    assert one["effect"].to_list() == parts.filter(parts["claim"] == "C6")["effect"].to_list()
    assert claims_chart(held._done, "C6").to_dict()
    with pytest.raises(UsageError, match="there is no claim 'C99'"):
        held.plot("C99")
