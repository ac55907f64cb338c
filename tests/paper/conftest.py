"""The stores of the views' tests, drawn here on paper; the examples, and one pack of them for all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.settings import Settings
from ingest.library import Library
from tests.parts import ROOT, require_part
from tests.viz.conftest import empty, hostile, plan, revision
from viz.briefing import BriefingParameters, gather
from viz.briefing_pack import make_pack
from viz.paper.fonts import find_chinese_font

__all__ = ["empty", "hostile", "plan", "revision"]

EXAMPLES = sorted((*(ROOT / "examples").glob("*.docx"), *(ROOT / "examples").glob("*.xlsx")))
ALL = BriefingParameters(status="all", as_of="2026-01-01")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path_factory.mktemp("examples"), "neo4j_uri": None})


@pytest.fixture(scope="session")
def examples(settings: Settings) -> Iterator[EmbeddedStore]:
    """The examples that are shipped; nothing writes to them."""
    store = EmbeddedStore(settings.data_dir, timeout=30)
    Library(store, settings).ingest_paths(EXAMPLES)
    yield store
    store.close()


@pytest.fixture(scope="session")
def pack(examples: EmbeddedStore) -> dict[str, bytes]:
    """All of the examples' pack, printed where LibreOffice is installed: made once for all tests that read it."""
    require_part(find_chinese_font(), "needs a Chinese font")
    return dict(make_pack(gather(examples, ALL)))
