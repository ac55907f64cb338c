"""How a document prints the ends of its claims, noted in its tables while reading, so that two documents can be
compared without reading either again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from graph.model import Reading
from graph.tables import Cell, PrintedName, Table
from graph.vocabulary import Use
from ingest.naming.contract import Names, Scope


def with_printed_names(reading: Reading, names: Names) -> Reading:
    """The reading whose tables tell how they print each end of its claims: the first cell of a claim's row that
    names it."""
    known = names.named_in(reading.document.id)
    document = reading.document
    scope = Scope(document.region, document.id, document.date)
    wanted = {claim.source for claim in reading.claims} | {claim.target for claim in reading.claims}
    rows: dict[int | None, set[int | None]] = {}
    for place in {(claim.table, claim.row) for claim in reading.claims}:
        rows.setdefault(place[0], set()).add(place[1])
    tables: list[Table] = []
    for table in reading.tables:
        found: list[PrintedName] = []
        for cell in _stating(table, rows.get(table.number, frozenset())):
            for entity, text in _named(cell.text.strip(), names, scope, known).items():
                if entity in wanted:
                    wanted.remove(entity)
                    found.append(PrintedName(entity, text, cell.row, cell.column))
        tables.append(replace(table, names=tuple(found)))
    return replace(reading, tables=tuple(tables))


def _stating(table: Table, rows: Set[int | None]) -> Iterator[Cell]:
    """The cells of the rows that make claims; of equal ones the first, since they name the same."""
    seen: set[str] = set()
    for cell in table.cells:
        if cell.use is not Use.USED or not cell.text or cell.text in seen:
            continue
        if cell.row in rows or (cell.rowspan > 1 and not rows.isdisjoint(_reach(cell))):
            seen.add(cell.text)
            yield cell


def _reach(cell: Cell) -> range:
    return range(cell.row, cell.row + cell.rowspan)


def _named(
    text: str, names: Names, scope: Scope, known: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str]:
    """The names in a cell, by the id that each was found to stand for. A cell of which only parts were read for names
    (an item of a list) is split here."""
    if text in known or text.isdecimal():
        return known.get(text, {})
    pieces = (known.get(piece.text, {}) for piece in names.split(text, scope).pieces)
    return {entity: name for piece in pieces for entity, name in piece.items()}
