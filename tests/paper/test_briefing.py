"""The briefing pack: all forms, equal for equal data, pairs that read back, nothing that runs, nothing private."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from docx import Document
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator
from typer.testing import CliRunner

from api.app import create_app
from api.cli import build
from graph.backends.embedded import EmbeddedStore
from graph.errors import Busy, CoopgraphError
from graph.settings import Settings
from graph.store import Change
from graph.vocabulary import Relation, Use
from ingest.library import Library
from tests.paper.conftest import ALL
from tests.parts import require_part, soffice
from viz.asking import ask
from viz.briefing import BriefingParameters, gather
from viz.briefing_annex import annex, pair_list
from viz.briefing_pack import make_pack
from viz.paper.fonts import find_chinese_font


@pytest.fixture(autouse=True)
def font() -> None:
    require_part(find_chinese_font(), "needs a Chinese font")


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without LibreOffice: what is asked of the other files needs no print."""
    monkeypatch.setattr("viz.briefing_pack.soffice_path", lambda: None)


def pairs_of(store: EmbeddedStore) -> set[tuple[str, str]]:
    items = ask(store, "pairs", {"status": "all"}).items
    return {(item["unit"]["id"], item["counterpart"]["id"]) for item in items}


def test_every_form_is_in_it_and_the_index_names_them(pack: dict[str, bytes]) -> None:
    endings = {name.rsplit(".", 1)[-1] for name in pack}
    assert endings - {"pdf"} == {"html", "docx", "pptx", "xlsx", "svg", "png"}
    assert ("pdf" in endings) == bool(soffice())
    linked = re.findall('href="([^"]*)"', pack["目录.html"].decode())
    assert {unquote(address) for address in linked} == set(pack) - {"目录.html"}


def test_the_same_data_and_date_give_the_same_bytes(
    examples: EmbeddedStore, pack: dict[str, bytes], unprinted: None
) -> None:
    """The index aside, which says that the print is lacking; other processes make it equal with the others."""
    again = dict(make_pack(gather(examples, ALL)))
    assert set(again) == set(pack) - {"简报.pdf"}
    assert [name for name, data in again.items() if data != pack[name] and name != "目录.html"] == []


@pytest.mark.parametrize("name", ["简报.docx", "汇报.pptx", "附表.xlsx", "对口清单.xlsx"])
def test_office_files_are_valid(pack: dict[str, bytes], tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(pack[name])
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(e) for e in result.errors][:5]


def test_slides_keep_their_order_and_room(pack: dict[str, bytes]) -> None:
    from pptx import Presentation

    from tests.paper.test_pptx import check

    check(Presentation(io.BytesIO(pack["汇报.pptx"])))


def test_the_summary_counts_what_the_queries_count(examples: EmbeddedStore) -> None:
    brief = gather(examples, ALL)
    said = "".join(brief.summary)
    assert f"结成对口关系{len(brief.pairs)}对" in said
    assert f"已知缺口{len(brief.gaps)}处" in said
    assert f"{brief.unverified}处因原文不全待核实" in said
    assert "示例" in said


