"""Word documents (.docx), through their XML: merged cells, lists, text boxes, notes, tracked changes.

Tables inside cells follow the table that holds them, and the cell keeps its own text. Captions stay paragraphs.
"""

from __future__ import annotations

import hashlib

from graph.errors import FileRejected
from graph.model import Problem
from ingest.blocks import Block, Paragraph, Reader, ReadFile
from ingest.formats.cleaning import problem
from ingest.formats.continuing import join_continued
from ingest.formats.gridding import TooManyPositions
from ingest.formats.numbering import Numbering, W
from ingest.formats.openxml import Package
from ingest.formats.wordbody import Body
from ingest.formats.wordstyles import Styles

_NOTES = (("footnotes", "footnote", "脚注"), ("endnotes", "endnote", "尾注"))


def read(data: bytes, name: str) -> ReadFile:
    """A Word document; raises FileRejected when it is broken, encrypted or has no content."""
    package = Package(data, name)
    main = package.main_part("word/document.xml")
    relations = package.relations(main).values()
    parts = {relation.kind: relation.target for relation in relations}
    body = Body(
        Styles(package.parse(parts.get("styles", ""))), Numbering(package.parse(parts.get("numbering", "")))
    )
    root = package.parse(main)
    if root is None or root.find(W + "body") is None:
        raise FileRejected(f"{name} 没有正文，文件不完整，请重新取得后再上传。")
    try:
        blocks = join_continued(body.blocks(root.find(W + "body")))
        for kind, element, origin in _NOTES:
            blocks += _notes(package, parts.get(kind, ""), element, origin, body)
    except (TooManyPositions, RecursionError) as error:
        raise FileRejected(f"{name} 中的表格过大或嵌套过深，请拆分后再上传。") from error
    if not blocks and not body.pictures:
        raise FileRejected(f"{name} 没有文字内容，请核对后重新上传。")
    return ReadFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="docx",
        blocks=tuple(blocks),
        properties=package.properties(),
        problems=tuple(_hidden(body)),
        scanned=not blocks,
    )


def _notes(package: Package, part: str, element: str, origin: str, body: Body) -> list[Block]:
    """Footnotes or endnotes, as paragraphs after the text; their separators are no notes."""
    root = package.parse(part) if part else None
    notes: list[Block] = []
    for note in root.iter(W + element) if root is not None else ():
        if note.get(W + "type") in (None, "normal"):
            notes += [b for b in body.blocks(note, origin) if isinstance(b, Paragraph)]
    return notes


def _hidden(body: Body) -> list[Problem]:
    found: list[str] = []
    if body.hidden:
        found.append(f"{body.hidden}个隐藏的文字")
    if body.hidden_rows:
        found.append(f"{body.hidden_rows}个隐藏的表格行")
    if body.covered:
        found.append(f"{body.covered}个被合并单元格遮住的文字")
    return [problem("hidden_content", f"文件含{'、'.join(found)}，未读取。")] if found else []


READER = Reader("docx", (".docx", ".docm", ".dotx", ".dotm"), read)
