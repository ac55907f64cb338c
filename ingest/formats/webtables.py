"""HTML tables as grids (HTML standard §4.9.12, "forming a table"), with spans from pages that got them wrong."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.formats.gridding import MAX_POSITIONS, Placed, TooManyPositions
from ingest.formats.openxml import Element

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_MAX_COLSPAN = 1000
"""The HTML standard's own limit."""


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table itself, not those of tables inside it, as a browser shows them: the first `thead` above all
    else and the first `tfoot` below, wherever they stand (CSS 2.2 §17.2)."""
    head = next((child for child in table if child.tag == "thead"), None)
    foot = next((child for child in table if child.tag == "tfoot"), None)
    between = [child for child in table if child is not head and child is not foot]
    for child in (head, *between, foot):
        if child is not None and child.tag == "tr":
            yield child
        elif child is not None and child.tag in _GROUPS:
            yield from (row for row in child if row.tag == "tr")


def cells_of(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def own_tables(element: Element) -> list[Element]:
    """Tables inside an element, but not those inside these."""
    found: list[Element] = []
    for child in element:
        if child.tag == "table":
            found.append(child)
        else:
            found += own_tables(child)
    return found


def _span(cell: Element, name: str, most: int) -> int:
    text = (cell.get(name) or "").strip()
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    if not digits:
        return 1
    number = int(digits[:7])
    return min(number, most) if number else (most if name == "rowspan" else 1)


def place_cells(rows: list[list[Element]]) -> list[tuple[Placed, Element]]:
    """Each row's cells with their places: the first free column. `rowspan=0` and too large ones end with the table.

    Raises TooManyPositions for spans that together fill more than a grid may have.
    """
    placed: list[tuple[Placed, Element]] = []
    reach: dict[int, int] = {}
    filled = 0
    for number, row in enumerate(rows, 1):
        column = 1
        for cell in row:
            while reach.get(column, 0) >= number:
                column += 1
            height = _span(cell, "rowspan", len(rows) - number + 1)
            width = _span(cell, "colspan", _MAX_COLSPAN)
            free = 1
            while free < width and reach.get(column + free, 0) < number:
                free += 1
            filled += free
            if filled > MAX_POSITIONS:
                raise TooManyPositions(f"{filled} positions")
            for covered in range(column, column + free):
                reach[covered] = number + height - 1
            placed.append((Placed(number, column, "", height, free), cell))
            column += free
    return placed
