"""Paragraphs that say who is paired with whom, as tables of item, home side, relation word and partner side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.tables import Cell, Table
from graph.vocabulary import Direction, Use
from ingest.interpret.terms import direction_of, relation_word
from ingest.lists.bodies import Bodies
from ingest.lists.clauses import Pair, Unread, read_line
from ingest.lists.taggeditems import Line, is_heading

_ATTACHMENT = re.compile(r"^附\s*件\s*\d*\s*[:：.]\s*")
_LONGEST_TITLE = 60


@dataclass(slots=True)
class _Block:
    """Consecutive paragraphs with pairs, and the lines before them that may say what relation they have."""

    title: str
    items: list[Pair | Unread]
    last: int
    lines: int = 1


def pair_lists(lines: Sequence[Line], bodies: Bodies) -> list[tuple[int, Table]]:
    """A table for each run of paragraphs that pair bodies, with the index of the block that it stands behind."""
    blocks: list[_Block] = []
    title = lead = heading = ""
    running: _Block | None = None
    for at, line, level in lines:
        said = [text for text in (lead, heading, title) if relation_word(text)]
        items = read_line(line, bodies, relation_word(said[0]) if said else "", running is not None)
        if not relation_word(title) and (not title or (len(line) <= _LONGEST_TITLE and "。" not in line)):
            title = line
        if not items:
            running = None
            lead = (
                line
                if line.endswith((":", "：")) or ("。" not in line and len(line) <= _LONGEST_TITLE)
                else ""
            )
            heading = line if is_heading(line, level) else heading
            continue
        if running is None:
            running = _Block(_title(said, lead), [], at)
            blocks.append(running)
        running.items += items
        running.last, running.lines = at, running.lines + 1
    return [
        (block.last, _table(block))
        for block in blocks
        if any(isinstance(i, Pair) or i.certain for i in block.items)
    ]


def _title(said: Sequence[str], lead: str) -> str:
    text = _ATTACHMENT.sub("", (said[0] if said else lead).rstrip("：: "))
    return text if len(text) <= _LONGEST_TITLE else re.split("[。；;，,]", text)[-1][:_LONGEST_TITLE]


def _table(block: _Block) -> Table:
    """Rows of four columns; what 分别 pairs by position shares the item's text."""
    cells: list[Cell] = []
    row = 1
    for item in block.items:
        if isinstance(item, Unread):
            cells.append(Cell(row, 1, item.text, use=Use.UNREADABLE, reason="row_ambiguous"))
            cells += [Cell(row, column, "") for column in (2, 3, 4)]
            row += 1
            continue
        count = len(item.couples)
        cells.append(Cell(row, 1, item.text, rowspan=count))
        for home, partner in item.couples:
            cells += [Cell(row, 2, home), Cell(row, 3, item.term), Cell(row, 4, partner)]
            row += 1
    terms = [item.term or block.title for item in block.items if isinstance(item, Pair)]
    one_way = any(direction_of(relation_word(term)) is Direction.A_TO_B for term in terms)
    return Table(
        rows=row - 1,
        columns=4,
        cells=tuple(cells),
        title=block.title,
        kind="list",
        profile="oneway" if one_way else "counterpart",
    )
