"""Paragraphs that say which leader liaises with whom, as tables of item, leader, relation word and counterparts:
陈炳荣副市长联系北仑区、镇海区；北仑区由陈炳荣副市长联系; under a title of liaisons 陈炳荣副市长：北仑区."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.ids import normalise
from graph.tables import Cell, Table
from graph.vocabulary import Use
from ingest.interpret.header_words import match_header
from ingest.interpret.sides import SERVES
from ingest.interpret.terms import relation_word
from ingest.lists.bodies import POST, Bodies
from ingest.lists.taggeditems import Line, is_heading
from ingest.naming.contract import Names
from ingest.naming.person_names import is_person
from ingest.naming.separators import ORDINAL, STATED_NONE, labelled
from ingest.profiles.liaison import PROFILE

_WORD = "(?:(?:挂钩|结对|定点|牵头|对口|挂点|挂联|包联)?联系(?:指导|服务)?|挂钩|挂联|联挂|包联|包抓|挂点)"
_VERB = re.compile(rf"(?:负责|具体|分别|继续)*(?P<term>{_WORD})")
_PASSIVE = re.compile(rf"(?P<whom>.+?)由(?P<by>.+?)(?:负责|具体)?(?P<term>{_WORD})")
_INTRODUCES = re.compile(
    rf"领导.{{0,12}}{_WORD}|{_WORD}.{{0,12}}(?:安排|分工|名单|制度|方案|情况)|领导.{{0,6}}分工"
)
_LEAD_IN = re.compile(r"^(?:其中|由|即|分别是|具体为)[，,]?")
_LONGEST_TITLE, _LONGEST_LABEL = 60, 12


@dataclass(frozen=True, slots=True)
class _Item:
    """An item; `whom` is empty where it cannot be told, and then nothing of it is read."""

    text: str
    leader: str = ""
    term: str = ""
    whom: str = ""


def liaison_lists(lines: Sequence[Line], bodies: Bodies, names: Names) -> list[tuple[int, Table]]:
    """A table for each run of such paragraphs, with the index of the block that it stands behind."""
    found: list[tuple[int, Table]] = []
    title = above = who = before = ""
    items: list[_Item] = []
    last = -1
    for at, line, level in (*lines, (-1, "", 0)):
        introduced = bool(_INTRODUCES.search(title))
        label, whom = _label(line)
        if (introduced or relation_word(label)) and (heads := _headed(line, names)):
            who = heads
            if label and bodies.heads(place := ORDINAL.sub("", before, count=1)):
                items.append(_Item(f"{before}\n{line}", who, relation_word(label), place))
                last = at
            before = line
            continue
        before = line
        read = _labelled(line, label, whom, who, bodies) or _read(
            line, bodies, names, introduced, bool(items)
        )
        if read:
            items += read
            last = at
            continue
        if items and who and label:
            continue
        who = ""
        if any(item.whom and any(one.name for one in names.people(item.leader)) for item in items):
            found.append((last, _table(items, title or above)))
        items = []
        above = above or line
        if is_heading(line, level) or line.endswith(("：", ":")) or len(line) <= _LONGEST_TITLE:
            title = line if _INTRODUCES.search(line) or is_heading(line, level) else title
    return found


def _headed(line: str, names: Names) -> str:
    """The leader that a line names and nothing else, for the labelled lines below it: 一、马志强（副市长）."""
    text = ORDINAL.sub("", line, count=1).strip("。；; ")
    label, rest = labelled(text)
    if label:
        rule = match_header((normalise(label),), PROFILE)
        text = rest if rule is not None and rule.role == "leader" else ""
    return text if _leads(text, names, introduced=True) and not _VERB.search(text) else ""


def _labelled(line: str, label: str, whom: str, who: str, bodies: Bodies) -> list[_Item]:
    """Whom the leader above liaises with, by a line's label: 挂钩企业：A、B; none for 服务单位：C."""
    if not who or not label or SERVES.match(label):
        return []
    rule = match_header((label,), PROFILE)
    if rule is None or rule.role != "counterpart" or STATED_NONE.match(whom):
        return []
    return [_Item(line, who, relation_word(label), whom) if bodies.pieces(whom) else _Item(line)]


def _label(line: str) -> tuple[str, str]:
    label, rest = labelled(ORDINAL.sub("", line, count=1).strip("。；; "))
    return (normalise(label), rest) if 0 < len(label) <= _LONGEST_LABEL else ("", "")


