"""Tags of responsibility in running text: （责任单位：…）, 牵头单位：…, （市科委牵头，市教委配合）."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.ids import normalise
from ingest.interpret.header_words import match_header
from ingest.lists.bodies import Bodies
from ingest.profiles.responsibility import PROFILE

ROLES = frozenset({"lead", "support", "responsible", "leader", "due"})
FIRST_LEADS = re.compile(
    r"(?:第[一1]|首)(?:个|位|家|名)?.{0,8}牵头|排名?第一.{0,8}牵头|列(?:第一|首)位?.{0,8}牵头|排在?(?:首位|最?前).{0,8}牵头"
)
_LABEL = re.compile(r"(?:^|(?<=[，,；;、。！\s　]))(?P<label>[一-鿿]{2,9})\s*[:：]\s*")
_FLAT = r"[^（）()【】\[\]]*"
_BRACKETS = re.compile(rf"[（(【\[](?P<inside>{_FLAT}(?:[（(]{_FLAT}[）)]{_FLAT})*)[）)】\]][。；;.]?")
_BARE = re.compile(r"[（(](?P<names>.+)[）)]")
_BY_DUTY = r"(?:按|依)(?:照)?(?:各自)?职责(?:分工)?(?:分别)?(?:负责|落实|推进)?$"
_VERBS = (
    (re.compile("(?:负责)?(?:牵头|主办)(?:负责|落实|实施|推进)?$"), "lead", "牵头单位"),
    (re.compile("(?:参与|参加|配合|协助|协同|协办)(?:负责|落实|实施)?$"), "support", "配合单位"),
    (re.compile(rf"{_BY_DUTY}|(?:分别|共同)?(?:负责|落实|承担|承办)(?:实施)?$"), "responsible", "责任单位"),
)
_DUTIES = re.compile(_BY_DUTY)
_DUE = re.compile(
    r"(?P<due>(?:(?:力争|确保|计划|原则上)?[于在]?(?:每?年|\d|[一二三四五六七八九十]+月|今年|明年|本年|当年|上半年|下半年).{0,14}?)?"
    r"(?:前|底|内|末|初|[年月日])?)(?:之?前|期间)?(?:全面|基本|全部)?(?:完成|建成|启动|开工|投用|落实到位|取得实效)"
    r"|(?:每?年|\d{4}年|\d{1,2}月)[\d年月日—\-至到底前末初]*|(?:全年|长期|持续|常年|常态化)(?:坚持|推进|实施|开展|执行)?"
)
"""A clause that says until when: 2024年底前完成, 持续推进."""
_EDGES = " \u3000，,；;。.、"


@dataclass(frozen=True, slots=True)
class Tag:
    """One part of a tag: its role in a responsibility table, the header that it stands for, its text as printed, and
    the names without label and verb."""

    role: str
    header: str
    text: str
    names: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph and the tags that end it; `text` may be empty for a line of nothing but tags."""

    text: str
    tags: tuple[Tag, ...]


def read_tag(text: str) -> Tag | None:
    """The tag that the text of one cell is, by its label or its closing verb; None for anything else."""
    if (bare := _BARE.fullmatch(text)) is not None:
        return Tag("responsible", "责任单位", text, bare["names"].strip(_EDGES))
    labelled = _LABEL.match(text)
    if labelled is not None:
        role = _role(labelled["label"])
        names = _DUTIES.sub("", text[labelled.end() :].strip(_EDGES))
        return Tag(role, labelled["label"], text, names) if role else None
    for pattern, role, header in _VERBS:
        match = pattern.search(text)
        if match is not None and match.start() > 0:
            return Tag(role, header, text, re.sub("^由", "", text[: match.start()]).strip(_EDGES))
    return _due_in(text)


def _due_in(text: str) -> Tag | None:
    match = _DUE.fullmatch(text)
    return Tag("due", "完成时限", text, match["due"] or text) if match else None


