"""Web pages (.html, .mht, and pages saved under the ending of Word or Excel).

Tables that only lay out the page (those that hold tables, have one cell, or say so) are passed over: their
content stands where it stands. Fields of a form say what they show. Scripts, styles, buttons and what is hidden
are left out; nothing is fetched.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from email.message import EmailMessage
from typing import Any

import lxml.etree as etree
import lxml.html as html

from graph.errors import FileRejected
from graph.model import Problem
from ingest.blocks import Reader, ReadFile
from ingest.formats.cleaning import problem
from ingest.formats.continuing import join_continued
from ingest.formats.decoding import decode
from ingest.formats.gridding import TooManyPositions
from ingest.formats.sniffing import is_saved_page
from ingest.formats.webpage import Page

MAX_TAGS = 3_000_000
"""Tags of one page, opening and closing; a cell that Word saved as a page has ten."""
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_PROPERTIES = ("keywords", "description", "subject")


def read(data: bytes, name: str) -> ReadFile:
    """A page; raises FileRejected when it is no text or shows none."""
    text, problems = _page_text(data, name)
    root = _parse(text, name)
    page = Page()
    try:
        blocks = join_continued(page.blocks(root))
    except (TooManyPositions, RecursionError) as error:
        raise FileRejected(f"{name} 中的表格过大或嵌套过深，请拆分后再上传。") from error
    if not blocks:
        raise FileRejected(f"{name} 没有可见的文字，请在浏览器中打开网页，另存完整内容后再上传。")
    if page.hidden:
        problems = [*problems, problem("hidden_content", f"网页含{page.hidden}处隐藏的内容，未读取。")]
    return ReadFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="html",
        blocks=tuple(blocks),
        properties=_properties(root),
        problems=tuple(problems),
    )


def _page_text(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """The HTML, out of its archive where the page was saved as .mht."""
    if not is_saved_page(data):
        declared = _CHARSET.search(data[:8192])
        return decode(data, name, declared=declared[1].decode("ascii") if declared else None)
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    part = next((p for p in message.walk() if p.get_content_type() == "text/html"), None)
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes):
        raise FileRejected(f"{name} 中没有网页内容，请重新保存网页后再上传。")
    return decode(payload, name, declared=part.get_content_charset())


def _parse(text: str, name: str) -> Any:
    """The page's root. libxml2's HTML parser knows no entities of the page's own and fetches nothing."""
    if text.count("<") > MAX_TAGS:
        raise FileRejected(f"{name} 的标签超过 {MAX_TAGS:,} 个，请拆分后再上传。")
    # huge_tree: without it the parser stops at 256 open elements, which tags that nobody closed come to
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    plain = _DECLARATION.sub("", text).replace("\0", "")
    try:
        root = html.document_fromstring(plain.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise FileRejected(f"{name} 没有可见的文字，请在浏览器中打开网页，另存完整内容后再上传。") from error
    return root


def _properties(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    title = root.findtext(".//head/title")
    if title and title.strip():
        found["title"] = " ".join(title.split())
    for meta in root.iter("meta"):
        key = (meta.get("name") or "").lower()
        content = (meta.get("content") or "").strip()
        if key in _PROPERTIES and content:
            found.setdefault(key, content)
    return found


READER = Reader("html", (".html", ".htm", ".mht", ".mhtml"), read)
