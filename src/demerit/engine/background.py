"""Work done in the background by one thread, with a short queue, in order, and without losing an error."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Background(Generic[Item]):
    """One thread that works on items in the order they are given.

    After the first error nothing more is worked on, and every later call raises that error.

    Args:
        work: what to do with an item.
        queued: how many items may wait; a further one makes the caller wait.

    >>> done = []
    >>> background = Background(done.append, queued=2)
    >>> background.submit(1); background.submit(2); background.drain()
    >>> background.stop(); done
    [1, 2]
    """

    def __init__(self, work: Callable[[Item], None], queued: int) -> None:
        self._work = work
        self._queue: queue.Queue[tuple[Item] | None] = queue.Queue(maxsize=queued)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise the error the thread has met, if any."""
        if self._error is not None:
            raise self._error

    def submit(self, item: Item) -> None:
        """Hand over an item; waits while the queue is full. Raises RuntimeError after `stop`."""
        self.check()
        if not self._thread.is_alive():
            raise RuntimeError("the background thread has ended; nothing can be handed over")
        self._queue.put((item,))

    def drain(self) -> None:
        """Wait until everything handed over is done."""
        self._queue.join()
        self.check()

    def stop(self) -> None:
        """End the thread after what it has been given; raises nothing."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        while (entry := self._queue.get()) is not None:
            try:
                if self._error is None:
                    self._work(entry[0])
            except BaseException as error:
                self._error = error
            finally:
                self._queue.task_done()
        self._queue.task_done()
