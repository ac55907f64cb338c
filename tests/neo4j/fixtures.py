"""Stores on the test Neo4j. `NEO4J_TEST_USERNAME` and `NEO4J_TEST_PASSWORD` are for another server."""

from __future__ import annotations

import os
import re
import secrets

from neo4j import GraphDatabase

from graph.backends import cypher_texts as texts
from graph.backends.neo4j import SCHEMA_VERSION, Neo4jStore, open_neo4j
from graph.settings import Settings

_NAME = re.compile(r"(?:INDEX|CONSTRAINT) (\w+)")


def settings_for(uri: str, *, timeout: float = 20.0) -> Settings:
    return Settings.model_validate(
        {
            "neo4j_uri": uri,
            "neo4j_username": os.environ.get("NEO4J_TEST_USERNAME", "neo4j"),
            "neo4j_password": os.environ.get("NEO4J_TEST_PASSWORD", ""),
            "query_timeout": timeout,
        }
    )


def open_store(uri: str, *, timeout: float = 20.0) -> Neo4jStore:
    return open_neo4j(settings_for(uri, timeout=timeout))


def empty(store: Neo4jStore, uri: str) -> None:
    """Delete all nodes, and begin the store anew. Constraints and indexes stay; they are made where one is gone."""
    given = settings_for(uri)
    auth = (given.neo4j_username, given.neo4j_password.get_secret_value())
    with GraphDatabase.driver(uri, auth=auth) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
        kept = {row["name"] for row in session.run("SHOW INDEXES YIELD name")}
        if all(_NAME.findall(text)[0] in kept for text in texts.SCHEMA):
            session.run(texts.MAKE_STORE, stamp=secrets.token_hex(4), schema=SCHEMA_VERSION).consume()
    store.prepare()
