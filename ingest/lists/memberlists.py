"""Sentences that say whom a collective is made of: 联席会议由民政部、教育部等22个部门组成."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.tables import Cell, Table
from ingest.lists.bodies import Bodies
from ingest.lists.taggeditems import Line
from ingest.separators import ORDINAL, separate

_BODY = "联席会议|领导小组|协调小组|工作小组|工作专班|指挥部|理事会|联盟|委员会|工作组|专项小组"
_MADE_OF = re.compile(
    rf"(?P<who>(?:[一-鿿]{{0,30}}?)(?:{_BODY}))(?:成员)?(?:主要)?由(?P<names>[^。；;:：]+?)"
    r"(?:等(?:有关|相关)?)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})?个?(?:成员单位|部门|单位)*(?:和单位|及单位)?(?:共同)?组成"
)
_NAMED = re.compile(rf"[一-鿿（）()]{{2,30}}(?:{_BODY})")
_NO_BODY = re.compile("专家|代表|人员|负责|同志|成员|学者|[的了是]|分管|领导")
_OFFICE = re.compile("(?:部|局|委|办|厅|署|会|院|行|中心|公司)$")
_LEAST = 3
"""Names below which a sentence is no list."""


def member_lists(lines: Sequence[Line], bodies: Bodies) -> list[tuple[int, Table]]:
    """A table for each such sentence of nothing but names, with the index of the block that it stands behind."""
    found: list[tuple[int, Table]] = []
    named = ""
    for at, line, _ in lines:
        text = ORDINAL.sub("", line)
        if (match := _MADE_OF.search(text)) is not None and _are_names(match["names"], bodies):
            who = match["who"]
            collective = named if named.endswith(who) else who
            cells = (Cell(1, 1, line), Cell(1, 2, collective), Cell(1, 3, match["names"]))
            found.append((at, Table(1, 3, cells, title=collective, kind="list", profile="members")))
        elif titled := _NAMED.findall(re.sub(r"^.*(?:关于|同意|建立|成立)", "", text)):
            named = named or titled[0]
    return found


def _are_names(text: str, bodies: Bodies) -> bool:
    """Whether a text is a list of names: most are bodies by their words, and none is anything else that is told."""
    parts = separate(re.sub("等$", "", text))
    if len(parts) < _LEAST or any(_NO_BODY.search(part) or not 2 <= len(part) <= 24 for part in parts):
        return False
    return sum(bodies.is_body(part) or bool(_OFFICE.search(part)) for part in parts) * 2 > len(parts)
