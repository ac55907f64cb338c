"""Personal data in a text: telephone, fax, e-mail, ID numbers and contact names, replaced by marks.

Numbers are taken only where their form or a label beside them says what they are, so that document numbers,
dates, sums and postcodes stay. Forms: GB 11643-1999 (18-digit ID with its check digit; 15 digits before it),
mobile numbers 1[3-9] and nine digits, area codes 0 and two or three digits, 400 and 800 services.
"""

from __future__ import annotations

import re

from graph.ids import normalise
from ingest.naming.person_names import is_person

PHONE, FAX, MAIL, IDENTITY, NAME = "电话", "传真", "邮箱", "证件号", "姓名"
SHORT = "短号"
"""A number within an office's own exchange: withheld as a telephone, whatever its length."""
MARK = re.compile(r"〔已隐去:(?:电话|传真|邮箱|证件号|姓名)〕")


def mark(kind: str) -> str:
    """〔已隐去:电话〕: what stands where something was withheld."""
    return f"〔已隐去:{kind}〕"


def _spaced(label: str) -> str:
    """The label with blanks allowed between its Chinese characters: 联 系 人, as offices set labels of a form."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda _: r"[ \t\u3000\xa0]*", label)


_GAP = r"(?:[ \t\u3000]?[\-—－]?[ \t\u3000]?)"
_MAIL = re.compile(
    r"[A-Za-z0-9._%+\-]{1,64}(?:\s?(?:[@＠]|[(（\[]at[)）\]])\s?[A-Za-z0-9\-]{1,63}(?:[.．][A-Za-z0-9\-]{1,63})+"
    r"|#[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,3}\.(?:com|cn|net|org)(?![A-Za-z0-9]))"
)
_IDENTITY = re.compile(r"(?<![\dA-Za-z])(?:\d{17}[\dXxＸ]|\d{15})(?![\dA-Za-z])")
_MOBILE = re.compile(
    rf"(?<![\d.])(?:\+?86{_GAP})?[1１][3-9３-９]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"
    r"(?![\d])(?!\.\d)(?!\s*(?:[万亿]?元|吨|平方米|亩))"
    r"|(?<![\d.])1[3-9]\d(?P<dot>[.．·])\d{4}(?P=dot)\d{4}(?![\d.])"
)
"""A mobile number; eleven digits before a unit of measure are a quantity."""
_LANDLINE = re.compile(
    rf"(?<![\d.〔])(?:(?:\+?86{_GAP})?[(（]?[0０][1-9１-９]\d{{1,2}}[)）]?"
    rf"|\+?86[\-—－ ]?[(（][1-9]\d{{1,2}}[)）]|\+?86[\-—－ ][1-9]\d{{1,2}}[\-—－ ]?)"
    rf"{_GAP}[2-9２-９]\d{{2,3}}{_GAP}\d{{4}}"
    r"(?:(?:转|[-—－])\d{1,5})?(?!\d)"
)
_SERVICE = re.compile(r"(?<!\d)[48]00(?:[-—－ ]\d{3}[-—－ ]?\d{4}|[-—－ ]\d{4}[-—－ ]?\d{3}|\d{7})(?!\d)")
_NUMBERS = r"(?:\+?\d[\d\-—－()（） 转]{4,20}\d)"
_PHONE_LABEL = (
    r"(?:联系|办公|咨询|值班|固定|移动|服务|监督|举报|座机|单位|手机)?(?:电话|手机)(?:号码|号)?(?:[(（](?:传真|办公?|手机)[)）])?"
    r"|热线|联系方式|值班室|总机|办公室(?=[:：\s]{1,3}\d{7,8}(?!\d))|Tel(?:ephone)?\.?|TEL\.?"
)
_SHORT_LABEL = r"(?:虚拟网|集群网|手机)?短号|虚拟网|集群号|小号|分机号?|内线"
_FAX_LABEL = r"传真(?:电话|号码|号)?|Fax\.?|FAX\.?"
_MAIL_LABEL = r"电子邮箱|电子邮件|邮箱|E-?mail|e-?mail|(?:QQ|微信|钉钉)(?:工作)?群?号?码?"
_NAME_LABEL = (
    r"(?:业务|工作|项目|具体|日常)?"
    r"(?:联系人|联络员|联络人|经办人|填报人|填表人|制表人|经手人|承办人|审核人|复核人|校对人)(?:员)?(?:姓名)?"
)
_IDENTITY_LABEL = r"(?:身份证|护照|军官证|士兵证|居住证|通行证)(?:件)?(?:号码?|编号)?"
_GIVEN = r"(?:[:：为是]|\s|[(（])"
_LOOSE_GAP = r"[:：为是(（]?"
"""A number may stand directly after its label (电话87189234): seven digits and more are told to be one."""
_LABELLED = tuple(
    (
        kind,
        re.compile(rf"(?P<label>(?:{_spaced(label)})(?:及传真|/传真)?\s*{gap}\s*)(?P<value>{values})"),
    )
    for kind, label, gap, values in (
        (FAX, _FAX_LABEL, _LOOSE_GAP, rf"{_NUMBERS}(?:\s*[、,，;；/]\s*{_NUMBERS})*"),
        (PHONE, _PHONE_LABEL, _LOOSE_GAP, rf"{_NUMBERS}(?:\s*[、,，;；/]\s*{_NUMBERS})*"),
        (SHORT, _SHORT_LABEL, _LOOSE_GAP, r"\d{3,8}(?!\d)"),
        (MAIL, _MAIL_LABEL, _GIVEN, r"[A-Za-z0-9_\-]{5,32}"),
        (IDENTITY, _IDENTITY_LABEL, _LOOSE_GAP, r"[A-Za-z]?\d{6,17}[\dXxＸ]"),
    )
)
_AND_PHONE = r"\s*[(（/、及和与]\s*(?:联系)?(?:电话|方式|手机)(?:号码)?\s*[)）]?\s*[:：]"
_PHRASE = re.compile(
    rf"(?P<label>{_spaced(_NAME_LABEL)})\s*(?P<colon>[:：]|{_AND_PHONE}|[(（]|\s|为)?\s*"
    r"(?P<rest>[^;；。\n)）〔\d]{2,40})"
)
_BY = re.compile(
    rf"(?P<label>{_spaced('(?:制表|填报|填表|经办|承办|审核|校对)')}\s*[:：]\s*)"
    r"(?P<name>[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){1,2})(?![\u4e00-\u9fff])"
)
"""审核：某某: a name where nothing but a name stands; 承办：市经信局 is none."""
_BETWEEN = r"[\s,，、:：(（)）/]"
_AFTER_NAME = re.compile(
    rf"(?P<name>〔已隐去:姓名〕(?:{_BETWEEN}{{1,3}}[\u4e00-\u9fff]{{2,16}}){{0,2}}{_BETWEEN}{{0,3}})(?P<value>{_NUMBERS})"
    r"(?!\d|\s*(?:[万亿]|元|吨|平方米|亩|年|号))"
)
"""The number that follows a contact's name, also after the body in which they work (联络员：某某，市经信局，…)."""
_PIECES = re.compile(
    r"[\u4e00-\u9fff·]+(?:[ \u3000][\u4e00-\u9fff](?![\u4e00-\u9fff]))?"
    r"|(?<![A-Za-z@])[A-Z][a-z]+(?:[ .][A-Z][a-z]*)+(?![A-Za-z@])"
)
_STOP = re.compile(
    _spaced(
        rf"{_NAME_LABEL}|{_PHONE_LABEL}|{_SHORT_LABEL}|{_FAX_LABEL}|{_MAIL_LABEL}|地址|邮编|职务|单位|部门|负责人|审批人|签发人"
        r"|(?:填报|填表|制表|报送)?(?:日期|时间)"
    )
)
_TITLED = re.compile(r"(?:先生|女士|同志|主任|处长|科长|老师)$")
_AFTER_BODY = re.compile(r"(?<=[局委办处科室部心司会院])[\u4e00-\u9fff]{2,3}$")
_HEADERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?:{_NAME_LABEL})(?:及|和|/|、|与)?(?:(?:联系)?(?:电话|方式)|手机)?"), NAME),
    (re.compile(rf"(?:{_PHONE_LABEL}|{_SHORT_LABEL})(?:号码)?"), PHONE),
    (re.compile(rf"(?:{_FAX_LABEL})"), FAX),
    (re.compile(rf"(?:{_MAIL_LABEL})(?:地址|号码?)?", re.IGNORECASE), MAIL),
    (re.compile(r"(?:身份证|证件|护照)(?:号码?|编号)?"), IDENTITY),
)


