"""The programmes (合作事项) that documents belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from graph.catalogue import Answer, Parameters, Query
from graph.model import DocumentRef, Row
from graph.queries._columns import column, document_status
from graph.statements.claims import COOPERATING
from graph.statements.refs import LAST
from graph.statements.scope import scope_of
from graph.store import Statement
from graph.vocabulary import Status, Text

if TYPE_CHECKING:
    from graph.store import Store

DOCUMENTS = Statement(
    """
    SELECT d.id AS id, d.title AS title, d.date AS date, d.status AS status, d.programme AS programme,
        d.superseded_on AS superseded_on
    FROM document AS d WHERE d.programme <> '' AND (:status = 'all' OR d.status = :status)
        AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
    """,
    """
    MATCH (d:Document) WHERE d.programme <> '' AND ($status = 'all' OR d.status = $status)
        AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
    RETURN d.id AS id, d.title AS title, d.date AS date, d.status AS status, d.programme AS programme,
        d.superseded_on AS superseded_on
    """,
)
CLAIMS = Statement(
    """
    SELECT d.programme AS programme, c.type AS type, count(*) AS n
    FROM document AS d CROSS JOIN claim AS c ON c.document = d.id
    WHERE d.programme <> '' AND (:status = 'all' OR c.status = :status)
        AND (c.valid_from = '' OR c.valid_from <= :day) AND (c.valid_to = '' OR :day <= c.valid_to || '~')
        AND (c.valid_from <> '' OR d.date <= :day) AND (d.superseded_on = '' OR :day < d.superseded_on)
        AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
    GROUP BY d.programme, c.type
    """,
    "MATCH (:Entity)-[c:"
    + COOPERATING
    + """]->(:Entity)
    MATCH (d:Document {id: c.document})
    WHERE d.programme <> '' AND ($status = 'all' OR c.status = $status)
        AND (c.valid_from = '' OR c.valid_from <= $day) AND (c.valid_to = '' OR $day <= c.valid_to + '~')
        AND (c.valid_from <> '' OR d.date <= $day) AND (d.superseded_on = '' OR $day < d.superseded_on)
        AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
    RETURN d.programme AS programme, type(c) AS type, count(*) AS n
    """,
)
COUNTED = tuple(COOPERATING.split("|"))


class ProgrammeDocument(DocumentRef):
    """A document with its own status: `official` or `illustrative`."""

    status: str


class ProgrammeRow(TypedDict):
    """A programme with its documents by date and its claims in force by relation. `illustrative`: none of
    its documents is official."""

    programme: str
    documents: list[ProgrammeDocument]
    relations: dict[str, int]
    claims: int
    illustrative: bool


def ask(store: Store, params: Parameters) -> Answer:
    scope = scope_of(store, params)
    documents: dict[str, list[Row]] = {}
    for row in store.fetch(DOCUMENTS, scope.parameters()):
        documents.setdefault(row["programme"], []).append(row)
    counts: dict[str, dict[str, int]] = {}
    for row in store.fetch(CLAIMS, scope.parameters()):
        counts.setdefault(row["programme"], {})[row["type"]] = row["n"]
    for rows in documents.values():
        rows.sort(key=_age)
    ordered = sorted(documents, key=lambda name: (_age(documents[name][0]), name))
    return Answer(items=[_item(name, documents[name], counts.get(name, {})) for name in ordered])


def _age(row: Row) -> tuple[str, str]:
    return (row["date"] or LAST, row["id"])


def _item(name: str, documents: list[Row], counts: dict[str, int]) -> ProgrammeRow:
    return {
        "programme": name,
        "documents": [{"id": row["id"], "title": row["title"], "status": row["status"]} for row in documents],
        "relations": {relation: counts.get(relation, 0) for relation in COUNTED},
        "claims": sum(counts.get(relation, 0) for relation in COUNTED),
        "illustrative": all(row["status"] == Status.ILLUSTRATIVE for row in documents),
    }


QUERY = Query(
    name="programmes",
    title=Text("合作事项", "Programmes"),
    description=Text(
        "文件所属的合作事项，各有哪些文件、多少现行关系。",
        "The programmes that documents belong to, with documents and relations in force.",
    ),
    params=Parameters,
    row=ProgrammeRow,
    ask=ask,
    flatten=lambda answer, params: [
        {**item, "document": document} for item in answer.items for document in item["documents"]
    ],
    columns=(
        column("programme", "合作事项", "Programme"),
        column("document_title", "文件", "Document", "document.title"),
        column("document", "文件编号", "Document id", "document.id"),
        column("claims", "现行关系数", "Claims in force"),
        document_status("document.status"),
    ),
    example={
        "items": [
            {
                "programme": "沪甬产业合作",
                "documents": [
                    {
                        "id": "doc:甬政办发〔2019〕32号",
                        "title": "关于印发推进沪甬产业合作工作方案的通知",
                        "status": "official",
                    }
                ],
                "relations": {
                    "PAIRED_WITH": 0,
                    "LIAISES_WITH": 0,
                    "LEADS": 4,
                    "SUPPORTS": 5,
                    "RESPONSIBLE_FOR": 0,
                    "OVERSEES": 3,
                },
                "claims": 12,
                "illustrative": False,
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
