"""Figures of the benchmarks: each beside its bar, kept as raw files, and shown together in one table.

Every benchmark keeps what it measured in ``benchmarks/raw/``; ``python benchmarks/figures.py`` shows all that
is there. A figure is that of one machine and whatever else it did, so the raw file tells both.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from demerit.simulation.machine import cores, processor

RAW = Path(__file__).parent / "raw"


@dataclass(frozen=True)
class Figure:
    """A measured number.

    Attributes:
        what: what was measured; value: the number; unit: its unit.
        bar: what it is meant to be, None where it is only told.
        at_least: whether more is better.
    """

    what: str
    value: float
    unit: str
    bar: float | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Say whether the bar is met."""
        if self.bar is None:
            return ""
        met = self.value >= self.bar if self.at_least else self.value <= self.bar
        return "met" if met else "not met"


def keep(name: str, figures: Iterable[Figure], **raw: Any) -> None:
    """Keep figures with what lies behind them in a raw file, and show them."""
    kept = list(figures)
    content = {
        "benchmark": name,
        "date": date.today().isoformat(),
        "machine": f"{processor()}, {cores()} cores",
        "load of the machine": round(os.getloadavg()[0], 1),
        "figures": [asdict(figure) for figure in kept],
        "raw": raw,
    }
    RAW.mkdir(exist_ok=True)
    (RAW / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")
    show([content])


def show(contents: Iterable[Mapping[str, Any]]) -> None:
    """Show figures in one table."""
    table = Table(title="synthetic society: speed and size")
    for heading in ("what", "measured", "unit", "bar", "", "date", "load"):
        table.add_column(heading, justify="right" if heading in ("measured", "bar", "load") else "left")
    for content in contents:
        for told in content["figures"]:
            figure = Figure(**told)
            sign = ">=" if figure.at_least else "<="
            bar = "" if figure.bar is None else f"{sign} {figure.bar:,.10g}"
            table.add_row(
                figure.what, f"{figure.value:,.4g}", figure.unit, bar, figure.verdict,
                content["date"], f"{content['load of the machine']}",
            )  # fmt: skip
    Console(width=150).print(table)


def main() -> None:
    """Show all figures that have been kept."""
    contents = [json.loads(path.read_text()) for path in sorted(RAW.glob("*.json"))]
    show(contents)
    for machine in sorted({content["machine"] for content in contents}):
        print(machine)


if __name__ == "__main__":
    main()
