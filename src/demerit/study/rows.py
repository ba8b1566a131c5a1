"""The ledger's columns in words: which rule, register, label and subject a row's codes stand for."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from demerit.catalogue.entries import ENTRY_KINDS, NO_REGISTER
from demerit.catalogue.words import KINDS, LABELS, MOTIVES, SCOLDERS, SUBJECT_SHIFT, SUBJECTS
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.ledger_columns import LedgerColumn
from demerit.regime import Regime
from demerit.simulation.layout import register_order

Rows = np.ndarray[Any, Any]


def rule_words(regime: Regime) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Return the ids of all rules that rows point to, and where the ids for each kind of entry begin."""
    data = regime.data
    lists = {
        "conduct": [conduct.id for conduct in data.conducts],
        "chain": [chain.id for chain in data.chains],
        "transfer": [transfer.id for transfer in data.transfers],
        "scolder": list(SCOLDERS),
        "situation": list(KINDS),
        "sanction": [sanction.id for sanction in data.sanctions] + [reward.id for reward in data.rewards],
    }
    words: list[str] = []
    begins: dict[str, int] = {}
    for name, ids in lists.items():
        begins[name] = len(words)
        words.extend(f"{name}:{identity}" for identity in ids)
    return words, np.array([begins[kind.rule] for kind in ENTRY_KINDS], np.int64)


def ledger_columns(regime: Regime, start: date) -> list[LedgerColumn]:
    """Return the columns of a world's ledger files."""
    words, begins = rule_words(regime)
    registers = register_order(regime.data)
    columns = [
        LedgerColumn.stored("id"),
        LedgerColumn.less("cause", "id"),
        LedgerColumn.dated("date", start),
        LedgerColumn.coded("what", [kind.name for kind in ENTRY_KINDS]),
        LedgerColumn.cut("kind", "id", SEQUENCE_BITS + SUBJECT_SHIFT, 32 - SUBJECT_SHIFT, SUBJECTS),
        LedgerColumn.cut("subject", "id", SEQUENCE_BITS, SUBJECT_SHIFT),
        LedgerColumn.formed(
            "rule", lambda rows: begins[rows["what"]] + rows["rule"], ("what", "rule"), words
        ),
        LedgerColumn.formed("points", lambda rows: rows["points"] / 1000.0, ("points",)),
        LedgerColumn.scaled("amount_cny", "amount", 100),
        LedgerColumn.coded("label", LABELS),
        LedgerColumn.coded("motive", MOTIVES),
        LedgerColumn.formed("depth", lambda rows: rows["depth"], ("depth",)),
    ]
    if registers:
        columns.insert(7, LedgerColumn.coded("register", registers, none=NO_REGISTER))
    return columns
