"""The ledger's columns in words: which rule, register, label and subject a row's codes stand for."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from demerit.catalogue.colliding import DEATHS, RESPONSES, SEVERITIES
from demerit.catalogue.entries import ENTRY_KINDS, NO_REGISTER
from demerit.catalogue.rescuing import HELPS
from demerit.catalogue.serving import ANSWERS, GRADES, OUTCOMES, RELATIVES
from demerit.catalogue.showing import DEALS, SHOWN_FOR
from demerit.catalogue.words import (
    JOB_LOSSES,
    KINDS,
    LABELS,
    MILESTONES,
    MOTIVES,
    SCOLDERS,
    SERVICES,
    SUBJECT_SHIFT,
    SUBJECTS,
)
from demerit.engine.ids import SEQUENCE_BITS
from demerit.engine.ledger_columns import LedgerColumn
from demerit.simulation.layout import Layout
from demerit.simulation.numbering import Numbering

Rows = np.ndarray[Any, Any]


def rule_words(numbers: Numbering) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Return the ids of all rules that rows point to, and where the ids for each kind of entry begin."""
    lists = {
        "conduct": numbers.conducts,
        "chain": numbers.chains,
        "transfer": [transfer.id for transfer in numbers.transfers],
        "change": ["rules"],
        "repair": list(numbers.repairs),
        "scolder": list(SCOLDERS),
        "situation": list(KINDS),
        "job_loss": list(JOB_LOSSES),
        "list": [one.id for one in numbers.lists],
        "nothing": ["none"],
        "milestone": list(MILESTONES),
        "help": list(HELPS),
        "grade": list(GRADES),
        "outcome": list(OUTCOMES),
        "relative": list(RELATIVES),
        "answer": list(ANSWERS),
        "severity": list(SEVERITIES),
        "response": [f"{response}, {severity}" for response in RESPONSES for severity in SEVERITIES],
        "death": list(DEATHS),
        "residence": ["hukou", "score"],
        "sanction": [one.id for one in numbers.hanging],
        "shown": list(SHOWN_FOR),
        "deal": list(DEALS),
        "service": list(SERVICES),
    }
    words: list[str] = []
    begins: dict[str, int] = {}
    for name, ids in lists.items():
        begins[name] = len(words)
        words.extend(f"{name}:{identity}" for identity in ids)
    return words, np.array([begins[kind.rule] for kind in ENTRY_KINDS], np.int64)


def ledger_columns(layout: Layout, start: date) -> list[LedgerColumn]:
    """Return the columns of a world's ledger files."""
    words, begins = rule_words(layout.numbers)
    registers = layout.registers
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
