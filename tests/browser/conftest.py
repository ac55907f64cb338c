"""Debian's Chromium, driven by Playwright, with a watch on what a page must not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.vocabulary import Status
from tests.browser.sealed_views import Open, Opened
from tests.browser.waiting import painted
from tests.parts import chromium, require_part
from tests.viz.plans import (
    generated,
    hostile_reading,
    revised,
    small_pairs,
    store_with,
    tasks_reading,
)
from viz.registry import find_view
from viz.rendering import render

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--force-device-scale-factor=1")
LOCAL = ("127.0.0.1", "localhost", "")


@dataclass
class Watch:
    """What pages did that they must not: requests to another host, console errors, uncaught errors."""

    outside: list[str] = field(default_factory=list[str])
    errors: list[str] = field(default_factory=list[str])

    def clean(self) -> None:
        """Fail when anything was seen."""
        assert not self.outside, f"requests to other hosts: {self.outside}"
        assert not self.errors, f"errors on the page: {self.errors}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the session. Its network is not used but for this machine."""
    require_part(chromium(), "needs Debian's chromium (apt-get install chromium fonts-noto-cjk)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the explorer over the examples, for tests that change nothing."""
    from ingest.library import Library
    from tests.api.conftest import EXAMPLES, settings_in
    from tests.browser.serving import serving

    folder = tmp_path_factory.mktemp("explorer")
    store = EmbeddedStore(folder, timeout=30)
    Library(store, settings_in(folder)).ingest_paths(EXAMPLES)
    with serving(settings_in(folder), store) as address:
        yield address
    store.close()


NewPage = Callable[..., Any]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def new_page(browser: Any, watch: Watch) -> Iterator[NewPage]:
    """Opens pages: `new_page(width=1280, height=800, **context options)`; at the end nothing may have gone wrong."""
    contexts: list[Any] = []

    def open_page(*, width: int = 1280, height: int = 800, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _note(watch, request.url))
        page.on("console", lambda m: watch.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: watch.errors.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    watch.clean()


def _note(watch: Watch, url: str) -> None:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in LOCAL:
        watch.outside.append(url)


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[bytes, str], str]:
    """Writes a file and gives the address under which a browser opens it from the disk."""

    def write(data: bytes, name: str) -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return path.as_uri()

    return write


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, EmbeddedStore]:
    """Stores to draw views of, by what is in them; nothing is written to them."""
    folder: Path = tmp_path_factory.mktemp("stores")
    illustrative = small_pairs("甬政办发〔2020〕7号", status=Status.ILLUSTRATIVE)
    return {
        "plan": store_with(folder / "plan", small_pairs(), tasks_reading(), illustrative),
        "revision": store_with(folder / "revision", small_pairs(), revised()),
        "hostile": store_with(folder / "hostile", hostile_reading()),
        "large": store_with(folder / "large", generated(300, 600)),
    }


@pytest.fixture
def open_view(stores: dict[str, EmbeddedStore], new_page: Any, file_of: Callable[[bytes, str], str]) -> Open:
    """Draws a view of a store and opens it, painted."""

    def opened(
        view: str, store: str = "plan", *, width: int = 1280, height: int = 800, **given: object
    ) -> Opened:
        found = find_view(view)
        scene = found.build(stores[store], found.params.model_validate(given))
        page = new_page(width=width, height=height)
        page.goto(file_of(render(scene, "html", theme=str(given.get("theme", "light"))), f"{view}.html"))
        if scene.nodes:
            painted(page)
        return page, scene

    return opened
