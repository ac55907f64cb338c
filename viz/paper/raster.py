"""SVG drawn as PNG: small pictures here, larger ones in processes of their own, several at a time."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import lru_cache
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired

from graph.cancelling import raise_if_cancelled, stoppable
from graph.errors import CoopgraphError
from viz.paper.fonts import Font, require_chinese_font
from viz.paper.raster_child import with_few_colours

KEPT = 32
"""Drawn pictures that are kept in memory: pages of one pack are asked for again by its other files."""
SMALL = 1_000_000
"""Pixels up to which a picture is drawn without a process of its own: a fifth of a second."""
PATIENCE = 120.0
"""Seconds that one picture may take."""
_CHILD = Path(__file__).with_name("raster_child.py")
AT_ONCE = min(2, os.cpu_count() or 1)
"""Processes that draw at a time: each takes up to 150 MB, so that more processors must not mean more memory."""
_PROCESSES = threading.BoundedSemaphore(AT_ONCE)

Job = tuple[str, int, int]
"""SVG, and width and height of the picture in pixels."""


def rastered(jobs: Iterable[Job], *, few: bool = False) -> list[bytes]:
    """The pictures in the order of the jobs, with `few` colours for a third of the size where that is wanted.

    Raises MissingPart without a Chinese font.
    """
    font = require_chinese_font()
    wanted = list(jobs)
    if len(wanted) < 2:
        return [_drawn(job, font, few) for job in wanted]
    # Each in the asker's context, so that a cancellation reaches it.
    contexts = [copy_context() for _ in wanted]
    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        return list(threads.map(lambda context, job: context.run(_drawn, job, font, few), contexts, wanted))


@lru_cache(maxsize=KEPT)
def _drawn(job: Job, font: Font, few: bool) -> bytes:
    svg, width, height = job
    asked = {
        "svg_string": svg,
        "width": width,
        "font_files": list(font.files),
        "font_family": font.family,
        "sans_serif_family": font.family,
    }
    if width * height > SMALL:
        return _drawn_apart(json.dumps({**asked, "few": few}).encode())
    import resvg_py

    drawn: bytes = resvg_py.svg_to_bytes(**asked)  # pyright: ignore[reportArgumentType]  # its names, its types
    return with_few_colours(drawn) if few else drawn


def _drawn_apart(job: bytes) -> bytes:
    # -I: neither the folder that we stand in nor the user's own packages are looked into.
    command = [sys.executable, "-I", str(_CHILD)]
    with _PROCESSES, Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as process:
        try:
            with stoppable(process.kill):
                drawn, _ = process.communicate(job, timeout=PATIENCE)
        except TimeoutExpired:
            raise CoopgraphError("画图超时；请加筛选条件，或改用 .svg。") from None
        finally:
            process.kill()
    raise_if_cancelled()
    if process.returncode:
        raise CoopgraphError("画图失败；请加筛选条件，或改用 .svg。")
    return drawn
