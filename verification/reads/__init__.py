"""Whom a difference does not reach has the same ledger: every read of a rule and every message is watched."""
