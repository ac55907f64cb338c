"""Finding entities by what a planner types: one ranking for both backends.

Candidates come from indexed look-ups; this module alone decides how well each matches. A hit's tier is its
best: exact full name, prefix of a full name, another name or a prefix of one (short, former, alias,
printed), pinyin, initials, a part of a name, one wrong character.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum

from graph.model import Row
from graph.search_keys import fold, grams, halves, pinyin
from graph.store import Parameter, Statement, Store
from graph.vocabulary import TYPES, EntityType

LIMIT = 500
"""Names looked at in each way, the first in the order of their text: a query that short names too much."""
SHORTEST_SIMILAR = 3
"""Characters from which on a wrong one is forgiven: of two, one wrong leaves too little."""


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
    matched: str
    tier: Tier
    order: tuple[object, ...]


_SQL_COLUMNS = """
SELECT n.text AS matched, n.kind = 'full' AS whole, e.id AS id, e.rank AS rank, e.seq AS seq,
"""
_SQL_BEGINS = """
    substr(n.pinyin, 1, length(:q)) = :q AS sounds, substr(n.initials, 1, length(:q)) = :q AS initial
"""
_CYPHER_COLUMNS = """
MATCH (e:Entity {id: n.entity})
RETURN n.text AS matched, n.kind = 'full' AS whole, e.id AS id, e.rank AS rank, e.seq AS seq,
"""
_CYPHER_BEGINS = """
    n.pinyin STARTS WITH $q AS sounds, n.initials STARTS WITH $q AS initial
