"""The words that pictures say, in both languages. Sentences for the user are here, not in renderers."""

from __future__ import annotations

from graph.vocabulary import TYPES, EntityType, Text

WORDS: dict[str, Text] = {
    "as_of": Text("数据截至 {date}", "Data as of {date}"),
    "as_of_day": Text("数据截至{date}", "Data as of {date}"),
    "shown": Text("显示 {shown} 条，共 {total} 条", "{shown} of {total} claims shown"),
    "shown_rows": Text("显示 {shown} 个单位，共 {total} 个", "{shown} of {total} units shown"),
    "list": Text("清单", "List"),
    "figure": Text("图{n} {title}", "Figure {n}. {title}"),
    "table_caption": Text("表{n} {title}", "Table {n}. {title}"),
    "partner_unit": Text("对口单位", "Counterpart unit"),
    "holds": Text("共 {nodes} 个对象、{claims} 条关系", "{nodes} entities and {claims} claims"),
    "coverage": Text("覆盖情况", "Coverage"),
    "annex": Text("附：来源", "Annex: sources"),
    "made": Text("制作方法：{how}", "Made by: {how}"),
    "and": Text("、", ", "),
    "rows_all": Text("共 {n} 行", "{n} rows in all"),
    "row_number": Text("行次", "Row"),
    "rows_stated": Text("所列行次", "Rows stated"),
    "stated_at": Text("出处", "Stated at"),
    "semicolon": Text("；", "; "),
    "stop": Text("。", "."),
    "shape_caption": Text("图注", "Caption"),
    "shape_legend": Text("图例", "Legend"),
    "shape_sources": Text("来源", "Sources"),
    "shape_nothing": Text("无内容", "Nothing"),
    "shape_label": Text("{name} 名称", "{name}, name"),
    "shape_heading": Text("标题 {name}", "Heading {name}"),
    "shape_tag": Text("标注", "Tag"),
    "claims_here": Text("本页 {n} 条", "{n} claims on this page"),
    "rows_here": Text("本页 {n} 个单位", "{n} units on this page"),
    "not_drawn": Text("未画：{names}", "Not drawn: {names}"),
    "sources": Text("来源：", "Sources: "),
    "more_sources": Text("等 {n} 份文件", "and others, {n} in all"),
    "illustrative": Text("示例", "示例"),
    "search": Text("查找名称（按 / 键）", "Find a name (press /)"),
    "found": Text("查找结果", "Found"),
    "nothing_found": Text("图中没有这个名称", "No such name in this picture"),
    "fit": Text("全图", "Whole"),
    "fit_title": Text("显示全图（0）", "Show the whole picture (0)"),
    "physics": Text("自由布局", "Free layout"),
    "physics_title": Text("让节点自由移动；再按一次恢复原位", "Let nodes move; press again to restore"),
    "whole_page": Text("在新窗口打开完整页面", "Open the whole page in a new window"),
    "help": Text("键盘操作（?）", "Keys (?)"),
    "keys": Text("键盘操作", "Keys"),
    "table": Text("列表", "Table"),
    "table_title": Text("以表格显示同样的内容（t）", "The same data as a table (t)"),
    "picture": Text("图", "Picture"),
    "picture_title": Text("回到图（t）", "Back to the picture (t)"),
    "tools": Text("工具", "Tools"),
    "legend": Text("图例（可筛选）", "Legend (filters)"),
    "filter_title": Text("点击隐藏或显示", "Click to hide or show"),
    "states": Text("图例", "Legend"),
    "evidence": Text("依据", "Evidence"),
    "close": Text("关闭", "Close"),
    "place": Text("表{table} 第{row}行第{column}列", "table {table}, row {row}, column {column}"),
    "relations": Text("{n} 条关系", "{n} claims"),
    "claims": Text("{n} 条依据", "{n} claims"),
    "members": Text("合并显示，共 {n} 个", "A group of {n}"),
    "groups_open": Text("点击一组可展开。", "Click a group to open it."),
    "opened_groups": Text("已展开：", "Open: "),
    "close_group": Text("收起“{name}”", "Close “{name}”"),
    "open_group": Text("展开这一组", "Open this group"),
    "entity_page": Text("查看详情", "Details"),
    "canvas": Text(
        "关系图：{nodes} 个节点，{lines} 条连线。方向键逐个浏览，回车看依据，t 键看表格。",
        "Network of {nodes} nodes and {lines} lines. Arrow keys walk, Enter shows evidence, t shows a table.",
    ),
    "empty": Text("没有符合条件的内容", "Nothing matches"),
    "empty_hint": Text("请放宽筛选条件，或先导入文件。", "Widen the filters, or ingest a document first."),
    "more": Text("另有 {n} 条", "{n} more"),
    "group_of": Text("{name}（{n}）", "{name} ({n})"),
    "added": Text("新增", "Added"),
    "removed": Text("取消", "Removed"),
    "moved": Text("调整后", "Moved here"),
    "moved_from": Text("调整前", "Moved away"),
    "renamed": Text("更名", "Renamed"),
    "kept": Text("不变", "Kept"),
    "in_full": Text("全文：{text}", "In full: {text}"),
    "who": Text("单位或领导", "Unit or leader"),
    "change": Text("变化", "Change"),
    "changes": Text("变化清单", "Changes"),
    "unit": Text("单位", "Unit"),
    "unverified": Text("待核实", "To verify"),
}
COLUMNS = (
    Text("起点", "From"),
    Text("关系", "Relation"),
    Text("对象", "To"),
    Text("条数", "Claims"),
    Text("依据", "Evidence"),
)
KEYS = (
    ("← ↑ → ↓", Text("走到那个方向最近的对象", "Walk to the nearest node that way")),
    (
        "Enter",
        Text("看这个对象的依据；Tab 进入其中的链接", "Show its evidence; Tab goes on to the links in it"),
    ),
    ("Esc", Text("关闭依据", "Close the evidence")),
    ("/", Text("查找名称", "Find a name")),
    ("t", Text("以表格显示同样的内容，再按返回", "The same data as a table, and back")),
    ("+ −", Text("放大、缩小；也可按住 Ctrl 滚动", "Larger, smaller; or Ctrl with the wheel")),
    (
        "0",
        Text(
            "显示全图；长图再按一次回到可读大小",
            "The whole picture; of a long one, again for a readable size",
        ),
    ),
    ("PgUp PgDn", Text("长图上下翻页", "Page through a long picture")),
    ("?", Text("显示这份说明", "Show these keys")),
)
"""What the keyboard does on a picture."""
CHANGE_SIGNS = {"added": "＋", "removed": "－", "moved_from": "↛", "moved": "→", "renamed": "≈", "kept": ""}
"""Signs of change, so that none is told by colour alone."""


def day_words(day: str, lang: str) -> str:
    """The day as it is said."""
    year, month, of_month = day.split("-")
    return f"{year}年{int(month)}月{int(of_month)}日" if lang == "zh" else day


def dateline(day: str, lang: str) -> str:
    """From when the data are, under a paper's title."""
    said = WORDS["as_of_day"](lang).format(date=day_words(day, lang))
    return f"（{said}）" if lang == "zh" else said


def partner_label(kind: str) -> Text:
    """A kind of counterpart over a column or in a list of what is lacking, told apart from the unit that lacks it."""
    return WORDS["partner_unit"] if kind == EntityType.UNIT else TYPES[EntityType(kind)].label


def words(lang: str) -> dict[str, str]:
    """All words in one language."""
    return {key: text(lang) for key, text in WORDS.items()}


def place_words(table: int | None, row: int | None, column: int | None, lang: str) -> str:
    """Where in its document a claim stands, in words; empty for a gazetteer's."""
    if table is None:
        return ""
    return WORDS["place"](lang).format(table=table, row=row, column=column)