def _read(line: str, bodies: Bodies, names: Names, introduced: bool, running: bool) -> list[_Item]:
    """The items of one paragraph; nothing where it is prose."""
    items: list[_Item] = []
    for sentence in re.split("[。；;]", line):
        text = sentence.strip(" \u3000，,")
        if not text:
            continue
        if items and items[-1].whom and bodies.pieces(text):  # …：A；B
            before = items[-1]
            items[-1] = replace(before, text=f"{before.text}；{text}", whom=f"{before.whom}；{text}")
            continue
        whole = _clause(text, bodies, names, introduced)
        parts = [text] if whole and whole.whom else _parts(text, bodies, names, introduced)
        read = [_clause(part, bodies, names, introduced) for part in parts]
        if any(read):  # what stands between is no one's that can be told
            items += [one or _Item(part) for one, part in zip(read, parts, strict=True)]
    return items if running or any(item.whom for item in items) else []


def _parts(text: str, bodies: Bodies, names: Names, introduced: bool) -> list[str]:
    """The clauses of a sentence: between commas where each is one, else cut before each leader that begins one; words
    that belong to none stay apart, so that they are reported."""
    clauses: list[str] = []
    for part in re.split("[，,]", text):
        if clauses and not _holds_verb(part) and bodies.pieces(part):
            clauses[-1] += f"，{part}"
        elif part.strip():
            clauses.append(part.strip())
    found: list[str] = []
    for clause in clauses:
        whole = _clause(clause, bodies, names, introduced)
        found += [clause] if whole and whole.whom else _cut(clause, names, introduced)
    return [part for part in found if _holds_verb(part) or POST.search(part)]


def _cut(clause: str, names: Names, introduced: bool) -> list[str]:
    parts: list[str] = []
    for token in re.split("(?<=、)", clause):
        head = _LEAD_IN.sub("", ORDINAL.sub("", token, count=1))
        passive = _PASSIVE.match(head)
        starts = [head[: match.start()] for match in _VERB.finditer(head)]
        begins = any(_leads(who, names, introduced) for who in starts)
        begins = begins or (passive is not None and _leads(passive["by"], names, introduced))
        if begins or not parts:
            parts.append(token)
        else:
            parts[-1] += token
    return [part.strip(" \u3000、") for part in parts]


def _holds_verb(text: str) -> bool:
    return _VERB.search(text) is not None


def _clause(text: str, bodies: Bodies, names: Names, introduced: bool) -> _Item | None:
    plain = _LEAD_IN.sub("", ORDINAL.sub("", text, count=1)).strip()
    if (passive := _PASSIVE.fullmatch(plain)) is not None and _leads(passive["by"], names, introduced):
        return _item(text, passive["by"], passive["term"], passive["whom"], bodies)
    for match in _VERB.finditer(plain):
        who = plain[: match.start()]
        if _leads(who, names, introduced):
            return _item(text, who, match["term"], plain[match.end() :].lstrip("：: "), bodies)
    who, whom = labelled(plain)
    if introduced and who and whom and _leads(who, names, introduced):
        return _item(text, who, "", whom, bodies)
    return None


def _item(text: str, leader: str, term: str, whom: str, bodies: Bodies) -> _Item:
    told = bodies.pieces(whom) and not _VERB.search(whom) and not POST.search(whom)
    return _Item(text, leader.strip(), term, whom) if told else _Item(text)


def _leads(who: str, names: Names, introduced: bool) -> bool:
    """Whether words are nothing but leaders: each with a post, or under a title of liaisons with a name alone; a post
    without a name is one too, so that it is reported."""
    if not 2 <= len(who) <= 60 or re.search("[的了与和对:：]", who):
        return False
    found = names.people(who)
    return bool(found) and all(
        bool(POST.search(one.post)) and len(one.name or one.post) <= 16
        if one.post
        else introduced and is_person(one.name)
        for one in found
    )


def _table(items: Sequence[_Item], title: str) -> Table:
    cells: list[Cell] = []
    for row, item in enumerate(items, 1):
        if item.whom:
            cells.append(Cell(row, 1, item.text))
        else:
            cells.append(Cell(row, 1, item.text, use=Use.UNREADABLE, reason="row_ambiguous"))
        cells += [Cell(row, 2, item.leader), Cell(row, 3, item.term), Cell(row, 4, item.whom)]
    title = title.rstrip("：: ")
    short = title if len(title) <= _LONGEST_TITLE else ""
    return Table(len(items), 4, tuple(cells), title=short, kind="list", profile="liaison")
