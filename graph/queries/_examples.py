"""Pieces of the examples in the OpenAPI document. They are illustrative and say so."""

from __future__ import annotations

from graph.model import EntityRef, Evidence

DISTRICT: EntityRef = {"id": "unit:宁波市江北区", "type": "Unit", "name": "江北区", "label": "单位"}
BUREAU: EntityRef = {
    "id": "unit:宁波市经济和信息化局",
    "type": "Unit",
    "name": "宁波市经济和信息化局",
    "label": "单位",
}
PARK: EntityRef = {
    "id": "park:漕河泾新兴技术开发区",
    "type": "Park",
    "name": "漕河泾新兴技术开发区",
    "label": "园区",
}
LEADER: EntityRef = {"id": "leader:陈炳荣@宁波市", "type": "Leader", "name": "陈炳荣", "label": "领导"}
TASK: EntityRef = {
    "id": "task:甬政办发〔2019〕32号/t1r2",
    "type": "Task",
    "name": "建立两地经信领域深层次紧密交流合作机制",
    "label": "任务",
}
COLLECTIVE: EntityRef = {
    "id": "collective:各区县(市)@宁波市",
    "type": "Collective",
    "name": "各区县(市)政府",
    "label": "集体称谓",
}
PROOF: Evidence = {
    "document": "doc:8f2c0a71b3d4",
    "document_title": "沪甬产业合作对口联系计划表（示例）",
    "table": 1,
    "row": 2,
    "column": 3,
    "text": "漕河泾新兴技术开发区",
    "term": "对口联系",
    "status": "illustrative",
    "source": None,
}
TASK_PROOF: Evidence = {
    "document": "doc:甬政办发〔2019〕32号",
    "document_title": "关于印发推进沪甬产业合作工作方案的通知",
    "table": 1,
    "row": 2,
    "column": 5,
    "text": "市经信局",
    "term": "牵头",
    "status": "official",
    "source": None,
}
