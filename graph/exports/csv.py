"""CSV in a ZIP, twice: for spreadsheets and pandas, and in the header form of `neo4j-admin database import`."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from graph.exports import Export
from graph.tabular import Value, csv_bytes
from graph.vocabulary import Relation
from graph.whole import WholeGraph, whole_graph

if TYPE_CHECKING:
    from graph.store import Store

Record = dict[str, Any]

LINK_ENDS = ("source", "target")
INTEGERS = ("table", "row", "column")
WRITTEN = (1980, 1, 1, 0, 0, 0)
"""Time of every member: equal graphs give equal bytes."""

READ_ME = """coopgraph: the whole graph as CSV 整个关系图

nodes.csv       entities and documents 实体与文件
claims.csv      one line a claim, with the cell that says so 每行一条关系及其原文单元格
documents.csv   documents 文件
(UTF-8 with BOM; an apostrophe stands before text that a spreadsheet would run 会被当作公式的文字前加撇号)

neo4j/          for an empty Neo4j 5 database 导入空的 Neo4j 数据库:
  neo4j-admin database import full --nodes=neo4j/nodes.csv --relationships=neo4j/relationships.csv \\
      --multiline-fields=true DATABASE
"""


def write(store: Store) -> bytes:
    """The archive of both forms."""
    graph = whole_graph(store)
    documents = [node for node in graph.nodes if node["type"] == "Document"]
    claims = [link for link in graph.links if link["type"] != Relation.SUPERSEDES]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {
            "README.txt": READ_ME.encode(),
            "nodes.csv": _plain(graph.nodes),
            "claims.csv": _plain(claims),
            "documents.csv": _plain(documents),
            "neo4j/nodes.csv": _import_nodes(graph),
            "neo4j/relationships.csv": _import_relationships(graph),
        }.items():
            member = zipfile.ZipInfo(name, WRITTEN)
            member.external_attr = 0o644 << 16
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _names(records: Iterable[Record], first: Sequence[str] = ()) -> list[str]:
    """Names of all members of the records, in the order in which they first appear."""
    names = dict.fromkeys(first)
    for record in records:
        names.update(dict.fromkeys(record))
    return list(names)


def _plain(records: list[Record]) -> bytes:
    names = _names(records, ("id", "type"))
    return csv_bytes(names, ([record.get(name) for name in names] for record in records))


def _import_nodes(graph: WholeGraph) -> bytes:
    names = [name for name in _names(graph.nodes) if name != "id"]
    return _import(
        ["id:ID", *(_header(name) for name in names), ":LABEL"],
        ([node["id"], *(node.get(name) for name in names), _labels(node["type"])] for node in graph.nodes),
    )


def _import_relationships(graph: WholeGraph) -> bytes:
    names = [name for name in _names(graph.links) if name not in (*LINK_ENDS, "type")]
    return _import(
        [":START_ID", ":END_ID", ":TYPE", *(_header(name) for name in names)],
        (
            [link["source"], link["target"], link["type"], *(link.get(name) for name in names)]
            for link in graph.links
        ),
    )


def _labels(kind: str) -> str:
    """As the store has them: every type but Document is also an Entity."""
    return kind if kind == "Document" else f"Entity;{kind}"


def _header(name: str) -> str:
    return f"{name}:int" if name in INTEGERS else name


def _import(titles: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Exact text, without BOM and apostrophes: it is read by a program."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return out.getvalue().encode()


EXPORT = Export(name="csv", ending="zip", media_type="application/zip", write=write)
