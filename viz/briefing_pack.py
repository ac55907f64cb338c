"""The briefing pack: paper, slides, workbooks and every view in every form, with an index; equal for equal data."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import escape

from graph.errors import MissingPart
from graph.office import soffice_path
from viz.briefing import Briefing
from viz.briefing_annex import annex, pair_list
from viz.briefing_tables import gap_grid, liaison_grid, pair_grid, source_grid, task_grid
from viz.layout.text import clean
from viz.paper.coverage_slides import coverage_grid
from viz.paper.deck import Deck
from viz.paper.grid_slides import add_grid, add_words
from viz.paper.making import PROGRAM, made_by
from viz.paper.office_pdf import as_pdf
from viz.paper.packing import zipped
from viz.paper.word import Paper, Section, write_paper
from viz.render_pptx import add_scene
from viz.rendering import render
from viz.words import WORDS

Progress = Callable[[str], None]
PAPER, PRINTED = "简报.docx", "简报.pdf"
"""The paper, and its print where LibreOffice is installed: the one file whose bytes differ each time."""
FORMS = ("svg", "png", "html")


def command_of(brief: Briefing) -> str:
    """The command line that makes the pack again from the same data."""
    given = brief.params.model_dump(exclude_defaults=True, exclude_none=True)
    given["as_of"] = brief.day
    options = [
        f"--{name.replace('_', '-')} {shlex.quote(clean(str(value)))}" for name, value in given.items()
    ]
    return " ".join([PROGRAM, "briefing", *options, "-o 汇报.zip"])


def paper_of(brief: Briefing) -> Paper:
    """The briefing paper: summary, pictures, matrix, pairs, gaps, tasks, changes, and the annex of sources."""
    bridge, coverage = brief.scene("bridge"), brief.scene("coverage")
    tasks, changes = brief.scene("tasks"), brief.scene("changes")
    parts: list[Section] = []
    if bridge:
        parts.append(Section("对口关系", scenes=(bridge,), grid=pair_grid(brief)))
    if coverage:
        parts.append(Section("覆盖情况", coverage.caption.notes, grid=coverage_grid(coverage)))
    if brief.gaps:
        parts.append(Section("缺口", grid=gap_grid(brief)))
    if tasks:
        parts.append(Section("任务分工", scenes=(tasks,), grid=task_grid(brief)))
    if brief.liaisons:
        parts.append(Section("挂钩联系", grid=liaison_grid(brief)))
    if changes:
        parts.append(Section("变化", changes.caption.notes, scenes=(changes,)))
    numbered = [
        Section(f"{_ordinal(i)}、{part.heading}", part.texts, part.scenes, part.grid)
        for i, part in enumerate(parts, 1)
    ]
    numbered.append(Section("附：来源", (f"制作方法：{command_of(brief)}",), grid=source_grid(brief)))
    mark = f"（{WORDS['illustrative']('zh')}）" if brief.illustrative else ""
    return Paper(
        brief.title + mark, f"数据截至{brief.day}", brief.summary, tuple(numbered), command_of(brief)
    )


def _ordinal(number: int) -> str:
    return "一二三四五六七八九"[number - 1]


def slides_of(brief: Briefing) -> bytes:
    """The presentation: summary, views, gaps."""
    deck = Deck(brief.title, subject=f"数据截至{brief.day}", how=command_of(brief))
    mark = f"（{WORDS['illustrative']('zh')}）" if brief.illustrative else ""
    notes = f"数据截至{brief.day}\n{command_of(brief)}"
    add_words(deck, brief.title + mark, brief.summary, notes=notes)
    for scene in brief.scenes:
        if scene.view != "network":  # the bridge and the tasks draw the same claims, in order
            add_scene(deck, scene)
    if brief.liaisons:
        add_grid(deck, f"挂钩联系{mark}", liaison_grid(brief), notes=notes)
    if brief.gaps:
        add_grid(deck, f"缺口清单{mark}", gap_grid(brief), notes=notes)
    return deck.save()


def _files(brief: Briefing, template: bytes | None) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """(path, what it is, how it is made) of each file, in the index's order."""
    how = command_of(brief)
    yield PAPER, "文字材料", lambda: write_paper(paper_of(brief), template)
    yield "汇报.pptx", "幻灯片，图形可编辑", lambda: slides_of(brief)
    yield "附表.xlsx", "对口、覆盖、缺口、任务、来源", lambda: annex(brief, how)
    if brief.pairs:
        yield "对口清单.xlsx", "对口清单，可再次导入", lambda: pair_list(brief, how)
    for scene in brief.scenes:
        for form in FORMS:
            name, options = f"图/{scene.view}.{form}", {"mode": "sealed"} if form == "html" else {}
            said = f"{clean(scene.caption.title)}（{form.upper()}）"
            yield name, said, lambda s=scene, f=form, o=options: render(s, f, **o)


def make_pack(
    brief: Briefing, *, template: bytes | None = None, progress: Progress | None = None
) -> list[tuple[str, bytes]]:
    """(path, bytes) of every file, the index first. `progress` is told each path before it is made; what it
    raises stops the work."""
    made: list[tuple[str, str, bytes]] = []
    for name, said, write in _files(brief, template):
        if progress:
            progress(name)
        made.append((name, said, write()))
        if name == PAPER and soffice_path():
            if progress:
                progress(PRINTED)
            # An office without its word processor prints nothing; the index says that the file is lacking.
            with suppress(MissingPart):
                made.append((PRINTED, "文字材料，供打印", as_pdf(made[-1][2], ".docx")))
    return [("目录.html", _index(brief, made)), *((name, data) for name, _, data in made)]


def _index(brief: Briefing, made: list[tuple[str, str, bytes]]) -> bytes:
    """A page that lists the files and says what the pack is, without script."""
    rows = "".join(
        f'<tr><td><a href="{escape(name)}">{escape(name)}</a></td><td>{escape(said)}</td>'
        # The print's size is not told: it differs by some bytes each time, and the index shall not.
        f"<td>{'' if name == PRINTED else f'{max(1, round(len(data) / 1024))} KB'}</td></tr>"
        for name, said, data in made
    )
    summary = "".join(f"<p>{escape(clean(text))}</p>" for text in brief.summary)
    title = escape(clean(brief.title)) + ("（示例）" if brief.illustrative else "")
    style = (
        "body{max-width:46em;margin:3em auto;padding:0 1em;font:15px/1.7 'PingFang SC','Microsoft YaHei',sans-serif;"
        "color:#1F2933;background:#FCFBF8}td{padding:.2em 1.2em .2em 0}"
    )
    printed = any(name == PRINTED for name, _, _ in made)
    lacking = (
        ""
        if printed
        else f"<p>未附 {PRINTED}：本机没有装好 LibreOffice（apt install libreoffice-writer）。</p>"
    )
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f"<h1>{title}</h1>{summary}<table>{rows}</table>{lacking}<p>数据截至 {brief.day}。{escape(made_by())}："
        f"<code>{escape(command_of(brief))}</code></p></html>\n"
    ).encode()


def packed(files: list[tuple[str, bytes]]) -> bytes:
    """The pack as a ZIP; equal files give equal bytes."""
    return zipped(files)
