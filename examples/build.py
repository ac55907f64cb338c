"""Build the example documents from the facts in `examples/facts/`.

    python examples/build.py [-o examples]

Each fact names its source. The same facts give the same bytes: times in the files are fixed. The plan between
Ningbo and Shanghai is illustrative: real names, pairs made up to show every state of coverage, marked 示例 in
title, page header and file properties.
"""

from __future__ import annotations

import argparse
import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

HERE = Path(__file__).resolve().parent
BUILT = datetime(2024, 1, 1)
Rows = list[list[str]]

ABOVE = "^"
"""A cell of the facts that is merged with the one above it."""


def facts(name: str) -> list[dict[str, str]]:
    """The rows of a CSV in `examples/facts/`."""
    with (HERE / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def responsibility_table() -> bytes:
    """甬政办发〔2019〕32号: who leads and supports which task, without the column of measures; attachment 2 is
    announced, as in the notice, and absent."""
    document = _document("宁波市推进沪甬产业合作工作方案")
    _centred(document, "甬政办发〔2019〕32号")
    _centred(document, "宁波市人民政府办公厅关于印发宁波市推进沪甬产业合作工作方案的通知", size=16)
    document.add_paragraph("本件按公开事实整理，只有附件1的任务、领导和单位，不是原件。")
    document.add_paragraph("各区县(市)、开发园区与上海市园区、创新机构、国有企业对口联系，详见附件2。")
    for line in ("宁波市人民政府办公厅", "2019年3月19日"):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("附件：1.沪甬产业合作重点工作任务分工表")
    document.add_paragraph("2.宁波市各区县(市)、开发园区与上海市产业合作对口联系计划表")
    document.add_page_break()
    document.add_paragraph("附件1")
    _centred(document, "沪甬产业合作重点工作任务分工表", size=16)
    header = ["序号", "工作目标", "牵头领导", "牵头单位", "配合单位"]
    columns = ("number", "task", "leader", "lead", "support")
    _table(document, [header, *([row[c] for c in columns] for row in facts("ningbo-2019-32"))])
    return _docx(document)


def counterpart_plan() -> bytes:
    """The illustrative plan: ten districts and six of seven zones against parks, institutes and enterprises."""
    title = "宁波市各区县(市)、开发园区与上海市产业合作对口联系计划表（示例）"
    document = _document("沪甬产业合作对口联系计划（示例）")
    document.core_properties.keywords = "示例"
    document.core_properties.subject = "示例：单位名称真实，配对为演示而拟"
    document.sections[0].header.paragraphs[0].text = "示例"
    _centred(document, "关于印发宁波市推进沪甬产业合作工作方案（示例）的通知", size=16)
    document.add_paragraph("示例：单位名称取自公开名录，对口关系为演示而拟，不是任何机关的文件。")
    document.add_paragraph("附件1")
    _centred(document, title, size=16)
    header = ["序号", "区县(市)、开发园区", "上海园区", "上海科研机构", "上海国有企业", "合作领域"]
    columns = ("home", "parks", "institutes", "enterprises", "sector")
    lines = [[str(n), *(row[c] for c in columns)] for n, row in enumerate(facts("huyong-illustrative"), 1)]
    _table(document, [header, *lines])
    return _docx(document)


def pairing_list() -> bytes:
    """宁波–延边 2017: ten districts and their partners; a partner of two stands in one merged cell."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": "宁波市与延边州对口结对名单", "created": BUILT})
    sheet = book.add_worksheet("结对名单")
    middle = book.add_format({"align": "center", "valign": "vcenter", "border": 1, "text_wrap": True})
    heading = book.add_format({"align": "center", "valign": "vcenter", "bold": True, "font_size": 14})
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 3, 22)
    sheet.merge_range(0, 0, 0, 3, "宁波市10个区县(市)与延边州8个县市对口结对名单", heading)
    sheet.merge_range(1, 0, 1, 3, "（2017年5月16日）", middle)
    for column, text in enumerate(("序号", "宁波市区县(市)", "延边州县市", "结对关系")):
        sheet.write(2, column, text, middle)
    rows = facts("ningbo-yanbian-2017")
    for row, fact in enumerate(rows, 3):
        sheet.write(row, 0, row - 2, middle)
        sheet.write(row, 1, fact["home"], middle)
        sheet.write(row, 3, fact["relation"], middle)
    for first, last in _runs([fact["partner"] for fact in rows]):
        if first == last:
            sheet.write(first + 3, 2, rows[first]["partner"], middle)
        else:
            sheet.merge_range(first + 3, 2, last + 3, 2, rows[first]["partner"], middle)
    book.close()
    return _fixed(buffer.getvalue())


def _document(title: str) -> DocumentType:
    document = Document()
    properties = document.core_properties
    properties.author, properties.title = "", title
    properties.created = properties.modified = BUILT
    properties.comments = ""
    return document


def _centred(document: DocumentType, text: str, size: int = 11) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).font.size = Pt(size)


def _table(document: DocumentType, rows: Rows) -> None:
    """A ruled table; `^` merges a cell with the one above."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    cells = [table.rows[r].cells for r in range(len(rows))]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text != ABOVE:
                cells[r][c].text = text
    for c in range(len(rows[0])):
        column = [row[c] for row in rows]
        for first, last in _runs(column, merged=True):
            if last > first:
                cells[first][c].merge(cells[last][c]).text = column[first]


def _runs(values: Sequence[str], *, merged: bool = False) -> list[tuple[int, int]]:
    """(first, last) of the runs of equal neighbours, or of cells marked as merged with the one above."""
    runs: list[tuple[int, int]] = []
    for index, value in enumerate(values):
        goes_on = value == ABOVE if merged else bool(runs) and value == values[index - 1]
        if goes_on:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _docx(document: DocumentType) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return _fixed(buffer.getvalue())


def _fixed(data: bytes) -> bytes:
    """The same archive with fixed times and order, so that building twice gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "ningbo-2019-32.docx": responsibility_table,
    "ningbo-yanbian-2017.xlsx": pairing_list,
    "huyong-illustrative.docx": counterpart_plan,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the example documents from examples/facts/.")
    parser.add_argument("-o", "--out", type=Path, default=HERE, help="folder to write to")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, build in DOCUMENTS.items():
        (out / name).write_bytes(build())
        print(out / name)


if __name__ == "__main__":
    main()
