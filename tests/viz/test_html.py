"""Pages: nothing from outside, nothing run that a document wrote, all data in reach without the canvas."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.errors import UsageError
from tests.viz.plans import HOSTILE
from tests.viz.test_layout import draw
from viz.render_html import render_html, vis_network
from viz.rendering import formats, render
from viz.scene import Scene

MODES = ("page", "element", "embed", "sealed")
VIEWS = ("bridge", "network", "tasks", "coverage")


class Page(HTMLParser):
    """Elements with their attributes, and the text of each kind of element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "br", "circle", "line", "polygon", "rect", "ellipse"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        where = self._open[-1] if self._open else ""
        self.texts[where] = self.texts.get(where, "") + data


def page_of(scene: Scene, mode: str, **options: str) -> str:
    return render_html(scene, mode, **options)  # pyright: ignore[reportArgumentType] — parametrized


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_fetched_from_another_host(plan: EmbeddedStore, view: str, mode: str) -> None:
    page = Page(page_of(draw(plan, view, {"status": "all"}), mode))
    for tag, attributes in page.elements:
        for name in ("src", "href", "action", "srcset", "poster"):
            value = attributes.get(name) or ""
            assert not re.match(r"(?i)(https?:)?//", value), (tag, value)
            if tag in ("script", "link", "img"):
                assert value in ("", "data:,")
    assert "@import" not in page.texts.get("style", "")
    assert "url(" not in page.texts.get("style", "")


@pytest.mark.parametrize("mode", MODES)
def test_text_from_documents_stays_text(hostile: EmbeddedStore, mode: str) -> None:
    html = page_of(draw(hostile, "bridge", {}), mode)
    page = Page(html)
    scripts = [tag for tag, _ in page.elements].count("script")
    assert scripts == 3  # the data, the library, ours
    assert not [tag for tag, _ in page.elements if tag == "img"]
    assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]
    data = json.loads(re.search(r'class="cg-data">(.*?)</script>', html, re.DOTALL)[1])  # pyright: ignore[reportOptionalSubscript] — it is there
    assert HOSTILE in [node["name"] for node in data["nodes"]]


def test_no_control_character_or_direction_mark_is_drawn(hostile: EmbeddedStore) -> None:
    scene = draw(hostile, "bridge", {})
    assert not any(c in node.label for node in scene.nodes for c in "\u202e\u0007")


def test_scripts_and_styles_carry_the_nonce_and_no_attribute_styles(plan: EmbeddedStore) -> None:
    page = Page(render_html(draw(plan, "bridge", {}), "page", nonce="abc"))
    for tag, attributes in page.elements:
        assert "style" not in attributes
        if tag == "style" or (tag == "script" and attributes.get("type") != "application/json"):
            assert attributes.get("nonce") == "abc"


def test_the_library_may_come_from_an_address_of_the_same_host(plan: EmbeddedStore) -> None:
    html = render_html(draw(plan, "bridge", {}), "page", library_url="/static/vis.js")
    assert '<script src="/static/vis.js"></script>' in html
    assert len(html) < 150_000
    assert "vis.Network" not in vis_network()[:200]
    assert "Network" in vis_network()


def test_a_sealed_file_is_small_and_allows_only_itself(plan: EmbeddedStore) -> None:
    data = render(draw(plan, "bridge", {}), "html")
    assert len(data) < 1_000_000
    policy = re.search(rb'Content-Security-Policy" content="([^"]*)"', data)
    assert policy
    assert b"default-src &#39;none&#39;" in policy[1]
    assert b"unsafe" not in policy[1]
    assert b'<a href="/documents' not in data


def test_links_lead_to_the_cell(plan: EmbeddedStore) -> None:
    html = render_html(draw(plan, "bridge", {}), "page", base_url="/plans/")
    assert re.search(r'href="/plans/documents/doc:[^"]*#t1r2c2"', html)


def test_the_table_says_all_that_the_lines_do(plan: EmbeddedStore) -> None:
    scene = draw(plan, "tasks", {})
    page = Page(render_html(scene, "page"))
    rows = page.texts["td"]
    for line in scene.lines:
        assert line.term in rows
    names = {n.id: n.name for n in scene.nodes}
    assert all(names[line.source] in page.texts["th"] for line in scene.lines)


def test_the_legend_names_what_occurs_and_no_more(plan: EmbeddedStore) -> None:
    html = render_html(draw(plan, "bridge", {"counterpart_type": "Park"}), "page")
    assert 'data-type="Park"' in html
    assert 'data-type="Institute"' not in html


def test_illustrative_pages_say_so(plan: EmbeddedStore) -> None:
    assert (
        "cg-badge"
        in render_html(draw(plan, "bridge", {"status": "illustrative"}), "embed").split("<header")[1]
    )
    official = render_html(draw(plan, "bridge", {}), "embed").split("<header")[1].split("</header")[0]
    assert "cg-badge" not in official


@pytest.mark.parametrize("mode", MODES)
def test_empty_answers_have_a_page_that_says_so(empty: EmbeddedStore, mode: str) -> None:
    html = page_of(draw(empty, "bridge", {}), mode)
    assert "没有符合条件的内容" in html
    assert "<canvas" not in html


def test_unknown_endings_are_refused_with_the_known_ones(plan: EmbeddedStore) -> None:
    assert {"html", "svg"} <= set(formats())
    with pytest.raises(UsageError, match=r"\.svg"):
        render(draw(plan, "bridge", {}), ".bmp")
