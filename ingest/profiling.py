"""The contract of table kinds: what a profile declares, and what reading a table with it gives.

A profile is one module in `ingest/profiles/` with a module-level `PROFILE`, or a planner's TOML file
(docs/profiles.md); both are data, read by the one engine in `ingest/interpret/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Candidate, Claim, CoverageCell, Document, Entity, Problem
from graph.tables import Table
from graph.vocabulary import EntityType, Status, Text
from ingest.naming.contract import Names, Scope

ROLES: tuple[str, ...] = (
    "number",  # 序号
    "home",  # the unit whose row it is
    "counterpart",  # a partner; `kind` of the column says which
    "leader",
    "lead",
    "support",
    "responsible",
    "task_title",
    "task_content",
    "task_target",
    "due",
    "period",  # 合作期限: from when to when a relation holds
    "post",  # 职务 of the leader in the same row
    "collective",
    "member",
    "sector",
    "term",  # the printed relation word
    "group",
    "personal",  # 联系人, 联系电话: withheld, ignored
    "note",  # 备注: kept, no claim
)


_ATTRIBUTES = (
    "类别|级别|等级|等次|类型|性质|属性|地址|地点|数|人次|数量|资金|金额|投资额?|经费|项目|内容|事项|措施|举措|方式|形式"
    "|时间|日期|期限|年限|情况|进展|成效|科室|专业|名额|需求|职责|负责人|责任人|书记|队长|编号|代码|排名|得分|比例|面积|规模"
    "|概况|简介|要求|目标|任务|协议|依据|来源"
)
NO_SIDE = re.compile(
    rf"(?:原|调整前|变更前|以前|过去|历史|意向|候选|备选|潜在|需求|拟(?!定))|.*(?:{_ATTRIBUTES})(?:\(|$)"
)
"""Headers (normalised) that begin so stand over neither end of a relation: over something said of a body (受援医院类别,
结对村数), or over a side that is one no longer or not yet (原结对县, 意向合作单位, 需求企业)."""


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """Which header words play which role. `words` are compared after NFKC and without spaces or line breaks;
    an entry may be a regular expression between slashes, which must match the whole header and speaks half
    as loud as a plain word when profiles compete. `inherits`: a position under a merge takes its value;
    `fills`: a blank takes the value above where the format lost its merges (CSV, text) and nothing speaks
    against it. `required`: some column must have this role. `splits`: whether a cell may hold several names."""

    role: str
    words: tuple[str, ...]
    kind: EntityType | None = None
    inherits: bool = True
    fills: bool = False
    required: bool = False
    splits: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of table. `reading` names the engine's way of making claims: `tasks`, `pairs`, `liaisons`,
    `members`. `term` is the relation word where the table prints none; `titles` are words in a table's title
    that speak for this profile. `extra` is for readings of their own."""

    name: str
    title: Text
    reading: str
    columns: tuple[ColumnRule, ...]
    titles: tuple[str, ...] = ()
    term: str = ""
    needs: tuple[tuple[str, ...], ...] = ()
    """Groups of roles: of each group at least one must be there."""
    extra: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class TableContext:
    """What a table is read with. `table` of all results is the number that the table carries."""

    document: Document
    scope: Scope
    names: Names
    status: Status
    forced: Profile | None = None
    """The profile that the user named with --profile."""
    profiles: tuple[Profile, ...] = ()
    flat: bool = False
    """Whether the file's format keeps no merged cells: a blank below a filled cell may be the rest of a merge."""
    notes: tuple[str, ...] = ()
    """What the document says outside the table about how it is to be read (注：第一位为牵头单位，下同)."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table with every cell's use, and what it says. `entities` include home units without a pair."""

    table: Table
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    coverage: tuple[CoverageCell, ...] = ()
    problems: tuple[Problem, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    candidates: tuple[Candidate, ...] = ()
