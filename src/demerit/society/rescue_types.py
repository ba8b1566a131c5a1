"""The section of a society file about injured strangers: what passers-by do, and who blames a helper."""

from __future__ import annotations

from typing import Annotated

from demerit.files.number import Chance, Number, Quantity, Share
from demerit.files.table import Table

Minutes = Annotated[Number, Quantity("minutes", 0, 10_000)]
Null = Annotated[Number, Quantity("probability/event", 0.001, 0.9)]


class Rescue(Table):
    """What people do who meet an injured stranger [B40, M43], and what the injured make of it [B65].

    `at_once`, `with_proof` and `call` are the chances under ordinary law; their costs are solved from them.
    The situation's `harm` is what help averts; a call averts `call_share` of it. `feared_claim` is the chance
    of being blamed as people see it at first; `claims` is the share of helped people who blame the helper
    under ordinary law, with felt harm `claim_harm`. Passers-by come one after the other, at most
    `passers_by`; a share `grave` may die, half of it in `lethal_minutes`.
    With `bystanders` above nought so many are there at once, and each reckons with the others.
    """

    enabled: bool
    at_once: Null
    with_proof: Null
    call: Null
    noise_days: Annotated[Number, Quantity("days of income", 0.001, 100)]
    call_share: Share
    feared_claim: Chance
    claims: Annotated[Number, Quantity("probability/event", 1e-5, 0.5)]
    claim_harm: Annotated[Number, Quantity("1", 0, 1)]
    passers_by: Annotated[Number, Quantity("people", 1, 60)]
    passer_minutes: Minutes
    proof_minutes: Minutes
    call_minutes: Minutes
    grave: Share
    lethal_minutes: Annotated[Number, Quantity("minutes", 1, 100_000)]
    bystanders: Annotated[Number, Quantity("people", 0, 8)]
