"""Ingesting large tables end to end: reading, withholding, resolving, writing into the embedded store.

The baselines do the least that such a file needs: walk its XML once (for a sheet also calamine's read), and insert
the same claims into the same table with the same indexes, in one transaction. Both run in turn, in the processor's
time, which others on the machine disturb little.
"""

from __future__ import annotations

import io
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import lxml.etree as etree
import xlsxwriter
from docx import Document
from python_calamine import CalamineWorkbook

from benchmarks.bench_names import unknown_names
from benchmarks.measuring import judge_growth, judge_megabytes, judge_ratio, peak_memory, side_by_side
from graph.backends.embedded import EmbeddedStore
from graph.backends.rows import claim_row
from graph.model import Claim
from graph.settings import Settings
from graph.vocabulary import EntityType
from ingest.library import Library
from ingest.naming.gazetteer import load_gazetteer

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEADER = ["序号", "本市单位", "对口园区", "对口科研机构", "对口国有企业", "合作领域"]
_SECTORS = ["集成电路", "新材料", "生物医药", "汽车制造", "绿色石化", "港航物流"]
_HOME_SPAN = 4
Rows = list[list[str]]


def plan(count: int, *, unknown: float) -> Rows:
    """Rows of a counterpart table, the same in every run; a share of the partners' names is in no gazetteer."""
    draw = random.Random(count)
    entries = load_gazetteer().entries
    homes = [e.name for e in entries if e.type is EntityType.UNIT and e.kind in {"district", "county"}]
    known = {
        kind: [e.name for e in entries if e.type is kind]
        for kind in (EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE)
    }
    strange = unknown_names(max(200, count // 5))
    rows: Rows = []
    for number in range(count):
        partners = [
            draw.choice(strange) if draw.random() < unknown else draw.choice(names)
            for names in known.values()
        ]
        home = homes[number // _HOME_SPAN % len(homes)]
        rows.append([str(number + 1), home, *partners, draw.choice(_SECTORS)])
    return rows


def docx_plan(count: int) -> bytes:
    """A Word table whose home cells are merged over four rows.

    After it the empty paragraph that Word always keeps there: without it LibreOffice writes no table into a .doc.
    """
    lines = [_HEADER, *plan(count, unknown=0.0)]
    body = "".join(_docx_row(line, index) for index, line in enumerate(lines))
    grid = "<w:gridCol/>" * len(_HEADER)
    table = f'<w:tbl xmlns:w="{_W}"><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    document = Document()
    document.add_paragraph("宁波市与上海市产业合作对口联系计划表")
    document.element.body.insert(1, etree.fromstring(table))
    document.add_paragraph()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _docx_row(line: Sequence[str], index: int) -> str:
    cells: list[str] = []
    for column, text in enumerate(line):
        merge = ""
        if column == 1 and index:
            starts = (index - 1) % _HOME_SPAN == 0
            merge = '<w:vMerge w:val="restart"/>' if starts else "<w:vMerge/>"
            text = text if starts else ""
        cells.append(f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    return f"<w:tr>{''.join(cells)}</w:tr>"


def xlsx_plan(count: int, merges: int) -> bytes:
    """A sheet with a fifth of its partners unknown; the first home cells are merged over four rows each."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("计划表")
    lines = [_HEADER, *plan(count, unknown=0.2)]
    merged = merges * _HOME_SPAN
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            if column != 1 or row == 0 or row > merged:
                sheet.write(row, column, text)
    for first in range(1, min(merged, count) + 1, _HOME_SPAN):
        sheet.merge_range(first, 1, first + _HOME_SPAN - 1, 1, lines[first][1])
    book.close()
    return buffer.getvalue()


def ingest(data: bytes, name: str) -> None:
    """End to end into a new store."""
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder))
        library = Library(store, Settings.model_validate({"COOPGRAPH_DATA_DIR": folder, "NEO4J_URI": None}))
        library.ingest([(name, data)])
        store.close()


def insert(claims: Sequence[Claim]) -> None:
    """The same claims into the same table with its indexes, in one transaction."""
    schema = files("graph.backends").joinpath("schema.sql").read_text(encoding="utf-8")
    wanted = [s for s in schema.split(";") if "TABLE claim " in s or " ON claim " in s]
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "bare.sqlite3")
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + ";".join(wanted))
        marks = ", ".join("?" * 15)
        connection.executemany(f"INSERT INTO claim VALUES ({marks})", [claim_row(claim) for claim in claims])
        connection.commit()
        connection.close()


def walk(data: bytes, part: str) -> int:
    """One lxml pass over a part of the file, reading every text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(part), etree.XMLParser(huge_tree=True))
    return sum(len(element.text or "") for element in root.iter(etree.Element))


def stated(data: bytes, name: str) -> list[Claim]:
    """The claims that the file states."""
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder))
        library = Library(store, Settings.model_validate({"COOPGRAPH_DATA_DIR": folder, "NEO4J_URI": None}))
        claims = list(library.preview([(name, data)]).reading.claims)
        store.close()
        return claims


def main() -> None:
    times: dict[int, float] = {}
    for count in (1_000, 4_000):
        data = docx_plan(count)
        claims = stated(data, "计划.docx")
        bare = _both(lambda d=data: walk(d, "word/document.xml"), lambda c=claims: insert(c))
        times[count], base = side_by_side(
            lambda d=data: ingest(d, "计划.docx"), bare, clock=time.process_time
        )
        what = f"DOCX {count:,} merged rows, {len(claims):,} claims, ingested"
        judge_ratio(what, times[count], base, 10, "lxml walk and insert")
    judge_growth("DOCX 4,000 rows against 1,000", times[4_000], times[1_000], 4)
    data = xlsx_plan(20_000, 4_000)
    claims = stated(data, "计划.xlsx")
    bare = _both(lambda: _sheet(data), lambda: insert(claims))
    whole, base = side_by_side(lambda: ingest(data, "计划.xlsx"), bare, clock=time.process_time)
    what = f"XLSX 20,000 rows, 4,000 merges, {len(claims):,} claims, ingested"
    judge_ratio(what, whole, base, 4, "calamine, lxml and insert")
    judge_megabytes("peak memory of a process that ingests that sheet", _peak(data), 800)


def _both(first: Callable[[], object], second: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        first()
        second()

    return run


def _sheet(data: bytes) -> int:
    CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return walk(data, "xl/worksheets/sheet1.xml")


def _peak(data: bytes) -> float:
    """Megabytes resident at most in a process that does nothing but ingest the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "计划.xlsx"
        path.write_bytes(data)
        command = [sys.executable, "-m", "benchmarks.bench_ingest", str(path)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        ingest(Path(sys.argv[1]).read_bytes(), sys.argv[1])
        print(peak_memory())
    else:
        main()
