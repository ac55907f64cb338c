"""What the routes of one application share: settings, the store, threads to read it in."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from fastapi import Request

from graph.cancelling import Cancellation
from graph.errors import StoreUnavailable
from graph.settings import Settings
from graph.store import Store

if TYPE_CHECKING:
    from ingest.library import Library

T = TypeVar("T")

_RETRY_AFTER = 2.0
"""Seconds after which a store that could not be opened is tried again."""
_THREADS = 16
_PATIENCE = 0.2
"""Seconds that a read runs before we look, and between looks, whether its client is still there."""


class AppState:
    """Settings and store of one application. The store is opened when first needed, so that a server of
    Neo4j that comes up later, or comes back, is used without a restart."""

    def __init__(self, settings: Settings, store: Store | None, *, insecure: bool = False) -> None:
        self.settings = settings
        self.insecure = insecure
        self._threads: ThreadPoolExecutor | None = None
        self._store = store
        self._library: Library | None = None
        self._lock = threading.Lock()
        self._owned = store is None
        self._refused: tuple[float, StoreUnavailable] | None = None

    @property
    def threads(self) -> ThreadPoolExecutor:
        """The threads in which the store is used; made anew when an application is started again."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="coopgraph")
        return self._threads

    def store(self) -> Store:
        """The store. Raises StoreUnavailable. May wait for the network: call it inside `in_thread`."""
        if self._store is None:
            with self._lock:
                if self._store is None:
                    self._store = self._open()
        return self._store

    def _open(self) -> Store:
        """Open the store; within seconds of a failure the same failure is told again, without waiting."""
        from graph.opening import open_store

        if self._refused is not None and time.monotonic() - self._refused[0] < _RETRY_AFTER:
            raise self._refused[1]
        try:
            return open_store(self.settings)
        except StoreUnavailable as error:
            self._refused = (time.monotonic(), error)
            raise

    def library(self) -> Library:
        """The one library of this process: it writes one document at a time."""
        store = self.store()
        with self._lock:
            if self._library is None:
                from ingest.library import Library

                self._library = Library(store, self.settings)
        return self._library

    def close(self) -> None:
        """Give the threads back, and the store if it was opened here."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None
        if self._owned and self._store is not None:
            self._store.close()
            self._store = self._library = None


def state_of(request: Request) -> AppState:
    """The state of the application that answers this request."""
    return request.app.state.coopgraph


async def in_thread(request: Request, work: Callable[[], T], *, abandon: bool = True) -> T:
    """Run a piece of work that uses the store in a thread.

    A client that hangs up stops the work's reads, unless `abandon` is false (for work that writes).
    """
    cancellation = Cancellation()
    context = contextvars.copy_context()

    def run() -> T:
        with cancellation.active():
            return work()

    future = asyncio.get_running_loop().run_in_executor(state_of(request).threads, lambda: context.run(run))
    try:
        while True:
            done, _ = await asyncio.wait((future,), timeout=_PATIENCE)
            if done:
                return future.result()
            if abandon and not cancellation.cancelled and await request.is_disconnected():
                cancellation.cancel()
    except asyncio.CancelledError:
        if abandon:
            cancellation.cancel()
        raise
