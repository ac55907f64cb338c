"""A Word template of the user's own: what may stand in it, and that nothing of it reaches beyond the file.

A template is another's file. Its marks are a small part of Jinja: places, loops over what is given, conditions. There
are no calls, no arithmetic, no other files and no attributes but those that are listed here, so that it can neither
run anything nor take long. Of the package, what would be fetched from elsewhere when the paper is opened or printed
(linked pictures and objects, fields that take in files), and what would run (macros, controls), is refused.

Sources: ISO/IEC 29500-1 (parts, fields), 29500-2 (relationships); Jinja, "Sandbox" and "Extending".
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # it has no stubs

from graph.errors import UsageError
from viz.paper.packing import zipped

PLACES = frozenset({"title", "dateline", "summary", "sections"})
NEEDED = frozenset({"title", "sections"})
MEMBERS = frozenset({"heading", "texts", "figures", "table", "image", "caption"})
"""What sections and figures hold."""
LISTS = ("summary", "sections", "texts", "figures")
"""What loops may go through."""
LOOP = frozenset({"index", "index0", "first", "last", "length"})
FILTERS = frozenset({"length", "count", "first", "last", "join", "default", "upper", "lower", "trim"})
MOST_UNPACKED = 100_000_000
"""Bytes of all parts together."""
MOST_TEXT = 5_000_000
"""Bytes of one part in XML."""
MOST_MARKS = 500
MOST_OF_ONE = 20
"""How often a template may name one thing, so that it cannot grow a paper beyond measure."""
_SEE = "请对照 docs/briefing.md 修改模板"
_KINDS: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const,
    nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Filter, nodes.CondExpr,
)  # fmt: skip
_MARK = re.compile(rb"\{[{%#]")
_READS = frozenset(
    {
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "INCLUDE",
        "IMPORT",
        "LINK",
        "DDE",
        "DDEAUTO",
        "RD",
        "DATABASE",
        "MACROBUTTON",
    }
)
"""Fields that take in what stands elsewhere, or run something."""
_RUNS = re.compile(r"vbaProject|vbaData|/activeX/|\.ocx$", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s*(file:|\\\\)", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PRIVATE = re.compile(rb"<(Company|Manager|HyperlinkBase|Template)>[^<]*</\1>")
"""What an office programme notes of its user and machine in docProps/app.xml."""


class Marks(SandboxedEnvironment):
    """The part of Jinja that templates may use; what goes beyond it is refused before anything is filled in."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_shown)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        named = Counter(node.attr for node in tree.find_all(nodes.Getattr))
        loops = sum(1 for _ in tree.find_all(nodes.For))
        if max((loops, *named.values())) > MOST_OF_ONE:
            raise UsageError(f"Word 模板里同一种标记超过 {MOST_OF_ONE} 个，请用更短的模板。")
        _require_plain(tree, ())
        return tree


def _shown(value: Any) -> Any:
    """What a place shows: text, a number, a picture or a table; never a list or an object of ours."""
    if isinstance(value, dict | list | tuple) or callable(value):
        raise UsageError(f"Word 模板里有一处标记不是文字、图或表；{_SEE}。")
    return value


def _require_plain(node: nodes.Node, loops: tuple[str, ...]) -> None:
    """Raise UsageError for what is not on the lists. `loops` is what the loops around it go through."""
    if not isinstance(node, _KINDS):
        raise UsageError(f"Word 模板里不能用这种标记：{type(node).__name__}；{_SEE}。")
    if isinstance(node, nodes.Getattr) and node.attr not in MEMBERS | LOOP:
        raise UsageError(f"Word 模板里有未知的标记：{node.attr}；可用：{'、'.join(sorted(MEMBERS))}。")
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise UsageError(f"Word 模板里不能用过滤器 {node.name}；可用：{'、'.join(sorted(FILTERS))}。")
    if isinstance(node, nodes.For):
        through = getattr(node.iter, "name", None) or getattr(node.iter, "attr", "")
        if through not in LISTS or through in loops or len(loops) > 1 or node.recursive:
            raise UsageError(f"Word 模板里的循环只能逐个取 {'、'.join(LISTS)}，至多套两层；{_SEE}。")
        loops = (*loops, through)
    for child in node.iter_child_nodes():
        _require_plain(child, loops)