"""
_SQL_KIND = "AND (:prefix = '' OR substr(entity, 1, length(:prefix)) = :prefix)"
_CYPHER_KIND = "AND ($prefix = '' OR n.entity STARTS WITH $prefix)"

BEGINNING = Statement(
    _SQL_COLUMNS
    + _SQL_BEGINS
    + "FROM (SELECT k FROM (SELECT rowid AS k FROM name WHERE folded >= :q AND folded < :end "
    + _SQL_KIND
    + " ORDER BY folded, entity, text LIMIT :limit) UNION"
    + " SELECT k FROM (SELECT rowid AS k FROM name WHERE pinyin >= :q AND pinyin < :end "
    + _SQL_KIND
    + " ORDER BY pinyin, entity, text LIMIT :limit) UNION"
    + " SELECT k FROM (SELECT rowid AS k FROM name WHERE initials >= :q AND initials < :end "
    + _SQL_KIND
    + " ORDER BY initials, entity, text LIMIT :limit))"
    + " CROSS JOIN name AS n ON n.rowid = k CROSS JOIN entity AS e ON e.id = n.entity",
    "CALL () { MATCH (n:Name) WHERE n.folded STARTS WITH $q "
    + _CYPHER_KIND
    + " RETURN n ORDER BY n.folded, n.entity, n.text LIMIT $limit UNION"
    + " MATCH (n:Name) WHERE n.pinyin STARTS WITH $q "
    + _CYPHER_KIND
    + " RETURN n ORDER BY n.pinyin, n.entity, n.text LIMIT $limit UNION"
    + " MATCH (n:Name) WHERE n.initials STARTS WITH $q "
    + _CYPHER_KIND
    + " RETURN n ORDER BY n.initials, n.entity, n.text LIMIT $limit }"
    + _CYPHER_COLUMNS
    + _CYPHER_BEGINS,
    few=True,
)
"""Names whose text, pinyin or initials begin with `q`."""

PARTS = Statement(
    _SQL_COLUMNS
    + _SQL_BEGINS
    + "FROM (SELECT n.rowid AS k FROM name_grams AS g CROSS JOIN name AS n ON n.rowid = g.rowid"
    + " WHERE g.grams MATCH :grams "
    + _SQL_KIND
    + " LIMIT :limit) CROSS JOIN name AS n ON n.rowid = k CROSS JOIN entity AS e ON e.id = n.entity",
    "CALL db.index.fulltext.queryNodes('name_grams', $grams) YIELD node AS n WITH n WHERE true "
    + _CYPHER_KIND
    + " WITH n LIMIT $limit "
    + _CYPHER_COLUMNS
    + _CYPHER_BEGINS,
    few=True,
)
"""Names that hold all bigrams of the query, in no order: asked for one more than are looked at."""

PARTS_IN_ORDER = Statement(
    _SQL_COLUMNS
    + _SQL_BEGINS
    + "FROM (SELECT rowid AS k FROM name WHERE folded >= '' AND instr(folded, :q) > 0 "
    + _SQL_KIND
    + " ORDER BY folded, entity, text LIMIT :limit)"
    + " CROSS JOIN name AS n ON n.rowid = k CROSS JOIN entity AS e ON e.id = n.entity",
    "MATCH (n:Name) WHERE n.folded >= '' AND n.folded CONTAINS $q "
    + _CYPHER_KIND
    + " WITH n ORDER BY n.folded, n.entity, n.text LIMIT $limit "
    + _CYPHER_COLUMNS
    + _CYPHER_BEGINS,
    few=True,
)
"""The first names that hold the query, for one that very many hold."""

SIMILAR = Statement(
    _SQL_COLUMNS
    + "n.pinyin = :pinyin AS alike "
    + "FROM (SELECT rowid AS k FROM name WHERE head IN (SELECT value FROM json_each(:heads))"
    + " AND length BETWEEN :shortest AND :longest "
    + _SQL_KIND
    + " UNION SELECT rowid FROM name WHERE tail IN (SELECT value FROM json_each(:tails))"
    + " AND length BETWEEN :shortest AND :longest "
    + _SQL_KIND
    + " UNION SELECT rowid FROM name WHERE pinyin = :pinyin "
    + _SQL_KIND
    + ") CROSS JOIN name AS n ON n.rowid = k CROSS JOIN entity AS e ON e.id = n.entity",
    "CALL () { MATCH (n:Name) WHERE n.head IN $heads AND $shortest <= n.length <= $longest "
    + _CYPHER_KIND
    + " RETURN n UNION MATCH (n:Name) WHERE n.tail IN $tails AND $shortest <= n.length <= $longest "
    + _CYPHER_KIND
    + " RETURN n UNION MATCH (n:Name) WHERE n.pinyin = $pinyin "
    + _CYPHER_KIND
    + " RETURN n }"
    + _CYPHER_COLUMNS
    + "n.pinyin = $pinyin AS alike",
    few=True,
)
"""Names of which one half is right, or that sound the same."""


def search(store: Store, text: str, *, kinds: Collection[str] = ()) -> list[Hit]:
    """Entities that `text` finds, the best first; of `kinds` (types) only, when these are given.

    Misspelt names are looked for only where nothing else is found.
    """
    query = fold(text)
    if not query:
        return []
    prefixes = {f"{TYPES[EntityType(kind)].prefix}:" for kind in kinds}
    prefix = next(iter(prefixes)) if len(prefixes) == 1 else ""
    given: dict[str, Parameter] = {"q": query, "prefix": prefix, "limit": LIMIT}
    rows = store.fetch(BEGINNING, {**given, "end": query + "\U0010ffff"})
    many = sum(fold(row["matched"]).startswith(query) for row in rows) >= LIMIT
    rows += _holding(store, query, given, many=many)
    found = _best(query, rows, prefixes, tier_of)
    if not found and len(query) >= SHORTEST_SIMILAR:
        found = _best(query, _resembling(store, query, given), prefixes, _similar_tier)
    return sorted(found.values(), key=lambda hit: hit.order)


def _holding(store: Store, query: str, given: dict[str, Parameter], *, many: bool) -> list[Row]:
    """Names that hold the query; `many`: it is known that as many do as are looked at."""
    words = grams(query)
    if not words:
        return []
    if not many:
        match = " AND ".join(f'"{word}"' for word in words)
        rows = store.fetch(PARTS, {**given, "grams": match, "limit": LIMIT + 1})
        if len(rows) <= LIMIT:
            return rows
    return store.fetch(PARTS_IN_ORDER, given)


def _resembling(store: Store, query: str, given: dict[str, Parameter]) -> list[Row]:
    size = len(query)
    cuts = [halves(query, length) for length in (size - 1, size, size + 1)]
    return store.fetch(
        SIMILAR,
        {
            **given,
            "heads": sorted({head for head, _ in cuts if head}),
            "tails": sorted({tail for _, tail in cuts if tail}),
            "shortest": size - 1,
            "longest": size + 1,
            "pinyin": "" if query.isascii() else pinyin(query),
        },
    )


def _best(
    query: str,
    rows: Iterable[Row],
    prefixes: Collection[str],
    tier_of: Callable[[str, str, Row], Tier | None],
) -> dict[str, Hit]:
    """The best match of each entity whose id begins with one of `prefixes`; of every one, where there are none."""
    best: dict[str, Hit] = {}
    for row in rows:
        key = row["id"]
        if prefixes and key[: key.index(":") + 1] not in prefixes:
            continue
        folded = fold(row["matched"])
        tier = tier_of(query, folded, row)
        if tier is None:
            continue
        order = (tier, len(folded), row["rank"], row["seq"], key, row["matched"])
        if key not in best or order < best[key].order:
            best[key] = Hit(key, row["matched"], tier, order)
    return best


def tier_of(query: str, folded: str, row: Row) -> Tier | None:
    """How well one name matches, or None."""
    if folded == query:
        return Tier.EXACT if row["whole"] else Tier.ALIAS
    if folded.startswith(query):
        return Tier.PREFIX if row["whole"] else Tier.ALIAS
    if row["sounds"]:
        return Tier.PINYIN
    if row["initial"]:
        return Tier.INITIALS
    return Tier.PART if len(query) > 1 and query in folded else None


def _similar_tier(query: str, folded: str, row: Row) -> Tier | None:
    """One character wrong, missing or too many, or another character of the same sound."""
    from rapidfuzz.distance import Levenshtein

    if Levenshtein.distance(query, folded, score_cutoff=1) <= 1:
        return Tier.SIMILAR
    alike = row["alike"] and len(folded) == len(query) and not query.isascii()
    return Tier.SIMILAR if alike else None