def segments_of(line: str, bodies: Bodies) -> list[Segment]:
    """A paragraph cut behind each of its tags; empty where it has none."""
    bare = _labelled(line)
    if bare:
        return [Segment("", bare)]
    found: list[Segment] = []
    start = 0
    for match in _BRACKETS.finditer(line if _is_closed(line) else f"{line}）"):
        tags = tags_in(match["inside"], bodies)
        if tags:
            found.append(Segment(line[start : match.start()].strip(), tags))
            start = match.end()
    if not found:
        closing = _closing(line, bodies)
        if closing is not None:
            return [closing]
    return found


def _is_closed(line: str) -> bool:
    """Whether the last bracket of a line is closed; of a tag at a paragraph's end it may be forgotten."""
    return max(map(line.rfind, "（(【[")) <= max(map(line.rfind, "）)】]"))


def bare_segment(line: str, bodies: Bodies) -> Segment | None:
    """A paragraph that ends in brackets with nothing but names of bodies, one of them no place: where others tag who
    answers, so does this one (…沪苏湖铁路。（省发展改革委、苏州市政府）)."""
    match = re.search(rf"[（(](?P<names>{_FLAT}(?:[（(]{_FLAT}[）)]{_FLAT})*)[）)]$", line.rstrip("。；;. "))
    if match is None or not match.start():
        return None
    names = bodies.pieces(match["names"])
    if not any(re.search("[委局厅办部署院会]$", name) for name in names):
        return None
    return Segment(line[: match.start()].strip(), (Tag("responsible", "责任单位", match[0], match["names"]),))


def tags_in(inside: str, bodies: Bodies) -> tuple[Tag, ...]:
    """The tags in a bracket's text, or nothing where it is anything else."""
    inside = inside.strip()
    return _labelled(inside, filled=False) or _by_verbs(inside, bodies)


def note_in(text: str) -> str:
    """The words that say that the first-named unit leads, or ''."""
    clauses = re.split(r"(?<=[。；;，,])", text)
    at = next((i for i, clause in enumerate(clauses) if FIRST_LEADS.search(normalise(clause))), None)
    return "" if at is None else "".join(clauses[at:]).strip(_EDGES)


def _role(label: str) -> str:
    rule = match_header((normalise(label),), PROFILE)
    return rule.role if rule is not None and rule.role in ROLES else ""


def _labelled(text: str, *, filled: bool = True) -> tuple[Tag, ...]:
    """Tags with labels, the first of them at the very beginning. `filled`: not those without a name (责任单位：)."""
    labels = [m for m in _LABEL.finditer(text) if _role(m["label"])]
    if not labels or labels[0].start() > 0 or "。" in text.rstrip("。 "):
        return ()
    ends = [m.start() for m in labels[1:]] + [len(text)]
    tags: list[Tag] = []
    for match, end in zip(labels, ends, strict=True):
        part = text[match.start() : end].strip(_EDGES)
        note = note_in(part)
        part = part.removesuffix(note).strip(_EDGES)
        tag = read_tag(part)
        if tag is not None and (tag.names or not filled):
            tags.append(tag)
    return tuple(tags)


def _closing(line: str, bodies: Bodies) -> Segment | None:
    """A tag without brackets behind a paragraph's last sentence."""
    for match in _LABEL.finditer(line):
        if (
            match.start()
            and line[match.start() - 1] in "。；; 　"
            and _is_closed(line[: match.start()])
            and (tags := _labelled(line[match.start() :]))
        ):
            return Segment(line[: match.start()].strip(), tags)
    text, stop, last = line.rstrip("。 ").rpartition("。")
    tags = _by_verbs(last.strip(), bodies) if stop and text else ()
    return Segment(f"{text}{stop}".strip(), tags) if tags else None


def _by_verbs(text: str, bodies: Bodies) -> tuple[Tag, ...]:
    """市科委牵头，市教委、市财政局配合: every clause ends in its verb, and all else is names."""
    if len(text) > 300:
        return ()
    tags: list[Tag] = []
    held = ""
    for clause in re.split(r"(?<=[，,；;。])", text):
        held += clause
        part = held.strip(_EDGES)
        tag = read_tag(part) if part else None
        if tag is not None and tag.names and ":" not in normalise(part):
            if tag.role != "due" and not bodies.pieces(tag.names):
                return ()
            tags.append(tag)
            held = ""
    whole = any(tag.role != "due" for tag in tags) and not held.strip(_EDGES)
    return tuple(tags) if whole else ()
