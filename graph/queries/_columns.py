"""Columns of CSV, XLSX and tables that several queries share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.catalogue import Column
from graph.vocabulary import STATUS_LABELS, Status, Text

EVIDENCE: tuple[tuple[str, Text], ...] = (
    ("document_title", Text("出处文件", "Document")),
    ("document", Text("文件编号", "Document id")),
    ("table", Text("表", "Table")),
    ("row", Text("行", "Row")),
    ("column", Text("列", "Column")),
    ("text", Text("原文", "Text")),
    ("term", Text("原文用语", "Printed term")),
    ("source", Text("资料来源", "Gazetteer")),
)


def column(key: str, zh: str, en: str, path: str = "") -> Column:
    """A column that reads `path` (`unit.name`) of a row; the key itself when no path is given."""
    parts = (path or key).split(".")

    def value(row: Any) -> str | int | float | bool | None:
        for part in parts:
            row = row.get(part) if isinstance(row, Mapping) else None
        return row

    return Column(key, Text(zh, en), value)


def entity_columns(key: str, zh: str, en: str) -> tuple[Column, Column, Column]:
    """Name, type and id of an entity that a row names under `key`."""
    return (
        column(key, zh, en, f"{key}.name"),
        column(f"{key}_type", f"{zh}类型", f"{en} type", f"{key}.label"),
        column(f"{key}_id", f"{zh}编号", f"{en} id", f"{key}.id"),
    )


def evidence_columns() -> tuple[Column, ...]:
    """Columns of the evidence of a flattened row (`proof`), the status in words first: 示例 is told aloud."""
    rest = [column(f"evidence_{key}", text.zh, text.en, f"proof.{key}") for key, text in EVIDENCE]
    return (Column("status", Text("状态", "Status"), _status), *rest)


def _status(row: Any) -> Text | None:
    proof = row.get("proof")
    return STATUS_LABELS[Status(proof["status"])] if proof else None


def document_status(path: str = "status") -> Column:
    """正式 or 示例 of the document whose status stands at `path`."""
    plain = column("status", "状态", "Status", path)
    return Column("status", plain.title, lambda row: STATUS_LABELS[Status(str(plain.value(row)))])


def standing_column() -> Column:
    """正式 or 示例 of a row that says so by `illustrative`."""
    words = {False: STATUS_LABELS[Status.OFFICIAL], True: STATUS_LABELS[Status.ILLUSTRATIVE]}
    return Column("status", Text("状态", "Status"), lambda row: words[row["illustrative"]])


def names(refs: Iterable[Mapping[str, Any]]) -> str:
    """Names of entities in one cell."""
    return "、".join(ref["name"] for ref in refs)


def by_evidence(items: Sequence[Mapping[str, Any]], key: str = "evidence") -> list[dict[str, Any]]:
    """One row an evidence, so that each stands beside its cell; a row without evidence stands once."""
    return [{**item, "proof": proof} for item in items for proof in (item.get(key) or (None,))]
