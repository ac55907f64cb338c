"""The first real document, end to end over both stores, and what joins it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.catalogue import find_query
from graph.settings import Settings
from graph.store import Store
from graph.vocabulary import EntityType, State
from ingest.library import Library
from ingest.outcomes import IngestOptions
from tests.ingest.documents import PLAN, attachment_two
from tests.parts import ROOT

pytestmark = pytest.mark.shared
DOC = "doc:甬政办发〔2019〕32号"


@pytest.fixture
def page(shared_dir: Path) -> bytes:
    return (shared_dir / "documents" / "ningbo-2019-32-page.txt").read_bytes()


@pytest.fixture
def library(store: Store, tmp_path: Path) -> Library:
    return Library(store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))


def _coverage(store: Store) -> list[dict[str, dict[str, object]]]:
    query = find_query("coverage")
    return [row["cells"] for row in query.ask(store, query.params()).items]


def test_receipt(library: Library, page: bytes) -> None:
    receipt = library.ingest([("page.txt", page)]).receipt
    document = receipt["document"]
    assert document["id"] == DOC and document["number"] == "甬政办发〔2019〕32号"
    assert document["title"] == "宁波市人民政府办公厅关于印发宁波市推进沪甬产业合作工作方案的通知"
    assert (document["date"], document["issuer"]) == ("2019-03-19", "宁波市人民政府办公厅")
    assert document["programme"] == "沪甬产业合作"
    (table,) = receipt["tables"]
    assert (table["rows"], table["columns"], table["profile"]) == (5, 6, "responsibility")
    assert table["cells"] == {"used": 25, "inherited": 0, "ignored": 0, "unreadable": 5}
    assert (receipt["entities"], receipt["claims"]) == (12, 12)
    assert sorted(problem["code"] for problem in receipt["problems"]) == [
        "attachment_missing",
        "personal_data_withheld",
        "row_truncated",
        "unresolved_name",
    ]


def test_absent_attachment_leaves_seventeen_units_by_three_kinds_open(library: Library, page: bytes) -> None:
    reading = library.preview([("page.txt", page)]).reading
    assert len({cell.unit for cell in reading.coverage}) == 2 and len(reading.coverage) == 6
    library.ingest([("page.txt", page)])
    rows = _coverage(library.store)
    assert len(rows) == 17
    assert {(kind, cell["state"]) for row in rows for kind, cell in row.items()} == {
        (kind.value, State.UNREADABLE.value)
        for kind in (EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE)
    }


def test_the_example_is_a_second_copy_of_the_same_table(library: Library, page: bytes) -> None:
    example = (ROOT / "examples" / "ningbo-2019-32.docx").read_bytes()
    first = library.ingest([("page.txt", page)]).receipt
    second = library.ingest([("ningbo-2019-32.docx", example)]).receipt
    assert second["tables"] == first["tables"]
    assert [p["code"] for p in second["problems"]] == [p["code"] for p in first["problems"]]
    assert (second["entities"], second["claims"], len(second["document"]["files"])) == (12, 12, 2)


def test_the_counterpart_table_joins_and_leaves_open_only_what_it_leaves_out(
    library: Library, page: bytes
) -> None:
    library.ingest([("page.txt", page)])
    done = library.ingest([("附件2.docx", attachment_two())], IngestOptions(part_of=DOC))
    assert "attachment_missing" not in [problem["code"] for problem in done.receipt["problems"]]
    states = [cell["state"] for row in _coverage(library.store) for cell in row.values()]
    assert len(states) == 51
    assert states.count("not_mentioned") == (17 - len(PLAN) + 1) * 3
    assert (states.count("covered"), states.count("stated_none"), states.count("blank")) == (4, 1, 1)
