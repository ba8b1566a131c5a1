"""Write docs/what-we-found.md from folders that `demerit claims` has left.

    python scripts/what_we_found.py runs/claims-essay-… runs/claims-documented-… …

The first folder is told in full, the others beside it.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "what-we-found.md"
Told = dict[str, Any]
SIDES = {"above": ">", "below": "<", "at_least": "≥"}
KINDS = {"emergent": "could fail", "mechanical": "a rule says so", "assumed": "by assumption"}
HEAD = """# What we found

*A synthetic society: no real person is described or scored. A claim that holds here holds in this model,
under these rules and numbers, three in four of which nobody knows.*

Written by `scripts/what_we_found.py` on {date} from

{commands}

The [claims](claims.md) were fixed before any was computed. A part holds when its whole 95 % interval over
seeds lies beyond the smallest effect that matters; a claim holds when all its parts do. What is true *by
assumption* is sized and never confirmed. No number was changed to make a claim hold: [the first
defaults](reference/first-defaults.md) are kept, and a test asks for a dated reason wherever one differs.
Where the model cannot give what a claim defines, the [design notes](design-notes.md#claims) say what is
counted instead.
"""


def read(folder: str) -> Told:
    """Return what a folder of claims says."""
    told: Told = json.loads((Path(folder) / "claims.json").read_text(encoding="utf-8"))
    return told


def number(value: float | None) -> str:
    """Return a number to three digits, a dash for none."""
    if value is None:
        return "–"
    text = f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return text.replace("-", "−")


def interval(part: Told) -> str:
    """Return the ends of an interval."""
    if part["low"] is None:
        return "–"
    return f"{number(part['low'])} to {number(part['high'])}"


def full_table(told: Told) -> str:
    """Return a row a part of every claim."""
    lines = [
        "| | claim | kind | figure | found | 95 % interval | matters | part | claim | robust | decided by |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for claim in told["claims"]:
        for place, part in enumerate(claim["parts"]):
            head = [claim["id"], claim["text"], KINDS[claim["kind"]]] if place == 0 else ["", "", ""]
            share = claim["robustness"]
            tail = [
                f"**{claim['verdict']}**",
                "–" if share is None else f"{share:.0%}",
                claim["decided_by"] or "–",
            ]
            cells = [
                *head,
                f"{part['contrast']}: {part['statistic']} ({part['unit']})",
                number(part["effect"]),
                interval(part),
                f"{SIDES[part['side']]} {number(part['smallest'])}",
                part["verdict"],
                *(tail if place == 0 else ["", "", ""]),
            ]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def beside(several: list[Told]) -> str:
    """Return verdict and first figure of every claim under every regime."""
    names = [told["regime"] for told in several]
    lines = [f"| | claim | {' | '.join(names)} |", f"|---|---|{'---|' * len(names)}"]
    for rows in zip(*(told["claims"] for told in several), strict=True):
        cells = [f"{one['verdict']} ({number(one['effect'])})" for one in rows]
        lines.append(f"| {rows[0]['id']} | {rows[0]['text']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def groups(told: Told) -> str:
    """Say which claims hold, which fail, and which hold only by assumption."""

    def named(verdict: str, *kinds: str) -> str:
        found = [f"{one['id']} {one['text'].lower()}" for one in told["claims"]
                 if one["verdict"] == verdict and one["kind"] in kinds]  # fmt: skip
        return "; ".join(found) or "none"

    free = ("emergent", "mechanical")
    return "\n".join(
        [
            f"- **Hold:** {named('holds', *free)}.",
            f"- **Fail:** {named('fails', *free)}.",
            f"- **Unclear:** {named('unclear', *free)}.",
            f"- **No occasion:** {named('no occasion', *free, 'assumed')}.",
            f"- **True by assumption, sized only:** {named('holds', 'assumed')}.",
            f"- **Not even by assumption:** {named('fails', 'assumed')}.",
            f"- **Assumed, but unclear:** {named('unclear', 'assumed')}.",
        ]
    )


def page(several: list[Told]) -> str:
    """Return the page."""
    first = several[0]
    commands = "\n".join(f"    {told['command']}" for told in several)
    parts = [
        HEAD.format(date=date.today().isoformat(), commands=commands),
        f"## In short, under `{first['regime']}`\n\n{groups(first)}",
        f"## Every figure under `{first['regime']}`\n\n{full_table(first)}",
    ]
    if len(several) > 1:
        parts.append(
            f"## Beside other regimes\n\nVerdict, and the figure of the first part.\n\n{beside(several)}"
        )
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page([read(folder) for folder in sys.argv[1:]]), encoding="utf-8")
