"""Our template of a paper: sizes, spacing and margins of GB/T 9704—2012, and the places that are filled.

A user's own template is a .docx with the same places (docs/briefing.md).
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
NUMBERS, NUMBER = "宋体", 14
"""Font and points of the page's number (四号)."""
INSTEAD = {
    SONG: "小标宋;宋体;SimSun;Noto Serif CJK SC",
    FANG: "仿宋;FangSong;华文仿宋;Noto Serif CJK SC",
    HEI: "SimHei;Noto Sans CJK SC",
    KAI: "楷体;KaiTi;华文楷体;Noto Serif CJK SC",
    NUMBERS: "SimSun;Noto Serif CJK SC",
}
"""Fonts of GB/T 9704 that many machines lack → what Word may take instead."""
LINE = 28.0
"""Points from line to line: 22 lines a page (GB/T 9704—2012, 5.2.2)."""
TITLE, BODY = 22, 16
"""Points of the title (二号) and of the text (三号)."""
# name: (size in points, Chinese font, alignment, first line indented by two characters, bold)
_STYLES: dict[str, tuple[float, str, Any, bool]] = {
    "coopgraph 标题": (TITLE, SONG, WD_ALIGN_PARAGRAPH.CENTER, False),
    "coopgraph 日期": (BODY, KAI, WD_ALIGN_PARAGRAPH.CENTER, False),
    "coopgraph 正文": (BODY, FANG, WD_ALIGN_PARAGRAPH.JUSTIFY, True),
    "coopgraph 一级": (BODY, HEI, WD_ALIGN_PARAGRAPH.LEFT, True),
    "coopgraph 图": (10.5, FANG, WD_ALIGN_PARAGRAPH.CENTER, False),
    "coopgraph 图注": (10.5, FANG, WD_ALIGN_PARAGRAPH.CENTER, False),
}
_PLACES = (
    ("coopgraph 标题", "{{ title }}"),
    ("coopgraph 日期", "{{ dateline }}"),
    ("coopgraph 正文", "{%p for text in summary %}"),
    ("coopgraph 正文", "{{ text }}"),
    ("coopgraph 正文", "{%p endfor %}"),
    ("coopgraph 正文", "{%p for section in sections %}"),
    ("coopgraph 一级", "{{ section.heading }}"),
    ("coopgraph 正文", "{%p for text in section.texts %}"),
    ("coopgraph 正文", "{{ text }}"),
    ("coopgraph 正文", "{%p endfor %}"),
    ("coopgraph 正文", "{%p for figure in section.figures %}"),
    ("coopgraph 图", "{{ figure.image }}"),
    ("coopgraph 图注", "{{ figure.caption }}"),
    ("coopgraph 正文", "{%p endfor %}"),
    ("coopgraph 正文", "{%p if section.table %}"),
    ("coopgraph 正文", "{{p section.table }}"),
    ("coopgraph 正文", "{%p endif %}"),
    ("coopgraph 正文", "{%p endfor %}"),
)


@cache
def default_template(*, across: bool = False) -> bytes:
    """The template's file; `across` with its page on its long side, turned with its margins."""
    paper: Any = Document()
    page = paper.sections[0]
    sides = (210, 297, 37, 26, 35, 28)
    if across:
        page.orientation = WD_ORIENT.LANDSCAPE
        sides = (297, 210, 28, 35, 26, 37)
    page.page_width, page.page_height = Mm(sides[0]), Mm(sides[1])
    page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = map(Mm, sides[2:])
    page.footer_distance = Mm(15 if across else 28)
    for name, look in _STYLES.items():
        _add_style(paper, name, *look)
    for style, text in _PLACES:
        paper.add_paragraph(text, style=style)
    _number_pages(paper, page)
    _speak_chinese(paper)
    _name_substitutes(paper)
    _drop_effects(paper)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _add_style(paper: Any, name: str, size: float, font: str, align: Any, indent: bool) -> None:
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.name = Pt(size), "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    form = style.paragraph_format
    form.alignment, form.space_before, form.space_after = align, Pt(0), Pt(0)
    if name.endswith("图"):
        form.line_spacing_rule, form.keep_with_next = WD_LINE_SPACING.SINGLE, True
    else:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    form.keep_with_next = name.endswith(("一级", "图"))
    if indent:
        properties = style.element.get_or_add_pPr()
        properties.get_or_add_ind().set(qn("w:firstLineChars"), "200")
        properties.get_or_add_ind().set(qn("w:firstLine"), "640")


def _number_pages(paper: Any, page: Any) -> None:
    """The page's number between dashes in 四号 宋体, one character from the outer side: odd pages at the right, even
    ones at the left (GB/T 9704—2012, 7.5)."""
    paper.settings.odd_and_even_pages_header_footer = True
    right, left = page.footer.paragraphs[0], page.even_page_footer.paragraphs[0]
    right.alignment, right.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(NUMBER)
    left.alignment, left.paragraph_format.left_indent = WD_ALIGN_PARAGRAPH.LEFT, Pt(NUMBER)
    for paragraph in (right, left):
        _add_number(paragraph)


def _add_number(paragraph: Any) -> None:
    fonts = f'<w:rFonts w:ascii="{NUMBERS}" w:hAnsi="{NUMBERS}" w:eastAsia="{NUMBERS}"/>'
    for kind, text in (("", "— "), ("PAGE", ""), ("", " —")):
        run = paragraph.add_run(text)
        run.font.size, run.font.name = Pt(NUMBER), NUMBERS
        run._r.rPr.rFonts.set(qn("w:eastAsia"), NUMBERS)
        if kind:
            inner = f'<w:r><w:rPr>{fonts}<w:sz w:val="{NUMBER * 2}"/></w:rPr><w:t>1</w:t></w:r>'
            field = f'<w:fldSimple {nsdecls("w")} w:instr="{kind}">{inner}</w:fldSimple>'
            run._r.addnext(parse_xml(field))


def _speak_chinese(paper: Any) -> None:
    """Chinese text is that of the mainland: else punctuation is taken from the fonts of other places."""
    for language in paper.styles.element.xpath("./w:docDefaults//w:lang"):
        language.set(qn("w:eastAsia"), "zh-CN")


def _name_substitutes(paper: Any) -> None:
    """Say in the table of fonts what may stand for those that a machine lacks."""
    for relation in paper.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            entries = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{others}"/></w:font>'
                for name, others in INSTEAD.items()
            )
            blob = relation.target_part.blob.replace(b"</w:fonts>", f"{entries}</w:fonts>".encode())
            relation.target_part._blob = blob


def _drop_effects(paper: Any) -> None:
    """Leave out a copy of the styles for Word 2010 that python-docx' template holds and that no longer fits."""
    for key, relation in list(paper.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            paper.part.rels.pop(key)
