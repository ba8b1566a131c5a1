"""The ledger's columns in words: which rule, register, label and subject a row's codes stand for."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from demerit.catalogue.entries import ENTRY_KINDS, NO_REGISTER
from demerit.catalogue.words import INDEX_MASK, LABELS, MOTIVES, SCOLDERS, SUBJECT_SHIFT, SUBJECTS
from demerit.engine.ledger_columns import LedgerColumn
from demerit.regime import Regime
from demerit.simulation.regime_tables import register_order

Rows = np.ndarray[Any, Any]


def rule_words(regime: Regime) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Return the ids of all rules that rows point to, and where the ids for each kind of entry begin."""
    data = regime.data
    lists = {
        "conduct": [conduct.id for conduct in data.conducts],
        "chain": [chain.id for chain in data.chains],
        "transfer": [transfer.id for transfer in data.transfers],
        "scolder": list(SCOLDERS),
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
        LedgerColumn.stored("cause"),
        LedgerColumn.dated("date", start),
        LedgerColumn.coded("what", [kind.name for kind in ENTRY_KINDS]),
        LedgerColumn("kind", lambda rows: (rows["subject"] >> SUBJECT_SHIFT).astype(np.uint8), SUBJECTS),
        LedgerColumn("subject", lambda rows: rows["subject"] & INDEX_MASK),
        LedgerColumn("rule", lambda rows: begins[rows["what"]] + rows["rule"], tuple(words)),
        LedgerColumn("points", lambda rows: rows["points"] / 1000.0),
        LedgerColumn("amount_cny", lambda rows: rows["amount"] / 100.0),
        LedgerColumn.coded("label", LABELS),
        LedgerColumn.coded("motive", MOTIVES),
        LedgerColumn.stored("depth"),
    ]
    if registers:
        columns.insert(7, LedgerColumn.coded("register", registers, none=NO_REGISTER))
    return columns
