"""The archive's header form, imported by Neo4j's own `neo4j-admin database import`."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.exports import exports
from graph.store import Change
from tests.exports.conftest import AWKWARD, RISKY, illustrative, official, successor
from tests.neo4j import server
from tests.parts import require_part


@pytest.mark.neo4j
def test_neo4j_imports_the_archive(embedded_store: EmbeddedStore, tmp_path: Path) -> None:
    from neo4j import GraphDatabase

    require_part(not server.missing_parts(), server.missing_parts())
    papers = (official(), illustrative(), successor())
    embedded_store.apply(Change(readings=[paper.reading() for paper in papers]))
    with zipfile.ZipFile(io.BytesIO(exports()["csv"].write(embedded_store))) as archive:
        archive.extractall(tmp_path / "archive")
    home = tmp_path / "home"
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").touch()
    readme = (tmp_path / "archive" / "README.txt").read_text(encoding="utf-8")
    told = readme.partition("neo4j-admin ")[2].replace("\\\n", " ").replace("DATABASE", "neo4j").split()
    done = subprocess.run(
        server.java("-Xmx1g", "org.neo4j.cli.AdminTool", *told),
        cwd=tmp_path / "archive",
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    running = server.start(home)
    try:
        with GraphDatabase.driver(running.uri) as driver:
            nodes = driver.execute_query(
                "MATCH (n) RETURN n.id AS id, labels(n) AS labels, properties(n) AS own"
            )
            links = driver.execute_query(
                "MATCH (a)-[r]->(b) RETURN a.id AS source, type(r) AS type, b.id AS target, properties(r) AS own"
            )
    finally:
        running.stop()
    graph = embedded_store.to_networkx()
    found = {row["id"]: (set(row["labels"]), row["own"]) for row in nodes.records}
    assert set(found) == set(graph)
    for key, data in graph.nodes(data=True):
        labels, own = found[key]
        assert labels == ({"Document"} if data["type"] == "Document" else {"Entity", data["type"]})
        assert own == {"id": key, **{name: value for name, value in data.items() if value not in ("", None)}}
    assert found["enterprise:危"][1]["name"] == RISKY and found["doc:样"][1]["name"] == AWKWARD
    edges = {row["own"]["id"]: row for row in links.records}
    assert set(edges) == {key for *_, key in graph.edges(keys=True)}
    for source, target, key, data in graph.edges(keys=True, data=True):
        row = edges[key]
        assert (row["source"], row["type"], row["target"]) == (source, data["type"], target)
        held = {name: value for name, value in data.items() if value not in ("", None) and name != "type"}
        assert row["own"] == held
