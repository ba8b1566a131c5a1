"""Inspection of firms drawn by lot: what stands open is found with the coverage of the rule (S99)."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.counters import ACTED, EXCUSED, MET, PER_KIND, RECORDED, flow
from demerit.catalogue.desk import count, enter, send
from demerit.catalogue.entries import INSPECTED, RECORD
from demerit.catalogue.letters import NOTICE_SERVED
from demerit.catalogue.pointers import Accounts, Company, Desk, Rules
from demerit.catalogue.purposes import Purpose
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import BREACH, FREE, INSPECTION, NECESSITY, TRUE
from demerit.engine.draws import draw
from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel
from demerit.institutions.bodies import inspection_chance
from demerit.institutions.case import case_of
from demerit.institutions.lists import consider_lists
from demerit.institutions.records import enter_registers

MOST_OPEN = 15
"""Most breaches of a kind that stand open at a firm; further ones are part of them."""
_INSPECT = int(Purpose.INSPECT)
_BY_GRADE = int(Purpose.GRADE_INSPECTION)
_INSPECTIONS = flow("grade_inspections")
_RECORDS = flow("body_records")
_FINES = flow("body_fines_fen")


@kernel(i8(Accounts, Rules, Desk, i8, i8, i8, i8))
def file_breach(
    accounts: np.void, rules: np.void, desk: np.void, kind: int, label: int, motive: int, cause: int
) -> int:
    """File what an organisation did: registers, fine, lists, notice of it; return the id of the record."""
    fine = rules["fine_fen"][kind]
    root = enter_registers(accounts, rules, desk, RECORD, kind, label, motive, fine, cause, desk["n"][DAY])
    count(desk, _RECORDS, 1)
    count(desk, kind * PER_KIND + RECORDED, 1)
    count(desk, _FINES, fine)
    consider_lists(accounts, rules, desk, kind, label, root, desk["n"][DAY])
    if rules["bodies_appeal"] == 1:
        served = max(rules["notice_days"], 1)
        send(desk, NOTICE_SERVED, desk["n"][SUBJECT], served, kind, label, 0, case_of(root), 0, root, 0)
    return root


@kernel(i8(Accounts, Rules, Desk, i8, i8, i8, i8))
def find_breach(
    accounts: np.void, rules: np.void, desk: np.void, kind: int, label: int, seen: int, heard: int
) -> int:
    """File a breach if it is seen and its context is not heard; return the id of the record, or 0."""
    if rules["conduct"][kind] == 0 or seen >= rules["coverage"][kind]:
        return 0
    if label == NECESSITY and heard < rules["recognition"]:
        count(desk, kind * PER_KIND + EXCUSED, 1)
        return 0
    return file_breach(accounts, rules, desk, kind, label, FREE, 0)


@kernel(i8(Company, Accounts, Rules, Desk))
def inspect(company: np.void, accounts: np.void, rules: np.void, desk: np.void) -> int:
    """Inspect a firm: each open breach is found or not, and all are put right; return a record or 0."""
    count(desk, INSPECTION * PER_KIND + ACTED, 1)
    n = desk["n"]
    done, forced = i64(company["breaches"]), i64(company["forced"])
    root = 0
    for breach in range(done + forced):
        lanes = draw(n[SEED], _INSPECT, n[SUBJECT], n[DAY], n[EPISODE] * 32 + breach)
        label = TRUE if breach < done else NECESSITY
        found = find_breach(accounts, rules, desk, BREACH, label, lanes[0], lanes[1])
        if found != 0:
            root = found
    company["breaches"] = 0
    company["forced"] = 0
    return root


@kernel(i8(Company, Accounts, Rules, Desk, i8))
def inspect_by_grade(company: np.void, accounts: np.void, rules: np.void, desk: np.void, cause: int) -> int:
    """Inspect a firm of low standing in a week beside the lot, or not; return a record or 0."""
    n = desk["n"]
    chance = inspection_chance(rules, i64(accounts["sanctions"]))
    if chance == 0 or draw(n[SEED], _BY_GRADE, n[SUBJECT], n[DAY], 0)[0] >= chance:
        return 0
    count(desk, _INSPECTIONS, 1)
    count(desk, INSPECTION * PER_KIND + MET, 1)
    enter(desk, INSPECTED, 0, -1, 0, 0, 0, 0, cause, 0)
    return inspect(company, accounts, rules, desk)
