"""A document in traditional characters says the same as one in simplified ones, and is shown as it is printed."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from graph.backends.embedded import EmbeddedStore
from graph.characters import as_printed, simplified
from graph.ids import document_number, normalise
from graph.settings import Settings
from ingest.library import Library
from tests.ingest.documents import docx

SIMPLE = [
    ["序号", "工作目标", "牵头领导", "牵头单位", "配合单位"],
    ["1", "建立交流机制", "副市长陈仲朝", "市发展改革委", "市农业农村局、余姚市"],
]
TRADITIONAL = [
    ["序號", "工作目標", "牽頭領導", "牽頭單位", "配合單位"],
    ["1", "建立交流機制", "副市長陳仲朝", "市發展改革委", "市農業農村局、餘姚市"],
]


def test_a_document_in_traditional_characters_makes_the_same_claims(
    embedded_store: EmbeddedStore, tmp_path: Path
) -> None:
    library = Library(embedded_store, Settings(data_dir=tmp_path, neo4j_uri=None))
    made = {
        name: library.preview([(f"{name}.docx", docx(*texts))]).reading
        for name, texts in {
            "简": ("甬政办发〔2020〕9号", "宁波市关于分工的通知", "附件1", "任务分工表", SIMPLE),
            "繁": ("甬政辦發〔2020〕9號", "寧波市關於分工的通知", "附件1", "任務分工表", TRADITIONAL),
        }.items()
    }
    simple, traditional = made["简"], made["繁"]
    assert traditional.document.id == simple.document.id == "doc:甬政办发〔2020〕9号"
    assert [claim.id for claim in traditional.claims] == [claim.id for claim in simple.claims]
    assert len(simple.claims) == 4
    assert [claim.text for claim in traditional.claims][-1] == "市農業農村局、餘姚市"
    names = {entity.id: entity.name for entity in traditional.entities}
    assert names["unit:市农业农村局@宁波市"] == "市農業農村局" and names["unit:余姚市"] == "余姚市"
    assert names["leader:陈仲朝@宁波市"] == "陳仲朝"
    table = traditional.tables[0]
    assert [[cell.text for cell in row] for row in table.grid()] == TRADITIONAL


def test_characters_that_simplified_texts_have_stay() -> None:
    assert normalise("乾县於潜镇藉田") == "乾县於潜镇藉田"
    assert normalise("陈昇、李陞") == "陈昇、李陞"
    assert document_number("甬政辦發〔2019〕032號") == "甬政办发〔2019〕32号"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12))
def test_simplifying_keeps_the_length_and_ends_at_once(text: str) -> None:
    plain = simplified(text)
    assert len(plain) == len(text) and simplified(plain) == plain
    assert as_printed(plain, text) == text
