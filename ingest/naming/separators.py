"""The marks of lists in cells: separators, ordinals, and the words for none and for the same again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ingest.naming.words import said

Knows = Callable[[str], bool]
"""Whether the gazetteers know a text as a name."""

_OF = "对口|结对|对应|合作|对接|挂钩|帮扶|联系|支援|协作|配合|牵头|责任|相关|有关"
_THINGS = "单位|部门|对象|关系|园区|机构|企业|院所|地区|领导|任务|安排|计划|项目|内容"
STATED_NONE = re.compile(
    rf"^\s*(?:(?:目前|现|暂时|尚|均|暂)*(?:无|没有)(?:{_OF})*(?:{_THINGS})?|不(?:涉及|适用)"
    r"|/|\\|—+|－+|-+|–+|―+|─+|一—|N/?A)[\s。]*$",
    re.IGNORECASE,
)
UNTOLD = re.compile(
    rf"^\s*(?:(?:目前|暂|尚|仍|还|均|有)*[待未](?:.{{0,8}}(?:定|明确|落实|补充|安排|报送?|核实|分配|公布|研究|商|商议|通知|协商|对接|指定|选派|填写?"
    rf"|结对|衔接|签约|启动|提供|到位))(?:中|后.{{0,6}})?"
    rf"|另(?:行|外)?.{{0,4}}(?:通知|定|文|安排|发|明确|确定)|正在.{{1,10}}"
    rf"|(?:{_OF}|洽谈|协商|衔接|推进|研究|拟定|办理|进行|商议|调整|筹备|争取|任命|安排|确定)中"
    rf"|(?:详)?见(?:附件|附表|备注|注|后|下|上|说明|原文).{{0,8}}|(?:已|拟|将|即将)(?:取消|撤销|调整|完成|落实|签约|到位|解除|终止|退出|{_OF})"
    rf"|不(?:详|变|明|再|作|设|需|参与|承担|安排).{{0,8}}|无需|空缺|空白|暂缺|缺|视.{{0,8}}(?:确定|而定|情况|安排)"
    rf"|(?:按照?|根据|结合|依).{{0,10}}(?:确定|安排|情况|需要|执行)|全部|全体|若干|多家|长期|常年|是|否|有|同左|同右|继续|维持|保留|原有|新增|某某?某?|[✗✘?？]|[×xX＊*]+|…+)[\s。]*$"
)
"""What stands where a name should and names nobody: 待定, 另行通知, 正在对接, 详见附件."""
REPEATS = re.compile(r"^\s*(?:同上|同前|[〃″\"“”]{1,2}|::)\s*$")
_CIRCLED = "①-⑳㉑-㉟❶-❿⑴-⒇⒈-⒛"
DASH = re.compile(r"\s*(?:[—–―─-]{1,4}|－{1,2}|<?[-—]+>|[→↔⇔])\s*")
"""What stands between the two of a pair: 海曙区——松阳县."""
ORDINAL = re.compile(
    r"^\s*(?:[(（]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,3}\s*[.．、)）](?!\d)"
    rf"|[一二三四五六七八九十]{{1,3}}、|[{_CIRCLED}])\s*"
)
_NEXT_ORDINAL = re.compile(
    rf"(?<=[^\s\d(（])\s*(?=[{_CIRCLED}]|[(（]\d{{1,2}}[)）]|(?<!\d)\d{{1,2}}[.．、](?!\d))"
)
ROLE_BEFORE = re.compile(
    r"^\s*(?:[(（](?P<bracketed>牵头|配合|主办|协办|参与)(?:单位|部门)?[)）]\s*[:：]?"
    r"|(?P<role>牵头|配合|协办|主办|责任|参与|协同)(?:责任)?(?:单位|部门|领导)?\s*[:：])\s*"
)
_ROLE_GAP = re.compile(
    r"(?:(?<=[局委办会厅院司府区县市部室社处站心])|(?<=\S)[ \u3000\t]+)"
    r"(?=(?:牵头|配合|协办|主办|责任|参与|协同)(?:责任)?(?:单位|部门)\s*[:：])"
    r"|(?<=[头合办与][)）])[ \u3000\t]+(?=\S)"
)
"""Where a new role begins without a separator: 牵头单位：市交通局 配合单位：市口岸办, 市商务局（牵头） 市口岸办."""
_BRACKETED = re.compile(r"[(（](?!\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）])[^()（）]+[)）]")
"""A line of nothing but a remark in brackets, which belongs to the name above it; （一） is an ordinal."""
HARD = "、，,；;/\n|／"
BRACKETS = {"(": ")", "（": "）", "〔": "〕", "[": "]", "【": "】", "《": "》", "“": "”", "「": "」"}
_BEGINS = re.compile(r"^(?:[省市区县州](?!域)|自治|各|有关|相关|中国|国家|上海|宁波)")
_COMPLETE = re.compile(r"(?:中心|平台|基地|联盟|站|组|馆|部|团|队|厂|店|学会|协会|商会)$")
_TAIL = re.compile(
    r"^(?:员会|委员会|会|局|委|办|公司|限公司|有限公司|任公司|责任公司|份有限公司|学|院|究院|究所|所|区|园区|发区|府|政府|民政府|人民政府"
    r"|团|集团|司|市|县|管委会|委会|理委员会|管理委员会|室|公室|办公室|心|[)）].*)$"
)


def labelled(text: str) -> tuple[str, str]:
    """The label before the first colon and what stands behind it; without a label ("", the text)."""
    label, _, rest = re.sub("[:：]", "：", text, count=1).partition("：")
    label = label.strip()
    return (label, rest.strip()) if label and label != text.strip() else ("", text.strip())


def plain(text: str) -> str:
    """NFKC without any space: how names are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def separate(text: str, knows: Knows = lambda _: False) -> list[str]:
    """The parts of a text between separators that stand outside brackets, as printed.

    A line break inside a word or bracket is none (市经\\n信局); ordinals begin a part (①…②…).
    """
    text = _rejoined(text.replace("\r\n", "\n").replace("\r", "\n"), knows)
    if "单位" in text or "部门" in text or ")" in text or "）" in text:
        text = _ROLE_GAP.sub("\n", text)
    if ORDINAL.match(text):
        text = _NEXT_ORDINAL.sub("\n", text)
    parts: list[str] = [""]
    closing: list[str] = []
    for at, char in enumerate(text):
        if char in BRACKETS and BRACKETS[char] in text[at:]:
            closing.append(BRACKETS[char])
        elif closing and char == closing[-1]:
            closing.pop()
        if char in HARD and not closing and not _ordinal_comma(parts[-1], char):
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _ordinal_comma(before: str, char: str) -> bool:
    """一、 and 1、 are ordinals: their 、 belongs to them."""
    return char == "、" and bool(re.fullmatch(r"\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})", before))


