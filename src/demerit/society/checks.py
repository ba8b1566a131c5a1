"""Checks across the sections of a society file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding


def check_society(data: Mapping[str, Any]) -> list[Finding]:
    """Find everything that is inconsistent between sections."""
    return []
