"""Compile a regime to the numeric tables that kernels read: rules as data become one record of integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.columns import NEVER
from demerit.catalogue.rules import RULES_DTYPE
from demerit.catalogue.words import FAMILY_OF_KIND
from demerit.simulation.appeal_tables import compile_appeals
from demerit.simulation.burden import fill_burdens
from demerit.simulation.chain_tables import fill_chains
from demerit.simulation.complaint_tables import compile_complaints
from demerit.simulation.conduct_tables import fill_body_points, fill_conduct, fill_felt, moves
from demerit.simulation.further_losses import fill_further_losses
from demerit.simulation.gaming_tables import fill_gaming
from demerit.simulation.hukou_tables import fill_hukou
from demerit.simulation.layout import Layout, layout_of
from demerit.simulation.liability_tables import fill_liability
from demerit.simulation.licence_tables import fill_licence
from demerit.simulation.list_tables import fill_lists
from demerit.simulation.power_tables import compile_power
from demerit.simulation.sanction_tables import fill_look, fill_sanctions
from demerit.simulation.scales import thousandths
from demerit.simulation.screen_tables import fill_friend_loss, fill_screens
from demerit.simulation.seeing_tables import compile_seeing
from demerit.simulation.service_tables import compile_passports, compile_service
from demerit.simulation.serving_tables import compile_serving
from demerit.simulation.sharing_tables import fill_scales, fill_transfers
from demerit.simulation.staging_tables import compile_staging

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile

WEDNESDAY = 2
"""Weekday of 1 January 2014, where runs begin unless they are told otherwise."""


def compile_regime(
    regime: RegimeFile, society: SocietyFile, layout: Layout | None = None, weekday: int = WEDNESDAY
) -> np.void:
    """Compile a regime, with registers and platforms in the given layout (the regime's own by default).

    Args:
        regime: typed regime.
        society: typed society, for the horizon, the blur and the wish behind anticipation.
        layout: places of registers and platforms; the null regime is compiled in the layout of the regime
            under test, so that both read the same accounts. What is not in the layout is left out.
        weekday: weekday of the first day, Monday 0, for clocks that count working days.

    Returns:
        One record of ``RULES_DTYPE``.

    Raises:
        UsageError: the regime has more registers, platforms, transfers or sanctions than a run can hold, or a
            sanction or reward that applies to somebody with a clean record.
    """
    layout = layout_of(regime) if layout is None else layout
    rules: np.void = np.zeros(1, RULES_DTYPE)[0]
    fill_scales(rules, regime, layout)
    fill_transfers(rules, regime, layout)
    _courts(rules, regime, layout)
    fill_conduct(rules, regime, layout)
    moved = moves(rules)
    fill_chains(rules, regime, layout)
    fill_licence(rules, regime, society)
    fill_lists(rules, regime, layout)
    rules["weekday"] = weekday
    fill_sanctions(rules, regime, layout)
    fill_look(rules, regime, layout)
    fill_screens(rules, regime, society)
    fill_body_points(rules)
    compile_serving(rules, society)
    fill_burdens(rules, society, moved)
    fill_further_losses(rules, society)
    fill_friend_loss(rules, society)
    fill_felt(rules, moved)
    compile_seeing(rules, regime)
    compile_complaints(rules, regime, society)
    compile_staging(rules, regime, society)
    compile_power(rules, regime, society)
    compile_service(rules, regime, society)
    compile_passports(rules, regime)
    compile_appeals(rules, regime, layout)
    fill_liability(rules, regime)
    fill_gaming(rules, regime, layout)
    fill_hukou(rules, regime, layout)
    _frame(rules)
    return rules


def _courts(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    rules["court_register"] = -1
    prosecution = regime.prosecution
    if prosecution is not None:
        if prosecution.register_id in layout.registers:
            rules["court_register"] = layout.registers.index(prosecution.register_id)
        rules["court_delay"] = round(float(prosecution.delay_days))
        rules["court_points"] = thousandths(float(prosecution.points))
        rules["court_fine_fen"] = round(float(prosecution.fine) * 100)


def _frame(rules: np.void) -> None:
    rules["frame_until"] = NEVER
    for kind, family in enumerate(FAMILY_OF_KIND):
        if rules["composite_points"][kind] != 0:
            rules["frame"][family] = 1
