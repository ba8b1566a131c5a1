"""What a warm process does: it lives world after world, tells of each year, and drops what is outdated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from demerit.errors import DemeritError
from demerit.report.headlines import HEADLINES

if TYPE_CHECKING:
    from demerit.measures.recorder import Recorder
    from demerit.simulation.setting import Setting, Tuned
    from demerit.simulation.world import World

Values = dict[str, float | None]
"""Headline indicators of everybody by name; None where there was no occasion."""
START = "2014-01-01"
"""First day of every world that is lived here."""
_MONTHS = 12
_SEEDS_KEPT = 5


@dataclass(frozen=True)
class Order:
    """A world to be lived.

    Attributes:
        number: of the request it belongs to; outdated once a newer one is asked for.
        world: which of the three it is: reform, base or law.
        key: hash of its rules; regime: the rules as plain data.
        society: id of the society; people, years, seed: as in a run from `START` on.
    """

    number: int
    world: str
    key: str
    regime: dict[str, Any]
    society: str
    people: int
    years: int
    seed: int


class Outdated(Exception):
    """A newer request has come."""


def work(orders: Connection, says: Connection, newest: Any) -> None:
    """Live what is ordered until the connection ends.

    Args:
        orders: brings `Order`; None ends the process.
        says: takes ``(kind, order number, content)``: year, done, outdated, failed.
        newest: shared number of the newest request.
    """
    try:
        _load()
        while (order := orders.recv()) is not None:
            says.send(_answer(order, says, newest))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _load() -> None:
    """Load the model before somebody waits for it."""
    import demerit.study.run  # noqa: F401 - it names every kernel


def _answer(order: Order, says: Connection, newest: Any) -> tuple[str, int, Any]:
    def each_year(year: int, values: Values) -> None:
        says.send(("year", order.number, (year, values)))

    def check() -> None:
        if newest.value != order.number:
            raise Outdated

    try:
        return "done", order.number, live(order, each_year, check)
    except Outdated:
        return "outdated", order.number, None
    except DemeritError as error:
        return "failed", order.number, str(error)
    except Exception as error:  # told to whoever waits: there is no terminal to print it on
        return "failed", order.number, f"{type(error).__name__}: {error}"


def live(order: Order, each_year: Callable[[int, Values], None], check: Callable[[], None]) -> Values:
    """Live a world and return its headline indicators over the whole run.

    Args:
        order: the world.
        each_year: told the indicators of every calendar year when it is over.
        check: called after every day; what it raises ends the world.
    """
    from demerit.measures.recorder import Recorder
    from demerit.regime import Regime
    from demerit.study.refit import refit
    from demerit.study.request import span

    setting = _setting(order.society, order.people, order.seed)
    check()
    first, days = span(START, order.years)
    weights = setting.population.stratum_weight
    world = setting.world(Regime.from_canonical(order.regime), keep=0, start=first, days=days)
    recorder = Recorder(first, days, weights)

    def evening(world: World) -> None:
        check()
        recorder(world)
        if world.day < days:
            refit(world, recorder)
        months = len(recorder.flows)
        if months % _MONTHS == 0 and world.day - 1 == int(recorder.ends[months - 1]):
            year = months // _MONTHS
            each_year(year, _values(_year(recorder, first.year + year - 1)))

    world.run(days, threads=1, each_day=evening)
    return _values(recorder)


def _year(recorder: Recorder, year: int) -> Recorder:
    """Return the last twelve months of a recorder as one of their own."""
    from demerit.measures.recorder import Recorder

    first = date(year, 1, 1)
    alone = Recorder(first, (date(year + 1, 1, 1) - first).days)
    alone.flows = recorder.flows[-_MONTHS:]
    alone.stocks = recorder.stocks[-_MONTHS:]
    alone.ginis = recorder.ginis[-_MONTHS:]
    return alone


def _values(recorder: Recorder) -> Values:
    from demerit.measures.indicators import BY_NAME
    from demerit.study.results import EVERYBODY, finite

    return {name: finite(recorder.value(BY_NAME[name], EVERYBODY)) for name, _, _ in HEADLINES}


@lru_cache(maxsize=1)
def _tuned(society: str) -> Tuned:
    from demerit.simulation.setting import tune
    from demerit.society import Society

    return tune(Society.load(society))


@lru_cache(maxsize=_SEEDS_KEPT)
def _setting(society: str, people: int, seed: int) -> Setting:
    return _tuned(society).settle(people, seed)
