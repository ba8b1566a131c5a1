"""View 6, the machine: who keeps what, how records travel, what is lost, and who waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import Field

from demerit.catalogue.words import LABELS, WRONGFUL
from demerit.explorer.answer import Answer
from demerit.explorer.refusal import REFUSALS
from demerit.explorer.shelf import OpenRun
from demerit.explorer.views.machine_charts import queue_chart, truth_chart
from demerit.explorer.views.model import Chart, Measured, WorldAsked, measured, world_with_ledger
from demerit.explorer.views.roads import entered, places, traffic
from demerit.study.indicator_totals import indicator_totals

if TYPE_CHECKING:
    import polars as pl

    from demerit.explain.source import Told
    from demerit.regime.types import RegimeFile

APPEALS = (
    "appeals_pending", "appeal_days", "appeals_left", "appeals_late", "reversed_share.wrongful",
    "reversed_share.inability", "reversed_share.rightful", "upheld_for_integrity", "stale_copies",
)  # fmt: skip
_STEPS = {
    "appeal_filed": "filed",
    "case_opened": "opened",
    "record_upheld": "upheld",
    "record_reversed": "reversed",
    "appeal_left": "left",
}


class Node(Answer):
    """A body, a record book or an exchange."""

    id: str = Field(description="authority:…, register:…, platform:… or score:….")
    kind: str = Field(description="authority, register, platform or score.")
    title: str
    level: str = Field(description="city, province, nation, or empty.")
    entries: int = Field(description="Ledger entries that came to rest here, over the run.")


class Flow(Answer):
    """A road between two nodes."""

    id: str = Field(description="Its rule, or who keeps what.")
    start: str = Field(description="Node it leaves.")
    end: str = Field(description="Node it reaches.")
    kind: str = Field(description="keeps, transfer or weighs.")
    sent: int = Field(description="Copies that set out, over the run.")
    arrived: int = Field(description="Copies that arrived.")
    lost: int = Field(description="Copies that were lost on the way.")
    recalled: int = Field(description="Withdrawals that reached the copy.")
    stale: int = Field(description="Copies that outlive a withdrawn record.")
    days_rule: float | None = Field(description="Mean delay in the rule, days.")
    days_seen: float | None = Field(description="Median days from the record to its arrival in this run.")


class Kept(Answer):
    """A register: what its authority sees, and what is true of it."""

    register_id: str = Field(description="Id of the register.")
    title: str
    authority: str
    records: int = Field(description="Records against somebody that stand in it, over the run.")
    points: float = Field(description="Points they took, as the authority sees them.")
    truths: dict[str, int] = Field(description="The same records by hidden truth label.")
    wrongful: int = Field(description="How many should not be there.")


class Month(Answer):
    """The appeal offices in a month."""

    month: str = Field(description="First day of the month.")
    filed: int
    opened: int
    upheld: int
    reversed: int
    left: int = Field(description="Appellants who gave up waiting.")
    waiting: int = Field(description="Filed and not answered at its end.")


class Machine(Answer):
    """A world's institutions at work."""

    world: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    registers: tuple[Kept, ...]
    queue: tuple[Month, ...]
    figures: tuple[Measured, ...]
    charts: tuple[Chart, ...]


def machine(told: Told) -> Machine:
    """Return how the institutions of a world worked over the run.

    Args:
        told: a world with its ledger.
    """
    rules = told.rules
    frame = entries_of(told)
    held = entered(frame)
    flows = _flows(frame, rules, held)
    registers = kept(frame, rules)
    queue = appeal_queue(frame)
    totals = indicator_totals(told.folder)
    twins = next((values for name, values in totals.items() if name != told.name), {})
    return Machine(
        world=told.name,
        nodes=tuple(_nodes(rules, flows, held)),
        flows=tuple(flows),
        registers=registers,
        queue=queue,
        figures=tuple(measured(name, totals[told.name].get(name), twins.get(name)) for name in APPEALS),
        charts=tuple(one for one in (truth_chart(registers), queue_chart(queue)) if one is not None),
    )


def entries_of(told: Told) -> pl.DataFrame:
    """Return the entries of a world as the machine needs them; a world without registers names none."""
    import polars as pl

    columns = [pl.col(name) for name in ("id", "cause", "date", "what", "rule", "points", "label")]
    known = "register" in told.ledger.collect_schema()
    register = pl.col("register") if known else pl.lit(None, pl.String).alias("register")
    return told.ledger.select(*columns, register).collect()


