"""The command line: every command, its exit codes, its output for people and for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.conftest import EXAMPLES, Run
from tests.ingest.documents import PLAN, TASKS, docx

ILLUSTRATIVE = next(path for path in EXAMPLES if "illustrative" in path.name)


def test_help_lists_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for command in ("demo", "serve", "ingest", "query", "view", "export", "documents", "review", "doctor"):
        assert command in ran.text


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
