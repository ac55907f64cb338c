"""Lines that plainly go on in the next one: what a page broke inside a cell is put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.ids import normalise

_GOES_ON = re.compile(r"[、，,；;（(/及和与]$")
_CONTINUES = re.compile(r"^[、，,；;。）)/]")


def joined(lines: Sequence[str]) -> list[str]:
    """Lines that plainly go on in the next one put together: an open list or bracket."""
    cells: list[str] = []
    for line in lines:
        if cells and (_GOES_ON.search(cells[-1]) or _CONTINUES.match(line) or _is_open(cells[-1])):
            cells[-1] += line
        else:
            cells.append(line)
    return cells


def joined_up_to(lines: Sequence[str], width: int) -> tuple[list[str], int] | None:
    """So many cells of lines that plainly go on put together, and how many lines they are; None for as many lines."""
    for count in range(width, min(len(lines), 3 * width) + 1):
        if len(lines) > count and len(joined(lines[: count + 1])) == width:
            continue
        cells = joined(lines[:count])
        if len(cells) == width:
            return (cells, count) if count > width else None
    return None


def _is_open(text: str) -> bool:
    plain = normalise(text)
    return plain.count("(") > plain.count(")")
