"""JSON in node-link form, which `networkx.node_link_graph(data, edges="links")` reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from graph.exports import Export
from graph.whole import whole_graph

if TYPE_CHECKING:
    from graph.store import Store


def write(store: Store) -> bytes:
    """The whole graph; a link's `key` is its claim's id, for there may be several between two nodes."""
    graph = whole_graph(store)
    return orjson.dumps(
        {
            "directed": True,
            "multigraph": True,
            "graph": {"version": graph.version},
            "nodes": graph.nodes,
            "links": [{**link, "key": link["id"]} for link in graph.links],
        }
    )


EXPORT = Export(name="json", ending="json", media_type="application/json", write=write)
