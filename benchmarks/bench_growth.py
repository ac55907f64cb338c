"""Growth and limits: the same plan in every format, 1,000 and 4,000 rows of it; memory at the largest sheet allowed.

Four times the rows may take four times the processor's time, and a tenth for what the machine does beside.
"""

from __future__ import annotations

import csv
import html
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.bench_ingest import docx_plan, ingest, plan, xlsx_plan
from benchmarks.bench_readers import empty_rows, pdf_plan
from benchmarks.measuring import (
    best_of,
    judge_growth,
    judge_megabytes,
    judge_outcome,
    leave_out,
    peak_memory,
    print_row,
)
from graph.errors import FileRejected
from graph.office import convert, soffice_path

_HEADER = ["序号", "本市单位", "对口园区", "对口科研机构", "对口国有企业", "合作领域"]
_SMALL, _LARGE = 1_000, 4_000
_ROWS_A_PAGE = 40
_LARGEST = 33_000
"""Rows of six cells, of which a home cell fills four rows: just under 200,000 filled cells."""


def _csv(rows: int) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_HEADER, *plan(rows, unknown=0.0)])
    return text.getvalue().encode("gb18030")


def _text(rows: int) -> bytes:
    return "\n".join("\t".join(line) for line in [_HEADER, *plan(rows, unknown=0.0)]).encode()


def _html(rows: int) -> bytes:
    lines = [_HEADER, *plan(rows, unknown=0.0)]
    cells = ("".join(f"<td>{html.escape(text)}</td>" for text in line) for line in lines)
    body = "".join(f"<tr>{line}</tr>" for line in cells)
    return f"<!doctype html><meta charset=utf-8><p>对口联系计划表</p><table>{body}</table>".encode()


def _flat(rows: int) -> bytes:
    """A page whose table was flattened to one cell a line."""
    cells = [text for line in [_HEADER, *plan(rows, unknown=0.0)] for text in line]
    return "\n".join(["宁波市与上海市产业合作对口联系计划表", *cells]).encode()


def _by_office(rows: int, made: bytes, source: str, target: str) -> bytes:
    """The same file in a format that only LibreOffice writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{rows}{source}"
        path.write_bytes(made)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [
            soffice_path() or "soffice",
            profile,
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            folder,
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return path.with_suffix(f".{target}").read_bytes()


_MAKERS: dict[str, Callable[[int], bytes]] = {
    "计划.docx": docx_plan,
    "计划.xlsx": lambda rows: xlsx_plan(rows, rows // 5),
    "计划.csv": _csv,
    "计划.txt": _text,
    "逐行.txt": _flat,
    "计划.html": _html,
    "计划.pdf": lambda rows: pdf_plan(rows // _ROWS_A_PAGE),
}
_BY_OFFICE: dict[str, Callable[[int], bytes]] = {
    "计划.xls": lambda rows: _by_office(rows, xlsx_plan(rows, rows // 5), ".xlsx", "xls"),
}


def main() -> None:
    makers = _MAKERS | (_BY_OFFICE if soffice_path() else {})
    for name, make in makers.items():
        times = {}
        for rows in (_SMALL, _LARGE):
            data = make(rows)
            runs = 1 if name.endswith("pdf") else 2
            times[rows] = best_of(runs, lambda d=data, n=name: ingest(d, n), time.process_time)
        what = f"{name}: {_LARGE:,} rows ingested, against {_SMALL:,}"
        judge_growth(what, times[_LARGE], times[_SMALL], _LARGE // _SMALL)
    if program := soffice_path():
        _compare_with_office(program)
    else:
        leave_out("计划.xls and 计划.doc", "LibreOffice is not installed")
    _judge_memory("the largest sheet allowed", xlsx_plan(_LARGEST, _LARGEST // 5), "ingested")
    _judge_memory("a million empty formatted rows", empty_rows(1_000_000), "ingested")
    _judge_memory("a sheet above the limit", xlsx_plan(_LARGEST * 2, 0), "refused")


def _compare_with_office(program: str) -> None:
    """A .doc is read through LibreOffice, whose own time grows faster than the rows; so against that alone."""
    data = _by_office(_SMALL, docx_plan(_SMALL), ".docx", "doc")
    alone = best_of(1, lambda: convert(program, data, ".doc", ".docx"))
    what = f"计划.doc: {_SMALL:,} rows ingested, against LibreOffice's conversion"
    print_row(what, best_of(1, lambda: ingest(data, "计划.doc")), alone)


def _judge_memory(what: str, data: bytes, wanted: str) -> None:
    """Outcome, time and megabytes resident at most of a process that does nothing but ingest the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "计划.xlsx"
        path.write_bytes(data)
        command = [sys.executable, "-m", "benchmarks.bench_growth", str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    outcome, seconds, peak = done.stdout.split()
    judge_outcome(f"{what}: {outcome} in {float(seconds):.1f} s", outcome == wanted, wanted)
    judge_megabytes(f"{what}: peak memory", float(peak), 800)


def _child(path: Path) -> None:
    data = path.read_bytes()
    start = time.perf_counter()
    try:
        ingest(data, path.name)
        outcome = "ingested"
    except FileRejected:
        outcome = "refused"
    print(outcome, time.perf_counter() - start, peak_memory())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _child(Path(sys.argv[1]))
    else:
        main()
