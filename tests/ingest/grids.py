"""Small tables built in code, and their reading with the shipped gazetteers and profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from graph.model import Document
from graph.tables import Table, numbered
from graph.vocabulary import Relation, Status
from ingest.formats.gridding import Placed, build_table
from ingest.interpret import interpret_table, load_profiles
from ingest.naming.contract import Scope
from ingest.naming.gazetteer import load_gazetteer
from ingest.naming.names import GazetteerNames
from ingest.profiling import Profile, TableContext, TableReading

DOC = "doc:甬政办发〔2020〕9号"
Spans = Mapping[tuple[int, int], tuple[int, int]]
"""(rowspan, colspan) by position."""


def grid(rows: Sequence[Sequence[str]], spans: Spans | None = None, *, title: str = "") -> Table:
    """A table of these texts. Texts at positions that a span covers are left out."""
    spans = spans or {}
    covered = {
        (r, c)
        for (row, column), (height, width) in spans.items()
        for r in range(row, row + height)
        for c in range(column, column + width)
        if (r, c) != (row, column)
    }
    placed = [
        Placed(r, c, text, *spans.get((r, c), (1, 1)))
        for r, line in enumerate(rows, 1)
        for c, text in enumerate(line, 1)
        if (r, c) not in covered
    ]
    width = max(len(line) for line in rows)
    return build_table(placed, rows=len(rows), columns=width, title=title)


@cache
def names() -> GazetteerNames:
    return GazetteerNames(load_gazetteer(None), {}, {})


def context(
    region: str = "宁波市",
    *,
    forced: Profile | None = None,
    status: Status = Status.OFFICIAL,
    flat: bool = False,
) -> TableContext:
    document = Document(DOC, "通知", number=DOC[4:], date="2020-04-01", region=region, status=status)
    return TableContext(document, Scope(region, DOC), names(), status, forced, load_profiles(None), flat)


def read(
    table: Table, region: str = "宁波市", *, forced: Profile | None = None, flat: bool = False
) -> TableReading:
    """The table's reading as table 1, checked: every position counted once, the grid unchanged."""
    reading = interpret_table(numbered(table, 1), context(region, forced=forced, flat=flat))
    counts = reading.table.counts()
    assert sum(counts.values()) == table.rows * table.columns
    assert [[c.text for c in line] for line in reading.table.grid()] == [
        [c.text for c in line] for line in table.grid()
    ]
    ids = {entity.id for entity in reading.entities}
    assert all(claim.source in ids and claim.target in ids for claim in reading.claims)
    assert all(cell.unit in ids for cell in reading.coverage)
    return reading


def edges(reading: TableReading, relation: Relation = Relation.PAIRED_WITH) -> set[tuple[str, str, int]]:
    """(source's name, target's name, row) of each claim of one relation."""
    called = {entity.id: entity.name for entity in reading.entities}
    return {(called[c.source], called[c.target], c.row or 0) for c in reading.claims if c.type is relation}


def pairs(reading: TableReading, relation: Relation = Relation.PAIRED_WITH) -> set[tuple[str, str]]:
    return {(a, b) for a, b, _ in edges(reading, relation)}


def codes(reading: TableReading) -> dict[str, list[tuple[int | None, int | None]]]:
    """Places of the problems by code, without those about names."""
    found: dict[str, list[tuple[int | None, int | None]]] = {}
    for problem in reading.problems:
        if problem.code not in {"unresolved_name", "name_in_review", "ambiguous_name"}:
            found.setdefault(problem.code, []).append((problem.row, problem.column))
    return found


def states(reading: TableReading) -> dict[tuple[str, str], str]:
    """State of each coverage cell by unit's name and kind."""
    called = {entity.id: entity.name for entity in reading.entities}
    return {(called[cell.unit], cell.kind.value): cell.state.value for cell in reading.coverage}
