"""References, evidence and the official order, made from fetched rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.model import EntityRef, Evidence, Row
from graph.vocabulary import TYPES

LABELS: dict[str, dict[str, tuple[str, str]]] = {
    lang: {spec.prefix: (kind.value, spec.label(lang)) for kind, spec in TYPES.items()}
    for lang in ("zh", "en")
}
"""Language → id prefix → (type, label)."""

LAST = "~"
"""Sorts after every date and rank: what has none comes last."""
NOWHERE = 0
"""Table, row or column of evidence that has none: before all that have one."""

Key = tuple[Any, ...]


def kind_of(entity_id: str) -> str:
    """The type that an id's prefix tells."""
    return LABELS["zh"][entity_id.partition(":")[0]][0]


def ref(entity_id: str, name: str, lang: str) -> EntityRef:
    """How answers name an entity."""
    kind, label = LABELS[lang][entity_id.partition(":")[0]]
    return {"id": entity_id, "type": kind, "name": name, "label": label}


def evidence(row: Row) -> Evidence:
    """The evidence that a fetched claim (or coverage cell) carries."""
    return {
        "document": row["document"],
        "document_title": row["document_title"],
        "table": row["table_no"],
        "row": row["row_no"],
        "column": row["column_no"],
        "text": row["text"],
        "term": row["term"],
        "status": row["status"],
        "source": row["citation"],
    }


def place(row: Row) -> Key:
    """Where a row stands: document date, document, table, row, column. Undated documents come last, and
    gazetteers after them."""
    return (
        row["document_date"] or LAST,
        row["document"] or LAST,
        row["table_no"] or NOWHERE,
        row["row_no"] or NOWHERE,
        row["column_no"] or NOWHERE,
        row["claim"],
    )


def source_key(row: Row) -> Key:
    """The official order of a claim's source."""
    return (row["source_rank"], row["source_seq"], row["source"])


def target_key(row: Row) -> Key:
    """The official order of a claim's target."""
    return (row["target_rank"], row["target_seq"], row["target"])


def source_ref(row: Row, lang: str) -> EntityRef:
    return ref(row["source"], row["source_name"], lang)


def target_ref(row: Row, lang: str) -> EntityRef:
    return ref(row["target"], row["target_name"], lang)


def proof(rows: Iterable[Row]) -> list[Evidence]:
    """Evidence of claims, in the order in which they stand."""
    found = list(rows)
    if len(found) > 1:  # most facts stand in one cell
        found.sort(key=place)
    return [evidence(row) for row in found]
