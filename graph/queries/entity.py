"""One entity: its names and details, its relations by type, and the evidence of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Parameters, Query
from graph.errors import NotFound
from graph.model import DocumentRef, EntityRef, Evidence, Row
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._examples import BUREAU, TASK, TASK_PROOF
from graph.queries._members import Membership, collectives_of, is_collective, members
from graph.queries._relations import RELATIONS_OF
from graph.statements.entities import ALIASES, NAMES, entities_by_id, mentioned_in
from graph.statements.refs import Key, place, proof, ref, source_key, target_key
from graph.statements.scope import Scope, path_entity, scope_of
from graph.vocabulary import RELATIONS, Relation, Text

if TYPE_CHECKING:
    from graph.store import Store


class EntityParameters(Parameters):
    id: str = Field(description="对象的编号（id），或唯一名称")


class NameRow(TypedDict):
    text: str
    kind: str


class RelatedRow(TypedDict):
    """What stands at the other end: `end` tells whether that is the claim's source or target.
    `expanded_from` names the collectives through which the relation holds, with `expand`."""

    entity: EntityRef
    end: Literal["source", "target"]
    term: str
    direction: str
    programme: str | None
    evidence: list[Evidence]
    expanded_from: list[EntityRef]


class RelationGroup(TypedDict):
    """Relations of one type, in official order of what stands at the other end."""

    type: str
    label: str
    items: list[RelatedRow]


class EntityRow(TypedDict):
    """An entity. `details` holds what its type has of its own (a leader's post, a task's number, content,
    target, due …); `aliases` are ids under which it stood before."""

    id: str
    type: str
    name: str
    label: str
    kind: str
    region: str
    details: dict[str, str]
    names: list[NameRow]
    aliases: list[str]
    documents: list[DocumentRef]
    relations: list[RelationGroup]


NAME_KINDS = {"full": 0, "short": 1, "former": 2, "alias": 3, "printed": 4}


def ask(store: Store, params: EntityParameters) -> Answer:
    scope = scope_of(store, params)
    entity_id = path_entity(store, params.id)
    row = entities_by_id(store, [entity_id]).get(entity_id)
    if row is None:
        raise NotFound(f"没有编号为“{params.id}”的对象。", parameter="id", near=[])
    names = sorted(
        store.fetch(NAMES, {"id": entity_id}), key=lambda n: (NAME_KINDS.get(n["kind"], 9), n["text"])
    )
    body: EntityRow = {
        **ref(entity_id, row["name"], scope.lang),
        "kind": row["kind"],
        "region": row["region"],
        "details": json.loads(row["details"]),
        "names": [{"text": n["text"], "kind": n["kind"]} for n in names],
        "aliases": sorted(a["old"] for a in store.fetch(ALIASES, {"id": entity_id})),
        "documents": mentioned_in(store, scope, [entity_id]).get(entity_id, []),
        "relations": relations(store, scope, entity_id),
    }
    return Answer(body=body)


def relations(store: Store, scope: Scope, entity_id: str) -> list[RelationGroup]:
    """Relations in force of an entity; with `expand` also those of the collectives that it belongs to,
    and the members of collectives at the other end in their stead."""
    ids = [entity_id]
    if scope.expand:
        ids += collectives_of(store, scope, [entity_id])
    claims = store.fetch(RELATIONS_OF, {**scope.parameters(), "ids": ids})
    expansion = None
    if scope.expand:
        expansion = members(store, scope, {row[end] for row in claims for end in ("source", "target")})
    found: dict[str, dict[Key, list[Related]]] = {}
    for row in claims:
        for related in _related(row, entity_id, set(ids), expansion):
            found.setdefault(row["type"], {}).setdefault(related["group"], []).append(related)
    return [
        {
            "type": relation.value,
            "label": RELATIONS[relation].label(scope.lang),
            "items": _items(found[relation.value], scope),
        }
        for relation in Relation
        if relation.value in found
    ]


class Related(TypedDict):
    group: Key
    claim: Row
    entity: tuple[str, str]
    end: Literal["source", "target"]
    key: Key
    through: tuple[tuple[Key, str, str], ...]


def _related(row: Row, entity_id: str, own: set[str], expansion: Membership | None) -> list[Related]:
    """What a claim says of the entity: the other end, or its members."""
    found: list[Related] = []
    for end, other in (("source", "target"), ("target", "source")):
        if row[end] not in own or (row["type"] == Relation.MEMBER_OF and row[end] != entity_id):
            continue
        through = () if row[end] == entity_id else (_end(row, end),)
        others: list[tuple[Key, str, str, bool]] = [(*_end(row, other), False)]
        if expansion is not None and is_collective(row[other]) and row["type"] != Relation.MEMBER_OF:
            inner = expansion.of(row[other]).values()
            others = [
                (source_key(said), said["source"], said["source_name"], True) for said in inner
            ] or others
        for key, other_id, name, expanded in others:
            if other_id == entity_id:
                continue
            found.append(
                {
                    "group": (other_id, other, row["term"], row["direction"], row["programme"] or ""),
                    "claim": row,
                    "entity": (other_id, name),
                    "end": "target" if other == "target" else "source",
                    "key": key,
                    "through": (*through, _end(row, other)) if expanded else through,
                }
            )
    return found


def _end(row: Row, end: str) -> tuple[Key, str, str]:
    key = source_key(row) if end == "source" else target_key(row)
    return (key, row[end], row[f"{end}_name"])


def _items(groups: dict[Key, list[Related]], scope: Scope) -> list[RelatedRow]:
    ordered = sorted(groups.values(), key=_order)
    return [_item(group, scope) for group in ordered]


def _order(group: Sequence[Related]) -> Key:
    where = min(place(related["claim"])[:5] for related in group)
    return (group[0]["key"], where, group[0]["group"])


def _item(group: Sequence[Related], scope: Scope) -> RelatedRow:
    claims = {related["claim"]["claim"]: related["claim"] for related in group}
    through = sorted({origin for related in group for origin in related["through"]})
    first = group[0]
    return {
        "entity": ref(*first["entity"], scope.lang),
        "end": first["end"],
        "term": first["claim"]["term"],
        "direction": first["claim"]["direction"],
        "programme": first["claim"]["programme"] or None,
        "evidence": proof(claims.values()),
        "expanded_from": [ref(entity, name, scope.lang) for _, entity, name in through],
    }


def flatten(answer: Answer, params: EntityParameters) -> list[dict[str, Any]]:
    body = answer.body or {}
    return by_evidence(
        [
            {**item, "relation": group["label"], "self": body}
            for group in body["relations"]
            for item in group["items"]
        ]
    )


QUERY = Query(
    name="entity",
    path="/entities/{id}",
    title=Text("对象详情", "Entity"),
    description=Text(
        "一个对象的名称、属性、各类关系及出处。", "One entity with names, details, relations and evidence."
    ),
    params=EntityParameters,
    row=EntityRow,
    ask=ask,
    listed=False,
    flatten=flatten,
    columns=(
        *entity_columns("self", "对象", "Entity"),
        column("relation", "关系", "Relation"),
        *entity_columns("entity", "另一端", "Other end"),
        column("term", "关系用语", "Term"),
        column("programme", "合作事项", "Programme"),
        *evidence_columns(),
    ),
    example={
        **BUREAU,
        "kind": "bureau",
        "region": "宁波市",
        "details": {},
        "names": [{"text": "宁波市经济和信息化局", "kind": "full"}, {"text": "市经信局", "kind": "printed"}],
        "aliases": [],
        "documents": [{"id": TASK_PROOF["document"], "title": TASK_PROOF["document_title"]}],
        "relations": [
            {
                "type": "LEADS",
                "label": "牵头",
                "items": [
                    {
                        "entity": TASK,
                        "end": "target",
                        "term": "牵头",
                        "direction": "a_to_b",
                        "programme": "沪甬产业合作",
                        "evidence": [TASK_PROOF],
                        "expanded_from": [],
                    }
                ],
            }
        ],
        "version": "1",
    },
)
