"""Traditional and simplified characters, one for one, so that a name has one id in either script.

The table is a file of this package and not a library's: ids must not move when a dictionary is revised.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[int, str]:
    lines = (files("graph") / "traditional.txt").read_text("utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


def simplified(text: str) -> str:
    """The text in simplified characters, of the same length: 寧波市發展和改革委員會 → 宁波市发展和改革委员会."""
    return text if text.isascii() else text.translate(_table())


def as_printed(part: str, text: str) -> str:
    """A part of `simplified(text)` in the characters of the text; unchanged where it is no part of it."""
    at = simplified(text).find(part)
    return part if at < 0 else text[at : at + len(part)]
