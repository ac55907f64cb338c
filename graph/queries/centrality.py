"""Who holds the network together: by degree, betweenness, or as a point at which it falls apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Parameters, Query
from graph.model import EntityRef, Evidence, Row
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._couples import expand_rows
from graph.queries._examples import BUREAU, TASK_PROOF
from graph.queries._network import LARGEST, too_large
from graph.queries._rows import Rows
from graph.statements.claims import COOPERATION, TIES
from graph.statements.entities import entities_by_id
from graph.statements.refs import Key, proof, ref
from graph.statements.scope import Scope, scope_of
from graph.vocabulary import Text

if TYPE_CHECKING:
    from rustworkx import PyGraph

    from graph.store import Store

Edge = tuple[str, str]
Measure = Literal["degree", "betweenness", "articulation"]


class CentralityParameters(Parameters):
    measure: Measure = Field("degree", description="degree 联系数、betweenness 中介度、articulation 断点")


class CentralityRow(TypedDict):
    """A node of the network of cooperation. `value`: how many others it is tied to (degree); the share of
    shortest chains between others that run through it, 0 to 1 (betweenness); into how many parts its
    component falls without it (articulation: only such points are listed). `place`: 1 is the highest."""

    entity: EntityRef
    value: float
    place: int
    evidence: list[Evidence]


def ask(store: Store, params: CentralityParameters) -> Answer:
    scope = scope_of(store, params)
    edges = edges_of(store, scope)
    nodes = sorted({node for edge in edges for node in edge})
    if len(nodes) > LARGEST:
        missing = "programme" if scope.programme is None else "document"
        raise too_large(len(nodes), missing, f"加上 {missing} 筛选")
    values = MEASURES[params.measure](nodes, edges)
    known = entities_by_id(store, values.keys())
    order: dict[str, Key] = {node: (row["rank"], row["seq"], node) for node, row in known.items()}
    ranked = sorted(order, key=lambda node: (-values[node], order[node]))
    places: dict[str, int] = {}
    for number, node in enumerate(ranked, 1):
        before = ranked[number - 2]
        tied = number > 1 and values[before] == values[node]
        places[node] = places[before] if tied else number

    def build(page: Sequence[str]) -> list[CentralityRow]:
        proofs = _proofs(store, scope, page)
        return [
            {
                "entity": ref(node, known[node]["name"], scope.lang),
                "value": values[node],
                "place": places[node],
                "evidence": proofs[node],
            }
            for node in page
        ]

    return Answer(items=Rows(ranked, build))


def edges_of(store: Store, scope: Scope) -> list[Edge]:
    """Ties between different entities, each once, without direction; collectives expanded where asked for."""
    claims = (COOPERATION if scope.expand else TIES).fetch(store, scope)
    rows = expand_rows(store, scope, claims)
    ends = {(min(r["source"], r["target"]), max(r["source"], r["target"])) for r in rows}
    return sorted(edge for edge in ends if edge[0] != edge[1])


def degree(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, float]:
    """How many others each node is tied to."""
    values = dict.fromkeys(nodes, 0.0)
    for edge in edges:
        for node in edge:
            values[node] += 1
    return values


def betweenness(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, float]:
    """Normalised betweenness (Freeman 1977), to six places."""
    import rustworkx

    graph, number = _graph(nodes, edges)
    found = rustworkx.betweenness_centrality(graph, normalized=True)
    return {node: round(found[number[node]], 6) for node in nodes}


def articulation(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, float]:
    """Points without which their component falls apart, and into how many parts."""
    import rustworkx

    graph, number = _graph(nodes, edges)
    parts: dict[int, set[int]] = {}
    for ends, part in rustworkx.biconnected_components(graph).items():
        for end in ends:
            parts.setdefault(end, set()).add(part)
    return {node: float(len(parts[number[node]])) for node in nodes if len(parts.get(number[node], ())) > 1}


def _graph(nodes: Sequence[str], edges: Sequence[Edge]) -> tuple[PyGraph[str, None], dict[str, int]]:
    import rustworkx

    graph: PyGraph[str, None] = rustworkx.PyGraph(multigraph=False)
    number = dict(zip(nodes, graph.add_nodes_from(list(nodes)), strict=True))
    graph.add_edges_from_no_data([(number[a], number[b]) for a, b in edges])
    return graph, number


MEASURES = {"degree": degree, "betweenness": betweenness, "articulation": articulation}


def _proofs(store: Store, scope: Scope, page: Sequence[str]) -> dict[str, list[Evidence]]:
    """The cells behind the ties of each node as printed; with `expand`, a member's own ties only."""
    claims: dict[str, list[Row]] = {node: [] for node in page}
    for row in COOPERATION.fetch(store, scope, page):
        for end in {row["source"], row["target"]} & claims.keys():
            claims[end].append(row)
    return {node: proof(rows) for node, rows in claims.items()}


QUERY = Query(
    name="centrality",
    title=Text("关键节点", "Centrality"),
    description=Text(
        "谁的联系最多、谁居于中介、少了谁网络会断开；至多 5000 个节点。",
        "Degree, betweenness and articulation points of the filtered network, up to 5,000 nodes.",
    ),
    params=CentralityParameters,
    row=CentralityRow,
    ask=ask,
    flatten=lambda answer, params: by_evidence(answer.items),
    columns=(
        *entity_columns("entity", "对象", "Entity"),
        column("value", "数值", "Value"),
        column("place", "名次", "Place"),
        *evidence_columns(),
    ),
    example={
        "items": [{"entity": BUREAU, "value": 3.0, "place": 1, "evidence": [TASK_PROOF]}],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
