"""Explanations in the terminal: a life, one record unfolded, a score as a waterfall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from demerit.explain.answers import in_force, shares, truth_of
from demerit.explain.lives import whose
from demerit.explain.waterfall import Fold, Waterfall
from demerit.regime.sanction_types import Reward
from demerit.report.words import counted, entry_sentence, written
from demerit.study.card import card_of_manifest

if TYPE_CHECKING:
    from demerit.explain.answers import Answer
    from demerit.explain.lives import Life
    from demerit.explain.source import Entry, Told
    from demerit.explain.why import WhyNot
    from demerit.explain.without import Without

SHOWN = 60
"""Entries of a life that a page shows; the others are counted."""
_APART = 12
"""Entries shown that only one of two worlds has."""
_MOTIVES = {
    "none": "",
    "principle": "principle",
    "law": "the law",
    "score": "the score",
    "free": "nothing",
}


def page(answer: Answer) -> Iterator[RenderableType]:
    """Yield whatever was asked."""
    yield heading(answer.life)
    yield Text(card_of_manifest(answer.life.told.manifest).short(), style="dim")
    if answer.whole:
        yield from life_page(answer.life)
    if answer.record is not None:
        yield from record_page(answer.life, answer.record)
    if answer.why is not None:
        yield from why_page(answer.why)
    if answer.but_for is not None:
        yield from without_page(answer.but_for)


def life_page(life: Life) -> Iterator[RenderableType]:
    """Yield a life: its entries in order, its scores, what is in force."""
    yield Text()
    if not life.own:
        yield Text("Nothing is in the ledger: no record, no sanction, nothing that anybody has noticed.")
        return
    yield _entries(life)
    falls = Fold(life).waterfalls()
    for fall in falls:
        if fall.moves:
            yield Text()
            yield waterfall_table(life, fall)
    clean = [fall for fall in falls if not fall.moves]
    if clean:
        told = "; ".join(f"{fall.scale.title} {fall.shown}" for fall in clean)
        yield Text(f"\nNothing has moved: {told}.")
    yield from _in_force(life)


def heading(life: Life) -> Text:
    """Return who is spoken of, and in which world."""
    return Text(f"{life.name}, {_world(life.told)}", style="bold")


def _world(told: Told) -> str:
    manifest = told.manifest
    again = "; lived again, because the run had not kept its ledger in full" if told.replayed else ""
    return (
        f"world {told.name} of {told.folder.name}: a synthetic society of {manifest.population:,}, seed "
        f"{manifest.seed}, {manifest.start} to {told.date_of(told.last_day)}{again}"
    )


def _entries(life: Life) -> Table:
    title = counted(len(life.own), "entry", "entries")
    table = Table(title=f"A life: {title}", title_justify="left", box=None, pad_edge=False)
    table.add_column("date", no_wrap=True)
    table.add_column("what happened", overflow="fold", ratio=3)
    table.add_column("whose rule", overflow="fold", ratio=1)
    table.add_column("truth", no_wrap=True)
    table.add_column("decided by", no_wrap=True)
    table.add_column("led to", justify="right", no_wrap=True)
    table.add_column("id", justify="right", no_wrap=True)
    for entry in life.own[:SHOWN]:
        below = len(life.tree(entry["id"])) - 1
        table.add_row(
            entry["date"].isoformat(),
            entry_sentence(entry) + _from_whom(life, entry),
            life.entry(entry)["authority"] or "",
            truth_of(life, entry),
            _MOTIVES[entry["motive"]],
            str(below or ""),
            str(entry["id"]),
        )
    if len(life.own) > SHOWN:
        table.add_row("…", f"and {len(life.own) - SHOWN} more: --json has them all")
    return table


def _from_whom(life: Life, entry: Entry) -> str:
    """Say where an entry comes from, if from somebody else."""
    above = life.way_up(entry)
    others = [whose(one) for one in above if whose(one) != life.name]
    return f" ← {others[-1]}" if others else ""


def waterfall_table(life: Life, fall: Waterfall) -> Table:
    """Return a score as a waterfall, its entries put together by what they began with."""
    system = f"{fall.scale.title} ({fall.system})"
    table = Table(
        title=f"{system}: {fall.shown} on {life.told.date_of(fall.day)}",
        title_justify="left", box=None, pad_edge=False,
    )  # fmt: skip
    table.add_column("step", overflow="fold")
    for name in ("entries", "brought", "left of it"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_row("clean record", "", "", _points(fall.scale.base * 1000, sign=False))
    for share in shares(life, fall):
        whom = "" if share.from_whom == "own" else f", passed on from {share.from_whom}"
        truth = "" if share.truth == "true" else f" ({share.truth})"
        table.add_row(
            f"{share.rule}{whom}{truth}", str(share.entries), _points(share.brought), _points(share.left)
        )
    for name, height, move in fall.steps():
        if move is None and height and name != "clean record":
            table.add_row(name, "", "", _points(height))
    table.add_row(Text("score shown", style="bold"), "", "", Text(f"{fall.shown}", style="bold"))
    return table


def _points(thousandths: int, *, sign: bool = True) -> str:
    """Return thousandths as points.

    >>> _points(-20500), _points(1000000, sign=False)
    ('-20.500', '1000')
    """
    text = f"{thousandths / 1000:{'+' if sign else ''}.3f}"
    return text.removesuffix(".000")


def _in_force(life: Life) -> Iterator[RenderableType]:
    table = Table(title="In force at the end", title_justify="left", box=None, pad_edge=False)
    for name in ("since", "rule", "what it is", "because"):
        table.add_column(name, overflow="fold")
    for rule, title, start in in_force(life):
        above = life.way_up(start)
        because = f"{entry_sentence(above[-1])} ({whose(above[-1])}, {above[-1]['date']})" if above else ""
        table.add_row(start["date"].isoformat(), rule.partition(":")[2], title, because)
    if table.row_count:
        yield Text()
        yield table
        yield Text("Ask for one with --why-not; unfold a record with --record and its id.")


def record_page(life: Life, identity: int) -> Iterator[RenderableType]:
    """Yield one entry: what led to it, what it is, and the tree of what it has led to."""
    entry = life.record(identity)
    told = life.entry(entry)
    yield Text()
    facts = Table(box=None, pad_edge=False, show_header=False)
    facts.add_row("entry", str(identity))
    facts.add_row("what", f"{entry['date']} {whose(entry)}: {entry_sentence(entry)}")
    for name in ("rule", "title", "authority", "register", "label", "motive"):
        if told[name] not in (None, "none"):
            facts.add_row({"label": "truth", "motive": "decided by"}.get(name, name), str(told[name]))
    facts.add_row("points", written(entry["points"], "+g"))
    yield facts
    above = life.way_up(entry)
    yield Text(
        "\nWhat led to it"
        if above
        else "\nNothing in the ledger led to it: it began with what was met that day"
    )
    if above:
        yield Group(*(Text(f"  {line}") for line in map(_line, reversed(above))))
    yield Text("\nWhat it led to")
    yield cause_tree(life, identity)


def cause_tree(life: Life, identity: int) -> Tree:
    """Return the tree of what an entry has led to."""
    links = life.tree(identity)
    tree = Tree(_line(links[0].entry), guide_style="dim")
    path = [tree]
    for link in links[1:]:
        del path[link.depth :]
        path.append(path[-1].add(_line(link.entry)))
    return tree


def _line(entry: Entry) -> str:
    """Return an entry in a line."""
    wrong = "" if entry["label"] == "true" else f" [{entry['label']}]"
    return f"{entry['date']} {whose(entry)}: {entry_sentence(entry)}{wrong} ({entry['id']})"


def why_page(why: WhyNot) -> Iterator[RenderableType]:
    """Yield why a sanction is in force or not: condition, what is missing, edges, when it clears, roads."""
    told = why.life.told
    stands = "is not in force" if why.since is None else f"is in force since {why.since['date']}"
    yield Text(f"\n{why.rule.id} ({why.rule.title}) {stands}", style="bold")
    yield Text(f"It is {why.condition}; {why.state}.")
    if why.since is not None and not isinstance(why.rule, Reward):
        if why.clears is None:
            yield Text("Time alone never ends it." if why.roads else "When it ends cannot be told.")
        else:
            yield Text(f"Time alone ends it on {told.date_of(why.clears)}, by {why.by}.")
    if why.leads:
        led = ", ".join(f"{name} ({chance:.0%})" for name, chance in why.leads)
        yield Text(f"What leads to the list, and with which chance: {led}.")
    if why.edges:
        yield Text()
        yield edges_table(why)
    if why.roads:
        yield Text()
        yield roads_table(why)


def edges_table(why: WhyNot) -> Table:
    """Return how far the score is from every edge."""
    table = Table(title="Edges of the score", title_justify="left", box=None, pad_edge=False)
    for name in ("edge", "what", "from"):
        table.add_column(name, justify="right" if name == "from" else "left")
    table.add_column("points to cross it", justify="right")
    for edge in why.edges:
        sign = -1 if edge.above else 1
        table.add_row(edge.name, edge.what, str(edge.at), _points(sign * edge.points))
    return table


def roads_table(why: WhyNot) -> Table:
    """Return the roads out; the cheapest sure one is marked."""
    table = Table(title="Roads out that the rules allow", title_justify="left", box=None, pad_edge=False)
    table.add_column("road")
    table.add_column("how", overflow="fold")
    for name in ("days", "own income, days"):
        table.add_column(name, justify="right")
    table.add_column("")
    for road in why.roads:
        mark = "cheapest" if road == why.cheapest else "" if road.certain else "not sure"
        days = "?" if road.days is None else str(road.days)
        cost = "?" if road.cost is None else f"{road.cost:.1f}"
        table.add_row(road.what, road.how, days, cost, mark)
    return table


def without_page(found: Without) -> Iterator[RenderableType]:
    """Yield a life beside itself without a rule."""
    yield Text(f"\nThe same people, lived again without {found.rule}", style="bold")
    if not found.reached:
        yield Text("Nothing in the ledger of this life would be different.")
        return
    plain = found.as_plain()
    yield Text(f"The first difference is of {plain['first_difference']}.")
    table = Table(box=None, pad_edge=False)
    table.add_column("what", overflow="fold")
    for name in ("with it", "without it", "difference"):
        table.add_column(name, justify="right")
    rows: list[tuple[str, float | None, float | None]] = [
        *((f"score {name}", *pair) for name, pair in found.scores.items()),
        *((f"days under {name}", *pair) for name, pair in found.sanction_days.items()),
        ("fines, CNY", *found.fines),
        *((f"entries: {name}", *pair) for name, pair in found.entries.items()),
    ]
    for name, one, other in rows:
        if one != other:
            apart = "" if one is None or other is None else written(one - other, "+,g")
            table.add_row(name, *("–" if value is None else f"{value:,g}" for value in (one, other)), apart)
    yield table
    for title, life, entries in (
        ("Only with it", found.life, found.gone),
        ("Only without it", found.other, found.new),
    ):
        if entries:
            more = f" (the first {_APART} of {len(entries)})" if len(entries) > _APART else ""
            yield Text(f"\n{title}{more}")
            yield Group(*(Text(f"  {_line(entry)}{_from_whom(life, entry)}") for entry in entries[:_APART]))
