"""Views: building a scene, writing it, and painting it in Chromium beside PyVis' own page on the same graph.

A paint is the time from navigation to the first frame after the picture was drawn at its final positions. PyVis'
page (its default physics, `in_line`, the network blocked) counts until its stabilisation is done, and is
stopped after 30 seconds; the ratio then stands to those 30 seconds.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from benchmarks.measuring import best_of, judge_outcome, judge_seconds, leave_out, print_row
from graph.backends.embedded import EmbeddedStore
from graph.store import Change
from tests.parts import chromium
from tests.viz.plans import generated
from viz.registry import find_view
from viz.rendering import render
from viz.scene import Scene

PATIENCE = 30.0
"""Seconds after which PyVis' page is stopped."""
PAINTED = "window.coopgraphPainted || 0"
SETTLED = "typeof network !== 'undefined' && network.physics && network.physics.ready ? performance.now() : 0"
AIMS = {200: 0.5, 1000: 1.0, 3000: 2.5}
"""Nodes → seconds within which a picture is to be painted."""


@dataclass(frozen=True, slots=True, order=True)
class Paint:
    """Seconds from navigation, and those of them for which the page's main thread was at work."""

    seconds: float
    busy: float


def store_of(folder: Path, nodes: int) -> EmbeddedStore:
    """A store with one plan: half of the nodes units, half partners, two claims a unit."""
    store = EmbeddedStore(folder, timeout=60.0)
    store.apply(Change(readings=(generated(nodes // 2, nodes),)))
    return store


def scene_of(store: EmbeddedStore, view: str, **given: object) -> Scene:
    found = find_view(view)
    return found.build(store, found.params.model_validate(given))


def pyvis_page(scene: Scene) -> str:
    """PyVis' own page of the same nodes and lines, as its README makes it but for the edges, which are given as
    one list."""
    from pyvis.network import Network

    network = cast(Any, Network(cdn_resources="in_line"))
    for node in scene.nodes:
        network.add_node(node.id, label=node.name)
    network.edges = [{"from": line.source, "to": line.target} for line in scene.lines]
    return network.generate_html()


def paint(browser: Any, page_file: Path, ready: str, patience: float) -> Paint | None:
    """One paint, from navigation until `ready` is true; None when that takes longer than `patience` seconds."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.set_default_timeout(1000 * (patience + 10))
    counters = context.new_cdp_session(page)
    counters.send("Performance.enable")
    started = time.perf_counter()
    found: Paint | None = None
    try:
        page.goto(page_file.as_uri(), wait_until="commit")
        while time.perf_counter() - started < patience:
            at = _asked(page, ready)
            if at:
                found = Paint(at / 1000, _busy(counters))
                break
            page.wait_for_timeout(20)
    finally:
        context.close()
    return found


def _asked(page: Any, ready: str) -> float:
    """Milliseconds from navigation to the paint; 0 while there is none."""
    try:
        return page.evaluate(ready)
    except Exception:  # the page is still being replaced by the new document, or too busy to answer in time
        return 0


def _busy(counters: Any) -> float:
    """Seconds for which the page's main thread has been at work: what a loaded machine does not lengthen much."""
    metrics = counters.send("Performance.getMetrics")["metrics"]
    return next((m["value"] for m in metrics if m["name"] == "TaskDuration"), 0.0)


def painted(
    browser: Any, folder: Path, html: bytes, ready: str, *, runs: int = 3, patience: float = PATIENCE
) -> Paint | None:
    """The quickest of several paints."""
    file = folder / "page.html"
    file.write_bytes(html)
    paints = [paint(browser, file, ready, patience) for _ in range(runs)]
    return min((p for p in paints if p), default=None)


def their_paint(browser: Any, folder: Path, scene: Scene) -> tuple[Paint | None, str]:
    """The paint of PyVis' page of a scene, tried once, and how to name it."""
    theirs = painted(browser, folder, pyvis_page(scene).encode(), SETTLED, runs=1)
    return theirs, "PyVis' page" if theirs else f"PyVis' page (stopped at {PATIENCE:.0f} s)"


def judge_paint(
    what: str, ours: Paint | None, theirs: Paint | None, *, most: float, before: float = 0.0
) -> None:
    """One row of a paint, after `before` seconds of building, with its ratio to PyVis' (at least, where that was
    stopped)."""
    if ours is None:
        judge_outcome(what, False, f"within {PATIENCE:.0f} s")
        return
    baseline = theirs.seconds if theirs else PATIENCE
    busy = f"{what} (main thread busy {1000 * ours.busy:.0f} ms)"
    judge_seconds(busy, before + ours.seconds, most, baseline)


def measure(browser: Any, folder: Path, nodes: int) -> None:
    store = store_of(folder / str(nodes), nodes)
    started = time.perf_counter()
    scene = scene_of(store, "network", grouped="never")
    first = time.perf_counter() - started
    what = f"{len(scene.nodes)} nodes, {len(scene.lines)} lines"
    print_row(f"build network, first time, {what}", first)
    print_row(
        f"build network, positions kept, {what}",
        best_of(2, lambda: scene_of(store, "network", grouped="never")),
    )
    print_row(f"write sealed HTML, {what}", best_of(2, lambda: render(scene, "html")))
    print_row(f"write SVG, {what}", best_of(2, lambda: render(scene, "svg")))
    theirs, label = their_paint(browser, folder, scene)
    print_row(f"{label}, {what}", theirs.seconds if theirs else PATIENCE)
    most = AIMS[nodes]
    judge_paint(
        f"paint network, {what}", painted(browser, folder, render(scene, "html"), PAINTED), theirs, most=most
    )
    bridge = scene_of(store, "bridge")
    print_row(f"build bridge, {what}", best_of(2, lambda: scene_of(store, "bridge")))
    judge_paint(
        f"paint bridge, {what}", painted(browser, folder, render(bridge, "html"), PAINTED), theirs, most=most
    )
    store.close()


def measure_grouped(browser: Any, folder: Path, nodes: int, *, to_paint: float, in_all: float) -> None:
    """The grouped picture beside PyVis' page of what it stands for: every node and line."""
    store = store_of(folder / f"grouped{nodes}", nodes)
    build = best_of(2, lambda: scene_of(store, "network"))
    print_row(f"build network of {nodes}, grouped", build)
    whole = _joined(store)
    theirs, label = their_paint(browser, folder, whole)
    print_row(f"{label}, {len(whole.nodes)} nodes ungrouped", theirs.seconds if theirs else PATIENCE)
    ours = painted(browser, folder, render(scene_of(store, "network"), "html"), PAINTED)
    judge_paint(f"paint network of {nodes}, grouped", ours, theirs, most=to_paint)
    judge_paint(f"build and paint network of {nodes}, grouped", ours, theirs, most=in_all, before=build)
    store.close()


def _joined(store: EmbeddedStore) -> Scene:
    """All nodes and lines without groups: placed in columns, since PyVis asks for no places."""
    return scene_of(store, "bridge")


def main() -> None:
    if not chromium():
        leave_out("views", "Debian's chromium is not installed")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for nodes in AIMS:
            measure(browser, Path(name), nodes)
        measure_grouped(browser, Path(name), 3000, to_paint=1.2, in_all=2.0)
        measure_grouped(browser, Path(name), 10000, to_paint=2.0, in_all=2.0)
        browser.close()


if __name__ == "__main__":
    main()
