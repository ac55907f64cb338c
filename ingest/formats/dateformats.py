"""Dates and times as a spreadsheet displays them: serial day numbers by the tokens of a format."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ingest.formats.formatcodes import Token, tokens
from ingest.formats.numbering import format_number

_EPOCH = datetime(1899, 12, 30)
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SYSTEM = {"F800": 'yyyy"年"m"月"d"日"', "F400": "h:mm:ss"}
"""The system's long date and time, as a Chinese Windows has them."""


def is_date_format(section: Sequence[Token]) -> bool:
    """Whether a section shows a date or time rather than a number."""
    return any(t.kind == "dates" for t in section) and not any(t.kind in ("general", "text") for t in section)


def moment(serial: float, *, from_1904: bool = False) -> datetime | None:
    """The date and time of a serial number, to the millisecond; None where there is none.

    The 1900 system counts a 29 February 1900 that never was (serial 60), so days before it are one off.
    """
    days = serial + 1462 if from_1904 else (serial if serial >= 60 else serial + 1)
    if not 0 <= days < 2_958_466 + 1462:
        return None
    return _EPOCH + timedelta(milliseconds=round(days * 86_400_000))


def format_date(serial: float, section: Sequence[Token], *, from_1904: bool = False) -> str:
    """The text of a date; Excel shows ##### for what is no date, which is left empty here."""
    system = next((t.text for t in section if t.kind == "bracket" and t.text in _SYSTEM), None)
    shown = list(tokens(_SYSTEM[system])) if system else list(section)
    when = moment(serial, from_1904=from_1904)
    if when is None:
        return ""
    if not any(t.text.endswith(tuple("0")) and t.text.startswith("s") for t in shown if t.kind == "dates"):
        when = (when + timedelta(milliseconds=500)).replace(microsecond=0)
    chinese = any(t.kind == "bracket" and t.text.startswith("DBNum") for t in shown)
    half = any(t.text in ("AM/PM", "A/P", "上午/下午") for t in shown)
    words: list[str] = []
    for index, token in enumerate(shown):
        if token.kind == "dates":
            words.append(_part(token.text, when, serial, shown, index, half=half, chinese=chinese))
        elif token.kind in ("literal", "digits", "percent"):
            words.append(token.text)
    return "".join(words).strip()


def _part(
    code: str,
    when: datetime,
    serial: float,
    shown: Sequence[Token],
    index: int,
    *,
    half: bool,
    chinese: bool,
) -> str:
    if code.startswith("["):
        return _elapsed(code, serial)
    if code in ("AM/PM", "A/P", "上午/下午"):
        return code.split("/")[when.hour >= 12]
    if code[0] in "dag":
        return _day(code, when, chinese=chinese)
    if code[0] in "yeb":
        year = f"{when.year % 100:02d}" if code == "yy" else str(when.year)
        return format_number(int(year), "ideographDigital") if chinese else year
    if code[0] == "m" and not _is_minute(shown, index):
        return _month(code, when, chinese=chinese)
    if code[0] == "s" and "." in code:
        return f"{when.second:02d}.{when.microsecond // 1000:03d}"[: 3 + code.count("0")]
    number = {"m": when.minute, "s": when.second}.get(code[0], (when.hour % 12 or 12) if half else when.hour)
    return _padded(number, code, chinese=chinese)


def _padded(number: int, code: str, *, chinese: bool) -> str:
    if chinese:
        return format_number(number, "chineseCounting")
    return f"{number:02d}" if len(code) > 1 else str(number)


def _month(code: str, when: datetime, *, chinese: bool) -> str:
    if len(code) >= 3:
        word = _MONTHS[when.month - 1] if len(code) == 3 else _LONG_MONTHS[when.month - 1]
        return word[0] if len(code) == 5 else word
    return _padded(when.month, code, chinese=chinese)


def _day(code: str, when: datetime, *, chinese: bool) -> str:
    if code[0] == "g":
        return ""
    if code[0] == "a":
        return ("星期" if len(code) == 4 else "") + _WEEKDAYS[when.weekday()]
    if len(code) >= 3:
        word = _LONG_DAYS[when.weekday()]
        return word if len(code) > 3 else word[:3]
    return _padded(when.day, code, chinese=chinese)


def _is_minute(shown: Sequence[Token], index: int) -> bool:
    """`m` means minutes directly after hours or directly before seconds (§18.8.31)."""
    codes = [(i, t.text.strip("[]")) for i, t in enumerate(shown) if t.kind == "dates"]
    at = next(n for n, (i, _) in enumerate(codes) if i == index)
    before = codes[at - 1][1] if at else ""
    after = codes[at + 1][1] if at + 1 < len(codes) else ""
    return before.startswith("h") or after.startswith("s")


def _elapsed(code: str, serial: float) -> str:
    seconds = round(serial * 86400)
    unit = {"h": 3600, "m": 60, "s": 1}[code[1]]
    return str(seconds // unit).rjust(len(code) - 2, "0")
