"""Live re-runs: warm processes live a reform, its base and ordinary law, seed by seed; the newest wins."""

from __future__ import annotations

import ctypes
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.sharedctypes import RawValue
from threading import Condition, Thread
from typing import Any

from demerit.explorer.live_effects import WORLDS, effects, yearly
from demerit.explorer.live_worker import Order, Values, work
from demerit.regime import Regime
from demerit.study.comparison_plan import rules_hash

PEOPLE, YEARS, MOST_SEEDS, WORKERS = 10_000, 10, 5, 2
_KEPT = 256
_BASE, _LAW = "essay", "ordinary-law"

Event = dict[str, Any]
Listener = Callable[[Event], None]


@dataclass
class Kept:
    """A world that was lived: its years, and the whole run."""

    years: list[Values] = field(default_factory=list)
    whole: Values | None = None


@dataclass(frozen=True)
class Wanted:
    """A request: the rules of the three worlds, how many seeds, and who listens."""

    number: int
    regimes: dict[str, Regime]
    keys: dict[str, str]
    seeds: int
    listener: Listener


class Live:
    """The warm processes and the newest request.

    Args:
        society: id of the society; people, years: size of every world.
        workers: processes.

    Attributes:
        law: ordinary law, which every reform is shown beside.
    """

    def __init__(
        self, society: str = "city", people: int = PEOPLE, years: int = YEARS, workers: int = WORKERS
    ) -> None:
        self.society, self.people, self.years, self.workers = society, people, years, workers
        self.law = Regime.load(_LAW)
        self._newest: Any = RawValue(ctypes.c_int64, 0)
        self._kept: OrderedDict[tuple[str, int], Kept] = OrderedDict()
        self._todo: deque[Order] = deque()
        self._wanted: Wanted | None = None
        self._told: set[int] = set()
        self._turn = Condition()
        self._ends = False
        self._threads: list[Thread] = []
        self._processes: list[Any] = []

    def start(self) -> None:
        """Begin the processes and let them live what every visitor compares with; does nothing if begun."""
        with self._turn:
            if self._threads or self._ends:
                return
            from demerit.study.processes import context, sheltered

            processes: Any = context()
            for _ in range(self.workers):
                takes, orders = processes.Pipe(duplex=False)
                hears, says = processes.Pipe(duplex=False)
                process = processes.Process(target=work, args=(takes, says, self._newest), daemon=True)
                with sheltered():
                    process.start()
                takes.close()
                says.close()
                self._processes.append(process)
                self._threads.append(Thread(target=self._serve, args=(orders, hears), daemon=True))
            for thread in self._threads:
                thread.start()
            regime = Regime.load(_BASE)
            regimes = {"reform": regime, "base": regime, "law": self.law}
            keys = {world: rules_hash(one) for world, one in regimes.items()}
            self._todo.extend(self._orders(Wanted(0, regimes, keys, 1, lambda event: None)))
            self._turn.notify_all()

    def close(self) -> None:
        """End the processes."""
        with self._turn:
            self._ends, self._wanted = True, None
            self._newest.value += 1
            self._todo.clear()
            self._turn.notify_all()
        for process in self._processes:
            process.terminate()

    def ask(self, base: Regime, reform: Regime, seeds: int, listener: Listener) -> int:
        """Ask for a reform beside its base and ordinary law; what was asked before is dropped.

        Args:
            base: the regime that is reformed.
            reform: the regime after the reform.
            seeds: how many seeds, one after the other.
            listener: called from other threads with what is known, as it becomes known.

        Returns:
            The number of the request, which every event carries.
        """
        self.start()
        regimes = {"reform": reform, "base": base, "law": self.law}
        keys = {world: rules_hash(regime) for world, regime in regimes.items()}
        with self._turn:
            before = self._wanted
            number = int(self._newest.value) + 1
            self._newest.value = number
            wanted = Wanted(number, regimes, keys, min(max(seeds, 1), MOST_SEEDS), listener)
            self._wanted, self._told = wanted, set()
            self._todo = deque(self._orders(wanted))
            if before is not None:
                before.listener({"kind": "dropped", "request": before.number})
            self._replay(wanted)
            self._turn.notify_all()
        return number

    def cancel(self, listener: Listener) -> None:
        """Drop what a listener has asked for, if it is still the newest."""
        with self._turn:
            if self._wanted is not None and self._wanted.listener is listener:
                dropped, self._wanted = self._wanted, None
                self._newest.value += 1
                self._todo.clear()
                listener({"kind": "dropped", "request": dropped.number})

    def _orders(self, wanted: Wanted) -> list[Order]:
        """Return the worlds that have to be lived, each once, the reform of the first seed first."""
        orders, seen = [], set()
        for seed in range(1, wanted.seeds + 1):
            for world in WORLDS:
                key = wanted.keys[world]
                if (key, seed) in seen or self._whole(key, seed) is not None:
                    continue
                seen.add((key, seed))
                rules = wanted.regimes[world].canonical()
                orders.append(
                    Order(wanted.number, world, key, rules, self.society, self.people, self.years, seed)
                )
        return orders

    def _whole(self, key: str, seed: int) -> Values | None:
        return self._kept[key, seed].whole if (key, seed) in self._kept else None

    def _replay(self, wanted: Wanted) -> None:
        """Tell a listener what is known already."""
        for seed in range(1, wanted.seeds + 1):
            for world in WORLDS:
                kept = self._kept.get((wanted.keys[world], seed))
                if kept is not None and kept.whole is not None:
                    self._kept.move_to_end((wanted.keys[world], seed))
                    for year, values in enumerate(kept.years, 1):
                        self._tell(wanted, world, seed, year, values)
        self._settle(wanted)

    def _serve(self, orders: Any, hears: Any) -> None:
        """Hand orders to one process and pass on what it says."""
        while True:
            with self._turn:
                while not self._todo and not self._ends:
                    self._turn.wait()
                if self._ends:
                    return
                order = self._todo.popleft()
            try:
                orders.send(order)
                self._hear(order, hears)
            except (EOFError, OSError):
                self._fail("a process that lives worlds has ended; open the page again")
                return

    def _hear(self, order: Order, hears: Any) -> None:
        """Pass on what a process says of one world until it is over."""
        lived = Kept()
        while True:
            kind, _, content = hears.recv()
            with self._turn:
                wanted = self._wanted if self._newest.value == order.number else None
                if kind == "year":
                    lived.years.append(content[1])
                    for world in WORLDS:
                        if wanted is not None and wanted.keys[world] == order.key:
                            self._tell(wanted, world, order.seed, *content)
                    continue
                if kind == "done":
                    lived.whole = content
                    self._kept[order.key, order.seed] = lived
                    while len(self._kept) > _KEPT:
                        self._kept.popitem(last=False)
                    if wanted is not None:
                        self._settle(wanted)
                if kind == "failed" and wanted is not None:
                    wanted.listener({"kind": "failed", "request": wanted.number, "error": content})
            return

    def _fail(self, why: str) -> None:
        with self._turn:
            if self._wanted is not None:
                self._wanted.listener({"kind": "failed", "request": self._wanted.number, "error": why})

    def _tell(self, wanted: Wanted, world: str, seed: int, year: int, values: Values) -> None:
        wanted.listener(
            {
                "kind": "year",
                "request": wanted.number,
                "world": world,
                "seed": seed,
                "year": year,
                "years": self.years,
                "values": values,
            }
        )

    def _settle(self, wanted: Wanted) -> None:
        """Tell the effects over the seeds whose three worlds have all been lived, if there are new ones."""
        ready = [
            seed
            for seed in range(1, wanted.seeds + 1)
            if all(self._whole(wanted.keys[world], seed) is not None for world in WORLDS)
        ]
        if ready and len(ready) not in self._told:
            self._told.add(len(ready))
            lived = {world: [self._kept[wanted.keys[world], seed] for seed in ready] for world in WORLDS}
            wanted.listener(
                {
                    "kind": "effects",
                    "request": wanted.number,
                    "seeds": len(ready),
                    "of": wanted.seeds,
                    "rows": effects(
                        {world: [one.whole or {} for one in found] for world, found in lived.items()}
                    ),
                    "lines": yearly({world: [one.years for one in found] for world, found in lived.items()}),
                }
            )
