"""Changes of a regime, whatever it is: they are made where it has what they address, and hold throughout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from demerit.files.address import Refusal, find
from demerit.files.locator import Path
from demerit.files.patching import Change, Entry, apply_patches
from demerit.files.reading import Located, Place
from demerit.files.schedule import STEPS
from demerit.regime import Regime
from demerit.regime.load import KIND

_REASON = "another world to compare with"


def changed(regime: Regime, changes: Iterable[Change]) -> Regime:
    """Return a regime with changes made where it has what they address; the regime itself if nowhere."""
    located, made = Located(regime.canonical()), []
    root: Path = ()
    for change in changes:
        done = apply_patches(located, [Entry(change, root, Place("", None))], KIND.sections())
        if not done.findings:
            located = done.located
            made.append(change.at)
    data = without_steps_at(located.data, made)
    other = Regime.from_canonical(data)
    return regime if other.hash == regime.hash else other


def without_steps_at(data: dict[str, Any], addresses: list[str]) -> dict[str, Any]:
    """Leave out what the schedule would change at some addresses or below them, and steps left empty."""

    def touches(change: dict[str, Any]) -> bool:
        at = str(change["at"])
        return any(at == address or at.startswith(f"{address}.") for address in addresses)

    steps = [
        {**step, "patch": [change for change in step["patch"] if not touches(change)]}
        for step in data.get(STEPS, [])
    ]
    return {**data, STEPS: [step for step in steps if step["patch"]]}


def set_to(at: str, value: Any) -> Change:
    """Return the change of a value."""
    return Change(op="set", at=at, value=value, reason=_REASON)


def removed(at: str) -> Change:
    """Return the change that takes an entry away."""
    return Change(op="remove", at=at, reason=_REASON)


def added(at: str, value: dict[str, Any]) -> Change:
    """Return the change that adds a section or an item."""
    return Change(op="add", at=at, value=value, reason=_REASON)


def is_there(data: dict[str, Any], at: str) -> bool:
    """Tell whether a regime has what a dotted name addresses."""
    try:
        find(data, at, KIND.sections()).present()
    except Refusal:
        return False
    return True
