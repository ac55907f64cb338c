"""What the page's script gets: nodes, edges and evidence as compact JSON-able data, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

from graph.ids import cell_anchor
from graph.model import Evidence
from graph.vocabulary import TYPES, Status
from viz.citations import source_words
from viz.layout.text import text_width
from viz.marks import OUTLINES, bounds, mark_centre
from viz.scene import Line, Node, Scene
from viz.strokes import kind_of, says, stroke_of, tag
from viz.words import place_words

CELLS_SHOWN = 6
"""Evidence that one row of the table shows before it only counts."""


class _Documents:
    """Titles once, evidence by index."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.index: dict[str, int] = {}
        self.entries: list[tuple[str, str]] = []

    def short(self, evidence: Evidence) -> list[Any]:
        """[document's index or null, table, row, column, text, term, illustrative, citation]; a citation is null or
        its words and itself."""
        number = None
        if evidence["document"] is not None:
            number = self.index.setdefault(evidence["document"], len(self.entries))
            if number == len(self.entries):
                self.entries.append(
                    (evidence["document"], evidence["document_title"] or evidence["document"])
                )
        return [
            number,
            evidence["table"],
            evidence["row"],
            evidence["column"],
            evidence["text"],
            evidence["term"],
            evidence["status"] == Status.ILLUSTRATIVE,
            evidence["source"] and [source_words(evidence["source"], self.lang), evidence["source"]],
        ]


def _node(node: Node, lang: str) -> dict[str, Any]:
    x, y = mark_centre(node)
    mark = TYPES[node.type].mark
    lines = node.label.split("\n")
    made: dict[str, Any] = {
        "id": node.id,
        # Whole pixels: vis-network cuts off what a position has beyond them.
        "x": round(x),
        "y": round(y),
        "mark": mark.shape,
        "colour": mark.colour,
        "r": node.radius,
        "side": node.side,
        "lines": lines,
        "labelWidth": round(max(text_width(line) for line in lines), 1),
        "name": node.name,
        "type": node.type,
        "typeLabel": TYPES[node.type].label(lang),
        "ref": node.ref,
    }
    if node.group:
        made["group"] = node.group
    if node.side == "inside":
        made |= {"w": node.width, "h": node.height}
    if node.members:
        made |= {"members": node.members, "opens": node.opens}
    return made


def _edge(line: Line, lang: str, documents: _Documents) -> dict[str, Any]:
    stroke = stroke_of(line)
    made: dict[str, Any] = {
        "from": line.source,
        "to": line.target,
        "kind": kind_of(line),
        "says": says(line, lang),
        "tag": tag(line, lang),
        "width": stroke.width,
        "count": line.count,
        "evidence": [documents.short(e) for e in line.evidence],
    }
    if stroke.tone != "line":
        made["tone"] = stroke.tone
    if stroke.dashes:
        made["dashes"] = list(stroke.dashes)
    if line.change not in ("", "kept"):
        made["change"] = True
    if line.change not in ("", "kept") or (line.illustrative and not line.change):
        made["marked"] = True
    if line.directed:
        made["directed"] = True
    return made


def page_data(scene: Scene) -> dict[str, Any]:
    """Nodes and edges with what the script needs beside them."""
    documents = _Documents(scene.lang)
    box = bounds(scene, margin=8)
    return {
        "nodes": [_node(n, scene.lang) for n in scene.nodes],
        "edges": [_edge(line, scene.lang, documents) for line in scene.lines],
        "documents": documents.entries,
        "headings": [asdict(h) for h in scene.headings],
        "bounds": box._asdict(),
        "layered": scene.layered,
        "scrolls": scene.scrolls,
        "begins": next((n.id for n in scene.nodes if n.side == "below"), None) if not scene.layered else None,
        "changes": any(line.change not in ("", "kept") for line in scene.lines),
        "mixed": 0 < sum(line.illustrative for line in scene.lines) < len(scene.lines),
        "outlines": OUTLINES,
        "hidden": scene.caption.hidden,
    }


@dataclass(frozen=True, slots=True)
class CellLink:
    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class TableRow:
    source: str
    relation: str
    target: str
    count: int
    cells: Sequence[CellLink]


def document_address(base: str, evidence: Evidence) -> str | None:
    """Address of the cell on its document's page; None for a gazetteer's fact."""
    if evidence["document"] is None:
        return None
    address = f"{base}/documents/{quote(evidence['document'], safe='/:')}"
    table, row, column = evidence["table"], evidence["row"], evidence["column"]
    if table is None or row is None or column is None:
        return address
    return f"{address}#{cell_anchor(table, row, column)}"


def cell_link(evidence: Evidence, base: str | None, lang: str) -> CellLink:
    """What a claim stands on in words, with its address where there are links."""
    place = place_words(evidence["table"], evidence["row"], evidence["column"], lang)
    title = evidence["document_title"] or evidence["document"] or source_words(evidence["source"] or "", lang)
    words = f"{title}，{place}" if place else title
    return CellLink(words, None if base is None else document_address(base, evidence))


def table_rows(scene: Scene, base: str | None) -> list[TableRow]:
    """The lines of a scene as rows of a table, in the scene's order. `base` is None for a file without links."""
    names = {node.id: node.name for node in scene.nodes}
    rows: list[TableRow] = []
    for line in scene.lines:
        cells = [cell_link(e, base, scene.lang) for e in line.evidence[:CELLS_SHOWN]]
        if len(line.evidence) > CELLS_SHOWN:
            cells.append(CellLink(f"+{len(line.evidence) - CELLS_SHOWN}", None))
        relation = tag(line, scene.lang)
        rows.append(TableRow(names[line.source], relation, names[line.target], line.count, cells))
    return rows
