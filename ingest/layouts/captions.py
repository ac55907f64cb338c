"""Titles and attachment numbers of tables, from the paragraphs before them and from their own title rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from rapidfuzz import fuzz

from graph.ids import normalise
from graph.tables import Table
from ingest.blocks import Block

ATTACHMENT_HEADING = re.compile(r"^附\s*件\s*(?P<number>\d{1,2}|[一二三四五六七八九十])?\s*[:：.．、]?\s*$")
ATTACHMENT_TITLE = re.compile(
    r"^附\s*件(?:\s*(?P<number>\d{1,2}|[一二三四五六七八九十](?![川平会里级方五十]))\s*[-:：.．、—]?\s*|\s+)"
    r"(?P<title>[^\d\s:：.．、].{2,80})$"
)
_NOT_A_TITLE = re.compile(
    r"^(?:单位\s*[:：]|\(?（?单位[:：]|填报单位|填报日期|制表|续表|注[:：]|备注|[(（]?\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?[)）]?$|第?\s*\d+\s*页)"
)
_LIST = re.compile(r"^附\s*件\s*[:：]\s*(?P<rest>\S.*)$")
_NAMES_A_TABLE = re.compile(r"(?:表|名单|清单|目录|一览|名录|计划|安排|方案|分工)(?:\s*[（(].{1,12}[）)])?$")
_LONGEST_TITLE = 60
_MOST_TITLE_ROWS = 4
_CHINESE = "一二三四五六七八九十"


@dataclass(slots=True)
class Captioned:
    """The tables of one file with title and attachment number, in the order of the blocks, and how much text
    (characters) stands under each attachment's heading beside its title and tables."""

    tables: list[Table] = field(default_factory=list[Table])
    after_list: set[int] = field(default_factory=set[int])
    """Indexes of the tables that stand after a list of attachments (附件：1.…), under no heading."""
    text_under: dict[int, int] = field(default_factory=dict[int, int])


def attachment_number(text: str | None) -> int:
    """`2` of 附件2 or 附件二; an attachment without a number is the first."""
    if not text:
        return 1
    return int(text) if text.isdecimal() else _CHINESE.index(text) + 1


def title_rows(table: Table) -> list[tuple[int, str]]:
    """(row, text) of the rows at the top of a grid that hold one text only: 附件1, its title, 单位：…"""
    if table.columns < 2 or table.kind != "grid":
        return []
    rows: list[tuple[int, str]] = []
    texts: list[str] = []
    current = 1
    for cell in table.cells:
        if cell.row > current:
            if len(texts) > 1:
                break
            rows += [(current, text) for text in texts]
            texts, current = [], cell.row
        if current > _MOST_TITLE_ROWS or (cell.rowspan > 1 and cell.colspan < table.columns):
            break
        if text := cell.text.strip():
            texts.append(text)
    return rows


def caption_tables(blocks: Sequence[Block], file_name: str, announced: Mapping[int, str]) -> Captioned:
    """Give each table the attachment under whose heading it stands and the title printed before or in it.

    `announced` has the titles that the document's list of attachments gives: a table without a heading of its
    own is known by them. The file's name (附件2….xlsx) speaks last.
    """
    found = Captioned()
    attachment: int | None = None
    titles: list[str] = []
    listed = _listed_lines(blocks)
    announces = False
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            found.tables.append(_captioned(block, attachment, titles, file_name, announced))
            if announces and attachment is None:
                found.after_list.add(len(found.tables) - 1)
            titles = []
            continue
        for position, line in enumerate(block.text.split("\n")):
            line = line.strip()
            if not line:
                continue
            if (index, position) in listed or _LIST.match(line):
                announces = True
                titles = []
                continue
            if heading := ATTACHMENT_HEADING.match(line) or ATTACHMENT_TITLE.match(line):
                attachment = attachment_number(heading["number"])
                titles = [title] if (title := heading.groupdict().get("title")) else []
                found.text_under.setdefault(attachment, 0)
                continue
            if _may_be_title(line):
                titles.append(line)
            elif not _NOT_A_TITLE.match(line):
                titles = []
            if attachment is not None and normalise(line) != normalise(announced.get(attachment, "")):
                found.text_under[attachment] += len(line)
    return found


def file_attachment(name: str) -> int | None:
    """The attachment number that a file's name tells (附件2：….xlsx), or None."""
    named = re.match(r"附\s*件\s*(\d{1,2}|[一二三四五六七八九十])", PurePath(name).name)
    return attachment_number(named[1]) if named else None


def _listed_lines(blocks: Sequence[Block]) -> set[tuple[int, int]]:
    """Lines 附件1：… that directly follow each other: a list that announces, not headings."""
    listed: set[tuple[int, int]] = set()
    previous: tuple[int, int] | None = None
    for index, block in enumerate(blocks):
        for position, line in enumerate("" if isinstance(block, Table) else block.text.split("\n")):
            if not line.strip():
                continue
            here = (index, position)
            if not ATTACHMENT_TITLE.match(line.strip()):
                previous = None
            elif previous is not None:
                listed |= {previous, here}
                previous = here
            else:
                previous = here
        if isinstance(block, Table):
            previous = None
    return listed


def _captioned(
    table: Table, attachment: int | None, titles: Sequence[str], file_name: str, announced: Mapping[int, str]
) -> Table:
    own = [text for _, text in title_rows(table)]
    for text in own:
        if heading := ATTACHMENT_HEADING.match(text) or ATTACHMENT_TITLE.match(text):
            attachment = attachment_number(heading["number"])
    named = list(_named_by_rows(own))
    # a sheet's name, which readers give as its title, says less than the title row inside it
    title = next(iter(named), "") or table.title or _title_before(titles)
    if attachment is None and title:
        attachment = next((n for n, text in announced.items() if alike_titles(title, text)), None)
    if attachment is None:
        attachment = file_attachment(file_name)
    if not title and attachment is not None:
        title = announced.get(attachment, "")
    return replace(table, title=title, attachment=attachment)


def alike_titles(a: str, b: str) -> bool:
    """Whether two titles name the same table: equal, one within the other, or nearly so."""
    one, other = normalise(a), normalise(b)
    if min(len(one), len(other)) < 4:
        return bool(one) and one == other
    return one in other or other in one or fuzz.ratio(one, other) >= 85


def _named_by_rows(own: Sequence[str]) -> Iterator[str]:
    for text in own:
        heading = ATTACHMENT_TITLE.match(text)
        if heading:
            yield heading["title"]
        elif not ATTACHMENT_HEADING.match(text) and not _NOT_A_TITLE.match(text):
            yield text.replace("\n", "")


def _may_be_title(line: str) -> bool:
    return (
        len(line) <= _LONGEST_TITLE
        and not re.search(r"[。；;，,：:]$", line)
        and not _NOT_A_TITLE.match(line)
    )


def _title_before(titles: Sequence[str]) -> str:
    """The nearest line that names a table, joined with the line before where the title is broken in two."""
    for index in range(len(titles) - 1, -1, -1):
        if _NAMES_A_TABLE.search(titles[index]):
            broken = index > 0 and len(titles[index]) < 8 and not _NAMES_A_TABLE.search(titles[index - 1])
            return titles[index - 1] + titles[index] if broken else titles[index]
    return titles[-1] if titles else ""
