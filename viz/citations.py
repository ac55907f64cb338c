"""A gazetteer's citation in words. What is stored is the citation as its file gives it; readers see its title and its
date, and the citation itself where they ask for it."""

from __future__ import annotations

import re

from graph.vocabulary import Text

_GAZETTEER = Text("名录：{title}{date}", "Gazetteer: {title}{date}")
_DATED = re.compile(r"（(\d{4}(?:-\d\d){0,2})）$")
_ADDRESS = re.compile(r"https?://([^/\s]+)\S*")
_PAGE = Text("{host} 网页", "a page on {host}")


def source_words(citation: str, lang: str) -> str:
    """The title and the date of what a gazetteer's row stands on, as a reader would say it; empty for none."""
    if not citation:
        return ""
    dated = _DATED.search(citation)
    bare = citation[: dated.start()] if dated else citation
    title = _cleared(bare, lang)
    return _GAZETTEER(lang).format(title=title, date=_date_words(dated.group(1), lang) if dated else "")


def _cleared(citation: str, lang: str) -> str:
    """A citation without the addresses in it; of one that is only an address, whose page it is."""
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
