"""Characters that no one sees but that break names and pages: control, bidirectional and zero-width ones.

Done once for every format, after reading, so that no reader needs to think of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.model import Problem
from graph.tables import Table
from graph.vocabulary import PROBLEMS
from ingest.blocks import Block, Paragraph, ReadFile

_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls but for tab and line breaks
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, bidirectional
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"  # no characters at all, and tags
)


def _is_clean(text: str) -> bool:
    """Whether there is certainly nothing to do; much faster than looking for each character."""
    return text.replace("\n", "").replace("\t", "").replace("\u3000", "").replace("\xa0", "").isprintable()


def clean(text: str) -> tuple[str, int]:
    """The text with line breaks as `\\n` and without invisible characters; how many of those went."""
    return (text, 0) if _is_clean(text) else _INVISIBLE.subn("", _LINE_BREAK.sub("\n", text))


def problem(
    code: str,
    message: str,
    *,
    text: str = "",
    table: int | None = None,
    row: int | None = None,
    column: int | None = None,
) -> Problem:
    """A problem with the severity that the vocabulary gives to its code."""
    return Problem(code, PROBLEMS[code].severity, message, text, table, row, column)


def cleaned(file: ReadFile) -> ReadFile:
    """The file without invisible characters, with one `characters_removed` a table and one for all paragraphs.

    Properties and titles are cleaned too, silently: they are no part of the printed text.
    """
    blocks: list[Block] = []
    problems: list[Problem] = []
    removed = table_number = 0
    for block in file.blocks:
        if isinstance(block, Table):
            table_number += 1
            block, report = _clean_table(block, table_number)
            problems += report
        else:
            text, count = clean(block.text)
            removed += count
            block = Paragraph(text, block.heading, block.origin) if text != block.text else block
        blocks.append(block)
    if removed:
        problems.append(problem("characters_removed", f"正文中有{removed}个不可见的控制字符，已去除。"))
    properties = {key: clean(value)[0] for key, value in file.properties.items()}
    return replace(file, blocks=tuple(blocks), properties=properties, problems=(*file.problems, *problems))


def _clean_table(table: Table, number: int) -> tuple[Table, list[Problem]]:
    title = clean(table.title)[0]
    if _is_clean("".join(cell.text for cell in table.cells)):
        return (table if title == table.title else replace(table, title=title)), []
    removed = 0
    first: tuple[int, int] | None = None
    cells = list(table.cells)
    for index, cell in enumerate(cells):
        text, count = clean(cell.text)
        if text != cell.text:
            cells[index] = replace(cell, text=text.strip())
        if count:
            removed += count
            first = first or (cell.row, cell.column)
    report: list[Problem] = []
    if first:
        message = f"表格中有{removed}个不可见的控制字符，已去除。"
        report.append(problem("characters_removed", message, table=number, row=first[0], column=first[1]))
    return replace(table, title=title, cells=tuple(cells)), report
