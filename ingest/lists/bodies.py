"""Whether words name a body: what lists are read from must be nothing but names."""

from __future__ import annotations

import re

from ingest.naming.collectives import is_collective
from ingest.naming.contract import Names, Person, Scope
from ingest.naming.person_names import is_person
from ingest.naming.separators import plain
from ingest.naming.words import said

_LONGEST = 30
_LONGEST_PERSON = 3
_LONGEST_SHORT = 12
"""Words without a telling end (上海, 黔西南) are looked up only up to this length."""
_NO_START = re.compile(
    r"^(?:推动|促进|加强|支持|鼓励|引导|深化|开展|推进|建设|建立|通过|围绕|实现|完善|强化|提升|加快|积极|进一步|充分|"
    r"探索|争取|计划|力争|谋划|筹备|协调|指导|督促|确保|适时|尽快|稳步|全力|大力|拟|要|"
    r"根据|按照|为|以|将|把|被|让|使|从|对|在|向|我|该|其|双方|两|本|如|若|并|及|和|与|或|不|未|没有|除)"
)
_NO_NAME = re.compile(
    r"[的了是已也就]|不再|继续|签[署订约]|召开|举行|承担|任务|关系|设[在于](?!线)|兼任|担任"
)
PLACES = frozenset({"province", "city", "district", "county"})
"""Kinds of units that are places."""
POST = re.compile(r"(?:书记|[省市县区州旗镇乡部局厅处院校会]长|主任|主席|常委|同志|专员|巡视员|总经理|领导)")
WORD = (
    "(?:(?:南北|东西部?|山海|省内|市内)?(?:对口|结对|挂钩|定点|帮扶|支援|援建|援助|扶贫|协作|合作|联系|共建))"
)
"""Words of relation, which stand one behind the other: 结对合作帮扶."""
CONNECTING = re.compile(rf"(?:分别|负责|共同|联合)*{WORD}+|[与同和]|[—–―─→↔-]+")
_GENERIC = re.compile(
    r"^(?:产业|工业|科技|现代|农业|先进|制造|高新|技术|经济|重点|贫困|城市|农村|企业|国有|民营|区域|地方|发达|欠发达|东部|西部|"
    r"中部|沿海|结对|受援|支援|帮扶|合作|协作|挂钩|联系|服务|对接|对口|共建|定点|包联|包抓|挂点|责任|牵头|配合|乡镇|镇|银行|开发|试点|示范|市|区|县|城|乡|镇|社|院|校|高|各|园|高校|院校|科研|研究|大学|医院|学校|政府|部门|单位|机构|基地|"
    r"协会|商会|开发区|园区|产业园|市区|县区|地区|社区|街道|村|省份|省|州)+$"
)


def _is_leader(person: Person) -> bool:
    """A name with a post; 加强组织领导 looks like one."""
    said_so = bool(POST.search(person.post)) and person.post != "领导"
    return said_so and len(person.name) <= _LONGEST_PERSON and is_person(person.name)


class Bodies:
    """Answers about the names of one document, kept."""

    def __init__(self, names: Names, scope: Scope) -> None:
        self._names, self._scope = names, scope
        self._known: dict[str, bool] = {}

    def pieces(self, text: str) -> tuple[str, ...]:
        """The names that a text is a list of, as printed; empty where any part of it is no name."""
        text = text.strip(" \u3000")
        if not text or len(text) > 400:
            return ()
        split = self._names.split(text, self._scope)
        names = tuple(piece.text for piece in split.pieces)
        if split.glued or not all(self.is_body(name) for name in names):
            return ()
        return names

    def some(self, text: str) -> bool:
        """Whether any part of a text is a name."""
        return any(self.is_body(piece.text) for piece in self._names.split(text[:400], self._scope).pieces)

    def is_body(self, text: str) -> bool:
        if text not in self._known:
            self._known[text] = self._is_body(plain(text))
        return self._known[text]

    def heads(self, text: str) -> bool:
        """Whether a text is nothing but places, or leaders with their posts: what stands below says something of them,
        and they are no task."""
        pieces = self.pieces(text)
        if pieces and all(self._is_place(name) for name in pieces):
            return True
        people = self._names.people(text) if len(text) <= _LONGEST else ()
        return bool(people) and all(_is_leader(one) for one in people)

    def _is_place(self, text: str) -> bool:
        """A county, or a place that the gazetteers know: 人才特区 and 智慧城市 end as places do."""
        kind = said(plain(text))
        if kind is None or kind.kind not in PLACES:
            return False
        return text.endswith("县") or self._names.resolve(plain(text), self._scope).known

    def _is_body(self, text: str) -> bool:
        if not 2 <= len(text) <= _LONGEST or _NO_NAME.search(text):
            return False
        if _NO_START.match(text):  # 和龙市
            return len(text) <= 4 and self._names.resolve(text, self._scope).known
        if re.search(r"[。:!?…\[\]【】]", text):
            return False
        if is_collective(text):
            return True
        if _GENERIC.match(text) or self._is_two(text):
            return False
        if said(text) is not None:
            return True
        return len(text) <= _LONGEST_SHORT and self._names.resolve(text, self._scope).known

    def _is_two(self, text: str) -> bool:
        """Whether the text is two bodies with what connects them, which ends as a name does: 上海对口支援都江堰市."""
        for match in CONNECTING.finditer(text):
            if self.is_body(text[: match.start()]) and self.is_body(text[match.end() :]):
                return True
        return False
