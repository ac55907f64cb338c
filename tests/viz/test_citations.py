"""Citations of gazetteers as readers see them."""

from __future__ import annotations

import csv
import re

import pytest

from tests.parts import ROOT
from viz.citations import source_words


@pytest.mark.parametrize(
    ("citation", "zh", "en"),
    [
        (
            "市政府机构设置（2019-01）",
            "名录：市政府机构设置（2019年1月）",
            "Gazetteer: 市政府机构设置 (2019-01)",
        ),
        (
            "国家级开发区公开名单（部分）；https://a.example/b（2018）",
            "名录：国家级开发区公开名单（部分）（2018年）",
            "Gazetteer: 国家级开发区公开名单（部分） (2018)",
        ),
        (
            "https://www.a.example/b.html（2021）",
            "名录：a.example 网页（2021年）",
            "Gazetteer: a page on a.example (2021)",
        ),
        (
            "https://a.example/b (says the page)",
            "名录：a.example 网页",
            "Gazetteer: a page on a.example",
        ),
        ("机构名册；https://a.example/b（2020）", "名录：机构名册（2020年）", "Gazetteer: 机构名册 (2020)"),
        ("", "", ""),
    ],
)
def test_a_citation_is_told_by_title_and_date(citation: str, zh: str, en: str) -> None:
    assert source_words(citation, "zh") == zh
    assert source_words(citation, "en") == en


def test_no_shipped_source_is_shown_raw() -> None:
    for path in sorted((ROOT / "ingest" / "gazetteers").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cited = {f"{row['source']}（{row['date']}）" for row in csv.DictReader(file)}
        for citation in cited:
            said = source_words(citation, "zh")
            assert not re.search(r"://|\.csv|@|\.html| names it", said), said
