"""What a check passes, a run does not refuse: the tables of every regime that loads can be compiled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from demerit.errors import FileProblems
from demerit.files.inventory import numbers
from demerit.regime import Regime
from demerit.simulation.rulebook import Rulebook
from demerit.society import Society

ESSAY = Regime.load("essay")
LAW = Regime.load("ordinary-law")
HAMLET = Society.load("hamlet").data
NUMBERS = sorted(at for at, _ in numbers(ESSAY.data))
LISTS = [key for key, value in ESSAY.canonical().items() if isinstance(value, list) and value]
sizes = st.integers(-20, 1600) | st.sampled_from([0, 1, 0.5, 0.01, 99.5, 1000, 1500, 36500])


@st.composite
def steps(draw: Any) -> dict[str, Any]:
    """Draw a step of a schedule that takes a rule out or gives a number another value."""
    section = draw(st.sampled_from(LISTS))
    name = draw(st.sampled_from([item["id"] for item in ESSAY.canonical()[section]]))
    patches = [{"op": "remove", "at": f"{section}.{name}", "reason": "x"}]
    if draw(st.booleans()):
        patches = [{"op": "set", "at": draw(st.sampled_from(NUMBERS)), "value": draw(sizes), "reason": "x"}]
    return {
        "id": f"s{draw(st.integers(0, 99))}",
        "date": f"20{draw(st.integers(14, 18))}-05-01",
        "patch": patches,
    }


@dataclass(frozen=True)
class Drawn:
    """A regime, not shown in a report: it is long."""

    regime: Regime = field(repr=False)


@st.composite
def regimes(draw: Any) -> Drawn | None:
    """Draw the essay's regime with other numbers and rules left out, doubled or dated, if it loads."""
    data = ESSAY.canonical()
    for section in draw(st.lists(st.sampled_from(LISTS), max_size=2)):
        items = data[section]
        if draw(st.booleans()):
            items.pop(draw(st.integers(0, len(items) - 1)))
        else:
            again = {**draw(st.sampled_from(items)), "id": f"again-{len(items)}"}
            items.append(
                again | draw(st.sampled_from([{}, {"since": "2015-06-01"}, {"until": "2016-06-01"}]))
            )
        if not items:
            return None
    data["tightening"] = draw(st.lists(steps(), max_size=2, unique_by=lambda one: one["id"]))
    try:
        regime = Regime.from_canonical(data)
        places = draw(st.lists(st.sampled_from(NUMBERS), max_size=2))
        return Drawn(regime.patched({at: draw(sizes) for at in places}))
    except FileProblems:
        return None


@settings(max_examples=80)
@given(drawn=regimes())
def test_a_regime_that_loads_can_be_compiled_on_every_day(drawn: Drawn | None) -> None:
    if drawn is not None:
        book = Rulebook(HAMLET, drawn.regime, LAW, date(2014, 1, 1), 5 * 365)
        for day in (0, *book.turns):
            book.tables(day)
