"""What Word documents of offices hold beside plain tables."""

from __future__ import annotations

import io

import docx
import lxml.etree as etree
import pytest

from ingest.blocks import ReadFile
from ingest.formats.numbering import format_number
from ingest.reading import read_file
from tests.layouts.spans import merged_table, shape, text_rows

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def read_body(xml: str, numbering: str = "") -> ReadFile:
    """A document whose body is `xml`."""
    document = docx.Document()
    body = document.element.body
    for child in etree.fromstring(f"<w:body {_W} {_VML} {_MC}>{xml}</w:body>"):
        body.insert(len(body) - 1, child)
    if numbering:
        root = document.part.numbering_part.element
        root.clear()
        for child in etree.fromstring(f"<w:numbering {_W}>{numbering}</w:numbering>"):
            root.append(child)
    buffer = io.BytesIO()
    document.save(buffer)
    (file,) = read_file(buffer.getvalue(), "公文.docx")
    return file


def p(text: str, before: str = "") -> str:
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(inner: str, settings: str = "") -> str:
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def tr(*cells: str, settings: str = "") -> str:
    row = "".join(c if c.startswith("<w:tc>") else tc(c) for c in cells)
    return f"<w:tr>{settings and f'<w:trPr>{settings}</w:trPr>'}{row}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def test_tracked_changes_are_read_as_accepted() -> None:
    xml = "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    xml += "<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom></w:p>"
    xml += "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>" + p("后")
    xml += tbl(tr("1", "2"), tr("3", "4", settings="<w:del/>"), tr("5", "6", settings="<w:ins/>"))
    file = read_body(xml)
    assert [x.text for x in file.paragraphs] == ["甲新", "前后"]
    assert text_rows(file.tables[0]) == [["1", "2"], ["5", "6"]]


def test_hidden_text_is_left_out_and_told() -> None:
    file = read_body("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>")
    assert [x.text for x in file.paragraphs] == ["显"]
    assert [x.code for x in file.problems] == ["hidden_content"]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    xml = "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent>"
    xml += f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
    xml += f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    file = read_body(xml + "</mc:AlternateContent></w:r></w:p>")
    assert [x.text for x in file.paragraphs] == ["正文", "框内"]


def test_nested_table_follows_its_outer_one() -> None:
    inner = tbl(tr("甲", "乙"), tr("丙", "丁"))
    file = read_body(tbl(tr("1", tc(p("外") + inner + p("末"))), tr("2", "3")))
    assert [text_rows(t) for t in file.tables] == [
        [["1", "外\n末"], ["2", "3"]],
        [["甲", "乙"], ["丙", "丁"]],
    ]


def test_frame_of_one_cell_is_no_table() -> None:
    file = read_body(tbl(tr(tc(p("框") + tbl(tr("1", "2"), tr("3", "4")) + p("尾")))))
    assert [x.text for x in file.paragraphs] == ["框", "尾"] and len(file.tables) == 1


def test_grid_columns_without_a_cell_edge_go() -> None:
    """Rows whose borders do not line up leave Word with more grid columns than the eye sees."""
    span = '<w:gridSpan w:val="3"/>'
    file = read_body(tbl(tr(tc("甲", span), tc("乙", span)), tr(tc("丙", span), tc("丁", span))))
    assert text_rows(file.tables[0]) == [["甲", "乙"], ["丙", "丁"]]


def test_row_that_begins_late_and_row_that_ends_early() -> None:
    file = read_body(tbl(tr("1", "2", "3"), tr("5", "6", settings='<w:gridBefore w:val="1"/>'), tr("7")))
    assert text_rows(file.tables[0]) == [["1", "2", "3"], ["", "5", "6"], ["7", "", ""]]


def test_broken_merges_make_a_grid_all_the_same() -> None:
    goes_on, starts = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
    rows = (
        tr(tc("孤", goes_on), "2"),
        tr(tc("3", starts + '<w:gridSpan w:val="2"/>')),
        tr(tc("", goes_on), "4"),
    )
    table = read_body(tbl(*rows)).tables[0]
    table.grid()
    assert {c.text for c in table.cells} == {"孤", "2", "3", "4", ""}


_NUMBERING = """<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>"""


def test_list_numbers_are_printed() -> None:
    def item(level: int) -> str:
        return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr>'

    xml = "".join(
        p(text, item(level))
        for text, level in (("总", 0), ("甲", 1), ("子", 2), ("丑", 2), ("乙", 1), ("末", 0), ("丙", 1))
    )
    xml += tbl(tr("序号", "单位"), tr(tc(f"<w:p>{item(2)}</w:p>"), "某局"))
    file = read_body(xml, _NUMBERING)
    assert [x.text for x in file.paragraphs] == [
        *("一、总", "（一）甲", "1.子", "2.丑", "（二）乙", "二、末", "（一）丙")
    ]
    assert text_rows(file.tables[0])[1] == ["1.", "某局"]


@pytest.mark.parametrize(
    ("number", "kind", "printed"),
    (
        *((n, "chineseCounting", t) for n, t in ((10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"))),
        *((3, "decimalEnclosedCircle", "③"), (2, "ideographTraditional", "乙"), (27, "lowerLetter", "aa")),
        *((4, "upperRoman", "IV"), (110, "chineseLegalSimplified", "壹佰壹拾"), (7, "unheard-of", "7")),
    ),
)
def test_number_formats(number: int, kind: str, printed: str) -> None:
    assert format_number(number, kind) == printed


def test_continued_tables_are_joined() -> None:
    head = tr("序号", "单位")
    xml = (
        tbl(head, tr("1", "甲")) + p("续表") + tbl(head, tr("2", "乙")) + "<w:p/>" + tbl(head, tr("3", "丙"))
    )
    file = read_body(xml + p("附件2") + tbl(head, tr("1", "丁")))
    assert [shape(t) for t in file.tables] == [
        shape(merged_table([["序号", "单位"], ["1", "甲"], ["2", "乙"], ["3", "丙"]])),
        shape(merged_table([["序号", "单位"], ["1", "丁"]])),
    ]
    assert [x.text for x in file.paragraphs] == ["附件2"]


def test_symbols_of_symbol_fonts_are_signs() -> None:
    run = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>P</w:t></w:r>'
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    assert read_body(f"<w:p>{run}</w:p><w:p>{sign}</w:p>").paragraphs[0].text == "✓"


def test_headings_properties_and_notes() -> None:
    document = docx.Document()
    document.core_properties.title = "示例文件"
    document.core_properties.author = "某人"
    document.add_heading("一级", 1)
    document.add_paragraph("正文")
    buffer = io.BytesIO()
    document.save(buffer)
    (file,) = read_file(buffer.getvalue(), "a.docx")
    assert [(x.text, x.heading) for x in file.paragraphs] == [("一级", 1), ("正文", 0)]
    assert file.properties["title"] == "示例文件" and "某人" not in file.properties.values()
