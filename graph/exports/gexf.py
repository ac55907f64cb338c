"""GEXF 1.3 (https://gexf.net), Gephi's own format, with colours and shapes.

Written here and not by NetworkX, whose writer dates every file, knows no `kind` (by which Gephi keeps
parallel edges of several relations apart) and needs the tree in memory.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graph.exports import Export
from graph.exports._drawn import drawn, rgb
from graph.vocabulary import Status
from graph.whole import whole_graph

if TYPE_CHECKING:
    from graph.store import Store

GEXF, VIZ = "http://gexf.net/1.3", "http://gexf.net/1.3/viz"
SHAPES = {"square": "square", "box": "square", "page": "square", "diamond": "diamond"} | dict.fromkeys(
    ("triangle", "triangleDown"), "triangle"
)
"""The vocabulary's shapes as GEXF has them; `disc` for all others."""
NODE_OWN = ("id", "label")
EDGE_OWN = ("id", "source", "target", "label")
"""What an element says by attributes of its own; everything else is an `attvalue`."""


def write(store: Store) -> bytes:
    """The whole graph, one edge a claim with its evidence."""
    import lxml.etree as etree

    nodes, links = drawn(whole_graph(store))
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{GEXF}}}gexf", version="1.3", nsmap={None: GEXF, "viz": VIZ}):
            with xml.element(f"{{{GEXF}}}meta"), xml.element(f"{{{GEXF}}}creator"):
                xml.write("coopgraph")
            with xml.element(f"{{{GEXF}}}graph", defaultedgetype="directed", idtype="string"):
                _write_declarations(xml, "node", nodes, NODE_OWN)
                _write_declarations(xml, "edge", links, EDGE_OWN)
                with xml.element(f"{{{GEXF}}}nodes", count=str(len(nodes))):
                    for node in nodes:
                        _write_node(xml, node)
                with xml.element(f"{{{GEXF}}}edges", count=str(len(links))):
                    for link, kind in zip(links, _kinds(links), strict=True):
                        _write_edge(xml, link, kind)
    return out.getvalue()


def _write_declarations(xml: Any, kind: str, records: list[dict[str, Any]], own: tuple[str, ...]) -> None:
    """The names and types of attributes, in the order in which they first appear."""
    types: dict[str, str] = {}
    for record in records:
        for name, value in record.items():
            if name not in own:
                types.setdefault(name, "integer" if isinstance(value, int) else "string")
    with xml.element(f"{{{GEXF}}}attributes", {"class": kind, "mode": "static"}):
        for name, type_name in types.items():
            _write_empty(xml, f"{{{GEXF}}}attribute", id=name, title=name, type=type_name)


def _write_node(xml: Any, node: dict[str, Any]) -> None:
    red, green, blue = rgb(node["colour"])
    with xml.element(f"{{{GEXF}}}node", id=node["id"], label=node["label"]):
        _write_values(xml, node, NODE_OWN)
        _write_empty(xml, f"{{{VIZ}}}color", r=str(red), g=str(green), b=str(blue))
        _write_empty(xml, f"{{{VIZ}}}shape", value=SHAPES.get(node["shape"], "disc"))


def _kinds(links: list[dict[str, Any]]) -> Iterator[str]:
    """The relation of each link, and from the second between the same ends on its number.

    Gephi joins parallel edges of one kind into one and drops their attributes, so two claims of a pair would
    lose their cells; of different kinds it keeps both. `type` is the plain relation on all of them.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for link in links:
        ends = (link["source"], link["target"], link["type"])
        seen[ends] += 1
        yield link["type"] if seen[ends] == 1 else f"{link['type']} {seen[ends]}"


def _write_edge(xml: Any, link: dict[str, Any], kind: str) -> None:
    own = {name: link[name] for name in EDGE_OWN}
    with xml.element(f"{{{GEXF}}}edge", own, kind=kind):
        _write_values(xml, link, EDGE_OWN)
        if link.get("status") == Status.ILLUSTRATIVE:
            _write_empty(xml, f"{{{VIZ}}}shape", value="dashed")


def _write_values(xml: Any, record: dict[str, Any], own: tuple[str, ...]) -> None:
    with xml.element(f"{{{GEXF}}}attvalues"):
        for name, value in record.items():
            if name not in own:
                _write_empty(xml, f"{{{GEXF}}}attvalue", {"for": name, "value": str(value)})


def _write_empty(xml: Any, tag: str, given: dict[str, str] | None = None, **attributes: str) -> None:
    with xml.element(tag, given, **attributes):
        pass


EXPORT = Export(name="gexf", ending="gexf", media_type="application/gexf+xml", write=write)
