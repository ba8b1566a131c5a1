"""Who stands at the counter of a service of daily life, where a service that can choose does."""

from __future__ import annotations

from demerit.catalogue.words import SERVICE_KINDS, SERVICES

_OPERATORS = {
    "food": "grocery",
    "transit": "bus",
    "train": "rail",
    "flight": "airport",
    "hospital": "hospital",
    "school": "school",
    "housing": "housing",
}
OPERATORS = tuple(
    SERVICE_KINDS.index(_OPERATORS[service]) if service in _OPERATORS else -1 for service in SERVICES
)
"""Kind of service behind each service of daily life; -1 where a bank or a machine refuses."""
