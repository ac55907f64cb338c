"""CSV and workbooks of answers."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from graph.backends.embedded import EmbeddedStore
from graph.catalogue import catalogue, find_query
from graph.store import Change, Store
from graph.tabular import LONGEST, rows_of, to_csv, to_xlsx
from graph.vocabulary import Direction, Status
from tests.queries.papers import Paper


@pytest.fixture
def risky(embedded_store: EmbeddedStore) -> EmbeddedStore:
    paper = Paper("doc:样", "=计划", status=Status.ILLUSTRATIVE)
    paper.entity("park:一", '=HYPERLINK("x")')
    paper.pair("unit:+甲", "park:一", text="@" + "长" * (LONGEST + 5))
    embedded_store.apply(Change(readings=[paper.reading()]))
    return embedded_store


def sheet(store: Store, name: str, **given: object) -> tuple[bytes, bytes]:
    query = find_query(name)
    params = query.params.model_validate(given)
    answer = query.ask(store, params)
    return to_csv(query, params, answer), to_xlsx(query, params, answer)


def test_csv_is_for_excel_and_runs_no_formula(risky: EmbeddedStore) -> None:
    text, _ = sheet(risky, "pairs", status="all")
    assert text.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(text.decode("utf-8-sig")))
    told = dict(zip(head, row, strict=True))
    assert told["单位"] == "'+甲"
    assert told["对口对象"].startswith("'=HYPERLINK")
    assert (told["状态"], told["出处文件"], told["行"]) == ("示例", "'=计划", "2")


def test_a_workbook_has_types_a_frozen_header_and_a_filter(risky: EmbeddedStore) -> None:
    _, data = sheet(risky, "pairs", status="all")
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page is not None
    head = [cell.value for cell in page[1]]
    row = dict(zip(head, page[2], strict=True))
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", f"A1:{page.cell(2, len(head)).coordinate}")
    assert (row["对口对象"].value, row["对口对象"].data_type) == ('=HYPERLINK("x")', "s")
    assert (row["行"].value, row["行"].data_type) == (2, "n")
    assert len(row["原文"].value) == LONGEST
    assert row["状态"].value == "示例"


@pytest.mark.parametrize("name", sorted(set(catalogue()) - {"paths"}))
def test_every_answer_is_a_table_of_its_columns_with_equal_bytes(risky: EmbeddedStore, name: str) -> None:
    query = find_query(name)
    given = {"id": "unit:+甲"} if "id" in query.params.model_fields else {}
    first, second = (sheet(risky, name, status="all", **given) for _ in range(2))
    assert first == second
    rows = list(csv.reader(io.StringIO(first[0].decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {len(query.columns)}


@pytest.mark.parametrize(("lang", "official", "sample"), [("zh", "正式", "示例"), ("en", "Official", "示例")])
def test_lists_without_evidence_say_what_is_illustrative(
    planned: Store, lang: str, official: str, sample: str
) -> None:
    marks: dict[str, str] = {}
    for name, key in (("entities", 0), ("programmes", 0), ("documents", 0)):
        query = find_query(name)
        params = query.params.model_validate({"status": "all", "lang": lang})
        table = list(rows_of(query, params, query.ask(planned, params)))
        place = [column.key for column in query.columns].index("status")
        marks |= {str(row[key]): str(row[place]) for row in table}
    assert all(sample in marks[name] for name in ("张江", "示例事项", "示例计划"))
    assert {marks[name] for name in ("海曙区", "漕河泾", "沪甬产业合作", "对口计划")} == {official}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(catalogue()))
def test_no_two_columns_are_called_alike(name: str, lang: str) -> None:
    """A pivot table, a filter and pandas find a column by its heading."""
    titles = [column.title(lang) for column in find_query(name).columns]
    assert len(titles) == len(set(titles))


def test_codes_are_words_in_a_sheet(risky: EmbeddedStore) -> None:
    paper = Paper("doc:帮", "计划")
    paper.entity("unit:甲区", kind="district")
    paper.pair("unit:甲区", "unit:乙县", term="帮扶", direction=Direction.A_TO_B)
    risky.apply(Change(readings=[paper.reading()]))
    for name, heading, lang, word in (
        ("pairs", "方向", "zh", "单向，前者对后者"),
        ("pairs", "Direction", "en", "One way, the first to the second"),
        ("entities", "细类", "zh", "区"),
    ):
        head, *rows = csv.reader(io.StringIO(sheet(risky, name, lang=lang)[0].decode("utf-8-sig")))
        assert rows[0][head.index(heading)] == word
