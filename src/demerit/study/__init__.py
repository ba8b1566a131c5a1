"""Runs as a whole: a regime beside its twin world, the folder they leave, and what is asked of them."""
