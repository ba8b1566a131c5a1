"""Live short worlds with compilation off or on; print their digests, and every random number asked for twice.

Run as a script. Plain Python checks every integer for overflow, which compiled code does not.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

from demerit.engine import draws
from demerit.engine.kernel import COMPILED

PEOPLE, DAYS, SEED = 200, 63, 5
HAULIERS = {
    "firms.logistics_share": 1,
    "firms.fleet_share": 0.9,
    "situation.road.crosswalk.rate": 40,
    "situation.road.speeding.rate": 40,
    "situation.road.crosswalk.inability": 0.4,
    "situation.road.speeding.inability": 0.6,
}
"""Drivers who cannot help breaking rules for their firms: much happens to one subject on one day."""
BUSY = {
    "conduct.road.crosswalk.coverage": 1,
    "conduct.road.speeding.coverage": 1,
    "conduct.road.crosswalk.prosecute": 0.5,
    "detection.mismatch": 0.2,
    "prosecution.delay_days": 10,
    "transfer.road-to-province.delay_days": 3,
}
SCENES = {"essay": ("essay", {}), "ordinary-law": ("ordinary-law", {}), "busy": ("essay", BUSY)}

asked: Counter[tuple[int, int, int, int]] = Counter()
_draw = draws.draw


def noted(seed: int, purpose: int, subject: int, when: int, counter: int) -> tuple[int, int, int, int]:
    """Draw, and remember what was asked for."""
    asked[int(purpose), int(subject), int(when), int(counter)] += 1
    return _draw(seed, purpose, subject, when, counter)


def main() -> None:
    if not COMPILED:
        draws.draw = noted  # before anything that draws is imported
    from demerit.catalogue.purposes import Purpose
    from demerit.engine.digest import Digest
    from demerit.regime import Regime
    from demerit.simulation.setting import settle
    from demerit.society import Society

    found = {}
    setting = settle(Society.load("city").patched(HAULIERS), PEOPLE, SEED)
    for name, (regime, patch) in SCENES.items():
        asked.clear()
        world = setting.world(Regime.load(regime).patched(patch))
        world.run(DAYS)
        ledger = Digest()
        rows = world.take_rows()
        ledger.add(rows, "ledger")
        found[name] = {
            "state": world.state_digest().hex(),
            "ledger": ledger.hex(),
            "counters": [int(value) for value in world.counters().sum(0)],
            "rows": len(rows),
            "draws": len(asked),
            # a relative in office is the same one whenever a citizen is recorded, and the day on which a pair
            # falls out the same for every grudge between them: one decision each, read again
            "twice": [
                list(key)
                for key, times in asked.items()
                if times > 1 and key[0] not in (Purpose.OFFICIAL_KIN, Purpose.RIVALRY)
            ],
        }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
