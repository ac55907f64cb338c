"""GraphML (http://graphml.graphdrawing.org), for Gephi, yEd, Cytoscape and NetworkX."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from graph.exports import Export
from graph.exports._drawn import drawn, rgb
from graph.whole import whole_graph

if TYPE_CHECKING:
    from graph.store import Store


def write(store: Store) -> bytes:
    """The whole graph, one edge a claim; `label`, `r`, `g`, `b` are the names that Gephi draws by.

    GraphML has no kinds of edges, so Gephi joins parallel ones when it opens the file unless told not to.
    """
    import networkx as nx

    nodes, links = drawn(whole_graph(store))
    # Nothing is said of the graph itself: Gephi warns of whatever is.
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        red, green, blue = rgb(node["colour"])
        graph.add_node(node.pop("id"), **node, r=red, g=green, b=blue)
    for link in links:
        graph.add_edge(link.pop("source"), link.pop("target"), key=link.pop("id"), **link)
    out = io.BytesIO()
    nx.write_graphml_lxml(graph, out)
    return out.getvalue()


EXPORT = Export(name="graphml", ending="graphml", media_type="application/graphml+xml", write=write)
