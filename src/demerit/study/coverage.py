"""Which rules a run has used: how often each acted, on how many subjects, and why some never did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from demerit.engine.folder import open_run
from demerit.engine.ledger import read_ledger
from demerit.files.examining import periods
from demerit.regime import Regime
from demerit.regime.idle import idle_rules
from demerit.regime.load import KIND
from demerit.simulation.manifest import read_manifest
from demerit.simulation.numbering import numbering_of
from demerit.study.layout import world_folder


@dataclass(frozen=True)
class RuleUse:
    """A rule that ledger entries can point to: entries, subjects they are about, and why it cannot act."""

    section: str
    id: str
    entries: int
    subjects: int
    idle: str


@dataclass(frozen=True)
class Coverage:
    """The rules of a world and how often each acted; `ledger` says how much of the world was kept."""

    world: str
    ledger: str
    rules: tuple[RuleUse, ...]

    @property
    def never(self) -> tuple[RuleUse, ...]:
        """Return the rules that never acted."""
        return tuple(rule for rule in self.rules if rule.entries == 0)


def coverage_of(folder: Path, regime: Regime, ledger: str) -> Coverage:
    """Count what the ledger of a world says of every rule.

    Args:
        folder: a world's folder.
        regime: the world's regime.
        ledger: which entries were kept, `full` or `panel`.

    Raises:
        RunFolderError: no ledger was kept, or it is altered.
    """
    import polars as pl

    frame = read_ledger(folder)
    counted = (
        frame.group_by(pl.col("rule").cast(pl.String))
        .agg(pl.len().alias("entries"), pl.struct("kind", "subject").n_unique().alias("subjects"))
        .collect()
    )
    found = {rule: (entries, subjects) for rule, entries, subjects in counted.iter_rows()}
    words = getattr(frame.collect_schema()["rule"], "categories", ())
    rewards = {reward.id for reward in regime.data.rewards}
    idle = idle_rules(regime.canonical())
    numbers = numbering_of(rules for _, rules in periods(KIND, regime.data))
    held = {
        "conduct": numbers.conducts,
        "chain": numbers.chains,
        "transfer": [transfer.id for transfer in numbers.transfers],
        "sanction": [one.id for one in numbers.hanging],
    }
    rules = []
    for word in words:
        section, _, name = str(word).partition(":")
        if section not in KIND.sections() or (section in held and name not in held[section]):
            continue  # what entries point to besides, and rules of a shared past that this regime has not
        section = "reward" if section == "sanction" and name in rewards else section
        entries, subjects = found.get(str(word), (0, 0))
        rules.append(RuleUse(section, name, entries, subjects, idle.get((section, name), "")))
    return Coverage(folder.name, ledger, tuple(rules))


def run_coverage(folder: Path) -> list[Coverage]:
    """Count what the ledgers of a finished run say of the rules of every world.

    Raises:
        RunFolderError: it is not a finished run, kept no ledger, or was altered.
    """
    manifest = read_manifest(open_run(folder))
    found = []
    for world in manifest.worlds:
        regime = Regime.from_canonical(world.data)
        place = world_folder(folder, world.regime, world.regime_hash)
        found.append(coverage_of(place, regime, manifest.ledger))
    return found
