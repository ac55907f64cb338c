"""What one document changed against another: added, removed, moved to another partner or leader, renamed only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.ids import normalise
from graph.model import Document, DocumentRef, EntityRef, Evidence
from graph.tables import Table
from graph.vocabulary import EntityType, Relation, Use
from ingest.naming import Names, Scope
from ingest.outcomes import DocumentDiff, Moved, Renamed, StatedClaim

Edge = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two documents: its claims in order, and how it prints the names in their rows."""

    document: Document
    claims: Sequence[StatedClaim]
    printed: Mapping[str, Evidence]
    """Entity id → the cell that prints its name; `text` is the printed name."""


def diff_documents(a: Side, b: Side) -> DocumentDiff:
    """Compare the claims of two documents by what they say, not by where they say it.

    Tasks have ids of their own in each document; they are the same task when their titles are the same.
    """
    old, new = _edges(a.claims), _edges(b.claims)
    removed = [claim for edge, claim in old.items() if edge not in new]
    added = [claim for edge, claim in new.items() if edge not in old]
    moved: list[Moved] = []
    for stays in ("source", "target"):
        found, removed, added = _moves(removed, added, stays)
        moved += found
    ends = {end["id"]: end for claim in b.claims for end in (claim["source"], claim["target"])}
    return DocumentDiff(
        a=DocumentRef(id=a.document.id, title=a.document.title),
        b=DocumentRef(id=b.document.id, title=b.document.title),
        added=added,
        removed=removed,
        moved=moved,
        renamed=[
            _renamed(ends[key], a.printed[key], after)
            for key, after in b.printed.items()
            if key in a.printed
            and key in ends
            and normalise(a.printed[key]["text"]) != normalise(after["text"])
        ],
    )


def _edges(claims: Iterable[StatedClaim]) -> dict[Edge, StatedClaim]:
    edges: dict[Edge, StatedClaim] = {}
    for claim in claims:
        edges.setdefault((claim["type"], _key(claim["source"]), _key(claim["target"])), claim)
    return edges


def _key(entity: EntityRef) -> str:
    return f"task:{normalise(entity['name'])}" if entity["type"] == EntityType.TASK else entity["id"]


def _moves(
    removed: Sequence[StatedClaim], added: Sequence[StatedClaim], stays: str
) -> tuple[list[Moved], list[StatedClaim], list[StatedClaim]]:
    """Pair claims of which one end stays and the other is now another of the same type.

    A home unit keeps its place and changes its partner, so `source` is tried first; of a task and of a
    liaison it is the task and the partner that keep theirs, and the leader or unit changes.
    """
    waiting: dict[tuple[str, ...], list[StatedClaim]] = {}
    for claim in added:
        if place := _place(claim, stays):
            waiting.setdefault(place, []).append(claim)
    moved: list[Moved] = []
    left: list[StatedClaim] = []
    for claim in removed:
        place = _place(claim, stays)
        if place and waiting.get(place):
            after = waiting[place].pop(0)
            end = after["source"] if stays == "source" else after["target"]
            moved.append(Moved(entity=end, type=claim["type"], before=claim, after=after))
        else:
            left.append(claim)
    taken = {id(one["after"]) for one in moved}
    return moved, left, [claim for claim in added if id(claim) not in taken]


def _place(claim: StatedClaim, stays: str) -> tuple[str, ...]:
    if stays == "source":
        if claim["type"] != Relation.PAIRED_WITH:
            return ()
        return (claim["type"], _key(claim["source"]), claim["target"]["type"])
    return (claim["type"], _key(claim["target"]), claim["source"]["type"])


def _renamed(entity: EntityRef, before: Evidence, after: Evidence) -> Renamed:
    return Renamed(
        entity=entity, before_name=before["text"], after_name=after["text"], before=before, after=after
    )


def printed_names(
    document: Document, claims: Iterable[StatedClaim], tables: Iterable[Table], names: Names
) -> dict[str, Evidence]:
    """How a document prints the ends of its claims: entity id → the first cell of a claim's row that names it."""
    scope = Scope(document.region, document.id)
    wanted = {(claim["evidence"]["table"], claim["evidence"]["row"]) for claim in claims}
    found: dict[str, Evidence] = {}
    for table in tables:
        for cell in table.cells:
            covered = ((table.number, row) for row in range(cell.row, cell.row + cell.rowspan))
            if cell.use is not Use.USED or not cell.text or wanted.isdisjoint(covered):
                continue
            for piece in names.split(cell.text, scope).pieces:
                key = names.resolve(piece.text, scope).entity.id
                if key not in found:
                    found[key] = _evidence(document, table.number, cell.row, cell.column, piece.text)
    return found


def _evidence(document: Document, table: int, row: int, column: int, text: str) -> Evidence:
    return Evidence(
        document=document.id,
        document_title=document.title,
        table=table,
        row=row,
        column=column,
        text=text,
        term="",
        status=document.status.value,
        source=None,
    )
