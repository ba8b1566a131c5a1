"""Compile a regime to the numeric tables that kernels read: rules as data become one record of integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.columns import NEVER
from demerit.catalogue.rules import LICENCE_TABLE, RULES_DTYPE
from demerit.catalogue.words import FAMILY_OF_KIND, SCOLDERS
from demerit.errors import UsageError
from demerit.simulation.burden import fill_burdens
from demerit.simulation.conduct_tables import fill_body_points, fill_conduct, fill_felt, moves
from demerit.simulation.layout import Layout, layout_of
from demerit.simulation.sanction_tables import fill_look, fill_sanctions
from demerit.simulation.scales import Q16, thousandths
from demerit.simulation.seeing_tables import compile_seeing
from demerit.simulation.sharing_tables import fill_scales, fill_transfers

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile


def compile_regime(regime: RegimeFile, society: SocietyFile, layout: Layout | None = None) -> np.void:
    """Compile a regime, with registers and platforms in the given layout (the regime's own by default).

    Args:
        regime: typed regime.
        society: typed society, for the horizon, the blur and the wish behind anticipation.
        layout: places of registers and platforms; the null regime is compiled in the layout of the regime
            under test, so that both read the same accounts. What is not in the layout is left out.

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
    _chains(rules, regime, layout)
    _licence(rules, regime, society)
    fill_sanctions(rules, regime, layout)
    fill_look(rules, regime, layout)
    fill_burdens(rules, society, moved)
    fill_body_points(rules)
    fill_felt(rules, moved)
    compile_seeing(rules, regime)
    _frame(rules)
    return rules


def _courts(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    rules["road_register"] = -1
    rules["court_register"] = -1
    for register in regime.registers:
        if "vehicle" in register.covers and register.id in layout.registers:
            rules["road_register"] = layout.registers.index(register.id)
    prosecution = regime.prosecution
    if prosecution is not None:
        if prosecution.register_id in layout.registers:
            rules["court_register"] = layout.registers.index(prosecution.register_id)
        rules["court_delay"] = round(float(prosecution.delay_days))
        rules["court_points"] = thousandths(float(prosecution.points))
        rules["court_fine_fen"] = round(float(prosecution.fine) * 100)


def _chains(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    rules["depth"] = 1
    for chain in regime.chains:
        number = layout.numbers.chains.index(chain.id)
        link = "to_vehicle" if chain.to == "vehicle" else "to_company"
        if layout.registers.index(chain.register_id) != rules["road_register"]:
            raise UsageError(
                f"chain '{chain.id}' enters register '{chain.register_id}', which vehicles and companies are "
                "not kept in; name a register whose covers include 'vehicle'"
            )
        rules[link] = number + 1
        rules[f"{link}_share"] = thousandths(float(chain.fraction))
        if link == "to_company":
            rules["depth"] = chain.depth
    for index, scolder in enumerate(SCOLDERS):
        rules["scolds"][index] = int(getattr(regime.scolding, scolder))


def _licence(rules: np.void, regime: RegimeFile, society: SocietyFile) -> None:
    licence = regime.licence
    if licence is None:
        rules["licence_cycle"] = 365
        return
    limit = round(float(licence.limit))
    rules["licence_limit"] = limit
    rules["licence_cycle"] = round(float(licence.cycle_days))
    rules["study_days"] = round(float(licence.study_days))
    rules["study_cost"] = round(float(licence.study_cost_days) * Q16)
    typical = [
        float(conduct.licence_points) for conduct in regime.conducts if float(conduct.licence_points) > 0
    ]
    width = round(float(society.choice.blur) * float(np.median(typical))) if typical else 0
    for points in range(LICENCE_TABLE):
        near = [limit <= points + shift for shift in range(-width, width + 1)]
        rules["licence_loss"][points] = round(sum(near) / len(near) * float(licence.study_cost_days) * Q16)


def _frame(rules: np.void) -> None:
    rules["frame_until"] = NEVER
    for kind, family in enumerate(FAMILY_OF_KIND):
        if rules["composite_points"][kind] != 0:
            rules["frame"][family] = 1
