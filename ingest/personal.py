"""Personal data withheld before anything is stored or logged: telephone, fax, e-mail, ID numbers and contact names.

Numbers are taken only where their form or a label beside them says what they are, so that document numbers,
dates, sums and postcodes stay. Forms: GB 11643-1999 (18-digit ID with its check digit; 15 digits before it),
mobile numbers 1[3-9] and nine digits, area codes 0 and two or three digits, 400 and 800 services.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.ids import normalise
from graph.model import Problem
from graph.tables import Cell, Table
from graph.vocabulary import PROBLEMS
from ingest.blocks import Block, Paragraph, ReadFile
from ingest.person_names import is_person

PHONE, FAX, MAIL, IDENTITY, NAME = "电话", "传真", "邮箱", "证件号", "姓名"
MARK = re.compile(r"〔已隐去:(?:电话|传真|邮箱|证件号|姓名)〕")


def mark(kind: str) -> str:
    """〔已隐去:电话〕: what stands where something was withheld."""
    return f"〔已隐去:{kind}〕"


_GAP = r"[ \t\u3000\-—－]?"
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}\s?[@＠]\s?[A-Za-z0-9\-]{1,63}(?:[.．][A-Za-z0-9\-]{1,63})+")
_IDENTITY = re.compile(r"(?<![\dA-Za-z])(?:\d{17}[\dXxＸ]|\d{15})(?![\dA-Za-z])")
_MOBILE = re.compile(rf"(?<![\d.])(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?![\d])(?!\.\d)")
_LANDLINE = re.compile(
    rf"(?<![\d.〔])(?:\+?86{_GAP})?[(（]?0[1-9]\d{{1,2}}[)）]?{_GAP}[2-9]\d{{2,3}}{_GAP}\d{{4}}"
    r"(?:(?:转|[-—－])\d{1,5})?(?!\d)"
)
_SERVICE = re.compile(r"(?<!\d)[48]00(?:[-—－ ]\d{3}[-—－ ]?\d{4}|[-—－ ]\d{4}[-—－ ]?\d{3}|\d{7})(?!\d)")
_NUMBERS = r"(?:\+?\d[\d\-—－()（） 转]{4,20}\d)"
_PHONE_LABEL = (
    r"(?:联系|办公|咨询|值班|固定|移动|服务|监督|举报|座机|单位|手机)?(?:电话|手机)(?:号码|号)?"
    r"|热线|联系方式|Tel(?:ephone)?\.?|TEL\.?"
)
_FAX_LABEL = r"传真(?:电话|号码|号)?|Fax\.?|FAX\.?"
_MAIL_LABEL = r"电子邮箱|电子邮件|邮箱|E-?mail|e-?mail|QQ|微信号?"
_NAME_LABEL = (
    r"(?:业务|工作|项目|具体|日常)?"
    r"(?:联系人|联络员|联络人|经办人|填报人|填表人|制表人|经手人|承办人)(?:员)?(?:姓名)?"
)
_LABELLED = tuple(
    (
        kind,
        re.compile(
            rf"(?P<label>(?:{label})(?:及传真|/传真)?\s*(?:[:：为是]|\s|[(（])\s*)(?P<value>{values})"
        ),
    )
    for kind, label, values in (
        (FAX, _FAX_LABEL, rf"{_NUMBERS}(?:\s*[、,，;；/]\s*{_NUMBERS})*"),
        (PHONE, _PHONE_LABEL, rf"{_NUMBERS}(?:\s*[、,，;；/]\s*{_NUMBERS})*"),
        (MAIL, _MAIL_LABEL, r"[A-Za-z0-9_\-]{5,32}"),
    )
)
_PHRASE = re.compile(
    rf"(?P<label>{_NAME_LABEL})\s*(?P<colon>[:：]|[(（]|\s|及电话\s*[:：]|为)?\s*(?P<rest>[^;；。\n)）〔\d]{{2,40}})"
)
_AFTER_NAME = re.compile(rf"(?P<name>〔已隐去:姓名〕[\s,，、:：(（]{{0,3}})(?P<value>{_NUMBERS})")
_PIECES = re.compile(r"[\u4e00-\u9fff·]+(?:[ \u3000][\u4e00-\u9fff](?![\u4e00-\u9fff]))?")
_STOP = re.compile(
    rf"{_PHONE_LABEL}|{_FAX_LABEL}|{_MAIL_LABEL}|地址|邮编|职务|单位|部门|(?:填报|填表|制表|报送)?(?:日期|时间)"
)
_TITLED = re.compile(r"(?:先生|女士|同志|主任|处长|科长|老师)$")
_AFTER_BODY = re.compile(r"(?<=[局委办处科室部心司会院])[\u4e00-\u9fff]{2,3}$")
_HEADERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?:{_NAME_LABEL})(?:及|和|/|、|与)?(?:(?:联系)?(?:电话|方式)|手机)?"), NAME),
    (re.compile(rf"(?:{_PHONE_LABEL})(?:号码)?"), PHONE),
    (re.compile(rf"(?:{_FAX_LABEL})"), FAX),
    (re.compile(rf"(?:{_MAIL_LABEL})(?:地址|号码?)?", re.IGNORECASE), MAIL),
    (re.compile(r"(?:身份证|证件|护照)(?:号码?|编号)?"), IDENTITY),
)
_EMPTY = re.compile(r"^[\s/\\\-—－–]*$|^\s*(?:无|暂无)\s*$")


_MAY_HOLD = re.compile(
    r"\d[\d\-—－ \t()（）]{5,}\d|[@＠]|联系|联络|经办|填报|填表|制表|经手|承办|邮箱|邮件|QQ|微信|[Ee]-?mail"
)
_MAY_LABEL = re.compile(
    "联系|联络|经办|填报|填表|制表|经手|承办|电话|手机|热线|[Tt][Ee][Ll]|传真|[Ff][Aa][Xx]|邮|[Mm]ail|QQ|微信|证|护照"
)
_LONGEST_LABEL = 24


def redact(text: str) -> str:
    """The text with personal data replaced by marks. Idempotent: marks stay as they are."""
    if not _MAY_HOLD.search(text):
        return text
    while (safe := _redact_once(text)) != text:  # what is replaced may have hidden where its neighbour begins
        text = safe
    return text


def _redact_once(text: str) -> str:
    text = _MAIL.sub(mark(MAIL), text)
    for kind, pattern in _LABELLED:
        text = pattern.sub(lambda m, k=kind: m["label"] + _masked(m["value"], k), text)
    text = _IDENTITY.sub(lambda m: mark(IDENTITY) if is_identity(m.group()) else m.group(), text)
    for pattern in (_LANDLINE, _MOBILE, _SERVICE):
        text = pattern.sub(mark(PHONE), text)
    text = _PHRASE.sub(_without_names, text)
    return _AFTER_NAME.sub(lambda m: m["name"] + _masked(m["value"], PHONE), text)


def _masked(value: str, kind: str) -> str:
    """Each number of a labelled list replaced; what has too few digits for a telephone stays."""
    if kind is MAIL:
        return mark(MAIL)
    return re.sub(
        _NUMBERS, lambda m: mark(kind) if len(re.sub(r"\D", "", m.group())) >= 7 else m.group(), value
    )


def is_identity(number: str) -> bool:
    """Whether 18 or 15 digits form an ID number: a province, a date of birth, and the check digit of 18."""
    digits = number.upper().replace("Ｘ", "X")
    birth = digits[6:14] if len(digits) == 18 else f"19{digits[6:12]}"
    if not re.match(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)", digits):
        return False
    if not re.fullmatch(r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", birth):
        return False
    if len(digits) == 15:
        return True
    total = sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(digits[:17]))
    return "10X98765432"[total % 11] == digits[17]


def _without_names(match: re.Match[str]) -> str:
    """A phrase such as 联系人:某某,电话 without its names; bodies in it (市经信局) stay."""
    stop = _STOP.search(match["rest"])
    rest = match["rest"][: stop.start()] if stop else match["rest"]
    labelled = match["colon"] is not None and match["colon"].strip() != ""
    after = match["rest"][len(rest) :]
    head = match.group()[: len(match.group()) - len(match["rest"])]
    if not labelled:
        first = _PIECES.match(rest)
        if first is None or not _bare_name(first.group()):
            return match.group()
        return head + mark(NAME) + rest[first.end() :] + after
    return head + _PIECES.sub(_name_masked, rest) + after


def _bare_name(piece: str) -> bool:
    return is_person(piece) and len(piece.replace(" ", "")) <= 3


def _name_masked(match: re.Match[str]) -> str:
    piece = match.group()
    titled = _TITLED.sub("", piece)
    if is_person(titled) or (titled != piece and len(titled) <= 4):
        return mark(NAME) + piece[len(titled) :]
    tail = _AFTER_BODY.search(piece)
    if tail is not None and is_person(tail.group()):
        return piece[: tail.start()] + mark(NAME)
    return (
        mark(NAME)
        if len(piece) <= 4 and not re.search("[局委办处科室部院会司]$|[省市区县]", piece)
        else piece
    )


def header_kind(text: str) -> str | None:
    """The kind of personal data that a header or label names (联系人, 联系电话), or None."""
    if len(text) > _LONGEST_LABEL or not _MAY_LABEL.search(text):
        return None
    clean = normalise(text).strip(":：*()（）")
    return next((kind for pattern, kind in _HEADERS if pattern.fullmatch(clean)), None)


def _masked_cell(text: str, kind: str) -> str:
    """A cell under a personal header: all of it goes, but for blanks and 无."""
    if _EMPTY.match(text) or not MARK.sub("", text).strip():
        return text
    kinds = [kind]
    if kind is NAME and re.search(r"\d{7,}|〔已隐去:电话〕", re.sub(r"[-\s]", "", redact(text))):
        kinds.append(PHONE)
    return "".join(mark(k) for k in kinds)


def _is_value(text: str, kind: str) -> bool:
    """Whether a cell beside a label holds its value (a form: 填报人 | 某某)."""
    clean = MARK.sub("", text).strip()
    if kind is NAME:
        return is_person(clean)
    if kind is MAIL:
        return "@" in clean
    return len(re.sub(r"\D", "", clean)) >= 7


def _personal_positions(table: Table) -> dict[tuple[int, int], str]:
    """Grid positions (row, column) of cells that stand under or beside a personal label, with the kind."""
    starts = {(cell.row, cell.column): cell for cell in table.cells}
    found: dict[tuple[int, int], str] = {}
    for cell in table.cells:
        kind = header_kind(cell.text)
        if kind is None:
            continue
        beside = starts.get((cell.row, cell.column + cell.colspan))
        if beside is not None and header_kind(beside.text) is None and _is_value(beside.text, kind):
            found[(beside.row, beside.column)] = kind
            continue
        for other in table.cells:
            below = other.row >= cell.row + cell.rowspan
            if (
                below
                and cell.column <= other.column < cell.column + cell.colspan
                and header_kind(other.text) is None
            ):
                found[(other.row, other.column)] = kind
    return found


def _problem(text: str, cell: Cell | None = None, table: int | None = None) -> Problem:
    kinds = "、".join(dict.fromkeys(m.group()[5:-1] for m in MARK.finditer(text)))
    spec = PROBLEMS["personal_data_withheld"]
    return Problem(
        "personal_data_withheld",
        spec.severity,
        f"已隐去个人信息（{kinds}），未保存原文。",
        text=text if len(text) <= 120 else f"{text[:119]}…",
        table=table,
        row=cell.row if cell else None,
        column=cell.column if cell else None,
    )


def _withhold_table(table: Table, number: int) -> tuple[Table, list[Problem]]:
    positions = _personal_positions(table)
    problems: list[Problem] = []
    cells: list[Cell] = []
    for cell in table.cells:
        kind = positions.get((cell.row, cell.column))
        text = _masked_cell(cell.text, kind) if kind else redact(cell.text)
        if text != cell.text:
            cell = replace(cell, text=text)
            problems.append(_problem(text, cell, number))
        cells.append(cell)
    title = redact(table.title)
    if title != table.title:
        problems.append(_problem(title, table=number))
    return replace(table, cells=tuple(cells), title=title), problems


def _withhold_properties(properties: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    safe = {key: redact(value) for key, value in properties.items()}
    return safe, [_problem(safe[key]) for key in safe if safe[key] != properties[key]]


def withhold(file: ReadFile) -> tuple[ReadFile, list[Problem]]:
    """The file without personal data, and one problem for each paragraph, cell, title or property that held any."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    number = 0
    for block in _flattened_columns(file.blocks):
        if isinstance(block, Table):
            number += 1
            safe, found = _withhold_table(block, number)
            blocks.append(safe)
            problems += found
            continue
        text = redact(block.text)
        blocks.append(replace(block, text=text) if text != block.text else block)
    problems = [
        *(_problem(new.text) for old, new in zip(file.blocks, blocks, strict=True)
          if isinstance(new, Paragraph) and isinstance(old, Paragraph) and new.text != old.text),
        *problems,
    ]  # fmt: skip
    properties, found = _withhold_properties(file.properties)
    noted = tuple(replace(p, text=redact(p.text), message=redact(p.message)) for p in file.problems)
    return replace(file, blocks=tuple(blocks), properties=properties, problems=noted), problems + found


