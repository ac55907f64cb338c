"""What a sheet's XML says beside its values: number formats, hidden rows and columns, merges, true extent.

calamine gives values fast but none of these. Also the gate before it: a sheet with too many filled cells, or
with a cell so far out that the grid between would not fit in memory, is refused before anything parses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.errors import FileRejected
from ingest.formats.gridding import MAX_POSITIONS, Merge
from ingest.formats.numberformats import BUILTIN
from ingest.formats.openxml import MAX_TREE, Element, Package, parse_xml, refuse_doctype, transitional

MAX_FILLED = 200_000
"""Filled cells of one sheet."""
MAX_TEXT = 60_000_000
"""Bytes of text of one sheet."""
_LONGEST_CELL = 200_000
"""Bytes of 32,767 characters, the most that a cell holds, written as references."""

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROOT = re.compile(rb"<(\w+:)?worksheet[\s>]")
_REFERENCE = re.compile(r"^([A-Za-z]{1,3})([0-9]{1,7})$")
_NUMERIC = (None, "n")
"""Types of cells whose value is a number."""


@dataclass(slots=True)
class Markup:
    """Positions are (row, column) from 1. `formatted` has the format code and the raw number of each cell that
    is not displayed as General; `errors` what cells with a formula that failed display (#REF!), which calamine leaves
    blank; `rows` and `columns` reach to the last filled cell."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    formatted: dict[tuple[int, int], tuple[str, str]] = field(
        default_factory=dict[tuple[int, int], tuple[str, str]]
    )
    merges: list[Merge] = field(default_factory=list[Merge])
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    rows: int = 0
    columns: int = 0

    def is_column_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


def number_formats(package: Package, part: str) -> list[str]:
    """The format code of each cell style (`cellXfs`), by the index that cells name."""
    root = package.parse(part) if part else None
    if root is None:
        return []
    codes = dict(BUILTIN)
    for item in root.iter(S + "numFmt"):
        number = item.get("numFmtId") or ""
        if number.isdigit():
            codes[int(number)] = item.get("formatCode") or "General"
    styles = root.find(S + "cellXfs")
    found: list[str] = []
    for style in styles if styles is not None else ():
        number = style.get("numFmtId") or "0"
        found.append(codes.get(int(number), "General") if number.isdigit() else "General")
    return found


def string_sizes(package: Package, part: str) -> list[int]:
    """Bytes of each of the strings that all sheets share. Raises FileRejected above the limits, and for entities."""
    sizes: list[int] = []
    rest = b""
    for piece in package.chunks(part):
        refuse_doctype(rest[-16:] + piece, package.name)
        *whole, rest = (rest + piece).split(b"</si>") if b"</si>" in piece else (rest + piece,)
        sizes += map(len, whole)
        if len(rest) > MAX_TEXT:
            raise FileRejected(f"{package.name} 中的文字过长，请拆分后再上传。")
    return sizes


def read_markup(package: Package, part: str, formats: list[str], sheet: str, strings: list[int]) -> Markup:
    """The markup of one sheet; `strings` are the sizes of the shared ones. Raises FileRejected above the limits."""
    data, filled = _without_empty_cells(package, part, sheet)
    root = parse_xml(transitional(data), package.name)
    if max(strings, default=0) * filled > MAX_TEXT and _shared_text(root, strings) > MAX_TEXT:
        raise FileRejected(f"{package.name} 的工作表“{sheet}”文字过多，请拆分后再上传。")
    markup = Markup()
    _read_cells(root, formats, markup)
    if markup.rows * markup.columns > MAX_POSITIONS:
        raise FileRejected(
            f"{package.name} 的工作表“{sheet}”内容一直散布到第{markup.rows}行、第{markup.columns}列，"
            "请删除表格以外的零散内容后再上传。"
        )
    _read_hidden_columns(root, markup)
    markup.merges = [
        merge for item in _outside_rows(root, "mergeCell") if (merge := _merge(item.get("ref") or ""))
    ]
    return markup


def _shared_text(root: Element, strings: list[int]) -> int:
    """Bytes of all cells that name a shared string: one long string named by every cell makes a small file."""
    named = (_value(cell) for cell in root.iter(S + "c") if cell.get("t") == "s")
    return sum(strings[int(at)] for at in named if at.isdigit() and int(at) < len(strings))


