"""Views: building a scene, writing it, and painting it in Chromium beside PyVis' own page on the same graph.

A paint is the time from navigation to the first frame after the picture was drawn at its final positions. PyVis'
page (its default physics, `in_line`, the network blocked) counts until its stabilisation is done, and is
stopped after 30 seconds.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any, cast

from benchmarks.measuring import best_of, print_row
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


def paint(browser: Any, page_file: Path, ready: str, patience: float) -> float | None:
    """Seconds from navigation until `ready` is true; None when that takes longer than `patience`."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.set_default_timeout(1000 * (patience + 10))
    started = time.perf_counter()
    page.goto(page_file.as_uri(), wait_until="commit")
    found: float | None = None
    while time.perf_counter() - started < patience:
        try:
            at = page.evaluate(ready)
        except Exception:  # the page is still being replaced by the new document
            at = 0
        if at:
            found = at / 1000
            break
        page.wait_for_timeout(20)
    context.close()
    return found


def painted(
    browser: Any, folder: Path, html: bytes, ready: str, *, runs: int, patience: float
) -> float | None:
    """The quickest of several paints."""
    file = folder / "page.html"
    file.write_bytes(html)
    times = [paint(browser, file, ready, patience) for _ in range(runs)]
    known = [seconds for seconds in times if seconds is not None]
    return min(known) if known else None


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
    theirs = painted(browser, folder, pyvis_page(scene).encode(), SETTLED, runs=1, patience=PATIENCE)
    label = "PyVis' default page" if theirs else f"PyVis' default page (stopped at {PATIENCE:.0f} s)"
    print_row(f"{label}, {what}", theirs or PATIENCE)
    ours = painted(browser, folder, render(scene, "html"), PAINTED, runs=3, patience=PATIENCE)
    print_row(f"paint network, {what}", ours or PATIENCE, theirs or PATIENCE, f"aim {AIMS[nodes]} s")
    bridge = scene_of(store, "bridge")
    print_row(f"build bridge, {what}", best_of(2, lambda: scene_of(store, "bridge")))
    ours = painted(browser, folder, render(bridge, "html"), PAINTED, runs=2, patience=PATIENCE)
    print_row(f"paint bridge, {what}", ours or PATIENCE, theirs or PATIENCE, f"aim {AIMS[nodes]} s")
    store.close()


def measure_grouped(browser: Any, folder: Path, nodes: int, aim: str) -> None:
    store = store_of(folder / f"grouped{nodes}", nodes)
    build = best_of(2, lambda: scene_of(store, "network"))
    scene = scene_of(store, "network")
    print_row(f"build network of {nodes}, grouped", build)
    seconds = painted(browser, folder, render(scene, "html"), PAINTED, runs=2, patience=PATIENCE)
    print_row(f"build and paint network of {nodes}, grouped", build + (seconds or PATIENCE), None, aim)
    store.close()


def main() -> None:
    if not chromium():
        print("needs Debian's chromium")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for nodes in AIMS:
            measure(browser, Path(name), nodes)
        measure_grouped(browser, Path(name), 3000, "aim 1.2 s")
        measure_grouped(browser, Path(name), 10000, "aim 2 s")
        browser.close()


if __name__ == "__main__":
    main()
