"""After a crash a document is wholly there or not at all; several processes share one store."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.backends.neo4j import Neo4jStore
from graph.store import Change
from tests.parts import ROOT
from tests.store.content import content
from tests.store.killed import NUMBER, acknowledged, assert_whole, start_writer
from tests.store.writer import CLAIMS, version_of


def test_a_killed_writer_leaves_whole_documents(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(6):
        process = start_writer(str(tmp_path), 1000)
        time.sleep(chance.uniform(0.01, 0.4))
        process.kill()
        done = acknowledged(process)
        process.wait()
        store = EmbeddedStore(tmp_path, timeout=10)
        assert_whole(store, done)
        store.apply(Change(removals=[f"doc:{NUMBER}"]))
        store.close()


@pytest.mark.neo4j
def test_a_killed_client_leaves_whole_documents(neo4j_store: Neo4jStore, neo4j_uri: str) -> None:
    chance = random.Random(7)
    for _ in range(2):
        process = start_writer(neo4j_uri, 1000)
        time.sleep(chance.uniform(0.5, 2.5))
        process.kill()
        done = acknowledged(process)
        process.wait()
        # The killed client's transaction ends when the server sees its connection drop; a write waits for it.
        neo4j_store.apply(Change(undone=["none"]))
        assert_whole(neo4j_store, done)
        neo4j_store.apply(Change(removals=[f"doc:{NUMBER}"]))


def test_two_processes_write_and_one_reads(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path, timeout=30)
    writers = [start_writer(str(tmp_path), 8, number) for number in (NUMBER, "乙〔2019〕2号")]
    versions = set[str]()
    while any(writer.poll() is None for writer in writers):
        versions.add(store.version())
        for stored in store.documents():
            table = store.table(stored.document.id, 1)
            assert table is not None and stored.receipt["claims"] == CLAIMS
    assert [acknowledged(writer) for writer in writers] == [8, 8]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert len(versions) > 2, "other processes' writes are seen at once"
    assert len(content(store)["claims"]) == 2 * CLAIMS
    alone = EmbeddedStore(tmp_path / "alone", timeout=30)
    for number in (NUMBER, "乙〔2019〕2号"):
        alone.apply(Change(readings=[version_of(number, 8)]))
    assert content(alone)["claims"] == content(store)["claims"]


def test_two_processes_open_a_new_store_at_once(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.writer", str(tmp_path), "1", f"甲〔2019〕{n}号"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        for n in range(1, 5)
    ]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    assert len(EmbeddedStore(tmp_path, timeout=5).documents()) == 4