def checked(template: bytes) -> bytes:
    """The template without what it notes of its user. Raises UsageError for one that cannot be used."""
    parts = _parts(template)
    kept: list[tuple[str, bytes]] = []
    for name, data in parts.items():
        if _RUNS.search(name):
            raise UsageError("Word 模板里有宏或控件，请另存为不含宏的 .docx 后重试。")
        if name.endswith((".xml", ".rels")):
            data = _part(name, data)
        kept.append((name, data))
    return zipped(kept)


def _parts(template: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
                raise UsageError(
                    f"Word 模板解开后超过 {MOST_UNPACKED // 1_000_000} MB，请缩小其中的图片后重试。"
                )
            parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise UsageError("Word 模板不是可用的 .docx 文件，请另存为 .docx 后重试。") from None
    if "word/document.xml" not in parts:
        raise UsageError("Word 模板不是 Word 文件，请另存为 .docx 后重试。")
    return parts


def _part(name: str, data: bytes) -> bytes:
    """A part in XML, looked through."""
    if len(data) > MOST_TEXT:
        raise UsageError(f"Word 模板的 {name} 过大，请用更短的模板。")
    if len(_MARK.findall(data)) > MOST_MARKS:
        raise UsageError(f"Word 模板里的标记超过 {MOST_MARKS} 个，请用更短的模板。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Any = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise UsageError("Word 模板的内容已损坏，请用 Word 重新保存后重试。") from None
    if root.getroottree().docinfo.doctype:
        raise UsageError("Word 模板里有 DTD，不能使用；请用 Word 重新保存后重试。")
    if name.endswith(".rels"):
        return _relations(root)
    if name == "docProps/app.xml":
        return _PRIVATE.sub(b"", data)
    _require_inside(root)
    if name == "word/settings.xml":
        return _without(root, f"{_WORD}attachedTemplate")
    return data


def _relations(root: Any) -> bytes:
    """Relations to what lies in the file, and links that a reader may click; the path of the template that the
    file was made from is dropped."""
    for relation in list(root):
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        if kind == "attachedTemplate":
            root.remove(relation)
        elif relation.get("TargetMode") == "External" and not _may_be_clicked(kind, target):
            raise UsageError(f"Word 模板链接了文件之外的内容（{kind}），请改为嵌入后重试。")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _may_be_clicked(kind: str, target: str) -> bool:
    return kind == "hyperlink" and target.lower().startswith(("http://", "https://", "mailto:"))


def _without(root: Any, tag: str) -> bytes:
    for element in list(root.iter(tag)):
        element.getparent().remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _require_inside(root: Any) -> None:
    """Raise UsageError for what would be taken in from elsewhere when the paper is opened."""
    for instruction in _instructions(root):
        field = instruction.strip().partition(" ")[0].upper()
        if field in _READS:
            raise UsageError(f"Word 模板里的域 {field} 会读取别的文件，请去掉后重试。")
    for element in root.iter(etree.Element):
        if element.tag == f"{_WORD}altChunk":
            raise UsageError("Word 模板里嵌有别的文档（altChunk），请改为普通内容后重试。")
        for value in element.attrib.values():
            if _ELSEWHERE.match(value):
                raise UsageError("Word 模板里写有本机或共享文件夹的路径，请去掉后重试。")


def _instructions(root: Any) -> Iterator[str]:
    """What the fields say: in one attribute, or in runs between a field's beginning and its middle or end."""
    open_fields: list[str] = []
    for element in root.iter(f"{_WORD}fldSimple", f"{_WORD}fldChar", f"{_WORD}instrText"):
        if element.tag == f"{_WORD}fldSimple":
            yield element.get(f"{_WORD}instr", "")
        elif element.tag == f"{_WORD}instrText":
            if open_fields:
                open_fields[-1] += element.text or ""
            else:
                yield element.text or ""
        elif element.get(f"{_WORD}fldCharType") == "begin":
            open_fields.append("")
        elif open_fields and element.get(f"{_WORD}fldCharType") == "end":
            yield open_fields.pop()
    yield from open_fields
