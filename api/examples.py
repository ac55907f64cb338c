"""Examples of answers that no query gives, for the OpenAPI document. The tests hold them against their schemas."""

from __future__ import annotations

from graph.cells import CellAnswer, CellClaim, TableAnswer
from graph.model import DocumentRef, EntityRef, Evidence
from graph.queries.documents import QUERY
from graph.receipt import DocumentInfo, FileInfo, ProblemInfo, Receipt, TableInfo
from graph.statements.comparison import DocumentDiff
from graph.statements.revisions import StatedClaim
from graph.tables import CellCounts
from ingest.outcomes import ReviewItem

_ID = "doc:甬政办发〔2019〕32号"
_TITLE = "关于印发推进沪甬产业合作工作方案的通知"
_FILES = [FileInfo(name="notice.txt", sha256="0" * 64)]
_UNIT = EntityRef(id="unit:宁波市江北区", type="Unit", name="江北区", label="单位")
_PARK = EntityRef(id="park:漕河泾新兴技术开发区", type="Park", name="漕河泾新兴技术开发区", label="园区")
_CELL = Evidence(
    document=_ID,
    document_title=_TITLE,
    table=2,
    row=3,
    column=2,
    text="漕河泾新兴技术开发区",
    term="对口联系",
    status="illustrative",
    source=None,
)
_CLAIM = StatedClaim(type="PAIRED_WITH", source=_UNIT, target=_PARK, evidence=_CELL)

RECEIPT = Receipt(
    document=DocumentInfo(
        id=_ID,
        title=_TITLE,
        number="甬政办发〔2019〕32号",
        date="2019-03-19",
        issuer="宁波市人民政府办公厅",
        programme="沪甬产业合作",
        files=_FILES,
    ),
    tables=[
        TableInfo(
            table=1,
            title="任务分工表",
            profile="responsibility",
            rows=5,
            columns=6,
            cells=CellCounts(used=25, inherited=0, ignored=0, unreadable=5),
        )
    ],
    entities=12,
    claims=12,
    problems=[
        ProblemInfo(
            code="row_truncated",
            severity="warning",
            table=1,
            row=5,
            column=2,
            message="第 4 项只有序号，其余单元格不全。",
            text="4",
        )
    ],
    written=True,
)
DOCUMENT = {"document": QUERY.example["items"][0], "receipt": RECEIPT}
TABLE = TableAnswer(
    document=_ID,
    table=2,
    title="对口联系计划表",
    attachment=2,
    kind="grid",
    profile="counterpart",
    columns=2,
    rows=[
        [
            CellAnswer(
                row=1,
                column=2,
                text="漕河泾新兴技术开发区",
                rowspan=1,
                colspan=1,
                use="used",
                reason=None,
                claims=[
                    CellClaim(
                        id="0123456789abcdef0123",
                        type="PAIRED_WITH",
                        label="对口",
                        term="对口联系",
                        status="illustrative",
                        source=_UNIT,
                        target=_PARK,
                    )
                ],
            )
        ]
    ],
)
DIFF = DocumentDiff(
    a=DocumentRef(id="doc:甬政办发〔2018〕9号", title="前一年的工作方案"),
    b=DocumentRef(id=_ID, title=_TITLE),
    added=[_CLAIM],
    removed=[],
    moved=[],
    renamed=[],
)
REVIEW_ITEM = ReviewItem(
    id="name:0123456789ab",
    printed="漕河泾开发区",
    scope="上海市",
    entity=_PARK,
    choices=[
        {
            "id": _PARK["id"],
            "type": "Park",
            "name": _PARK["name"],
            "score": 86.0,
            "reason": "名称相近",
        }
    ],
    cells=[_CELL],
    decision=None,
)
