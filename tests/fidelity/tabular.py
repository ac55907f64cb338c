"""Pairs and tasks as tables, in the layouts that offices use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from graph.tables import Table
from ingest.blocks import Paragraph
from tests.fidelity.cases import Case, Pair, Said, Task, groups, is_one_way, pair_lists, task_lists
from tests.layouts import MERGING, WRITERS
from tests.layouts.spans import merged_table

Laid = tuple[Table, list[tuple[Pair, int, bool]]]
"""A table, and each pair with its row and whether it needs a merge to be told."""
Merge = tuple[int, int, int, int]


def _one_row_a_pair(pairs: Sequence[Pair]) -> Laid:
    rows = [["序号", "单位", "对口单位"], *([str(n), p.a, p.b] for n, p in enumerate(pairs, 1))]
    return merged_table(rows), [(p, n, False) for n, p in enumerate(pairs, 2)]


def _merged_unit(pairs: Sequence[Pair]) -> Laid:
    rows, merges, said = [["单位", "对口单位", "备注"]], list[Merge](), list[tuple[Pair, int, bool]]()
    for group in groups(pairs):
        top = len(rows) + 1
        for at, pair in enumerate(group):
            rows.append([pair.a if at == 0 else "", pair.b, ""])
            said.append((pair, len(rows), at > 0))
        if len(group) > 1:
            merges.append((top, 1, len(rows), 1))
    return merged_table(rows, merges), said


def _joined_partners(pairs: Sequence[Pair]) -> Laid:
    rows, said = [["序号", "单位", "对口单位"]], list[tuple[Pair, int, bool]]()
    for group in groups(pairs):
        rows.append([str(len(rows)), group[0].a, "、".join(pair.b for pair in group)])
        said += [(pair, len(rows), False) for pair in group]
    return merged_table(rows), said


def _two_row_header(pairs: Sequence[Pair]) -> Laid:
    rows = [["序号", "单位", "对口情况", ""], ["", "", "对口单位", "备注"]]
    rows += [[str(n), p.a, p.b, "已衔接"] for n, p in enumerate(pairs, 1)]
    merges = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)]
    return merged_table(rows, merges), [(p, n, False) for n, p in enumerate(pairs, 3)]


def _group_headings(pairs: Sequence[Pair]) -> Laid:
    rows, merges, said = [["序号", "单位", "对口单位"]], list[Merge](), list[tuple[Pair, int, bool]]()
    half = (len(pairs) + 1) // 2
    for heading, part in (("一、第一批", pairs[:half]), ("二、第二批", pairs[half:])):
        if part:
            rows.append([heading, "", ""])
            merges.append((len(rows), 1, len(rows), 3))
        for pair in part:
            rows.append([str(len(said) + 1), pair.a, pair.b])
            said.append((pair, len(rows), False))
    return merged_table(rows, merges), said


LAYOUTS: dict[str, Callable[[Sequence[Pair]], Laid]] = {
    "one row a pair": _one_row_a_pair,
    "merged unit": _merged_unit,
    "joined partners": _joined_partners,
    "two-row header": _two_row_header,
    "group headings": _group_headings,
}


def pair_tables() -> Iterator[Case]:
    """Every list of pairs in every layout and format. A pair that needs a merge is determined only in formats that
    keep merges."""
    for name, pairs in pair_lists().items():
        for layout, lay in LAYOUTS.items():
            table, said = lay(pairs)
            title = Paragraph(f"{pairs[0].term}安排表")
            for ending in WRITERS:
                keeps, above = ending in MERGING, rows_above(ending)
                stated = tuple(
                    Said("PAIRED_WITH", p.a, p.b, row + above, is_one_way(p.term), keeps or not merged)
                    for p, row, merged in said
                )
                yield Case(name, layout, ending, (title, table), stated)


def rows_above(ending: str) -> int:
    """Rows that the title takes in formats that are nothing but a grid."""
    return 1 if ending in (".xlsx", ".csv") else 0


RELATIONS = {"lead": "LEADS", "support": "SUPPORTS", "responsible": "RESPONSIBLE_FOR"}
_HEADERS = {"lead": "牵头单位", "support": "配合单位", "responsible": "责任单位"}


def task_said(tasks: Sequence[Task], first: int) -> tuple[Said, ...]:
    return tuple(
        Said(RELATIONS[role], unit, task.title, row)
        for row, task in enumerate(tasks, first)
        for role, units in task.units.items()
        for unit in units
    )


def task_tables() -> Iterator[Case]:
    """Every list of tasks as a responsibility table in every format."""
    for name, tasks in task_lists().items():
        roles = [role for role in RELATIONS if any(role in task.units for task in tasks)]
        rows = [["序号", "工作任务", *(_HEADERS[role] for role in roles)]]
        rows += [
            [task.number, task.title, *("、".join(task.units.get(role, [])) for role in roles)]
            for task in tasks
        ]
        for ending in WRITERS:
            blocks = (Paragraph("任务分工表"), merged_table(rows))
            yield Case(name, "responsibility table", ending, blocks, task_said(tasks, 2 + rows_above(ending)))
