"""CSV, without merges; paragraphs before the table are rows of one cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from graph.tables import Table
from ingest.blocks import Block
from tests.layouts.spans import text_rows


def write_csv(blocks: Sequence[Block], *, encoding: str = "utf-8-sig") -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for block in blocks:
        writer.writerows(text_rows(block) if isinstance(block, Table) else [[block.text]])
    return buffer.getvalue().encode(encoding)
