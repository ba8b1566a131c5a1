"""Write docs/signs.md and its chart: where the claims turn, along the numbers that nobody knows.

    python scripts/sign_maps.py [--population 2000] [--of-rare 20000] [--years 10] [--seeds 4] [--workers 2]
        [--kept] [FOLDER]

Lives the map of crowding and every number that a claim may hang on, at both ends of its range and, where
the strongest one flips a claim, in between. Claims that have too few occasions for a verdict are looked at
again among more people. What is lived is kept in the folder, and a second call goes on.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from demerit.claims.crowding import (
    KAPPA,
    PHI,
    Surface,
    cells,
    grid,
    surfaces,
    tips_at,
    whose_doing,
)
from demerit.claims.definitions import Claim, claims, worlds_read
from demerit.claims.flips import HALVINGS, Lived, Moved, assumptions, ends, halves, moved
from demerit.claims.plan import ClaimsPlan, ClaimsRequest, make_claims
from demerit.claims.variations import Ranged, Variation, Varying, ranged
from demerit.claims.verdicts import ClaimFound, WorldsOfSeed
from demerit.report.crowding_map import crowding_map
from demerit.study.side_by_side import Standing, live_all

ROOT = Path(__file__).resolve().parents[1]
PAGE, CHART = ROOT / "docs" / "signs.md", ROOT / "docs" / "images" / "signs.svg"
FILES = Variation((), worlds_read(deciding=True))
SIDES = {"above": ">", "below": "<", "at_least": "≥"}
HEAD = """# Where the signs turn

*A synthetic society: no real person is described or scored. What is told here is on which side of numbers
that nobody knows a claim holds in this model.*

Written by `scripts/sign_maps.py` on {date} from

    {command}

{regime} in the {society} of {population:,} people, {years} years, seeds {seeds}; every figure is the mean
over seeds, with the 95 % t-interval. So few people tell large effects from none and little else: where an
interval straddles the edge, the place is not known, and the text says so.
[What we found](what-we-found.md) has more people and more seeds.
"""


def say(standing: Standing) -> None:
    """Tell how far the worlds are."""
    print(f"\r{standing.done} of {standing.worlds} variations", end="", file=sys.stderr, flush=True)


def lived(varying: Varying, folder: Path, *, kept: bool) -> Lived:
    """Return what is kept of all variations, living those that are not there unless only those kept count."""
    todo = [job for job in varying.todo if not kept and varying.read(job.variation, folder) is None]
    for failure in live_all(varying, todo, folder, say) if todo else []:
        print(f"\n{failure.name} failed: {failure.reason}", file=sys.stderr)
    return {one: varying.read(one, folder) for one in varying.variations}


def number(value: float, digits: int = 3) -> str:
    """Return a number to three digits, a dash for none."""
    if math.isnan(value):
        return "–"
    text = f"{value:.{digits}g}" if abs(value) < 10_000 else f"{value:,.0f}"
    return text.replace("-", "−")


def interval(low: float, high: float) -> str:
    """Return the ends of an interval."""
    return "–" if math.isnan(low) else f"{number(low)} to {number(high)}"


def map_table(
    kappas: Sequence[float], phis: Sequence[float], mapped: Sequence[Surface], default: tuple[float, float]
) -> str:
    """Return the kappa at which every mapped figure turns, by phi, and whose doing its spread is."""
    row, place = kappas.index(default[0]), phis.index(default[1])
    columns = ["figure", "turns at", "as the file has it", *(f"φ = {number(phi)}" for phi in phis)]
    columns += ["κ alone, in company", "φ alone, in company"]
    rows = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for one in mapped:
        told = [f"{one.key} ({one.contrast}): {one.says}", number(one.smallest)]
        mean, half = one.mean[row, place], one.half[row, place]
        told.append(f"{number(mean, 2)} ({number(mean - half, 2)} to {number(mean + half, 2)})")
        for column in range(len(phis)):
            at, low, high = tips_at(kappas, one, column)
            if math.isnan(at):
                above = one.mean[0, column] > one.smallest
                told.append("above throughout" if above else "below throughout")
            else:
                told.append(
                    f"κ {number(at, 2)}"
                    + ("" if math.isnan(low) else f" ({number(low, 2)} to {number(high, 2)})")
                )
        first, total = whose_doing(kappas, phis, one)
        told += [f"{first[n]:.2f}, {total[n]:.2f}".replace("-", "−") for n in (0, 1)]
        rows.append(f"| {' | '.join(told)} |")
    return "\n".join(rows)


def weakest(found: ClaimFound) -> str:
    """Return the figure of the part that decides a claim's verdict."""
    part = next((one for one in found.parts if one.verdict == found.verdict), found.parts[0])
    edge = f"{SIDES[part.part.side]} {number(part.part.smallest)}"
    told = f"{number(part.found.effect)}, {interval(part.found.low, part.found.high)}"
    return f"**{found.verdict}** ({part.key}: {told}; {edge})"


