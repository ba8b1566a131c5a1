"""Indicators as tables: every number with its definition, unit and, over several seeds, its interval."""

from __future__ import annotations

from collections.abc import Sequence

from demerit.measures.indicators import BY_NAME
from demerit.report.impact.blocks import Cell, Shown, Table
from demerit.report.impact.material import Estimate, Material
from demerit.report.words import number, signed, to_error
from demerit.study.paired import CONFIDENCE

INTERVAL = f"{CONFIDENCE:.0%} interval"
INTERVALS = (
    f"Means stand with ± half their {INTERVAL} (Student, over seeds); differences with both ends of theirs, "
    "paired seed by seed on the same people."
)
ONE_SEED = "One seed: a number without an interval, and no finding yet."


def unit_of(indicator: str) -> str:
    """Return the unit of an indicator as people read it."""
    unit = BY_NAME[indicator].unit
    return "number without unit" if unit == "1" else unit


def group_name(by: str, group: str) -> str:
    """Return what a group is called.

    >>> group_name("stratum", "civil_servant"), group_name("composed as in life", "all")
    ('stratum: civil servant', 'everybody, composed as in life')
    """
    if by == "all":
        return "everybody"
    return f"everybody, {by}" if group == "all" else f"{by}: {group.replace('_', ' ')}"


def people(count: float) -> str:
    """Return a number of people, whole or a mean over seeds.

    >>> people(1234.0), people(2.333)
    ('1,234', '2.3')
    """
    return f"{count:,.0f}" if count.is_integer() else f"{count:,.1f}"


def shown_number(found: Estimate, of: str, *, sign: bool = False) -> Shown:
    """Return a mean or a difference to the digits that its standard error leaves."""
    if found.value is None:
        return Shown("–", None, of)
    if found.error:
        return Shown(to_error(found.value, found.error, sign=sign), found.value, of)
    return Shown(signed(found.value) if sign else number(found.value), found.value, of)


def mean_cell(found: Estimate, of: str, kind: str = "mean") -> Cell:
    """Return a mean over seeds, with ± half its interval where there are several."""
    mean = shown_number(found, f"{kind} {of}")
    if found.value is None or found.high is None or found.error is None:
        return Cell(numbers=(mean,))
    half = found.high - found.value
    return Cell(numbers=(mean, Shown(to_error(half, found.error), half, f"half-{kind} {of}")), between="±")


def interval_cell(found: Estimate, of: str, *, sign: bool = False) -> Cell:
    """Return the ends of an interval; a dash where there is none."""
    if found.low is None or found.high is None or found.error is None:
        return Cell("–")
    low, high = (to_error(end, found.error, sign=sign) for end in (found.low, found.high))
    return Cell(
        numbers=(Shown(low, found.low, f"low {of}"), Shown(high, found.high, f"high {of}")), between="to"
    )


def indicator_table(about: Material, caption: str, indicators: Sequence[str]) -> Table:
    """Return indicators of everybody: the assessed world, its measure, the difference and its interval."""
    return Table(
        caption,
        ("what is measured", "unit", *_worlds_head(about)),
        tuple(
            (Cell(BY_NAME[name].definition, code=name), Cell(unit_of(name)), *cells(about, 0, name))
            for name in indicators
        ),
    )


def group_table(about: Material, indicator: str) -> Table:
    """Return one indicator by group: stratum, household registration and fifth of income."""
    rows = []
    for place, (by, group) in enumerate(about.groups):
        adults = about.adults[place]
        if not adults:
            continue
        count = Shown(people(adults), adults, f"adults {about.name} {by}:{group}")
        rows.append((Cell(group_name(by, group)), Cell(numbers=(count,)), *cells(about, place, indicator)))
    definition = BY_NAME[indicator].definition
    return Table(
        f"By group: {definition} Unit: {unit_of(indicator)}.",
        ("group", "adults on the last day", *_worlds_head(about)),
        tuple(rows),
    )


def cells(about: Material, group: int, indicator: str) -> list[Cell]:
    """Return the numbers of a row, as `_worlds_head` names them."""
    where = f"{':'.join(about.groups[group])} {indicator}"
    worlds = [about.assessed] + ([] if about.measure is None else [about.measure])
    found = [
        mean_cell(about.mean(world, group, indicator), f"{about.names[world]} {where}") for world in worlds
    ]
    if about.measure is None:
        return found
    difference = about.difference(about.assessed, about.measure, group, indicator)
    of = f"{about.name} {where}"
    found.append(Cell(numbers=(shown_number(difference, f"difference {of}", sign=True),)))
    if about.several:
        found.append(interval_cell(difference, of, sign=True))
    return found


def _worlds_head(about: Material) -> tuple[str, ...]:
    if about.measure is None:
        return (about.name,)
    head = (about.name, about.against, f"{about.name} less {about.against}")
    return (*head, f"{INTERVAL} of the difference") if about.several else head
