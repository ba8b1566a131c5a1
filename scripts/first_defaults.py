"""Write down every number of the default regime and society as it stood before a claim was computed.

    python scripts/first_defaults.py

was run once; running it again would hide what has changed since. A number that differs today must stand in
docs/changed-defaults.toml with a date and a reason.
"""

from __future__ import annotations

import json
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
FIRST = DOCS / "first-defaults.json"


def defaults() -> dict[str, dict[str, list[float | str | None]]]:
    """Return value, ends of the range and basis of every number, by file and dotted name."""
    from demerit.files.inventory import numbers
    from demerit.files.number import Number
    from demerit.regime import Regime
    from demerit.society import Society

    found: dict[str, dict[str, list[float | str | None]]] = {}
    for name, model in (
        ("essay", Regime.load("essay").data),
        ("ordinary-law", Regime.load("ordinary-law").data),
        ("city", Society.load("city").data),
    ):
        found[name] = {
            at: [number.value, *(number.range or (None, None)), str(number.basis)]
            for at, number in numbers(model)
            if isinstance(number, Number)
        }
    return found


if __name__ == "__main__":
    lines = []
    for name, held in defaults().items():
        rows = ",\n".join(f"  {json.dumps(at)}: {json.dumps(row)}" for at, row in held.items())
        lines.append(f" {json.dumps(name)}: {{\n{rows}\n }}")
    FIRST.write_text("{\n" + ",\n".join(lines) + "\n}\n")
