"""Layouts that fewer offices use: two panels side by side, a matrix, sub-rows under one number, the header repeated
inside, 支援单位/受援单位, a page flattened to a cell a line, leaders, members."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from graph.tables import Table
from ingest.blocks import Block, Paragraph
from tests.fidelity.cases import Case, Pair, Said, groups, is_one_way, pair_lists
from tests.fidelity.tabular import Laid, Merge, rows_above
from tests.layouts import MERGING
from tests.layouts.spans import merged_table

ENDINGS = (".xlsx", ".csv")
"""One format that keeps merges and one that does not: what differs beyond that, the other layouts show."""
_MOST = 10
"""Pairs of a list that are laid out."""
_TYPES = {"对口园区": "产业园", "对口科研机构": "研究院", "对口国有企业": "集团有限公司"}
"""Header of each partner column, and how the partners below it end."""
_NUMERALS = "零一二三四五六七八九"
_LEADERS = ["王一", "李二", "张三", "赵四", "钱五", "孙六", "周七", "吴八", "郑九", "冯十", "陈平", "褚安"]
"""Leaders are made up (示例): the facts name none."""


def _two_panels(pairs: Sequence[Pair]) -> Laid:
    half = (len(pairs) + 1) // 2
    rows, said = [["单位", "对口单位"] * 2], list[tuple[Pair, int, bool]]()
    for at, left in enumerate(pairs[:half]):
        right = pairs[half + at] if half + at < len(pairs) else None
        rows.append([left.a, left.b, *((right.a, right.b) if right else ("", ""))])
        said += [(pair, len(rows), False) for pair in (left, right) if pair is not None]
    return merged_table(rows), said


def _matrix(pairs: Sequence[Pair]) -> Laid:
    partners = list(dict.fromkeys(pair.b for pair in pairs))
    units = list(dict.fromkeys(pair.a for pair in pairs))
    stated = {(pair.a, pair.b) for pair in pairs}
    rows = [["单位", *partners]]
    rows += [[unit, *("√" if (unit, one) in stated else "" for one in partners)] for unit in units]
    return merged_table(rows), [(pair, units.index(pair.a) + 2, False) for pair in pairs]


def _sub_rows(pairs: Sequence[Pair]) -> Laid:
    rows, merges, said = [["序号", "单位", "对口单位"]], list[Merge](), list[tuple[Pair, int, bool]]()
    for number, group in enumerate(groups(pairs), 1):
        top = len(rows) + 1
        for at, pair in enumerate(group):
            rows.append([str(number), pair.a, pair.b] if at == 0 else ["", "", pair.b])
            said.append((pair, len(rows), at > 0))
        if len(group) > 1:
            merges += [(top, column, len(rows), column) for column in (1, 2)]
    return merged_table(rows, merges), said


def _repeated_header(pairs: Sequence[Pair]) -> Laid:
    header = ["序号", "单位", "对口单位"]
    rows, said = [header], list[tuple[Pair, int, bool]]()
    for number, pair in enumerate(pairs, 1):
        if number == len(pairs) // 2 + 1 > 1:
            rows += [["小计", str(number - 1), ""], header]
        rows.append([str(number), pair.a, pair.b])
        said.append((pair, len(rows), False))
    return merged_table([*rows, ["合计", str(len(pairs)), ""]]), said


def _one_way(pairs: Sequence[Pair]) -> Laid:
    rows = [["受援单位", "支援单位"], *([pair.b, pair.a] for pair in pairs)]
    return merged_table(rows), [(pair, n, False) for n, pair in enumerate(pairs, 2)]


LAYOUTS: dict[str, Callable[[Sequence[Pair]], Laid]] = {
    "two panels": _two_panels,
    "matrix": _matrix,
    "sub-rows": _sub_rows,
    "repeated header": _repeated_header,
    "受援/支援": _one_way,
}


def further_tables() -> Iterator[Case]:
    """Every list of pairs in these layouts, and whom leaders and a collective have of its units."""
    for name, whole in pair_lists().items():
        pairs = whole[:_MOST]
        for layout, lay in LAYOUTS.items():
            if layout == "受援/支援" and not is_one_way(pairs[0].term):
                continue
            table, said = lay(pairs)
            for ending in ENDINGS:
                stated = tuple(
                    Said(
                        "PAIRED_WITH",
                        p.a,
                        p.b,
                        row + rows_above(ending),
                        is_one_way(p.term),
                        ending in MERGING or not merged,
                    )
                    for p, row, merged in said
                )
                yield Case(name, layout, ending, _titled(f"{pairs[0].term}安排表", table), stated)
        yield _flattened(name, pairs)
        yield from _by_type(name, pairs)
        yield from _leaders(name, pairs)
        yield from _members(name, pairs)


def _titled(title: str, table: Table) -> tuple[Block, ...]:
    return Paragraph(title), table


def _flattened(name: str, pairs: Sequence[Pair]) -> Case:
    """A page's table as one cell a line, each row with its number."""
    cells = ["序号", "单位", "对口单位"]
    for number, pair in enumerate(pairs, 1):
        cells += [str(number), pair.a, pair.b]
    lines = tuple(Paragraph(text) for text in (f"{pairs[0].term}安排表", *cells))
    said = tuple(Said("PAIRED_WITH", p.a, p.b, n, is_one_way(p.term)) for n, p in enumerate(pairs, 2))
    return Case(name, "flattened page", ".txt", lines, said)


