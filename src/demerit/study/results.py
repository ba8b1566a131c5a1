"""What a run says of itself in numbers: the object that ``--json`` prints, and figures for tables."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from demerit.catalogue.words import CELLS
from demerit.engine.disk import shown
from demerit.measures.indicators import INDICATORS
from demerit.simulation.machine import peak_rss_bytes
from demerit.study.card import card_of_plan
from demerit.study.lived import LivedWorld
from demerit.study.run import Run

EVERYBODY = np.ones(CELLS, bool)


def as_json(done: Run) -> dict[str, Any]:
    """Return the result of a run as plain data."""
    request = done.plan.request
    return {
        "synthetic": True,
        "card": card_of_plan(done.plan).as_plain(),
        "folder": shown(done.folder),
        "society": request.society,
        "population": done.plan.population,
        "years": request.years,
        "seed": request.seed,
        "threads": done.plan.threads,
        "shards": len(done.worlds[0].world.shards),
        "start": request.start,
        "worlds": [world_json(world) for world in done.worlds],
        "digest": done.worlds[0].digest(),
        "indicators": indicators_json(done),
    }


def world_json(world: LivedWorld) -> dict[str, Any]:
    """Return the figures of one world."""
    person_days = world.plan.population * world.plan.days
    seconds = max(world.seconds, 1e-9)
    return {
        "regime": world.regime.id,
        "regime_hash": world.regime.hash,
        "person_days": person_days,
        "seconds": round(seconds, 4),
        "person_days_per_second": round(person_days / seconds),
        "events": world.world.events,
        "messages": world.world.messages,
        "rows": world.rows,
        "events_per_person_year": world.events_by_family(),
        "peak_rss_bytes": peak_rss_bytes(),
        "digest": world.digest(),
    }


def indicators_json(done: Run) -> dict[str, dict[str, Any]]:
    """Return every indicator for everybody: over the run for flows, at its end for stocks."""
    return {
        indicator.name: {
            **compare(done, indicator.name, EVERYBODY),
            "unit": indicator.unit,
            "window": "last day" if indicator.is_stock else "whole run",
        }
        for indicator in INDICATORS
    }


def compare(done: Run, name: str, member: np.ndarray[Any, Any]) -> dict[str, float | None]:
    """Return an indicator in the world asked for, in its twin, and the difference; None where undefined."""
    from demerit.measures.indicators import BY_NAME

    values = [finite(world.recorder.value(BY_NAME[name], member)) for world in done.worlds]
    value, against = values[0], values[1] if len(values) > 1 else None
    difference = value - against if value is not None and against is not None else None
    return {"value": value, "against": against, "difference": difference}


def finite(value: float) -> float | None:
    """Return the number, or None in place of NaN."""
    return None if math.isnan(value) else round(value, 6)
