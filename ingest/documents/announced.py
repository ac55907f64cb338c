"""Attachments that a document announces, and what is said of those that are absent.

Attachments are announced by a list after the text (附件说明, GB/T 9704-2012 §7.3.4: 附件：1.…), by headings (附件1)
and by the sentences that cite them (详见附件2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.ids import normalise
from graph.model import CoverageCell, Document, Entity, Problem
from graph.tables import Table
from graph.vocabulary import PARTNER_KINDS, PROBLEMS, EntityType, State
from ingest.blocks import ReadFile
from ingest.layouts.captions import ATTACHMENT_HEADING, ATTACHMENT_TITLE, Captioned, attachment_number
from ingest.naming.contract import Names, Scope
from ingest.profiling import Profile

_LIST = re.compile(r"^附\s*件\s*[:：]\s*(?P<rest>\S.*)$")
_ITEM = re.compile(
    r"(?P<number>\d{1,2})\s*[.．、]\s*(?P<title>[^\d\s.．、].*?)\s*(?=(?<!\d)\d{1,2}\s*[.．、]\s*[^\d\s]|$)"
)
_CITED = re.compile(
    r"(?<!》)(?<!》的)(?:详?见|按照?|根据|依据|对照|参照|参见|[（(])\s*附\s*件\s*(?P<number>\d{1,2}|[一二三四五六七八九十])?"
)
_PROMISES_TABLE = re.compile(r"表|名单|清单|目录|一览|名录")
_HOME_END = re.compile(r"[与和同对]")
_TEXT_ENOUGH = 20
"""Characters under an attachment's heading from which it counts as supplied."""


@dataclass(frozen=True, slots=True)
class Announced:
    """An attachment that the text announces; `citation` is the sentence that cites it, or empty."""

    number: int
    title: str = ""
    citation: str = ""

    @property
    def words(self) -> str:
        """The announcing words, for evidence."""
        return f"附件{self.number}：{self.title}" if self.title else self.citation or f"附件{self.number}"


def announced_attachments(files: Sequence[ReadFile]) -> dict[int, Announced]:
    """All attachments that the files announce, by number in order."""
    found: dict[int, Announced] = {}
    for file in files:
        lines = [line.strip() for p in file.paragraphs for line in p.text.split("\n") if line.strip()]
        for number, title in _titles(lines):
            known = found.get(number, Announced(number))
            found[number] = replace(known, title=known.title or title)
        for number, sentence in _citations(lines):
            known = found.get(number, Announced(number))
            found[number] = replace(known, citation=known.citation or sentence)
    return dict(sorted(found.items()))


