"""A question about one entity reads what belongs to it through an index, and never a whole table or label."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.backends.neo4j_parameters import GIVEN, of_one_map
from graph.backends.neo4j_records import in_one_record
from graph.backends.sqlite_connections import FILE_NAME
from graph.catalogue import catalogue, envelope, find_query
from graph.store import Change, Parameter, Statement, Store
from tests.neo4j.fixtures import Neo4jStore
from tests.queries.conftest import BEILUN, CHEN, JIANGBEI, plan

ONE: Mapping[str, str] = {
    "unit": BEILUN,
    "id": JIANGBEI,
    "leader": CHEN,
    "with": "park:漕河泾",
    "counterpart": "park:漕河泾",
    "sector": "sector:汽车",
}
"""Filters that name an entity, with one that the plan has."""
SMALL = ("document", "supersedes", "decision")
"""Tables with a row a document or decision, not one a claim, entity or cell."""
LARGE_LABELS = (
    "Entity|Name|Unit|Park|Institute|Enterprise|Organisation|Leader|Task|Collective|Candidate|Alias|Problem"
)

Call = tuple[Statement, Mapping[str, Parameter]]


def questions() -> list[tuple[str, dict[str, Any]]]:
    """Each query of the catalogue with each of its filters that name an entity, plain and expanded."""
    found: list[tuple[str, dict[str, Any]]] = [
        ("paths", {"source": JIANGBEI, "target": BEILUN}),
        ("neighbourhood", {"id": JIANGBEI, "depth": "3"}),
        ("entities", {"q": "北仑"}),
    ]
    for name, query in catalogue().items():
        fields = {field.alias or key for key, field in query.params.model_fields.items()}
        for parameter in fields & ONE.keys():
            found += [(name, {parameter: ONE[parameter], **more}) for more in ({}, {"expand": "true"})]
    return found


class Noting:
    """A store that notes what is fetched from it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.calls: list[Call] = []

    def fetch(self, statement: Statement, parameters: Mapping[str, Parameter]) -> Any:
        self.calls.append((statement, parameters))
        return self.store.fetch(statement, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def asked(store: Store) -> Iterator[tuple[str, Call]]:
    """Every statement that the questions run, once, with the question."""
    seen = set[Statement]()
    for name, given in questions():
        query = find_query(name)
        params = query.params.model_validate(given)
        noting: Any = Noting(store)
        envelope(query, params, query.ask(noting, params), "")
        assert noting.calls, name
        for statement, parameters in noting.calls:
            if statement not in seen:
                seen.add(statement)
                yield f"{name} {given}", (statement, parameters)


def test_no_table_is_scanned_for_one_entity(embedded_store: EmbeddedStore, tmp_path: Path) -> None:
    embedded_store.apply(Change(readings=[plan().reading()]))
    connection = sqlite3.connect(tmp_path / "store" / FILE_NAME)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for question, (statement, parameters) in asked(embedded_store):
        aliases = {
            alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", statement.sql) if table in tables
        }
        given = {k: json.dumps(v) if isinstance(v, list) else v for k, v in parameters.items()}
        plan_of = connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", given).fetchall()
        scanned = {m[1] for *_, step in plan_of if (m := re.match(r"SCAN (\w+)(?! VIRTUAL TABLE)", step))}
        named = {aliases.get(one, one) for one in scanned}
        assert not named & (tables - set(SMALL)), (question, statement.sql, plan_of)
    connection.close()


@pytest.mark.neo4j
def test_no_label_is_scanned_for_one_entity(neo4j_store: Neo4jStore, neo4j_uri: str) -> None:
    from neo4j import GraphDatabase

    neo4j_store.apply(Change(readings=[plan().reading()]))
    with GraphDatabase.driver(neo4j_uri) as driver, driver.session() as session:
        for question, (statement, parameters) in asked(neo4j_store):
            sent = in_one_record(statement.cypher) if statement.few else statement.cypher
            text = f"EXPLAIN {of_one_map(sent)}"
            root = session.run(text, {GIVEN: dict(parameters)}).consume().plan
            assert root is not None
            for step in steps(root):
                operator, details = step["operatorType"], step["args"].get("Details", "")
                whole = "AllNodesScan" in operator or "RelationshipTypeScan" in operator
                whole |= "NodeByLabelScan" in operator and bool(re.search(rf":({LARGE_LABELS})\b", details))
                assert not whole, (question, operator, details, statement.cypher)


def steps(plan_step: Any) -> Iterator[Any]:
    yield plan_step
    for child in plan_step.get("children", []):
        yield from steps(child)
