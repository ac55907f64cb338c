"""Fetching everything that one document states, whether or not it is still in force, and how it prints the names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

from graph.model import Document, EntityRef, Evidence, Row
from graph.statements.claims import EVERY_RELATION, claims_of_documents
from graph.statements.refs import Key, evidence, source_ref, target_ref
from graph.store import Statement, Store

_SQL = """
    SELECT c.id AS claim, c.type AS type, c.term AS term, c.direction AS direction, c.status AS status,
        c.source AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
        c.target AS target, b.name AS target_name, b.rank AS target_rank, b.seq AS target_seq,
        c.document AS document, d.title AS document_title, d.date AS document_date,
        c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no, c.text AS text,
        c.citation AS citation
    FROM document AS d CROSS JOIN claim AS c ON c.document = d.id
    CROSS JOIN entity AS a ON a.id = c.source CROSS JOIN entity AS b ON b.id = c.target
    WHERE d.id = :document
    """
_CYPHER = """
    RETURN c.id AS claim, type(c) AS type, c.term AS term, c.direction AS direction, c.status AS status,
        a.id AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
        b.id AS target, b.name AS target_name, b.rank AS target_rank, b.seq AS target_seq,
        c.document AS document, d.title AS document_title, d.date AS document_date,
        c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no, c.text AS text,
        c.citation AS citation
    """
_DOCUMENT = "MATCH (d:Document {id: $document}) "
STATED = Statement(
    _SQL,
    _DOCUMENT + claims_of_documents(EVERY_RELATION) + _CYPHER,
    few=True,
)
STATED_PAIRS = Statement(
    _SQL + "AND +c.type = 'PAIRED_WITH'",
    _DOCUMENT + claims_of_documents("PAIRED_WITH") + _CYPHER,
    few=True,
)


class StatedClaim(TypedDict):
    """An edge with the cell that states it."""

    type: str
    source: EntityRef
    target: EntityRef
    evidence: Evidence


def stated_claim(row: Row) -> StatedClaim:
    """A fetched row as answers state it."""
    return StatedClaim(
        type=row["type"], source=source_ref(row, "zh"), target=target_ref(row, "zh"), evidence=evidence(row)
    )


def stated_rows(store: Store, document: str) -> list[Row]:
    """All claims of a stored document by table, row and column."""
    return sorted(store.fetch(STATED, {"document": document}), key=_where)


def stated_pairs(store: Store, document: str) -> list[Row]:
    """The document's pairs in official order of their units, then as printed."""
    pairs = store.fetch(STATED_PAIRS, {"document": document})
    return sorted(pairs, key=lambda row: (row["source_rank"], row["source_seq"], *_where(row)))


def _where(row: Row) -> Key:
    return (row["table_no"] or 0, row["row_no"] or 0, row["column_no"] or 0, row["claim"])


def printed_names(store: Store, document: Document, tables: Iterable[int]) -> dict[str, Evidence]:
    """How a document prints the ends of its claims: entity id → the first cell that names it, `text` being the
    name as printed. `tables` are the numbers of the document's tables."""
    aliases = store.aliases()
    found: dict[str, Evidence] = {}
    for number in tables:
        table = store.table(document.id, number)
        for name in table.names if table is not None else ():
            place = (number, name.row, name.column)
            found.setdefault(_today(name.entity, aliases), _cell(document, place, name.text))
    return found


def _today(entity: str, aliases: Mapping[str, str]) -> str:
    """The id that an id of the time of reading stands for by now."""
    seen = {entity}
    while (following := aliases.get(entity)) is not None and following not in seen:
        seen.add(following)
        entity = following
    return entity


def _cell(document: Document, place: tuple[int, int, int], text: str) -> Evidence:
    table, row, column = place
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
