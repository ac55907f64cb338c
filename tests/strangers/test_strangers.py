"""What documents of many offices say is read, and nothing else: a wrong pair prints its cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.settings import Settings
from ingest.library import Library
from tests.strangers.laying import laid_out
from tests.strangers.truth import DOCUMENTS, facts, score

_ENDINGS = {".html", ".txt", ".csv", ".md", ".docx", ".xlsx"}
PAGES = sorted(
    path
    for path in DOCUMENTS.glob("*/*.*")
    if path.suffix in _ENDINGS and not path.name.endswith(".truth.csv")
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    place = tmp_path_factory.mktemp("strangers")
    store = EmbeddedStore(place / "store", timeout=20)
    yield Library(store, Settings(data_dir=place / "data", neo4j_uri=None))
    store.close()


@pytest.mark.parametrize("document", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_document_says_what_its_truth_file_says(library: Library, document: Path) -> None:
    for name, data, above in laid_out(document):
        reading = library.preview([(name, data)]).reading
        found = score(reading, facts(document), above)
        assert not found.wrong and not found.missed, "\n".join(
            [name, *(f"多读 {one}" for one in found.wrong), *(f"漏读 {one}" for one in found.missed)]
        )
        assert all(sum(table.counts().values()) == table.rows * table.columns for table in reading.tables)
