"""What of a briefing stands in its paper and on its slides."""

from __future__ import annotations

from viz.briefing import Briefing
from viz.briefing_heads import HEADINGS, SAID
from viz.briefing_tables import (
    gap_grid,
    liaison_grid,
    matrix_grid,
    pair_grid,
    source_grid,
    task_grid,
)
from viz.briefing_texts import gap_texts, pair_texts, task_texts
from viz.paper.deck import Deck
from viz.paper.grid_slides import add_grid, add_words
from viz.paper.listing import change_grid
from viz.paper.word import Paper, Section, annexed, ordinal
from viz.render_pptx import add_scene
from viz.words import WORDS, dateline


def _sections(brief: Briefing) -> list[Section]:
    lang = brief.params.lang
    bridge, coverage = brief.scene("bridge"), brief.scene("coverage")
    tasks, changes = brief.scene("tasks"), brief.scene("changes")
    parts: list[Section] = []
    if bridge:
        parts.append(Section(HEADINGS["pairs"](lang), pair_texts(brief), (bridge,), pair_grid(brief)))
    if coverage:
        parts.append(Section(HEADINGS["coverage"](lang), grid=matrix_grid(coverage)))
    if brief.gaps:
        parts.append(Section(HEADINGS["gaps"](lang), gap_texts(brief), grid=gap_grid(brief)))
    if tasks:
        parts.append(Section(HEADINGS["tasks"](lang), task_texts(brief), (tasks,), task_grid(brief)))
    if brief.liaisons:
        parts.append(Section(HEADINGS["liaisons"](lang), grid=liaison_grid(brief)))
    if changes:
        texts = changes.caption.notes
        parts.append(Section(HEADINGS["changes"](lang), texts, (changes,), change_grid(changes)))
    return parts


def paper_of(brief: Briefing, how: str) -> Paper:
    """The briefing paper: summary, pictures, matrix, pairs, gaps, tasks, changes, and the annex of sources."""
    lang = brief.params.lang
    numbered = [
        Section(ordinal(i, part.heading, lang), part.texts, part.scenes, part.grid)
        for i, part in enumerate(_sections(brief), 1)
    ]
    numbered.append(annexed(HEADINGS["annex"](lang), source_grid(brief), f"{SAID['made'](lang)}{how}"))
    return Paper(
        brief.title + _mark(brief),
        dateline(brief.day, lang),
        brief.summary,
        tuple(numbered),
        how,
        lang,
    )


def _mark(brief: Briefing) -> str:
    return SAID["mark"](brief.params.lang) if brief.illustrative else ""


def _day(brief: Briefing) -> str:
    return WORDS["as_of"](brief.params.lang).format(date=brief.day)


def slides_of(brief: Briefing, how: str) -> bytes:
    """The presentation: summary, views, gaps."""
    lang = brief.params.lang
    deck = Deck(brief.title, subject=_day(brief), how=how)
    mark, notes = _mark(brief), f"{_day(brief)}\n{how}"
    add_words(deck, brief.title + mark, brief.summary, notes=notes, name=SAID["summary"](lang), lang=lang)
    for scene in brief.scenes:
        if scene.view != "network":  # the bridge and the tasks draw the same claims, in order
            add_scene(deck, scene)
    if brief.liaisons:
        add_grid(deck, HEADINGS["liaisons"](lang), liaison_grid(brief), notes=notes, lang=lang, mark=mark)
    if brief.gaps:
        add_grid(deck, HEADINGS["gap_list"](lang), gap_grid(brief), notes=notes, lang=lang, mark=mark)
    return deck.save()
