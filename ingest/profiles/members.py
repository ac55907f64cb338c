"""成员名单: the members of a collective or a leading group, named in a column or in the title."""

from graph.vocabulary import Text
from ingest.profiles._columns import NOTE, NUMBER, PERSONAL
from ingest.profiling import ColumnRule, Profile

PROFILE = Profile(
    name="members",
    title=Text("成员名单", "Member list"),
    reading="members",
    columns=(
        NUMBER,
        PERSONAL,
        NOTE,
        ColumnRule(
            "collective",
            ("集体称谓", "组织名称", "机构名称", "小组名称", "联盟名称", "组别", "称谓"),
            fills=True,
            splits=False,
        ),
        ColumnRule(
            "member",
            (
                "成员单位",
                "成员",
                "成员名称",
                "组成单位",
                "单位",
                "单位名称",
                "名称",
                "成员单位名称",
                "/.{0,8}(成员|组成)(单位|部门|名单)(名称)?/",
            ),
            required=True,
        ),
    ),
    titles=("成员单位", "成员名单", "组成单位", "组成人员", "名单", "一览表", "目录"),
)
