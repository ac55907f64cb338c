"""PDF through LibreOffice where it is installed; a clear word where it is not."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest

from graph.backends.embedded import EmbeddedStore
from graph.errors import MissingPart
from tests.parts import require_part, soffice
from tests.viz.test_layout import draw
from viz.paper.fonts import find_chinese_font
from viz.rendering import render

A4_ACROSS = (842, 595)


def said(data: bytes) -> tuple[str, list[Any]]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        pages = list(pdf.pages)
        return "".join(page.extract_text() or "" for page in pages), [(p.width, p.height) for p in pages]


@pytest.mark.parametrize("view", ["bridge", "coverage"])
def test_it_is_a_sheet_with_real_text(plan: EmbeddedStore, view: str) -> None:
    require_part(soffice(), "needs LibreOffice")
    require_part(find_chinese_font(), "needs a Chinese font")
    text, sizes = said(render(draw(plan, view, {"status": "all"}), "pdf"))
    assert {(round(w), round(h)) for w, h in sizes} == {A4_ACROSS}
    assert "北仑区" in text
    assert "示例" in text


def test_an_empty_answer_says_so(empty: EmbeddedStore) -> None:
    require_part(soffice(), "needs LibreOffice")
    require_part(find_chinese_font(), "needs a Chinese font")
    text, sizes = said(render(draw(empty, "bridge", {}), "pdf"))
    assert len(sizes) == 1
    assert "没有符合条件的内容" in text


def test_without_libreoffice_it_names_the_package(
    plan: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viz.paper.office_pdf.soffice_path", lambda: None)
    with pytest.raises(MissingPart, match="libreoffice-impress") as refused:
        render(draw(plan, "bridge", {}), "pdf")
    assert refused.value.http_status == 501