def _nodes(rules: RegimeFile, flows: list[Flow], held: dict[str, int]) -> Iterator[Node]:
    """Yield authorities, registers, platforms and the score, with what came to rest at each."""
    came: dict[str, int] = {}
    for flow in flows:
        came[flow.end] = came.get(flow.end, 0) + flow.arrived

    def node(kind: str, identity: str, title: str, level: str, entries: int) -> Node:
        return Node(id=f"{kind}:{identity}", kind=kind, title=title, level=level, entries=entries)

    for authority in rules.authorities:
        mine = sum(held.get(one.id, 0) for one in rules.registers if one.authority == authority.id)
        yield node("authority", authority.id, authority.title, authority.level, mine)
    for register in rules.registers:
        yield node("register", register.id, register.title, "", held.get(register.id, 0))
    for platform in rules.platforms:
        arrived = came.get(f"platform:{platform.id}", 0)
        yield node("platform", platform.id, platform.title, platform.level, arrived)
    if rules.score is not None:
        yield node("score", "composite", "Composite score", "", came.get("score:composite", 0))


def _flows(frame: pl.DataFrame, rules: RegimeFile, held: dict[str, int]) -> list[Flow]:
    """Return who keeps what, the transfers, and what the score weighs."""
    names = dict(places(rules))
    travelled = traffic(frame, rules)
    found = [
        _passed(f"keeps {one.id}", f"authority:{one.authority}", names[one.id], "keeps", held.get(one.id, 0))
        for one in rules.registers
    ]
    for one in rules.transfers:
        seen = travelled[one.id]
        found.append(
            Flow(
                id=one.id,
                start=names[one.from_],
                end=names[one.to],
                kind="transfer",
                sent=seen.arrived + seen.lost,
                arrived=seen.arrived,
                lost=seen.lost,
                recalled=seen.recalled,
                stale=seen.stale,
                days_rule=float(one.delay_days),
                days_seen=seen.days,
            )
        )
    if rules.score is not None:
        at = f"platform:{rules.score.platform}"
        count = sum(flow.arrived for flow in found if flow.end == at)
        found.append(_passed("weighs", at, "score:composite", "weighs", count))
    return found


def _passed(identity: str, start: str, end: str, kind: str, count: int) -> Flow:
    """Return a flow on which nothing is lost and that takes no time."""
    return Flow(
        id=identity, start=start, end=end, kind=kind, sent=count, arrived=count,
        lost=0, recalled=0, stale=0, days_rule=None, days_seen=None,
    )  # fmt: skip


def kept(frame: pl.DataFrame, rules: RegimeFile) -> tuple[Kept, ...]:
    """Return every register with its records and their hidden truth.

    Args:
        frame: what, register, points, label of all entries.
        rules: the rules.
    """
    import polars as pl

    held = (
        frame.filter((pl.col("what") == "record") | (pl.col("what") == "conviction"))
        .group_by(pl.col("register").cast(pl.String), pl.col("label").cast(pl.String))
        .agg(pl.len().alias("records"), pl.col("points").sum())
    )
    titles = {one.id: one.title for one in rules.authorities}
    found = []
    for one in rules.registers:
        mine = held.filter(pl.col("register") == one.id)
        counts = dict(mine.select("label", "records").iter_rows())
        truths = {label: counts.get(label, 0) for label in LABELS}
        found.append(
            Kept(
                register_id=one.id,
                title=one.title,
                authority=titles[one.authority],
                records=sum(truths.values()),
                points=round(-float(mine["points"].sum() or 0.0), 3) + 0.0,
                truths=truths,
                wrongful=sum(truths[label] for label in WRONGFUL),
            )
        )
    return tuple(found)


def appeal_queue(frame: pl.DataFrame) -> tuple[Month, ...]:
    """Return what the appeal offices did month by month, and how many wait.

    Args:
        frame: date and what of all entries.
    """
    import polars as pl

    steps = frame.select(
        pl.col("date").dt.truncate("1mo").alias("month"),
        pl.col("what").cast(pl.String).replace_strict(_STEPS, default=None).alias("step"),
    )
    months = steps.select("month").unique().sort("month")["month"].to_list()
    counts = {
        (month, step): count
        for month, step, count in steps.drop_nulls().group_by("month", "step").len().iter_rows()
    }
    waiting, found = 0, []
    for month in months:
        by = {step: counts.get((month, step), 0) for step in _STEPS.values()}
        waiting += by["filed"] - by["upheld"] - by["reversed"] - by["left"]
        found.append(Month(month=month.isoformat(), waiting=waiting, **by))
    return tuple(found)


router = APIRouter(prefix="/api/runs/{run}/machine", tags=["the machine"], responses=REFUSALS)


@router.get("")
def show(run: OpenRun, world: WorldAsked = None) -> Machine:
    """Tell how the institutions of a world worked over the run."""
    return machine(world_with_ledger(run, world))
