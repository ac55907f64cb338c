"""Forms on paper of a view of 300 units and 600 pairs, and the whole pack: processor seconds (of this process and of
those that draw), what they come to on two quiet processors, sizes and memory, beside the limits."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import judge_megabytes, judge_seconds
from benchmarks.memory_watch import watched
from tests.viz.plans import generated, store_with
from viz.briefing import BriefingParameters, gather
from viz.briefing_pack import make_pack
from viz.registry import find_view
from viz.render_svg import render_svg
from viz.rendering import render, render_parts

PROCESSORS = 2
LIMITS = {
    "SVG": 0.5, "PNG 1x": 2.0, "PNG A4, 300 dpi": 5.0, "PPTX": 3.0, "DOCX": 20.0, "pack": 20.0
}  # fmt: skip
"""Seconds on two quiet processors. Pages are drawn side by side; one picture is not."""
MOST_MEGABYTES, MOST_MEMORY = 2.0, 500.0
COMMANDS = {
    "PNG 300 dpi": ("view", "bridge", "--scale", "300dpi", ".png"),
    "PNG A3, 300 dpi": ("view", "bridge", "--paper", "A3", ".png"),
    "pack": ("briefing", ".zip"),
}
"""Those that take most: what is made → the command line, the file's ending last."""


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Processor seconds of this process and of its children: the machine's other work doesn't count."""
    before = os.times()
    work()
    after = os.times()
    own = after.user + after.system - before.user - before.system
    theirs = after.children_user + after.children_system - before.children_user - before.children_system
    return own, theirs


def _judge_memory(data: Path) -> None:
    """What those that take most take at their most, as a user makes them: the command with all that it starts.
    LibreOffice counts as well, though it is a program of its own: who makes a pack needs room for both."""
    environment = {**os.environ, "COOPGRAPH_DATA_DIR": str(data)}
    for name, (*arguments, ending) in COMMANDS.items():
        command = [sys.executable, "-m", "api.cli", *arguments, "-o", str(data / f"made{ending}")]
        peak = watched(command, environment)
        if peak is None:
            print("memory: not told by this system")
            return
        office = f" with LibreOffice ({peak.ours:.0f} MB without it)" if peak.whole > peak.ours + 1 else ""
        judge_megabytes(f"{name}: memory of all processes at most{office}", peak.whole, MOST_MEMORY)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = store_with(Path(folder), generated(300, 600))
        view = find_view("bridge")
        scene = view.build(store, view.params.model_validate({}))
        bare = sum(_spent(lambda: render_svg(scene)))
        rows: list[tuple[str, Callable[[], object]]] = [
            ("SVG", lambda: render(scene, "svg")),
            ("PNG 1x", lambda: render(scene, "png")),
            ("PNG A4, 300 dpi", lambda: render_parts(scene, "png", paper="A4")),
            ("PPTX", lambda: render(scene, "pptx")),
            ("DOCX", lambda: render(scene, "docx")),
        ]
        for name, work in rows:
            _judge(name, _spent(work), bare)
        for ending in ("pptx", "docx"):
            judge_megabytes(f"{ending.upper()}: size", len(render(scene, ending)) / 1e6, MOST_MEGABYTES)
        brief = gather(store, BriefingParameters.model_validate({}))
        _judge("pack", _spent(lambda: make_pack(brief)), bare)
        store.close()
        _judge_memory(Path(folder))


def _judge(name: str, spent: tuple[float, float], bare: float) -> None:
    own, theirs = spent
    quiet = own + theirs / (1 if name == "PNG 1x" else PROCESSORS)
    judge_seconds(f"{name}: {own:.2f} s here, {theirs:.2f} s beside", quiet, LIMITS[name], bare)


if __name__ == "__main__":
    main()
