"""Names in the cells of one table: split once a text, resolved together once a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.ids import normalise
from graph.records import quickly_made
from graph.vocabulary import EntityType
from ingest.interpret.book import Book
from ingest.interpret.matching import Column
from ingest.interpret.sides import side_region
from ingest.interpret.values import Has, Value
from ingest.naming.contract import Names, Piece, Resolved, Scope, Split
from ingest.naming.nameplates import with_nameplates
from ingest.naming.separators import UNTOLD

_NO_NAME = re.compile(r"^[\d\s.,，%‰:：\-—~/()（）万亿元个家人项次年月日]*$")
_FOREIGN = re.compile("[①-⑳㉑-㉟❶-❿⑴-⒇⒈-⒛<>＜＞{}:：]")
"""What stands in no name: numbers of several, labels (工业组：市经信局), markup."""
_LONGEST_NAME = 60
_IN_BRACKETS = "()（）[]【】〔〕 "


@quickly_made
@dataclass(frozen=True, slots=True)
class Named:
    """A name in a cell and what it stands for."""

    piece: Piece
    resolved: Resolved


@dataclass(slots=True)
class _Text:
    """What one text in one kind of column says."""

    pieces: tuple[Piece, ...]
    split: Split
    scope: Scope
    expected: EntityType | None
    names: list[Named]
    reported: bool = False


class Lookup:
    """First `want` every cell, then `settle`, then ask with `names`: unknown names are compared in one go."""

    def __init__(self, book: Book, columns: list[Column], kinds: dict[int, EntityType | None]) -> None:
        self._book = book
        self._names: Names = book.context.names
        self._kinds = kinds
        self.scopes = {c.index: self._scope(c) for c in columns}
        self._texts: dict[tuple[str, Scope, EntityType | None], _Text] = {}
        self._of_column: dict[int, dict[str, _Text]] = {c.index: {} for c in columns}
        self._splits_cells = {c.index: c.rule is None or c.rule.splits for c in columns}
        self._seen: set[tuple[str, Scope]] = set()

    def _scope(self, column: Column) -> Scope:
        scope = self._book.context.scope
        title = self._book.title
        region = side_region(column.header, title, self._names, scope) if column.header else None
        return scope if region is None else scope._replace(region=region)

    def want(self, value: Value, column: int) -> None:
        """Note a cell's names for `settle`."""
        if value.has is Has.TEXT and value.text not in (known := self._of_column[column]):
            known[value.text] = self._text(value.text, column)

    def _text(self, text: str, column: int) -> _Text:
        scope, expected = self.scopes[column], self._kinds.get(column)
        key = (text, scope, expected)
        if key not in self._texts:
            split = self._names.split(text, scope) if self._splits_cells[column] else Split((Piece(text),))
            pieces = tuple(p for p in split.pieces if is_name(p.text))
            self._texts[key] = _Text(pieces, split, scope, expected, [])
        return self._texts[key]

    def settle(self) -> None:
        """Resolve everything that was wanted and is not resolved yet."""
        wanted: dict[Scope, dict[tuple[str, EntityType | None], None]] = {}
        for text in self._texts.values():
            if not text.names:
                for piece in text.pieces:
                    wanted.setdefault(text.scope, {})[(piece.text, text.expected)] = None
        for scope, printed in wanted.items():
            found = dict(zip(printed, self._names.resolve_many(list(printed), scope), strict=True))
            for text in self._texts.values():
                if text.scope == scope and not text.names:
                    text.names = [
                        Named(p, with_nameplates(found[(p.text, text.expected)], p)) for p in text.pieces
                    ]

    def peek(self, value: Value, column: int) -> list[Named]:
        """The names in a settled cell, without reporting anything."""
        text = self._of_column[column].get(value.text) if value.has is Has.TEXT else None
        return text.names if text is not None else []

    def names(self, value: Value, column: int, row: int) -> list[Named]:
        """The names in a cell; what is doubtful about them is reported where it first stands."""
        text = self._of_column[column].get(value.text) if value.has is Has.TEXT else None
        if text is None:
            return []
        if not text.reported:
            text.reported = True
            self._report(text, row, column, value.printed)
        return text.names

    def _report(self, text: _Text, row: int, column: int, printed: str) -> None:
        book, place = self._book, (row, column)
        if text.split.open_list:
            book.problem("open_list", f"名单以“等”结尾，未列全：{_short(printed)}", row, column, printed)
        if text.split.glued:
            message = f"“{_short(printed)}”中的名称连写，无法确定如何断开，按原文整体保留。"
            book.problem("names_glued", message, row, column, printed)
        if not text.names:
            message = f"“{_short(printed)}”不像单位名称，未据此建立关系，请核对原文。"
            book.problem("unreadable_cell", message, row, column, _short(printed))
        elif dropped := [p.text for p in text.split.pieces if not is_name(p.text)]:
            untold = all(map(is_untold, dropped))
            what = "没有写明单位" if untold else "不像单位名称"
            message = f"“{_short('、'.join(dropped))}”{what}，未据此建立关系，请核对原文。"
            book.problem("unreadable_cell", message, row, column, _short(printed))
        for named in text.names:
            key = (named.piece.text, text.scope)
            if key not in self._seen:
                self._seen.add(key)
                book.resolved(named.piece.text, text.scope, named.resolved, place, printed)


def is_name(text: str) -> bool:
    """Whether a piece can be a name at all: no number, no sentence, not endless, no 待定."""
    if len(text) > _LONGEST_NAME or "。" in text or _FOREIGN.search(text):
        return False
    return not is_figure(text) and not is_untold(text)


def is_untold(text: str) -> bool:
    """Whether a text stands where a name should and names nobody, in brackets or not: 待定, （待定）."""
    return bool(UNTOLD.match(text.strip(_IN_BRACKETS)))


def is_figure(text: str) -> bool:
    """Whether a text is a number, an amount or a date."""
    return bool(_NO_NAME.match(normalise(text)))


def _short(text: str) -> str:
    flat = text.replace("\n", " ")
    return flat if len(flat) <= 40 else flat[:40] + "…"
