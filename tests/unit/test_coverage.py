"""Which rules a run has used: counted from its ledger."""

from __future__ import annotations

from typing import Any

import polars as pl

from demerit.engine.ledger import read_ledger
from demerit.report.rule_coverage import coverage_sentence, coverage_text
from demerit.study.coverage import run_coverage
from demerit.study.layout import WORLDS


def test_every_rule_is_counted_as_often_as_the_ledger_names_it(town: Any) -> None:
    for covered in run_coverage(town.folder):
        ledger = read_ledger(town.folder / WORLDS / covered.world)
        rules = ledger.filter(
            pl.col("rule").cast(pl.String).str.contains("^(conduct|chain|transfer|sanction|list|repair):")
        )
        assert sum(rule.entries for rule in covered.rules) == rules.select(pl.len()).collect().item()
        one = next(rule for rule in covered.rules if rule.id == "road.speeding")
        assert one.section == "conduct"
        speeding = ledger.filter(pl.col("rule") == "conduct:road.speeding").collect()
        assert one.entries == speeding.height
        assert one.subjects == speeding.select("kind", "subject").n_unique()


def test_rewards_and_sanctions_stand_under_their_own_names(town: Any) -> None:
    (covered, *_) = run_coverage(town.folder)
    assert {rule.section for rule in covered.rules} >= {"conduct", "chain", "transfer", "sanction", "reward"}
    assert any(rule.id == "trusted" and rule.section == "reward" for rule in covered.rules)


def test_rules_that_never_acted_are_named(hamlet: Any) -> None:
    (covered, *_) = run_coverage(hamlet.folder)
    assert all(rule.entries == 0 for rule in covered.never)
    text = coverage_text([covered])
    assert text.startswith(
        f"essay: {len(covered.rules) - len(covered.never)} of {len(covered.rules)} rules acted"
    )
    for rule in covered.never:
        assert f"{rule.section} {rule.id} never acted" in text
        assert rule.id in coverage_sentence(covered)
