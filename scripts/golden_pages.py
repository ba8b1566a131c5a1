"""Write the golden pages: what commands print of the presets, and of a comparison with made-up figures.

They are read by people, and change only when a preset or the words for it do. After such a change, run

    python scripts/golden_pages.py

which rewrites tests/unit/golden/pages, and read the difference as a newcomer would.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

PAGES = Path(__file__).resolve().parents[1] / "tests" / "unit" / "golden" / "pages"
FIGURES = {
    "records": ((183.0, 190.0, 178.0, 185.0, 181.0), (213.0, 221.0, 207.0, 216.0, 210.0)),
    "wrongful_share": ((0.16, 0.15, 0.17, 0.16, 0.14), (0.056, 0.05, 0.06, 0.055, 0.058)),
    "penalty_days": ((0.23, 0.21, 0.25, 0.2, 0.26), (0.24, 0.22, 0.23, 0.21, 0.27)),
    "sanctioned": ((0.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0, 0.0)),
    "aware": ((0.9, 0.9, 0.9, 0.9, 0.9), (0.0, 0.0, 0.0, 0.0, 0.0)),
    "trust.strangers": ((0.3011, 0.3012, 0.301, 0.3013, 0.3009), (0.3011, 0.3012, 0.301, 0.3013, 0.3009)),
    "appeal_days": ((float("nan"),) * 5, (float("nan"),) * 5),
}
"""Made-up values under essay and ordinary-law by seed: apart, unclear, the same, and without an occasion."""


def pages() -> Iterator[tuple[str, str]]:
    """Yield every page: the name of its file and its text."""
    from demerit import regime, society
    from demerit.files.commands import diff_text
    from demerit.regime import commands
    from demerit.society import describe

    yield "regime-list.txt", commands.list_text()
    yield "society-list.txt", describe.list_text()
    for rules in regime.list_presets():
        yield f"regime-show-{rules.id}.txt", commands.show_text(rules.id)
    for people in society.list_presets():
        yield f"society-show-{people.id}.txt", describe.show_text(people.id)
    yield "regime-diff-essay-ordinary-law.txt", diff_text(regime.load.KIND, "essay", "ordinary-law")
    yield "compare-essay-ordinary-law.txt", compare_page()


def compare_page() -> str:
    """Return what a comparison over five seeds prints, for figures that no model gave."""
    import numpy as np
    from rich.console import Console

    from demerit.measures.indicators import BY_NAME
    from demerit.report.comparing import show_comparison
    from demerit.study import comparison, findings
    from demerit.study.comparison_plan import ComparisonRequest, make_comparison
    from demerit.study.replicate import Replicate

    names = ("essay", "ordinary-law")
    plan = make_comparison(ComparisonRequest(names, society="hamlet", years=1, seeds=5, workers=1))
    worlds = tuple(
        Replicate(name, seed, (("all", "all"),), np.array([[one[side][turn] for one in FIGURES.values()]]),
                  "0" * 32, 2_493, 200 * 365, 0.2)
        for turn, seed in enumerate(plan.seeds)
        for side, name in enumerate(names)
    )  # fmt: skip
    done = comparison.Comparison(Path("runs/essay-ordinary-law"), plan, worlds, (), 0, 1.0)
    page = io.StringIO()
    measured = tuple(BY_NAME[name] for name in FIGURES)
    with mock.patch.object(comparison, "INDICATORS", measured), mock.patch.object(
        findings, "INDICATORS", measured
    ):  # fmt: skip
        show_comparison(Console(file=page, width=110, color_system=None, legacy_windows=False), done)
    return page.getvalue().rstrip("\n")


def main() -> None:
    """Write the pages, remove those that are none any more, and print the names of those that changed."""
    PAGES.mkdir(exist_ok=True)
    written = dict(pages())
    for path in PAGES.iterdir():
        if path.name not in written:
            path.unlink()
            print(f"removed {path.name}")
    for name, text in written.items():
        path = PAGES / name
        if not path.exists() or path.read_text() != f"{text}\n":
            path.write_text(f"{text}\n")
            print(f"changed {name}")


if __name__ == "__main__":
    main()
