"""Columns that several kinds of tables share."""

from __future__ import annotations

from graph.vocabulary import EntityType
from ingest.profiling import NO_SIDE, ColumnRule


def ends(pattern: str) -> str:
    """A pattern for headers over one side of a relation, which holds for none of `NO_SIDE`."""
    return f"/(?!{NO_SIDE.pattern}){pattern}/"


NUMBER = ColumnRule(
    "number", ("序号", "编号", "项次", "行次", "序", "号", "No", "No.", "NO."), fills=True, splits=False
)
PERSONAL = ColumnRule(
    "personal",
    (
        "联系人",
        "联络员",
        "经办人",
        "填报人",
        "联系电话",
        "电话",
        "手机",
        "手机号码",
        "办公电话",
        "传真",
        "邮箱",
        "电子邮箱",
        "联系方式",
        "联系人及电话",
        "联系人及联系方式",
        "身份证号",
        "/.*(联系人|联络员|联络人|经办人|电话|手机|传真|邮箱|联系方式|身份证).*/",
    ),
)
NOTE = ColumnRule("note", ("备注", "说明", "备考", "注"), splits=False)
GROUP = ColumnRule(
    "group",
    (
        "类别",
        "分类",
        "板块",
        "类型",
        "领域分类",
        "片区",
        "组别",
        "/(?:所在|所属|隶属)(?!单位|部门|企业).{1,8}/",
    ),
    fills=True,
    splits=False,
)
SECTOR = ColumnRule(
    "sector",
    (
        "产业领域",
        "合作领域",
        "产业方向",
        "主导产业",
        "重点产业",
        "合作产业",
        "对接产业",
        "产业类别",
        "重点领域",
        "合作方向",
        "/.*(产业|合作|对接|重点)(领域|方向)/",
    ),
)
TERM = ColumnRule(
    "term",
    ("关系", "关系用语", "结对关系", "对口关系", "合作方式", "结对方式", "协作方式", "关系类型", "对口方式"),
    splits=False,
)
PERIOD = ColumnRule(
    "period",
    ("合作期限", "期限", "起止时间", "结对期限", "帮扶期限", "协作期限", "有效期", "结对时间", "年限"),
    splits=False,
)

_BUILDERS = (
    "入驻|进驻|引进|引入|落户|施工|承建|代建|运营|监理|设计|投资|建设|实施|申报|业主|参与|所属|下属|隶属|主管"
)
"""Words over enterprises that are in a park or carry out a project, and are nobody's partner by that."""
PARK_WORDS = (
    "园区",
    "产业园区",
    "产业园",
    "工业园区",
    "开发区",
    "高新区",
    "合作园区",
    "对口园区",
    ends(f"(?!.*(?:{_BUILDERS}|所在|产业|工业|科技|农业|创业|物流|示范)).{{2,4}}(园区|开发区|产业园|高新区)"),
    ends(
        ".*(对口|对接|合作|结对|联系|挂钩|共建|有关|重点|市级|国家级|省级|市).*(园区|开发区|产业园|高新区)(名称|单位)?"
    ),
)
INSTITUTE_WORDS = (
    "科研机构",
    "创新机构",
    "科研院所",
    "科研单位",
    "研究机构",
    "高校院所",
    "院所",
    "高校",
    "院校",
    "大院大所",
    ends(".*(科研|创新|研究|研发)(机构|院所|单位|平台).*"),
    ends(".*(对口|对接|合作|结对|联系|挂钩|共建|有关|重点).*(高校|院校|院所|大学|研究所)(名称|单位)?"),
)
ENTERPRISE_WORDS = (
    "国有企业",
    "国企",
    "央企",
    "中央企业",
    "市属企业",
    "市属国企",
    "企业",
    "重点企业",
    "企业名称",
    ends(f"(?!.*(?:{_BUILDERS})).*(企业|国企|央企|公司|集团)(名称)?"),
)
USUAL = (NUMBER, PERSONAL, NOTE, GROUP, SECTOR, TERM, PERIOD)
"""Columns that any table of relations may have."""


def partners(*general: str) -> tuple[ColumnRule, ...]:
    """Partner columns: one a type, then those whose header (`general`) tells no type."""
    return (
        ColumnRule("counterpart", PARK_WORDS, kind=EntityType.PARK),
        ColumnRule("counterpart", INSTITUTE_WORDS, kind=EntityType.INSTITUTE),
        ColumnRule("counterpart", ENTERPRISE_WORDS, kind=EntityType.ENTERPRISE),
        ColumnRule("counterpart", general),
    )
