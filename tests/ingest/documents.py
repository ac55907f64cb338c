"""Small documents that the library's tests ingest. Names are those that the shipped gazetteers know, or made up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from docx import Document

NUMBER = "甬政办发〔2020〕9号"
NOTICE = (
    "宁波市人民政府办公厅关于印发宁波市推进沪甬产业合作工作方案的通知",
    NUMBER,
    "各区县(市)人民政府：",
    "各区县(市)、开发园区按照对口联系计划(详见附件2)，加强与上海市有关园区、科研机构、国有企业对口合作。",
    "宁波市人民政府办公厅",
    "2020年4月1日",
    "附件：1.任务分工表",
    "2.宁波市各区县(市)、开发园区与上海市产业合作对口联系计划表",
)
TASKS = (
    ("序号", "工作目标", "牵头领导", "牵头单位", "配合单位"),
    ("1", "建立交流机制", "王一", "市经信局", "各区县(市)政府"),
    ("2", "建设示范园区", "李二", "市发改委", "市经信局、市支援合作局"),
)
PLAN = (
    ("序号", "区县(市)、开发园区", "上海园区", "上海科研机构", "上海国有企业"),
    ("1", "海曙区", "虹桥经济技术开发区", "东华大学", "百联集团有限公司"),
    ("2", "江北区", "上海漕河泾新兴技术开发区", "无", ""),
)
Rows = Sequence[Sequence[str]]


def docx(*parts: str | Rows) -> bytes:
    """A Word file of paragraphs (texts) and tables (rows of texts), in order."""
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]))
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer)


def _timeless(written: io.BytesIO) -> bytes:
    """The archive with fixed times: the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name))
    return buffer.getvalue()


def notice(*, plan: bool = False, tasks: Rows = TASKS) -> bytes:
    """A notice with attachment 1, and with attachment 2 if asked."""
    more: list[str | Rows] = ["附件2", NOTICE[-1].removeprefix("2."), PLAN] if plan else []
    return docx(*NOTICE, "附件1", "任务分工表", tasks, *more)


def attachment_two(rows: Rows = PLAN, *, number: str = "") -> bytes:
    """Attachment 2 as a file of its own, with the document's number if given."""
    head = [number] if number else []
    return docx(*head, "附件2", NOTICE[-1].removeprefix("2."), rows)


def pairing(title: str, *rows: Sequence[str], number: str = "", date: str = "") -> bytes:
    """A document that is one counterpart table."""
    head = [text for text in (number, title, date) if text]
    return docx(*head, [["序号", "宁波市区县(市)", "对口单位"], *rows])
