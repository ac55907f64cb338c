"""Pages and cells of a PDF whose text runs up or down the paper: a wide table drawn sideways on an upright page,
without the /Rotate (PDF 1.7 §7.7.3.3) that would tell."""

from __future__ import annotations

from collections.abc import Sequence

from pdfplumber.page import Page

from ingest.formats.pdftext import Char

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_LEVEL = 1e-3
_SAMPLE = 200
"""Characters of a page that are looked at."""


def upright_page(page: Page) -> Page:
    """The page, turned by a quarter where most of its text runs up or down."""
    every = max(1, len(page.chars) // _SAMPLE)
    quarters = [_runs(char) for char in page.chars[::every] if char["text"].strip()]
    up, down = quarters.count(1), quarters.count(-1)
    if max(up, down) * 2 <= len(quarters):
        return page
    rotation = (page.rotation + (90 if up > down else 270)) % 360
    page.close()
    page.page_obj.rotate = rotation
    page.page_obj.attrs["Rotate"] = rotation
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def upright_cell(chars: Sequence[Char], box: Box) -> tuple[Sequence[Char], float, float]:
    """A cell's characters and its left and right, turned by a quarter where all of them run up, or all of them down."""
    left, top, right, bottom = box
    if not chars or not _runs(chars[0]):
        return chars, left, right
    quarters = {_runs(char) for char in chars if char["text"].strip()}
    if quarters == {1}:
        return [_placed(c, -c["bottom"], -c["top"], c["x0"], c["x1"]) for c in chars], -bottom, -top
    if quarters == {-1}:
        return [_placed(c, c["top"], c["bottom"], -c["x1"], -c["x0"]) for c in chars], top, bottom
    return chars, left, right


def _placed(char: Char, x0: float, x1: float, top: float, bottom: float) -> Char:
    return {**char, "x0": x0, "x1": x1, "top": top, "bottom": bottom}


def _runs(char: Char) -> int:
    """1 for a character whose line runs up the page, -1 for one that runs down, else 0."""
    matrix = char.get("matrix")
    if not matrix or abs(matrix[0]) > _LEVEL or abs(matrix[1]) <= _LEVEL:
        return 0
    return 1 if matrix[1] > 0 else -1
