"""Responsibility tables: tasks, who leads, supports and answers for them, and who oversees them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.ids import normalise, task_id
from graph.model import Entity, Name
from graph.vocabulary import RELATIONS, EntityType, Relation, Use
from ingest.interpret.book import Book
from ingest.interpret.leaders import leaders_in
from ingest.interpret.lookup import Lookup, Named
from ingest.interpret.matching import Column, Layout
from ingest.interpret.reporting import doubt, duplicate, lose, unreadable
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet
from ingest.interpret.signs import header_value, legend_of
from ingest.interpret.terms import due_date
from ingest.interpret.values import Entry, Has, Value

_UNITS = {"lead": Relation.LEADS, "support": Relation.SUPPORTS, "responsible": Relation.RESPONSIBLE_FOR}
_MARKED = {"牵头": Relation.LEADS, "配合": Relation.SUPPORTS}
_WORDING = ("task_title", "task_target", "task_content")
_FIRST_LEADS = re.compile(
    r"(?:第[一1]|首)(?:个|位|家|名)?(?:责任)?(?:的)?(?:单位|部门)?.{0,4}(?:为|是)?.{0,4}牵头|排名第一.{0,8}牵头|[列排]在?(?:首位|第一位|最前).{0,8}牵头"
)
_OFFICE = re.compile(r"(?:责任)?(?:单位|部门|主体)$")
_SENTENCE = re.compile(r"[。；;\n]")
_BOTH_LABELS = re.compile(r"(?:牵头|主办)(?:单位|部门)?:.+责任(?:单位|部门)?:", re.DOTALL)
"""A cell that labels who leads and, beside, who answers: 责任单位 supports there as beside a 牵头 column."""


def says_first_leads(text: str) -> bool:
    """Whether a text says that the unit named first leads."""
    return bool(_FIRST_LEADS.search(normalise(text)))


@dataclass(slots=True)
class _Task:
    """A task while its rows are read: `top` is its first row."""

    entity: Entity
    top: int
    leads: frozenset[str] = frozenset()


def read_tasks(book: Book, sheet: Sheet, layout: Layout, body: Body) -> None:
    """Tasks with LEADS, SUPPORTS, RESPONSIBLE_FOR and OVERSEES claims."""
    signs = layout.marks if len(layout.marks) > 1 else frozenset[int]()
    units = [c for panel in layout.panels for c in panel if c.role in _UNITS or c.index in signs]
    lookup = Lookup(book, units, {c.index: EntityType.UNIT for c in units})
    at = {c.index: position for panel in layout.panels for position, c in enumerate(panel)}
    for entry in body.entries:
        for column in (c for c in layout.panels[entry.panel] if c.role in _UNITS and not entry.lost):
            lookup.want(entry.values[at[column.index]], column.index)
    for column in (c for c in units if c.index in signs):
        lookup.want(header_value(sheet, layout, column), column.index)
    lookup.settle()
    reader = _Reader(book, sheet, layout, body, lookup)
    for entry in body.entries:
        reader.read(entry)


class _Reader:
    def __init__(self, book: Book, sheet: Sheet, layout: Layout, body: Body, lookup: Lookup) -> None:
        self._book, self._sheet, self._layout, self._lookup = book, sheet, layout, lookup
        self._current: dict[int, _Task] = {}
        self._known: dict[tuple[str, ...], _Task] = {}
        self._rows: dict[tuple[str, ...], int] = {}
        words = [sheet.title, *body.notes, *(c.header for c in layout.panels[0])]
        self._first_leads = any(map(says_first_leads, (*words, *book.context.notes)))
        self._signs = {
            c.index: header_value(sheet, layout, c)
            for panel in layout.panels
            for c in panel
            if c.index in layout.marks and len(layout.marks) > 1
        }
        self._legend = legend_of((*words, *book.context.notes))
        self._known_signs = {
            v.text
            for entry in body.entries
            for c, v in zip(layout.panels[entry.panel], entry.values, strict=True)
            if c.index in self._signs and v.text
        }
        self._has_lead = any(c.role == "lead" for c in layout.panels[0])
        self._by_item = sheet.table.kind == "list"
        years = re.search(r"20\d{2}", sheet.title) or re.search(r"20\d{2}", book.context.document.date)
        self._year = years.group() if years else ""

    def read(self, entry: Entry) -> None:
        columns = self._layout.panels[entry.panel]
        if entry.lost:
            lose(self._book, self._sheet, entry, columns, entry.lost)
            return
        if self._is_duplicate(entry, columns):
            return
        task = self._task(entry, columns)
        if task is None:
            return
        self._book.entity(task.entity)
        if task.top == entry.row:
            named = [i for i, c in enumerate(columns) if c.role in _UNITS or c.role == "leader"]
            doubt(self._book, self._sheet, entry, named)
        for position, column in enumerate(columns):
            value = entry.values[position]
            if value.has is Has.UNREADABLE:
                unreadable(self._book, self._sheet, entry, position)
            elif column.role in _UNITS and value.has is Has.TEXT and max(task.top, value.top) == entry.row:
                self._units(task, column, value, entry.row)
            elif (
                column.index in self._signs
                and value.has is Has.TEXT
                and max(task.top, value.top) == entry.row
            ):
                self._sign(task, entry, position, column)
            elif column.role == "leader" and value.has is Has.TEXT and max(task.top, value.top) == entry.row:
                self._leaders(task, columns, entry, position)

    def _is_duplicate(self, entry: Entry, columns: tuple[Column, ...]) -> bool:
        """Whether an earlier row says the same, its number included: then it is no second task."""
        key = (entry.group, *(v.text for v in entry.values))
        first = self._rows.setdefault(key, entry.row)
        if first == entry.row or any(v.top != entry.row for v in entry.values):
            return False
        duplicate(self._book, entry, first)
        for cell in entry.cells:
            self._sheet.mark(cell, Use.IGNORED, "duplicate_row")
        return True

    def _task(self, entry: Entry, columns: tuple[Column, ...]) -> _Task | None:
        """The task of a row: a new one where its wording begins, else the one above."""
        wording = [
            v for c, v in zip(columns, entry.values, strict=True) if c.role in _WORDING and v.has is Has.TEXT
        ]
        if any(v.top == entry.row and not v.inherited for v in wording):
            return self._new_task(entry, columns)
        if wording and entry.panel in self._current:
            return self._current[entry.panel]
        named = any(
            c.role in _UNITS or c.role == "leader"
            for c, v in zip(columns, entry.values, strict=True)
            if v.has is Has.TEXT
        )
        if named:
            lose(self._book, self._sheet, entry, columns, "row_ambiguous", "没有任务名称")
        return None

    def _new_task(self, entry: Entry, columns: tuple[Column, ...]) -> _Task:
        details = self._details(entry, columns)
        key = (entry.group, *(details.get(k, "") for k in ("number", "title", "target", "content")))
        leads = frozenset(
            named.resolved.entity.id
            for c, v in zip(columns, entry.values, strict=True)
            if c.role == "lead"
            for named in self._lookup.peek(v, c.index)
        )
        known = self._known.get(key)
        if known is not None:
            if known.leads != leads:
                message = f"同一任务“{details['title'][:30]}”前后写明的牵头单位不同，均予保留，请核对。"
                self._book.problem("contradiction", message, entry.row, columns[0].index)
            task = _Task(known.entity, entry.row, leads)
        else:
            task = self._known[key] = _Task(self._entity(entry, columns, details), entry.row, leads)
        self._current[entry.panel] = task
        return task

    def _entity(self, entry: Entry, columns: tuple[Column, ...], details: dict[str, str]) -> Entity:
        identifier = task_id(self._book.context.document.id, self._book.table, entry.row)
        if entry.panel:
            identifier += f"c{columns[0].index}"
        title = details["title"]
        region = self._book.context.scope.region
        return Entity(
            identifier, EntityType.TASK, title, region=region, details=details, names=(Name(title),)
        )

    def _details(self, entry: Entry, columns: tuple[Column, ...]) -> dict[str, str]:
        """What the task has of its own. Without a column for titles the target is the title (工作目标), else the
        first of the contents."""
        said: dict[str, list[str]] = {}
        for column, value in zip(columns, entry.values, strict=True):
            if value.has is Has.TEXT and column.role:
                said.setdefault(column.role, []).append(value.text)
        contents = said.get("task_content", [])
        titles = said.get("task_title") or said.get("task_target") or []
        if not titles and contents:
            titles = [_SENTENCE.split(contents[0])[0] or contents[0]]
            contents = contents[1:] if len(contents) > 1 and titles[0] == contents[0] else contents
        due = "\n".join(said.get("due", []))
        details = {
            "number": "".join(said.get("number", [])),
            "title": _line(titles[0]),
            "target": "\n".join(said.get("task_target", [])),
            "content": "\n".join([*titles[1:], *contents] if said.get("task_title") else contents),
            "due": due,
            "due_date": due_date(due, self._year) if due else "",
            "group": entry.group or "".join(said.get("group", [])),
        }
        return {key: text for key, text in details.items() if text}

    def _units(self, task: _Task, column: Column, value: Value, row: int) -> None:
        names = self._lookup.names(value, column.index, row)
        beside_lead = bool(_BOTH_LABELS.search(normalise(value.text)))
        for position, named in enumerate(names):
            relation, term = self._role(task, column, named, position)
            if beside_lead and relation is Relation.RESPONSIBLE_FOR:
                relation = Relation.SUPPORTS
            place = (row, column.index)
            self._book.claim(relation, named.resolved.entity, task.entity, place, value.printed, term)

    def _sign(self, task: _Task, entry: Entry, position: int, column: Column) -> None:
        """A sign under a unit's name: what the legend says, else 责任 where the table knows one sign only."""
        value = entry.values[position]
        relation = self._legend.get(value.text)
        if relation is None and len(self._known_signs) > 1:
            unreadable(self._book, self._sheet, entry, position, "此符号的含义表中没有说明")
            return
        relation = relation or Relation.RESPONSIBLE_FOR
        header = self._signs[column.index]
        for named in self._lookup.names(header, column.index, self._layout.last):
            term = RELATIONS[relation].label.zh
            place = (entry.row, column.index)
            self._book.claim(relation, named.resolved.entity, task.entity, place, value.printed, term)

    def _role(self, task: _Task, column: Column, named: Named, position: int) -> tuple[Relation, str]:
        """What a unit does for the task: by its own mark, else by the header. 责任单位 beside a 牵头 column supports;
        'the first named leads' holds only where the document says so."""
        if named.piece.role in _MARKED:
            return _MARKED[named.piece.role], named.piece.role
        term = _OFFICE.sub("", column.header) or column.header
        if column.role == "responsible" and (task.leads if self._by_item else self._has_lead):
            return Relation.SUPPORTS, term
        if column.role == "responsible" and self._first_leads:
            return (Relation.SUPPORTS if position else Relation.LEADS), term
        return _UNITS[column.role], term

    def _leaders(self, task: _Task, columns: tuple[Column, ...], entry: Entry, position: int) -> None:
        for leader in leaders_in(self._book, columns, entry, position):
            value = entry.values[position]
            place = (entry.row, columns[position].index)
            self._book.claim(
                Relation.OVERSEES, leader, task.entity, place, value.printed, columns[position].header
            )


def _line(text: str) -> str:
    """A title on one line: line breaks inside a narrow cell are no part of it."""
    return re.sub(r"\s*\n\s*", "", text)
