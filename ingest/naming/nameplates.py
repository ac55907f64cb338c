"""Two nameplates (两块牌子): one body under several names, the others in brackets after the first.

市教育局（市委教育工委）, 市档案局（馆）, 市文化广电旅游局（原市旅游局）. The names in brackets become names by which
the body is found; nothing that is printed changes, and a body that is printed under such a name alone stays one of
its own until someone decides.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.ids import normalise
from graph.model import Name
from graph.vocabulary import EntityType
from ingest.naming.collectives import is_collective
from ingest.naming.contract import Piece, Resolved
from ingest.naming.person_names import is_person
from ingest.naming.words import said

_PARTED = re.compile(r"[、,，;；/]|(?:加挂|挂)(?=.)|牌子$")
_INSIDE = re.compile(r"(?<!办公)(?:处|科|室|股|队|站|中心|支部)$")
"""What ends so in brackets is a part of the body before it (市经信局（产业处）), but for its 办公室."""
_ENDING = re.compile(r"^[局委办部馆院会社]$")
"""A bracket that only holds another ending: 市档案局（馆） is 市档案馆 too."""
_BODIES = frozenset({"bureau", "party_organ", "zone_committee"})


def with_nameplates(resolved: Resolved, piece: Piece) -> Resolved:
    """What a name stands for, also under the names that stand in brackets after it."""
    entity = resolved.entity
    if not piece.note or entity.type is not EntityType.UNIT or entity.kind not in _BODIES:
        return resolved
    known = {name.text for name in entity.names}
    more = [name for name in nameplates(normalise(piece.text), piece.note) if name.text not in known]
    return replace(resolved, entity=replace(entity, names=(*entity.names, *more))) if more else resolved


def nameplates(name: str, note: str) -> list[Name]:
    """The other names of a unit that a remark in brackets after it tells."""
    found: list[Name] = []
    for part in _PARTED.split(normalise(note)):
        former = part.startswith("原")
        other = part.removeprefix("原")
        if _ENDING.match(other):
            other = f"{re.sub('(?:委员会|办公室|.)$', '', name)}{other}"
        elif not _is_body(other):
            continue
        if other != name:
            found.append(Name(other, "former" if former else "alias"))
    return found


def _is_body(text: str) -> bool:
    kind = said(text)
    if kind is None or len(text) < 3 or is_person(text) or is_collective(text) or _INSIDE.search(text):
        return False
    return kind.type is EntityType.PARK or (kind.type is EntityType.UNIT and kind.kind in _BODIES)
