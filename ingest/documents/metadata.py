"""What a document says of itself: number, issuer, date, title, programme, status, what it repeals.

The rules follow the layout of official documents in GB/T 9704-2012: the number (发文字号, §7.2.5) and the title
(§7.3.1: 发文机关 + 关于 + 事由 + 文种) stand before the addressees (主送机关, §7.3.2), the signature and the date of
signing (成文日期, §7.3.5) after the text. A web page's own dates, breadcrumbs and keywords are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from graph.ids import document_number, normalise
from graph.tables import Table
from graph.vocabulary import ILLUSTRATIVE_MARK, Status
from ingest.blocks import ReadFile
from ingest.documents.dates import iso_date
from ingest.layouts.captions import title_rows

_KINDS = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    "|方案|计划|规划|办法|规定|细则|要点|名单|清单|一览表|安排表|分工表|计划表|表"
)
_BRACKETED = re.compile(
    r"[\[［【（(〔]\s*(?P<inner>[^\[\]［］【】（）()]*?\d{4}[^（）()【】]*?号)\s*[\]］】）)〕]?\s*$"
)
_NUMBER_LABEL = re.compile(r"(?:发文字号|发文文号|文件编号|文\s*号)\s*[:：]\s*(?P<number>\S+?号)")
_DATE_LABEL = re.compile(r"成文日期\s*[:：]\s*(?P<date>\S+)")
_ATTACHMENT_TAIL = re.compile(r"\s*附件\s*\d*\s*$")
_COMPLETE_TITLE = re.compile(rf"关于.+(?:{_KINDS})\s*(?:[（(]\S{{1,12}}[）)])?$")
_OTHER_TITLE = re.compile(rf"^[^，。；：:]{{4,60}}(?:{_KINDS})\s*(?:[（(]\S{{1,12}}[）)])?$")
_HEADING = re.compile(r"^(?=.*[一-鿿]{4})[^，,。；;：:、\d][^，,。；;：:、]{3,39}$")
"""A first line that is no sentence, no name of a list and no item."""
_ORGAN = re.compile(
    r"^[^，。；：:《》\d]{3,40}(?:府|厅|局|办|办公室|委|委员会|会|部|院|组|公司|中心|处|社|团|行)$"
)
_NOISE = re.compile(
    r"^(?:当前位置|您的位置|首页|来源|作者|发布|索引号|浏览|点击|字体|字号|打印|分享|朗读|版权|责任编辑|主题分类|有效性)"
)
_CHROME = re.compile(r"字体|字号|分享|打印|扫一扫|当前位置|您的位置|【大")
"""Words of a web page around the document, whose lines may end as 主送机关 do (分享到：)."""
_REPEAL = re.compile(r"[（(\[〔]\s*(?P<number>[^（）()\s]{2,20}?\d{4}[^（）()\s]{1,3}\d{1,4}号)\s*[）)\]〕]")
_FILLED_IN = re.compile(rf"(?:填写|填报|填表|格式){ILLUSTRATIVE_MARK}")
_MARK = re.compile(rf"\s*[（(【\[〔]?\s*{ILLUSTRATIVE_MARK}\s*[）)】\]〕]?[:：]?\s*")
_CAPTION = re.compile(r"\s*表\s*\d+(?!\d|[-—.．])\s*\S{2,60}\s*$")
_HEAD = 40
"""Lines in which the head of a document is sought; web pages print menus before it."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Empty texts are unknown. `repeals` are numbers of documents that this one declares repealed (废止)."""

    title: str = ""
    number: str | None = None
    issuer: str = ""
    date: str = ""
    programme: str = ""
    region: str = ""
    status: Status = Status.OFFICIAL
    repeals: tuple[str, ...] = ()


def read_metadata(files: Sequence[ReadFile], region_of: Callable[[str], str]) -> Metadata:
    """What the files of one document say together; of each fact the first file's that states it."""
    texts = [list(_lines(file)) for file in files]
    number = next((n for lines in texts if (n := _number(lines))), None)
    title = (
        _first(map(_notice_title, texts)) or _first(map(_plain_title, texts)) or _title_of_last_resort(files)
    )
    clean = _MARK.sub("", title).strip() or title
    issuer = (
        _issuer_in(clean) or _first(_signature(lines)[0] for lines in texts) or _first(map(_red_head, texts))
    )
    titled = (text for f in files for text in (*(t.title for t in f.tables), *_captions(f)))
    region = region_of(issuer) or region_of(clean) or _first(map(region_of, titled))
    return Metadata(
        title=title,
        number=number,
        issuer=issuer,
        date=_first(_labelled_date(lines) or _signature(lines)[1] for lines in texts),
        programme=programme_of(clean, issuer, region),
        region=region,
        status=Status.ILLUSTRATIVE if _illustrative(title, files) else Status.OFFICIAL,
        repeals=tuple(dict.fromkeys(n for lines in texts for n in _repeals(lines) if n != number)),
    )


def programme_of(title: str, issuer: str, region: str) -> str:
    """The matter of cooperation that a title names: its text after 关于印发, less the issuer, 推进 and the kind of
    document (宁波市推进沪甬产业合作工作方案的通知 → 沪甬产业合作); a title of another form is taken whole."""
    _, found, rest = title.partition("关于印发")
    if not found:
        return title
    name = re.sub(r"的通知$", "", rest.strip()).strip("《》“” ")
    name = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    name = re.sub(r"(?:19|20)\d{2}\s*[-—~～至]?\s*(?:(?:19|20)?\d{2,4})?\s*年(?:度)?", "", name)
    for own in sorted({issuer, region} - {""}, key=len, reverse=True):
        name = name.removeprefix(own)
    name = re.sub(r"^(?:关于)?(?:进一步)?(?:加快)?推进", "", name)
    name = re.sub(r"(?:重点)?(?:工作|行动|实施|总体)?(?:方案|计划|规划|意见|办法|要点|细则)$", "", name)
    return name or rest


