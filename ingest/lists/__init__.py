"""Lists and tagged paragraphs, in every format that has paragraphs, as tables of `kind="list"`.

A block of items is one table: each item is a row, column 1 is the item's text, further columns are its parts as
printed. What cannot be told with certainty becomes a row of its own that interpretation reports as `row_ambiguous`;
ordinary prose gives no table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from graph.tables import Table
from ingest.blocks import Block, Paragraph
from ingest.lists.bodies import Bodies
from ingest.lists.liaisonlists import liaison_lists
from ingest.lists.memberlists import member_lists
from ingest.lists.pairlists import pair_lists
from ingest.lists.taggeditems import tagged_lists
from ingest.naming.contract import Names, Scope


def recognise_lists(blocks: Sequence[Block], names: Names, scope: Scope) -> list[Block]:
    """The blocks with list tables behind the paragraphs that they were read from; the paragraphs stay."""
    lines = [
        (at, line.strip("* \u3000\t\xa0"), block.heading)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        for line in block.text.split("\n")
        if line.strip("* \u3000\t\xa0")
    ]
    bodies = Bodies(names, scope)
    captions = {
        at
        for at, (block, below) in enumerate(pairwise(blocks))
        if isinstance(block, Paragraph) and isinstance(below, Table) and not re.search("[。；;]", block.text)
    }
    found = [
        *tagged_lists(lines, bodies),
        *liaison_lists(lines, bodies, names),
        *member_lists(lines, bodies),
        *pair_lists([line for line in lines if line[0] not in captions], bodies),
    ]
    found.sort(key=lambda placed: placed[0])
    after = {at: [table for place, table in found if place == at] for at, _ in found}
    return [one for at, block in enumerate(blocks) for one in (block, *after.get(at, ()))]


__all__ = ["recognise_lists"]
