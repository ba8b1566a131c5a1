"""The graph of transfers of a regime file: what leads where, and what leads in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from demerit.files.checking import Finding, items, text

Edge = tuple[str, str]


def edges_of(data: Mapping[str, Any]) -> list[Edge]:
    """Return where each transfer of data as read begins and ends."""
    return [(text(item, "from"), text(item, "to")) for _, item in items(data, "transfer")]


def sources(edges: Iterable[Edge], goal: str) -> set[str]:
    """Return everything from which a road leads to a goal.

    >>> sorted(sources([("road", "city"), ("city", "nation")], "nation"))
    ['city', 'road']
    """
    listed = list(edges)
    found = {goal}
    for _ in listed:
        found |= {start for start, end in listed if end in found}
    return found - {goal}


def circles(data: Mapping[str, Any]) -> list[Finding]:
    """Find transfers that lead back to where they began: a record would come round for ever."""
    graph: dict[str, set[str]] = {}
    for start, end in edges_of(data):
        graph.setdefault(end, set()).add(start)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        loop: list[str] = list(reversed(error.args[1]))
        path, _ = next((path, item) for path, item in items(data, "transfer") if text(item, "from") in loop)
        message = f"transfers lead in a circle: {' → '.join(loop)}"
        return [Finding(path, message, "transfers that end somewhere", rule="transfers-end")]
    return []
