"""Second copies of a table: the DOCX after the web page, the corrected sheet after the first.

A table is known in its document by attachment number and title. The fullest copy is the table; what it lacks is
filled from the others, and where copies differ both readings are kept and reported as `contradiction`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.ids import normalise
from graph.model import Problem
from graph.tables import Cell, Table
from graph.vocabulary import PROBLEMS
from ingest.layouts.captions import title_rows

_HEADER_ROWS = 4
_ALIKE = 0.5
"""Share of the smaller header's words that two copies of a table have in common."""


@dataclass(slots=True)
class Joined:
    """One table of the document. `copies` are (file, table) indexes, the first one first. `variants` are the
    table with the texts of other copies in the cells where they differ, `rows` the rows that do."""

    table: Table
    copies: list[tuple[int, int]]
    primary: int = 0
    """Index of the file whose copy is the table."""
    variants: list[tuple[Table, frozenset[int]]] = field(default_factory=list[tuple[Table, frozenset[int]]])
    problems: list[Problem] = field(default_factory=list[Problem])


def join_copies(files: Sequence[Sequence[Table]], names: Sequence[str]) -> list[Joined]:
    """The tables of a document from the captioned tables of its files, numbered from 1: grids in order of first
    appearance, then lists. `names` are the files' names, for messages."""
    groups: list[list[tuple[int, int, Table]]] = []
    for file, tables in enumerate(files):
        earlier = len(groups)
        taken: set[int] = set()
        for index, table in enumerate(tables):
            same = _group_of(table, groups[:earlier], taken)
            if same is None:
                groups.append([(file, index, table)])
            else:
                taken.add(same)
                groups[same].append((file, index, table))
    groups.sort(key=lambda group: group[0][2].kind != "grid")
    return [_join(group, number, names) for number, group in enumerate(groups, 1)]


def _group_of(
    table: Table, groups: Sequence[Sequence[tuple[int, int, Table]]], taken: set[int]
) -> int | None:
    for index, group in enumerate(groups):
        if index not in taken and any(same_table(table, member) for _, _, member in group):
            return index
    return None


def same_table(a: Table, b: Table) -> bool:
    """Whether two tables of different files are copies of one: by attachment number and title, with a header
    that agrees; untitled ones by header and rows."""
    if a.kind != b.kind or _differ(a.attachment, b.attachment):
        return False
    titles = normalise(a.title), normalise(b.title)
    known = all(titles) or (a.attachment is not None and b.attachment is not None)
    if all(titles) and titles[0] != titles[1] and not _contains(*titles):
        return False
    words = _header_words(a), _header_words(b)
    alike = len(words[0] & words[1]) / max(1, min(map(len, words)))
    if known:
        return alike >= _ALIKE
    rows = set(_row_keys(a)), set(_row_keys(b))
    return words[0] == words[1] and len(rows[0] & rows[1]) * 2 > min(map(len, rows))


