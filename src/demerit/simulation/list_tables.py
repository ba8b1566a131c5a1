"""Compile lists: terms, grace, clocks and thresholds by kind of subject, and what conduct leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.words import KINDS, LISTS, SUBJECTS
from demerit.errors import UsageError
from demerit.simulation.layout import Layout
from demerit.simulation.sanction_tables import system_of
from demerit.simulation.scales import chance_q32

if TYPE_CHECKING:
    from demerit.regime.list_types import ListRule
    from demerit.regime.types import RegimeFile


def fill_lists(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill the lists.

    Raises:
        UsageError: more lists of a kind of subject than an account can hold.
    """
    rules["list_reads"], rules["list_next"], rules["list_above"] = -1, -1, -1
    for kind, subject in enumerate(SUBJECTS):
        rules["lists"][kind] = len(layout.numbers.lists_of(subject))
        if rules["lists"][kind] > LISTS:
            raise UsageError(f"a {subject} can stand on {LISTS} lists at most, not {rules['lists'][kind]}")
    for one in regime.lists:
        kind, names = SUBJECTS.index(one.of), layout.numbers.lists_of(one.of)
        slot = names.index(one.id)
        rules["list_kept"][kind, slot] = 1
        rules["list_rule"][kind, slot] = [known.id for known in layout.numbers.lists].index(one.id)
        _clocks(rules, kind, slot, one)
        _threshold(rules, kind, slot, one, layout)
        if one.leads_to in names and one.leads_after_days is not None:
            rules["list_next"][kind, slot] = names.index(one.leads_to)
            rules["list_next_days"][kind, slot] = round(float(one.leads_after_days))
        rules["list_publishes"][kind, slot] = int(one.publishes)
        people = layout.numbers.lists_of("citizen")
        rules["list_bars"][kind, slot] = people.index(one.bars) + 1 if one.bars in people else 0
        for conduct in regime.conducts:
            if one.id in conduct.lists:
                # the place is that among the lists of whoever the situation meets
                rules["listing"][KINDS.index(conduct.answers), slot] = chance_q32(
                    float(conduct.lists[one.id])
                )


def _clocks(rules: np.void, kind: int, slot: int, one: ListRule) -> None:
    rules["list_term"][kind, slot] = 0 if one.term_days is None else round(float(one.term_days))
    rules["list_grace"][kind, slot] = round(float(one.grace_days))
    rules["list_grace_working"][kind, slot] = one.grace_working_days
    rules["list_removal"][kind, slot] = round(float(one.removal_days)) if one.performance else -1
    rules["list_removal_working"][kind, slot] = one.removal_working_days


def _threshold(rules: np.void, kind: int, slot: int, one: ListRule, layout: Layout) -> None:
    system = None if one.reads is None else system_of(one.reads, kind, layout)
    if system is not None:
        rules["list_reads"][kind, slot] = system
        rules["list_below"][kind, slot] = 0 if one.below is None else round(float(one.below))
        rules["list_above"][kind, slot] = -1 if one.above is None else round(float(one.above))