def _lines(file: ReadFile) -> Iterator[str]:
    """The lines of a file outside its tables, and the title rows of its tables."""
    for block in file.blocks:
        if isinstance(block, Table):
            yield from (text for _, text in title_rows(block))
        else:
            yield from (line.strip() for line in block.text.split("\n") if line.strip())


def _captions(file: ReadFile) -> Iterator[str]:
    """The paragraphs that stand directly over a table and number it (表1 …)."""
    for above, below in pairwise(file.blocks):
        if isinstance(below, Table) and not isinstance(above, Table) and _CAPTION.match(above.text):
            yield above.text


def _head(lines: Sequence[str]) -> list[str]:
    """The lines before the addressees (主送机关, which end with a colon) or the first long paragraph."""
    head: list[str] = []
    for line in lines[:_HEAD]:
        addressees = line.endswith((":", "：")) and not _CHROME.search(line)
        if head and (addressees or (len(line) > 120 and "关于" not in line)):
            break
        head.append(line)
    return head


def _number(lines: Sequence[str]) -> str | None:
    for line in lines:
        if label := _NUMBER_LABEL.search(line):
            return document_number(label["number"])
    for line in _head(lines):
        if number := document_number(_ATTACHMENT_TAIL.sub("", line)):
            return number
        bracket = _BRACKETED.search(line)
        if bracket and not line.startswith("《") and (number := document_number(bracket["inner"])):
            return number
    return None


def _notice_title(lines: Sequence[str]) -> str:
    """The notice's line, 关于…的通知 and its like; over up to four lines, the first of which has the issuer or 关于."""
    head = [_without_number(line) for line in _head(lines)]
    for start, line in enumerate(head):
        if _NOISE.match(line) or not ("关于" in line or _ORGAN.match(line)):
            continue
        joined = ""
        for more in head[start : start + 4]:
            joined += more
            if len(joined) > 120 or re.search(r"[。；：:]$", more):
                break
            if _COMPLETE_TITLE.search(joined) and "《" not in joined.partition("关于")[0]:
                return joined
    return ""


def _plain_title(lines: Sequence[str]) -> str:
    """A line of the head that names a document or a table: …工作方案, …对口联系计划表."""
    plain = (_without_number(line) for line in _head(lines))
    return next((t for t in plain if _OTHER_TITLE.match(t) and not _NOISE.match(t)), "")


def _without_number(line: str) -> str:
    bracket = _BRACKETED.search(line)
    if bracket and document_number(bracket["inner"]):
        return line[: bracket.start()].strip()
    return line


def _title_of_last_resort(files: Sequence[ReadFile]) -> str:
    for file in files:
        named = file.properties.get("title", "")
        if re.search(r"[\u4e00-\u9fff]{4}", named):
            return named.strip()
        if first := _first(t.title for t in file.tables):
            return first
        head = next(_lines(file), "")
        if _HEADING.match(head) and not _NOISE.match(head):
            return head
    return PurePath(files[0].name).stem if files else ""


def _issuer_in(title: str) -> str:
    """发文机关 as the title prints it before 关于; several are joined by 、."""
    organs = title.partition("关于")[0].strip() if "关于" in title else ""
    if not organs or len(organs) > 80 or not _ORGAN.match(organs.split()[-1]):
        return ""
    return "、".join(organs.split())


def _signature(lines: Sequence[str]) -> tuple[str, str]:
    """发文机关署名 and 成文日期: a line that is a date, after a line that is an organ (or both in one line); else
    the first line that is a date alone, without an organ."""
    lone = ""
    for before, line in zip(["", *lines], lines, strict=False):
        if date := iso_date(line.strip("（()） ")):
            if _ORGAN.match(normalise(before)) and not _NOISE.match(before):
                return normalise(before), date
            lone = lone or date
        organ, _, rest = line.rpartition(" ") if " " in line else line.rpartition("　")
        if rest and (date := iso_date(rest)) and _ORGAN.match(normalise(organ)):
            return normalise(organ), date
    return "", lone


def _red_head(lines: Sequence[str]) -> str:
    """发文机关标志: 宁波市人民政府办公厅文件."""
    for line in _head(lines):
        organ = normalise(line).removesuffix("文件")
        if line.endswith("文件") and _ORGAN.match(organ):
            return organ
    return ""


def _labelled_date(lines: Sequence[str]) -> str:
    for line in lines:
        if label := _DATE_LABEL.search(line):
            return iso_date(label["date"])
    return ""


def _repeals(lines: Sequence[str]) -> Iterator[str]:
    """Numbers in sentences that say 废止: 《…》（甬政办发〔2017〕10号）同时废止."""
    for line in lines:
        for sentence in re.split(r"[。；;]", line):
            if "废止" in sentence and not re.search(r"(?:不|未|尚未)废止", sentence):
                for found in _REPEAL.finditer(sentence):
                    if number := document_number(found["number"]):
                        yield number


def _illustrative(title: str, files: Sequence[ReadFile]) -> bool:
    """Whether a 示例 mark stands in the title, a table's title or header rows, or the file's properties."""
    for file in files:
        marks = [title, *file.properties.values()]
        for table in file.tables:
            first_rows = len(title_rows(table)) + 1
            marks += [table.title, *(c.text for c in table.cells if c.row <= first_rows)]
        marks += _head(list(_lines(file)))[:5]
        if any(ILLUSTRATIVE_MARK in _FILLED_IN.sub("", mark) for mark in marks):
            return True
    return False


def _first(texts: Iterator[str] | Sequence[str] | map[str]) -> str:
    return next((text for text in texts if text), "")
