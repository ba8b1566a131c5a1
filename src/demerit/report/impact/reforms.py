"""Reforms compared: what other regimes of the same folder change in the rules and in what happens."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.files.difference import differences
from demerit.files.saying import moved
from demerit.measures.indicators import BY_NAME
from demerit.regime.direction import direction
from demerit.report.headlines import HEADLINES
from demerit.report.impact.blocks import Block, Cell, Heading, Section, Table, Words, words_table
from demerit.report.impact.material import Material
from demerit.report.impact.measured import INTERVAL, interval_cell, mean_cell, shown_number, unit_of
from demerit.report.words import counted

_MOST = 60
"""Changed rules that are listed; more are counted."""


def reforms(about: Material) -> Section:
    """Return every further world of the folder, set against the assessed one."""
    others = [place for place in range(len(about.names)) if place not in (about.assessed, about.measure)]
    if not others:
        none = (
            "This folder holds no regime besides the assessed one"
            + (f" and {about.against}, its measure" if about.measure is not None else "")
            + ". To compare reforms, name them after it: demerit compare MEASURE REGIME REFORM --seeds 5"
        )
        return Section("reforms", "Reforms compared", (Words(none),))
    blocks = [block for other in others for block in _reform(about, other)]
    return Section("reforms", "Reforms compared", tuple(blocks))


def _reform(about: Material, other: int) -> Iterator[Block]:
    name, regime = about.names[other], about.regimes[other]
    found = [
        one
        for one in differences(about.regime.canonical(), regime.canonical())
        if one.sort in ("added", "removed", "changed") and one.names[0] != "regime"
    ]
    yield Heading(f"{name}: {regime.data.regime.title}")
    summary = regime.data.regime.summary.rstrip(".")
    told = f"It changes {counted(len(found), 'rule', 'rules')} of {about.name}."
    yield Words(f"{summary}. {told}" if summary else told)
    if found:
        more = f"; {len(found) - _MOST} more are not listed" if len(found) > _MOST else ""
        yield words_table(
            f"What {name} changes in the rules of {about.name}{more}.",
            ("rule", "change"),
            [(one.at, moved(one, direction)) for one in found[:_MOST]],
        )
    yield _outcomes(about, other)


def _outcomes(about: Material, other: int) -> Table:
    rows = []
    for indicator, _, _ in HEADLINES:
        of = f"{about.names[other]}-{about.name} all:all {indicator}"
        difference = about.difference(other, about.assessed, 0, indicator)
        means = [
            mean_cell(about.mean(place, 0, indicator), f"{about.names[place]} all:all {indicator}")
            for place in (other, about.assessed)
        ]
        cells = [
            Cell(BY_NAME[indicator].definition, code=indicator),
            Cell(unit_of(indicator)),
            *means,
            Cell(numbers=(shown_number(difference, f"difference {of}", sign=True),)),
        ]
        if about.several:
            cells.append(interval_cell(difference, of, sign=True))
        rows.append(tuple(cells))
    name = about.names[other]
    interval = (f"{INTERVAL} of the difference",) if about.several else ()
    head = ("what is measured", "unit", name, about.name, f"{name} less {about.name}", *interval)
    return Table(f"What comes of {name} beside {about.name}, everybody together.", head, tuple(rows))
