"""Giving up a read whose asker has gone.

Whoever starts a read for somebody puts a `Cancellation` around it; a store's backend looks at it while it
reads and stops. Without one, nothing is ever cancelled.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

from graph.errors import Cancelled

_current: ContextVar[Cancellation | None] = ContextVar("cancellation", default=None)


class Cancellation:
    """A wish to stop, sent from any thread to the reads that run under it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._stops: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        """Stop what runs, and refuse what would start. Safe to call twice."""
        with self._lock:
            self._cancelled = True
            stops, self._stops = self._stops, []
        for stop in stops:
            stop()

    @contextmanager
    def active(self) -> Generator[None]:
        """Reads inside this block, in this thread or context, run under this cancellation."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)

    def _add(self, stop: Callable[[], None]) -> None:
        with self._lock:
            if self._cancelled:
                raise Cancelled()
            self._stops.append(stop)

    def _drop(self, stop: Callable[[], None]) -> None:
        with self._lock:
            if stop in self._stops:
                self._stops.remove(stop)


def is_cancelled() -> bool:
    """Whether the asker of what runs now has gone."""
    current = _current.get()
    return current is not None and current.cancelled


def raise_if_cancelled() -> None:
    """Raise Cancelled when the asker has gone; for long computations between reads."""
    if is_cancelled():
        raise Cancelled()


@contextmanager
def stoppable(stop: Callable[[], None]) -> Generator[None]:
    """Around one read of a backend: `stop` is called, from another thread, when the read is cancelled.

    Raises Cancelled when that has happened before the read starts.
    """
    current = _current.get()
    if current is None:
        yield
        return
    current._add(stop)  # pyright: ignore[reportPrivateUsage]  # one module
    try:
        yield
    finally:
        current._drop(stop)  # pyright: ignore[reportPrivateUsage]  # one module
