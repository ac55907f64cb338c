"""Personal data withheld before anything is stored or logged: in every paragraph, cell, title and property."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.model import Problem
from graph.tables import Cell, Table
from graph.vocabulary import PROBLEMS
from ingest.blocks import Block, Paragraph, ReadFile
from ingest.naming.person_names import is_person
from ingest.privacy.redaction import MAIL, MARK, NAME, PHONE, header_kind, mark, redact, redact_name

_AROUND = 30
"""Characters before the first mark that a problem shows."""
_EMPTY = re.compile(r"^[\s/\\\-—－–]*$|^\s*(?:无|暂无)\s*$")


def _masked_cell(text: str, kind: str) -> str:
    """A cell under a personal header: all of it goes, but for blanks and 无."""
    if _EMPTY.match(text) or not MARK.sub("", text).strip():
        return text
    kinds = [kind]
    if kind is NAME and re.search(r"\d{7,}|〔已隐去:电话〕", re.sub(r"[-\s]", "", redact(text))):
        kinds.append(PHONE)
    return "".join(mark(k) for k in kinds)


def _is_value(text: str, kind: str) -> bool:
    """Whether a cell beside a label holds its value (a form: 填报人 | 某某)."""
    clean = MARK.sub("", text).strip()
    if kind is NAME:
        return is_person(clean)
    if kind is MAIL:
        return "@" in clean
    return len(re.sub(r"\D", "", clean)) >= 7


def _personal_positions(table: Table) -> dict[tuple[int, int], str]:
    """Grid positions (row, column) of cells that stand under or beside a personal label, with the kind.

    One pass in reading order: the last label above a cell in its column speaks for it.
    """
    kinds = {text: kind for text in {c.text for c in table.cells} if (kind := header_kind(text)) is not None}
    if not kinds:
        return {}
    starts = {(cell.row, cell.column): cell for cell in table.cells}
    found: dict[tuple[int, int], str] = {}
    above: dict[int, str] = {}
    for cell in table.cells:
        place = (cell.row, cell.column)
        kind = kinds.get(cell.text)
        if kind is None:
            if place not in found and cell.column in above:
                found[place] = above[cell.column]
            continue
        beside = starts.get((cell.row, cell.column + cell.colspan))
        if beside is not None and beside.text not in kinds and _is_value(beside.text, kind):
            found[(beside.row, beside.column)] = kind
        else:
            above.update(dict.fromkeys(range(cell.column, cell.column + cell.colspan), kind))
    return found


def _excerpt(text: str) -> str:
    """What stands around the marks, for a long paragraph."""
    marks = list(MARK.finditer(text))
    if len(text) <= 2 * _AROUND or not marks:
        return text
    start, end = max(0, marks[0].start() - _AROUND), min(len(text), marks[-1].end() + 1)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _problem(text: str, cell: Cell | None = None, table: int | None = None) -> Problem:
    kinds = "、".join(dict.fromkeys(m.group()[5:-1] for m in MARK.finditer(text)))
    spec = PROBLEMS["personal_data_withheld"]
    return Problem(
        "personal_data_withheld",
        spec.severity,
        f"已隐去个人信息（{kinds}），未保存原文。",
        text=_excerpt(text),
        table=table,
        row=cell.row if cell else None,
        column=cell.column if cell else None,
    )


def _withhold_table(table: Table, number: int) -> tuple[Table, list[Problem]]:
    positions = _personal_positions(table)
    problems: list[Problem] = []
    cells: list[Cell] = []
    redacted = {text: redact(text) for text in {cell.text for cell in table.cells}}
    for cell in table.cells:
        kind = positions.get((cell.row, cell.column)) if positions else None
        text = _masked_cell(cell.text, kind) if kind else redacted[cell.text]
        if text != cell.text:
            cell = replace(cell, text=text)
            problems.append(_problem(text, cell, number))
        cells.append(cell)
    title = redact(table.title)
    if title != table.title:
        problems.append(_problem(title, table=number))
    return replace(table, cells=tuple(cells), title=title, origin=redact(table.origin)), problems


def _withhold_properties(properties: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    safe = {key: redact(value) for key, value in properties.items()}
    return safe, [_problem(safe[key]) for key in safe if safe[key] != properties[key]]


def withhold(file: ReadFile) -> tuple[ReadFile, list[Problem]]:
    """The file without personal data, also in its name and its sheets', and one problem for each paragraph, cell,
    title or property that held any."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    number = 0
    for block in _flattened_columns(file.blocks):
        if isinstance(block, Table):
            number += 1
            safe, found = _withhold_table(block, number)
            blocks.append(safe)
            problems += found
            continue
        text, origin = redact(block.text), redact(block.origin)
        changed = text != block.text or origin != block.origin
        blocks.append(replace(block, text=text, origin=origin) if changed else block)
    problems = [
        *(_problem(new.text) for old, new in zip(file.blocks, blocks, strict=True)
          if isinstance(new, Paragraph) and isinstance(old, Paragraph) and new.text != old.text),
        *problems,
    ]  # fmt: skip
    properties, found = _withhold_properties(file.properties)
    noted = tuple(replace(p, text=redact(p.text), message=redact(p.message)) for p in file.problems)
    safe = replace(file, blocks=tuple(blocks), properties=properties, problems=noted)
    return replace(safe, name=redact_name(file.name)), problems + found


def _flattened_columns(blocks: Sequence[Block]) -> Sequence[Block]:
    """Contact columns of a table that a page flattened to one cell a line, withheld by their place in the row.

    Rows are told by their running numbers; a label's place is counted from the end of the header, and only
    rows of the first row's length count.
    """
    lines = [b.text.strip() if isinstance(b, Paragraph) else None for b in blocks]
    safe = list(blocks)
    for at, line in enumerate(lines):
        kind = header_kind(line) if line else None
        if kind is None:
            continue
        starts = _row_starts(lines, at)
        if not starts:
            continue
        from_end = starts[0] - at
        length = starts[1] - starts[0] if len(starts) > 1 else 0
        for start in starts:
            place = start + length - from_end
            block = safe[place] if length > from_end and place < len(safe) else None
            if isinstance(block, Paragraph) and _is_value(block.text, kind):
                safe[place] = replace(block, text=_masked_cell(block.text, kind))
    return safe


def _row_starts(lines: Sequence[str | None], header: int) -> list[int]:
    """Positions of the lines 1, 2, 3 … that number the rows after a header line, or none."""
    starts: list[int] = []
    for at in range(header + 1, len(lines)):
        if lines[at] is None or (not starts and at - header > 12):
            break
        if lines[at] == str(len(starts) + 1):
            starts.append(at)
    return starts


class PersonalDataFilter(logging.Filter):
    """Lets no record show personal data: redacts the finished message and the text of an exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True