def _without_empty_cells(package: Package, part: str, sheet: str) -> tuple[bytes, int]:
    """The XML without cells and rows that are only formatted, read in pieces: a million of them cost little; and how
    many cells are filled."""
    kept = bytearray()
    filled = 0
    too_large = FileRejected(f"{package.name} 的工作表“{sheet}”过大，请拆分后再上传。")
    empty: tuple[re.Pattern[bytes], re.Pattern[bytes]] | None = None
    for piece in _whole_tags(package.chunks(part), too_large):
        cells, rows = empty = empty or _without_values(piece)
        piece = rows.sub(b"", cells.sub(b"", piece))
        filled += piece.count(b"</c>") + piece.count(b":c>")
        if filled > MAX_FILLED:
            raise FileRejected(
                f"{package.name} 的工作表“{sheet}”超过 {MAX_FILLED:,} 个有内容的单元格，请拆分后再上传。"
            )
        kept += piece
        if len(kept) > MAX_TREE:
            raise too_large
    return bytes(kept), filled


def _without_values(beginning: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Cells, and rows, that are only formatted, in a sheet that begins so. The prefix of its names is spelled out: with
    any or none Python would look at each tag, not only at those that begin with it."""
    root = _ROOT.search(beginning)
    prefix = re.escape(root[1] or b"") if root else b""
    attributes = rb"(?:\s[^<>/]*+)?"
    cells = re.compile(rb"<%bc%b(?:/>|></%bc>)" % (prefix, attributes, prefix))
    rows = re.compile(rb"<%brow%b(?:/>|>\s*</%brow>)" % (prefix, attributes, prefix))
    return cells, rows


def _whole_tags(pieces: Iterator[bytes], too_large: FileRejected) -> Iterator[bytes]:
    """Pieces cut before the last row's tag, or else the last tag, so that patterns meet whole cells and rows.

    Raises `too_large` for a piece without any tag that is longer than a cell may be.
    """
    rest = b""
    for piece in pieces:
        if b"<" not in piece and len(piece) > _LONGEST_CELL:
            raise too_large
        rest += piece
        cut = rest.rfind(b"<row")
        cut = cut if cut > 0 else rest.rfind(b"<")
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _read_cells(root: Element, formats: list[str], markup: Markup) -> None:
    """Extent, number formats, failed formulas and hidden rows in one pass. Cells without a reference follow the one
    before them."""
    coded = {str(i): code for i, code in enumerate(formats) if code not in ("General", "@", "")}
    columns: dict[str, int] = {"": 0}
    far_row = far_column = row = 0
    cell_tag = S + "c"
    for line in root.iter(S + "row"):
        number = line.get("r") or ""
        row = int(number) if number.isdigit() else row + 1
        if (line.get("hidden") or line.get("ht", "1")[:1] == "0") and _is_row_hidden(line):
            markup.hidden_rows.add(row)
        column = 0
        for cell in line.iterchildren(cell_tag):
            reference = cell.get("r", "")
            at = columns.get(reference.removesuffix(number))
            if at is None:  # the first of its column, or one that names another row
                letters = reference.rstrip("0123456789")
                at = columns[letters] = column_number(letters)
                if letters and reference[len(letters) :] != number:
                    far_row = max(far_row, int(reference[len(letters) :] or row))
            column = at or column + 1
            if column > far_column:
                far_column = column
            kind = cell.get("t")
            if kind in _NUMERIC:
                if (style := cell.get("s")) in coded and (value := _value(cell)):
                    markup.formatted[row, column] = (coded[style], value)
            elif kind == "e":
                markup.errors[row, column] = _value(cell)
        if column and row > far_row:
            far_row = row
    markup.rows, markup.columns = far_row, far_column


def _outside_rows(root: Element, name: str) -> Iterator[Element]:
    """What a sheet says beside its rows, which are most of it and are walked once."""
    for part in root.iterchildren():
        if part.tag != S + "sheetData":
            yield from part.iter(S + name)


def _value(cell: Element) -> str:
    return next((child.text or "" for child in cell if child.tag == S + "v"), "")


def _read_hidden_columns(root: Element, markup: Markup) -> None:
    for item in _outside_rows(root, "col"):
        first, last = item.get("min") or "", item.get("max") or ""
        hidden = item.get("hidden") in ("1", "true") or _is_zero(item.get("width"))
        if hidden and first.isdigit() and last.isdigit():
            markup.hidden_columns.append((int(first), int(last)))


def _is_row_hidden(row: Element) -> bool:
    return row.get("hidden") in ("1", "true") or _is_zero(row.get("ht"))


def _is_zero(size: str | None) -> bool:
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False


def column_number(letters: str) -> int:
    """`A` is 1, `Z` 26, `AA` 27."""
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - 64
    return number


def _merge(reference: str) -> Merge | None:
    """A range like `A1:B3`; None for what is no range."""
    first, _, last = reference.replace("$", "").partition(":")
    start, end = _REFERENCE.match(first), _REFERENCE.match(last)
    if not start or not end:
        return None
    top, bottom = sorted((int(start[2]), int(end[2])))
    left, right = sorted((column_number(start[1]), column_number(end[1])))
    return (top, left, bottom, right)
