"""What the clauses of one paragraph pair: A与B、C与D结对; A帮扶B、C; X对口支援Y; A——B; 党派：A、B; 分别.

A clause is a pair only when all of it is names, a connecting word, names, and at most the words that close such a
sentence. A clause that connects names and something else is `Unread` where its neighbours are pairs, else prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.vocabulary import Direction
from ingest.interpret.terms import direction_of, relation_word
from ingest.lists.bodies import PLACES, WORD, Bodies
from ingest.naming.separators import DASH, ORDINAL, labelled, plain, separate
from ingest.naming.words import said

_STRONG = "对口|结对|挂钩|定点|帮扶|支援|援建|援助|扶贫"
_VERB = re.compile(rf"(?:负责|分别|共同|联合)*(?P<term>{WORD}+)")
_TAIL = re.compile(
    rf"(?:分别|相互|互相|共同|之间)?(?:(?:建立|结为|结成|形成|签[订署]|缔结|开展|实行|确立|确定为?|进行)了?(?:[一-鿿]{{0,4}}?))?(?P<term>{WORD}+)(?:帮扶|协作)?(?:工作)?"
    r"(?:关系|对子|城市|单位|协议)?(?:工作)?$"
)
_PASSIVE = re.compile(rf"(?P<whom>.+?)[由被](?P<by>.+?)(?:负责|共同|实施|进行)*(?P<term>{WORD}+)(?:工作)?")
"""松阳县由海曙区对口支援: the supporter stands behind 由."""
_JOIN = re.compile("[与同和]")
_LEAD_IN = re.compile(
    r"^(?:其中|具体是|具体为|即|由|确定|明确|组织|安排|包括|分别是|分别为|调整后|决定|同时|以及)+[，,:：]?"
)
_RELATION_OF = re.compile(
    rf"^(?:建立|确立|形成|明确|缔结|巩固)?(?P<ends>.+[与同和].+?)(?:之间)?的(?P<term>{WORD}+关系)$"
)
"""建立A与B的结对关系 says what A与B结对关系 does."""
_NEGATIVE = re.compile(r"不|未|没有|除外|鼓励|暂无|取消|停止|不再")
_CLAUSE = re.compile(r"[；;，,]")
_MARKED = re.compile(rf"[—–―─→↔与同和:：]|{WORD}")


@dataclass(frozen=True, slots=True)
class Pair:
    """An item: its text, the relation word in it, and (home side, partner side) as printed; more than one for 分别."""

    text: str
    term: str
    couples: tuple[tuple[str, str], ...]
    certain: bool = False
    """Whether the item says by itself that it pairs: by a strong word of relation."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An item whose ends cannot be told. `certain`: it is nothing but names and a strong word of relation, so that it
    is said even where no pair stands beside it."""

    text: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class _Other:
    text: str
    names: bool = False
    """Whether it is nothing but names."""


def read_line(line: str, bodies: Bodies, introduced: str, running: bool) -> list[Pair | Unread]:
    """The pairs of one paragraph; nothing for prose.

    `introduced`: the relation that a line before names; `running`: the paragraph above gave pairs.
    """
    if not (running or _MARKED.search(line)):
        return []
    strongly = bool(re.search(_STRONG, introduced))
    read = [_sentence(sentence, bodies, introduced) for sentence in re.split("[。！]", line)]
    some = [items for items in read if running or any(isinstance(i, Pair) or i.certain for i in items)]
    items = [item for items in some for item in items]
    pairs = [item for item in items if isinstance(item, Pair)]
    if not pairs and not any(item.certain for item in items):
        lost = running and ORDINAL.match(line) is not None and bodies.some(line)
        lost = lost or (running and any(isinstance(i, Unread) for i in items))
        return [Unread(line)] if lost else []
    if not (any(item.certain for item in items) or (introduced and (strongly or running or len(pairs) > 1))):
        return []
    return items


def _sentence(sentence: str, bodies: Bodies, introduced: str) -> list[Pair | Unread]:
    sentence = sentence.strip(" \u3000；;，,")
    body = ORDINAL.sub("", sentence, count=1)
    lead, rest = labelled(body)
    word = ""
    if lead and rest:
        if bodies.pieces(lead):
            return _listed(sentence, lead, rest, bodies, introduced)
        word = relation_word(lead)
        introduced = introduced or word
        body = rest
    read = [_clause(clause.strip(), bodies) for clause in _CLAUSE.split(body) if clause.strip()]
    return _settled(read, bool(introduced), word)


def _listed(text: str, lead: str, rest: str, bodies: Bodies, introduced: str) -> list[Pair | Unread]:
    """党派：A、B — where a line before says what relation it is."""
    if not introduced or _NEGATIVE.search(rest) or not bodies.some(rest):
        return []
    names = bodies.pieces(rest)
    if direction_of(introduced) is Direction.A_TO_B and _are_helpers(names, lead):
        lead, rest = rest, lead
    return [Pair(text, "", ((lead, rest),)) if names else Unread(text)]


def _are_helpers(names: Sequence[str], lead: str) -> bool:
    """Whether offices stand behind a place, which they help (定点帮扶，青岭县：市计委、市农委): not the place them."""
    place, kinds = said(plain(lead)), [said(plain(name)) for name in names]
    if (
        place is None
        or place.kind not in PLACES
        or any(plain(name).startswith(plain(lead)) for name in names)
    ):
        return False
    offices = any(kind is not None and kind.kind in ("bureau", "party_organ") for kind in kinds)
    return offices and all(kind is not None and kind.kind not in PLACES for kind in kinds)


def _settled(
    read: Sequence[list[Pair] | Unread | _Other], introduced: bool, word: str
) -> list[Pair | Unread]:
    """The clauses of one sentence together: a closing 结对 speaks for all before it; names that hang on to a pair make
    it undetermined."""
    items: list[Pair | Unread] = []
    closing = next((c for o in reversed(read) if isinstance(o, _Other) and (c := _closing(o.text))), "")
    pairs = [pair for one in read if isinstance(one, list) for pair in one]
    closing = closing or (pairs[-1].term if pairs else "") or word
    for at, one in enumerate(read):
        if isinstance(one, list):
            after = read[at + 1] if at + 1 < len(read) else None
            before = read[at - 1] if at else None
            hanging = [o for o in (before, after) if isinstance(o, _Other) and o.names]
            if hanging:
                items.append(Unread("，".join([*(o.text for o in hanging), *(pair.text for pair in one)])))
            else:
                items += [_with_term(pair, closing) for pair in one]
        elif isinstance(one, Unread):
            items.append(one)
    return items if introduced or any(i.certain for i in items) else []


def _closing(text: str) -> str:
    match = _TAIL.fullmatch(text)
    return match["term"] if match else ""


def _with_term(pair: Pair, closing: str) -> Pair:
    term = pair.term or closing
    return Pair(pair.text, term, pair.couples, pair.certain or bool(re.search(_STRONG, term)))


def _clause(text: str, bodies: Bodies) -> list[Pair] | Unread | _Other:
    words = _LEAD_IN.sub("", ORDINAL.sub("", text, count=1)).strip()
    words = _RELATION_OF.sub(r"\g<ends>\g<term>", words)
    whole = _joined(words, bodies)
    tokens = separate(words)
    each = [_joined(token, bodies) for token in tokens]
    joined = [one for one in each if one is not None]
    if len(tokens) > 1 and len(joined) == len(tokens):
        term = next((term for _, term, _, _ in reversed(joined) if term), "")
        return [
            _pair(token, (a, t or term, b, None)) for token, (a, t, b, _) in zip(tokens, joined, strict=True)
        ]
    if len(joined) > 1:
        return Unread(text)
    if whole is not None:
        if whole[3] is None or whole[3]:
            return [_pair(text, whole)]
        return Unread(text, certain=bool(re.search(_STRONG, whole[1])))
    if bodies.pieces(words):
        return _Other(words, names=True)
    if _NEGATIVE.search(words) or (not joined and not _half(words, bodies)):
        return _Other(words)
    return Unread(text)


Joined = tuple[str, str, str, tuple[tuple[str, str], ...] | None]
"""Left side, relation word, right side, and what 分别 pairs: None without it, empty where the numbers differ."""


def _pair(text: str, joined: Joined) -> Pair:
    left, term, right, couples = joined
    return Pair(text, term, couples or ((left, right),), bool(re.search(_STRONG, term)))


def _joined(text: str, bodies: Bodies) -> Joined | None:
    """The two sides of a clause, when all of it is names, what connects them and a closing word."""
    if (passive := _PASSIVE.fullmatch(text)) is not None:
        return _sides(passive["by"], passive["whom"], passive["term"], False, bodies)
    for match in _VERB.finditer(text):
        found = _sides(text[: match.start()], text[match.end() :], match["term"], "分别" in match[0], bodies)
        if found is not None:
            return found
    stem, term = text, ""
    if (tail := _TAIL.search(text)) is not None and tail.start() > 2:
        for start in range(tail.start(), len(text) - 1):
            again = _TAIL.fullmatch(text[start:])
            if again is not None and (found := _connected(text[:start], again["term"], bodies)):
                return found
    return _connected(stem, term, bodies)


def _connected(text: str, term: str, bodies: Bodies) -> Joined | None:
    for pattern in (DASH, re.compile("[与同]"), _JOIN if term else DASH):
        places = list(pattern.finditer(text))
        found = [
            sides
            for m in places
            if (sides := _sides(text[: m.start()], text[m.end() :], term, False, bodies)) is not None
        ]
        if len(found) == 1:
            return found[0]
    return None


def _sides(left: str, right: str, term: str, by_position: bool, bodies: Bodies) -> Joined | None:
    left, right = left.strip(), right.strip()
    if left.endswith("分别"):
        left, by_position = left.removesuffix("分别"), True
    if right.endswith("分别"):
        right, by_position = right.removesuffix("分别"), True
    a, b = bodies.pieces(left), bodies.pieces(right)
    if not a or not b:
        return None
    if not by_position:
        return left, term, right, None
    return left, term, right, tuple(zip(a, b, strict=True)) if len(a) == len(b) else ()


def _half(text: str, bodies: Bodies) -> bool:
    """Whether a text that is no pair connects a name on one side at least: A与…, …——B."""
    places = [*DASH.finditer(text), *re.finditer("[与同]", text), *re.finditer(f"(?:{_STRONG})+", text)]
    return any(bodies.pieces(text[: m.start()]) or bodies.pieces(text[m.end() :]) for m in places)
