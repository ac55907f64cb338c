"""Whom a collective is made of: 联席会议由民政部、教育部等22个部门组成; 成员单位：A、B beside 组长 and 副组长."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.tables import Cell, Table
from ingest.lists.bodies import POST, Bodies
from ingest.lists.taggeditems import Line
from ingest.naming.person_names import is_person
from ingest.naming.separators import ORDINAL, separate

_BODY = "联席会议|领导小组|协调小组|工作小组|工作专班|指挥部|理事会|联盟|委员会|工作组|专项小组"
_MADE_OF = re.compile(
    rf"(?P<who>(?:[一-鿿]{{0,30}}?)(?:{_BODY}))(?:成员)?(?:主要)?由(?P<names>[^。；;:：]+?)"
    r"(?:等(?:有关|相关)?)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})?个?(?:成员单位|部门|单位)*(?:和单位|及单位)?(?:共同)?组成"
)
_NAMED = re.compile(rf"[一-鿿（）()]{{2,30}}(?:{_BODY})")
_PART = re.compile("[一-鿿]{2,12}[组班]")
"""A heading over the members of one part of a body: 综合协调组."""
_NO_BODY = re.compile("专家|代表|人员|负责|同志|成员|学者|[的了是]|分管|领导")
_OFFICE = re.compile("(?:部|局|委|办|厅|署|会|院|行|中心|公司)$")
_LABEL = re.compile(
    r"(?P<label>(?:总|第一|常务|副)*(?:组长|召集人|指挥|指挥长|理事长|主任|秘书长)|成员单位|组成单位|组成部门|会员单位|成员|组员)[:：]\s*(?P<rest>.*)"
)
_OFFICER = re.compile(
    r"(?:党政|党委)?(?:主要|分管|有关|相关)*(?:负责人|负责同志|领导同志|领导)(?=[、，,；;。]|$)"
)
_PERSON = re.compile(r"(?P<name>[一-鿿][ \u3000]*[一-鿿]{1,3})[ \u3000]+(?P<post>\S.*)")
_LEAST = 3
"""Names below which a sentence, and lines below which a run of people, is no list."""


def member_lists(lines: Sequence[Line], bodies: Bodies) -> list[tuple[int, Table]]:
    """A table for each such sentence of nothing but names and each run of such lines, with the index of the block that
    it stands behind. Nothing tells that a person listed as a member stands for a unit: such a line is kept unread, and
    a list of people alone is of no kind."""
    found: list[tuple[int, Table]] = []
    named = last_named = above = ""
    run: list[tuple[str, str]] = []
    last, part = -1, ""
    for at, line, _ in (*lines, (-1, "", 0)):
        text = ORDINAL.sub("", line)
        if (said := _labelled(text, run, bodies)) is not None:
            if not run:
                part = above if _PART.fullmatch(above) else ""
            run.append((line, said))
            last = at
            continue
        if any(names for _, names in run):
            found.append((last, _group(run, _whole(last_named or named, part))))
        elif len(run) >= _LEAST and (last_named or named):
            found.append((last, _people(run, _whole(last_named or named, part))))
        run, above = [], text.rstrip(":： ")
        if (match := _MADE_OF.search(text)) is not None and _are_names(match["names"], bodies):
            who = match["who"]
            collective = named if named.endswith(who) else who
            cells = (Cell(1, 1, line), Cell(1, 2, collective), Cell(1, 3, match["names"]))
            found.append((at, Table(1, 3, cells, title=collective, kind="list", profile="members")))
        elif titled := _NAMED.findall(re.sub(r"^.*(?:关于|同意|建立|成立|设立|组建)", "", text)):
            named, last_named = named or titled[0], titled[-1]
    return found


def _whole(body: str, part: str) -> str:
    """The part's name behind its body's; a part of nothing named is nobody that can be told."""
    return body if not part or body.endswith(part) else body and body + part


def units_of(text: str) -> str:
    """The units in a list of members by office: 市发改委主要负责同志 speaks of 市发改委."""
    return _OFFICER.sub("", text)


def _labelled(text: str, run: Sequence[tuple[str, str]], bodies: Bodies) -> str | None:
    """The names behind a label, empty where they are people's; None for any other line. Below 成员单位： with nothing
    behind it each line of nothing but names goes on."""
    match = _LABEL.fullmatch(_unspaced(text))
    if match is None:
        if run and _is_person(text, run[-1][0]):
            return ""
        open_list = run and (run[-1][0].endswith((":", "：")) or not _LABEL.match(run[-1][0]))
        return text if open_list and bodies.pieces(units_of(text)) else None
    if "成员" not in match["label"] and not match["label"].endswith(("单位", "部门", "组员")):
        return ""
    rest = match["rest"].rstrip("。；; ")
    return rest if bodies.pieces(units_of(re.sub("等$", "", rest))) else ""


def _is_person(text: str, above: str) -> bool:
    """Whether a line goes on with people below 成员：张三  市甲局局长."""
    person = _PERSON.fullmatch(text)
    if person is None or not is_person(re.sub(r"\s", "", person["name"])) or not POST.search(person["post"]):
        return False
    label = _LABEL.fullmatch(_unspaced(above))
    return _PERSON.fullmatch(above) is not None if label is None else "员" in label["label"]


def _unspaced(text: str) -> str:
    """组　长： as 组长：."""
    return re.sub(r"(?<=[一-鿿])[ \u3000]+(?=[一-鿿]{1,3}[ \u3000]*[:：])", "", text)


def _people(run: Sequence[tuple[str, str]], collective: str) -> Table:
    cells = [Cell(row, 1, line) for row, (line, _) in enumerate(run, 1)]
    return Table(len(run), 1, tuple(cells), title=collective, kind="list")


def _group(run: Sequence[tuple[str, str]], collective: str) -> Table:
    cells = [
        cell
        for row, (line, names) in enumerate(run, 1)
        for cell in (Cell(row, 1, line), Cell(row, 2, collective if names else ""), Cell(row, 3, names))
    ]
    return Table(len(run), 3, tuple(cells), title=collective, kind="list", profile="members")


def _are_names(text: str, bodies: Bodies) -> bool:
    """Whether a text is a list of names: most are bodies by their words, and none is anything else that is told."""
    parts = separate(re.sub("等$", "", text))
    if len(parts) < _LEAST or any(_NO_BODY.search(part) or not 2 <= len(part) <= 24 for part in parts):
        return False
    return sum(bodies.is_body(part) or bool(_OFFICE.search(part)) for part in parts) * 2 > len(parts)
