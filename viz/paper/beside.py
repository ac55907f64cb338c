"""Work done beside other work: the print of a paper, which another program draws, while the other files are made."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import TypeVar

from graph.cancelling import Cancellation, stoppable

T = TypeVar("T")
Start = Callable[[Callable[[], T]], "Future[T]"]


@contextmanager
def beside() -> Generator[Start[bytes]]:
    """Gives a function that starts work in a thread. Leaving the block by an error, or a cancellation from outside,
    stops what was started, with the programs that it runs."""
    cancellation = Cancellation()

    def start(work: Callable[[], bytes]) -> Future[bytes]:
        return threads.submit(copy_context().run, work)

    with stoppable(cancellation.cancel), cancellation.active(), ThreadPoolExecutor(max_workers=1) as threads:
        try:
            yield start
        except BaseException:
            cancellation.cancel()
            raise
