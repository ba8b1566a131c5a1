"""Which rules acted in a run, and which never did: a table for the command, a sentence after a run."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.files.layout import columns
from demerit.study.coverage import Coverage, RuleUse


def coverage_text(covered: list[Coverage]) -> str:
    """Return the table of every world's rules, those that acted most first."""
    return "\n\n".join("\n".join(_table(one)) for one in covered)


def _table(covered: Coverage) -> Iterator[str]:
    acted = len(covered.rules) - len(covered.never)
    kept = "" if covered.ledger == "full" else f", as far as the {covered.ledger} ledger shows"
    yield f"{covered.world}: {acted} of {len(covered.rules)} rules acted{kept}"
    rows = [["rule", "entries", "subjects"]]
    for rule in sorted(covered.rules, key=lambda one: -one.entries):
        if rule.entries:
            rows.append([named(rule), f"{rule.entries:,}", f"{rule.subjects:,}"])
    yield from columns(rows) if len(rows) > 1 else ()
    for rule in covered.never:
        yield f"  {named(rule)} never acted" + (f": {rule.idle}" if rule.idle else "")


def named(rule: RuleUse) -> str:
    """Return a rule's section and id."""
    return f"{rule.section} {rule.id}"


def coverage_sentence(covered: Coverage) -> str:
    """Say in one line which rules never acted."""
    if not covered.never:
        return f"Every rule of {covered.world} acted."
    return f"Rules of {covered.world} that never acted: {', '.join(named(rule) for rule in covered.never)}."
