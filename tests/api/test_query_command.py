"""`query`: every form, its options from the catalogue, and how little it imports."""

from __future__ import annotations

from pathlib import Path

from tests.api.conftest import Run
from tests.ingest.documents import docx


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
