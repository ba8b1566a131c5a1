"""The totting-up test (X1): fit to drivers with 1-4 and 5-8 points, predict those with 9-11.

Run it with ``python -m verification.points_licence``; it takes about ten minutes on two cores. What is
declared stands in ``totting_up.toml`` and was committed before the first fit. The society is synthetic.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain

from rich.console import Console
from rich.table import Table
from verification import theory
from verification.courses import with_courses
from verification.drivers import Life, Records, live, measured, next_year, regime_of
from verification.fitting import Fitted, fit, start
from verification.official import BINS, HERE, Declaration, declaration

RESULTS = HERE / "results"
FIELDS = ("case", "six", "ban_days", "courses", "seed", "worlds", "met", "rate", "sigma", "six_drawn",
          "six_found", *(f"share {name}" for name in BINS), "predicted over official", "12+ over official",
          "banned")  # fmt: skip
MORE_SEEDS = (2, 3)


def row(declared: Declaration, case: dict[str, object], fitted: Fitted) -> dict[str, object]:
    """Return a line of the table of results."""
    found, official = fitted.found, declared.shares
    return {
        **case,
        "worlds": fitted.worlds,
        "met": fitted.close(official),
        "rate": fitted.life.rate,
        "sigma": fitted.life.sigma,
        "six_drawn": fitted.life.six,
        "six_found": found["six"],
        **{f"share {name}": found[name] for name in BINS},
        "predicted over official": found["9-11"] / official["9-11"],
        "12+ over official": found["12+"] / official["12+"],
        "banned": found["banned"],
    }


def world_of(declared: Declaration, ban: float, seed: int) -> Callable[[Life], Records]:
    """Return what lives a world: nobody learns or looks at a ban that is expected to cost nothing."""
    regime = regime_of(ban, **{"licence.hardship": declared.data["hardship"]["declared"]})
    return lambda life: live(declared, life, regime, learns=ban > 0, seed=seed)


def cell(declared: Declaration, six: float, ban: float, seed: int) -> dict[str, object]:
    """Fit one cell of the grid, mix by response."""
    lived = world_of(declared, ban, seed)
    fitted = fit(lambda life: measured(declared, lived(life)), declared.shares, six)
    case = {"case": "grid", "six": six, "ban_days": ban, "courses": 0.0, "seed": seed}
    return row(declared, case, fitted)


def cell_with_courses(declared: Declaration, six: float, share: float, seed: int) -> dict[str, object]:
    """Fit a cell in which nobody responds and first speeding offences may end in a course."""
    regime = regime_of(0, **{"licence.limit": 60})
    data = declared.data

    def show(life: Life) -> dict[str, float]:
        caught = live(declared, life, regime, learns=False, seed=seed)
        left = with_courses(caught, share, data["courses"]["window_days"], data["record"]["counts_days"],
                            data["hardship"]["declared"])  # fmt: skip
        return measured(declared, left)

    fitted = fit(show, declared.shares, six)
    case = {"case": "courses", "six": six, "ban_days": 0.0, "courses": share, "seed": seed}
    return row(declared, case, fitted)


def results(declared: Declaration) -> Iterator[dict[str, object]]:
    """Fit every cell: the grid, courses by history, and the declared cell on other seeds."""
    seed = declared.data["run"]["seed"]
    low, middle, high = declared.levels("mix")
    for six in (low, middle, (middle + high) / 2, high):
        for ban in (0.0, *declared.levels("response")):
            yield cell(declared, six, ban, seed)
    for share in declared.levels("courses"):
        yield cell_with_courses(declared, middle, share, seed)
    for other in MORE_SEEDS:
        yield cell(declared, middle, declared.data["response"]["declared"], other)


def plain(declared: Declaration) -> Iterator[dict[str, object]]:
    """Give what the plain calculation without response or bans says, by the shape of frailty."""
    shapes = {"lognormal": (theory.lognormal, 1.9), "gamma": (theory.gamma, 6.0)}
    for six in (0.0, *declared.levels("mix")):
        for name, (frailty, first) in shapes.items():
            mean, spread = start(declared.shares, six, frailty, first)
            found = dict(zip(BINS, theory.shares(mean, spread, six, frailty).tolist(), strict=True))
            fitted = Fitted(Life(mean, spread, six), found | {"six": six, "banned": 0.0}, 0)
            case = {"case": f"plain, {name}", "six": six, "ban_days": 0.0, "courses": 0.0, "seed": 0}
            yield row(declared, case, fitted)


def offending(worlds: list[tuple[float, int]]) -> float:
    """Return the offending of several worlds together, each with its rate and the number behind it."""
    return sum(count for _, count in worlds) / sum(count / rate for rate, count in worlds)


def point_record_effect(declared: Declaration, fitted: dict[str, object]) -> list[dict[str, object]]:
    """Compare offending by points held, in the declared cell and for the same people unmoved (X10)."""
    life = Life(float(str(fitted["rate"])), float(str(fitted["sigma"])), float(str(fitted["six_drawn"])))
    ban, sums = declared.data["response"]["declared"], []
    for response in (ban, 0.0):
        worlds = [
            next_year(declared, world_of(declared, response, seed)(life))
            for seed in (declared.data["run"]["seed"], *MORE_SEEDS)
        ]
        sums.append(worlds)
    found = []
    for points in sums[0][0]:
        with_it, without = (offending([world[points] for world in worlds]) for worlds in sums)
        counts = [sum(world[points][1] for world in worlds) for worlds in sums]
        change = with_it / without - 1
        error = (1 + change) * (1 / counts[0] + 1 / counts[1]) ** 0.5
        found.append({"points": points, "endorsements": counts[0], "without response": counts[1],
                      "change": change, "standard error": error})  # fmt: skip
    return found


def write(name: str, rows: list[dict[str, object]], fields: tuple[str, ...]) -> None:
    """Write raw figures beside this file."""
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            {key: f"{value:.6g}" if isinstance(value, float) else value for key, value in one.items()}
            for one in rows
        )


def main() -> int:
    """Print the tables, write the raw figures, and return 1 if the declared cell misses."""
    declared, console = declaration(), Console(width=150)
    run, found = declared.data["run"], []
    began = datetime.now(UTC).date().isoformat()
    console.print(
        f"{began}; {run['people']:,} people, seed {run['seed']}, {run['years']} years; synthetic society"
    )
    table = Table()
    for name in FIELDS:
        table.add_column(name, justify="right")
    for one in chain(plain(declared), results(declared)):
        found.append(one)
        table.add_row(*(f"{value:.4g}" if isinstance(value, float) else str(value) for value in one.values()))
        console.print(*(one[name] for name in FIELDS[:6]), f"{one['predicted over official']:.3f}")
    console.print(table)
    write("points_licence.csv", found, FIELDS)
    mix, response = declared.data["mix"]["declared"], declared.data["response"]["declared"]
    mine = [one for one in found
            if one["case"] == "grid" and one["six"] == mix and one["ban_days"] == response]  # fmt: skip
    effect = point_record_effect(declared, mine[0])
    write("point_record_effect.csv", effect, tuple(effect[0]))
    for one in effect:
        console.print(f"{one['points']} points: offending {one['change']:+.3f} ± {one['standard error']:.3f}")
    ratio = sum(float(str(one["predicted over official"])) for one in mine) / len(mine)
    passed = abs(ratio - 1) <= declared.data["passes"]["within"]
    console.print(f"declared cell: predicted over official {ratio:.3f}; {'pass' if passed else 'FAIL'}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
