"""Text: a paragraph a line, tables as pasted from Excel (tabs between cells, cells of several lines in quotes)."""

from __future__ import annotations

from collections.abc import Sequence

from graph.tables import Table
from ingest.blocks import Block
from tests.layouts.spans import text_rows


def write_text(blocks: Sequence[Block], *, encoding: str = "utf-8") -> bytes:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += ["", *("\t".join(map(_cell, row)) for row in text_rows(block)), ""]
        else:
            lines.append(block.text)
    return "\n".join(lines).encode(encoding)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if "\n" in text else text
