"""What the numbers rest on, what the report cannot say, and how to get the same again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from demerit.files.evidence import BASES
from demerit.files.inventory import by_basis, numbers
from demerit.files.number import Number
from demerit.files.table import Table as FileTable
from demerit.report.impact.blocks import Block, Heading, Points, Section, Table, Words, words_table
from demerit.report.impact.material import Material
from demerit.report.impact.measured import ONE_SEED
from demerit.report.words import written
from demerit.sources import load_sources

_BASES = {
    "law": "a text of law",
    "cited": "a cited study or statistic",
    "inferred": "follows from a source, by the note beside it",
    "assumed": "assumed, within a range",
    "calibrated": "fitted to a target",
}


def files_of(about: Material) -> list[tuple[str, FileTable]]:
    """Return the files behind the study by name: the society, then every regime."""
    regimes = zip(about.names, about.regimes, strict=True)
    return [
        (f"society {about.society.id}", about.society.data),
        *((f"regime {a}", b.data) for a, b in regimes),
    ]


def shares(about: Material) -> tuple[int, int]:
    """Return how many numbers of all files together are assumptions, and how many there are."""
    counts = sum((Counter(by_basis(model)) for _, model in files_of(about)), Counter[str]())
    return counts["assumed"], sum(counts.values())


def assumptions(about: Material) -> Section:
    """Return the numbers by what they rest on, the assumed ones of the regime, and the sources."""
    assumed, total = shares(about)
    rows = []
    for name, model in files_of(about):
        counts = by_basis(model)
        rows.append((name, *(f"{counts.get(basis, 0)}" for basis in BASES), f"{sum(counts.values())}"))
    blocks: list[Block] = [
        Words(
            f"{assumed} of {total} numbers in use ({_share(assumed, total)}) are assumptions: somebody's "
            "judgement, with a range. Which of them decide a result is measured by living worlds with all "
            "of them drawn from their ranges (demerit claims --robustness), and not in this report."
        ),
        words_table(
            "Numbers of every file by what they rest on.",
            ("file", *(_BASES[one] for one in BASES), "all"),
            rows,
        ),
        Heading(f"What is assumed in {about.name}"),
        _assumed(about.regime.data),
        Heading("Sources in use"),
        *_sources(about),
    ]
    return Section("assumptions", "Assumptions and their weight", tuple(blocks))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"


def _assumed(model: FileTable) -> Table:
    rows = []
    for at, one in numbers(model):
        if isinstance(one, Number) and one.basis == "assumed":
            low_high = "–" if one.range is None else " to ".join(written(end, "g") for end in one.range)
            rows.append((at, written(one.value, "g"), low_high, one.unit))
    return words_table(
        "Every assumed number of the assessed regime.", ("number", "value", "range", "unit"), rows
    )


def _sources(about: Material) -> Iterator[Block]:
    cited: Counter[str] = Counter()
    for _, model in files_of(about):
        for _, one in numbers(model):
            cited.update(getattr(one, "source", ()) or ())
    known = load_sources()
    rows: list[tuple[str, ...]] = [
        (name, known[name].statement, known[name].source, known[name].confidence, f"{count}")
        for name, count in sorted(cited.items())
        if name in known
    ]
    if not rows:
        yield Words("No number cites a source.")
        return
    yield words_table(
        "Facts that numbers cite, how sure they are, and how many numbers rest on each.",
        ("fact", "what it says", "where it was read", "confidence", "numbers"),
        rows,
    )


def limits(about: Material) -> Section:
    """Return what this report does not say."""
    points = [
        "A synthetic society is described. Nothing here was observed of real people, and nothing holds of "
        "any one of them.",
        "It is no legal opinion, and it does not stand in for the assessment that a deployer owes under "
        "Art. 27, nor for one of data protection. It answers the questions of Art. 27(1) for a simulated "
        "regime.",
        "People choose by one rule with stated parameters; what no rule of the file or the society brings "
        "about cannot show, however harmful it may be in life.",
        "The social-scoring test counts contexts by this program's list. A court may draw the lines "
        "elsewhere.",
        "Intervals, where there are any, cover chance between seeds. They do not cover wrong assumptions.",
        "Many numbers are compared at once: of the differences without a cause about one in twenty would "
        "still lie outside its interval.",
    ]
    if not about.several:
        points.append(ONE_SEED)
    points += [f"Not lived, and missing from all means: {failure}." for failure in about.failures]
    return Section("limits", "Limits", (Points(tuple(points)),))


def reproduction(about: Material) -> Section:
    """Return command, hashes, seeds and versions."""
    regimes = zip(about.names, about.regimes, strict=True)
    hashes = [
        (f"society {about.society.id}", about.society.hash),
        *((f"regime {name} ({regime.id})", regime.hash) for name, regime in regimes),
    ]
    digests = [(one.world, f"{one.seed}", one.digest) for one in about.digests]
    seeds = ", ".join(f"{seed}" for seed in about.seeds)
    return Section(
        "reproduction",
        "Reproduction",
        (
            Words(
                "The folder of the study holds society and regimes in full. demerit verify RUN compares "
                "every byte and lives all worlds again; demerit report RUN writes this page again, to the "
                "same bytes."
            ),
            Points(
                (
                    f"Lived with demerit {about.version}; seeds {seeds}; {about.population:,} people; "
                    f"{about.start.isoformat()}, {about.days:,} days.",
                    f"Libraries: {_listed(about.versions)}.",
                    f"Command: {_command(about)}",
                )
            ),
            words_table("SHA-256 of the rules and of the society, prose left out.", ("file", "hash"), hashes),
            words_table("What every world came to.", ("world", "seed", "digest"), digests),
        ),
    )


def _listed(versions: dict[str, Any]) -> str:
    return ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))


def _command(about: Material) -> str:
    ids = [f"“{regime.id}” (hash {regime.hash8})" for regime in about.regimes]
    common = (
        f"--society “{about.society.id}” (hash {about.society.hash8}) --population {about.population} "
        f"--years {about.years} --start {about.start.isoformat()} --seed {about.seeds[0]}"
    )
    if about.comparison is not None:
        return f"demerit compare {' '.join(ids)} {common} --seeds {len(about.seeds)}"
    if about.past:
        return "demerit branch, from the run that the worlds share; the manifest holds the rules of the past"
    against = f"--against {ids[1]}" if len(ids) > 1 else "--alone"
    return f"demerit run {ids[0]} {common} {against}"
