"""Gephi itself opens what is exported for it, with labels, types, colours and evidence."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.exports import exports
from graph.store import Change
from tests.exports.conftest import HOME, OTHER, illustrative, official, successor
from tests.jars import fetched
from tests.parts import require_part

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("COOPGRAPH_GEPHI_CACHE") or Path.home() / ".cache" / "coopgraph-gephi")
EVIDENCE = {"document", "document_title", "table", "row", "column", "text", "status_label"}


@dataclass
class Opened:
    """What Gephi holds of one file: nodes by id, edges by (source, target, type, row), each with its values."""

    issues: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    nodes: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    edges: list[dict[str, str]] = field(default_factory=list[dict[str, str]])


def read(told: str) -> dict[str, Opened]:
    files: dict[str, Opened] = {}
    opened = Opened()
    values: dict[str, str] = {}
    for line in told.splitlines():
        what, *parts = line.split("\t")
        if what == "file":
            opened = files[parts[0]] = Opened()
        elif what == "issue":
            opened.issues.append((parts[0], parts[1]))
        elif what == "node":
            values = opened.nodes[parts[0]] = {"shown": parts[1], "drawn": parts[2]}
        elif what == "edge":
            values = dict[str, str](zip(("key", "source", "target", "shown"), parts, strict=True))
            opened.edges.append(values)
        else:
            values[parts[0]] = parts[1]
    return files


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Opened]:
    lacking = [name for name in ("java", "mvn") if shutil.which(name) is None]
    require_part(not lacking, f"Gephi needs {' and '.join(lacking)}")
    folder = tmp_path_factory.mktemp("gephi")
    store = EmbeddedStore(folder / "store")
    store.apply(Change(readings=[paper.reading() for paper in (official(), illustrative(), successor())]))
    files = [folder / "graph.gexf", folder / "graph.graphml"]
    for file in files:
        file.write_bytes(exports()[file.suffix[1:]].write(store))
    store.close()
    jars = fetched(HERE / "gephi-pom.xml", CACHE)
    command = ["java", "-Djava.awt.headless=true", f"-Dnetbeans.user={folder}", "-cp", f"{jars}/*"]
    done = subprocess.run(
        [*command, str(HERE / "Gephi.java"), *map(str, files)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return read(done.stdout)


@pytest.mark.parametrize("name", ["graph.gexf", "graph.graphml"])
def test_gephi_shows_labels_types_and_colours_and_complains_of_nothing(
    opened: dict[str, Opened], name: str
) -> None:
    graph = opened[name]
    assert [issue for issue in graph.issues if issue[0] != "INFO"] == []
    assert len(graph.nodes) == 14
    home = graph.nodes[HOME]
    assert (home["shown"], home["drawn"], home["type"], home["type_label"]) == (
        "海曙区",
        "#0072B2",
        "Unit",
        "单位",
    )
    assert graph.nodes["enterprise:危"]["shown"].endswith("（示例）")
    pair = next(e for e in graph.edges if (e["source"], e["target"]) == (OTHER, "park:漕河泾"))
    assert pair["shown"] == "结对" and pair.keys() >= EVIDENCE
    assert (pair["document"], pair["document_title"], pair["row"]) == ("doc:甬〔2019〕1号", "对口计划", "3")


def test_gephi_keeps_every_claim_of_a_pair_stated_twice(opened: dict[str, Opened]) -> None:
    found = [e for e in opened["graph.gexf"].edges if (e["source"], e["target"]) == (HOME, "park:漕河泾")]
    assert sorted((e["type"], e["row"], e["shown"], e["Weight"]) for e in found) == [
        ("PAIRED_WITH", "2", "帮扶", "1.0"),
        ("PAIRED_WITH", "7", "结对", "1.0"),
    ]
    assert len(opened["graph.gexf"].edges) == 14
