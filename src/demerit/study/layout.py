"""Names in a run folder, for those who look at one without loading the model."""

from __future__ import annotations

from pathlib import Path

INDICATORS = "indicators.parquet"
"""Every indicator of every world by month and group."""
WORLDS = "worlds"
"""One folder a world: its ledger and its checkpoints."""
PLAN = "plan.json"
"""What was asked for, so that an interrupted run can go on."""
COMPARISON = "comparison.json"
"""What a comparison was asked for, so that an interrupted one can go on."""
DIFFERENCES = "comparison.parquet"
"""Every difference of a comparison with its intervals."""
PICTURE = "comparison"
"""The picture of a comparison, as SVG and PNG, and what it draws as CSV."""
CLAIMS_REQUEST = "claims-request.json"
"""What claims are held against, so that an interrupted call can go on."""
CLAIMS = "claims.json"
"""What became of every claim."""


def world_folder(folder: Path, regime: str, regime_hash: str) -> Path:
    """Return the folder of a world; two regimes of a run that share an id are told apart by their hashes."""
    place = folder / WORLDS / regime
    return place if place.is_dir() else folder / WORLDS / f"{regime}-{regime_hash[:8]}"
