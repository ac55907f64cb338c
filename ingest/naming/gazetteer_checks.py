"""What is wrong with a user's gazetteer as a whole: rows that only together, or beside the shipped ones, say too
much or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.ids import normalise
from graph.vocabulary import EntityType

if TYPE_CHECKING:
    from ingest.naming.gazetteer import Entry


def fault(origin: str, reason: str) -> UsageError:
    """The error that names file and line (`origin`) and says what to do."""
    return UsageError(f"名录 {origin} 有误：{reason}，请改正后再试。", origin=origin)


def check_together(own: Sequence[Entry], shipped: Sequence[Entry]) -> None:
    """Raise UsageError for a row that no name can ever reach, or that no name can tell from another."""
    if not own:
        return
    _check_same(own)
    every = (*shipped, *own)
    places = {normalise(form) for entry in every if entry.is_place for form in _forms(entry)}
    collectives = {normalise(f) for e in every if e.type is EntityType.COLLECTIVE for f in _forms(e)}
    for entry in own:
        if entry.region and not _is_place(normalise(entry.region), places):
            raise fault(
                entry.origin, f"region 列的“{entry.region}”不是名录里的地名，应写作 宁波市 或 上海市闵行区"
            )
        for name in entry.member_of:
            if normalise(name) not in collectives:
                raise fault(
                    entry.origin,
                    f"member_of 列的“{name}”不是名录里的集体称谓，应先加一行 Collective（集体称谓）",
                )


def _check_same(own: Iterable[Entry]) -> None:
    """Two rows of the user's for one body, or one name for two bodies of one place at one time."""
    bodies: dict[tuple[EntityType, str, str], Entry] = {}
    names: dict[tuple[EntityType, str, str], Entry] = {}
    for entry in own:
        key = entry.type, normalise(entry.region), normalise(entry.name)
        first = bodies.setdefault(key, entry)
        if first is not entry:
            raise fault(entry.origin, f"“{entry.name}”与 {first.origin} 重复，应并为一行")
    for entry in own:
        if entry.valid_to:
            continue  # a body that ended may have left its name to another
        for name in entry.also:
            if name.kind == "former":
                continue
            first = names.setdefault((entry.type, normalise(entry.region), normalise(name.text)), entry)
            if first is not entry:
                reason = f"also 列的“{name.text}”在 {first.origin} 已是“{first.name}”的名称，只能指一个"
                raise fault(entry.origin, reason)


def _forms(entry: Entry) -> Iterable[str]:
    yield entry.name
    yield from (name.text for name in entry.also)


def _is_place(region: str, places: Collection[str]) -> bool:
    """Whether a text is a place's name, or one after that of the place around it; 省, 市, 区 may be left out."""
    if region in places or any(f"{region}{end}" in places for end in "省市区县州盟旗"):
        return True
    return any(region[:at] in places and _is_place(region[at:], places) for at in range(2, len(region) - 1))
