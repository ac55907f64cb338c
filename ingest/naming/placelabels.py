"""A place before the villages that lie in it, as lists print it once: 柳林乡：西坡村、南坡村, 柳林乡①下河村②东坡村."""

from __future__ import annotations

import re

from ingest.naming.separators import ORDINAL, separate

_PLACE = r"[一-鿿]{1,8}(?:乡|镇|街道|县|区|市|旗)"
_VILLAGE = re.compile(r"[一-鿿]{1,12}(?:村|社区|居委会|村委会)")
_LABELLED = re.compile(
    rf"(?:(?<=^)|(?<=[、，,；;\n]))\s*(?P<place>{_PLACE})\s*[:：]\s*(?={_VILLAGE.pattern}\s*(?:$|[、，,；;\n]))"
)
_BEFORE_NUMBERS = re.compile(rf"\s*(?P<place>{_PLACE})(?P<rest>[①❶⑴].+)", re.DOTALL)
_SAYS_WHAT = re.compile(
    "责任|帮扶|结对|所在|对口|受援|牵头|配合|联系|挂钩|[各本]|县区|区县|市县|县市|乡镇|镇街|镇乡"
)
"""What a label says that is no place's name: 责任乡镇."""


def with_places(text: str) -> str:
    """The text with each such place before the first of its villages, as it is printed elsewhere: 柳林乡西坡村、南坡村;
    unchanged where what follows is anything but villages."""
    numbered = _BEFORE_NUMBERS.fullmatch(text)
    if numbered is not None and not _SAYS_WHAT.search(numbered["place"]):
        parts = [ORDINAL.sub("", part, count=1).strip() for part in separate(numbered["rest"])]
        if all(map(_VILLAGE.fullmatch, parts)):
            return numbered["place"] + "\n".join(parts)
    return _LABELLED.sub(_joined, text) if ":" in text or "：" in text else text


def _joined(match: re.Match[str]) -> str:
    return match[0] if _SAYS_WHAT.search(match["place"]) else match["place"]