def _rejoined(text: str, knows: Knows) -> str:
    """Lines that a narrow cell broke inside one name are put together again."""
    lines = text.split("\n")
    joined = [lines[0]]
    marks_come_first = ROLE_BEFORE.match(lines[0]) is not None
    for line in lines[1:]:
        before, after = joined[-1].strip(), line.strip()
        noted = _BRACKETED.fullmatch(after) and not (marks_come_first and ROLE_BEFORE.match(after))
        if before and after and (noted or _broken(before, after, knows)):
            joined[-1] = before + after
        else:
            joined.append(line)
    return "\n".join(joined)


def _broken(before: str, after: str, knows: Knows) -> bool:
    """Whether a line break stands inside a name: in an open bracket, or between halves that are no names."""
    if ORDINAL.match(after) or ROLE_BEFORE.match(after):
        return False
    if len(re.findall("[(（]", before)) > len(re.findall("[)）]", before)):
        return True
    last = plain(re.split(rf"[{re.escape(HARD)}]", before)[-1])
    first = plain(re.split(rf"[{re.escape(HARD)}]", after)[0])
    if not last or not first or said(last + first) is None:
        return False
    if _TAIL.match(first):
        return True
    half = said(last) is None and not _COMPLETE.search(last) and not knows(last)
    return half and not _BEGINS.match(first) and not knows(first)
