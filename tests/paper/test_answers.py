"""The DOCX of a query's answer: rows and cells read back, filters and 示例 told, made again by its own command."""

from __future__ import annotations

import io
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from typer.testing import CliRunner

from api.answers import whole_answer, written
from api.cli import build
from graph.backends.embedded import EmbeddedStore
from graph.catalogue import catalogue, find_query
from graph.errors import TooLarge, UsageError
from graph.settings import Settings
from graph.store import Change
from graph.vocabulary import Status
from ingest.library import Library
from tests.queries.papers import Paper

DAY = "2026-01-01"
UNIT = "unit:北仑区"
PARK = "park:上海漕河泾新兴技术开发区"


def asked(name: str, **given: str) -> Any:
    query = find_query(name)
    needed = {"id": UNIT} if "id" in query.params.model_fields else {}
    if name == "paths":
        needed = {"source": UNIT, "target": PARK}
    return query.params.model_validate({"status": "all", "as_of": DAY, **needed, **given})


def made(store: EmbeddedStore, name: str, **given: str) -> bytes:
    query, params = find_query(name), asked(name, **given)
    return written(query, store, params, whole_answer(query, store, params), "docx")


def texts(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def words(paper: Any) -> str:
    return "\n".join(paragraph.text for paragraph in paper.paragraphs)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_answer_is_a_paper_with_all_its_rows_and_cells(examples: EmbeddedStore, name: str) -> None:
    query, params = find_query(name), asked(name)
    data = made(examples, name)
    paper = Document(io.BytesIO(data))
    flat = query.flatten(whole_answer(query, examples, params), params)
    assert paper.paragraphs[0].text.startswith(query.title.zh)
    assert paper.paragraphs[1].text == "（数据截至2026年1月1日）"
    facts = {
        tuple(str(c.value(r)) for c in query.columns if not c.key.startswith(("evidence", "status")))
        for r in flat
    }
    cells = {tuple(r["proof"][k] for k in ("document", "table", "row", "column", "text", "source"))
             for r in flat if isinstance(r, dict) and r.get("proof")}  # fmt: skip
    tables = [texts(table) for table in paper.tables]
    assert len(tables) == bool(flat) + bool(cells)
    assert not flat or len(tables[0]) - 1 >= len(facts)
    assert not cells or sum(len(set(row)) > 1 for row in tables[-1][1:]) == len(cells)
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in paper.tables)
    assert bool(flat) or "没有符合条件的内容" in words(paper)
    assert made(examples, name) == data


def test_pairs_read_back_with_their_places_and_the_filters_are_told(examples: EmbeddedStore) -> None:
    paper = Document(io.BytesIO(made(examples, "pairs", unit=UNIT)))
    table, sources = (texts(one) for one in paper.tables)
    items = find_query("pairs").ask(examples, asked("pairs", unit=UNIT)).items
    assert [row[1:3] for row in table[1:]] == [[p["unit"]["name"], p["counterpart"]["name"]] for p in items]
    assert [row[0] for row in table[1:]] == [str(n) for n in range(1, len(items) + 1)]
    assert f"状态：正式与示例；单位：北仑区；共 {len(items)} 行。" in words(paper)
    assert "（示例）" in paper.paragraphs[0].text
    place = next(e for p in items for e in p["evidence"] if e["status"] == Status.ILLUSTRATIVE)
    where = f"表{place['table']} 第{place['row']}行第{place['column']}列"
    assert any(row[0] == where and row[2] == place["text"] and row[3] == "示例" for row in sources)


@pytest.mark.parametrize(("name", "across"), [("stats", False), ("tasks", True)])
def test_papers_are_valid_and_wide_ones_lie_on_their_side(
    examples: EmbeddedStore, tmp_path: Path, name: str, across: bool
) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(made(examples, name))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(e) for e in result.errors][:5]
    page = Document(str(path)).sections[0]
    assert (page.page_width > page.page_height) is across


def test_the_command_line_writes_it_and_the_command_inside_makes_it_again(
    examples: EmbeddedStore, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(settings.data_dir))
    monkeypatch.chdir(tmp_path)

    def run(*given: str) -> Any:
        return CliRunner().invoke(build(), ["query", *given])

    first = run("liaisons", "--with", UNIT, "--status", "all", "--lang", "en", "--as-of", DAY, "-o", "a.docx")
    assert first.exit_code == 0, first.output
    command = Document("a.docx").core_properties.comments.partition(": ")[2]
    assert shlex.split(command)[:2] == ["coopgraph", "query"]
    assert run(*shlex.split(command)[2:]).exit_code == 0
    assert Path("liaisons.docx").read_bytes() == Path("a.docx").read_bytes()
    assert run("pairs", "-o", "b.csv").exit_code == run("pairs", "-o", "b.json").exit_code == 0
    assert Path("b.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert isinstance(run("pairs", "-o", "b.pdf").exception, UsageError)
    assert isinstance(run("pairs", "--format", "csv", "-o", "b.csv").exception, UsageError)


def test_hostile_text_is_text_and_a_long_row_may_go_on(embedded_store: EmbeddedStore, tmp_path: Path) -> None:
    hostile = "<w:p>&{{ title }}{%p x %}\x07=1\u202e"
    paper = Paper("doc:样", hostile, status=Status.ILLUSTRATIVE)
    paper.entity("park:一", hostile)
    paper.pair("unit:甲", "park:一", text="长" * 5000)
    embedded_store.apply(Change(readings=[paper.reading()]))
    path = tmp_path / "paper.docx"
    path.write_bytes(made(embedded_store, "pairs"))
    assert OpenXmlValidator().validate(str(path)).is_valid
    table, sources, whole = Document(str(path)).tables
    assert "<w:p>&{{ title }}{%p x %}" in texts(table)[1][2]
    assert any("长…〔共5000字，全文见文末第1条〕" in cell for row in texts(sources) for cell in row)
    assert texts(whole)[1:] == [["1", "长" * 5000]]
    assert not whole.rows[-1]._tr.xpath("./w:trPr/w:cantSplit")
    assert not re.search("[\x00-\x08\u202e]", str(texts(table)))


def test_more_rows_than_a_paper_holds_are_refused(
    examples: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viz.answer_paper.MOST_ROWS", 10)
    with pytest.raises(TooLarge, match="XLSX"):
        made(examples, "pairs")


def test_words_are_english_on_wish(examples: EmbeddedStore) -> None:
    paper = Document(io.BytesIO(made(examples, "gaps", lang="en")))
    assert texts(paper.tables[0])[0][:3] == ["Row", "Unit", "Missing kind"]
    assert re.search(r"\d+ rows in all; \d+ more to verify", words(paper))


@pytest.mark.parametrize("name", ["pairs", "coverage", "gaps", "tasks", "load"])
def test_an_answer_that_is_ingested_makes_the_pairs_that_it_lists(
    examples: EmbeddedStore, tmp_path: Path, name: str
) -> None:
    """江北区, of which there are two, is the same one again; what lists no pairs makes none."""
    path = tmp_path / f"{name}.docx"
    path.write_bytes(made(examples, name))
    settings = Settings.model_validate({"data_dir": tmp_path / "again", "neo4j_uri": None})
    store = EmbeddedStore(settings.data_dir, timeout=30)
    Library(store, settings).ingest_paths([path])
    ends = [
        {
            (p["unit"]["id"], p["counterpart"]["id"])
            for p in find_query("pairs").ask(one, asked("pairs")).items
        }
        for one in (store, examples)
    ]
    store.close()
    assert len(ends[1]) > 50
    assert ends[0] == (ends[1] if name == "pairs" else set())
