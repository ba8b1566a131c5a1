"""No default is tuned to make a claim hold: what differs from the first ones says when and why."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from typing import Any

from scripts.first_defaults import DOCS, FIRST, defaults

NOTES: list[dict[str, Any]] = tomllib.loads((DOCS / "changed-defaults.toml").read_text())["changed"]


def differing(first: dict[str, Any], now: dict[str, Any]) -> set[tuple[str, str]]:
    """Return file and name of numbers that are gone or have another value."""
    return {
        (file, at)
        for file, held in first.items()
        for at, row in held.items()
        if at not in now[file] or now[file][at][0] != row[0]
    }


def test_a_default_that_differs_from_the_first_has_a_dated_note_with_the_reason() -> None:
    first, now = json.loads(FIRST.read_text()), defaults()
    noted = {(note["file"], note["at"]): note for note in NOTES}
    assert differing(first, now) == set(noted)
    for (file, at), note in noted.items():
        assert note["from"] == first[file][at][0]
        assert note["to"] == now[file].get(at, [None])[0]
        assert isinstance(note["date"], date)
        assert len(note["reason"].split()) >= 4


def test_a_changed_number_and_a_number_that_is_gone_are_noticed() -> None:
    first = json.loads(FIRST.read_text())
    changed = json.loads(json.dumps(first))
    gone, other = list(first["city"])[:2]
    del changed["city"][gone]
    changed["city"][other][0] += 1
    assert differing(first, changed) == {("city", gone), ("city", other)}
