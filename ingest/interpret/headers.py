"""Where a table's header stands, over how many rows, and its words column by column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from graph.ids import normalise
from ingest.interpret.sheet import Sheet
from ingest.naming.separators import DASH

_HEADER_WITHIN = 8
"""Rows of several texts in which a header is sought."""
_LONGEST_HEADER = 40
_TITLES_WITHIN = 40
"""Rows that are looked through where those above hold one text each: a whole notice pasted over its table."""
_PART = re.compile(
    r"^.{0,8}(?:名称|单位|部门|姓名|职务|时间|时限|期限|数量|类别|方向|内容|目标|措施|指标|序号|编号|备注|地点|地址|地区|领导|企业|学校"
    r"|医院|高校|院校|园区|机构|对象|(?:所在|所属).{1,8}|地市|市州|市\(州\)|县\(市、区\)|区县\(市\)|县区|区县)$|^[省市区县州村镇乡]$"
)
_COUPLES = re.compile("结对|对口|双方|(?:协作|合作|帮扶|支援|共建)关系")
_TOTAL = re.compile(r"\s*[合总小共]\s*计")
_DEEPEST_HEADER = 2
"""Rows below the first that a header may have."""


def header_rows(sheet: Sheet) -> list[tuple[int, int]]:
    """Candidates for (first, last) header row; rows of one text are titles."""
    found: list[tuple[int, int]] = []
    sought = 0
    for row in range(1, min(_TITLES_WITHIN, sheet.rows) + 1):
        cells = sheet.distinct(row)
        filled = [c for c in cells if c.text.strip()]
        sought += len(filled) > 1
        if sought > _HEADER_WITHIN:
            break
        if len(filled) < 2 or any(len(normalise(c.text)) > _LONGEST_HEADER for c in filled):
            continue
        if any(c.row < row for c in cells):
            continue
        depth = max(c.rowspan for c in cells)
        last = min(row + depth - 1, sheet.rows)
        if depth == 1 and (lower := _lower_rows(sheet, row)):
            found.append((row, row + lower))
            if _are_parts(sheet, row + lower):
                continue
        found.append((row, last))
    return found


def _lower_rows(sheet: Sheet, row: int) -> int:
    """How many rows below belong to the header, where its merges were lost or stand only sideways: they have words
    under wide headers only, and together one for each column."""
    within, last = set(range(1, sheet.columns + 1)), row
    while last - row < _DEEPEST_HEADER and last < sheet.rows:
        within &= _wide(sheet, last)
        below = {c for c in range(1, sheet.columns + 1) if sheet.cell(last + 1, c).text.strip()}
        if not below or not below <= within:
            break
        last += 1
    named = (
        any(sheet.cell(r, c).text.strip() for r in range(row, last + 1)) for c in range(1, sheet.columns + 1)
    )
    return last - row if all(named) else 0


def _are_parts(sheet: Sheet, row: int) -> bool:
    """Whether most texts of a row say what stands below them (所在地市, 学校名称, 姓名) and are no names themselves."""
    texts = [normalise(c.text) for c in sheet.distinct(row) if c.text.strip()]
    return sum(bool(_PART.match(text)) for text in texts) * 2 > len(texts)


def _wide(sheet: Sheet, row: int) -> set[int]:
    """Columns of a row that a header may cover from the left: merged sideways, blank, or before a blank."""
    found: set[int] = set()
    for c in range(1, sheet.columns + 1):
        cell = sheet.cell(row, c)
        right = sheet.cell(row, c + 1) if c < sheet.columns else None
        blank_right = right is not None and right is not cell and not right.text.strip()
        if cell.colspan > 1 or not cell.text.strip() or blank_right:
            found.add(c)
    return found


def header_parts(sheet: Sheet, first: int, last: int, column: int) -> tuple[str, ...]:
    """Header words of a column from top to bottom, each once; a blank top takes the one to its left, where the
    row below goes on."""
    parts: list[str] = []
    for row in range(first, last + 1):
        text = normalise(sheet.cell(row, column).text)
        if not text and any(sheet.cell(r, column).text.strip() for r in range(row + 1, last + 1)):
            text = next(
                (t for c in range(column - 1, 0, -1) if (t := normalise(sheet.cell(row, c).text))), ""
            )
        if text and text not in parts:
            parts.append(text)
    return tuple(parts) or ("",)


def second_side(headers: Sequence[tuple[str, ...]]) -> str:
    """The second of two headers that each span several columns (山东省: 市, 县; 甘肃省: 市, 县): below them words say
    only the level of place, and it stands over the other side. Empty where the header is of another form."""
    tops = [parts[0] for parts in headers if len(parts) > 1]
    spans = list(dict.fromkeys(tops))
    return spans[1] if len(spans) == 2 and all(tops.count(top) > 1 for top in spans) else ""


def side_by_side(headers: Sequence[tuple[str, ...]]) -> tuple[range, ...]:
    """The columns (from 0) of each panel where the same headers stand side by side (双栏), with or without blank
    columns between; else all columns as one."""
    count = len(headers)
    for width in range(2, count // 2 + 1):
        if count % width == 0 and headers[0] != ("",) and _come_again(headers, width):
            return tuple(range(at, at + width) for at in range(0, count, width))
    blank = [-1, *(i for i, parts in enumerate(headers) if parts == ("",)), count]
    parted = tuple(range(a + 1, b) for a, b in pairwise(blank) if b > a + 1)
    alike = {tuple(headers[i] for i in place) for place in parted}
    return parted if len(parted) > 1 and len(alike) == 1 and len(parted[0]) > 1 else (range(count),)


def _come_again(headers: Sequence[tuple[str, ...]], width: int) -> bool:
    return all(parts == headers[i % width] for i, parts in enumerate(headers))


def couple(text: str) -> list[str]:
    """The parts of a cell that a dash parts: 海平区——木川县."""
    return [part for part in (one.strip() for one in DASH.split(text)) if part]


def are_couples(texts: Sequence[str]) -> bool:
    """Whether each of the texts is two names with a dash between them."""
    return bool(texts) and all(len(couple(text)) == 2 for text in texts)


def says_couples(header: str) -> bool:
    """Whether a header speaks of a relation between two."""
    return bool(_COUPLES.search(header))


def has_couples(sheet: Sheet, headers: Sequence[tuple[str, ...]], last: int) -> bool:
    """Whether below such a header, in row `last`, each cell holds both sides of a pair."""
    for column, parts in enumerate(headers, 1):
        if says_couples(parts[-1]):
            cells = (sheet.cell(row, column) for row in range(last + 1, sheet.rows + 1))
            texts = [c.text for c in cells if c.colspan == 1 and c.text.strip() and not _TOTAL.match(c.text)]
            if are_couples(texts):
                return True
    return False
