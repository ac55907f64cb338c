"""Who belongs to which collective, by dated claims of gazetteers and documents.

A gazetteer's membership holds under every status; a document's under its own. Programme and document do not
narrow it: who belongs to 各区县(市) does not depend on the plan that says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from graph.model import EntityRef, Row
from graph.statements.refs import Key, source_key, target_ref
from graph.statements.scope import Scope
from graph.store import Statement, Store

_SQL_COLUMNS = """
SELECT c.id AS claim, c.source AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
    a.kind AS source_kind, a.region AS source_region, c.target AS target, b.name AS target_name,
    b.rank AS target_rank, b.seq AS target_seq, c.document AS document,
    d.title AS document_title, d.date AS document_date, c.table_no AS table_no, c.row_no AS row_no,
    c.column_no AS column_no, c.text AS text, c.term AS term, c.status AS status, c.citation AS citation
FROM claim AS c LEFT JOIN document AS d ON d.id = c.document
JOIN entity AS a ON a.id = c.source JOIN entity AS b ON b.id = c.target
"""
_SQL_IN_FORCE = """
AND c.type = 'MEMBER_OF' AND (:status = 'all' OR c.document IS NULL OR c.status = :status)
AND (c.valid_from = '' OR c.valid_from <= :day) AND (c.valid_to = '' OR :day <= c.valid_to || '~')
AND (d.id IS NULL OR ((c.valid_from <> '' OR d.date <= :day) AND (d.superseded_on = '' OR :day < d.superseded_on)))
"""
_CYPHER_TAIL = """
OPTIONAL MATCH (d:Document {id: c.document})
WITH a, b, c, d WHERE ($status = 'all' OR c.document IS NULL OR c.status = $status)
AND (c.valid_from = '' OR c.valid_from <= $day) AND (c.valid_to = '' OR $day <= c.valid_to + '~')
AND (d IS NULL OR ((c.valid_from <> '' OR d.date <= $day) AND (d.superseded_on = '' OR $day < d.superseded_on)))
RETURN c.id AS claim, a.id AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
    a.kind AS source_kind, a.region AS source_region, b.id AS target, b.name AS target_name,
    b.rank AS target_rank, b.seq AS target_seq, c.document AS document,
    d.title AS document_title, d.date AS document_date, c.table_no AS table_no, c.row_no AS row_no,
    c.column_no AS column_no, c.text AS text, c.term AS term, c.status AS status, c.citation AS citation
"""
MEMBERS = Statement(
    _SQL_COLUMNS + "WHERE c.target IN (SELECT value FROM json_each(:ids))" + _SQL_IN_FORCE,
    "UNWIND $ids AS id MATCH (a:Entity)-[c:MEMBER_OF]->(b:Entity {id: id})" + _CYPHER_TAIL,
)
COLLECTIVES = Statement(
    _SQL_COLUMNS + "WHERE c.source IN (SELECT value FROM json_each(:ids))" + _SQL_IN_FORCE,
    "UNWIND $ids AS id MATCH (a:Entity {id: id})-[c:MEMBER_OF]->(b:Entity)" + _CYPHER_TAIL,
)


@dataclass(slots=True)
class Membership:
    """Members of collectives as far as they were asked for. `rows` are the claims by collective."""

    rows: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    _members: dict[str, dict[str, Row]] = field(default_factory=dict[str, dict[str, Row]])
    _inner: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def of(self, collective: str) -> dict[str, Row]:
        """All that belong to a collective, also through collectives in it, by id in official order; each
        with the claim that says so. Collectives themselves are no members."""
        if collective not in self._members:
            found: dict[str, Row] = {}
            seen, waiting = {collective}, [collective]
            while waiting:
                for row in self.rows.get(waiting.pop(), ()):
                    member = row["source"]
                    if not is_collective(member):
                        found.setdefault(member, row)
                    elif member not in seen:
                        seen.add(member)
                        waiting.append(member)
            ordered = sorted(found.items(), key=lambda item: _member_key(item[1]))
            self._members[collective] = dict(ordered)
            self._inner[collective] = seen - {collective}
        return self._members[collective]

    def everything_in(self, collective: str) -> list[str]:
        """Members and the collectives inside, which are rows of coverage where none of their own is known."""
        return [*self.of(collective), *sorted(self._inner[collective])]


def _member_key(row: Row) -> Key:
    return source_key(row)


def is_collective(entity_id: str) -> bool:
    return entity_id.startswith("collective:")


def members(store: Store, scope: Scope, collectives: Iterable[str]) -> Membership:
    """Members of the collectives among the given ids, collectives inside them included."""
    found = Membership()
    waiting = sorted({c for c in collectives if is_collective(c)})
    while waiting:
        for collective in waiting:
            found.rows[collective] = []
        inner: set[str] = set()
        for row in store.fetch(MEMBERS, {**scope.parameters(), "ids": waiting}):
            found.rows[row["target"]].append(row)
            if is_collective(row["source"]):
                inner.add(row["source"])
        waiting = sorted(inner - found.rows.keys())
    for rows in found.rows.values():
        rows.sort(key=lambda row: (source_key(row), row["claim"]))
    return found


def collectives_of(store: Store, scope: Scope, ids: Collection[str]) -> dict[str, EntityRef]:
    """The collectives that one of `ids` belongs to, also through other collectives."""
    found: dict[str, EntityRef] = {}
    waiting = sorted(ids)
    while waiting:
        rows = store.fetch(COLLECTIVES, {**scope.parameters(), "ids": waiting})
        fresh = {row["target"]: target_ref(row, scope.lang) for row in rows if row["target"] not in found}
        found.update(fresh)
        waiting = sorted(fresh)
    return found


def collectives_by_member(store: Store, scope: Scope, ids: Collection[str]) -> dict[str, set[str]]:
    """For each of `ids` the collectives that it belongs to, also through other collectives."""
    above: dict[str, set[str]] = {}
    waiting = sorted(ids)
    while waiting:
        fresh: set[str] = set()
        for row in store.fetch(COLLECTIVES, {**scope.parameters(), "ids": waiting}):
            above.setdefault(row["source"], set()).add(row["target"])
            fresh.add(row["target"])
        waiting = sorted(fresh - above.keys())
    return {entity: _closure(entity, above) for entity in ids if entity in above}


def _closure(entity: str, above: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [entity]
    while waiting:
        fresh = above.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return found


@dataclass(frozen=True, slots=True)
class Peers:
    """Who belongs to a collective together with whom: unit → other → the collectives that both belong to."""

    shared: dict[str, dict[str, list[str]]]
    membership: Membership

    def claims(self, one: str, other: str) -> list[Row]:
        """The claims by which both belong to what they share, or to a collective in it."""
        found: dict[str, Row] = {}
        for collective in self.shared[one][other]:
            for inner in (collective, *self.membership.everything_in(collective)):
                for row in self.membership.rows.get(inner, ()):
                    if row["source"] in (one, other):
                        found[row["claim"]] = row
        return list(found.values())


def peers(store: Store, scope: Scope, ids: Collection[str]) -> Peers:
    """The others that each of `ids` belongs to a collective with."""
    belongs = collectives_by_member(store, scope, ids)
    membership = members(store, scope, {c for found in belongs.values() for c in found})
    shared: dict[str, dict[str, list[str]]] = {entity: {} for entity in ids}
    for entity, collectives in belongs.items():
        for collective in sorted(collectives):
            for member in membership.everything_in(collective):
                if member != entity:
                    shared[entity].setdefault(member, []).append(collective)
    return Peers(shared, membership)
