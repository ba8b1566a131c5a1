"""The page: the simulation card, then all parts in order, as one file that needs nothing else."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from demerit.report.impact.blocks import Section
from demerit.report.impact.evidence import assumptions, limits, reproduction, shares
from demerit.report.impact.material import Material
from demerit.report.impact.measured import INTERVALS, ONE_SEED
from demerit.report.impact.people_parts import affected, harms
from demerit.report.impact.reforms import reforms
from demerit.report.impact.regime_parts import frequency, process, the_regime
from demerit.report.impact.safeguards import oversight, remedies
from demerit.report.impact.social_scoring import social_scoring
from demerit.report.words import counted
from demerit.study.card import INTENDED_USE, NOT_TO_BE_USED_FOR

_PARTS = (
    the_regime,
    process,
    frequency,
    affected,
    harms,
    social_scoring,
    oversight,
    remedies,
    reforms,
    assumptions,
    limits,
    reproduction,
)
"""The parts in the order of Art. 27(1), and what belongs beside it."""


def page(about: Material) -> str:
    """Return the report as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    surroundings = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    title = f"Impact assessment: {about.regime.data.regime.title}"
    return surroundings.get_template("page.html").render(
        title=title, card=card(about), sections=sections(about)
    )


def plain(value: Any) -> Any:
    """Return a text without control characters and without those that turn the direction of writing round.

    >>> plain("a" + chr(0x202E) + "b" + chr(7))
    'a\\ufffdb\\ufffd'
    """
    if type(value) is not str:
        return value
    return "".join(
        "\ufffd" if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter not in "\n\t" else letter
        for letter in value
    )


def sections(about: Material) -> list[Section]:
    """Return all parts of the report in order."""
    return [part(about) for part in _PARTS]


def card(about: Material) -> list[tuple[str, str]]:
    """Return the simulation card: what the report is for, and what it must not be used for."""
    assumed, total = shares(about)
    seeds = ", ".join(f"{seed}" for seed in about.seeds)
    worlds = about.name if about.measure is None else f"{about.name}, set against {about.against}"
    return [
        (
            "Intended use",
            INTENDED_USE,
        ),
        (
            "Must not be used for",
            f"{NOT_TO_BE_USED_FOR.rstrip('.')}; in place of the assessment that Art. 27 asks of a deployer.",
        ),
        ("Assessed", worlds),
        (
            "Assumptions",
            f"{assumed} of {total} numbers ({assumed / total:.0%}) are assumptions."
            if total
            else "There are none.",
        ),
        (
            "Population",
            f"{counted(about.population, 'person', 'people')} of the synthetic society {about.society.id}, "
            f"{counted(about.years, 'year', 'years')} from {about.start.isoformat()}.",
        ),
        ("Seeds", f"{seeds}. {INTERVALS if about.several else ONE_SEED}"),
        ("Version", f"demerit {about.version}"),
    ]
