"""A crew of threads that share a range of independent pieces of work; who does what changes no result."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Self

import numpy as np


class Crew:
    """Threads among which ranges of people, homes or firms are shared."""

    def __init__(self, threads: int) -> None:
        self._threads = max(1, threads)
        self._pool = ThreadPoolExecutor(self._threads) if self._threads > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    def share(self, count: int, work: Callable[[int, int], object]) -> None:
        """Call ``work(start, stop)`` on parts of ``0 … count - 1`` that together are the whole.

        >>> with Crew(2) as crew:
        ...     crew.share(0, print)
        """
        cuts = [count * part // self._threads for part in range(self._threads + 1)]
        parts = [(start, stop) for start, stop in pairwise(cuts) if stop > start]
        if self._pool is None:
            for start, stop in parts:
                work(start, stop)
        else:
            for done in [self._pool.submit(work, start, stop) for start, stop in parts]:
                done.result()

    def add_up(
        self, count: int, shape: tuple[int, ...], work: Callable[[int, int, np.ndarray], object]
    ) -> np.ndarray:
        """Return the sum of the counts that ``work(start, stop, into)`` makes of each part."""
        found: list[np.ndarray] = []

        def one(start: int, stop: int) -> None:
            into = np.zeros(shape, dtype=np.int64)
            found.append(into)
            work(start, stop, into)

        self.share(count, one)
        return sum(found, np.zeros(shape, dtype=np.int64))
