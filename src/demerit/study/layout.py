"""Names in a run folder, for those who look at one without loading the model."""

INDICATORS = "indicators.parquet"
"""Every indicator of every world by month and group."""
WORLDS = "worlds"
"""One folder a world: its ledger and its checkpoints."""
PLAN = "plan.json"
"""What was asked for, so that an interrupted run can go on."""