def _single(pairs: Sequence[Pair]) -> list[str]:
    """Units of one name each: a cell of two is no fact about a leader or a collective."""
    return list(dict.fromkeys(pair.b for pair in pairs if "、" not in pair.b))


def _by_type(name: str, pairs: Sequence[Pair]) -> Iterator[Case]:
    """A counterpart table with one partner column a type; partners are made up (示例), and some cells say that there is
    none, or nothing."""
    rows, said = [["序号", "单位", *_TYPES]], list[tuple[str, str, int]]()
    for number, unit in enumerate(dict.fromkeys(pair.a for pair in pairs if "、" not in pair.a), 1):
        partners = [f"示例{_NUMERALS[number % 10]}号{ending}" for ending in _TYPES.values()]
        absent = number % (len(partners) + 1)
        if absent < len(partners):
            partners[absent] = ("无", "", "/")[absent]
        rows.append([str(number), unit, *partners])
        said += [(unit, one, len(rows)) for at, one in enumerate(partners) if at != absent]
    for ending in ENDINGS:
        stated = tuple(
            Said("PAIRED_WITH", a, b, row + rows_above(ending), directed=False) for a, b, row in said
        )
        yield Case(name, "one column a type", ending, _titled("对口联系计划表", merged_table(rows)), stated)


def _leaders(name: str, pairs: Sequence[Pair]) -> Iterator[Case]:
    """Each leader with an area, as a table and as items."""
    areas = _single(pairs)[: len(_LEADERS)]
    rows = [
        ["姓名", "职务", "联系地区"],
        *([who, "副市长", area] for who, area in zip(_LEADERS, areas, strict=False)),
    ]
    for ending in ENDINGS:
        said = tuple(
            Said("LIAISES_WITH", row[0], row[2], n + rows_above(ending)) for n, row in enumerate(rows[1:], 2)
        )
        yield Case(name, "leaders", ending, _titled("市领导联系地区安排表", merged_table(rows)), said)
    items = [f"{n}.副市长{row[0]}联系{row[2]}；" for n, row in enumerate(rows[1:], 1)]
    said = tuple(Said("LIAISES_WITH", row[0], row[2], n) for n, row in enumerate(rows[1:], 1))
    yield Case(name, "leaders, items", ".txt", tuple(map(Paragraph, ("市领导联系地区安排", *items))), said)


def _members(name: str, pairs: Sequence[Pair]) -> Iterator[Case]:
    """The units as members of a collective, as a table and as one line beside the heads."""
    units = _single(pairs)
    body = "示例合作联席会议"
    rows = [["序号", "成员单位"], *([str(n), unit] for n, unit in enumerate(units, 1))]
    for ending in ENDINGS:
        said = tuple(Said("MEMBER_OF", unit, body, n + rows_above(ending)) for n, unit in enumerate(units, 2))
        yield Case(name, "members", ending, _titled(f"{body}成员单位名单", merged_table(rows)), said)
    lines = (f"建立{body}制度，组成如下：", "召集人：王一", f"成员单位：{'、'.join(units)}。")
    said = tuple(Said("MEMBER_OF", unit, body, 2) for unit in units)
    yield Case(name, "members, line", ".txt", tuple(map(Paragraph, lines)), said)
