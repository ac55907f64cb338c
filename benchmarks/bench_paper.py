"""Forms on paper of a view of 300 units and 600 pairs, and the whole pack: seconds, beside the bare SVG; sizes; memory
of this process (pictures are drawn in others)."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import peak_memory
from tests.viz.plans import generated, store_with
from viz.briefing import BriefingParameters, gather
from viz.briefing_pack import make_pack
from viz.registry import find_view
from viz.render_svg import render_svg
from viz.rendering import render, render_parts


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = store_with(Path(folder), generated(300, 600))
        view = find_view("bridge")
        scene = view.build(store, view.params.model_validate({}))
        bare = _seconds(lambda: render_svg(scene))
        rows: list[tuple[str, Callable[[], object]]] = [
            ("SVG", lambda: render_svg(scene)),
            ("PNG 1x", lambda: render(scene, "png")),
            ("PNG A4, 300 dpi", lambda: render_parts(scene, "png", paper="A4")),
            ("PPTX", lambda: render(scene, "pptx")),
            ("DOCX", lambda: render(scene, "docx")),
            ("pack", lambda: make_pack(gather(store, BriefingParameters.model_validate({})))),
        ]
        for name, work in rows:
            spent = _seconds(work)
            print(f"paper: {name:<16} {spent:7.2f} s  {spent / bare:8.0f} x the bare SVG")
        for ending in ("pptx", "docx"):
            print(f"paper: {ending} holds {len(render(scene, ending)) / 1e6:.2f} MB")
        print(f"paper: peak memory {peak_memory():.0f} MB")
        store.close()


if __name__ == "__main__":
    main()
