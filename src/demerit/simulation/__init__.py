"""Compose the day and the run from the rooms below: compile tables, build the world, run the days, write the folder."""
