"""Holding the garbage collector back while large tables are read."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Generator[None]:
    """Hold the garbage collector back, around a block or a whole function: the records of a large table have no cycles,
    but their number would make it walk all of them again and again (a sixth of the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
