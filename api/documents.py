"""Documents as the command line and HTTP name them."""

from __future__ import annotations

from typing import TypedDict

from graph.receipt import FileInfo
from graph.store import StoredDocument


class DocumentItem(TypedDict):
    """One document in a list: what it is, where it stands, how its reading went."""

    id: str
    title: str
    number: str | None
    date: str | None
    issuer: str | None
    programme: str | None
    region: str | None
    status: str
    files: list[FileInfo]
    supersedes: list[str]
    superseded_by: list[str]
    tables: int
    entities: int
    claims: int
    problems: int
    added: str


def document_item(stored: StoredDocument) -> DocumentItem:
    """A stored document as an item of the list."""
    document, receipt = stored.document, stored.receipt
    return DocumentItem(
        id=document.id,
        title=document.title,
        number=document.number,
        date=document.date or None,
        issuer=document.issuer or None,
        programme=document.programme or None,
        region=document.region or None,
        status=document.status.value,
        files=receipt["document"]["files"],
        supersedes=list(document.supersedes),
        superseded_by=list(stored.superseded_by),
        tables=len(receipt["tables"]),
        entities=receipt["entities"],
        claims=receipt["claims"],
        problems=len(receipt["problems"]),
        added=stored.added,
    )
