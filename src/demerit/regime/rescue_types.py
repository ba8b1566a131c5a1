"""The section of a regime about helpers: when they are liable for the injury of whom they have helped."""

from __future__ import annotations

from demerit.files.number import Money, Probability, Share
from demerit.files.table import Sources, Table


class Rescue(Table):
    """Liability of people who help an injured stranger and are blamed for the injury [B42].

    Without evidence of who did what they are held liable with `presumption`, and pay `award`; evidence, their
    own or of a public camera in a share `cameras` of places, takes a share `evidence_clears` of that away. A
    claim that fails is found to be false with `found_out` and fined. A `good_samaritan` rule frees helpers
    from liability [B45].
    """

    presumption: Probability
    award: Money
    evidence_clears: Share
    cameras: Share
    found_out: Probability
    false_claim_fine: Money
    good_samaritan: bool = False
    references: Sources = ()
