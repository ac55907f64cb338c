"""A user's own Word template is another's file: it runs nothing, reads nothing, takes no time, keeps no one's name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document

from graph.errors import UsageError
from tests.paper.test_docx import template
from viz.paper.grid import Cell, Grid, Row
from viz.paper.own_template import MOST_OF_ONE
from viz.paper.word import Paper, Section, write_paper

PLAIN = ("{{ title }}", "{%p for section in sections %}", "{{ section.heading }}", "{%p endfor %}")
TABLE = Grid("表", ("单位",), (Row((Cell("北仑区"),)),))
PAPER = Paper(
    "简报", "今日", ("概述。",), (Section("一、清单", ("说明。",), grid=TABLE),), "coopgraph briefing"
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A template with one of its parts changed, or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts.get(part, b""))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def body(change: Callable[[bytes], bytes]) -> bytes:
    """A good template with its body changed."""
    return changed(template(*PLAIN), "word/document.xml", change)


def in_body(xml: str) -> bytes:
    """A good template with more in its body."""
    return body(lambda data: data.replace(b"<w:body>", b"<w:body>" + xml.encode()))


def related(kind: str, target: str, part: str = "word/_rels/document.xml.rels") -> bytes:
    relation = f'<Relationship Id="rId99" Type="{TYPES}/{kind}" Target="{target}" TargetMode="External"/>'
    return changed(
        template(*PLAIN),
        part,
        lambda data: data.replace(b"</Relationships>", relation.encode() + b"</Relationships>"),
    )


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


@pytest.mark.parametrize(
    "mark",
    [
        "{{ sections.__class__.__mro__ }}",
        "{{ sections.__init__.__globals__ }}",
        "{{ title.format(title) }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum() }}",
        "{{ ''.join(['a']) }}",
        "{{ title|attr('__class__') }}",
        "{{ title|map('upper') }}",
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as p %}",
        "{% extends '/etc/passwd' %}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'a' * 999999999 }}",
        "{% for i in range(99999999) %}x{% endfor %}",
        "{% for c in title %}{{ c }}{% endfor %}",
        "{% for s in sections %}{% for t in sections %}{{ t.table }}{% endfor %}{% endfor %}",
        "{{ section.image.tpl.docx }}",
        "{{ summary }}",
        "{{ title.index }}",
    ],
)
def test_a_mark_that_is_no_place_is_refused(mark: str) -> None:
    with pytest.raises(UsageError, match="Word 模板"):
        write_paper(PAPER, template(*PLAIN, mark))


def test_a_paper_cannot_be_grown_beyond_measure() -> None:
    with pytest.raises(UsageError, match="更短"):
        write_paper(PAPER, template(*PLAIN, *["{{ section.table }}"] * (MOST_OF_ONE + 1)))


def test_marks_in_headers_and_properties_are_held_to_the_same() -> None:
    paper = Document(io.BytesIO(template(*PLAIN)))
    paper.sections[0].header.paragraphs[0].text = "{{ title.__class__ }}"
    out = io.BytesIO()
    paper.save(out)
    with pytest.raises(UsageError, match="__class__"):
        write_paper(PAPER, out.getvalue())
    paper.sections[0].header.paragraphs[0].text = "{{ title }}"
    paper.core_properties.subject = "{{ lipsum() }}"
    out = io.BytesIO()
    paper.save(out)
    with pytest.raises(UsageError, match="Call"):
        write_paper(PAPER, out.getvalue())


SIMPLE = '<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;/etc/passwd&quot; "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
SPLIT = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r>'
    '<w:r><w:instrText>PICTURE "http://x/y.png"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
VML = '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="file:///etc/passwd"/></w:pict></w:r></w:p>'


@pytest.mark.parametrize(
    ("own", "complaint"),
    [
        (in_body(SIMPLE), "INCLUDETEXT"),
        (in_body(SPLIT), "INCLUDEPICTURE"),
        (in_body(VML), "路径"),
        (in_body(f'<w:altChunk xmlns:r="{TYPES}" r:id="rId99"/>'), "altChunk"),
        (related("image", "file:///etc/passwd"), "image"),
        (related("image", "http://example.org/x.png"), "image"),
        (related("oleObject", "\\\\server\\x.xlsx"), "oleObject"),
        (related("hyperlink", "file:///etc/passwd"), "hyperlink"),
        (changed(template(*PLAIN), "word/vbaProject.bin", lambda _: b"x"), "宏"),
        (body(lambda d: b"<!DOCTYPE x>" + d.partition(b"?>")[2].lstrip()), "DTD"),
        (body(lambda d: d[:-20]), "损坏"),
        (b"PK\x03\x04 no package", "另存为"),
        (b"", "另存为"),
        (template("{{ title }}", "{%p for section in sections %}", "{{ section.heding }}", "{%p endfor %}"), "heding"),
        (template("{{ title }}", "{%p for section in sections %}"), "标记写得不对"),
    ],
)  # fmt: skip
def test_what_reaches_beyond_the_file_or_is_broken_is_refused(own: bytes, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        write_paper(PAPER, own)


@pytest.mark.parametrize("limit", ["MOST_UNPACKED", "MOST_TEXT", "MOST_MARKS"])
def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    from viz.paper import own_template

    monkeypatch.setattr(own_template, limit, 3)
    with pytest.raises(UsageError, match="Word 模板"):
        write_paper(PAPER, template(*PLAIN))


def test_links_for_readers_stay_and_the_users_traces_go() -> None:
    attached = (
        f'<Relationship Id="rId1" Type="{TYPES}/attachedTemplate" Target="file:///C:/Users/zhang/x.dotx"'
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{namespace}">{attached} TargetMode="External"/></Relationships>'
    own = changed(template(*PLAIN), "word/_rels/settings.xml.rels", lambda _: relations.encode())
    manager = b"<Manager>zhang</Manager></Properties>"
    own = changed(own, "docProps/app.xml", lambda data: data.replace(b"</Properties>", manager))
    made = write_paper(PAPER, own)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        whole = b"".join(package.read(name) for name in package.namelist())
    assert b"zhang" not in whole
    assert texts(made)[:2] == ["简报", "一、清单"]
    assert texts(write_paper(PAPER, related("hyperlink", "https://example.org/")))[0] == "简报"


def test_places_loops_conditions_and_plain_filters_may_be_used() -> None:
    own = template(
        "{{ title|upper }}", "{{ dateline|default('') }}", "{%p for text in summary %}", "{{ loop.index }}. {{ text }}",
        "{%p endfor %}", "{%p for section in sections if section.table %}", "{% if not loop.last %}；{% endif %}",
        "{{ section.heading }}（{{ section.texts|length }}）", "{%p endfor %}",
    )  # fmt: skip
    assert [text for text in texts(write_paper(PAPER, own)) if text] == [
        "简报",
        "今日",
        "1. 概述。",
        "一、清单（1）",
    ]
