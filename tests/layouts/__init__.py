"""One content laid out in every format: writers that know nothing of the readers.

A content is a sequence of blocks (paragraphs and tables with spans). `WRITERS` maps an ending to its writer;
`held` says what of a table a format can hold at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from graph.tables import Table
from ingest.blocks import Block
from tests.layouts.delimited import write_csv
from tests.layouts.excel import write_xlsx
from tests.layouts.pdf import write_pdf
from tests.layouts.plain import write_text
from tests.layouts.spans import flattened
from tests.layouts.webpage import write_html
from tests.layouts.word import write_docx

WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    ".docx": write_docx,
    ".xlsx": write_xlsx,
    ".html": write_html,
    ".pdf": write_pdf,
    ".csv": write_csv,
    ".txt": write_text,
}
MERGING = (".docx", ".xlsx", ".html", ".pdf")
"""Endings of the formats that keep merged cells."""


UNPRINTED = "\u00b7"
"""The middle dot has no glyph in the font of the PDF writer, so no character of it reaches the file."""


def held(table: Table, ending: str) -> Table:
    """What a file of this ending holds of the table: all of it, or its cells without merges; of a PDF what the
    writer's font can print."""
    if ending == ".pdf":
        table = replace(
            table, cells=tuple(replace(c, text=c.text.replace(UNPRINTED, "")) for c in table.cells)
        )
    return table if ending in MERGING else flattened(table)
