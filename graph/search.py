"""Finding entities by what a planner types: one ranking for both backends.

Candidates come from indexed look-ups; this module alone decides how well each matches. A hit's tier is its
best: exact full name, prefix of a full name, another name (short, former, alias, printed), pinyin, initials,
a part of a name, one wrong character.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from graph.model import Row
from graph.search_keys import fold
from graph.store import Statement, Store

LIMIT = 500
"""Names looked at in each way, the first by their key: more cannot be told apart by so short a text."""


class Tier(IntEnum):
    EXACT = 0
    PREFIX = 1
    ALIAS = 2
    PINYIN = 3
    INITIALS = 4
    PART = 5
    SIMILAR = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entity; `matched` is the name that matched best."""

    id: str
    name: str
    kind: str
    region: str
    matched: str
    tier: Tier
    order: tuple[object, ...]


BY_TEXT = Statement(
    """
    SELECT n.text AS matched, n.kind AS name_kind, n.folded AS folded, n.pinyin AS pinyin,
        n.initials AS initials, e.id AS id, e.name AS name, e.type AS type, e.kind AS kind,
        e.region AS region, e.rank AS rank, e.seq AS seq
    FROM (
        SELECT entity, text FROM (SELECT entity, text FROM name WHERE folded >= :q AND folded < :end
            ORDER BY folded, entity, text LIMIT :limit)
        UNION
        SELECT entity, text FROM (SELECT entity, text FROM name WHERE pinyin >= :q AND pinyin < :end
            ORDER BY pinyin, entity, text LIMIT :limit)
        UNION
        SELECT entity, text FROM (SELECT entity, text FROM name WHERE initials >= :q AND initials < :end
            ORDER BY initials, entity, text LIMIT :limit)
    ) AS k CROSS JOIN name AS n ON n.entity = k.entity AND n.text = k.text
    CROSS JOIN entity AS e ON e.id = n.entity
    """,
    """
    CALL {
        MATCH (n:Name) WHERE n.folded STARTS WITH $q RETURN n ORDER BY n.folded, n.entity, n.text LIMIT $limit
        UNION
        MATCH (n:Name) WHERE n.pinyin STARTS WITH $q RETURN n ORDER BY n.pinyin, n.entity, n.text LIMIT $limit
        UNION
        MATCH (n:Name) WHERE n.initials STARTS WITH $q
        RETURN n ORDER BY n.initials, n.entity, n.text LIMIT $limit
    }
    MATCH (e:Entity {id: n.entity})
    RETURN n.text AS matched, n.kind AS name_kind, n.folded AS folded, n.pinyin AS pinyin,
        n.initials AS initials, e.id AS id, e.name AS name, e.type AS type, e.kind AS kind,
        e.region AS region, e.rank AS rank, e.seq AS seq
    """,
)


def tier_of(query: str, row: Row) -> Tier | None:
    """How well one name matches, or None."""
    folded, full = row["folded"], row["name_kind"] == "full"
    if folded == query:
        return Tier.EXACT if full else Tier.ALIAS
    if folded.startswith(query):
        return Tier.PREFIX if full else Tier.ALIAS
    if row["pinyin"].startswith(query):
        return Tier.PINYIN
    if row["initials"].startswith(query):
        return Tier.INITIALS
    return Tier.PART if len(query) > 1 and query in folded else None


def search(store: Store, text: str, *, kinds: Collection[str] = ()) -> list[Hit]:
    """Entities that `text` finds, the best first; of `kinds` only, when these are given."""
    query = fold(text)
    if not query:
        return []
    end = query + "\U0010ffff"
    best: dict[str, Hit] = {}
    for row in store.fetch(BY_TEXT, {"q": query, "end": end, "limit": LIMIT}):
        tier = tier_of(query, row)
        if tier is None or (kinds and row["type"] not in kinds):
            continue
        order = (tier, len(row["folded"]), row["rank"], row["seq"], row["id"])
        if row["id"] not in best or order < best[row["id"]].order:
            best[row["id"]] = Hit(
                row["id"], row["name"], row["kind"], row["region"], row["matched"], tier, order
            )
    return sorted(best.values(), key=lambda hit: hit.order)
