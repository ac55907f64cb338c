"""How documents are called, for choosing among them without reading what they hold."""

from __future__ import annotations

from graph.model import Row
from graph.store import Statement, Store

TITLES = Statement(
    "SELECT d.id AS id, d.title AS title, d.number AS number, d.date AS date FROM document AS d",
    "MATCH (d:Document) RETURN d.id AS id, d.title AS title, d.number AS number, d.date AS date",
)


def document_titles(store: Store) -> list[Row]:
    """`id`, `title`, `number` and `date` of every document, the latest first, undated ones last."""
    rows = list(store.fetch(TITLES, {}))
    return sorted(rows, key=lambda row: (row["date"] or "", row["id"]), reverse=True)


def document_words(title: str, number: str | None) -> str:
    """A document as sources name it: its title with its number."""
    return f"《{title}》（{number}）" if number else f"《{title}》"
