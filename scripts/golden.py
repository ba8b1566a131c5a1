"""Compute the golden digests: what short runs of the presets end in, to the bit.

They change only on purpose. After a change that is meant to change results, run

    python scripts/golden.py

which rewrites tests/replay/golden.json, and say why in a line of CHANGELOG.md.
"""

from __future__ import annotations

import json
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "replay" / "golden.json"
PEOPLE, DAYS, SEED = 1_000, 730, 1
REGIMES = ("essay", "ordinary-law", "empty")


def digests() -> dict[str, dict[str, str | int]]:
    """Return state digest, ledger digest and number of rows by regime."""
    from demerit.engine.digest import Digest
    from demerit.regime import Regime
    from demerit.simulation.setting import settle
    from demerit.society import Society

    setting = settle(Society.load("city"), PEOPLE, SEED)
    found: dict[str, dict[str, str | int]] = {}
    for name in REGIMES:
        world = setting.world(Regime.load(name))
        world.run(DAYS)
        rows = world.take_rows()
        ledger = Digest()
        ledger.add(rows, "ledger")
        found[name] = {"state": world.state_digest().hex(), "ledger": ledger.hex(), "rows": len(rows)}
    return found


def main() -> None:
    """Write the golden digests and print those that changed."""
    old = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    new = digests()
    GOLDEN.write_text(json.dumps(new, indent=2) + "\n")
    changed = [name for name in new if new[name] != old.get(name)]
    print(f"changed: {', '.join(changed)}; say why in CHANGELOG.md" if changed else "nothing changed")


if __name__ == "__main__":
    main()