def where(one: Moved) -> str:
    """Say where a claim flips along a number: where its margin crosses nought in a stretch that was lived."""
    if not one.is_told:
        return "not told: too few occasions among so few people"
    if not one.flips:
        return "nowhere in its range"
    told = []
    for low, high in one.flips:
        before, after = (one.margins[one.values.index(value)] for value in (low, high))
        at = low + (high - low) * before / (before - after)
        told.append(f"{number(at)} ({number(low)} to {number(high)})")
    return "; ".join(told)


def flip_table(found: dict[str, list[Moved]], known: dict[str, Ranged], rare: Sequence[str]) -> str:
    """Return a row a claim: its strongest assumption, its verdict at both ends, and where it flips.

    Claims that were looked at among more people have a star.
    """
    columns = ["claim", "strongest assumption", "file", "range", "at the low end", "as the file has it"]
    columns += ["at the high end", "flips at", "others, by how much they move it"]
    rows = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for claim in claims():
        each = found[claim.id]
        if not each:
            rows.append(f"| {claim.id} {claim.text} | – | | | | | | | |")
            continue
        first, rest = each[0], each[1:]
        mine = known[first.at]
        middle = first.found[first.values.index(mine.value)]
        others = ", ".join(f"`{one.at}` {one.span / first.span:.2f}" for one in rest if first.span > 0)
        cells_ = [
            f"{claim.id}{'*' if claim.id in rare else ''} {claim.text}", f"`{first.at}`", number(mine.value),
            f"{number(mine.low)} to {number(mine.high)}", weakest(first.found[0]), weakest(middle),
            weakest(first.found[-1]), where(first), others or "–",
        ]  # fmt: skip
        rows.append(f"| {' | '.join(cells_)} |")
    return "\n".join(rows)


def as_filed(plan: ClaimsPlan, folder: Path, *, only_kept: bool) -> list[WorldsOfSeed]:
    """Return what is kept of the files as they are."""
    files = lived(Varying(plan, (FILES,)), folder, kept=only_kept)[FILES]
    assert files is not None, "the files as they are could not be lived"
    return files


def claim_flips(
    plan: ClaimsPlan, folder: Path, among: Sequence[Claim], known: dict[str, Ranged], *, only_kept: bool
) -> dict[str, list[Moved]]:
    """Live both ends of every number, then halve the stretches in which the strongest one flips a claim."""
    files = as_filed(plan, folder, only_kept=only_kept)
    kept: dict[Variation, list[WorldsOfSeed] | None] = {}
    todo = ends(known, among)
    found: dict[str, list[Moved]] = {}
    for _ in range(1 + HALVINGS):
        kept |= lived(Varying(plan, tuple(todo)), folder, kept=only_kept)
        found = {claim.id: moved(claim, known, kept, files) for claim in among}
        strongest = [each[0] for each in found.values() if each]
        todo = [one for one in halves(strongest, known, among) if one not in kept]
        if not todo:
            break
    return found


