"""Tables that a page flattened to one cell a line, found again by their header words and the count of columns.

A header may be broken over lines (牵头 / 领导). Rows are told by the 序号: where the lines between two numbers are
as many as the columns, the row is whole; where they are not, and no line plainly goes on in the next, the row is
kept in one cell marked `row_ambiguous`, for which cell is missing or broken cannot be told. The table ends where
rows stop fitting; a last row of which only the number is sure has empty cells marked `row_truncated`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.ids import normalise
from graph.tables import Cell, Table
from graph.vocabulary import Use
from ingest.blocks import Block, Paragraph
from ingest.interpret.header_words import match_header, words_of
from ingest.layouts.brokenlines import joined, joined_up_to
from ingest.naming.collectives import is_collective
from ingest.naming.person_names import people
from ingest.naming.words import said
from ingest.profiling import Profile

_LONGEST_HEADER_LINE = 16
_LONGEST_BROKEN = 10
"""A header that only a pattern knows is put together from lines up to this length: longer ones are several."""
_MOST_HEADER_LINES = 40
_MOST_COLUMNS = 16
_MOST_LINES_A_ROW = 60
_NUMBER = re.compile(r"^[(（]?(\d{1,4})[)）.、．]?$")
_GROUP = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]).{1,40}$")
TABLE_ENDS = re.compile(
    r"^附\s*件\s*[\d一二三四五六七八九十]*\s*[:：]?|^(?:注|备注|说明)\s*\d?\s*[:：]|^抄送"
)
_NO_CELL = re.compile(
    r"https?://|www\.|版权|责任编辑|关注.{0,4}微信|扫一扫|扫描二维码|打印本页|关闭窗口|返回顶部|上一篇|下一篇|站点|来源[:：]|咨询[:：]|字体[:：]|分享到"
)
_POST = re.compile(r"(?:书记|[省市县区州旗镇乡部局厅处院校会]长|主任|主席|常委|秘书长)$")
"""How the post of a leader ends, which is no name of a body."""
_ONCE = frozenset({"number", "leader", "lead", "support", "responsible", "due"})
_NONE = frozenset("无/—-－–")
_NAMES = frozenset({"lead", "support", "responsible", "home", "counterpart", "member"})


@dataclass(frozen=True, slots=True)
class _Header:
    """Header cells, and how well a profile knows them: 2 for each plain word, 1 for each by a pattern."""

    profile: Profile
    cells: tuple[str, ...]
    known: int

    @property
    def repeats(self) -> int:
        """How many columns have a role of tasks that another has: 牵头 / 领导 read apart beside 牵头单位."""
        roles = [role for c in range(len(self.cells)) if (role := self.role(c)) in _ONCE]
        return len(roles) - len(set(roles))

    def role(self, column: int) -> str:
        rule = match_header((normalise(self.cells[column]),), self.profile)
        return rule.role if rule else ""


@dataclass(slots=True)
class _Row:
    """The lines of one row; `fate` is `whole`, `group`, `row_ambiguous` or `row_truncated`."""

    lines: list[str]
    fate: str


def recognise(blocks: Sequence[Block], profiles: Sequence[Profile]) -> list[Block]:
    """The blocks with runs of paragraphs that are a table in place of the paragraphs; all others stay as they are."""
    numbers = {
        normalise(w)
        for p in profiles
        for r in p.columns
        if r.role == "number"
        for w in r.words
        if w[0] != "/"
    }
    found: list[Block] = []
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        found += _recognise_run(run, numbers, profiles)
        found.append(block)
        run = []
    return [*found, *_recognise_run(run, numbers, profiles)]


def _recognise_run(run: Sequence[Paragraph], numbers: set[str], profiles: Sequence[Profile]) -> list[Block]:
    """The same for paragraphs that directly follow each other."""
    lines = [paragraph.text.strip() for paragraph in run]
    found: list[Block] = []
    at = 0
    while at < len(run):
        read = _table(lines, at, profiles) if normalise(lines[at]) in numbers else None
        found.append(run[at] if read is None else read[0])
        at = at + 1 if read is None else read[1]
    return found


def _table(lines: Sequence[str], start: int, profiles: Sequence[Profile]) -> tuple[Table, int] | None:
    """The table whose header begins at a line, and the line after its last, or None."""
    ahead = range(start, min(len(lines), start + _MOST_HEADER_LINES))
    first = next((i for i in ahead if _number(lines[i]) == 1), None)
    if first is None or first < start + 2:
        return None
    printed = lines[start:first]
    if any(len(normalise(text)) > _LONGEST_HEADER_LINE for text in printed):
        return None
    best: tuple[tuple[int, int, int], _Header, list[_Row], int] | None = None
    for header in _headers(printed, profiles):
        rows, after = _rows(lines, first, header, printed)
        whole = sum(1 for row in rows if row.fate == "whole")
        if header.known < len(header.cells) or (not whole and header.known < 2 * len(header.cells)):
            continue
        rank = whole, -header.repeats, header.known
        if best is None or rank > best[0]:
            best = rank, header, rows, after
    if best is None:
        return None
    _, header, rows, after = best
    return _grid(header, rows), after


def _headers(lines: Sequence[str], profiles: Sequence[Profile]) -> list[_Header]:
    """For each profile and each count of columns, the way to join header lines that it knows best."""
    found: list[_Header] = []
    for profile in profiles:
        ways: list[dict[int, tuple[int, tuple[str, ...]]]] = [{0: (0, ())}]
        for end in range(1, len(lines) + 1):
            here: dict[int, tuple[int, tuple[str, ...]]] = {}
            for length in range(1, min(3, end) + 1):
                cell = "".join(lines[end - length : end])
                loud = header_loudness(normalise(cell), profile)
                if length > 1 and (not loud or (loud < 2 and len(normalise(cell)) > _LONGEST_BROKEN)):
                    continue
                for count, (score, cells) in ways[end - length].items():
                    better = (score + loud, (*cells, cell))
                    if count < _MOST_COLUMNS and better[0] > here.get(count + 1, (-1, ()))[0]:
                        here[count + 1] = better
            ways.append(here)
        found += [_Header(profile, cells, score) for count, (score, cells) in ways[-1].items() if count > 1]
    return found


def header_loudness(header: str, profile: Profile) -> int:
    """2 for a plain header word, 1 for one that a pattern matches, 0 for an unknown one."""
    if header in words_of(profile.columns).plain:
        return 2
    return 1 if match_header((header,), profile) else 0


def _rows(
    lines: Sequence[str], first: int, header: _Header, printed: Sequence[str]
) -> tuple[list[_Row], int]:
    """The rows from the line of the number 1 on, and the line after the last of them."""
    width = len(header.cells)
    rows: list[_Row] = []
    at, number = first, 1
    while True:
        after = _next_number(lines, at, number + 1, width, printed)
        if after is None:
            break
        rows += _between(list(lines[at:after]), header, printed)
        at, number = after, number + 1
    last, used = _last(lines, at, header, printed[0])
    return [*rows, *last], used


def _next_number(
    lines: Sequence[str], at: int, number: int, width: int, printed: Sequence[str]
) -> int | None:
    """Where the row with the next number begins: one row below if it does, else the next line that is it.

    Another header ends the table, unless it is the same one and the next number stands below it."""
    if at + width < len(lines) and _number(lines[at + width]) == number:
        return at + width
    for i in range(at + 1, min(len(lines), at + _MOST_LINES_A_ROW)):
        if _number(lines[i]) == number:
            return i
        if lines[i] == printed[0]:
            again = i + len(printed)
            goes_on = list(lines[i:again]) == list(printed) and again < len(lines)
            return again if goes_on and _number(lines[again]) == number else None
        if TABLE_ENDS.match(lines[i]):
            return None
    return None


def _between(lines: list[str], header: _Header, printed: Sequence[str]) -> list[_Row]:
    """The row that these lines are, with a group heading that stands before the next row."""
    width = len(header.cells)
    groups: list[_Row] = []
    again = len(printed)
    for i in range(1, len(lines) - again + 1):
        if lines[i : i + again] == list(printed):
            del lines[i : i + again]
            break
    if len(lines) > width and _GROUP.match(lines[-1]):
        groups.append(_Row([lines.pop()], "group"))
    if len(lines) > width:
        lines = joined(lines)
    fits = len(lines) == width and all(may_stand(text, header.role(i)) for i, text in enumerate(lines))
    return [_Row(lines, "whole" if fits else "row_ambiguous"), *groups]


def _last(lines: Sequence[str], at: int, header: _Header, begins: str) -> tuple[list[_Row], int]:
    """The row of the last number: whole when as many lines follow and every one can stand in its column."""
    width = len(header.cells)
    ahead = range(at + 1, min(len(lines), at + width))
    stop = next((i for i in ahead if TABLE_ENDS.match(lines[i]) or lines[i] == begins), at + width)
    cells = list(lines[at:stop])
    if len(cells) == width and (whole := joined_up_to(lines[at:], width)) is not None:
        cells, stop = whole
        stop += at
    fits = len(cells) == width and all(
        may_stand(text, header.role(i), strictly=True) for i, text in enumerate(cells)
    )
    if fits:
        return [_Row(cells, "whole")], stop
    cut = [text for text in lines[at:] if text]
    if stop < at + width or len(cut) == len(lines) - at < width:
        ends = [c for c in cells if c]
        if all(may_stand(text, header.role(i), strictly=True) for i, text in enumerate(ends)):
            return [_Row(ends, "row_truncated")], at + len(cells)
    return [_Row([lines[at]], "row_truncated")], at + 1


def may_stand(text: str, role: str, *, strictly: bool = False) -> bool:
    """Whether a text can be a cell of a column with this role. `strictly`: nothing below says that the row is whole."""
    plain = normalise(text)
    if role == "number":
        return _number(text) is not None
    if strictly and _NO_CELL.search(text):
        return False
    if role == "leader":
        return plain in _NONE or (
            any(p.name or len(p.post) <= 12 for p in people(text)) and "。" not in plain
        )
    if role not in _NAMES:
        return True
    pieces = [p for p in re.split(r"[、，,；;/\n]", plain) if p]
    if "。" in plain or any(len(p) > 40 or _number(p) is not None or _POST.search(p) for p in pieces):
        return False
    return (
        not strictly
        or plain in _NONE
        or all(said(p) is not None or is_collective(p) or (len(p) <= 12 and ":" not in p) for p in pieces)
    )


def _number(text: str) -> int | None:
    match = _NUMBER.match(text)
    return int(match[1]) if match else None


def _grid(header: _Header, rows: Sequence[_Row]) -> Table:
    width = len(header.cells)
    cells = [Cell(1, c, text) for c, text in enumerate(header.cells, 1)]
    for r, row in enumerate(rows, 2):
        if row.fate == "whole":
            cells += [Cell(r, c, text) for c, text in enumerate(row.lines, 1)]
        elif row.fate == "group":
            cells.append(Cell(r, 1, row.lines[0], colspan=width))
        elif row.fate == "row_truncated":
            cells.append(Cell(r, 1, row.lines[0]))
            rest = [*row.lines[1:], *[""] * (width - len(row.lines))]
            cells += [Cell(r, c, text, use=Use.UNREADABLE, reason=row.fate) for c, text in enumerate(rest, 2)]
        else:
            cells.append(Cell(r, 1, row.lines[0]))
            text = "\n".join(row.lines[1:])
            cells.append(
                Cell(r, 2, text, colspan=width - 1, use=Use.UNREADABLE, reason=row.fate, under=Use.UNREADABLE)
            )
    return Table(rows=len(rows) + 1, columns=width, cells=tuple(cells))
