"""Tables without 序号 that a page flattened to one cell a line: read only where the lines leave no doubt.

Nothing tells where such a row begins, so all lines down to the end of the text, or to a line that ends a table,
must be whole rows in which each line can stand in its column, under a header of which one count of columns fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.ids import normalise
from graph.tables import Table, table_of_rows
from ingest.blocks import Block, Paragraph
from ingest.interpret.header_words import match_header, words_of
from ingest.interpret.values import NONE
from ingest.layouts.flattened import TABLE_ENDS, header_loudness, may_stand
from ingest.naming.collectives import is_collective
from ingest.naming.words import said
from ingest.profiling import Profile

_LONGEST_HEADER, _MOST_COLUMNS, _LEAST_ROWS = 16, 8, 2
_MOST_LINES = 4_000
_PLACE = re.compile(r"^(?!对口|结对|合作|协作|帮扶|支援|受援|挂钩|联系).{2,8}[省市区县州盟旗]$")
_BODIES = frozenset({"home", "counterpart", "lead", "support", "responsible", "member"})
_ENDS = _BODIES | {"leader", "task_title"}


def recognise_unnumbered(blocks: Sequence[Block], profiles: Sequence[Profile]) -> list[Block]:
    """The blocks with runs of paragraphs that are such a table in place of the paragraphs; all others stay."""
    found: list[Block] = []
    run: list[Paragraph] = []
    for block in (*blocks, None):
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        found += _recognise_run(run, profiles)
        run = []
        if block is not None:
            found.append(block)
    return found


def _recognise_run(run: Sequence[Paragraph], profiles: Sequence[Profile]) -> list[Block]:
    lines = [paragraph.text.strip() for paragraph in run]
    first_words = {word for profile in profiles for word in words_of(profile.columns).plain}
    for start, line in enumerate(lines):
        if len(line) > _LONGEST_HEADER or normalise(line) not in first_words:
            continue
        if start and _is_header_word(lines[start - 1], profiles):
            continue  # the header begins above, with a word that no profile has plainly
        most = min(len(lines), start + _MOST_LINES)
        stop = next((i for i in range(start, most) if TABLE_ENDS.match(lines[i])), most)
        table = _table(lines[start:stop], profiles)
        if table is not None:
            return [*run[:start], table, *_recognise_run(run[stop:], profiles)]
    return list(run)


def _is_header_word(line: str, profiles: Sequence[Profile]) -> bool:
    word = normalise(line)
    return len(word) <= _LONGEST_HEADER and any(header_loudness(word, profile) for profile in profiles)


def _table(lines: Sequence[str], profiles: Sequence[Profile]) -> Table | None:
    """The table that all of these lines are, where one count of columns fits them."""
    if not all(lines):
        return None
    most = min(_MOST_COLUMNS, len(lines) // (1 + _LEAST_ROWS))
    fitting = [
        width
        for width in range(2, most + 1)
        if len(lines) % width == 0 and any(_fits(lines, width, profile) for profile in profiles)
    ]
    if len(fitting) != 1:
        return None
    width = fitting[0]
    return table_of_rows([list(lines[at : at + width]) for at in range(0, len(lines), width)])


def _fits(lines: Sequence[str], width: int, profile: Profile) -> bool:
    header = [normalise(line) for line in lines[:width]]
    loud = [header_loudness(word, profile) if len(word) <= _LONGEST_HEADER else 0 for word in header]
    if not all(loud) or max(loud) < 2:
        return False
    if any(said < 2 and _PLACE.match(word) for word, said in zip(header[1:], loud[1:], strict=True)):
        return False
    rules = [match_header((word,), profile) for word in header]
    roles = [rule.role if rule else "" for rule in rules]
    if sum(role in _ENDS for role in roles) < 2 or header_loudness(normalise(lines[width]), profile) == 2:
        return False
    return all(_may_stand(line, roles[at % width]) for at, line in enumerate(lines) if at >= width)


def _may_stand(text: str, role: str) -> bool:
    """Whether a text can be a cell of a column with this role; names must say by themselves that they are."""
    if not may_stand(text, role, strictly=True):
        return False
    if role not in _BODIES or text in NONE:
        return True
    pieces = [piece for piece in re.split(r"[、，,；;/\n]", normalise(text)) if piece]
    return all(said(piece) is not None or is_collective(piece) for piece in pieces)
