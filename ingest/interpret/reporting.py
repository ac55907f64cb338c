"""Rows that cannot be read: said aloud, their cells unreadable, never half-read."""

from __future__ import annotations

from collections.abc import Sequence

from graph.vocabulary import Use
from ingest.interpret.book import Book
from ingest.interpret.lookup import is_figure
from ingest.interpret.matching import Column, Layout
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet
from ingest.interpret.values import Entry, Has

_MESSAGES = {
    "row_truncated": "此行只有序号或只剩一部分，其余内容在原文中缺失，未据此建立任何关系。",
    "row_ambiguous": "此行的内容无法确定归属（{why}），整行未读，请对照原文补全后重新导入。",
}


def lose(
    book: Book,
    sheet: Sheet,
    entry: Entry,
    columns: tuple[Column, ...],
    code: str,
    why: str = "单元格对不上列",
) -> None:
    """Report a row that cannot be read; all of its cells but the number become unreadable."""
    first = next((c for c in entry.cells if c.row == entry.row), entry.cells[0])
    lost = next(
        (c.column for c, v in zip(entry.cells, entry.values, strict=True) if v.has is Has.UNREADABLE), None
    )
    text = "　".join(
        dict.fromkeys(c.text.strip() for c in entry.cells if c.row == entry.row and c.text.strip())
    )
    book.problem(code, _MESSAGES[code].format(why=why), entry.row, lost or first.column, text[:200])
    for column, cell in zip(columns, entry.cells, strict=True):
        if cell.row == entry.row and not (column.role == "number" and cell.text.strip()):
            sheet.mark(cell, Use.UNREADABLE, code)
            sheet.mark_under(cell, Use.UNREADABLE)


def doubt(book: Book, sheet: Sheet, entry: Entry, positions: Sequence[int]) -> bool:
    """Whether all of these cells are blank and one may be the rest of a merge that the format lost; they are reported
    and become unreadable, for nothing tells whose they are."""
    values = [entry.values[i] for i in positions]
    if any(v.has is not Has.BLANK for v in values) or not any(v.doubtful for v in values):
        return False
    for i in positions:
        sheet.mark(entry.cells[i], Use.UNREADABLE, "row_ambiguous")
    first = next(v for v in values if v.doubtful)
    message = (
        "此行此处空白，而这种文件格式不保留合并单元格，无法确定是未填写还是与上一行合并，未据此建立关系；"
        "请改用 DOCX 或 XLSX 文件导入，或补全空白。"
    )
    book.problem("row_ambiguous", message, entry.row, first.column)
    return True


def unreadable(book: Book, sheet: Sheet, entry: Entry, at: int, why: str = "此格内容无法辨认") -> None:
    """Report one cell that cannot be read."""
    cell, value = entry.cells[at], entry.values[at]
    sheet.mark(cell, Use.UNREADABLE, "unreadable_cell")
    message = f"{why}，未据此建立关系，请对照原文。"
    book.problem("unreadable_cell", message, entry.row, value.column, value.printed)


def headless(book: Book, layout: Layout, body: Body) -> None:
    """Report each column that has words, and no header to say what they are, where the first of them stands."""
    for at, panel in enumerate(layout.panels):
        for i in (i for i, c in enumerate(panel) if not c.header and c.index not in layout.marks):
            rows = (e for e in body.entries if e.panel == at and not e.lost)
            told = (e for e in rows if e.cells[i].column == panel[i].index and not is_figure(e.cells[i].text))
            if (entry := next(told, None)) is not None:
                text = entry.cells[i].text
                message = "此列没有表头，其内容已保留、未读；请补上表头，或核对此行是否多出一格。"
                book.problem("unreadable_cell", message, entry.row, panel[i].index, text)


def duplicate(book: Book, entry: Entry, first: int) -> None:
    """Report a row that says the same as an earlier one."""
    column = entry.cells[0].column
    book.problem("duplicate_row", f"此行与第{first}行内容相同。", entry.row, column)
