"""The documents that have been read: what they are, what was read of them, what replaces them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypedDict

from graph.catalogue import Answer, Column, Parameters, Query
from graph.model import DocumentRef, Row
from graph.queries._columns import column, document_status
from graph.queries._rows import Rows
from graph.statements.refs import LAST
from graph.statements.scope import scope_of
from graph.store import Statement
from graph.vocabulary import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.store import Store

EVERY = Statement(
    """
    SELECT d.id AS id, d.title AS title, d.number AS number, d.date AS date, d.issuer AS issuer,
        d.programme AS programme, d.status AS status, d.receipt AS receipt, d.added AS added,
        d.superseded_on AS superseded_on
    FROM document AS d WHERE (:status = 'all' OR d.status = :status)
        AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
    """,
    """
    MATCH (d:Document) WHERE ($status = 'all' OR d.status = $status)
        AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
    RETURN d.id AS id, d.title AS title, d.number AS number, d.date AS date, d.issuer AS issuer,
        d.programme AS programme, d.status AS status, d.receipt AS receipt, d.added AS added,
        d.superseded_on AS superseded_on
    """,
)
SUCCESSORS = Statement(
    """
    SELECT s.target AS old, d.id AS id, d.title AS title, d.date AS date
    FROM supersedes AS s JOIN document AS d ON d.id = s.source JOIN document AS o ON o.id = s.target
    """,
    """
    MATCH (d:Document)-[:SUPERSEDES]->(o:Document)
    RETURN o.id AS old, d.id AS id, d.title AS title, d.date AS date
    """,
)


class Severities(TypedDict):
    info: int
    warning: int
    error: int


class DocumentRow(TypedDict):
    """A document as listed. `positions` counts grid positions of all its tables by use; `superseded_on` is
    the day from which a successor replaces it."""

    id: str
    title: str
    number: str | None
    date: str | None
    issuer: str | None
    programme: str | None
    status: str
    added: str
    files: list[str]
    tables: int
    entities: int
    claims: int
    positions: dict[str, int]
    problems: Severities
    superseded_by: list[DocumentRef]
    superseded_on: str | None


def ask(store: Store, params: Parameters) -> Answer:
    scope = scope_of(store, params)
    rows = store.fetch(EVERY, scope.parameters())
    rows.sort(key=_age)
    return Answer(items=Rows(rows, lambda page: _items(store, page)))


def _age(row: Row) -> tuple[str, str]:
    return (row["date"] or LAST, row["id"])


def _items(store: Store, page: Sequence[Row]) -> list[DocumentRow]:
    successors: dict[str, list[Row]] = {}
    for row in store.fetch(SUCCESSORS, {}) if page else []:
        successors.setdefault(row["old"], []).append(row)
    return [_item(row, successors.get(row["id"], [])) for row in page]


def _item(row: Row, successors: list[Row]) -> DocumentRow:
    receipt: dict[str, Any] = json.loads(row["receipt"])
    problems: Severities = {"info": 0, "warning": 0, "error": 0}
    for problem in receipt["problems"]:
        problems[problem["severity"]] += 1
    positions = {"used": 0, "inherited": 0, "ignored": 0, "unreadable": 0}
    for table in receipt["tables"]:
        for use, count in table["cells"].items():
            positions[use] += count
    return {
        "id": row["id"],
        "title": row["title"],
        "number": row["number"] or None,
        "date": row["date"] or None,
        "issuer": row["issuer"] or None,
        "programme": row["programme"] or None,
        "status": row["status"],
        "added": row["added"],
        "files": [file["name"] for file in receipt["document"]["files"]],
        "tables": len(receipt["tables"]),
        "entities": receipt["entities"],
        "claims": receipt["claims"],
        "positions": positions,
        "problems": problems,
        "superseded_by": [{"id": s["id"], "title": s["title"]} for s in sorted(successors, key=_age)],
        "superseded_on": row["superseded_on"] or None,
    }


QUERY = Query(
    name="documents",
    title=Text("文件", "Documents"),
    description=Text(
        "已读入的文件：编号、日期、发文机关、合作事项、读出的数量与问题。",
        "Documents that have been read, with number, date, issuer, programme, counts and problems.",
    ),
    params=Parameters,
    row=DocumentRow,
    ask=ask,
    columns=(
        column("title", "标题", "Title"),
        column("number", "文号", "Number"),
        column("date", "日期", "Date"),
        column("issuer", "发文机关", "Issuer"),
        column("programme", "合作事项", "Programme"),
        document_status(),
        Column("files", Text("附件文件", "Files"), lambda row: "、".join(row["files"])),
        column("tables", "表格数", "Tables"),
        column("entities", "对象数", "Entities"),
        column("claims", "关系数", "Claims"),
        column("errors", "错误", "Errors", "problems.error"),
        column("warnings", "提醒", "Warnings", "problems.warning"),
        column("notes", "说明", "Notes", "problems.info"),
        Column(
            "superseded_by",
            Text("被何文件取代", "Superseded by"),
            lambda row: "、".join(ref["id"] for ref in row["superseded_by"]),
        ),
        column("id", "编号", "Id"),
    ),
    example={
        "items": [
            {
                "id": "doc:甬政办发〔2019〕32号",
                "title": "关于印发推进沪甬产业合作工作方案的通知",
                "number": "甬政办发〔2019〕32号",
                "date": "2019-03-19",
                "issuer": "宁波市人民政府办公厅",
                "programme": "沪甬产业合作",
                "status": "official",
                "added": "2026-01-05T09:00:00+08:00",
                "files": ["notice.txt"],
                "tables": 1,
                "entities": 12,
                "claims": 12,
                "positions": {"used": 25, "inherited": 0, "ignored": 0, "unreadable": 5},
                "problems": {"info": 2, "warning": 2, "error": 0},
                "superseded_by": [],
                "superseded_on": None,
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
