"""A source table as read, with the claims that each of its cells made: from the printed cell to the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from graph.model import EntityRef, Reading, Row, entity_ref
from graph.store import Statement, Store
from graph.tables import Cell, Table
from graph.vocabulary import RELATIONS, Relation

_CLAIMS = Statement(
    sql="""
    SELECT c.id AS claim, c.type AS type, c.term AS term, c.status AS status, c.row_no AS row_no,
        c.column_no AS column_no, a.id AS source, a.name AS source_name, b.id AS target, b.name AS target_name
    FROM claim AS c JOIN entity AS a ON a.id = c.source JOIN entity AS b ON b.id = c.target
    WHERE c.document = :document AND c.table_no = :table
    """,
    cypher="""
    MATCH (a:Entity)-[c {document: $document, table_no: $table}]->(b:Entity)
    RETURN c.id AS claim, type(c) AS type, c.term AS term, c.status AS status, c.row_no AS row_no,
        c.column_no AS column_no, a.id AS source, a.name AS source_name, b.id AS target, b.name AS target_name
    """,
)


class CellClaim(TypedDict):
    """A claim that a cell made."""

    id: str
    type: str
    label: str
    term: str
    status: str
    source: EntityRef
    target: EntityRef


class CellAnswer(TypedDict):
    """A cell at its grid position, with what became of it."""

    row: int
    column: int
    text: str
    rowspan: int
    colspan: int
    use: str | None
    reason: str | None
    claims: list[CellClaim]


class TableAnswer(TypedDict):
    """A table as read; `rows` hold the cells that start in each grid row, from left to right."""

    document: str
    table: int
    title: str
    attachment: int | None
    kind: str
    profile: str | None
    columns: int
    rows: list[list[CellAnswer]]


def table_answer(store: Store, document: str, number: int, lang: str = "zh") -> TableAnswer | None:
    """The table with the claims of each cell, or None where the document has no table of that number.

    A claim whose place lies under a merge stands at the merged cell.
    """
    table = store.table(document, number)
    if table is None:
        return None
    fetched = store.fetch(_CLAIMS, {"document": document, "table": number})
    return _laid_out(document, table, fetched, lang)


def read_tables(reading: Reading, lang: str = "zh") -> list[TableAnswer]:
    """The tables of a reading that was not written, with the claims that each of their cells would make."""
    names = {entity.id: entity.name for entity in reading.entities}
    rows: dict[int | None, list[Row]] = {}
    for claim in reading.claims:
        rows.setdefault(claim.table, []).append(
            {
                "claim": claim.id,
                "type": claim.type.value,
                "term": claim.term,
                "status": claim.status.value,
                "row_no": claim.row,
                "column_no": claim.column,
                "source": claim.source,
                "source_name": names.get(claim.source, claim.source),
                "target": claim.target,
                "target_name": names.get(claim.target, claim.target),
            }
        )
    return [
        _laid_out(reading.document.id, table, rows.get(table.number, []), lang) for table in reading.tables
    ]


def _laid_out(document: str, table: Table, stated: Sequence[Row], lang: str) -> TableAnswer:
    rows: list[list[CellAnswer]] = [[] for _ in range(table.rows)]
    claims = _claims_by_cell(table, stated, lang)
    for cell in table.cells:
        rows[cell.row - 1].append(_answer(cell, claims.get((cell.row, cell.column), [])))
    return TableAnswer(
        document=document,
        table=table.number,
        title=table.title,
        attachment=table.attachment,
        kind=table.kind,
        profile=table.profile,
        columns=table.columns,
        rows=rows,
    )


def _answer(cell: Cell, claims: list[CellClaim]) -> CellAnswer:
    return CellAnswer(
        row=cell.row,
        column=cell.column,
        text=cell.text,
        rowspan=cell.rowspan,
        colspan=cell.colspan,
        use=cell.use.value if cell.use else None,
        reason=cell.reason,
        claims=claims,
    )


def _claims_by_cell(table: Table, stated: Sequence[Row], lang: str) -> dict[tuple[int, int], list[CellClaim]]:
    """Claims by the top-left position of the cell that covers their place."""
    cover = {position: (cell.row, cell.column) for cell in table.cells for position in cell.positions()}
    found: dict[tuple[int, int], list[CellClaim]] = {}
    for row in sorted(stated, key=lambda r: (r["row_no"], r["column_no"], r["type"], r["claim"])):
        place = (row["row_no"], row["column_no"])
        found.setdefault(cover.get(place, place), []).append(_claim(row, lang))
    return found


def _claim(row: Row, lang: str) -> CellClaim:
    return CellClaim(
        id=row["claim"],
        type=row["type"],
        label=RELATIONS[Relation(row["type"])].label(lang),
        term=row["term"],
        status=row["status"],
        source=entity_ref(row["source"], row["source_name"], lang),
        target=entity_ref(row["target"], row["target_name"], lang),
    )
