"""Personal data is withheld everywhere, and nothing else is. Numbers are put together here, so that none stands in
the repository."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.tables import table_of_rows
from ingest.blocks import Paragraph, ReadFile, Table
from ingest.privacy.personal import PersonalDataFilter, withhold
from ingest.privacy.redaction import header_kind, is_identity, redact

MOBILE = "13" + "8" + "0013" + "8000"
LOCAL = "87" + "65" + "4321"
LANDLINE = "0574-" + LOCAL
MAIL = "someone" + "@" + "example.com"
_BODY = "110105" + "19491231" + "002"
IDENTITY = _BODY + "X"
NAME, PHONE, FAX, BOX, PAPER = (f"〔已隐去:{kind}〕" for kind in ("姓名", "电话", "传真", "邮箱", "证件号"))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (
            f"联系人:王小明;联系电话:{LOCAL};传真:{LOCAL};邮箱:{MAIL}",
            f"联系人:{NAME};联系电话:{PHONE};传真:{FAX};邮箱:{BOX}",
        ),
        (f"联系人王小明 {MOBILE}", f"联系人{NAME} {PHONE}"),
        (f"联系人及电话：张三 {LOCAL}", f"联系人及电话：{NAME} {PHONE}"),
        ("经办人：张 三", f"经办人：{NAME}"),
        ("填报人：张三 填报日期：2019年", f"填报人：{NAME} 填报日期：2019年"),
        ("联系人：王小明、李小红（市发改委）", f"联系人：{NAME}、{NAME}（市发改委）"),
        ("联系人:市经信局 王小明。", f"联系人:市经信局 {NAME}。"),
        ("联系人：张主任", f"联系人：{NAME}主任"),
        (f"+86 {MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}", PHONE),
        (f"({LANDLINE[:4]}){LOCAL}转8012", PHONE),
        ("400-" + "820-" + "8820", PHONE),
        (f"联系电话：{LOCAL}、{LOCAL}", f"联系电话：{PHONE}、{PHONE}"),
        (MAIL.replace("@", "＠"), BOX),
        (f"身份证号：{IDENTITY}", f"身份证号：{PAPER}"),
    ],
)  # fmt: skip
def test_personal_data_is_replaced_by_marks(text: str, safe: str) -> None:
    assert redact(text) == safe


@pytest.mark.parametrize(
    "text",
    [
        "甬政办发〔2019〕32号",
        "2019年3月19日 20190319 201903191030",
        "邮编315000，股票代码600104",
        "总投资1234567890元，利税12345678万元",
        f"总额{MOBILE}.50元",
        "统一社会信用代码91330200MA281XYZ12",
        f"编号{_BODY}1",
        "各单位工作联络员名单请于3月22日前报市经信局",
        "电话会议于3月召开，热线12345",
        "联系人：无",
        "联系人：张江高新区管委会",
        "市经信局牵头，陈炳荣副市长挂钩联系北仑区",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert redact(text) == text


def test_an_identity_number_is_told_by_province_date_and_check_digit() -> None:
    assert is_identity(IDENTITY) and is_identity(IDENTITY.lower())
    assert not is_identity(_BODY + "1")
    assert not is_identity("99" + IDENTITY[2:])
    assert is_identity("110105" + "491231" + "002")


def test_columns_and_forms_are_withheld_by_their_labels() -> None:
    table = table_of_rows(
        [
            ["序号", "单位", "联系人", "联系\n电话", "备注"],
            ["1", "市经信局", "王小明", MOBILE, "甲"],
            ["2", "市发改委", "无", "", "乙"],
            ["3", "市科技局", f"李小红 {LANDLINE}", f"{LOCAL}（办）", "丙"],
            ["填报人", "张三", "联系电话", LANDLINE, ""],
        ]
    )
    safe, problems = withhold(ReadFile("a.docx", "0", "docx", (table,)))
    rows = [[cell.text for cell in row] for row in safe.tables[0].grid()]
    assert rows[1:] == [
        ["1", "市经信局", NAME, PHONE, "甲"],
        ["2", "市发改委", "无", "", "乙"],
        ["3", "市科技局", NAME + PHONE, PHONE, "丙"],
        ["填报人", NAME, "联系电话", PHONE, ""],
    ]
    assert [(p.row, p.column) for p in problems] == [(2, 3), (2, 4), (4, 3), (4, 4), (5, 2), (5, 4)]
    assert {p.code for p in problems} == {"personal_data_withheld"} and {p.table for p in problems} == {1}


def test_contact_columns_of_a_flattened_table_are_withheld_by_their_place() -> None:
    lines = [
        "序号",
        "单位",
        "联系人",
        "电话",
        "1",
        "市经信局",
        "王小明",
        LOCAL,
        "2",
        "市发改委",
        "李小红",
        LOCAL,
    ]
    safe, problems = withhold(ReadFile("a.txt", "0", "txt", tuple(map(Paragraph, lines))))
    assert [p.text for p in safe.paragraphs] == [
        *lines[:6], NAME, PHONE, "2", "市发改委", NAME, PHONE,
    ]  # fmt: skip
    assert len(problems) == 4


def test_titles_properties_and_earlier_problems_are_withheld_too() -> None:
    table = Table(rows=1, columns=1, cells=table_of_rows([["甲"]]).cells, title=f"联系人：王小明 {MOBILE}")
    safe, problems = withhold(ReadFile("a", "0", "docx", (table,), {"subject": f"报送 {MAIL}"}))
    assert safe.tables[0].title == f"联系人：{NAME} {PHONE}"
    assert safe.properties == {"subject": f"报送 {BOX}"}
    assert len(problems) == 2


def test_one_problem_a_paragraph_that_does_not_repeat_what_it_withholds() -> None:
    text = f"报市经信局(联系人:王小明;联系电话:{LOCAL};传真:{LOCAL};电子邮箱:{MAIL})。"
    safe, (problem,) = withhold(ReadFile("a", "0", "txt", (Paragraph(text), Paragraph("正文"))))
    shown = repr(safe) + repr(problem)
    assert not [secret for secret in ("王小明", LOCAL, MAIL, "example") if secret in shown]
    assert withhold(safe)[1] == []


WORDS = [
    "联系人",
    "：",
    "王小明",
    MOBILE,
    LANDLINE,
    MAIL,
    IDENTITY,
    " ",
    "，",
    "市经信局",
    "传真",
    LOCAL,
    NAME,
]


@given(st.lists(st.sampled_from(WORDS), max_size=10))
def test_withholding_twice_changes_nothing(parts: list[str]) -> None:
    safe = redact("".join(parts))
    assert redact(safe) == safe


@given(st.text(max_size=80))
def test_text_without_personal_data_keeps_its_marks_and_never_fails(text: str) -> None:
    assert redact(redact(text)) == redact(text)
    header_kind(text)


def test_logs_never_show_personal_data() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(PersonalDataFilter())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    logger.warning("联系人：%s，电话 %s", "王小明", MOBILE)
    try:
        raise ValueError(MAIL)
    except ValueError:
        logger.exception("读取失败")
    shown = stream.getvalue()
    assert not [secret for secret in ("王小明", MOBILE, MAIL) if secret in shown] and "ValueError" in shown


@pytest.mark.shared
def test_the_first_document_has_one_paragraph_with_personal_data(shared_dir: Path) -> None:
    text = (shared_dir / "documents" / "ningbo-2019-32-page.txt").read_text(encoding="utf-8")
    lines = tuple(Paragraph(line) for line in text.splitlines() if line.strip())
    safe, problems = withhold(ReadFile("page.txt", "0", "txt", lines))
    assert len(problems) == 1
    changed = [new.text for old, new in zip(lines, safe.paragraphs, strict=True) if old != new]
    assert len(changed) == 1
    assert all(mark in changed[0] for mark in (NAME, PHONE, FAX, BOX)) and "@" not in changed[0]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("电话87189234", "电话〔已隐去:电话〕"),
        ("０５７４８７１８９２３４", "〔已隐去:电话〕"),
        ("１３８００１３８０００", "〔已隐去:电话〕"),
        ("13800138000 人事科", "〔已隐去:电话〕 人事科"),
        ("86-574-87189234", "〔已隐去:电话〕"),
        ("+86 574 8718 9234", "〔已隐去:电话〕"),
        ("身份证号：11010119900307123X", "身份证号：〔已隐去:证件号〕"),
        ("手机13800138000", "手机〔已隐去:电话〕"),
        ("联 系 人：王小明　电 话：87189234", "联 系 人：〔已隐去:姓名〕　电 话：〔已隐去:电话〕"),
        ("联络员：王小明，市经信局，87189234", "联络员：〔已隐去:姓名〕，市经信局，〔已隐去:电话〕"),
        ("联系人（电话）：王小明（87189234）", "联系人（电话）：〔已隐去:姓名〕（〔已隐去:电话〕）"),
        ("联系人/电话：王小明/87189234", "联系人/电话：〔已隐去:姓名〕/〔已隐去:电话〕"),
        (
            "填表人：王小明　审核人：李小红　负责人：张三",
            "填表人：〔已隐去:姓名〕　审核人：〔已隐去:姓名〕　负责人：张三",
        ),
        ("制表：王小明，审核：李小红", "制表：〔已隐去:姓名〕，审核：〔已隐去:姓名〕"),
        ("联系人：Tom Smith", "联系人：〔已隐去:姓名〕"),
        ("工作QQ群号：123456789", "工作QQ群号：〔已隐去:邮箱〕"),
        ("138.0013.8000", "〔已隐去:电话〕"),
        ("0574 - 87189234", "〔已隐去:电话〕"),
        ("+86(574)87189234", "〔已隐去:电话〕"),
        ("电话（传真）：87189234", "电话（传真）：〔已隐去:电话〕"),
        ("短号：661234，办公室 87189234", "短号：〔已隐去:电话〕，办公室 〔已隐去:电话〕"),
        ("someone(at)example.com", "〔已隐去:邮箱〕"),
    ],
)
def test_numbers_beside_their_label_and_in_other_digits_are_withheld(text: str, safe: str) -> None:
    assert redact(text) == safe


@pytest.mark.parametrize(
    "text",
    [
        "投资13800138000元", "统一社会信用代码913302001440511234", "监督电话12388", "电话会议2019年",
        "项目编号330203199003071234", "身份证复印件2份", "邮编315000", "甬政办发〔2019〕32号",
        "承办：市经信局", "填报：无锡市", "审核：无", "联系人：市经信局。项目投资12345678元", "经办公室 2019年审核",
        "项目代码2019-330203-36-03-012345-000", "账号3901110009200012345", "版本1.3.8001", "2018—2020年",
    ],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    assert redact(text) == text
