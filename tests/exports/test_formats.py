"""Every format read back by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import lxml.etree as etree
import networkx as nx
import openpyxl
import pytest

from graph.backends.embedded import EmbeddedStore
from graph.exports import export_for, exports
from graph.store import Change, Store
from graph.vocabulary import DOCUMENT, TYPES, EntityType
from tests.exports.conftest import AWKWARD, HOME, OTHER, RISKY, illustrative, official
from tests.parts import ROOT

SHOWN = AWKWARD.replace("\x01", "�").replace("\x0b", "�").replace("\ufffe", "�")
GEXF = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


def written(store: Store, name: str) -> bytes:
    data = exports()[name].write(store)
    assert data == exports()[name].write(store)
    return data


def test_all_formats_are_there_by_name_and_ending() -> None:
    assert list(exports()) == ["csv", "gexf", "graphml", "json", "xlsx"]
    assert export_for("ZIP").name == "csv"


def check_graph(store: Store, read: Any) -> None:
    """Same nodes, edges and evidence as in the store; marks of the vocabulary; 示例 in what is shown."""
    graph = store.to_networkx()
    assert set(read) == set(graph)
    assert sorted((a, b, k) for a, b, k in read.edges(keys=True)) == sorted(graph.edges(keys=True))
    for a, b, key, link in graph.edges(keys=True, data=True):
        got = read.edges[a, b, key]
        for name in ("type", "document", "table", "row", "column", "term", "status", "citation"):
            assert got.get(name) == (link.get(name) or None)
    for key, node in read.nodes(data=True):
        mark = (DOCUMENT if node["type"] == "Document" else TYPES[EntityType(node["type"])]).mark
        assert (node["colour"], node["shape"]) == (mark.colour, mark.shape)
        assert node["name"] == graph.nodes[key]["name"] or key == "doc:样"
        assert (
            ("示例" in node["label"])
            == (node["status"] == "illustrative")
            == (node["status_label"] == "示例")
        )
    assert read.nodes["doc:样"]["name"] == SHOWN
    assert read.nodes["enterprise:危"]["label"] == f"{RISKY}（示例）"
    edge = next(iter(read[OTHER]["enterprise:危"].values()))
    assert (edge["text"], edge["label"]) == (SHOWN, "结对（示例）")


def test_graphml_reads_back(plans: Store) -> None:
    read = nx.read_graphml(io.BytesIO(written(plans, "graphml")), force_multigraph=True)
    check_graph(plans, read)
    assert [read.nodes[HOME][name] for name in "rgb"] == [0x00, 0x72, 0xB2]


def test_gexf_reads_back_and_keeps_to_the_format(plans: Store) -> None:
    data = written(plans, "gexf")
    check_graph(plans, nx.read_gexf(io.BytesIO(data)))
    root = etree.fromstring(data)
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("gexf.rng")))
    assert schema.validate(root), schema.error_log
    for kind in ("node", "edge"):
        names = root.xpath(f"//g:attributes[@class='{kind}']/g:attribute/@id", namespaces=GEXF)
        used = root.xpath(f"//g:{kind}//g:attvalue/@for", namespaces=GEXF)
        assert len(set(names)) == len(names) and set(used) <= set(names)
    home = root.xpath(f"//g:node[@id='{HOME}']", namespaces=GEXF)[0]
    assert dict(home.find("viz:color", GEXF).attrib) == {"r": "0", "g": "114", "b": "178"}
    assert home.find("viz:shape", GEXF).get("value") == "disc"
    kinds = set(root.xpath("//g:edge/@kind", namespaces=GEXF))
    assert {"PAIRED_WITH", "PAIRED_WITH 2", "LEADS", "MEMBER_OF", "SUPERSEDES"} <= kinds
    dashed = root.xpath("//g:edge[viz:shape/@value='dashed']/@id", namespaces=GEXF)
    illustrative_claims = {
        k for *_, k, s in plans.to_networkx().edges(keys=True, data="status") if s == "illustrative"
    }
    assert set(dashed) == illustrative_claims != set()


def test_the_workbook_has_a_sheet_a_type_and_the_evidence(plans: Store) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(plans, "xlsx")))
    assert book.sheetnames == [
        "单位",
        "园区",
        "企业",
        "领导",
        "任务",
        "集体称谓",
        "产业领域",
        "地区",
        "关系",
        "文件",
    ]
    for sheet in book:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.data_type != "f" for row in sheet for cell in row)
    pages = {sheet.title: [list(row) for row in sheet.values] for sheet in book}
    units = [dict(zip(pages["单位"][0], row, strict=True)) for row in pages["单位"][1:]]
    assert [(u["名称"], u["类别"], u["状态"], u["编号"]) for u in units] == [
        ("海曙区", "区", "正式", HOME),
        ("江北区", "区", "正式", OTHER),
    ]
    claims = [dict(zip(pages["关系"][0], row, strict=True)) for row in pages["关系"][1:]]
    assert len(claims) == sum(bool(k[2]) for k in plans.to_networkx().edges(keys=True)) - 1  # no SUPERSEDES
    pair = next(c for c in claims if c["终点"] == RISKY and c["关系"] == "对口")
    assert (pair["起点"], pair["起点类型"], pair["表"], pair["行"], pair["列"]) == ("江北区", "单位", 1, 2, 2)
    assert (pair["原文用语"], pair["方向"], pair["状态"]) == ("结对", "双向", "示例")
    documents = [dict(zip(pages["文件"][0], row, strict=True)) for row in pages["文件"][1:]]
    assert {d["编号"]: d["取代"] for d in documents}["doc:甬〔2020〕1号"] == "doc:甬〔2019〕1号"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
        return {name: archive.read(name) for name in archive.namelist()}


def records(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_archive_holds_plain_tables_with_a_mark_for_excel(plans: Store) -> None:
    files = members(written(plans, "csv"))
    graph = plans.to_networkx()
    assert all(files[f"{name}.csv"].startswith(b"\xef\xbb\xbf") for name in ("nodes", "claims", "documents"))
    assert [r["id"] for r in records(files["nodes.csv"])] == list(graph)
    assert {r["id"] for r in records(files["documents.csv"])} == {k for k in graph if k.startswith("doc:")}
    claims = {r["id"]: r for r in records(files["claims.csv"])}
    assert set(claims) == {k for _, _, k, t in graph.edges(keys=True, data="type") if t != "SUPERSEDES"}
    bad = next(c for c in claims.values() if c["target"] == "enterprise:危" and c["type"] == "PAIRED_WITH")
    assert (bad["text"], bad["status"], bad["row"]) == (AWKWARD, "illustrative", "2")
    assert next(c["text"] for c in claims.values() if c["target"] == "sector:汽车") == "'-1+1"
    assert {r["id"]: r["name"] for r in records(files["nodes.csv"])}["enterprise:危"] == f"'{RISKY}"


def test_the_archive_holds_what_neo4j_imports(plans: Store) -> None:
    files = members(written(plans, "csv"))
    nodes, edges = (records(files[f"neo4j/{name}.csv"]) for name in ("nodes", "relationships"))
    graph = plans.to_networkx()
    assert {n["id:ID"]: n[":LABEL"] for n in nodes} == {
        key: kind if kind == "Document" else f"Entity;{kind}" for key, kind in graph.nodes(data="type")
    }
    assert next(n["name"] for n in nodes if n["id:ID"] == "enterprise:危") == RISKY
    assert sorted((e[":START_ID"], e[":END_ID"], e["id"]) for e in edges) == sorted(graph.edges(keys=True))
    assert {"table:int", "row:int", "column:int", ":TYPE"} <= set(edges[0])
    assert not files["neo4j/nodes.csv"].startswith(b"\xef\xbb\xbf")


BYTES = """
import hashlib, sys
from pathlib import Path
from graph.backends.embedded import EmbeddedStore
from graph.exports import exports
store = EmbeddedStore(Path(sys.argv[1]))
print({name: hashlib.sha256(export.write(store)).hexdigest() for name, export in exports().items()})
"""


def test_bytes_are_the_same_in_every_process(embedded_store: EmbeddedStore, tmp_path: Path) -> None:
    embedded_store.apply(Change(readings=[official().reading(), illustrative().reading()]))
    said = {
        subprocess.run(
            [sys.executable, "-c", BYTES, str(tmp_path / "store")],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_a_workbook_says_when_it_cannot_hold_everything(
    plans: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph import tabular
    from graph.errors import TooLarge

    monkeypatch.setattr(tabular, "MOST_ROWS", 2)
    with pytest.raises(TooLarge):
        exports()["xlsx"].write(plans)
