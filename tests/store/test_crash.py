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
from graph.store import Change, Store
from tests.neo4j import server
from tests.neo4j.fixtures import open_store
from tests.parts import ROOT, require_part
from tests.store.content import content
from tests.store.writer import CLAIMS, version_of

NUMBER = "甲〔2019〕1号"


def start_writer(place: str, count: int, number: str = NUMBER) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", place, str(count), number],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def acknowledged(process: subprocess.Popen[str]) -> int:
    """How many changes the writer had acknowledged before it ended."""
    assert process.stdout is not None
    lines = process.stdout.read().splitlines()
    return int(lines[-1].split()[1]) if lines else 0


def assert_whole(store: Store, at_least: int) -> None:
    """The document is wholly one of the writer's turns, and none that was acknowledged is lost."""
    documents = store.documents()
    if not documents:
        assert at_least == 0
        assert content(store)["entities"] == []
        return
    title = documents[0].document.title
    turn = int(title.removeprefix("第").removesuffix("批"))
    assert turn >= at_least
    held = content(store)
    assert len(held["claims"]) == CLAIMS and len(held["entities"]) == 2 * CLAIMS
    assert title in repr(held["claims"]) and store.files(documents[0].document.id)[0].content == str(turn)
    assert all(title in dict(claim)["source"] for claim in held["claims"])


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


@pytest.mark.neo4j
def test_a_killed_server_loses_nothing_acknowledged_and_is_used_again(tmp_path: Path) -> None:
    reason = server.missing_parts()
    require_part(not reason, reason)
    running = server.start(tmp_path)
    port = int(running.uri.rpartition(":")[2])
    try:
        store = open_store(running.uri)
        process = start_writer(running.uri, 1000)
        time.sleep(4)
        running.kill()
        done = acknowledged(process)
        process.wait()
        with pytest.raises(Exception, match="NEO4J_URI"):
            store.check()
        running = server.start(tmp_path, port)
        store.check()  # the same store object: no restart
        assert_whole(store, done)
        store.close()
    finally:
        running.stop()


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
