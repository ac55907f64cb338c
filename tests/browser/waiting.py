"""Waiting for what a page's script does."""

from __future__ import annotations

import time
from typing import Any

VIEW = "document.querySelector('.cg-view').coopgraph"
"""The drawn view, in a page that shows one."""
SECONDS = 30.0
PAUSE = 25.0
"""Milliseconds between two looks."""


def until(page: Any, expression: str, argument: object = None) -> None:
    """Wait until a page or frame finds the expression (or the function of `argument`) true.

    Playwright's own `wait_for_function` looks again from within the page, where the pages' policy refuses to evaluate
    text: it fails whenever the first look is too early.
    """
    end = time.monotonic() + SECONDS
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, f"it never came to {expression}"
        page.wait_for_timeout(PAUSE)


def painted(page: Any) -> None:
    """Wait until the view in a page or frame is drawn."""
    until(page, "document.querySelector('.cg-view.cg-on')?.coopgraph?.network && window.coopgraphPainted > 0")
