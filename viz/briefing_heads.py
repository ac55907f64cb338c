"""Headings of a briefing's sections, sheets and columns, in both languages; words that its tables say beside."""

from __future__ import annotations

from collections.abc import Iterable

from graph.vocabulary import Text

HEADINGS: dict[str, Text] = {
    "pairs": Text("对口关系", "Pairs"),
    "pair_list": Text("对口清单", "Pairs"),
    "coverage": Text("覆盖情况", "Coverage"),
    "matrix": Text("各单位覆盖情况", "Coverage by unit"),
    "gaps": Text("缺口", "Gaps"),
    "gap_list": Text("缺口清单", "Gaps"),
    "tasks": Text("任务分工", "Tasks"),
    "liaisons": Text("挂钩联系", "Liaisons"),
    "changes": Text("变化", "Changes"),
    "sources": Text("来源", "Sources"),
    "annex": Text("附：来源", "Annex: sources"),
}
"""Of sections, slides and sheets."""
COLUMNS: dict[str, Text] = {
    "unit": Text("单位", "Unit"),
    "kind": Text("类型", "Kind"),
    "counterpart": Text("对口对象", "Counterpart"),
    "relation": Text("关系", "Relation"),
    "programme": Text("合作事项", "Programme"),
    "evidence": Text("依据", "Evidence"),
    "claims": Text("依据条数", "Claims"),
    "mark": Text("示例", "Illustrative"),
    "lacks": Text("缺少", "Lacks"),
    "state": Text("情形", "State"),
    "reason": Text("说明", "Reason"),
    "suggestions": Text("可考虑", "To consider"),
    "number": Text("序号", "No."),
    "task": Text("任务", "Task"),
    "leaders": Text("牵头领导", "Overseen by"),
    "lead": Text("牵头单位", "Led by"),
    "lead_or_responsible": Text("牵头或责任单位", "Led by, or responsible"),
    "support": Text("配合单位", "Supported by"),
    "responsible": Text("责任单位", "Responsible"),
    "due": Text("期限", "Due"),
    "leader": Text("领导", "Leader"),
    "contact": Text("联系对象", "In touch with"),
    "document": Text("文件", "Document"),
    "table": Text("表", "Table"),
    "row": Text("行", "Row"),
    "column": Text("列", "Column"),
    "place": Text("位置", "Place"),
    "fact": Text("内容", "What it states"),
    "text": Text("原文", "As printed"),
}
SAID: dict[str, Text] = {
    "count_of": Text("{kind}数", "{kind}, count"),
    "task": Text("任务：{title}", "Task: {title}"),
    "liaison": Text("{leader}联系{contact}", "{leader} is in touch with {contact}"),
    "gap": Text("{unit}缺{kind}", "{unit} lacks: {kind}"),
    "body": Text("正文", "text"),
    "mark": Text("（示例）", "（示例）"),
    "and": Text("、", ", "),
    "comma": Text("，", ", "),
    "semicolon": Text("；", "; "),
    "inner": Text("（{text}）", " ({text})"),
    "about": Text("说明", "About"),
    "sheet": Text("{name}（{n}行）", "{name} ({n})"),
    "sheets": Text("本工作簿含：{sheets}。", "Sheets, with their rows: {sheets}."),
    "sheet_signs": Text("覆盖情况和缺口的符号：{signs}。", "Signs of coverage and gaps: {signs}."),
    "long_cells": Text(
        "过长的文字只显示开头，单元格内为全文。",
        "Of long texts a row shows how they begin; the cell holds them whole.",
    ),
    "made": Text("制作方法：", "Made by: "),
    "summary": Text("摘要", "Summary"),
    "signs": Text(
        "注：●后为对口对象的个数和名称。合计：{keys}。",
        "● is followed by how many counterparts, and which. In all: {keys}.",
    ),
    "considered": Text(
        "注：“可考虑”按已有的对口和共同关系推算，供研究时参考，不是文件所载。",
        "What is to be considered is inferred from pairs and relations in common; no document states it.",
    ),
}


def head(lang: str, *columns: str) -> tuple[str, ...]:
    """The header of a table of these columns."""
    return tuple(COLUMNS[column](lang) for column in columns)


def joined(lang: str, texts: Iterable[str], by: str = "semicolon") -> str:
    """Texts with a comma or semicolon of the language between them."""
    return SAID[by](lang).join(texts)
