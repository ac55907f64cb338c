"""The graph in NetworkX, whole and filtered; the same as the JSON export."""

from __future__ import annotations

from typing import Any

import networkx as nx
import orjson
import pytest

from graph.errors import InvalidParameter
from graph.exports import exports
from graph.store import Store
from tests.exports.conftest import DISTRICTS, HOME, OTHER


def test_the_json_export_reads_back_equal(plans: Store) -> None:
    data = orjson.loads(exports()["json"].write(plans))
    read = nx.node_link_graph(data, edges="links")
    graph = plans.to_networkx()
    assert type(read) is type(graph) is nx.MultiDiGraph
    assert nx.utils.graphs_equal(read, graph)
    assert list(read.nodes) == list(graph.nodes)
    assert graph.number_of_edges(HOME, "park:漕河泾") == 2
    assert graph.nodes["doc:甬〔2019〕1号"]["type"] == "Document"
    assert graph.has_edge("doc:甬〔2020〕1号", "doc:甬〔2019〕1号")


def test_edges_carry_their_evidence(plans: Store) -> None:
    edges = plans.to_networkx()[HOME]["park:漕河泾"].values()
    cells = sorted((e["document"], e["table"], e["row"], e["column"], e["text"], e["term"]) for e in edges)
    first = ("doc:甬〔2019〕1号", 1, 2, 2, "漕河泾", "帮扶")
    assert cells == [first, (*first[:2], 7, *first[3:5], "结对")]


def test_what_neither_official_documents_nor_gazetteers_name_is_illustrative(plans: Store) -> None:
    nodes = plans.to_networkx().nodes(data="status")
    found = {key for key, status in nodes if status == "illustrative"}
    assert found == {"enterprise:危", "sector:汽车", "doc:样"}


@pytest.mark.parametrize(
    ("given", "documents", "there", "gone"),
    [
        ({"status": "official"}, {"doc:甬〔2019〕1号", "doc:甬〔2020〕1号"}, {HOME, OTHER}, {"enterprise:危"}),
        ({"status": "illustrative"}, {"doc:样"}, {OTHER, "enterprise:危"}, {HOME, DISTRICTS}),
        ({"programme": "示例事项"}, {"doc:样"}, {OTHER}, {HOME}),
        ({"document": "甬〔2019〕1号"}, {"doc:甬〔2019〕1号"}, {DISTRICTS}, {"park:张江"}),
        ({"as_of": "2019-12-31"}, {"doc:甬〔2019〕1号", "doc:样"}, {"park:漕河泾"}, {"park:张江"}),
        ({"as_of": "2020-02-01"}, {"doc:样", "doc:甬〔2020〕1号"}, {"park:张江"}, {"park:漕河泾"}),
    ],
)  # fmt: skip
def test_a_filter_keeps_its_claims_and_their_ends(
    plans: Store, given: dict[str, Any], documents: set[str], there: set[str], gone: set[str]
) -> None:
    graph = plans.to_networkx(**given)
    assert {key for key in graph if key.startswith("doc:")} == documents
    assert there <= set(graph) and not gone & set(graph)
    stated = {d for _, _, d in graph.edges(data="document") if d}
    assert stated <= documents
    whole = plans.to_networkx()
    assert all(graph.nodes[key] == whole.nodes[key] for key in graph)


@pytest.mark.parametrize(
    "given", [{"programme": "无"}, {"document": "无"}, {"status": "x"}, {"as_of": "昨天"}]
)
def test_a_wrong_filter_is_named(plans: Store, given: dict[str, Any]) -> None:
    with pytest.raises(InvalidParameter) as refused:
        plans.to_networkx(**given)
    assert refused.value.details["parameter"] == next(iter(given))


def test_an_empty_store_is_an_empty_graph(store: Store) -> None:
    assert len(store.to_networkx()) == 0
    for export in exports().values():
        assert export.write(store) == export.write(store)
