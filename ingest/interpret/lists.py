"""List tables: the same readings as grids, with the roles told by the tags in the cells instead of a header."""

from __future__ import annotations

import re

from graph.tables import Cell, Table
from graph.vocabulary import Use
from ingest.interpret.matching import Column, Layout
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet, is_damaged, without_withheld
from ingest.interpret.values import Entry, Has, Value
from ingest.lists.memberlists import units_of
from ingest.lists.taggeditems import HEADING
from ingest.lists.tags import FIRST_LEADS, Tag, read_tag
from ingest.naming.contract import Names
from ingest.naming.separators import ORDINAL, plain
from ingest.profiling import ColumnRule, Profile

_LEADING = re.compile(
    r"(?P<who>[^，,、：:。（(]{2,14}?)(?:同志)?(?:负责)?(?:主抓|牵头|主管|分管|负责|挂帅|包抓|领衔)"
)
_TAGGED = re.compile(r"[（(【\[](?P<inside>[^（）()【】]+[:：][^（）()【】]+)[）)】\]]$")
_TITLE_END = re.compile(r"[。；;\n]")
_ROLES = {
    "members": ("group", "collective", "member"),
    "liaisons": ("group", "leader", "term", "counterpart"),
}
_HEADERS = {"member": "成员单位", "leader": "联系领导"}
_SPLIT = frozenset({"member", "leader", "counterpart"})
_PARTS = (("number", 0), ("task_title", 1), ("task_content", 2))


def list_layout(table: Table, profile: Profile, names: Names) -> tuple[Sheet, Layout, Body]:
    """The sheet, columns and rows of a list table, as the readings of grids take them."""
    sheet = Sheet(table)
    columns, tags = _task_columns(table) if profile.reading == "tasks" else (_plain_columns(profile), {})
    layout = Layout(profile, 0, 0, (columns,), frozenset(), 1.0, ())
    body = Body()
    number = 0
    for row in range(1, table.rows + 1):
        cell = sheet.cell(row, 1)
        if cell.colspan == table.columns and FIRST_LEADS.search(plain(cell.text)):
            body.kinds[row] = "note"
            body.notes.append(cell.text)
            continue
        body.kinds[row] = "data"
        cells = [sheet.cell(row, column.index) for column in columns]
        parts = _parts(without_withheld(cell.text.strip()), number + 1)
        number = int(parts[0]) if parts[0].isdecimal() else number
        values = [_value(row, c, one, tags, parts, names) for c, one in zip(columns, cells, strict=True)]
        lost = "row_ambiguous" if cell.use is Use.UNREADABLE else ""
        body.entries.append(Entry(row, 0, values, "", lost, cells))
    return sheet, layout, body


def _plain_columns(profile: Profile) -> tuple[Column, ...]:
    if profile.reading in _ROLES:
        return tuple(
            Column(index, ColumnRule(role, (), splits=role in _SPLIT), _HEADERS.get(role, ""))
            for index, role in enumerate(_ROLES[profile.reading], 1)
        )
    one_way = profile.name == "oneway"
    home = ColumnRule("home" if one_way else "counterpart", ())
    partner, term = ColumnRule("counterpart", ()), ColumnRule("term", (), splits=False)
    rules = ((1, ColumnRule("group", (), splits=False)), (2, home), (3, term), (4, partner))
    return tuple(Column(index, rule, "") for index, rule in rules)


def _task_columns(table: Table) -> tuple[tuple[Column, ...], dict[tuple[int, int], Tag]]:
    """The item's number, title and content; each kind of tag; the heading with its leader."""
    heading = table.columns if _holds_headings(table) else 0
    tags = {
        (cell.row, cell.column): tag
        for cell in table.cells
        if 1 < cell.column != heading and cell.text and (tag := read_tag(cell.text)) is not None
    }
    kinds: dict[int, Tag] = {}
    for (_, column), tag in tags.items():
        kinds.setdefault(column, tag)
    columns = [Column(1, ColumnRule(role, (), splits=False), "") for role, _ in _PARTS]
    for index in range(2, table.columns + 1):
        tag = kinds.get(index)
        if tag is not None:
            columns.append(Column(index, ColumnRule(tag.role, ()), tag.header))
            continue
        columns.append(Column(index, ColumnRule("leader", ()), "牵头领导"))
        columns.append(Column(index, ColumnRule("group", (), splits=False), ""))
    return tuple(columns), tags


def _holds_headings(table: Table) -> bool:
    """Whether the last column has the headings above the items: 一、推动科技创新协同 ends as a tag does and is none."""
    texts = [cell.text for cell in table.cells if cell.column == table.columns > 1 and cell.text]
    return any(HEADING.match(text) or read_tag(text) is None for text in texts)


def _value(
    row: int,
    column: Column,
    cell: Cell,
    tags: dict[tuple[int, int], Tag],
    parts: tuple[str, str, str],
    names: Names,
) -> Value:
    printed = cell.text
    if cell.use is Use.UNREADABLE or is_damaged(printed):
        return Value(Has.UNREADABLE, "", printed, row, column.index, row)
    text = without_withheld(printed.strip())
    if (tag := tags.get((cell.row, cell.column))) is not None:
        text = without_withheld(tag.names)
    elif column.role in dict(_PARTS):
        text = parts[dict(_PARTS)[column.role]]
    elif column.role == "leader" and column.header != _HEADERS["leader"]:
        text = leader_of(text, names)
    elif column.role == "member":
        text = units_of(text)
    return Value(Has.TEXT if text else Has.BLANK, text, printed, row, column.index, row)


def _parts(text: str, expected: int) -> tuple[str, str, str]:
    """Number, title and content of an item's text: its number, its first sentence, and the rest.

    `expected` is the number that follows the item above: it tells 11.121人才梯队 from a decimal.
    """
    found = ORDINAL.match(text) or re.match(rf"{expected}[.．、](?=\d+[^\d.%．]{{3}})", text)
    number = found[0].strip(" \u3000.．、)）(（") if found else ""
    words = text[found.end() :] if found else text
    title, *_ = _TITLE_END.split(words, maxsplit=1)
    return number, title.strip(), words[len(title) + 1 :].strip()


def leader_of(heading: str, names: Names) -> str:
    """Who leads what stands below a heading: a person with a post at its front (一、王纲市长主抓…), or
    the leader in the tag at its end (一、设施联通（牵头领导：…））."""
    tagged = _TAGGED.search(heading)
    if tagged is not None and (tag := read_tag(tagged["inside"])) is not None and tag.role == "leader":
        return tag.names
    match = _LEADING.match(ORDINAL.sub("", heading))
    if match is None:
        return ""
    people = names.people(match["who"])
    return match["who"] if len(people) == 1 and people[0].name and people[0].post else ""