def _titles(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(number, title) of lists 附件：1.… 2.…, lines 附件1：…, and headings 附件1 with the line below them."""
    expected = 0
    for index, line in enumerate(lines):
        start = _LIST.match(line)
        rest = start["rest"] if start else line
        if start or expected:
            items = (
                [(int(m["number"]), m["title"]) for m in _ITEM.finditer(rest)] if rest[0].isdigit() else []
            )
            if start and not items:
                yield 1, rest
            items = [item for at, item in enumerate(items, expected or 1) if item[0] == at]
            yield from items
            expected = items[-1][0] + 1 if items else 0
            if start or items:
                continue
        if named := ATTACHMENT_TITLE.match(line):
            yield attachment_number(named["number"]), named["title"]
        elif heading := ATTACHMENT_HEADING.match(line):
            below = lines[index + 1] if index + 1 < len(lines) else ""
            title = below if 4 <= len(below) <= 60 and not below.endswith(("。", "；", "：", ":")) else ""
            yield attachment_number(heading["number"]), title


def _citations(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for line in lines:
        if "附" not in line or _LIST.match(line) or ATTACHMENT_HEADING.match(line):
            continue
        for sentence in re.split(r"(?<=[。；;！])", line):
            for cited in _CITED.finditer(sentence):
                yield attachment_number(cited["number"]), sentence.strip()


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the absent attachments leave open."""

    problems: tuple[Problem, ...] = ()
    coverage: tuple[CoverageCell, ...] = ()
    entities: tuple[Entity, ...] = ()


def find_gaps(
    announced: Mapping[int, Announced],
    supplied: Sequence[Captioned],
    scans: Mapping[int, str],
    document: Document,
    names: Names,
    profiles: Sequence[Profile],
) -> Gaps:
    """Problems and `unreadable` coverage of announced attachments that no file supplies.

    `scans` are the numbers of attachments that were supplied as pictures, with the file's name.
    """
    problems: list[Problem] = []
    coverage: list[CoverageCell] = []
    entities: dict[str, Entity] = {}
    for one in announced.values():
        reason, problem = _what_is_missing(one, supplied, scans)
        if problem is None:
            continue
        problems.append(problem)
        if not is_counterpart_title(one.title, profiles):
            continue
        for unit in _home_units(one.title, Scope(document.region, document.id, document.date), names):
            entities[unit.id] = unit
            coverage += [
                CoverageCell(
                    document=document.id,
                    unit=unit.id,
                    kind=kind,
                    state=State.UNREADABLE,
                    reason=reason,
                    text=one.words,
                    status=document.status,
                )
                for kind in partner_kinds(one.citation, profiles) or partner_kinds(one.title, profiles)
            ]
    return Gaps(tuple(problems), tuple(coverage), tuple(entities.values()))


def is_supplied(number: int, supplied: Sequence[Captioned]) -> bool:
    """Whether some file has a table of this attachment."""
    return any(table.attachment == number for file in supplied for table in file.tables)


def _what_is_missing(
    one: Announced, supplied: Sequence[Captioned], scans: Mapping[int, str]
) -> tuple[str, Problem | None]:
    """The coverage reason and the problem of an attachment without content; no problem when it is there."""
    if is_supplied(one.number, supplied):
        return "", None
    name = f"附件{one.number}" + (f"《{one.title}》" if one.title else "")
    if one.number in scans:
        message = f"{name}是扫描件，没有可读的文字；请补充可编辑的文件。"
        return "scan", _problem("file_unreadable", message, scans[one.number])
    text = sum(file.text_under.get(one.number, 0) for file in supplied)
    if text >= _TEXT_ENOUGH and not _PROMISES_TABLE.search(one.title):
        return "", None
    if text >= _TEXT_ENOUGH * 5:
        return "unreadable_cell", _problem(
            "unknown_table", f"{name}有文字，但没有认出表格或名单。", one.words
        )
    message = f"{name}在文中提到，但没有随文件提供；补充后会自动并入本文件。"
    return "attachment_missing", _problem("attachment_missing", message, one.citation or one.words)


def _problem(code: str, message: str, text: str) -> Problem:
    return Problem(code=code, severity=PROBLEMS[code].severity, message=message, text=text)


def is_counterpart_title(title: str, profiles: Sequence[Profile]) -> bool:
    """Whether a title announces a table of counterparts, by the words that the profiles declare."""
    plain = normalise(title)
    return any(
        normalise(word) in plain for p in profiles if p.reading == "pairs" for word in p.titles if word
    )


def _home_units(title: str, scope: Scope, names: Names) -> list[Entity]:
    """Whom a counterpart table is about: the collectives in its title, else the known units before 与."""
    collectives = [found.entity for found in names.collectives_in(title, scope)]
    if collectives:
        return collectives
    home = _HOME_END.split(title, maxsplit=1)[0]
    pieces = (names.resolve(piece.text, scope) for piece in names.split(home, scope).pieces)
    return [r.entity for r in pieces if r.known and r.entity.type is EntityType.UNIT]


def partner_kinds(text: str, profiles: Sequence[Profile]) -> list[EntityType]:
    """The kinds of counterpart that a sentence or title names after its first 与, by the profiles' synonyms.

    A title (…与上海市…计划表) and a sentence (加强与上海市有关园区、创新机构、国有企业开展…) alike name the home
    side before 与, where 园区 would mean the own zones.
    """
    plain = normalise(text)
    _, found, partners = plain.partition("与")
    clause = re.split(r"[,，。;；]", partners)[0] if found else plain
    kinds: set[EntityType] = set()
    for profile in profiles:
        for rule in profile.columns if profile.reading == "pairs" else ():
            if rule.role == "counterpart" and rule.kind and any(_says(clause, word) for word in rule.words):
                kinds.add(rule.kind)
    return [kind for kind in PARTNER_KINDS if kind in kinds]


def _says(text: str, word: str) -> bool:
    if len(word) > 2 and word.startswith("/") and word.endswith("/"):
        return re.search(word[1:-1], text) is not None
    return normalise(word) in text


def tables_of(supplied: Sequence[Captioned]) -> list[Table]:
    """All captioned tables, file by file."""
    return [table for file in supplied for table in file.tables]
