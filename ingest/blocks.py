"""What a reader gives: the paragraphs and tables of a file in document order, nothing interpreted.

Readers keep text as printed (line breaks inside a cell as `\n`), drop control and bidirectional formatting
characters (reporting `characters_removed`), and never guess structure: tables that a page flattened to one
cell a line, and lists in paragraphs, are recognised later (`flattened.py`, `lists/`), in every format alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph.model import Problem
from graph.tables import Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables. `heading` is its outline level from 1, or 0 for body text."""

    text: str
    heading: int = 0
    origin: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file as read. `properties` has only title, subject, keywords and description of the file (never its
    author); `problems` has no table number yet (`table` counts this file's tables from 1)."""

    name: str
    sha256: str
    format: str
    blocks: tuple[Block, ...]
    properties: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: tuple[Problem, ...] = ()
    scanned: bool = False
    """True for a file whose pages are pictures: it has no text to read."""

    @property
    def keeps_merges(self) -> bool:
        """Whether the format has merged cells at all."""
        return self.format not in ("csv", "text")

    @property
    def tables(self) -> list[Table]:
        return [b for b in self.blocks if isinstance(b, Table)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [b for b in self.blocks if isinstance(b, Paragraph)]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: one module in `ingest/readers/` with a module-level `READER`.

    `read(data, name)` raises FileRejected, in one Chinese sentence that says what to do, for a file that
    cannot be read at all. `endings` are lower case with their dot.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[bytes, str], ReadFile]
