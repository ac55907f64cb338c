"""Interpreting tables alone: a counterpart plan of 5,000 and 20,000 rows against a bare pass over its cells.

The baseline makes the same grid and as many cell records and claim records as the reading has: the least that any
reading of the table must do.
"""

from __future__ import annotations

from dataclasses import replace
from time import process_time

from benchmarks.bench_ingest import plan
from benchmarks.measuring import best_of, judge_growth, print_row
from graph.model import Document
from graph.tables import Cell, Table, numbered, table_of_rows
from graph.vocabulary import Use
from ingest.interpret import interpret_table, load_profiles
from ingest.naming.contract import Scope
from ingest.naming.gazetteer import load_gazetteer
from ingest.naming.names import GazetteerNames
from ingest.profiling import TableContext, TableReading

_HEADER = ["序号", "本市单位", "对口园区", "对口科研机构", "对口国有企业", "合作领域"]


def table(count: int) -> Table:
    """A counterpart plan; all names are known, for looking up unknown ones is timed elsewhere."""
    rows = [_HEADER, *plan(count, unknown=0.0)]
    return numbered(table_of_rows(rows, title="宁波市与上海市产业合作对口联系计划表"), 1)


def context() -> TableContext:
    """A context with fresh names, so that nothing is remembered from an earlier run."""
    document = Document("doc:1", "", region="宁波市")
    names = GazetteerNames(load_gazetteer(None), {}, {})
    scope = Scope("宁波市", document.id)
    return TableContext(document, scope, names, document.status, None, load_profiles(None))


def bare(one: Table, reading: TableReading) -> None:
    """One pass over the grid, a record for each cell and for each claim."""
    one.grid()
    for c in one.cells:
        Cell(c.row, c.column, c.text, c.rowspan, c.colspan, Use.USED)
    for claim in reading.claims:
        replace(claim)


def main() -> None:
    """Print the ratios."""
    times: dict[int, float] = {}
    for count in (5_000, 20_000):
        one = table(count)
        reading = interpret_table(one, context())
        base = best_of(3, lambda one=one, reading=reading: bare(one, reading), process_time)
        fresh = iter([context() for _ in range(3)])
        times[count] = best_of(
            3, lambda one=one, fresh=fresh: interpret_table(one, next(fresh)), process_time
        )
        what = f"interpret {count} × {one.columns} cells, {len(reading.claims)} claims"
        print_row(what, times[count], base)
        print(f"{'':<60} {times[count] * 1e6 / (count * one.columns):10.1f} µs a cell")
    judge_growth("20,000 rows against 5,000", times[20_000], times[5_000], 4)


if __name__ == "__main__":
    main()
