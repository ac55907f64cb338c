"""Tagged paragraphs as one table: an item a row, its text, a column for each kind of tag, and the heading above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.tables import Cell, Table
from graph.vocabulary import Use
from ingest.lists.bodies import Bodies
from ingest.lists.tags import FIRST_LEADS, Segment, Tag, bare_segment, segments_of
from ingest.naming.separators import ORDINAL, plain

Line = tuple[int, str, int]
"""(index of the block, text, outline level)."""
HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[章节部]|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_LONGEST_HEADING = 60
_MOST_LINES = 12
_LEAST_TAGGED = 2
"""Tagged paragraphs from which on bare names in closing brackets are a tag too."""


@dataclass(slots=True)
class _Item:
    text: str
    tags: list[Tag]
    heading: str
    is_task: bool = True
    """False where a tag stands below a bare leader or place: what it says of them cannot be told."""


def tagged_lists(lines: Sequence[Line], bodies: Bodies) -> list[tuple[int, Table]]:
    """The tagged items of a file as one table, placed behind the block of the last of them; nothing without tags."""
    tagged = [segments_of(line, bodies) for _, line, _ in lines]
    if sum(map(bool, tagged)) < _LEAST_TAGGED:
        return _tagged(lines, tagged, bodies)
    bare = [
        bare_segment(line, bodies) if not found else None
        for (_, line, _), found in zip(lines, tagged, strict=True)
    ]
    both = [found or ([one] if one else []) for found, one in zip(tagged, bare, strict=True)]
    return _tagged(lines, both, bodies)


def _tagged(
    lines: Sequence[Line], tagged: Sequence[list[Segment]], bodies: Bodies
) -> list[tuple[int, Table]]:
    items: list[_Item] = []
    heading = title = note = ""
    pending: list[str] = []
    last, last_was_line = -1, False
    leading = _leading_headings(lines, tagged)
    for place, ((at, line, level), segments) in enumerate(zip(lines, tagged, strict=True)):
        if FIRST_LEADS.search(plain(line)) and (segments or re.match(r"注|备注|说明|[（(*]", line)):
            note = line if not segments else note or _noted(line)
        if not segments or place in leading:
            title = title or (line if "。" not in line and len(line) < 80 else "")
            if line != title and is_heading(line, level):
                heading, pending = line, [] if place in leading else [line]
            else:
                pending = [line] if ORDINAL.match(line) else [*pending, line]
            last_was_line = False
            continue
        for segment in segments:
            if not segment.text and items and (last_was_line or last == at):
                items[-1].tags += segment.tags
            else:
                items.append(_item(segment, pending, heading))
            last = at
        last_was_line = not segments[0].text
        pending = []
    for item in items:
        item.is_task = not bodies.heads(_first_line(item.text))
    return [(last, _table(items, title, note))] if items else []


def _first_line(text: str) -> str:
    return ORDINAL.sub("", text.partition("\n")[0], count=1).strip("。：: ")


def is_heading(line: str, level: int) -> bool:
    return (
        len(line) <= _LONGEST_HEADING and "。" not in line.rstrip("。") and bool(level or HEADING.match(line))
    )


def _leading_headings(lines: Sequence[Line], tagged: Sequence[list[Segment]]) -> set[int]:
    """Places of headings whose only tag is a leader's (一、设施联通（牵头领导：…）), with items below that name their
    units themselves: he leads those."""
    found: set[int] = set()
    followed = False
    for place in range(len(lines) - 1, -1, -1):
        (_, line, level), segments = lines[place], tagged[place]
        tags = [tag for segment in segments for tag in segment.tags]
        if segments and is_heading(line, level) and all(tag.role == "leader" for tag in tags):
            if followed and segments[0].text:
                found.add(place)
            followed = False
        else:
            followed = bool(tags) or (followed and not line.startswith(tuple("一二三四五六七八九十第")))
    return found


def _noted(line: str) -> str:
    return next(
        clause
        for clause in re.split(r"[，,；;。（(）)]", line)
        if "牵头" in clause and FIRST_LEADS.search(plain(clause))
    )


def _item(segment: Segment, pending: Sequence[str], heading: str) -> _Item:
    """The text of an item: what stands before the tag, else the lines above back to where its number stands."""
    if segment.text:
        return _Item(segment.text, list(segment.tags), heading)
    above = list(pending[-_MOST_LINES:])
    if above and not (ORDINAL.match(above[0]) or is_heading(above[0], 0)):
        above = above[-1:]
    if len(above) > 1 and above[0] == heading and ORDINAL.match(above[1]):
        above = above[1:]
    return _Item("\n".join(above), list(segment.tags), "" if above[:1] == [heading] else heading)


def _table(items: Sequence[_Item], title: str, note: str) -> Table:
    headers = list(dict.fromkeys(tag.header for item in items for tag in item.tags))
    cells: list[Cell] = []
    for row, item in enumerate(items, 1):
        texts = [item.text]
        texts += ["；".join(tag.text for tag in item.tags if tag.header == header) for header in headers]
        for column, text in enumerate(texts, 1):
            if text and not item.is_task:
                cells.append(Cell(row, column, text, use=Use.UNREADABLE, reason="row_ambiguous"))
            else:
                cells.append(Cell(row, column, text))
    width = len(headers) + 1
    if any(item.heading for item in items):
        width += 1
        cells += _headings(items, width)
    rows = len(items)
    if note:
        rows += 1
        cells.append(Cell(rows, 1, note, colspan=width))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(rows, width, tuple(cells), title=title, kind="list", profile="responsibility")


def _headings(items: Sequence[_Item], column: int) -> list[Cell]:
    """The heading of each run of items, one cell a run."""
    cells: list[Cell] = []
    start = 0
    for at in range(1, len(items) + 1):
        if at == len(items) or items[at].heading != items[start].heading:
            cells.append(Cell(start + 1, column, items[start].heading, rowspan=at - start))
            start = at
    return cells
