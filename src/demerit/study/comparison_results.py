"""What a comparison says of itself in numbers: the object that ``--json`` prints."""

from __future__ import annotations

import math
from typing import Any

from demerit.engine.disk import shown
from demerit.measures.indicators import INDICATORS
from demerit.study.card import card_of_comparison
from demerit.study.comparison import Comparison, Pair
from demerit.study.comparison_manifest import METHOD
from demerit.study.findings import EVERYBODY, findings, verdict
from demerit.study.paired import CONFIDENCE, Paired, defined, mean_and_spread
from demerit.study.results import finite


def comparison_json(done: Comparison) -> dict[str, Any]:
    """Return the result of a comparison as plain data."""
    plan = done.plan
    lived = sum(world.person_days for world in done.worlds)
    return {
        "synthetic": True,
        "card": card_of_comparison(plan).as_plain(),
        "folder": shown(done.folder),
        "society": plan.society.id,
        "population": plan.population,
        "years": plan.years,
        "start": plan.start,
        "seeds": list(plan.seeds),
        "workers": plan.workers,
        "kept": done.kept,
        "seconds": round(done.seconds, 4),
        "person_days": lived,
        "regimes": [
            {"name": name, "regime": regime.id, "regime_hash": regime.hash}
            for name, regime in zip(plan.names, plan.regimes, strict=True)
        ],
        "equal": [list(pair) for pair in plan.equal],
        "worlds": [
            {"name": world.name, "seed": world.seed, "state_digest": world.state_digest}
            for world in done.worlds
        ],
        "failures": [failure._asdict() for failure in done.failures],
        "confidence": CONFIDENCE,
        "method": METHOD,
        "indicators": indicators_json(done),
    }


def indicators_json(done: Comparison) -> dict[str, dict[str, Any]]:
    """Return every indicator for everybody: means by regime, differences between every two regimes."""
    found = {pair: done.paired(pair) for pair in done.pairs}
    n, means, spreads = mean_and_spread(done.values[:, :, EVERYBODY].transpose(1, 0, 2))
    said = findings(done)
    told = {}
    for place, indicator in enumerate(INDICATORS):
        told[indicator.name] = {
            "unit": indicator.unit,
            "window": "last day" if indicator.is_stock else "whole run",
            "regimes": {
                name: {
                    "mean": finite(float(means[regime, place])),
                    "spread": defined(spreads[regime, place]),
                    "n": int(n[regime, place]),
                }
                for regime, name in enumerate(done.plan.names)
            },
            "differences": [_difference(done, pair, paired, place) for pair, paired in found.items()],
            "ranking": said[place].ranking,
            "warning": said[place].warning,
        }
    return told


def _difference(done: Comparison, pair: Pair, found: Paired, place: int) -> dict[str, Any]:
    at = (EVERYBODY, place)
    n, same, apart = int(found.n[at]), bool(found.same[at]), bool(found.apart[at])
    return {
        "regime": done.plan.names[pair.other],
        "against": done.plan.names[pair.first],
        "n": n,
        "difference": defined(found.difference[at]),
        "standard_error": defined(found.error[at]),
        "interval": _ends(found.low[at], found.high[at]),
        "unpaired_interval": _ends(found.unpaired_low[at], found.unpaired_high[at]),
        "variance_saved": defined(found.saved[at]),
        "verdict": verdict(n, same, apart),
    }


def _ends(low: float, high: float) -> list[float] | None:
    return None if math.isnan(low) else [float(low), float(high)]
