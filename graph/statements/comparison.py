"""What one document changed against another: added, removed, moved to another partner or leader, renamed only.

The one comparison behind the command line, the HTTP route, the pages and the picture of changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from graph.errors import NotFound
from graph.ids import normalise
from graph.model import DocumentRef, EntityRef, Evidence, Row
from graph.statements.refs import kind_of, source_ref, target_ref
from graph.statements.revisions import StatedClaim, printed_names, stated_claim, stated_rows
from graph.store import Store, StoredDocument
from graph.vocabulary import EntityType, Relation

Edge = tuple[str, str, str]
"""Relation and keys of both ends: what a claim says, wherever it says so."""
_ENDS = ("source", "target")


class Moved(TypedDict):
    """One end stays (`entity`), the other changed: to another partner, or to another leader or unit."""

    entity: EntityRef
    type: str
    before: StatedClaim
    after: StatedClaim


class Renamed(TypedDict):
    """The same entity, printed otherwise."""

    entity: EntityRef
    before_name: str
    after_name: str
    before: Evidence
    after: Evidence


class DocumentDiff(TypedDict):
    """What document `b` changed against `a`."""

    a: DocumentRef
    b: DocumentRef
    added: list[StatedClaim]
    removed: list[StatedClaim]
    moved: list[Moved]
    renamed: list[Renamed]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two documents: each thing that it says with the claims that say so, in the order of the tables."""

    document: DocumentRef
    edges: Mapping[Edge, Sequence[Row]]
    printed: Mapping[str, Evidence]
    """Entity id → the cell that prints its name; `text` is the printed name."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents with what became of each edge; `kept` are those that both state."""

    a: Side
    b: Side
    kept: Sequence[Edge]
    added: Sequence[Edge]
    removed: Sequence[Edge]
    moved: Sequence[tuple[str, Edge, Edge]]
    """The end that stays (`source` or `target`), the edge before and the edge after."""
    renamed: Sequence[Renamed]


def compare(store: Store, a: str, b: str) -> Comparison:
    """Compare the claims of two documents by what they say, not by where they say it.

    `a` and `b` are ids. Tasks have ids of their own in each document; they are the same task when their titles
    are the same. Raises NotFound.
    """
    before, after = _side(store, a), _side(store, b)
    removed = [edge for edge in before.edges if edge not in after.edges]
    added = [edge for edge in after.edges if edge not in before.edges]
    moved: list[tuple[str, Edge, Edge]] = []
    for stays in _ENDS:
        found, removed, added = _moves(removed, added, stays, before, after)
        moved += found
    return Comparison(
        before,
        after,
        kept=[edge for edge in before.edges if edge in after.edges],
        added=added,
        removed=removed,
        moved=moved,
        renamed=_renamings(before, after),
    )


def differences(store: Store, a: str, b: str) -> DocumentDiff:
    """What document `b` changed against `a`, as answers tell it; of an edge stated twice, the first cell.

    Raises NotFound.
    """
    found = compare(store, a, b)
    old = {edge: stated_claim(rows[0]) for edge, rows in found.a.edges.items()}
    new = {edge: stated_claim(rows[0]) for edge, rows in found.b.edges.items()}
    return DocumentDiff(
        a=found.a.document,
        b=found.b.document,
        added=[new[edge] for edge in found.added],
        removed=[old[edge] for edge in found.removed],
        moved=[
            Moved(
                entity=new[after]["source"] if stays == "source" else new[after]["target"],
                type=after[0],
                before=old[before],
                after=new[after],
            )
            for stays, before, after in found.moved
        ],
        renamed=list(found.renamed),
    )


def _side(store: Store, document_id: str) -> Side:
    stored = store.document(document_id)
    if stored is None:
        raise NotFound(f"没有编号为“{document_id[:80]}”的文件；请在文件列表中查看编号。")
    document = stored.document
    edges: dict[Edge, list[Row]] = {}
    for row in stated_rows(store, document.id):
        edges.setdefault(edge_of(row), []).append(row)
    return Side(
        DocumentRef(id=document.id, title=document.title),
        edges,
        printed_names(store, document, _numbers(stored)),
    )


def _numbers(stored: StoredDocument) -> list[int]:
    return [one["table"] for one in stored.receipt["tables"]]


def edge_of(row: Row) -> Edge:
    """What a claim says."""
    return row["type"], end_key(row, "source"), end_key(row, "target")


def end_key(row: Row, end: str) -> str:
    """The id of a claim's end; of a task its title, since each document gives its tasks ids of its own."""
    entity: str = row[end]
    return f"task:{normalise(row[f'{end}_name'])}" if kind_of(entity) == EntityType.TASK else entity


def _moves(
    removed: Sequence[Edge], added: Sequence[Edge], stays: str, a: Side, b: Side
) -> tuple[list[tuple[str, Edge, Edge]], list[Edge], list[Edge]]:
    """Pair edges of which one end stays and the other is now another of the same type.

    A home unit keeps its place and changes its partner, so `source` is tried first; of a task and of a
    liaison it is the task and the partner that keep theirs, and the leader or unit changes.
    """
    waiting: dict[tuple[str, ...], list[Edge]] = {}
    for edge in added:
        if place := _place(edge, stays, b):
            waiting.setdefault(place, []).append(edge)
    moved: list[tuple[str, Edge, Edge]] = []
    left: list[Edge] = []
    for edge in removed:
        place = _place(edge, stays, a)
        if place and waiting.get(place):
            moved.append((stays, edge, waiting[place].pop(0)))
        else:
            left.append(edge)
    taken = {after for _, _, after in moved}
    return moved, left, [edge for edge in added if edge not in taken]


def _place(edge: Edge, stays: str, side: Side) -> tuple[str, ...]:
    """What must be the same before and after: the relation, the end that stays, the type of the other."""
    relation, source, target = edge
    row = side.edges[edge][0]
    if stays == "source":
        return (relation, source, kind_of(row["target"])) if relation == Relation.PAIRED_WITH else ()
    return (relation, target, kind_of(row["source"]))


def _renamings(a: Side, b: Side) -> list[Renamed]:
    refs = _refs(row for rows in b.edges.values() for row in rows)
    return [
        Renamed(
            entity=refs[key],
            before_name=a.printed[key]["text"],
            after_name=after["text"],
            before=a.printed[key],
            after=after,
        )
        for key, after in b.printed.items()
        if key in a.printed and key in refs and normalise(a.printed[key]["text"]) != normalise(after["text"])
    ]


def _refs(rows: Iterable[Row]) -> dict[str, Any]:
    """References of all ends by id."""
    return {entity["id"]: entity for row in rows for entity in (source_ref(row, "zh"), target_ref(row, "zh"))}
