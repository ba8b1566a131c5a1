"""The tables at the end of a run: what was simulated, what changed, who is worse off, who paid for what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from demerit.catalogue.counters import flow
from demerit.catalogue.words import CROSSWALK, KINDS
from demerit.engine.disk import shown
from demerit.files.layout import columns
from demerit.measures.indicators import BY_NAME
from demerit.measures.recorder import memberships
from demerit.measures.twins import TwinDifference, twin_days, twin_difference
from demerit.report.headlines import HEADLINES
from demerit.report.rule_coverage import coverage_sentence
from demerit.report.words import counted, entry_sentence, number, signed
from demerit.study.card import card_of_plan
from demerit.study.chains import Link, telling_offence
from demerit.study.coverage import coverage_of
from demerit.study.layout import INDICATORS, WORLDS
from demerit.study.results import EVERYBODY, compare, finite
from demerit.study.run import Run

_WORLDS_TITLE = ("What happened", "Two worlds, the same people", "Several worlds, the same people")
_LINKS_SHOWN = 24


def summary(done: Run) -> Iterator[RenderableType]:
    """Yield what a person should see when a run has ended."""
    yield simulated(done)
    yield two_worlds(done)
    if len(done.worlds) > 1:
        yield worse_off(done)
    if done.plan.request.ledger == "full":  # with entries missing the driver would seem to pay alone
        links = telling_offence(done.folder / WORLDS / done.worlds[0].name, _crossing_rule(done))
        if links:
            yield one_offence(links, done.worlds[0].regime.data.regime.title)
    yield occasions(done)
    if done.plan.request.ledger == "full":
        yield never_acted(done)
    yield Text(card_of_plan(done.plan).short(), style="dim")
    yield files(done)


def show(console: Console, done: Run) -> None:
    """Print the summary of a run."""
    for part in summary(done):
        console.print(part)
        console.print()


def never_acted(done: Run) -> Text:
    """Say which rules of the regime under test never acted."""
    world = done.worlds[0]
    covered = coverage_of(done.folder / WORLDS / world.name, world.regime, done.plan.request.ledger)
    return Text(coverage_sentence(covered))


def simulated(done: Run) -> RenderableType:
    """Say what was simulated, and that it is synthetic."""
    plan = done.plan
    titles = [world.regime.data.regime.title for world in done.worlds]
    beside = (
        f", beside its twin world under {titles[1].lower()}: the same people in the same situations"
        if len(titles) > 1
        else ""
    )
    text = Text.assemble(
        ("Synthetic society. ", "bold"),
        "No real person is described or scored.\n",
        f"{counted(plan.population, 'person', 'people')} of the society “{plan.society.data.society.title}”, "
        f"{counted(plan.request.years, 'year', 'years')} from "
        f"{plan.first.isoformat()}, seed {plan.request.seed}, under ",
        (titles[0], "bold"),
        f"{beside}.{_shared_past(done)}",
    )
    return Panel(text, title="What was simulated", title_align="left")


def _shared_past(done: Run) -> str:
    """Say under what all worlds of a branch have lived before their own regimes."""
    parts, begin = [], done.plan.first
    for era in done.plan.past:
        end = done.plan.first + timedelta(days=era.until)
        parts.append(f"under {era.regime.data.regime.title.lower()} from {begin} until {end}")
        begin = end
    return f"\nAll worlds have lived {', '.join(parts)}." if parts else ""


def two_worlds(done: Run) -> Table:
    """Return the headline indicators in both worlds."""
    names = [world.name for world in done.worlds]
    table = Table(title=_WORLDS_TITLE[min(len(names), 3) - 1], title_justify="left")
    table.add_column("what")
    for name in names:
        table.add_column(name, justify="right")
    if len(names) > 1:
        heading = "difference" if len(names) == 2 else f"{names[0]} less {names[1]}"
        table.add_column(heading, justify="right", style="bold")
    table.add_column("unit", style="dim")
    for name, label, unit in HEADLINES:
        cells = [number(finite(world.recorder.value(BY_NAME[name], EVERYBODY))) for world in done.worlds]
        if len(names) > 1:
            cells.append(signed(compare(done, name, EVERYBODY)["difference"]))
        table.add_row(label, *cells, unit)
    return table


def worse_off(done: Run) -> RenderableType:
    """Return who is worse off than their twin: person by person, by income fifth, hukou and stratum."""
    groups = list(twin_groups(done))
    names = [world.name for world in done.worlds]
    table = Table(
        title=f"Who is worse off: each adult under {names[0]} beside their twin under {names[1]}",
        title_justify="left",
    )
    table.add_column("group")
    table.add_column("worse off", justify="right", style="bold")
    table.add_column("by days of income", justify="right", style="bold")
    table.add_column("better off", justify="right")
    table.add_column("by days of income", justify="right")
    table.add_column("penalty days a year", justify="right")
    table.add_column("in the twin", justify="right")
    last = ""
    for by, group, twins, figures in groups:
        if last not in (by, ""):
            table.add_section()
        last = by
        table.add_row(
            group.replace("_", " "),
            f"{twins.worse_share:.1%}",
            number(twins.worse_days),
            f"{twins.better_share:.1%}",
            number(twins.better_days),
            number(figures["value"]),
            number(figures["against"]),
        )
    everybody = groups[0][2]
    worst = max((row for row in groups if row[0] == "income fifth"), key=lambda row: row[2].worse_share)
    sentence = Text(
        f"{everybody.worse_share:.1%} of adults end the {counted(done.plan.request.years, 'year', 'years')} "
        "at least a day of their own income poorer than their twin, on average by "
        f"{number(everybody.worse_days)} days; "
        f"{everybody.better_share:.1%} end richer, by {number(everybody.better_days)} days. "
        f"The share of the worse off is largest in the {worst[1]}: {worst[2].worse_share:.1%}."
    )
    return Group(table, sentence)


def twin_groups(done: Run) -> Iterator[tuple[str, str, TwinDifference, dict[str, float | None]]]:
    """Yield every group of adults with its twin difference and its penalty days in both worlds."""
    population = done.setting.population
    days = twin_days(done.worlds[0].world, done.worlds[1].world)
    adults = (population.traits["flags"] & 1) == 1
    for by, group, member in memberships():
        chosen = adults & member[population.traits["cell"]]
        if chosen.any():
            yield by, group, twin_difference(days, chosen), compare(done, "penalty_days", member)


def _crossing_rule(done: Run) -> str:
    """Return the id of the conduct that answers a crossing, if the regime has one."""
    conducts = done.worlds[0].regime.data.conducts
    return next((conduct.id for conduct in conducts if conduct.answers == KINDS[CROSSWALK]), "")


def one_offence(links: list[Link], title: str) -> RenderableType:
    """Return the tree of what one offence led to."""
    first = links[0].entry
    tree = Tree(_line(first))
    above = [tree]
    for link in links[1 : _LINKS_SHOWN + 1]:
        del above[link.depth :]
        above.append(above[-1].add(_line(link.entry)))
    hidden = len(links) - _LINKS_SHOWN - 1
    if hidden > 0:
        tree.add(f"… and {counted(hidden, 'more entry', 'more entries')}")
    payers = {_subject(link.entry) for link in links}
    others = len(payers) - 1
    noun = "another subject" if others == 1 else f"{others} other subjects"
    text = Text(
        f"{len(links)} entries in the ledger; besides the driver, {noun} paid."
        if others
        else f"{len(links)} entries in the ledger; the driver alone paid."
    )
    heading = Text(f"Who paid for one offence at a crossing, under {title}")
    return Panel(Group(tree, text), title=heading, title_align="left")


def _line(entry: dict[str, object]) -> Text:
    return Text.assemble((_subject(entry), "bold"), f" {entry['date']} {entry_sentence(entry)}")


def _subject(entry: dict[str, object]) -> str:
    return f"{entry['kind']}:{entry['subject']}"


def occasions(done: Run) -> RenderableType:
    """Return how often situations were met and acted on, beside what the society file declares."""
    table = Table(title="Situations met: declared rates and what the run made of them", title_justify="left")
    table.add_column("situation")
    table.add_column("declared a year", justify="right")
    table.add_column("met a year", justify="right")
    table.add_column("declared act", justify="right")
    for world in done.worlds:
        table.add_column(f"act, {world.name}", justify="right")
    years = done.plan.days / 365.0
    for situation in done.plan.society.data.situations:
        eligible = done.setting.population.eligible(situation.eligible)
        met = int(done.worlds[0].world.counters()[:, flow(f"{situation.id}.met")].sum())
        figures = compare(done, f"acts_share.{situation.id}", EVERYBODY)
        shares = (figures["value"], figures["against"])[: len(done.worlds)]
        table.add_row(
            situation.id,
            number(float(situation.rate)),
            number(met / (eligible * years) if eligible else None),
            number(None if situation.null_probability is None else float(situation.null_probability)),
            *(number(share) for share in shares),
        )
    lived = done.plan.population * done.plan.days
    speeds = [f"{world.name} {number(lived / max(world.seconds, 1e-9) / 1e6)}" for world in done.worlds]
    text = Text(
        "Rates are per eligible person; a declared act is the chance of the able without necessity under "
        "ordinary law. "
        f"Million person-days per second: {', '.join(speeds)}.",
        style="dim",
    )
    return Group(table, text)


def files(done: Run) -> RenderableType:
    """Say where the files are and how to read on."""
    kept = {"full": "every entry", "panel": "the entries of a sample of subjects", "none": "no entry"}
    lines = [
        *columns(
            [
                (INDICATORS, "every indicator by month and group"),
                ("overview.png", "the picture of the result (overview.svg the same for print)"),
                (
                    f"{WORLDS}/<regime>/ledger",
                    f"{kept[done.plan.request.ledger]}, with cause and hidden truth label",
                ),
                ("manifest.json", "what was run: rules, society, seed, versions, digests"),
            ]
        ),
        f"digest of the first world: {done.worlds[0].digest()}",
    ]
    text = Text.assemble((shown(done.folder), "bold"), "\n", "\n".join(lines))
    return Panel(text, title="Where the files are", title_align="left")