BODY = """
## Crowding: the map of κ and φ

κ is the conscience that somebody loses in a year in which every decision of a family needs the score, φ
the part of a norm that a price takes the place of; both ranges straddle nought, because rules may also
teach ([F11 to F13](mechanisms.md)). The map sets both and leaves all else as the files have it. Ordinary
law knows neither motive, so its worlds are the same all over the map.

![The tipping lines of crowding in a synthetic society](images/signs.svg)

A square is *above* or *below* if the whole interval of its {seed_count} seeds lies there. The line joins
the places at which the mean is where the sign turns, straight between the grid's points. The framed
square is the file's. Shown are acts given in to and every part of a claim, read under the regime and
ordinary law alone, that turns on the map beyond its intervals.

κ at which each turns, by φ, with the interval over seeds where every seed turns; and whose doing the
spread over the map is: Sobol indices of the interpolated map, alone and in company (X4).

{map_table}

What does not turn on the map: {steady}.

## The strongest assumption of each claim

One number at a time, from one end of its declared range to the other; all else as the files have it.
Which numbers are tried stands in `claims/assumptions.toml` with the reason for each: {tried} numbers out
of some 800, chosen by what a claim's rule or choice leans on and not by a search, so that *strongest*
means strongest of these. The margin of a claim is how far its weakest part lies beyond what matters, in
units of the part's median distance; the strongest number moves it furthest. A claim flips where the point
estimates of its parts turn; in brackets is the stretch between two values that were lived. In brackets
behind a verdict is the part that made it, with its interval and the edge. A claim with a star has too few
occasions among so few people and is told by {of_rare:,}.

{flip_table}
"""


def main() -> None:
    """Live what is missing, and write the page and the chart."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", default="runs/signs")
    parser.add_argument("--regime", default="essay")
    parser.add_argument("--population", type=int, default=2_000)
    parser.add_argument("--of-rare", type=int, default=20_000, help="people where few have occasions too few")
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kept", action="store_true", help="live nothing more; tell what is kept")
    asked = parser.parse_args()
    plan, plan_of_rare = (
        make_claims(
            ClaimsRequest(
                regime=asked.regime,
                population=population,
                years=asked.years,
                seeds=asked.seeds,
                workers=asked.workers,
            )
        )
        for population in (asked.population, asked.of_rare)
    )
    folder, known = Path(asked.folder), ranged(plan.regime, plan.society)
    kappas, phis = grid(plan.regime, plan.society)
    rows = cells(plan.regime, plan.society)
    mapped_ones = tuple(one for row in rows for one in row)
    kept = lived(Varying(plan, mapped_ones), folder, kept=asked.kept)
    files = as_filed(plan, folder, only_kept=asked.kept)
    whole = [[of_cell for one in row if (of_cell := kept[one]) is not None] for row in rows]
    mapped = surfaces(whole, files)
    turning = [one for one in mapped if one.turns or one is mapped[0]]
    found = claim_flips(plan, folder, claims(), known, only_kept=asked.kept)
    rare = [claim for claim in claims() if found[claim.id] and not found[claim.id][0].is_told]
    found |= claim_flips(plan_of_rare, folder / "of-rare", rare, known, only_kept=asked.kept) if rare else {}
    default = (known[KAPPA].value, known[PHI].value)
    seeds = f"{plan.seeds[0]} to {plan.seeds[-1]}"
    people = f"{plan.population:,} people of a synthetic society, {plan.years} years, seeds {seeds}"
    crowding_map(kappas, phis, turning, default, [people, "No real person is described."]).save(CHART)
    steady = ", ".join(one.key for one in mapped if one not in turning)
    told = {
        "date": date.today().isoformat(),
        "command": f"python scripts/sign_maps.py --population {plan.population} --years {plan.years} "
        f"--seeds {len(plan.seeds)} --of-rare {plan_of_rare.population}",
        "regime": f"`{plan.regime.id}`",
        "society": plan.society.id,
        "population": plan.population,
        "years": plan.years,
        "seeds": seeds,
        "seed_count": len(plan.seeds),
        "map_table": map_table(kappas, phis, turning, default),
        "steady": steady or "nothing",
        "tried": len({at for one in assumptions().values() for at in one.at}),
        "flip_table": flip_table(found, known, [claim.id for claim in rare]),
        "of_rare": plan_of_rare.population,
    }
    PAGE.write_text(HEAD.format(**told) + BODY.format(**told), encoding="utf-8")


if __name__ == "__main__":
    main()
