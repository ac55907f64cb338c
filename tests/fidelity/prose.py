"""Pairs and tasks as the sources write them where they have no table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.blocks import Paragraph
from tests.fidelity.cases import Case, Pair, Said, Task, groups, is_one_way, pair_lists, task_lists
from tests.fidelity.tabular import task_said

ENDINGS = (".docx", ".html", ".pdf", ".txt")
Written = tuple[list[str], list[tuple[Pair, bool]]]
"""Lines, and each pair with whether the words determine it."""


def _and_groups(pairs: Sequence[Pair]) -> Written:
    said = "，".join(f"{group[0].a}与{'、'.join(p.b for p in group)}" for group in groups(pairs))
    return [f"经研究，建立{pairs[0].term}关系：{said}。"], [(p, True) for p in pairs]


def _dash_lines(pairs: Sequence[Pair]) -> Written:
    return [f"{p.a}——{p.b}；" for p in pairs], [(p, True) for p in pairs]


def _colon_lines(pairs: Sequence[Pair]) -> Written:
    lines = [f"{group[0].a}：{'、'.join(p.b for p in group)}" for group in groups(pairs)]
    return lines, [(p, True) for p in pairs]


def _verb(pairs: Sequence[Pair]) -> Written:
    said = "；".join(f"{g[0].a}{g[0].term}{'、'.join(p.b for p in g)}" for g in groups(pairs))
    return [f"{said}。"], [(p, True) for p in pairs]


def _numbered(pairs: Sequence[Pair]) -> Written:
    lines = [f"{n}.{g[0].a}{g[0].term}{'、'.join(p.b for p in g)}；" for n, g in enumerate(groups(pairs), 1)]
    return lines, [(p, True) for p in pairs]


def _by_position(pairs: Sequence[Pair]) -> Written:
    single = [group[0] for group in groups(pairs) if len(group) == 1]
    left, right = "、".join(p.a for p in single), "、".join(p.b for p in single)
    return [f"{left}分别与{right}{single[0].term}。"] if single else [], [(p, True) for p in single]


def _by_position_short(pairs: Sequence[Pair]) -> Written:
    """One partner fewer than units: only the first sentence says who is whose."""
    single = [group[0] for group in groups(pairs) if len(group) == 1]
    if len(single) < 4:
        return [], []
    first, *rest = single
    left, right = "、".join(p.a for p in rest), "、".join(p.b for p in rest[:-1])
    lines = [f"{first.a}——{first.b}", f"{left}分别与{right}{first.term}。"]
    return lines, [(first, True), *((p, False) for p in rest)]


FORMS: dict[str, Callable[[Sequence[Pair]], Written]] = {
    "A与B、C": _and_groups,
    "A——B": _dash_lines,
    "X：A、B": _colon_lines,
    "A帮扶B、C": _verb,
    "1.A联系B": _numbered,
    "分别": _by_position,
    "分别 (one short)": _by_position_short,
}


def pair_prose() -> Iterator[Case]:
    """Every list of pairs in every form, in the formats that have paragraphs."""
    for name, pairs in pair_lists().items():
        for form, write in FORMS.items():
            lines, said = write(pairs)
            if not lines:
                continue
            blocks = tuple(map(Paragraph, [f"{pairs[0].term}工作安排", *lines]))
            stated = tuple(
                Said("PAIRED_WITH", p.a, p.b, 0, is_one_way(p.term), determined) for p, determined in said
            )
            for ending in ENDINGS:
                yield Case(name, form, ending, blocks, stated)


_LABELS = {"lead": "牵头单位", "support": "配合单位", "responsible": "责任单位"}


def _tag(task: Task) -> list[str]:
    return [f"{_LABELS[role]}：{'、'.join(units)}" for role, units in task.units.items()]


def task_prose() -> Iterator[Case]:
    """Every list of tasks as tags at the end and as lines below, in the formats that have paragraphs."""
    for name, tasks in task_lists().items():
        ended = [f"{task.number}.{task.title}。（{'，'.join(_tag(task))}）" for task in tasks]
        below = [line for task in tasks for line in (f"{task.number}.{task.title}", *_tag(task))]
        for layout, lines in (("tags at the end", ended), ("lines below", below)):
            for ending in ENDINGS:
                blocks = tuple(map(Paragraph, ["重点任务分工", *lines]))
                yield Case(name, layout, ending, blocks, task_said(tasks, 1))
