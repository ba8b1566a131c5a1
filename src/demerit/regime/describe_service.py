"""Describe what governs officials in a few lines."""

from __future__ import annotations

from demerit.files.layout import shown, wrapped
from demerit.regime.service_types import GOVERNED
from demerit.regime.types import RegimeFile

_WORDS = {"on-request": "on request", "forbidden": "forbidden"}


def officials(data: RegimeFile) -> list[str]:
    """Return what officials ask for, what is forbidden to them, whom they ask and who is excellent."""
    service = data.civil_service
    if service is None or not service.enabled:
        return []
    told = []
    for status, word in _WORDS.items():
        those = [name for name in GOVERNED if getattr(getattr(service, name), "status", "") == status]
        if those:
            told.append(f"{word} {', '.join(name.replace('_', ' ') for name in those)}")
    asked = f"layers to ask: {shown(service.layers)}; {shown(service.grades.excellent)} are graded excellent"
    return wrapped(f"  Officials: {'; '.join([*told, asked])}", 4)
