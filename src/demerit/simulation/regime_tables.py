"""Compile a regime to the numeric tables that kernels read: rules as data become one record of integers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.rules import LICENCE_TABLE, RULES_DTYPE
from demerit.catalogue.words import KINDS, REGISTERS_LIMIT, SANCTIONS_LIMIT, SCOLDERS, SERVICES
from demerit.errors import UsageError
from demerit.simulation.burden import fill_burdens
from demerit.simulation.seeing_tables import compile_seeing

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.society.types import SocietyFile

Q16, Q32 = 1 << 16, 1 << 32
FAMILY_OF_KIND = tuple({"road": 0, "money": 1, "nb": 2}[kind.split(".")[0]] for kind in KINDS)
"""Family of each situation kind, by the first word of its id."""


def thousandths(points: float) -> int:
    """Return points as integer thousandths."""
    return round(points * 1000)


def chance_q32(probability: float) -> int:
    """Return a probability on the scale of a draw."""
    return round(probability * Q32)


def register_order(regime: RegimeFile) -> list[str]:
    """Return the ids of the regime's registers, in the order of their columns."""
    return [register.id for register in regime.registers]


def compile_regime(regime: RegimeFile, society: SocietyFile, order: list[str] | None = None) -> np.void:
    """Compile a regime, with registers in the given order (the regime's own by default).

    Args:
        regime: typed regime.
        society: typed society, for the horizon, the blur and the wish behind anticipation.
        order: register ids; the null regime is compiled in the order of the regime under test, so that both
            read the same columns. Registers that are not in the order are left out.

    Returns:
        One record of ``RULES_DTYPE``.

    Raises:
        UsageError: the regime has more registers or sanctions than a run can hold, or a sanction or reward
            that applies to somebody with a clean record.
    """
    order = register_order(regime) if order is None else order
    if len(order) > REGISTERS_LIMIT:
        raise UsageError(
            f"a regime can keep at most {REGISTERS_LIMIT} registers; {regime.regime.id} has {len(order)}"
        )
    if len(regime.sanctions) + len(regime.rewards) > SANCTIONS_LIMIT:
        raise UsageError(f"a regime can have at most {SANCTIONS_LIMIT} sanctions and rewards together")
    rules: np.void = np.zeros(1, RULES_DTYPE)[0]
    place = {name: index for index, name in enumerate(order)}
    _registers(rules, regime, place)
    _exchange(rules, regime, place)
    _conduct(rules, regime, place)
    _chains(rules, regime, place)
    _licence(rules, regime, society)
    _sanctions(rules, regime, place)
    compile_seeing(rules, regime)
    _frame(rules)
    fill_burdens(rules, society)
    return rules


def _scale(rules: np.void, system: int, base: float, floor: float, ceiling: float) -> None:
    rules["base"][system] = round(base)
    rules["floor"][system] = thousandths(floor - base)
    rules["ceiling"][system] = thousandths(ceiling - base)


def _registers(rules: np.void, regime: RegimeFile, place: dict[str, int]) -> None:
    rules["registers"] = len(place)
    rules["road_register"] = -1
    rules["court_register"] = -1
    for register in regime.registers:
        if register.id not in place:
            continue
        index = place[register.id]
        _scale(rules, index + 1, float(register.base), float(register.floor), float(register.ceiling))
        rules["half_life"][index] = round(float(register.half_life_days))
        if "vehicle" in register.covers:
            rules["road_register"] = index
    prosecution = regime.prosecution
    if prosecution is not None:
        rules["court_register"] = place.get(prosecution.register_id, -1)
        rules["court_delay"] = round(float(prosecution.delay_days))
        rules["court_points"] = thousandths(float(prosecution.points))
        rules["court_fine_fen"] = round(float(prosecution.fine) * 100)


def _exchange(rules: np.void, regime: RegimeFile, place: dict[str, int]) -> None:
    score = regime.score
    if score is None:
        return
    _scale(rules, 0, float(score.base), float(score.floor), float(score.ceiling))
    rules["composite_half_life"] = round(float(score.half_life_days))
    span = float(score.ceiling) - float(score.floor)
    ranges = {register.id: float(register.ceiling) - float(register.floor) for register in regime.registers}
    for number, transfer in enumerate(regime.transfers):
        index = place[transfer.from_]
        rules["transfer"][index] = number + 1
        rules["transfer_loss"][index] = chance_q32(float(transfer.loss))
        rules["transfer_delay"][index] = geometric_delays(float(transfer.delay_days))
        weight = float(score.weights[transfer.from_]) if transfer.from_ in score.weights else 0.0
        rules["weight"][index] = round(weight * span / ranges[transfer.from_] * Q16)
    for number, band in enumerate(sorted(regime.bands, key=lambda band: -float(band.from_))):
        rules["band_from"][number] = round(float(band.from_))
    rules["bands"] = len(regime.bands)
    company = regime.company
    if company is not None:
        rules["company_half_life"] = round(float(company.half_life_days))
        rules["company_floor"] = thousandths(float(company.floor) - float(company.base))
        rules["company_ceiling"] = thousandths(float(company.ceiling) - float(company.base))


