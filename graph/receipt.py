"""The receipt: the same object on the command line, over HTTP and in the store."""

from __future__ import annotations

from typing import TypedDict

from graph.model import Reading
from graph.tables import CellCounts


class FileInfo(TypedDict):
    name: str
    sha256: str


class DocumentInfo(TypedDict):
    id: str
    title: str
    number: str | None
    date: str | None
    issuer: str | None
    programme: str | None
    files: list[FileInfo]


class TableInfo(TypedDict):
    table: int
    title: str
    profile: str | None
    rows: int
    columns: int
    cells: CellCounts


class ProblemInfo(TypedDict):
    code: str
    severity: str
    table: int | None
    row: int | None
    column: int | None
    message: str
    text: str


class Receipt(TypedDict):
    """The contract's receipt, the same object on the command line, over HTTP and in the store."""

    document: DocumentInfo
    tables: list[TableInfo]
    entities: int
    claims: int
    problems: list[ProblemInfo]
    written: bool


def receipt_of(reading: Reading, *, written: bool) -> Receipt:
    """The receipt of a reading. Raises ValueError when a cell of a table has no use."""
    doc = reading.document
    return Receipt(
        document=DocumentInfo(
            id=doc.id,
            title=doc.title,
            number=doc.number,
            date=doc.date or None,
            issuer=doc.issuer or None,
            programme=doc.programme or None,
            files=[FileInfo(name=f.name, sha256=f.sha256) for f in reading.files],
        ),
        tables=[
            TableInfo(
                table=t.number,
                title=t.title,
                profile=t.profile,
                rows=t.rows,
                columns=t.columns,
                cells=t.counts(),
            )
            for t in reading.tables
        ],
        entities=len(reading.mentions),
        claims=len(reading.claims),
        problems=[
            ProblemInfo(
                code=p.code,
                severity=p.severity,
                table=p.table,
                row=p.row,
                column=p.column,
                message=p.message,
                text=p.text,
            )
            for p in reading.problems
        ],
        written=written,
    )
