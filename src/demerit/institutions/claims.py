"""Complaints of people who claim to have been hit: who has to prove what, and what a recording is worth.

P(award | no camera)  = burden                P(record | no camera) = burden
P(award | camera)     = (1 - clears) burden   P(record | camera)    = clears sticks + (1 - clears) burden
"""

from __future__ import annotations

import numpy as np

from demerit.catalogue.complaining import AWARDED, CLEARED, FOUND_OUT, RECORDED
from demerit.catalogue.pointers import Rules
from demerit.engine.fixed import times_q32
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel

_ONE = 1 << 32


@kernel(i8(Rules, i8))
def award_chance(rules: np.void, camera: int) -> int:
    """Return the chance (Q16) that the driver is made to pay."""
    chance = i64(rules["proof_burden"])
    if camera == 1:
        chance = times_q32(chance, _ONE - rules["clears"])
    return chance >> 16


@kernel(i8(Rules, i8))
def record_chance(rules: np.void, camera: int) -> int:
    """Return the chance (Q16) that the complaint enters a record of the driver."""
    chance = award_chance(rules, camera)
    if camera == 1:
        chance += times_q32(rules["clears"], rules["sticks"]) >> 16
    return chance


@kernel(i8(Rules, i8, i8, i8, i8))
def judge_claim(rules: np.void, camera: int, clearing: int, proof: int, finding: int) -> int:
    """Return what an office makes of a claim, as a sum of RECORDED, AWARDED, CLEARED and FOUND_OUT.

    Args:
        camera: 1 if the driver has a recording.
        clearing: 32-bit draw held against what a recording clears.
        proof: 32-bit draw held against the burden of proof, or against what sticks all the same.
        finding: 32-bit draw held against the chance that the fake victim is found out.
    """
    if camera == 1 and clearing < rules["clears"]:
        found = FOUND_OUT if finding < rules["stager_found"] else 0
        return CLEARED + found + (RECORDED if proof < rules["sticks"] else 0)
    return RECORDED + AWARDED if proof < rules["proof_burden"] else 0
