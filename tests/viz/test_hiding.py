"""What a reader switched off in the legend: left out of every form, still there to be switched on in a page."""

from __future__ import annotations

import json
import re

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.errors import InvalidParameter
from tests.viz.test_layout import draw
from viz.hiding import without_hidden
from viz.rendering import render


@pytest.mark.parametrize(
    ("view", "off"), [("bridge", "Park"), ("network", "LEADS,Institute"), ("tasks", "Leader")]
)
def test_nothing_of_it_is_drawn_and_nothing_else_moves(plan: EmbeddedStore, view: str, off: str) -> None:
    whole, left = draw(plan, view, {}), without_hidden(draw(plan, view, {"hide": off}))
    names = set(off.split(","))
    assert {node.id: (node.x, node.y) for node in left.nodes} == {
        node.id: (node.x, node.y) for node in whole.nodes if node.type not in names
    }
    here = {node.id for node in left.nodes}
    wanted = [x for x in whole.lines if x.type not in names and x.source in here and x.target in here]
    assert list(left.lines) == wanted and len(wanted) < len(whole.lines)
    assert left.caption.shown == sum(line.count for line in wanted)
    assert left.caption.total == whole.caption.total
    assert "未画：" in left.caption.filters and f"hide={off.replace(',', '%2C')}" in left.caption.query


def test_its_heading_goes_with_the_last_one_under_it(plan: EmbeddedStore) -> None:
    assert "园区" in [heading.text for heading in draw(plan, "bridge", {}).headings]
    assert "园区" not in [h.text for h in without_hidden(draw(plan, "bridge", {"hide": "Park"})).headings]


def test_a_page_keeps_it_for_its_legend_and_a_picture_does_not(plan: EmbeddedStore) -> None:
    scene = draw(plan, "bridge", {"hide": "Park"})
    parks = [node.name for node in scene.nodes if node.type == "Park"]
    page, picture = render(scene, "html").decode(), render(scene, "svg").decode()
    data = re.search(r'<script type="application/json" class="cg-data">(.*?)</script>', page)
    assert data and json.loads(data[1])["hidden"] == ["Park"]
    assert parks and all(name in page and name not in picture for name in parks)


def test_of_the_matrix_its_columns_are_left_out(plan: EmbeddedStore) -> None:
    left = without_hidden(draw(plan, "coverage", {"hide": "Park"}))
    whole = draw(plan, "coverage", {})
    assert left.matrix and whole.matrix
    assert [c for c, _ in left.matrix.columns] == [c for c, _ in whole.matrix.columns if c != "Park"]


def test_a_name_that_no_legend_has_is_refused(plan: EmbeddedStore) -> None:
    with pytest.raises(InvalidParameter, match="Pork"):
        draw(plan, "bridge", {"hide": "Pork"})
