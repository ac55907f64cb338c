"""Printing: tables for people on a terminal or in a pipe, JSON and bytes as they are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_PIPE_WIDTH = 10_000
"""Width of a table that no terminal shows, in cells: nothing is folded."""


def print_text(text: str) -> None:
    """One line on standard output."""
    sys.stdout.write(f"{text}\n")


def print_note(text: str) -> None:
    """One line on standard error: what a person wants to know and a script does not."""
    sys.stderr.write(f"{text}\n")


def print_bytes(data: bytes) -> None:
    """Bytes on standard output, as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_json(value: Any) -> None:
    """JSON on standard output, UTF-8, indented."""
    import orjson

    print_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def print_table(headers: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "") -> None:
    """A table on standard output. Cells are text, never markup; None is empty."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console() if sys.stdout.isatty() else Console(width=_PIPE_WIDTH)
    table = Table(box=SIMPLE_HEAD, title=Text(title) if title else None, title_justify="left", pad_edge=False)
    for header in headers:
        table.add_column(Text(header), overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(value)) for value in row))
    console.print(table)


def shown(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def write_file(path: Path, data: bytes) -> None:
    """Write a file wholly or not at all. Raises UsageError where it cannot be written."""
    from graph.errors import UsageError

    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise UsageError(f"无法写入 {path}（{error.strerror}），请换一个位置。") from None
    finally:  # also where it was interrupted
        if part.parent.is_dir():
            part.unlink(missing_ok=True)
    print_note(f"已写入 {path}（{len(data):,} 字节）。")
