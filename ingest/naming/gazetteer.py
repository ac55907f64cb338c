"""Gazetteers: official names with their source, shipped as CSV and extended by the user's own CSV.

A row names one body; its columns are `COLUMNS`. Places carry their 行政区划代码, from which their path is told
(330203 lies in 3302 宁波市 and 33 浙江省). A wrong row of the user's is answered with file, line and reason.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from graph.errors import FileRejected
from graph.ids import normalise
from graph.model import Name
from graph.vocabulary import ORGANISATION_KINDS, TYPES, UNIT_KINDS, EntityType
from ingest.formats.decoding import decode
from ingest.naming.gazetteer_checks import check_together, fault

COLUMNS: tuple[str, ...] = (
    "name",  # official full name; of a place its own name (江北区)
    "type",  # Unit, Park, Institute, Enterprise, Organisation, Collective
    "kind",
    "region",  # name of the place in which it lies (宁波市, 上海市闵行区)
    "code",  # 行政区划代码 of a place; of a zone its order after the districts (3302z01)
    "also",  # other names, each with its kind: short:市经信局|former:…|alias:…
    "state_owned",  # of an enterprise: true, false or empty
    "member_of",  # the collective of its region that it belongs to
    "member_from",
    "member_to",
    "sectors",  # 集成电路|生物医药
    "valid_from",
    "valid_to",
    "source",
    "date",  # of the source
)
NEEDED: tuple[str, ...] = ("name", "type", "source", "date")
NAME_KINDS: tuple[str, ...] = ("short", "former", "alias")
PLACE_KINDS: frozenset[str] = frozenset({"province", "city", "district", "county"})
_TYPES = {t.value: t for t in EntityType if t not in {EntityType.TASK, EntityType.LEADER}}
_BY_LABEL = {TYPES[t].label.zh: t for t in _TYPES.values()}
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)|年?)")
_DATES = ("date", "valid_from", "valid_to", "member_from", "member_to")
_PERIODS = (("valid_from", "valid_to"), ("member_from", "member_to"))
_CODE = re.compile(r"^\d{6}$")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One row of a gazetteer, told from others by identity. `origin` is "file:line"."""

    name: str
    type: EntityType
    kind: str = ""
    region: str = ""
    code: str = ""
    also: tuple[Name, ...] = ()
    state_owned: str = ""
    member_of: tuple[str, ...] = ()
    member_from: str = ""
    member_to: str = ""
    sectors: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    source: str = ""
    date: str = ""
    origin: str = ""

    @property
    def is_place(self) -> bool:
        return self.type is EntityType.UNIT and self.kind in PLACE_KINDS and len(self.code) == 6

    @property
    def citation(self) -> str:
        """Source and date, as evidence shows them."""
        return f"{self.source}（{self.date}）" if self.date else self.source


def _parse_also(text: str, origin: str) -> tuple[Name, ...]:
    found: list[Name] = []
    for part in text.replace("｜", "|").replace("：", ":").split("|"):
        kind, colon, name = part.strip().partition(":")
        if not colon or kind not in NAME_KINDS or not name.strip():
            raise fault(origin, f"also 列的“{part}”应写作 short:简称、former:曾用名 或 alias:别名")
        if any(normalise(one.text) == normalise(name) for one in found):
            raise fault(origin, f"also 列的“{name.strip()}”写了两次")
        found.append(Name(name.strip(), kind))
    return tuple(found)


def _date(text: str, column: str, origin: str) -> str:
    """An ISO date; also from the forms that spreadsheets make of one (2019/3/19)."""
    match = _DATE.fullmatch(text)
    parts = [int(part) for part in match.groups() if part] if match is not None else []
    try:
        datetime.date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError) as error:
        reason = f"{column} 列的“{text}”应写作 2019、2019-03 或 2019-03-19"
        raise fault(origin, reason) from error
    return "-".join(f"{part:0{width}}" for part, width in zip(parts, (4, 2, 2), strict=False))


def _check(row: dict[str, str], origin: str) -> EntityType:
    for column in NEEDED:
        if not row[column]:
            raise fault(origin, f"缺少 {column}")
    kind = _TYPES.get(row["type"]) or _BY_LABEL.get(row["type"])
    if kind is None:
        known = "、".join(f"{t.value}（{label}）" for label, t in _BY_LABEL.items())
        raise fault(origin, f"type 列的“{row['type']}”应为 {known} 之一")
    allowed = {EntityType.UNIT: UNIT_KINDS, EntityType.ORGANISATION: ORGANISATION_KINDS}.get(kind)
    if allowed is not None and row["kind"] and row["kind"] not in allowed:
        raise fault(origin, f"kind 列的“{row['kind']}”应为 {'、'.join(allowed)} 之一")
    if row["kind"] in PLACE_KINDS and row["code"] and not _CODE.match(row["code"]):
        raise fault(origin, f"code 列的“{row['code']}”应为六位行政区划代码")
    for first, last in _PERIODS:
        if row[first] and row[last] and row[first] > row[last]:
            raise fault(origin, f"{last} 列的“{row[last]}”早于 {first} 列的“{row[first]}”")
    if row["state_owned"] not in {"", "true", "false", "unknown"}:
        raise fault(origin, f"state_owned 列的“{row['state_owned']}”应为 true、false 或留空")
    return kind


