"""The dimensions that every query takes, checked and resolved, and filters that take an id or a unique name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.catalogue import Parameters
from graph.errors import InvalidParameter, NotFound
from graph.ids import document_number
from graph.model import Row
from graph.search_keys import fold
from graph.store import Parameter, Statement, Store
from graph.vocabulary import TYPES, EntityType

PROGRAMMES = Statement(
    "SELECT DISTINCT programme AS name FROM document WHERE programme <> ''",
    "MATCH (d:Document) WHERE d.programme <> '' RETURN DISTINCT d.programme AS name",
)
PROGRAMME = Statement(
    "SELECT programme AS name FROM document WHERE programme = :programme LIMIT 1",
    "MATCH (d:Document {programme: $programme}) RETURN d.programme AS name LIMIT 1",
)
DOCUMENT = Statement(
    "SELECT id FROM document WHERE id = :id OR id = :numbered OR number = :id",
    "MATCH (d:Document) WHERE d.id = $id OR d.id = $numbered OR d.number = $id RETURN d.id AS id",
)
TITLES = Statement(
    "SELECT id, title, number FROM document",
    "MATCH (d:Document) RETURN d.id AS id, d.title AS title, d.number AS number",
)
NAMED = Statement(
    """
    SELECT e.id AS id, e.name AS name, e.type AS type, 0 AS tier FROM entity AS e WHERE e.id = :text
    UNION ALL
    SELECT e.id, e.name, e.type, 1 FROM alias AS l JOIN entity AS e ON e.id = l.entity WHERE l.old = :text
    UNION ALL
    SELECT e.id, e.name, e.type, CASE n.kind WHEN 'full' THEN 2 ELSE 3 END
    FROM name AS n JOIN entity AS e ON e.id = n.entity WHERE n.folded = :folded
    """,
    """
    MATCH (e:Entity {id: $text}) RETURN e.id AS id, e.name AS name, e.type AS type, 0 AS tier
    UNION ALL
    MATCH (l:Alias {old: $text}) MATCH (e:Entity {id: l.entity})
    RETURN e.id AS id, e.name AS name, e.type AS type, 1 AS tier
    UNION ALL
    MATCH (n:Name {folded: $folded}) MATCH (e:Entity {id: n.entity})
    RETURN e.id AS id, e.name AS name, e.type AS type, CASE n.kind WHEN 'full' THEN 2 ELSE 3 END AS tier
    """,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What every statement is asked with. `programme` and `document` are known to the store."""

    programme: str | None
    document: str | None
    status: str
    day: str
    expand: bool
    lang: str

    def parameters(self) -> dict[str, Parameter]:
        return {
            "programme": self.programme,
            "document": self.document,
            "status": self.status,
            "day": self.day,
        }


def scope_of(store: Store, params: Parameters) -> Scope:
    """The scope that the parameters name. Raises InvalidParameter for an unknown programme or document."""
    return Scope(
        programme=_programme(store, params.programme),
        document=_document(store, params.document),
        status=params.status,
        day=params.day(),
        expand=params.expand,
        lang=params.lang,
    )


def _programme(store: Store, name: str | None) -> str | None:
    if name is None or store.fetch(PROGRAMME, {"programme": name}):
        return name
    known = sorted(row["name"] for row in store.fetch(PROGRAMMES, {}))
    near = nearest(name, known)
    hint = f"可选：{'、'.join(near or known[:5])}" if known else "还没有任何文件"
    raise InvalidParameter(f"没有合作事项“{name}”；{hint}。", parameter="programme", allowed=near or known)


def _document(store: Store, text: str | None) -> str | None:
    """A document's id from its id, its number or its title."""
    if text is None:
        return None
    number = document_number(text.removeprefix("doc:"))
    numbered = f"doc:{number}" if number else text
    found = {row["id"] for row in store.fetch(DOCUMENT, {"id": text, "numbered": numbered})}
    if found:
        return text if text in found else min(found)
    titles = store.fetch(TITLES, {})
    named = sorted(row["id"] for row in titles if fold(row["title"]) == fold(text))
    if len(named) == 1:
        return named[0]
    if named:
        raise InvalidParameter(
            f"有多份文件题为“{text}”，请用文件编号：{'、'.join(named[:5])}。",
            parameter="document",
            allowed=named,
        )
    known = {row["title"]: row["id"] for row in titles} | {row["id"]: row["id"] for row in titles}
    near = list(dict.fromkeys(known[name] for name in nearest(text, sorted(known))))
    hint = f"相近的有：{'、'.join(near)}" if near else "请在文件列表中查看编号"
    raise InvalidParameter(f"没有文件“{text}”；{hint}。", parameter="document", allowed=near)


def nearest(text: str, known: Collection[str], limit: int = 3) -> list[str]:
    """Names that resemble `text`: those that hold it, the shortest first, then the nearest."""
    import difflib

    part = fold(text)
    holding = sorted((name for name in known if part and part in fold(name)), key=len)
    close = difflib.get_close_matches(text, known, n=limit, cutoff=0.4)
    return list(dict.fromkeys((*holding, *close)))[:limit]


def _among(rows: Sequence[Row], kinds: Collection[str]) -> list[Row]:
    return [row for row in rows if not kinds or row["type"] in kinds]


def entity_of(store: Store, text: str | None, parameter: str, kinds: Collection[str] = ()) -> str | None:
    """The id that a filter names by an id, an alias of one, or a name that only one entity of `kinds` has.

    A full name goes before short and former ones. Raises InvalidParameter with the near or possible ones.
    """
    if text is None:
        return None
    named = store.fetch(NAMED, {"text": text, "folded": fold(text)})
    rows = _among(named, kinds)
    for tier in range(4):
        found = sorted({row["id"] for row in rows if row["tier"] == tier})
        if len(found) == 1:
            return found[0]
        if found:
            raise InvalidParameter(
                f"“{text}”可能指多个对象，请改用其中一个编号：{'、'.join(found[:5])}。",
                parameter=parameter,
                allowed=found,
            )
    near = near_entities(store, text, kinds)
    if named:
        wanted = "、".join(TYPES[EntityType(kind)].label.zh for kind in kinds)
        told = f"“{text}”是{TYPES[EntityType(named[0]['type'])].label.zh}，参数 {parameter} 应为{wanted}。"
        raise InvalidParameter(told, parameter=parameter, allowed=list(kinds), near=near)
    hint = f"相近的有：{'、'.join(near)}" if near else "请换一个名称再查"
    raise InvalidParameter(f"没有名为“{text}”的对象；{hint}。", parameter=parameter, allowed=near, near=near)


def path_entity(store: Store, text: str) -> str:
    """The id of the entity that a path names. Raises NotFound with near names."""
    try:
        found = entity_of(store, text, "id")
    except InvalidParameter as unknown:
        near = list(unknown.details.get("allowed") or ())  # pyright: ignore[reportArgumentType, reportUnknownVariableType] — the error tree keeps details as objects
        raise NotFound(unknown.message, parameter="id", near=near) from None
    assert found is not None
    return found


def near_entities(store: Store, text: str, kinds: Collection[str] = (), limit: int = 5) -> list[str]:
    """Ids of entities whose names resemble `text` (of an id, its name part)."""
    from graph.search import search

    name = text.partition(":")[2].partition("@")[0] or text
    return [hit.id for hit in search(store, name, kinds=kinds)[:limit]]
