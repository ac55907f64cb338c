"""Nodes and links as programs that draw take them: a label to show, colour and shape of the vocabulary, no
empty values, no character that XML cannot hold."""

from __future__ import annotations

import re
from typing import Any

from graph.vocabulary import DOCUMENT, ILLUSTRATIVE_MARK, TYPES, EntityType, Mark, Status
from graph.whole import WholeGraph

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters outside https://www.w3.org/TR/xml/#charsets."""


def mark_of(kind: str) -> Mark:
    """How a node's type is drawn."""
    return DOCUMENT.mark if kind == "Document" else TYPES[EntityType(kind)].mark


def rgb(colour: str) -> tuple[int, int, int]:
    """`#0072B2` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def drawn(graph: WholeGraph) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All nodes and links; a link also names the title of its document, to be read where it is clicked."""
    titles = {node["id"]: node["name"] for node in graph.nodes if node["type"] == "Document"}
    links = [{**link, "document_title": titles.get(link.get("document"))} for link in graph.links]
    return [_drawn_node(node) for node in graph.nodes], [_drawn_link(link) for link in links]


def _drawn_node(node: dict[str, Any]) -> dict[str, Any]:
    """A node with `label` for the picture, its type in Chinese as `type_label`, and its mark."""
    mark = mark_of(node["type"])
    shown = {"label": _label(node["name"] or node["id"], node), "type_label": node["label"]}
    return _clean({**node, **shown, "colour": mark.colour, "shape": mark.shape})


def _drawn_link(link: dict[str, Any]) -> dict[str, Any]:
    """A link labelled with the word that the document prints, else that of its relation."""
    shown = {"label": _label(link.get("term") or link["label"], link), "type_label": link["label"]}
    return _clean({**link, **shown})


def _label(text: str, record: dict[str, Any]) -> str:
    illustrative = record.get("status") == Status.ILLUSTRATIVE
    return f"{text}（{ILLUSTRATIVE_MARK}）" if illustrative and ILLUSTRATIVE_MARK not in text else text


def _clean(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
        for name, value in record.items()
        if value is not None and value != ""
    }
