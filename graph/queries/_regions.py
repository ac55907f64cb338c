"""What lies in a region: by the region that scopes an entity, and by LOCATED_IN, subordinate regions included."""

from __future__ import annotations

from collections.abc import Callable

from graph.errors import InvalidParameter
from graph.search_keys import fold
from graph.statements.scope import nearest
from graph.store import Statement, Store

REGIONS = Statement(
    """
    SELECT e.id AS id, e.name AS name FROM entity AS e WHERE e.type = 'Region'
    UNION SELECT '', region FROM entity WHERE region <> ''
    """,
    """
    MATCH (e:Region) RETURN e.id AS id, e.name AS name
    UNION
    MATCH (e:Entity) WHERE e.region <> '' RETURN DISTINCT '' AS id, e.region AS name
    """,
)
LOCATED = Statement(
    """
    SELECT c.source AS id, c.target AS region FROM claim AS c WHERE c.type = 'LOCATED_IN'
    """,
    "MATCH (e:Entity)-[:LOCATED_IN]->(r:Entity) RETURN e.id AS id, r.id AS region",
)


def in_region(store: Store, text: str) -> Callable[[str, str], bool]:
    """Whether an entity (its id, the region that scopes it) lies in the region of that id or name.

    Raises InvalidParameter with near names for a region that nothing names.
    """
    rows = store.fetch(REGIONS, {})
    wanted = fold(text)
    ids = {row["id"] for row in rows if row["id"] and (row["id"] == text or fold(row["name"]) == wanted)}
    names = {row["name"] for row in rows if row["id"] in ids or fold(row["name"]) == wanted}
    if not names:
        near = nearest(text, sorted({row["name"] for row in rows}))
        hint = f"相近的有：{'、'.join(near)}" if near else "请换一个名称再查"
        raise InvalidParameter(f"没有名为“{text}”的地区；{hint}。", parameter="region", allowed=near)
    located: dict[str, set[str]] = {}
    for row in store.fetch(LOCATED, {}):
        located.setdefault(row["region"], set()).add(row["id"])
    inside: set[str] = set()
    waiting = list(ids)
    while waiting:
        fresh = located.get(waiting.pop(), set()) - inside
        inside |= fresh
        waiting.extend(found for found in fresh if found.startswith("region:"))
    names |= {row["name"] for row in rows if row["id"] in inside}
    return lambda entity, scope: scope in names or entity in inside