def _entry(row: dict[str, str], origin: str) -> Entry:
    row |= {column: _date(row[column], column, origin) for column in _DATES if row[column]}
    return Entry(
        name=row["name"],
        type=_check(row, origin),
        kind=row["kind"],
        region=row["region"],
        code=row["code"],
        also=_parse_also(row["also"], origin) if row["also"] else (),
        state_owned=row["state_owned"],
        member_of=tuple(filter(None, row["member_of"].split("|"))),
        member_from=row["member_from"],
        member_to=row["member_to"],
        sectors=tuple(filter(None, row["sectors"].split("|"))),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        source=row["source"],
        date=row["date"],
        origin=origin,
    )


def read_gazetteer(text: str, name: str) -> Iterator[Entry]:
    """The entries of one CSV text. Raises UsageError with file, line and reason on a wrong row."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    header = _header(next(reader, []), f"{name}:1")
    empty = dict.fromkeys(COLUMNS, "")
    try:
        for values in reader:
            if not any(values):
                continue
            origin = f"{name}:{reader.line_num}"
            if any(values[len(header) :]):
                raise fault(origin, "单元格比表头多，名称里的逗号要用双引号括起来")
            yield _entry(empty | {h: v.strip() for h, v in zip(header, values, strict=False)}, origin)
    except csv.Error as error:
        raise fault(f"{name}:{reader.line_num}", f"不是完整的 CSV（{error}）") from error


def _header(cells: Sequence[str], origin: str) -> list[str]:
    """The columns of a file. A table that ends in empty columns, as spreadsheets write it, is none the worse."""
    header = [column.strip() for column in cells]
    while header and not header[-1]:
        header.pop()
    unknown = [column for column in header if column not in COLUMNS]
    missing = [column for column in NEEDED if column not in header]
    twice = [column for column in COLUMNS if header.count(column) > 1]
    if len(header) == 1 and (separator := re.search(r"[;\t；，]", header[0])):
        raise fault(origin, f"各列应以英文逗号分隔，而不是“{separator.group()}”；请另存为 CSV")
    if unknown or missing or twice:
        wrong = f"不认识的列 {'、'.join(unknown)}" if unknown else f"缺少列 {'、'.join(missing)}"
        wrong = wrong if unknown or missing else f"列 {'、'.join(twice)} 写了两次"
        raise fault(origin, f"{wrong}（可用的列：{'、'.join(COLUMNS)}）")
    return header


class Gazetteer:
    """All entries, in the order in which they were loaded; indexes are built when first asked for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)

    @cached_property
    def by_code(self) -> dict[str, Entry]:
        """Places by 行政区划代码; a later row of the same code replaces an earlier one."""
        return {entry.code: entry for entry in self.entries if entry.is_place}

    @cached_property
    def by_name(self) -> dict[str, list[Entry]]:
        """Entries by every normalised name they have (full, short, former, alias), in order of loading."""
        index: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for text in (entry.name, *(name.text for name in entry.also)):
                same = index.setdefault(normalise(text), [])
                if entry not in same:
                    same.append(entry)
        return index

    def parents(self, place: Entry) -> list[Entry]:
        """The places in which a place lies, nearest first (北仑区 → 宁波市, 浙江省)."""
        codes = (place.code[:4] + "00", place.code[:2] + "0000")
        found = (self.by_code.get(code) for code in codes if code != place.code)
        return [parent for parent in found if parent is not None and parent is not place]


def load_gazetteer(data_dir: Path | None = None) -> Gazetteer:
    """The shipped gazetteers and the user's own `data_dir/gazetteers/*.csv`, which come last and win.

    Raises UsageError, naming file and line, when a row of the user's is wrong.
    """
    entries: list[Entry] = []
    shipped = sorted(
        (f for f in files("ingest").joinpath("gazetteers").iterdir() if f.name.endswith(".csv")), key=str
    )
    for file in shipped:
        entries += read_gazetteer(file.read_text(encoding="utf-8"), file.name)
    own = [entry for path in _own_files(data_dir) for entry in read_gazetteer(_text(path), path.name)]
    check_together(own, entries)
    return Gazetteer((*entries, *own))


def _text(path: Path) -> str:
    """The text of a CSV in UTF-8, or in what spreadsheets save it as (GB18030, UTF-16)."""
    unreadable = fault(f"{path.name}:1", "文件打不开，或文字编码混乱，请另存为“CSV UTF-8”")
    try:
        text, problems = decode(path.read_bytes(), path.name)
    except (FileRejected, OSError) as error:
        raise unreadable from error
    if problems:
        raise unreadable
    return text


def _own_files(data_dir: Path | None) -> Sequence[Path]:
    folder = data_dir / "gazetteers" if data_dir else None
    return sorted(folder.glob("*.csv")) if folder and folder.is_dir() else []
