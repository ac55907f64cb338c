"""Leaders in cells: name and post apart; a post without a name is reported and never becomes a leader."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.model import Entity
from ingest.interpret.book import Book
from ingest.interpret.matching import Column
from ingest.interpret.values import Entry, Has
from ingest.naming.separators import UNTOLD, separate


def leaders_in(book: Book, columns: tuple[Column, ...], entry: Entry, position: int) -> list[Entity]:
    """The leaders that a cell names, with the post that stands beside the name or in the row's post column."""
    value, column = entry.values[position], columns[position]
    people = book.context.names.people(value.text)
    untold = [part for part in separate(value.text) if UNTOLD.match(re.split("[(（]", part)[0])]
    if untold:
        message = f"“{'、'.join(untold)}”没有写明姓名，未作为领导收录。"
        book.problem("leader_unnamed", message, entry.row, column.index, value.printed)
    if len(people) == 1 and people[0].name and not people[0].post:
        post = next(
            (
                v.text
                for c, v in zip(columns, entry.values, strict=True)
                if c.role == "post" and v.has is Has.TEXT
            ),
            "",
        )
        people = (replace(people[0], post=post),)
    found: list[Entity] = []
    for person in people:
        if not person.name:
            message = f"“{person.post or value.text}”只有职务，没有姓名，未作为领导收录。"
            book.problem("leader_unnamed", message, entry.row, column.index, value.printed)
            continue
        scope = book.context.scope
        resolved = book.context.names.leader(person, scope)
        book.resolved(person.name, scope, resolved, (entry.row, column.index), value.printed)
        book.entity(resolved.entity)
        found.append(resolved.entity)
    return found
