"""A workbook: one sheet a type of entity, then all relations with their evidence, then the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from graph.exports import Export
from graph.tabular import Value, workbook_bytes
from graph.vocabulary import (
    DIRECTIONS,
    DOCUMENT,
    ORGANISATION_KINDS,
    TYPES,
    UNIT_KINDS,
    Direction,
    EntityType,
    Relation,
)
from graph.whole import WholeGraph, whole_graph

if TYPE_CHECKING:
    from graph.store import Store

Sheet = tuple[str, Sequence[str], Iterable[Sequence[Value]]]

ENTITY_COLUMNS = {"name": "名称", "kind": "类别", "region": "所属地区"}
OWN_COLUMNS = {
    "post": "职务",
    "number": "序号",
    "title": "任务",
    "content": "内容",
    "target": "目标",
    "due": "完成时限（原文）",
    "due_date": "完成时限",
    "state_owned": "是否国有",
}
"""What types have of their own; a sheet has those columns that its entities fill."""
LAST_COLUMNS = {"status_label": "状态", "id": "编号"}
CLAIM_COLUMNS = {
    "label": "关系",
    "source_name": "起点",
    "source_label": "起点类型",
    "target_name": "终点",
    "target_label": "终点类型",
    "term": "原文用语",
    "direction": "方向",
    "status_label": "状态",
    "document_title": "文件",
    "table": "表",
    "row": "行",
    "column": "列",
    "text": "原文单元格",
    "valid_from": "起始",
    "valid_to": "截止",
    "citation": "名称库出处",
    "source": "起点编号",
    "target": "终点编号",
    "document": "文件编号",
    "id": "关系编号",
}
DOCUMENT_COLUMNS = {
    "name": "标题",
    "number": "文号",
    "date": "日期",
    "issuer": "发文机关",
    "programme": "合作事项",
    "region": "所属地区",
    "supersedes": "取代",
    "status_label": "状态",
    "id": "编号",
}
_WORDS = {"true": "是", "false": "否", "unknown": "未明"}


def write(store: Store) -> bytes:
    """The whole graph; every row says whether it is 正式 or 示例."""
    # Row by row to disk: a million claims would not fit into memory as cells.
    return workbook_bytes("合作关系图", _sheets(whole_graph(store)), in_memory=False, constant_memory=True)


def _sheets(graph: WholeGraph) -> Iterator[Sheet]:
    for kind, spec in TYPES.items():
        nodes = [node for node in graph.nodes if node["type"] == kind]
        if nodes:
            yield _entities(spec.label.zh, nodes)
    yield "关系", list(CLAIM_COLUMNS.values()), _claims(graph)
    yield DOCUMENT.label.zh, list(DOCUMENT_COLUMNS.values()), _documents(graph)


def _entities(title: str, nodes: list[dict[str, Any]]) -> Sheet:
    columns = {
        name: heading
        for name, heading in (ENTITY_COLUMNS | OWN_COLUMNS).items()
        if name == "name" or any(node.get(name) for node in nodes)
    } | LAST_COLUMNS
    return title, list(columns.values()), ([_shown(node, name) for name in columns] for node in nodes)


def _shown(node: dict[str, Any], name: str) -> Value:
    value = node.get(name)
    if name == "kind":
        kinds = ORGANISATION_KINDS if node["type"] == EntityType.ORGANISATION else UNIT_KINDS
        return kinds[value].zh if value in kinds else value
    return _WORDS.get(str(value), value) if name == "state_owned" else value


def _claims(graph: WholeGraph) -> Iterator[Sequence[Value]]:
    nodes = {node["id"]: node for node in graph.nodes}
    for link in graph.links:
        if link["type"] == Relation.SUPERSEDES:
            continue
        source, target, document = (
            nodes.get(link[end] or "", {}) for end in ("source", "target", "document")
        )
        record = {
            **link,
            "source_name": source.get("name"),
            "source_label": source.get("label"),
            "target_name": target.get("name"),
            "target_label": target.get("label"),
            "document_title": document.get("name"),
            "direction": DIRECTIONS[Direction(link["direction"])].zh,
        }
        yield [record.get(name) for name in CLAIM_COLUMNS]


def _documents(graph: WholeGraph) -> Iterator[Sequence[Value]]:
    replaced: dict[str, list[str]] = {}
    for link in graph.links:
        if link["type"] == Relation.SUPERSEDES:
            replaced.setdefault(link["source"], []).append(link["target"])
    for node in graph.nodes:
        if node["type"] == "Document":
            record = {**node, "supersedes": "、".join(replaced.get(node["id"], []))}
            yield [record.get(name) for name in DOCUMENT_COLUMNS]


EXPORT = Export(
    name="xlsx",
    ending="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=write,
)