_MAY_HOLD = re.compile(
    r"\d[\d\-—－ \t()（）.．·]{5,}[\dXxＸ]|[@＠#]|at[)）\]]|[联经填制承审复校][ \t\u3000\xa0]*[系络办报表手核对]"
    r"|邮[ \u3000]*[箱件]|QQ|微信|钉钉|短号|虚拟网|集群号|小号|分机|内线|[Ee]-?mail"
)
_MAY_LABEL = re.compile(
    "联系|联络|经办|填报|填表|制表|经手|承办|审核|复核|校对|电话|手机|热线|[Tt][Ee][Ll]|传真|[Ff][Aa][Xx]|邮|[Mm]ail"
    "|QQ|微信|钉钉|证|护照|短号|虚拟网|集群号|小号|分机|内线|总机|值班室"
)
_LONGEST_LABEL = 24


def redact(text: str) -> str:
    """The text with personal data replaced by marks. Idempotent: marks stay as they are."""
    if not _MAY_HOLD.search(text):
        return text
    while (safe := _redact_once(text)) != text:  # what is replaced may have hidden where its neighbour begins
        text = safe
    return text


def redact_name(name: str) -> str:
    """A file's name without personal data; its ending stays."""
    stem, dot, ending = name.rpartition(".")
    return f"{redact(stem)}{dot}{ending}" if stem else redact(name)


def _redact_once(text: str) -> str:
    text = _MAIL.sub(mark(MAIL), text)
    for kind, pattern in _LABELLED:
        text = pattern.sub(lambda m, k=kind: m["label"] + _masked(m["value"], k), text)
    text = _IDENTITY.sub(lambda m: mark(IDENTITY) if is_identity(m.group()) else m.group(), text)
    for pattern in (_LANDLINE, _MOBILE, _SERVICE):
        text = pattern.sub(mark(PHONE), text)
    text = _PHRASE.sub(_without_names, text)
    text = _BY.sub(lambda m: m["label"] + (mark(NAME) if is_person(m["name"]) else m["name"]), text)
    return _AFTER_NAME.sub(lambda m: m["name"] + _masked(m["value"], PHONE), text)


def _masked(value: str, kind: str) -> str:
    """Each number of a labelled list replaced; what has too few digits for a telephone stays."""
    if kind in (MAIL, IDENTITY, SHORT):
        return mark(PHONE if kind is SHORT else kind)
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
    if piece.isascii():
        return mark(NAME)
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