def geometric_delays(mean: float) -> np.ndarray[Any, Any]:
    """Return a geometric delay of the given mean at 256 equally likely levels, days, at least 1.

    >>> int(geometric_delays(1.0).max())
    1
    """
    if mean <= 1.0:
        return np.ones(256, np.int64)
    failing = math.log1p(-1.0 / mean)
    levels = (np.arange(256) + 0.5) / 256
    # the thousandth keeps the rounding away from whole days, where two mathematics libraries could differ
    return np.asarray([1 + math.floor(math.log1p(-level) / failing + 1e-9) for level in levels], np.int64)


def _conduct(rules: np.void, regime: RegimeFile, place: dict[str, int]) -> None:
    for number, conduct in enumerate(regime.conducts):
        kind = KINDS.index(conduct.answers)
        rules["conduct"][kind] = number + 1
        rules["coverage"][kind] = chance_q32(float(conduct.coverage))
        rules["fine_fen"][kind] = round(float(conduct.fine) * 100)
        rules["licence_points"][kind] = round(float(conduct.licence_points))
        rules["prosecute"][kind] = chance_q32(float(conduct.prosecute)) if regime.prosecution else 0
        for register, points in conduct.points.items():
            if register in place:
                rules["points"][kind, place[register]] = thousandths(float(points))
        total = 0
        for index in range(len(place)):
            if rules["transfer"][index]:
                entered = int(rules["points"][kind, index])
                size = (abs(entered) * int(rules["weight"][index])) >> 16
                total += size if entered >= 0 else -size
        rules["composite_points"][kind] = total


def _chains(rules: np.void, regime: RegimeFile, place: dict[str, int]) -> None:
    rules["depth"] = 1
    for number, chain in enumerate(regime.chains):
        link = "to_vehicle" if chain.to == "vehicle" else "to_company"
        if place.get(chain.register_id, -1) != rules["road_register"]:
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


def _sanctions(rules: np.void, regime: RegimeFile, place: dict[str, int]) -> None:
    rules["sanctions"] = len(regime.sanctions) + len(regime.rewards)
    platforms = {platform.id for platform in regime.platforms}
    reading = [rule.reads for rule in regime.sanctions] + [rule.reads for rule in regime.rewards]
    for number, reads in enumerate(reading):
        if reads not in platforms and reads not in place:
            # a null regime compiled in the order of a regime that does not keep this register
            rules["sanction_reads"][number] = 0
            rules["sanction_below"][number] = -1
            rules["sanction_above"][number] = -1
            continue
        rules["sanction_reads"][number] = 0 if reads in platforms else 1 + place[reads]
        rules["sanction_above"][number] = -1
        if number < len(regime.sanctions):
            sanction = regime.sanctions[number]
            rules["sanction_below"][number] = round(float(sanction.below))
            rules["sanction_wage"][number] = round(float(sanction.wage_loss) * 32768)
            rules["sanction_refuses"][number] = sum(1 << SERVICES.index(name) for name in sanction.refuses)
            _spare_the_clean(rules, number, f"sanction '{sanction.id}'")
        else:
            reward = regime.rewards[number - len(regime.sanctions)]
            rules["sanction_above"][number] = round(float(reward.above))
            rules["sanction_wage"][number] = -round(float(reward.benefit) * 32768)
            _spare_the_clean(rules, number, f"reward '{reward.id}'")


def _spare_the_clean(rules: np.void, number: int, name: str) -> None:
    """Refuse a rule that a clean record meets: everybody begins a run with one, and under no such rule."""
    base = int(rules["base"][int(rules["sanction_reads"][number])])
    above, below = int(rules["sanction_above"][number]), int(rules["sanction_below"][number])
    place = f"{name} applies to a clean record, which stands at {base}"
    if above >= 0 and base >= above:
        raise UsageError(f"{place}: above = {above}; set it to more than {base}")
    if above < 0 and base < below:
        raise UsageError(f"{place}: below = {below}; set it to at most {base}")


def _frame(rules: np.void) -> None:
    for kind, family in enumerate(FAMILY_OF_KIND):
        if rules["composite_points"][kind] != 0:
            rules["frame"][family] = 1