@pytest.mark.parametrize("name", ["对口清单.xlsx", "简报.docx"])
def test_ingesting_the_pair_list_gives_the_same_pairs(
    examples: EmbeddedStore, pack: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    """The paper's matrix, gaps and sources make no pair, and each cell of its matrix tells why it was not read."""
    path = tmp_path / name
    path.write_bytes(pack[name])
    settings = Settings.model_validate({"data_dir": tmp_path / "again", "neo4j_uri": None})
    store = EmbeddedStore(settings.data_dir, timeout=30)
    Library(store, settings).ingest_paths([path])
    assert pairs_of(store) == pairs_of(examples)
    if name == "简报.docx":
        matrix: Any = store.table(store.documents()[0].document.id, 2)
        filled = [cell for cell in matrix.cells if cell.text.strip()]
        assert "●" in "".join(cell.text for cell in filled)
        assert {(cell.use, cell.reason) for cell in filled} == {(Use.IGNORED, "derived_table")}
    store.close()


def test_pairs_read_back_from_annex_and_paper(examples: EmbeddedStore, pack: dict[str, bytes]) -> None:
    asked = {(p["unit"]["name"], p["counterpart"]["name"]) for p in gather(examples, ALL).pairs}
    sheet: Any = load_workbook(io.BytesIO(pack["附表.xlsx"]))["对口清单"]
    assert {(row[0], row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)} == asked
    assert sheet.freeze_panes == "B2"
    table = Document(io.BytesIO(pack["简报.docx"])).tables[0]
    assert {(row.cells[0].text, row.cells[2].text) for row in table.rows[1:]} == asked


def test_no_path_user_or_withheld_datum_is_inside(pack: dict[str, bytes]) -> None:
    private = re.compile(rb"/home/|/root\b|/tmp/|[\w.]+@[\w-]+\.(com|cn)\b|\b1[3-9]\d{9}\b")
    for name, data in pack.items():
        if name.endswith("html") and name != "目录.html":
            continue  # the drawing library in it is another's text
        parts = {name: data}
        if name.endswith(("docx", "pptx", "xlsx")):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = {f"{name}/{n}": archive.read(n) for n in archive.namelist() if n.endswith("xml")}
        for part, content in parts.items():
            if not part.endswith("png"):
                assert not private.search(content), part


def test_hostile_names_never_run(hostile: EmbeddedStore, unprinted: None) -> None:
    brief = gather(hostile, BriefingParameters())
    for data in (annex(brief, "x"), pair_list(brief, "x")):
        for sheet in load_workbook(io.BytesIO(data)).worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert all(cell.data_type != "f" for cell in cells)
    files = dict(make_pack(brief))
    assert b"<script>alert" not in files["目录.html"]


def test_a_print_that_takes_too_long_costs_nothing_else(
    empty: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(program: str, data: bytes, ending: str, target: str) -> bytes:
        raise TimeoutError

    monkeypatch.setattr("viz.briefing_pack.soffice_path", lambda: "soffice")
    monkeypatch.setattr("viz.paper.office_pdf.soffice_path", lambda: "soffice")
    monkeypatch.setattr("viz.paper.office_pdf.convert", late)
    files = dict(make_pack(gather(empty, BriefingParameters())))
    assert set(files) == {"目录.html", "简报.docx", "汇报.pptx", "附表.xlsx"}
    assert "未附 简报.pdf" in files["目录.html"].decode()
    with pytest.raises(Busy, match="稍后再试"):
        make_pack(gather(empty, BriefingParameters(forms=["pdf"])))


def test_nothing_to_say_is_said(empty: EmbeddedStore, unprinted: None) -> None:
    files = dict(make_pack(gather(empty, BriefingParameters())))
    assert set(files) == {"目录.html", "简报.docx", "汇报.pptx", "附表.xlsx"}
    assert "没有符合条件的内容" in files["目录.html"].decode()


def test_a_unit_and_a_leader_have_their_own(examples: EmbeddedStore) -> None:
    unit = gather(examples, BriefingParameters(unit="北仑区", status="all"))
    assert {row["unit"]["name"] for row in unit.coverage} == {"北仑区"}
    assert unit.scene("neighbourhood")
    leader = gather(examples, BriefingParameters(leader="陈炳荣", status="all"))
    assert len(leader.tasks) == 2
    assert leader.pairs == ()


def test_what_changed_stands_in_it(revision: EmbeddedStore) -> None:
    brief = gather(revision, BriefingParameters(since="甬政办发〔2019〕32号"))
    assert brief.scene("changes")
    assert any("新增" in text and "取消" in text for text in brief.summary)


@pytest.mark.parametrize(
    "wrong", [{"unit": "没有这个单位"}, {"leader": "没有此人"}, {"since": "没有这份文件"}]
)
def test_unknown_names_are_refused(examples: EmbeddedStore, wrong: dict[str, str]) -> None:
    with pytest.raises(CoopgraphError):
        gather(examples, BriefingParameters.model_validate(wrong))


def test_the_command_writes_a_folder_whole_or_not_at_all(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    examples: EmbeddedStore,
    unprinted: None,
) -> None:
    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(settings.data_dir))
    target = tmp_path / "pack"
    run = CliRunner().invoke(build(), ["briefing", "--leader", "陈炳荣", "-o", str(target)])
    assert run.exit_code == 0, run.output
    assert (target / "目录.html").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"pack"}
    again = CliRunner().invoke(build(), ["briefing", "-o", str(target)])
    assert isinstance(again.exception, CoopgraphError)


def test_the_address_answers_a_zip(examples: EmbeddedStore, settings: Settings, unprinted: None) -> None:
    with TestClient(create_app(settings, examples), base_url="http://127.0.0.1") as client:
        answer = client.post("/api/v1/briefings", json={"leader": "陈炳荣"})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/zip"
        names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert "简报.docx" in names
        assert client.post("/api/v1/briefings", json={"nonsense": 1}).status_code == 422
        assert client.post("/api/v1/briefings", json={"as_of": "2019-02-30"}).status_code == 422


def test_a_view_s_form_has_its_choices(
    examples: EmbeddedStore, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(settings.data_dir))

    def view(*given: str) -> Any:
        return CliRunner().invoke(build(), ["view", "tasks", *given])

    assert view("-o", str(tmp_path / "a.png"), "--paper", "A4").exit_code == 0
    assert (tmp_path / "a.png").read_bytes()[16:24] == (3508).to_bytes(4, "big") + (2480).to_bytes(4, "big")
    assert view("-o", str(tmp_path / "b.pptx"), "--ratio", "4:3").exit_code == 0
    assert isinstance(view("-o", str(tmp_path / "c.pptx"), "--scale", "2").exception, CoopgraphError)


def test_a_leaders_pack_holds_his_liaisons_and_no_other(tmp_path: Path) -> None:
    from tests.queries.papers import Paper

    settings = Settings.model_validate({"data_dir": tmp_path, "neo4j_uri": None})
    store = EmbeddedStore(settings.data_dir, timeout=30)
    paper = Paper("doc:1")
    for leader, partner in (("甲某", "甲园区"), ("乙某", "乙园区")):
        paper.claim(Relation.LIAISES_WITH, f"leader:{leader}@宁波市", f"park:{partner}")
    store.apply(Change(readings=[paper.reading()]))
    everything = gather(store, BriefingParameters(as_of="2026-01-01"))
    assert len(everything.liaisons) == 2
    brief = gather(store, BriefingParameters(leader="leader:甲某@宁波市", as_of="2026-01-01"))
    assert [item["counterpart"]["name"] for item in brief.liaisons] == ["甲园区"]
    sheet: Any = load_workbook(io.BytesIO(annex(brief, "")))["挂钩联系"]
    assert [row[:2] for row in sheet.iter_rows(min_row=2, values_only=True)] == [("甲某", "甲园区")]
    assert all(node.name != "乙园区" for scene in brief.scenes for node in scene.nodes)
    store.close()