def _flattened_columns(blocks: Sequence[Block]) -> Sequence[Block]:
    """Contact columns of a table that a page flattened to one cell a line, withheld by their place in the row.

    Rows are told by their running numbers; a label's place is counted from the end of the header, and only
    rows of the first row's length count.
    """
    lines = [b.text.strip() if isinstance(b, Paragraph) else None for b in blocks]
    safe = list(blocks)
    for at, line in enumerate(lines):
        kind = header_kind(line) if line else None
        if kind is None:
            continue
        starts = _row_starts(lines, at)
        if not starts:
            continue
        from_end = starts[0] - at
        length = starts[1] - starts[0] if len(starts) > 1 else 0
        for start in starts:
            place = start + length - from_end
            block = safe[place] if length > from_end and place < len(safe) else None
            if isinstance(block, Paragraph) and _is_value(block.text, kind):
                safe[place] = replace(block, text=_masked_cell(block.text, kind))
    return safe


def _row_starts(lines: Sequence[str | None], header: int) -> list[int]:
    """Positions of the lines 1, 2, 3 … that number the rows after a header line, or none."""
    starts: list[int] = []
    for at in range(header + 1, len(lines)):
        if lines[at] is None or (not starts and at - header > 12):
            break
        if lines[at] == str(len(starts) + 1):
            starts.append(at)
    return starts


class PersonalDataFilter(logging.Filter):
    """Lets no record show personal data: redacts the finished message and the text of an exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True
