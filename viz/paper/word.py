"""A paper: title, summary, sections with pictures and tables, filled into a template by docxtpl."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError

from graph.errors import CoopgraphError, UsageError
from viz.layout.text import clean, text_width
from viz.paper.grid import Grid
from viz.paper.long_texts import HEADING, LongTexts
from viz.paper.making import PROGRAM, say_how
from viz.paper.own_template import NEEDED, PLACES, Marks, checked
from viz.paper.packing import sealed
from viz.paper.raster import Job, rastered
from viz.paper.sheets import MARGIN, WHITE, leaves
from viz.paper.splitting import Area
from viz.paper.word_table import text_width_of, word_table
from viz.paper.word_template import BODY, LINE, TITLE, default_template
from viz.render_svg import render_svg, svg_size
from viz.scene import Scene
from viz.words import WORDS

WIDEST, HIGHEST = 442.0, 570.0
"""Points that a picture may take, so that its heading and its caption stand on the same page."""
LEAST_FIRST = 230.0
"""Points of room under the summary from which a picture begins there rather than on the next page."""
POINTS = 0.7
"""Points a pixel at least: names are set in 9 points."""
LARGEST_POINTS = 0.75
"""Points a pixel at most: a picture has its own size."""
SHRUNK = 0.82
"""How much smaller than that a picture may be that fits whole then."""
DPI, LEAST_DPI = 300, 150
DOTS = 20_000_000
"""Dots of all pictures of a paper together, which keeps it small: four pages at 300 dpi, more of them with less."""


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    texts: tuple[str, ...] = ()
    scenes: tuple[Scene, ...] = ()
    grid: Grid | None = None


def annexed(heading: str, grid: Grid, made: str) -> Section:
    """The annex of sources, and how the paper was made."""
    return Section(heading, () if grid.rows else (made,), grid=replace(grid, lead=made))


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    dateline: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    how: str
    """How it was made, for the file's properties."""
    lang: str = "zh"
    across: bool = False
    """Whether the page lies on its long side, for a wide table."""


def ordinal(number: int, heading: str, lang: str) -> str:
    """A heading of the first level with its number (GB/T 9704—2012, 7.3.3)."""
    if lang != "zh":
        return f"{number}. {heading}"
    return f"{'一二三四五六七八九'[number - 1]}、{heading}"


def write_paper(paper: Paper, template: bytes | None = None) -> bytes:
    """The .docx. Raises UsageError for a template that cannot be filled, MissingPart without a Chinese font."""
    document = _opened(template, across=paper.across)
    first = _room_on_first_page(paper) if template is None else None
    filling = _Filling(document, paper.lang, text_width_of(across=paper.across))
    sections = [filling.section(s, None if i else first) for i, s in enumerate(paper.sections)]
    sections += filling.long_texts()
    context = {
        "title": clean(paper.title),
        "dateline": clean(paper.dateline),
        "summary": [clean(text) for text in paper.summary],
        "sections": sections,
    }
    try:
        document.render(context, Marks())
    except CoopgraphError:
        raise
    except Exception as error:
        if template is None:  # ours: a fault of the program
            raise
        raise UsageError(f"Word 模板无法填充（{error}），请对照 docs/briefing.md 修改模板。") from None
    filled: Any = document.docx
    for shape, words in zip(_pictures(filled), filling.alternatives, strict=False):
        shape.set("descr", words)
        shape.set("name", WORDS["picture"](paper.lang))
    _align_left(filled, paper.how)
    properties = filled.core_properties
    properties.title = clean(paper.title)[:250]
    say_how(properties, paper.how)
    properties.author = properties.last_modified_by = PROGRAM
    properties.created = properties.modified = datetime(2000, 1, 1)
    properties.revision = 1
    out = io.BytesIO()
    document.save(out)
    return sealed(out.getvalue())


def _opened(template: bytes | None, *, across: bool = False) -> Any:
    """The template. Raises UsageError where it is none, lacks a place, or has one that nothing fills."""
    if template is None:
        return DocxTemplate(io.BytesIO(default_template(across=across)))
    document: Any = DocxTemplate(io.BytesIO(checked(template)))
    try:
        document.init_docx()
        names = set(document.get_undeclared_template_variables(Marks()))
    except CoopgraphError:
        raise
    except TemplateError as error:
        raise UsageError(f"Word 模板中的标记写得不对（{error}），请对照 docs/briefing.md 修改。") from None
    except Exception as error:
        raise UsageError(f"Word 模板打不开（{type(error).__name__}），请另存为 .docx 后重试。") from None
    if names - PLACES:
        extra, known = "、".join(sorted(names - PLACES)), "、".join(sorted(PLACES))
        raise UsageError(f"Word 模板里有未知的标记：{extra}；可用：{known}。")
    if NEEDED - names:
        lacking = "、".join(f"{{{{ {name} }}}}" for name in sorted(NEEDED - names))
        raise UsageError(f"Word 模板缺少标记：{lacking}，请对照 docs/briefing.md 补上。")
    return document


