"""The briefing pack: paper, slides, workbooks and every view in every form, with an index; equal for equal data."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import cache, partial

from graph.cancelling import raise_if_cancelled
from graph.errors import Busy, MissingPart, UsageError
from graph.office import soffice_path
from viz.briefing import Briefing, Form
from viz.briefing_annex import annex, pair_list
from viz.briefing_index import Listed, index_page
from viz.briefing_paper import paper_of, slides_of
from viz.briefing_words import FILES, WHAT
from viz.layout.text import clean
from viz.paper.beside import beside
from viz.paper.making import PROGRAM
from viz.paper.office_pdf import as_pdf, require_office
from viz.paper.packing import zipped
from viz.paper.word import write_paper
from viz.rendering import render

Progress = Callable[[int, int, str], None]
PICTURES: tuple[Form, ...] = ("svg", "png", "html")
_TURNS: Mapping[Form, int] = {"docx": 0, "png": 1, "pdf": 2}
"""Which forms are made first: LibreOffice (200 MB) begins when no picture is being drawn any more (200 MB too)."""


def command_of(brief: Briefing, *, template: bool = False) -> str:
    """The command line that makes the pack again from the same data; a template of the user's own is named as such."""
    options: list[str] = []
    for name, value in brief.params.model_dump(exclude_defaults=True, exclude_none=True).items():
        given = value if isinstance(value, list) else [value]
        options += [f"--{name.replace('_', '-')} {shlex.quote(clean(str(one)))}" for one in given]
    if template:
        options.append(f"--template {FILES['template'](brief.params.lang)}")
    return " ".join([PROGRAM, "briefing", *options, f"-o {FILES['pack'](brief.params.lang)}.zip"])


@dataclass(frozen=True, slots=True)
class File:
    """One file of the pack before it is made: its path, what it is, which form it is, how it is made, and for a
    picture its view."""

    path: str
    what: str
    form: Form
    make: Callable[[], bytes]
    view: str = ""


def _files(brief: Briefing, template: bytes | None) -> Iterator[File]:
    """The files in the index's order."""
    lang, how = brief.params.lang, command_of(brief, template=template is not None)
    paper = cache(lambda: write_paper(paper_of(brief, how), template))

    def file(name: str, form: Form, make: Callable[[], bytes]) -> File:
        return File(FILES[name](lang), WHAT[name](lang), form, make)

    yield file("paper", "docx", paper)
    if soffice_path():
        yield file("print", "pdf", lambda: as_pdf(paper(), ".docx"))
    yield file("slides", "pptx", lambda: slides_of(brief, how))
    yield file("annex", "xlsx", lambda: annex(brief, how))
    if brief.pairs:
        yield file("pairs", "xlsx", lambda: pair_list(brief, how))
    for scene in brief.scenes:
        for form in PICTURES:
            path, options = f"{FILES['pictures'](lang)}/{scene.view}.{form}", {}
            if form == "html":
                options = {"mode": "sealed"}
            draw = partial(render, scene, form, **options)
            yield File(path, clean(scene.caption.title), form, draw, scene.view)


def make_pack(
    brief: Briefing, *, template: bytes | None = None, progress: Progress | None = None
) -> list[tuple[str, bytes]]:
    """(path, bytes) of every file, the index first. `progress` is told how many files are done, of how many, and
    the path of the next before it is made; what it raises stops the work, as does a cancellation.

    Raises UsageError for a template that cannot be filled, MissingPart where a form cannot be made here.
    """
    files = [file for file in _files(brief, template) if brief.params.wants(file.form)]
    if brief.params.forms == ["pdf"]:
        require_office(".docx")
    if template is not None and not (brief.params.wants("docx") or brief.params.wants("pdf")):
        raise UsageError("Word 模板只用于 docx 和 pdf；请加上其中一种，或不给模板。")
    made = _made(files, progress)
    listed = [Listed(file.path, file.what, file.form, len(data), file.view) for file, data in made]
    index = index_page(brief, listed, command_of(brief, template=template is not None))
    return [(FILES["index"](brief.params.lang), index), *((file.path, data) for file, data in made)]


def _made(files: Sequence[File], progress: Progress | None) -> list[tuple[File, bytes]]:
    """The files in their order. The print is drawn while those that take little memory are made."""

    def tell(number: int, file: File) -> None:
        raise_if_cancelled()
        if progress:
            progress(number, len(files), file.path)

    made: dict[str, bytes] = {}
    waiting: list[tuple[File, Future[bytes]]] = []
    with beside() as start:
        for file in sorted(files, key=lambda file: _TURNS.get(file.form, len(_TURNS))):
            if file.form == "pdf":
                waiting.append((file, start(file.make)))
                continue
            tell(len(made), file)
            made[file.path] = file.make()
        for file, printed in waiting:
            tell(len(made), file)
            # An office without its word processor prints nothing, a busy one not in time: all else is given, and the
            # index says that the file is lacking.
            with suppress(MissingPart, Busy) if len(files) > 1 else nullcontext():
                made[file.path] = printed.result()
    return [(file, made[file.path]) for file in files if file.path in made]


def packed(files: list[tuple[str, bytes]]) -> bytes:
    """The pack as a ZIP; equal files give equal bytes."""
    return zipped(files)


_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
"""What names of files must not hold on Windows."""


def file_name(brief: Briefing) -> str:
    """Under which name the pack is saved: what it is about, and its day."""
    title = _FORBIDDEN.sub("-", clean(brief.title)).strip(" .-")[:80]
    return f"{title}-{brief.day}.zip"
