"""The words of the domain: the one file that names types, relations, states, signs and colours.

Chinese terms are those that official documents print. Everything that writes Cypher, SQL, legends, filters
or labels reads them here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """A term in both languages of the interface."""

    zh: str
    en: str

    def __call__(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Mark:
    """How a type is drawn in every renderer: a shape by name and a colour, told apart without colour."""

    shape: str
    colour: str
    dashed: bool = False


class EntityType(StrEnum):
    UNIT = "Unit"
    PARK = "Park"
    INSTITUTE = "Institute"
    ENTERPRISE = "Enterprise"
    ORGANISATION = "Organisation"
    LEADER = "Leader"
    TASK = "Task"
    COLLECTIVE = "Collective"
    SECTOR = "Sector"
    REGION = "Region"


@dataclass(frozen=True, slots=True)
class TypeSpec:
    label: Text
    prefix: str
    """What an id of this type starts with: `unit:宁波市江北区`."""
    mark: Mark


TYPES: dict[EntityType, TypeSpec] = {
    EntityType.UNIT: TypeSpec(Text("单位", "Unit"), "unit", Mark("dot", "#0072B2")),
    EntityType.PARK: TypeSpec(Text("园区", "Park"), "park", Mark("square", "#009E73")),
    EntityType.INSTITUTE: TypeSpec(Text("科研机构", "Institute"), "institute", Mark("diamond", "#CC79A7")),
    EntityType.ENTERPRISE: TypeSpec(Text("企业", "Enterprise"), "enterprise", Mark("hexagon", "#E69F00")),
    EntityType.ORGANISATION: TypeSpec(
        Text("机构", "Organisation"), "organisation", Mark("triangle", "#8C8C8C")
    ),
    EntityType.LEADER: TypeSpec(Text("领导", "Leader"), "leader", Mark("star", "#D55E00")),
    EntityType.TASK: TypeSpec(Text("任务", "Task"), "task", Mark("box", "#5B6770")),
    EntityType.COLLECTIVE: TypeSpec(
        Text("集体称谓", "Collective"), "collective", Mark("ring", "#0072B2", dashed=True)
    ),
    EntityType.SECTOR: TypeSpec(Text("产业领域", "Sector"), "sector", Mark("triangleDown", "#56B4E9")),
    EntityType.REGION: TypeSpec(Text("地区", "Region"), "region", Mark("ellipse", "#A6A6A6")),
}
DOCUMENT = TypeSpec(Text("文件", "Document"), "doc", Mark("page", "#1F2933"))
"""A 公文, where it stands as a node beside the entities."""

PARTNER_KINDS: tuple[EntityType, ...] = (
    EntityType.PARK,
    EntityType.INSTITUTE,
    EntityType.ENTERPRISE,
    EntityType.UNIT,
    EntityType.ORGANISATION,
)
"""Kinds of counterpart, in the order in which coverage shows its columns."""

UNIT_KINDS: dict[str, Text] = {
    "province": Text("省级", "Province"),
    "city": Text("市级", "City"),
    "district": Text("区", "District"),
    "county": Text("县（市）", "County"),
    "bureau": Text("部门", "Bureau"),
    "zone_committee": Text("开发园区管委会", "Zone committee"),
    "party_organ": Text("党委部门", "Party organ"),
    "other": Text("其他", "Other"),
}
ORGANISATION_KINDS: dict[str, Text] = {
    "hospital": Text("医院", "Hospital"),
    "school": Text("学校", "School"),
    "association": Text("协会", "Association"),
    "bank": Text("银行", "Bank"),
    "democratic_party": Text("民主党派", "Democratic party"),
    "unknown": Text("类型未明", "Unknown"),
}


class Relation(StrEnum):
    PAIRED_WITH = "PAIRED_WITH"
    LIAISES_WITH = "LIAISES_WITH"
    LEADS = "LEADS"
    SUPPORTS = "SUPPORTS"
    RESPONSIBLE_FOR = "RESPONSIBLE_FOR"
    OVERSEES = "OVERSEES"
    MEMBER_OF = "MEMBER_OF"
    LOCATED_IN = "LOCATED_IN"
    FOCUSES_ON = "FOCUSES_ON"
    SUPERSEDES = "SUPERSEDES"


_PARTNERS = frozenset(
    {
        EntityType.UNIT,
        EntityType.COLLECTIVE,
        EntityType.PARK,
        EntityType.INSTITUTE,
        EntityType.ENTERPRISE,
        EntityType.ORGANISATION,
    }
)
_ACTORS = frozenset({EntityType.UNIT, EntityType.COLLECTIVE, EntityType.ORGANISATION})
_LEADERS = frozenset({EntityType.LEADER})
_TASKS = frozenset({EntityType.TASK})
_ALL = frozenset(EntityType)


@dataclass(frozen=True, slots=True)
class RelationSpec:
    label: Text
    sources: frozenset[EntityType]
    """Types that an edge of this relation may start from; empty for SUPERSEDES, which joins documents."""
    targets: frozenset[EntityType]


RELATIONS: dict[Relation, RelationSpec] = {
    Relation.PAIRED_WITH: RelationSpec(Text("对口", "Paired with"), _ACTORS, _PARTNERS),
    Relation.LIAISES_WITH: RelationSpec(Text("挂钩联系", "Liaises with"), _LEADERS, _PARTNERS),
    Relation.LEADS: RelationSpec(Text("牵头", "Leads"), _PARTNERS, _TASKS),
    Relation.SUPPORTS: RelationSpec(Text("配合", "Supports"), _PARTNERS, _TASKS),
    Relation.RESPONSIBLE_FOR: RelationSpec(Text("责任", "Responsible for"), _PARTNERS, _TASKS),
    Relation.OVERSEES: RelationSpec(Text("牵头领导", "Oversees"), _LEADERS, _TASKS),
    Relation.MEMBER_OF: RelationSpec(
        Text("成员", "Member of"), _PARTNERS, frozenset({EntityType.COLLECTIVE})
    ),
    Relation.LOCATED_IN: RelationSpec(Text("位于", "Located in"), _ALL, frozenset({EntityType.REGION})),
    Relation.FOCUSES_ON: RelationSpec(Text("产业方向", "Focuses on"), _ALL, frozenset({EntityType.SECTOR})),
    Relation.SUPERSEDES: RelationSpec(Text("取代", "Supersedes"), frozenset(), frozenset()),
}
TASK_ROLES: tuple[Relation, ...] = (Relation.LEADS, Relation.SUPPORTS, Relation.RESPONSIBLE_FOR)


class Direction(StrEnum):
    MUTUAL = "mutual"
    A_TO_B = "a_to_b"


DIRECTIONS: dict[Direction, Text] = {
    Direction.MUTUAL: Text("双向", "Both ways"),
    Direction.A_TO_B: Text("单向，前者对后者", "One way, the first to the second"),
}

DIRECTED_TERMS: tuple[str, ...] = ("支援", "帮扶", "援建", "援助")
"""Printed terms whose pairs run one way (§3: 支援 and 帮扶 are a_to_b; 结对, 对口联系, 对口合作 mutual)."""


class Status(StrEnum):
    OFFICIAL = "official"
    ILLUSTRATIVE = "illustrative"


STATUS_LABELS: dict[Status, Text] = {
    Status.OFFICIAL: Text("正式", "Official"),
    Status.ILLUSTRATIVE: Text("示例", "Illustrative (示例)"),
}
ILLUSTRATIVE_MARK = "示例"


class State(StrEnum):
    """State of one coverage cell; earlier members win where documents in force are combined."""

    COVERED = "covered"
    STATED_NONE = "stated_none"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    NOT_MENTIONED = "not_mentioned"


@dataclass(frozen=True, slots=True)
class StateSpec:
    sign: str
    label: Text
    colour: str


STATES: dict[State, StateSpec] = {
    State.COVERED: StateSpec("●", Text("已对口", "Paired"), "#1F5F8B"),
    State.STATED_NONE: StateSpec("○", Text("文件写明无", "Stated as none"), "#5B6770"),
    State.BLANK: StateSpec("◌", Text("留空，未说明", "Left blank"), "#B45309"),
    State.UNREADABLE: StateSpec("▨", Text("原文不全，无法判断", "Source incomplete"), "#8C8C8C"),
    State.NOT_MENTIONED: StateSpec("–", Text("未提及", "Not mentioned"), "#D55E00"),
}
GAP_STATES: tuple[State, ...] = (State.STATED_NONE, State.BLANK, State.NOT_MENTIONED)

REASONS: dict[str, Text] = {
    "claim": Text("有对口关系", "A claim in force"),
    "via_collective": Text("所属集体称谓已对口", "Covered through a collective"),
    "stated_none": Text("单元格写明无", "The cell says there is none"),
    "blank": Text("单元格留空", "The cell is empty"),
    "unit_not_listed": Text("表中未列该单位", "The table does not list the unit"),
    "kind_not_listed": Text("表中没有这一类的列", "The table has no column of this kind"),
    "attachment_missing": Text("附件未提供", "The attachment was not supplied"),
    "row_truncated": Text("原文此行不全", "The row is cut off in the source"),
    "unreadable_cell": Text("单元格无法辨认", "The cell cannot be read"),
    "row_ambiguous": Text("此行有歧义，未读", "The row is ambiguous and was not read"),
    "scan": Text("附件为扫描件", "The attachment is a scan"),
    "not_in_force": Text("表中所列对口现已失效", "The pair that the table lists is no longer in force"),
}
"""Reasons of coverage cells."""


class Use(StrEnum):
    """What became of one grid position of a source table; every position has exactly one."""

    USED = "used"
    INHERITED = "inherited"
    IGNORED = "ignored"
    UNREADABLE = "unreadable"


USE_LABELS: dict[Use, Text] = {
    Use.USED: Text("已采用", "Used"),
    Use.INHERITED: Text("沿用合并单元格", "Inherited"),
    Use.IGNORED: Text("未采用", "Ignored"),
    Use.UNREADABLE: Text("无法读取", "Unreadable"),
}

CELL_REASONS: dict[str, Text] = {
    "blank": Text("空白", "Blank"),
    "no_role": Text("此列不参与建立关系", "No relation is read from this column"),
    "note": Text("备注或说明", "Note"),
    "total": Text("合计行", "Total"),
    "repeated_header": Text("重复的表头", "Repeated header"),
    "duplicate_row": Text("重复的行", "Duplicate row"),
    "personal_data": Text("个人信息，已隐去", "Personal data, withheld"),
    "not_inherited": Text("此列不沿用合并单元格", "This column does not take a merged value"),
    "no_name": Text("没有可识别的名称", "Holds no name"),
    "unknown_table": Text("表格类型未识别", "Unknown kind of table"),
    "derived_table": Text("由对口关系推得，不是依据", "Derived from pairs, states nothing"),
    "row_truncated": Text("原文此行不全", "The row is cut off in the source"),
    "row_ambiguous": Text("此行有歧义，未读", "The row is ambiguous and was not read"),
    "unreadable_cell": Text("单元格无法辨认", "The cell cannot be read"),
}
"""Reasons why a grid position was ignored or could not be read."""


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ProblemSpec:
    severity: Severity
    label: Text


_I, _W, _E = Severity.INFO, Severity.WARNING, Severity.ERROR
PROBLEMS: dict[str, ProblemSpec] = {
    "row_truncated": ProblemSpec(_W, Text("此行不全", "Row cut off")),
    "attachment_missing": ProblemSpec(_W, Text("附件未提供", "Attachment missing")),
    "file_unreadable": ProblemSpec(_E, Text("文件无法读取（扫描件）", "File unreadable (scan)")),
    "unknown_table": ProblemSpec(_W, Text("表格类型未识别", "Unknown kind of table")),
    "derived_table": ProblemSpec(_I, Text("推得的覆盖情况表", "Derived table of coverage")),
    "unresolved_name": ProblemSpec(_I, Text("名称未对上全称", "Name not resolved")),
    "ambiguous_name": ProblemSpec(_W, Text("名称有多种可能", "Ambiguous name")),
    "name_in_review": ProblemSpec(_W, Text("名称待核对", "Name awaits review")),
    "names_glued": ProblemSpec(_W, Text("多个名称连写", "Names without separator")),
    "open_list": ProblemSpec(_I, Text("名单以“等”结尾，可能不全", "Open list")),
    "leader_unnamed": ProblemSpec(_I, Text("只有职务，没有姓名", "Post without a name")),
    "unreadable_cell": ProblemSpec(_W, Text("单元格无法辨认", "Unreadable cell")),
    "row_ambiguous": ProblemSpec(_W, Text("此行有歧义", "Ambiguous row")),
    "contradiction": ProblemSpec(_W, Text("前后矛盾", "Contradiction")),
    "duplicate_row": ProblemSpec(_I, Text("重复的行", "Duplicate row")),
    "hidden_content": ProblemSpec(_I, Text("含隐藏的行、列或工作表", "Hidden rows, columns or sheets")),
    "personal_data_withheld": ProblemSpec(_I, Text("已隐去个人信息", "Personal data withheld")),
    "characters_removed": ProblemSpec(_I, Text("已去除控制字符", "Control characters removed")),
}
"""Problems in a document's content, each with its severity. Readers and profiles may use no other code."""


def type_of_id(entity_id: str) -> EntityType | None:
    """The type that an entity id's prefix tells, or None."""
    prefix = entity_id.partition(":")[0]
    return next((t for t, spec in TYPES.items() if spec.prefix == prefix), None)
