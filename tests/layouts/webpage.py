"""HTML with rowspan and colspan."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from graph.tables import Cell, Table
from ingest.blocks import Block


def write_html(blocks: Sequence[Block]) -> bytes:
    body = "\n".join(
        _table(block)
        if isinstance(block, Table)
        else f"<{_tag(block.heading)}>{_lines(block.text)}</{_tag(block.heading)}>"
        for block in blocks
    )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def _tag(heading: int) -> str:
    return f"h{heading}" if heading else "p"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _table(table: Table) -> str:
    rows: list[str] = []
    for number, line in enumerate(table.grid(), 1):
        cells = [c for column, c in enumerate(line, 1) if (number, column) == (c.row, c.column)]
        rows.append(f"<tr>{''.join(map(_cell, cells))}</tr>")
    return f"<table border>{''.join(rows)}</table>"


def _cell(cell: Cell) -> str:
    return f'<td rowspan="{cell.rowspan}" colspan="{cell.colspan}">{_lines(cell.text)}</td>'
