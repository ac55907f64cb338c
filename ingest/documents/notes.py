"""What a document says outside a table about how its tables are to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.tables import Table
from ingest.blocks import ReadFile
from ingest.interpret.signs import is_legend
from ingest.interpret.tasks import says_first_leads

_OF_UNITS = re.compile("单位|部门|下同")
_BELOW_TOO = "下同"
_LONGEST_LEGEND = 60


def reading_notes(files: Sequence[ReadFile], tables: Sequence[Table]) -> list[tuple[str, ...]]:
    """For each table the sentences that say that the unit named first leads, and, for an only table, what its signs
    mean: those of paragraphs hold for all tables, those inside a table that add 下同 for the ones after it."""
    lines = [
        line for file in files for paragraph in file.paragraphs for line in re.split("[。\n]", paragraph.text)
    ]
    said = [line.strip() for line in lines if _OF_UNITS.search(line) and says_first_leads(line)]
    if len(tables) == 1:
        said += [line.strip() for line in lines if len(line) < _LONGEST_LEGEND and is_legend(line)]
    found: list[tuple[str, ...]] = []
    for table in tables:
        found.append(tuple(said))
        texts = [table.title, *(cell.text for cell in table.cells if _BELOW_TOO in cell.text)]
        said += [text for text in texts if _BELOW_TOO in text and says_first_leads(text)]
    return found
