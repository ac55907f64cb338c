"""Reading tables: which profile fits, what every cell became, and what the table says."""

from __future__ import annotations

from collections.abc import Callable

from graph.tables import Table
from ingest.interpret.accounting import account, account_unread
from ingest.interpret.book import Book
from ingest.interpret.derived import tells_states
from ingest.interpret.liaisons import read_liaisons
from ingest.interpret.lists import list_layout
from ingest.interpret.lookup import is_figure
from ingest.interpret.matching import Layout, find_layout, unsaid_words
from ingest.interpret.members import read_members
from ingest.interpret.pairs import read_pairs
from ingest.interpret.reporting import headless
from ingest.interpret.rows import Body, read_body
from ingest.interpret.sheet import Sheet
from ingest.interpret.tasks import read_tasks
from ingest.interpret.turned import heads_rows
from ingest.interpret.values import Has
from ingest.profile_files import load_profiles
from ingest.profiles import counterpart, liaison, members, oneway, responsibility
from ingest.profiling import Profile, TableContext, TableReading

READINGS: dict[str, Callable[[Book, Sheet, Layout, Body], None]] = {
    "tasks": read_tasks,
    "pairs": read_pairs,
    "liaisons": read_liaisons,
    "members": read_members,
}


SHIPPED = (responsibility.PROFILE, counterpart.PROFILE, oneway.PROFILE, members.PROFILE, liaison.PROFILE)
"""The kinds that paragraphs are read as; a list says itself which it is."""
_NAMED = frozenset({"home", "counterpart", "lead", "support", "responsible", "member", "leader"})
_TURNED = "此表的表头写在第一列，已原样保留；请把表转置，使表头成为第一行，再导入。"
_PEOPLE = "“{}”的名单只列了人员，没有写明成员单位，已原样保留，未建立关系；如有成员单位名单，请一并导入。"
_DERIVED = "此表是由对口关系推得的覆盖情况，不是依据，已原样保留，未据此建立关系；请导入对口清单或原文件。"
_SAMPLE = 200
"""Rows by which a table is judged to hold names or figures."""


def interpret_table(table: Table, context: TableContext) -> TableReading:
    """What a table says, read with the profile that fits it best (or with the one that the user named).

    The table comes back with a use for every grid position. A table that no profile fits is kept whole with
    `unknown_table`, which names the nearest profile and the header word that is missing; so is a matrix that this
    software derived from pairs (`derived_table`).
    """
    book = Book(context, table.number, table.title)
    if table.kind == "list" and not table.profile:
        return _unread(book, table, "unknown_table", _PEOPLE.format(table.title))
    if table.kind == "list":
        profile = next(p for p in SHIPPED if p.name == table.profile)
        return _read(book, *list_layout(table, profile, context.names))
    sheet = Sheet(table, flat=context.flat)
    if tells_states(sheet) and not context.forced:
        return _unread(book, table, "derived_table", _DERIVED)
    profiles = (context.forced,) if context.forced else context.profiles
    layout, near = find_layout(sheet, profiles, context.names, context.scope)
    body = read_body(sheet, layout) if layout is not None else None
    if layout is None or body is None or not _holds_names(layout, body):
        header = near.first if near else 1
        turned = any(heads_rows(sheet, profile) for profile in profiles)
        message = _TURNED if turned else _unknown(table, near, context.forced)
        return _unread(book, table, "unknown_table", message, header)
    headless(book, layout, body)
    return _read(book, sheet, layout, body)


def _unread(book: Book, table: Table, code: str, message: str, row: int = 1) -> TableReading:
    """A table that is kept and of which nothing is read, with the problem that says why."""
    book.problem(code, message, row, 1, table.title)
    return TableReading(account_unread(table, code), problems=tuple(book.problems.values()))


def _read(book: Book, sheet: Sheet, layout: Layout, body: Body) -> TableReading:
    READINGS[layout.profile.reading](book, sheet, layout, body)
    return TableReading(
        table=account(sheet, layout, body),
        entities=tuple(book.entities.values()),
        claims=tuple(book.claims.values()),
        coverage=tuple(book.coverage.values()),
        problems=tuple(book.problems.values()),
        aliases=tuple(book.aliases),
        candidates=tuple(book.candidates.values()),
    )


def _holds_names(layout: Layout, body: Body) -> bool:
    """Whether the columns that should hold names do not mostly hold figures (a table of statistics by city)."""
    figures = texts = 0
    for entry in body.entries[:_SAMPLE]:
        for column, value in zip(layout.panels[entry.panel], entry.values, strict=True):
            if value.has is Has.TEXT and column.role in _NAMED:
                texts += 1
                figures += is_figure(value.text)
    return figures * 2 <= texts


def _unknown(table: Table, near: Layout | None, forced: Profile | None) -> str:
    named = f"表格“{table.title}”" if table.title else "此表"
    if near is None or near.score <= 0:
        return f"{named}没有可识别的表头，已原样保留；可用 --profile 指定表格类型或补充表头词。"
    words = near.missing or unsaid_words(near)
    lacking = "、".join(f"“{word}”" for word in words) or "足以确认的表头词或表题"
    verb = "按指定的" if forced else "最接近"
    return (
        f"{named}{verb}“{near.profile.title.zh}”，但缺少{lacking}，已原样保留；"
        "请核对表头，或用 --profile 给出自己的表格类型。"
    )


__all__ = ["interpret_table", "load_profiles"]
