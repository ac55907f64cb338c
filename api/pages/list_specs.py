"""The list pages: which query each shows, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.vocabulary import Text

Column = tuple[str, Text]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure is called, how it is to be read, and whether it is a share (shown in per cent)."""

    name: Text
    words: Text
    share: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list page: the query it shows, its template, and the view drawn beside it with the same filters.

    `columns` are the members of an item in a page without a template of its own; `apart` the filters that mean
    something else in the view (a kind that is missing is not a kind that is drawn); `fine` is said where an
    empty list without filters is good news.
    """

    query: str
    title: Text
    lead: Text
    template: str = "table.html"
    view: str = ""
    columns: Sequence[Column] = ()
    apart: Sequence[str] = ()
    fine: Text | None = None
    proofs: int = 1
    """Pieces of evidence that stand open in a row; the others are counted and folded."""
    measures: Mapping[str, Measure] = field(default_factory=dict[str, Measure])
    """What the figure `value` means, by the filter `measure`; the first where none is chosen."""


_UNIT, _KIND, _WHAT = Text("单位", "Unit"), Text("种类", "Kind"), Text("内容", "What")
_BODY, _WHY = Text("对象", "Entity"), Text("说明", "Why")
_PROGRAMME = Text("合作事项", "Programme")
MEASURES = {
    "degree": Measure(
        Text("联系", "Ties"),
        Text(
            "与多少个对象有直接联系；两者之间有几条关系都只算一个。",
            "How many others it is directly tied to; several claims between two count once.",
        ),
    ),
    "betweenness": Measure(
        Text("居间", "In between"),
        Text(
            "其他对象两两之间的最短链条，有百分之几从它经过；高的多是牵线的单位和共同的任务。"
            "没有链条经过的为 0。",
            "The share of the shortest chains between any two others that run through it: high for those that "
            "bring others together. 0 where none does.",
        ),
        share=True,
    ),
    "articulation": Measure(
        Text("断成", "Parts"),
        Text(
            "去掉它，它所在的一片就断成几片；只列去掉后会断开的。",
            "Into how many parts its part of the network falls without it; only those are listed.",
        ),
    ),
}
PAGES: Sequence[ListPage] = (
    ListPage(
        "pairs",
        Text("谁与谁对口", "Who pairs with whom"),
        Text("一行一对，称谓与用语都按原文。", "One pair a row; names and terms as printed."),
        "pairs.html",
        "bridge",
    ),
    ListPage(
        "tasks",
        Text("任务分工", "Tasks"),
        Text("谁牵头、谁配合，由哪位领导负责。", "Who leads, who supports, and under which leader."),
        "tasks.html",
        "tasks",
    ),
    ListPage(
        "gaps",
        Text("对口空缺", "Gaps"),
        Text(
            "文件写明无、留空或未提及的；原文不全、无法判断的另计为待核实。",
            "Stated as none, left blank or not mentioned; what cannot be judged is counted apart.",
        ),
        "gaps.html",
        "bridge",
        apart=("counterpart_type", "state"),
    ),
    ListPage(
        "load",
        Text("负担", "Load"),
        Text("各单位、领导和对口对象各承担多少。", "How much each unit, leader and partner carries."),
        view="network",
        columns=(
            ("entity", _BODY),
            ("role", Text("身份", "Role")),
            ("partners", Text("对口", "Partners")),
            ("tasks", Text("任务", "Tasks")),
            ("total", Text("合计", "Total")),
            ("because", _WHY),
        ),
        proofs=0,
    ),
    ListPage(
        "centrality",
        Text("关键节点", "Who holds it together"),
        Text(
            "只数文件写明的联系（对口、挂钩、任务中的牵头与配合），不是对工作的评价。",
            "Counted from what documents state (pairs, liaisons, parts in tasks); no judgement of the work done.",
        ),
        view="network",
        columns=(("entity", _BODY), ("value", Text("数值", "Value")), ("place", Text("名次", "Place"))),
        proofs=0,
        measures=MEASURES,
    ),
    ListPage(
        "liaisons",
        Text("挂钩联系", "Liaisons"),
        Text("领导与其联系的地区和企业。", "Leaders with the areas and enterprises they liaise with."),
        columns=(
            ("leader", Text("领导", "Leader")),
            ("counterpart", Text("联系对象", "With")),
            ("programme", _PROGRAMME),
        ),
    ),
    ListPage(
        "outstanding",
        Text("待办", "Outstanding"),
        Text(
            "未完成的任务、空缺、待核对名称和未提供的附件。",
            "Open tasks, gaps, names in review and attachments not supplied.",
        ),
        columns=(("unit", _UNIT), ("label", _KIND), ("what", _WHAT), ("due", Text("时限", "Due"))),
    ),
    ListPage(
        "overlap",
        Text("重合", "Overlap"),
        Text("多家争取的对象和相同的对口。", "Partners shared by several units."),
        columns=(
            ("entities", _BODY),
            ("kind", _KIND),
            ("others", Text("涉及", "With")),
            ("count", Text("家数", "Units")),
        ),
    ),
    ListPage(
        "consistency",
        Text("一致性", "Consistency"),
        Text("文件之间的矛盾。", "Contradictions between documents."),
        columns=(
            ("label", _KIND),
            ("entities", _BODY),
            ("because", _WHY),
            ("sides", Text("各方说法", "Sides")),
        ),
        fine=Text("没有发现矛盾", "No contradictions"),
    ),
    ListPage(
        "unpaired",
        Text("尚无对口", "Unpaired"),
        Text("已知而无人对口的园区、机构和企业。", "Known bodies that nobody pairs with."),
        columns=(
            ("entity", _BODY),
            ("region", Text("地区", "Region")),
            ("documents", Text("提到它的文件", "Named in")),
        ),
        fine=Text("已知的园区、机构和企业都有对口", "All known bodies are paired"),
    ),
)
