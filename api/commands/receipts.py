"""A reading receipt as a person reads it: the document, its tables with their counts, problems with their cells."""

from __future__ import annotations

from collections.abc import Sequence

from api.commands.output import print_table, print_text
from graph.receipt import ProblemInfo, Receipt

_SEVERITIES = {"info": "提示", "warning": "注意", "error": "错误"}


def print_receipt(receipt: Receipt, *, note: str = "") -> None:
    """Print a receipt; `note` says what became of the document."""
    document = receipt["document"]
    print_text(f"{document['title'] or document['id']}{f'  {note}' if note else ''}")
    facts = [
        ("编号", document["id"]),
        ("文号", document["number"]),
        ("日期", document["date"]),
        ("发文机关", document["issuer"]),
        ("合作事项", document["programme"]),
        ("文件", "、".join(file["name"] for file in document["files"])),
    ]
    for label, value in facts:
        if value:
            print_text(f"  {label}：{value}")
    print_text(f"  得到 {receipt['entities']} 个主体、{receipt['claims']} 条关系。")
    if receipt["tables"]:
        print_tables(receipt)
    if receipt["problems"]:
        print_problems(receipt["problems"])


def print_tables(receipt: Receipt) -> None:
    """Each table with what became of its grid positions."""
    print_table(
        ["表", "标题", "类型", "行×列", "已采用", "沿用", "未采用", "无法读取"],
        [
            (
                table["table"],
                table["title"],
                table["profile"] or "未识别",
                f"{table['rows']}×{table['columns']}",
                *table["cells"].values(),
            )
            for table in receipt["tables"]
        ],
    )


def print_problems(problems: Sequence[ProblemInfo]) -> None:
    """Each problem with its cell and its text."""
    from graph.vocabulary import PROBLEMS

    print_table(
        ["程度", "问题", "位置", "说明", "原文"],
        [
            (
                _SEVERITIES.get(problem["severity"], problem["severity"]),
                PROBLEMS[problem["code"]].label.zh if problem["code"] in PROBLEMS else problem["code"],
                place(problem["table"], problem["row"], problem["column"]),
                problem["message"],
                shorten(problem["text"]),
            )
            for problem in problems
        ],
    )


def place(table: int | None, row: int | None, column: int | None) -> str:
    """A cell in words: 表1 第3行 第2列."""
    parts = [(f"表{table}", table), (f"第{row}行", row), (f"第{column}列", column)]
    return " ".join(text for text, number in parts if number is not None)


def shorten(text: str, length: int = 60) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