def _differ(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and a != b


def _contains(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= 6 and (a in b or b in a)


def _header_words(table: Table) -> set[str]:
    skip = len(title_rows(table))
    return {word for c in table.cells if skip < c.row <= skip + _HEADER_ROWS and (word := normalise(c.text))}


def _row_keys(table: Table) -> list[tuple[str, ...]]:
    return [tuple(normalise(cell.text) for cell in row) for row in table.grid()]


def _join(group: Sequence[tuple[int, int, Table]], number: int, names: Sequence[str]) -> Joined:
    filled = [sum(1 for c in table.cells if c.text.strip()) for _, _, table in group]
    best = max(range(len(group)), key=lambda i: (filled[i], -i))
    file, _, table = group[best]
    known = [t for _, _, t in group]
    table = replace(
        table,
        number=number,
        title=table.title or next((t.title for t in known if t.title), ""),
        attachment=next((t.attachment for t in known if t.attachment is not None), None),
    )
    joined = Joined(table, [(f, i) for f, i, _ in group], file)
    for position, (other_file, _, other) in enumerate(group):
        if position != best:
            _add_copy(joined, other, names[other_file])
    return joined


def _add_copy(joined: Joined, other: Table, name: str) -> None:
    """Fill the table from another copy, and note where they differ."""
    table = joined.table
    mine, theirs = table.grid(), other.grid()
    columns = _match_columns(mine, theirs)
    rows, extra = _match_rows(mine, theirs, columns)
    fills: dict[tuple[int, int], str] = {}
    differing: dict[tuple[int, int], str] = {}
    for row, their_row in rows:
        for column, their_column in columns:
            cell, text = mine[row][column], theirs[their_row][their_column].text
            if (cell.row, cell.column) != (row + 1, column + 1) or not text.strip():
                continue
            if not cell.text.strip():
                if cell.rowspan == cell.colspan == 1:
                    fills[cell.row, cell.column] = text
            elif normalise(cell.text) != normalise(text):
                differing[cell.row, cell.column] = text
                message = f"同一单元格在《{name}》中写作“{_short(text)}”，此处写作“{_short(cell.text)}”，两者都保留。"
                joined.problems.append(_contradiction(message, text, table.number, cell.row, cell.column))
    joined.table = _with_texts(table, fills)
    if differing:
        changed = frozenset(row for row, _ in differing)
        joined.variants.append((_with_texts(joined.table, differing), changed))
    for their_row in extra:
        _append_row(joined, [(c, theirs[their_row][t].text) for c, t in columns], name)


def _match_columns(mine: list[list[Cell]], theirs: list[list[Cell]]) -> list[tuple[int, int]]:
    """Pairs of column indexes of the same header words; by position where the widths agree."""
    if len(mine[0]) == len(theirs[0]):
        return [(c, c) for c in range(len(mine[0]))]
    pairs: list[tuple[int, int]] = []
    used: set[int] = set()
    for column in range(len(mine[0])):
        words = {normalise(row[column].text) for row in mine[:_HEADER_ROWS]} - {""}
        for their_column in range(len(theirs[0])):
            heads = {normalise(row[their_column].text) for row in theirs[:_HEADER_ROWS]} - {""}
            if their_column not in used and words & heads:
                pairs.append((column, their_column))
                used.add(their_column)
                break
    return pairs


def _match_rows(
    mine: list[list[Cell]], theirs: list[list[Cell]], columns: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Pairs of row indexes, and the indexes of the other copy's rows that the table lacks.

    Rows match by all their texts, else by their anchors: the first text of the row (序号 or the home name), or
    any other text that stands once in either copy's column of names.
    """
    whole = _index(tuple(normalise(row[c].text) for c, _ in columns) for row in mine)
    matched: dict[int, int] = {}
    open_rows: list[int] = []
    for index, row in enumerate(theirs):
        same = whole.get(tuple(normalise(row[t].text) for _, t in columns), [])
        if same:
            matched[same.pop(0)] = index
        else:
            open_rows.append(index)
    anchors = _index(
        _anchor(row, [c for c, _ in columns]) if i not in matched else "" for i, row in enumerate(mine)
    )
    extra: list[int] = []
    for index in open_rows:
        anchor = _anchor(theirs[index], [t for _, t in columns])
        same = anchors.get(anchor, []) if anchor else []
        if same:
            matched[same.pop(0)] = index
        elif len({normalise(c.text) for c in theirs[index]} - {""}) > 1:
            extra.append(index)
    return sorted(matched.items()), extra


def _index(keys: Iterator[object]) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for index, key in enumerate(keys):
        found.setdefault(key, []).append(index)
    return found


def _anchor(row: Sequence[Cell], columns: Sequence[int]) -> str:
    return next((text for c in columns if (text := normalise(row[c].text))), "")


def _with_texts(table: Table, texts: dict[tuple[int, int], str]) -> Table:
    if not texts:
        return table
    cells = tuple(
        replace(c, text=texts[c.row, c.column], use=None, reason=None) if (c.row, c.column) in texts else c
        for c in table.cells
    )
    return replace(table, cells=cells)


def _append_row(joined: Joined, texts: Sequence[tuple[int, str]], name: str) -> None:
    table = joined.table
    row = table.rows + 1
    by_column = dict(texts)
    cells = tuple(Cell(row, c + 1, by_column.get(c, "")) for c in range(table.columns))
    joined.table = replace(table, rows=row, cells=table.cells + cells)
    printed = "、".join(_short(text) for _, text in texts if text.strip())
    message = f"此行只见于《{name}》，同一表的其他文件没有。"
    joined.problems.append(_contradiction(message, printed, table.number, row, None))


def _contradiction(message: str, text: str, table: int, row: int, column: int | None) -> Problem:
    severity = PROBLEMS["contradiction"].severity
    return Problem("contradiction", severity, message, text, table=table, row=row, column=column)


def _short(text: str) -> str:
    plain = text.replace("\n", "")
    return plain if len(plain) <= 30 else plain[:29] + "…"
