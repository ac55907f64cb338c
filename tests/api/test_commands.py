"""The command line: every command, its exit codes, its output for people and for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.conftest import EXAMPLES, Run
from tests.ingest.documents import PLAN, TASKS, docx, notice

ILLUSTRATIVE = next(path for path in EXAMPLES if "illustrative" in path.name)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "通知.docx"
    path.write_bytes(notice(plan=True))
    return path


def test_help_lists_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for command in ("demo", "serve", "ingest", "query", "view", "export", "documents", "review", "doctor"):
        assert command in ran.text


def test_ingest_prints_a_receipt_for_people(run: Run, plan: Path) -> None:
    ran = run("ingest", plan)
    assert ran.code == 0
    for words in ("甬政办发〔2020〕9号", "已写入", "条关系", "名称未对上全称", "表1 第3行 第5列"):
        assert words in ran.text


def test_ingest_prints_a_list_of_receipts_for_programs(run: Run, plan: Path) -> None:
    (receipt,) = run("ingest", plan, "--json").json
    assert receipt["written"] is True
    assert receipt["document"]["number"] == "甬政办发〔2020〕9号"
    assert [table["table"] for table in receipt["tables"]] == [1, 2]


def test_ingesting_again_changes_nothing_and_is_done(run: Run, plan: Path) -> None:
    run("ingest", plan)
    before = run("query", "stats", "--format", "json").json
    ran = run("ingest", plan)
    assert ran.code == 0
    assert "已有" in ran.text
    assert run("query", "stats", "--format", "json").json == before


def test_a_dry_run_writes_nothing(run: Run, plan: Path) -> None:
    (receipt,) = run("ingest", plan, "--dry-run", "--json").json
    assert receipt["written"] is False
    assert receipt["claims"] > 0
    assert run("query", "stats", "--format", "json").json["documents"] == 0


def test_options_reach_the_document(run: Run, plan: Path) -> None:
    (receipt,) = run("ingest", plan, "--programme", "沪甬试点", "--status", "illustrative", "--json").json
    assert receipt["document"]["programme"] == "沪甬试点"
    assert run("query", "documents", "--format", "json").json["total"] == 0
    assert run("query", "documents", "--status", "illustrative", "--format", "json").json["total"] == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.docx", b"", 3),
        ("假.docx", b"\x00\x01not a zip" * 50, 3),
        ("平.txt", "这里没有表格。\n".encode(), 3),
        ("a.exe", b"MZ", 3),
    ],
)
def test_a_rejected_file_is_told_in_one_sentence(
    run: Run, tmp_path: Path, name: str, content: bytes, code: int
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    ran = run("ingest", path)
    assert ran.code == code
    assert ran.out == b""
    assert len(ran.err.strip().splitlines()) == 1
    assert ran.err.count(name) == 1 and "Traceback" not in ran.err
    assert run("query", "stats", "--format", "json").json["documents"] == 0


def test_a_path_that_does_not_exist_is_wrong_usage(run: Run, tmp_path: Path, plan: Path) -> None:
    ran = run("ingest", plan, tmp_path / "没有.docx")
    assert ran.code == 2
    assert "没有.docx" in ran.err
    assert run("query", "stats", "--format", "json").json["documents"] == 0


def test_a_bad_file_in_a_folder_does_not_stop_the_others(run: Run, tmp_path: Path, plan: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"broken")
    ran = run("ingest", tmp_path, "--json")
    assert ran.code == 3
    assert [receipt["written"] for receipt in ran.json] == [False, True]
    bad = ran.json[0]
    assert bad["document"]["files"][0]["name"] == "坏.docx" and bad["problems"][0]["severity"] == "error"
    assert "坏.docx" in ran.err
    again = run("ingest", tmp_path)
    told = again.out.decode().splitlines()[-1]
    assert told == "共 2 个文件：已有，未重复写入 1 个，未能读取 1 个。"


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest",),
        ("nonsense",),
        ("query",),
        ("query", "nonsense"),
        ("query", "pairs", "--nonsense", "1"),
        ("query", "pairs", "--status", "maybe"),
        ("query", "pairs", "--as-of", "yesterday"),
        ("query", "pairs", "--format", "pdf"),
        ("query", "pairs", "--unit"),
        ("query", "entity"),
        ("query", "entity", "unit:没有"),
        ("query", "neighbourhood", "unit:没有", "--depth", "9"),
        ("view", "nonsense", "-o", "x.html"),
        ("view", "network"),
        ("view", "network", "-o", "x.gif"),
        ("export", "-o", "x.gif"),
        ("export",),
        ("documents", "show", "doc:没有"),
        ("documents", "remove", "doc:没有"),
        ("documents", "reread", "doc:没有"),
        ("documents", "diff", "doc:甲", "doc:乙"),
        ("review", "accept", "没有", "unit:没有"),
        ("ingest", "x.docx", "--status", "maybe"),
        ("serve", "--host", "0.0.0.0"),
        ("serve", "--port", "99999"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == b""
    assert ran.err.strip()
    assert len(ran.err.strip().splitlines()) == 1
    assert any("\u4e00" <= character <= "\u9fff" for character in ran.err)


def test_a_wrong_name_is_answered_with_near_ones(run: Run) -> None:
    assert "pairs" in run("query", "pair").err
    assert "--unit" in run("query", "pairs", "--untit", "x").err


def test_debug_shows_where_an_error_came_from(run: Run, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from api.cli import main

    with pytest.raises(SystemExit) as left:
        main(["query", "entity", "unit:没有", "--debug"])
    assert left.value.code == 2
    assert b"Traceback" in capfdbinary.readouterr().err


def test_an_unreachable_server_is_exit_4(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    ran = run("query", "stats")
    assert ran.code == 4
    assert len(ran.err.strip().splitlines()) == 1


def test_a_data_folder_that_cannot_be_used_is_exit_4(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(tmp_path / "file" / "data"))
    ran = run("query", "stats")
    assert ran.code == 4
    assert "COOPGRAPH_DATA_DIR" in ran.err


def test_a_wrong_setting_names_its_variable(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPGRAPH_QUERY_TIMEOUT", "soon")
    ran = run("query", "stats")
    assert ran.code == 2
    assert "COOPGRAPH_QUERY_TIMEOUT" in ran.err


def test_a_query_in_every_form(run: Run, plan: Path) -> None:
    run("ingest", plan)
    table = run("query", "pairs", "--unit", "unit:宁波市江北区")
    assert "上海漕河泾新兴技术开发区" in table.text
    assert "共 1 条" in table.err
    answer = run("query", "pairs", "--format", "json").json
    assert answer["total"] == len(answer["items"]) == answer["size"] == 4
    lines = run("query", "pairs", "--format", "csv").out
    assert lines.startswith("\ufeff".encode())
    assert len(lines.decode("utf-8-sig").strip().splitlines()) == 5


def test_json_is_not_paged(run: Run, tmp_path: Path) -> None:
    rows = [("序号", "牵头领导", "工作目标", "牵头单位")]
    rows += [(str(n), "王一", f"完成第{n}项任务", "市经信局") for n in range(1, 121)]
    path = tmp_path / "many.docx"
    path.write_bytes(docx("宁波市任务分工表", rows))
    assert run("ingest", path).code == 0
    answer = run("query", "tasks", "--format", "json").json
    assert answer["total"] == len(answer["items"]) == 120


def test_a_switch_may_stand_alone_or_with_its_value(run: Run, plan: Path) -> None:
    run("ingest", plan)
    unit = ("query", "tasks", "--unit", "unit:宁波市江北区", "--format", "json")
    assert run(*unit).json["total"] == run(*unit, "--expand", "false").json["total"]
    alone, valued = run(*unit, "--expand").json, run(*unit, "--expand", "true").json
    assert alone == valued


def test_an_id_is_an_argument_or_an_option(run: Run, plan: Path) -> None:
    run("ingest", plan)
    argument = run("query", "entity", "unit:宁波市江北区", "--format", "json").json
    assert argument == run("query", "entity", "--id", "unit:宁波市江北区", "--format", "json").json


def test_query_help_lists_the_query_s_options(run: Run) -> None:
    ran = run("query", "neighbourhood", "--help")
    assert ran.code == 0
    assert "--depth" in ran.text
    assert "--programme" in ran.text


def test_documents_are_listed_shown_reread_compared_and_removed(run: Run, tmp_path: Path, plan: Path) -> None:
    run("ingest", plan)
    later = tmp_path / "later.docx"
    later.write_bytes(docx("宁波市任务分工表", TASKS, "宁波市对口联系计划表", PLAN[:2]))
    (receipt,) = run("ingest", later, "--json").json
    first, second = "doc:甬政办发〔2020〕9号", receipt["document"]["id"]
    assert first in run("documents", "list").text
    assert run("documents", "show", first, "--json").json["document"]["id"] == first
    assert "甬政办发〔2020〕9号" in run("documents", "show", "甬政办发〔2020〕9号").text
    (again,) = run("documents", "reread", first, "--json").json
    assert again["added"] == again["removed"] == []
    diff = run("documents", "diff", first, second, "--json").json
    assert diff["removed"] or diff["moved"]
    assert "→" in run("documents", "diff", first, second).text
    assert run("documents", "remove", second).code == 0
    assert run("documents", "show", second).code == 2


def test_review_lists_names(run: Run, plan: Path) -> None:
    run("ingest", plan)
    assert run("review", "list").code == 0
    assert isinstance(run("review", "list", "--json").json, list)


def test_a_decision_is_made_and_undone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "review.docx"
    rows = (("区县(市)", "上海园区"), ("江北区", "上海漕河泾新兴技术开发区域"))
    path.write_bytes(docx("宁波市对口联系计划表", rows))
    assert run("ingest", path).code == 0
    items = run("review", "list", "--json").json
    assert items, "a name one character from a known one goes to the review desk"
    chosen = items[0]["choices"][0]["id"]
    accepted = run("review", "accept", items[0]["id"], chosen, "--json")
    assert accepted.code == 0
    assert accepted.json[0]["added"]
    assert run("review", "list", "--json").json[0]["decision"]["user"] == "审核员"
    assert run("review", "undo", items[0]["id"]).code == 0
    assert run("review", "list", "--json").json[0]["decision"] is None
    assert run("review", "reject", items[0]["id"]).code == 0


def test_a_view_is_written_by_its_ending(run: Run, tmp_path: Path) -> None:
    run("ingest", ILLUSTRATIVE)
    out = tmp_path / "out.html"
    ran = run("view", "network", "--status", "all", "-o", out)
    assert ran.code == 0
    assert "<html" in out.read_text("utf-8")
    assert list(tmp_path.glob(".*.part")) == []


def test_a_view_that_cannot_be_written_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    ran = run("view", "network", "-o", tmp_path / "none" / "out.html")
    assert ran.code == 2


def test_every_ending_is_exported(run: Run, plan: Path, tmp_path: Path) -> None:
    run("ingest", plan)
    for ending in ("graphml", "gexf", "json", "xlsx", "zip"):
        out = tmp_path / f"all.{ending}"
        assert run("export", "-o", out).code == 0
        assert out.stat().st_size > 0


def test_the_graph_is_exported_as_node_link(run: Run, plan: Path, tmp_path: Path) -> None:
    import networkx
    import orjson

    run("ingest", plan)
    out = tmp_path / "all.json"
    assert run("export", "-o", out).code == 0
    data = orjson.loads(out.read_bytes())
    graph = networkx.node_link_graph(data, edges="links")
    assert graph.number_of_nodes() == len(data["nodes"])
    assert graph.number_of_edges() == len(data["links"])
    assert graph.nodes["unit:宁波市江北区"]["name"] == "江北区"


def test_doctor_masks_secrets_and_is_done(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPGRAPH_TOKEN", "a-long-enough-secret")
    ran = run("doctor")
    assert ran.code == 0
    assert "a-long-enough-secret" not in ran.text
    assert "COOPGRAPH_DATA_DIR" in ran.text
    said = run("doctor", "--json").json
    assert {finding["subject"] for finding in said["findings"]} >= {"版本", "数据目录", "中文字体", "口令"}


def test_doctor_names_what_is_broken(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(tmp_path / "file"))
    ran = run("doctor")
    assert ran.code == 4
    assert "✗" in ran.text


def test_a_query_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from api.cli import run; run(['query', 'pairs']);"
        "print([m for m in ('fastapi', 'networkx', 'lxml', 'pyvis', 'rustworkx', 'numpy', 'neo4j', 'viz', 'ingest')"
        " if m in sys.modules], file=sys.stderr)"
    )
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            env={"COOPGRAPH_DATA_DIR": folder, "PATH": "/usr/bin:/bin"},
            check=True,
        )
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_logs_show_no_personal_data(capfd: pytest.CaptureFixture[str]) -> None:
    import logging

    from api.logs import redact_logs

    handler = logging.StreamHandler()
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(handler)
    number = "138" + "0013" + "8000"
    try:
        redact_logs()
        redact_logs()
        assert len(handler.filters) == 1
        logger.error("upload of %s failed", f"联系电话：{number}")
    finally:
        logger.removeHandler(handler)
    said = capfd.readouterr().err
    assert "upload of" in said
    assert number not in said
