"""What the regime is, what it is for and how it works, and how often it acts: letters (a) and (b)."""

from __future__ import annotations

from collections.abc import Iterator

from demerit.regime.describe import describe
from demerit.regime.load import Regime
from demerit.regime.record_types import Authority
from demerit.regime.types import RegimeFile
from demerit.report.impact.blocks import Block, Plain, Points, Section, Words, words_table
from demerit.report.impact.material import Material
from demerit.report.impact.measured import indicator_table
from demerit.report.words import counted

_BASIS = {
    "documented": "written after documents of a real regime",
    "essay": "written after the essay that the program studies",
    "hypothetical": "a hypothetical regime",
}
_FREQUENCY = (
    "records",
    "list_entries",
    "sanction_starts",
    "sanction_ends",
    "scoldings.police",
    "lookups",
    "employer_lookups",
    "displays",
    "refused.train",
    "refused.loan",
)


def the_regime(about: Material) -> Section:
    """Return what the regime is, from its file, in words."""
    data = about.regime.data
    blocks: list[Block] = [
        Words(f"{data.regime.title} is {_BASIS[data.regime.basis]}. All words below are made from its file."),
        *_described(about.regime),
    ]
    if about.measure is not None:
        other = about.regimes[about.measure]
        blocks.append(
            Words(
                f"It is set against {other.data.regime.title} ({about.against}, hash {other.hash8}): the "
                f"same people in the same situations under other rules. {other.data.regime.summary}"
            )
        )
    return Section("regime", "What the regime is", tuple(blocks))


def _described(regime: Regime) -> Iterator[Block]:
    """Yield the page of a regime, its parts under headings."""
    opening, *parts = describe(regime).split("\n\n")
    yield from (Words(line) for line in opening.splitlines() if line != regime.data.regime.summary)
    for part in parts:
        title, *lines = part.splitlines()
        yield Plain(title, tuple(lines)) if lines else Words(title)


def process(about: Material) -> Section:
    """Return the purpose and the process: who keeps what, what is passed on, what hangs on it."""
    data = about.regime.data
    purpose = data.regime.summary.rstrip(".") or "none is stated"
    steps = [
        f"{counted(len(data.authorities), 'authority keeps', 'authorities keep')} "
        f"{counted(len(data.registers), 'register', 'registers')}; "
        f"{counted(len(data.conducts), 'rule says', 'rules say')} what conduct is recorded.",
        f"{counted(len(data.transfers), 'road passes', 'roads pass')} records on to "
        f"{counted(len(data.platforms), 'platform', 'platforms')}; "
        + (
            f"a composite score is kept at {data.score.platform}."
            if data.score is not None
            else "no score is kept."
        ),
        f"{counted(len(data.chains), 'chain passes', 'chains pass')} points of one subject on to another.",
        f"{counted(len(data.lists), 'list', 'lists')}, "
        f"{counted(len(data.sanctions), 'sanction', 'sanctions')} and "
        f"{counted(len(data.rewards), 'reward', 'rewards')} hang on records, scores and counts.",
        "Decisions follow from the rules without anybody's judgement, except where oversight below says "
        "otherwise.",
    ]
    return Section(
        "process",
        "Purpose, and the processes in which it is used",
        (
            Words(f"Purpose, as its file states it: {purpose}."),
            Points(tuple(steps)),
            words_table(
                "The authorities, in the order of the file.",
                ("authority", "level", "registers", "about"),
                [_authority(data, one) for one in data.authorities],
            ),
        ),
        "a",
    )


def _authority(data: RegimeFile, one: Authority) -> tuple[str, ...]:
    """Return an authority with its registers and whom they are about."""
    kept = [register for register in data.registers if register.authority == one.id]
    kinds = dict.fromkeys(kind for register in kept for kind in register.covers)
    return (
        one.title,
        one.level,
        ", ".join(register.title for register in kept) or "none",
        ", ".join(kinds) or "–",
    )


def frequency(about: Material) -> Section:
    """Return for how long and how often it is used."""
    steps = len(about.regime.data.steps)
    changes = f"{steps if steps else 'no'} {'change' if steps == 1 else 'changes'} of the rules by date"
    return Section(
        "frequency",
        "Period and frequency of use",
        (
            Words(
                f"Simulated from {about.start.isoformat()} for {counted(about.years, 'year', 'years')} "
                f"({counted(about.days, 'day', 'days')}); the regime is in use on every one of them. "
                f"Its file holds {changes}. Records are made whenever conduct is detected; scores and "
                "sanctions follow on the same or the next days."
            ),
            *(Words(text) for text in about.past),
            indicator_table(about, "How often it acts, everybody together.", _FREQUENCY),
        ),
        "b",
    )
