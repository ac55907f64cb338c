"""How often Python looks for cycles among the objects of this process."""

from __future__ import annotations

import gc

SELDOM = 50_000


def collect_seldom() -> None:
    """Look for cycles after 50,000 new containers, not after 700.

    Imports and the records of an answer make many containers with no cycles among them; looking through them again
    and again takes a seventh of the time of a large answer.
    """
    gc.set_threshold(SELDOM, 20, 20)
