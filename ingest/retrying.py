"""Trying again when another process was faster: what was read is read anew from what it wrote."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from graph.errors import Overtaken

T = TypeVar("T")

ATTEMPTS = 30
"""Of any processes that meet at one document, one gets through each time."""
_PAUSE = 0.05
"""Seconds at most before the next attempt, so that processes don't meet again."""


def settled(attempt: Callable[[], T]) -> T:
    """The result of an attempt to read from the store and write what follows, made anew each time that another
    process wrote in between. Raises Overtaken when that goes on and on."""
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt()
        except Overtaken:
            time.sleep(random.uniform(0, _PAUSE))
    return attempt()
