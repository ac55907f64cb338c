"""Reading large files, as ratios to the least that each format needs in the same run.

DOCX: one lxml walk. XLSX: calamine's read and one lxml pass of the sheet's XML. PDF: pdfplumber's own tables.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import lxml.etree as etree
import pdfplumber
import xlsxwriter
from python_calamine import CalamineWorkbook
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import SimpleDocTemplate, Table

from benchmarks.bench_ingest import docx_plan, plan, walk, xlsx_plan
from benchmarks.measuring import (
    best_of,
    judge_growth,
    judge_megabytes,
    judge_ratio,
    peak_memory,
    print_row,
    side_by_side,
)
from ingest.reading import read_file

_ROWS_A_PAGE = 40


def pdf_plan(pages: int) -> bytes:
    """One ruled table over about so many pages, its header repeated on each."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    header = ["序号", "本市单位", "对口园区", "对口科研机构", "对口国有企业", "合作领域"]
    rows = [header, *([cell[:8] for cell in row] for row in plan(pages * _ROWS_A_PAGE, unknown=0.0))]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light", 9)]
    buffer = io.BytesIO()
    table = Table(rows, colWidths=[40, 95, 95, 95, 95, 70], rowHeights=16, repeatRows=1, style=style)
    SimpleDocTemplate(buffer, pagesize=A4).build([table])
    return buffer.getvalue()


def empty_rows(count: int) -> bytes:
    """A sheet of one value and `count` rows that are only formatted."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet()
    border = book.add_format({"border": 1})
    sheet.write(0, 0, "值")
    for row in range(1, count + 1):
        sheet.set_row(row, 15, border)
        for column in range(6):
            sheet.write_blank(row, column, None, border)
    book.close()
    return buffer.getvalue()


def _calamine(data: bytes) -> None:
    CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def _calamine_and_walk(data: bytes) -> None:
    _calamine(data)
    walk(data, "xl/worksheets/sheet1.xml")


def _stream(data: bytes) -> None:
    """One streamed lxml pass, for a sheet too large for a tree."""
    _calamine(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("xl/worksheets/sheet1.xml") as part:
        for _, element in etree.iterparse(part, tag="{*}row"):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _pdfplumber(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()


def main() -> None:
    times: dict[int, float] = {}
    for count in (1_000, 4_000):
        data = docx_plan(count)
        times[count], bare = side_by_side(
            lambda d=data: read_file(d, "计划.docx"),
            lambda d=data: walk(d, "word/document.xml"),
            clock=time.process_time,
        )
        print_row(f"DOCX {count} rows, merged: against a bare lxml walk", times[count], bare)
    judge_growth("DOCX 4,000 rows against 1,000, read", times[4_000], times[1_000], 4)
    data = xlsx_plan(20_000, 4_000)
    whole, bare = side_by_side(
        lambda: read_file(data, "a.xlsx"), lambda: _calamine_and_walk(data), clock=time.process_time
    )
    judge_ratio("XLSX 20,000 rows, 4,000 merges, read", whole, bare, 2, "calamine and lxml")
    _judge_memory("计划.xlsx", data)
    data = empty_rows(1_000_000)
    bare = best_of(1, lambda: _stream(data), time.process_time)
    whole = best_of(1, lambda: read_file(data, "a.xlsx"), time.process_time)
    print_row("XLSX, a million empty formatted rows: against a streamed lxml pass", whole, bare)
    _judge_memory("空行.xlsx", data)
    for pages in (25, 100):
        data = pdf_plan(pages)
        bare = best_of(1, lambda d=data: _pdfplumber(d), time.process_time)
        times[pages] = best_of(1, lambda d=data: read_file(d, "计划.pdf"), time.process_time)
        judge_ratio(f"PDF {pages} ruled pages, read", times[pages], bare, 1.3, "pdfplumber's tables")
    judge_growth("PDF 100 pages against 25, read", times[100], times[25], 4)
    _judge_memory("计划.pdf", data)


def _judge_memory(name: str, data: bytes) -> None:
    """Megabytes resident at most in a process that does nothing but read the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        command = [sys.executable, "-m", "benchmarks.bench_readers", str(path)]
        peak = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    judge_megabytes(f"peak memory of a process that reads {name}", peak, 800)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        read_file(Path(sys.argv[1]).read_bytes(), sys.argv[1])
        print(peak_memory())
    else:
        main()
