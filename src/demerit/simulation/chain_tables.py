"""Compile chains: which rules pass on records of each kind and register, and along which relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demerit.catalogue.rules import CHAINS_EACH
from demerit.catalogue.words import (
    AGENCY_KINDS,
    CHAINS_LIMIT,
    LINKS,
    PROVINCE_AGENCY,
    SCOLDERS,
    SUBJECTS,
)
from demerit.errors import UsageError
from demerit.simulation.layout import Layout
from demerit.simulation.scales import thousandths

if TYPE_CHECKING:
    from demerit.regime.sharing_types import Chain
    from demerit.regime.types import RegimeFile


def fill_chains(rules: np.void, regime: RegimeFile, layout: Layout) -> None:
    """Fill the chains and who scolds.

    Raises:
        UsageError: more chains than a run can hold, or one along a relation that nobody has.
    """
    for index, scolder in enumerate(SCOLDERS):
        rules["scolds"][index] = int(getattr(regime.scolding, scolder))
    known = layout.numbers.chains
    if len(known) > CHAINS_LIMIT:
        raise UsageError(f"a regime can have {CHAINS_LIMIT} chains at most, not {len(known)}")
    authorities = {register.id: register.authority for register in regime.registers}
    for chain in regime.chains:
        number = known.index(chain.id)
        into = chain.into or chain.register_id
        if chain.register_id not in layout.registers or into not in layout.registers:
            continue
        register, kind = layout.registers.index(chain.register_id), SUBJECTS.index(chain.from_)
        place = int(rules["chains"][kind, register])
        if place == CHAINS_EACH:
            raise UsageError(
                f"register '{chain.register_id}' of a {chain.from_} can have {CHAINS_EACH} chains at most"
            )
        rules["chains"][kind, register] = place + 1
        rules["chain_rule"][kind, register, place] = number
        rules["chain_link"][number] = link_of(chain, authorities.get(into, ""))
        rules["chain_into"][number] = layout.registers.index(into)
        rules["chain_share"][number] = thousandths(float(chain.fraction))
        rules["chain_depth"][number] = chain.depth
        rules["chain_below"][number] = -1 if chain.below is None else round(float(chain.below))
        rules["chain_violations"][number] = _violations(chain)


def _violations(chain: Chain) -> int:
    """Return from how many violations of its source a chain acts; of a company, percent of the fleet."""
    if chain.fleet_share is not None:
        return int(100 * float(chain.fleet_share)) + 1
    return chain.violations or 0


def link_of(chain: Chain, authority: str) -> int:
    """Return the relation along which a chain passes records on.

    Args:
        chain: the rule.
        authority: authority of the register it enters, which tells the agencies of a province apart.

    Raises:
        UsageError: there is no such relation, or more than one and the chain does not say which.
    """
    found = [
        place
        for place, (start, end, by) in enumerate(LINKS)
        if (start, end) == (chain.from_, chain.to) and chain.by in (None, by)
    ]
    if len(found) != 1:
        ways = [f"{start} to {end} by {by}" for start, end, by in LINKS]
        raise UsageError(
            f"chain '{chain.id}' passes on from {chain.from_} to {chain.to} by {chain.by or 'any relation'}; "
            f"a chain runs from {', '.join(ways)}"
        )
    if found[0] == PROVINCE_AGENCY and authority in AGENCY_KINDS:
        return PROVINCE_AGENCY + AGENCY_KINDS.index(authority)
    return found[0]
