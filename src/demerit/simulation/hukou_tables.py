"""Compile hukou: whose applications succeed, and with what points newcomers begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demerit.catalogue.complaining import NEWCOMER
from demerit.catalogue.letters import THIN_FILE
from demerit.catalogue.words import CITIZEN, FIFTHS, HUKOU, RESIDENCE
from demerit.engine.ids import make_id
from demerit.engine.messages import MESSAGE_DTYPE
from demerit.simulation.first_jobs import BEFORE
from demerit.simulation.layout import Layout
from demerit.simulation.sanction_tables import system_of
from demerit.simulation.scales import Q16, chance_q32, thousandths

if TYPE_CHECKING:
    from demerit.regime.types import RegimeFile
    from demerit.society.people import Population
    from demerit.society.types import SocietyFile

FIRST_NEWCOMER = HUKOU.index("migrant_urban")
"""First of the kinds of hukou of people who are not registered where they live."""
_SEQUENCE = 1


def fill_hukou(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill in whose applications succeed, and what newcomers begin with."""
    rules["hukou_system"] = -1
    hukou = regime.hukou
    if hukou is None or not hukou.enabled:
        return
    rules["hukou"] = 1
    rules["hukou_converts"] = chance_q32(float(hukou.converts))
    if regime.score is not None:
        rules["thin_file"] = thousandths(float(hukou.thin_file))
    system = None if hukou.reads is None else system_of(hukou.reads, CITIZEN, layout)
    if system is not None and hukou.below is not None:
        rules["hukou_system"] = system
        rules["hukou_below"] = round(float(hukou.below))


def fill_newcomers(people: np.void, society: SocietyFile) -> None:
    """Fill in to whom the situation arises, and what a refusal costs."""
    who = society.demography
    people["arises"][RESIDENCE] = NEWCOMER
    share = float(who.hukou_migrant_urban) + float(who.hukou_migrant_rural)
    people["arises_share"][RESIDENCE] = round(share * Q16)
    people["residence_cost"] = round(float(society.access.residence_cost_days) * Q16)


def thin_files(population: Population, rules: np.void) -> np.ndarray[Any, Any]:
    """Return the messages by which adults who have moved here begin with fewer points."""
    points = int(rules["thin_file"])
    hukou = population.traits["cell"] // len(FIFTHS) % len(HUKOU)
    adult = population.traits["flags"] & 1 == 1
    who = np.flatnonzero(adult & (hukou >= FIRST_NEWCOMER)) if points != 0 else np.zeros(0, np.int64)
    letters = np.zeros(len(who), MESSAGE_DTYPE)
    letters["target"], letters["kind"], letters["points"] = who, THIN_FILE, points
    for letter, person in zip(letters, who, strict=True):
        letter["name"] = letter["cause"] = make_id(0, int(person), BEFORE, _SEQUENCE)
    return letters
