"""Neo4j plans a question once, whatever filters it is asked with: planning takes far longer than an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from graph.catalogue import find_query
from graph.statements.claims import PAIRS
from graph.statements.scope import scope_of
from graph.store import Change
from tests.neo4j.fixtures import Neo4jStore
from tests.queries.conftest import BEILUN, JIANGBEI, plan


@pytest.mark.neo4j
def test_a_text_has_one_plan_whatever_it_is_given(neo4j_store: Neo4jStore, neo4j_uri: str) -> None:
    from neo4j import GraphDatabase

    neo4j_store.apply(Change(readings=[plan().reading()]))
    with GraphDatabase.driver(neo4j_uri) as driver, driver.session() as session:

        def plans_of(*asked: tuple[Mapping[str, str], list[str]]) -> int:
            """How many plans the server holds after these questions alone."""
            session.run("CALL db.clearQueryCaches()").consume()
            for given, ids in asked:
                scope = scope_of(neo4j_store, find_query("pairs").params.model_validate(dict(given)))
                PAIRS.fetch(neo4j_store, scope, ids)
            told = session.run("CALL db.clearQueryCaches()").single(strict=True)["value"]
            found = re.search(r"(\d+) queries", told)
            assert found is not None, told
            return int(found[1])

        one: tuple[Mapping[str, str], list[str]] = ({}, [JIANGBEI])
        others: list[tuple[Mapping[str, str], list[str]]] = [
            ({"status": "all", "as_of": "2021-01-01"}, [JIANGBEI, BEILUN]),
            ({"status": "illustrative"}, [f"unit:{'很' * number}长" for number in range(1, 120)]),
        ]
        assert plans_of(one) > 0
        assert plans_of(one, *others) == plans_of(one)
