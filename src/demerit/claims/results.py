"""What came of the claims in numbers: the object that ``--json`` prints and the folder keeps."""

from __future__ import annotations

import json
import math
from typing import Any

from demerit.claims.plan import ClaimsPlan
from demerit.claims.robustness import Robustness
from demerit.claims.study import ClaimsDone
from demerit.claims.verdicts import CONFIDENCE, ClaimFound, PartFound, Sized


def claims_json(done: ClaimsDone) -> list[dict[str, Any]]:
    """Return every claim with its verdict as plain data; `effect` is the first part's."""
    return [claim_json(one, done.robustness.get(one.claim.id)) for one in done.found]


def result_file(done: ClaimsDone) -> bytes:
    """Return the content of the result file: the claims, and what they were held against."""
    plan = done.plan
    content = {
        "synthetic": True,
        "command": command(plan),
        "regime": plan.regime.id,
        "regime_hash": plan.regime.hash,
        "society": plan.society.id,
        "population": plan.population,
        "years": plan.years,
        "start": plan.start,
        "seeds": list(plan.seeds),
        "draws": plan.draws,
        "draws_refused": sum(done.attempts.values()),
        "draws_by_fewer_people": {str(draw): people for draw, people in done.draws_by_fewer.items()},
        "confidence": CONFIDENCE,
        "card": done.card.as_plain(),
        "failures": [failure._asdict() for failure in done.failures],
        "claims": claims_json(done),
    }
    return f"{json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)}\n".encode()


def command(plan: ClaimsPlan) -> str:
    """Return the command that asks for the same claims."""
    return (
        f"demerit claims --regime {plan.regime.id} --society {plan.society.id} "
        f"--population {plan.population} "
        f"--years {plan.years} --seeds {len(plan.seeds)} --seed {plan.seeds[0]} --start {plan.start} "
        f"--robustness {plan.draws}"
    )


def claim_json(found: ClaimFound, draws: Robustness | None) -> dict[str, Any]:
    """Return a claim and what became of it."""
    claim, first = found.claim, found.parts[0]
    return {
        "id": claim.id,
        "text": claim.text,
        "kind": claim.kind,
        "contrast": first.part.figure,
        "effect": finite(first.found.effect),
        "unit": first.part.unit,
        "low": finite(first.found.low),
        "high": finite(first.found.high),
        "holds": found.verdict == "holds",
        "verdict": found.verdict,
        "parts": [part_json(part) for part in found.parts],
        "n_events": round(min(part.found.occasions for part in found.parts)),
        "robustness": None if draws is None else finite(draws.share),
        "robustness_draws": None if draws is None else draws.draws,
        "decided_by": None if draws is None else draws.decided_by,
    }


def part_json(part: PartFound) -> dict[str, Any]:
    """Return a part: what decides, its interval at both levels, and what sizes it."""
    return {
        "key": part.key,
        "statistic": part.part.statistic,
        "unit": part.part.unit,
        "side": part.part.side,
        "smallest": part.part.smallest,
        **sized_json(part.found),
        "holm_low": finite(part.holm_low),
        "holm_high": finite(part.holm_high),
        "verdict": part.verdict,
        "sized_by": [sized_json(one) for one in part.sized_by],
    }


def sized_json(found: Sized) -> dict[str, Any]:
    """Return a figure over seeds."""
    return {
        "contrast": found.contrast,
        "effect": finite(found.effect),
        "low": finite(found.low),
        "high": finite(found.high),
        "seeds": found.seeds,
        "n_events": round(found.occasions),
    }


def finite(value: float) -> float | None:
    """Return a number to twelve digits, None in place of what is none."""
    return float(f"{value:.12g}") if math.isfinite(value) else None
