"""Compose the day and the world from the rooms below: compile tables, build the world, live the days."""
