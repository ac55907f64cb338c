"""DOCX of any scene: a paper with the picture, or the matrix as a table, the list of what it shows, and its sources."""

from __future__ import annotations

from typing import Any

from viz.paper.coverage_slides import coverage_grid
from viz.paper.listing import line_grid
from viz.paper.making import command_of, way_back
from viz.paper.word import Paper, Section, ordinal, write_paper
from viz.registry import Renderer
from viz.scene import Scene
from viz.words import WORDS, dateline

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _facts(scene: Scene) -> tuple[str, ...]:
    caption = scene.caption
    said = WORDS["shown_rows" if scene.matrix else "shown"](scene.lang)
    counts = said.format(shown=caption.shown, total=caption.total)
    first = WORDS["semicolon"](scene.lang).join(fact for fact in (caption.filters, counts) if fact)
    return (first + WORDS["stop"](scene.lang), *caption.notes)


def _sections(scene: Scene) -> tuple[Section, ...]:
    if scene.empty:
        words = (WORDS["empty"](scene.lang) + WORDS["stop"](scene.lang), WORDS["empty_hint"](scene.lang))
        return (Section(scene.caption.title, words),)
    if scene.matrix:
        return (Section(ordinal(1, WORDS["coverage"](scene.lang), scene.lang), grid=coverage_grid(scene)),)
    # A picture in columns begins under the summary and goes on; another one would leave the first page empty.
    order = ("picture", "list") if scene.layered else ("list", "picture")
    return tuple(_part(scene, name, i) for i, name in enumerate(order, 1))


def _part(scene: Scene, name: str, number: int) -> Section:
    heading = ordinal(number, WORDS[name](scene.lang), scene.lang)
    if name == "picture":
        return Section(heading, scenes=(scene,))
    return Section(heading, grid=line_grid(scene))


def paper_of(scene: Scene) -> Paper:
    """The paper of one view."""
    caption = scene.caption
    mark = f"（{WORDS['illustrative'](scene.lang)}）" if caption.illustrative else ""
    made = WORDS["made"](scene.lang).format(how=way_back(scene))
    sources = Section(WORDS["annex"](scene.lang), (*caption.sources, made))
    return Paper(
        caption.title + mark,
        dateline(caption.data_date, scene.lang),
        _facts(scene),
        (*_sections(scene), sources),
        command_of(scene),
        scene.lang,
    )


def _draw(scene: Scene, **options: Any) -> bytes:
    return write_paper(paper_of(scene), options.get("template"))


RENDERER = Renderer(ending="docx", media_type=MEDIA_TYPE, draw=_draw, options=("template",))