def _align_left(document: Any, how: str) -> None:
    """The command isn't stretched to the line's full width, which would tear its words apart."""
    for paragraph in document.paragraphs:
        if how in paragraph.text:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _pictures(document: Any) -> Sequence[Any]:
    return document.element.body.xpath(".//wp:inline/wp:docPr")


def _room_on_first_page(paper: Paper) -> float | None:
    """Points of height that title, day, summary and heading leave to the first section's picture; None where that is
    too little to begin there."""
    texts = (*paper.summary, *paper.sections[0].texts)
    lines = -(-text_width(clean(paper.title), TITLE) // WIDEST) + 2
    lines += sum(-(-(text_width(clean(text), BODY) + 2 * BODY) // WIDEST) for text in texts)
    left = HIGHEST - lines * LINE
    return left if left >= LEAST_FIRST else None


class _Filling:
    """What the sections give the template; figures and tables are numbered through the paper."""

    def __init__(self, document: Any, lang: str, wide: float) -> None:
        """Tables are `wide` millimetres wide."""
        self._document, self._lang, self._wide = document, lang, wide
        self._figures = self._tables = 0
        self._long = LongTexts(lang)
        self.alternatives: list[str] = []
        """What each picture shows, in the order of the pictures."""

    def section(self, section: Section, first: float | None = None) -> dict[str, Any]:
        """What one section gives; its first picture begins in `first` points of height, where that is given."""
        room = Area(WIDEST / POINTS, HIGHEST / POINTS)
        high = first and first / LARGEST_POINTS
        scenes: list[Scene] = []
        captions: list[str] = []
        for scene in section.scenes:
            self._figures += 1
            parts = leaves(scene, room, least=SHRUNK, first=high)
            scenes += parts
            captions += [self._said("figure", self._figures, part.caption.title) for part in parts]
        self.alternatives += map(alternative, scenes)
        images = _images(self._document, scenes)
        return {
            "heading": clean(section.heading),
            "texts": [clean(text) for text in section.texts],
            "figures": [{"image": i, "caption": c} for i, c in zip(images, captions, strict=True)],
            "table": self._table(section.grid) if section.grid and section.grid.rows else "",
        }

    def _table(self, grid: Grid) -> Any:
        if grid.caption:
            self._tables += 1
            grid = replace(grid, caption=self._said("table_caption", self._tables, grid.caption))
        return word_table(self._long.shortened(grid), self._wide)

    def _said(self, key: str, number: int, title: str) -> str:
        return clean(WORDS[key](self._lang).format(n=number, title=title))

    def long_texts(self) -> list[dict[str, Any]]:
        """The section of the texts that stand nowhere else whole; none where there is none."""
        grid = self._long.grid()
        if grid is None:
            return []
        table = word_table(grid, self._wide)
        return [{"heading": HEADING(self._lang), "texts": [], "figures": [], "table": table}]


def _images(document: Any, scenes: Sequence[Scene]) -> list[Any]:
    """The pictures at 300 dpi of the size that they have on paper, at less where there are many."""
    drawn = [render_svg(scene, margin=MARGIN, paper=WHITE) for scene in scenes]
    sizes = [svg_size(svg) for svg in drawn]
    points = [min(WIDEST, HIGHEST * width / height, width * LARGEST_POINTS) for width, height in sizes]
    inches = sum((p / 72) ** 2 * height / width for p, (width, height) in zip(points, sizes, strict=True))
    dpi = min(DPI, max(LEAST_DPI, (DOTS / max(inches, 1.0)) ** 0.5))
    dots = [round(p / 72 * dpi) for p in points]
    jobs: list[Job] = [
        (svg, wide, round(wide * height / width))
        for svg, wide, (width, height) in zip(drawn, dots, sizes, strict=True)
    ]
    return [
        InlineImage(document, io.BytesIO(png), width=Pt(p))
        for png, p in zip(rastered(jobs, few=True), points, strict=True)
    ]


def alternative(scene: Scene) -> str:
    """What the picture shows, for who cannot see it."""
    caption = scene.caption
    entities, claims = len({node.ref for node in scene.nodes}), sum(line.count for line in scene.lines)
    holds = WORDS["holds"](scene.lang).format(nodes=entities, claims=claims)
    facts = [caption.title, caption.filters, holds, *caption.notes]
    return clean(WORDS["semicolon"](scene.lang).join(fact for fact in facts if fact))[:1000]
