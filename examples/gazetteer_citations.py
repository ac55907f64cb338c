"""What the lists behind the gazetteers call their sources, and how the shipped files cite them: the title first, as a
reader would say it, then the address."""

from __future__ import annotations

import re

PARTED = "; "
"""Between two sources of one row of a list."""
CITED = {
    "modood/Administrative-divisions-of-China@f715135 dist/areas.csv (data to 2019-10-31)": (
        "国家统计局统计用区划代码（项目 modood/Administrative-divisions-of-China 整理）"
    ),
    "http://dvbcn.com/p/147376.html (A级 list 2023, first 31 of 49)": (
        "中央企业 A 级名单（49 家中的前 31 家）；http://dvbcn.com/p/147376.html"
    ),
    "https://nfa5.com/start/202207/18275325.html (2019-2021 list, from the first 42 of 46)": (
        "中央企业名单（2019–2021 年，46 家中的前 42 家）；https://nfa5.com/start/202207/18275325.html"
    ),
    "list taken from the Shanghai SASAC site": "上海市国资委网站企业名单",
    "public list of national development zones (partial)": "国家级开发区公开名单（部分）",
    "https://dinovaliano.com/news/finance/20180309/105247119376.shtml"
    " (repost of 中商情报网 on the 2018 目录; rows 1-8 of 59)": (
        "中商情报网所载 2018 年目录（59 行中的前 8 行）；https://dinovaliano.com/news/finance/20180309/105247119376.shtml"
    ),
    "public list": "开发区公开名单",
    "district column is its author's": "所在区由名单作者注明",
    "event notice of 2019-04-12 names it": "2019 年 4 月 12 日公开活动通知所称",
    "so do later public documents": "此后公开文件亦同",
    "procurement notices and project approvals of 2026 name it": "2026 年采购公告、项目批复所称",
    "notices of high-tech recognition name it, 2013 to 2025": "2013–2025 年高新技术企业认定公告所称",
    "the seed itself (宁波杭州湾新区管委会)": "甬政办发〔2019〕32号（宁波杭州湾新区管委会）",
    "development_zones_sh_zj.csv": "沪浙开发区公开名单",
    "https://www.qubanbao.cn/yule/528427.html": (
        "宁波开发区沿革的网页；https://www.qubanbao.cn/yule/528427.html"
    ),
    "https://www.qubanbao.cn/yule/528427.html (merged into 宁波经开区 in 2022, says the page)": (
        "宁波开发区沿革的网页（2022 年并入宁波经开区）；https://www.qubanbao.cn/yule/528427.html"
    ),
    "name in use in 2019 in public company names": "2019 年公开的公司名称所用",
    "later 梅山综合保税区 (https://www.qubanbao.cn/yule/528427.html)": (
        "后为梅山综合保税区；https://www.qubanbao.cn/yule/528427.html"
    ),
    "public list of graduate institutions, group Shanghai": "研究生培养单位公开名单（上海）",
}
"""The lists' own words → the citation."""
_LISTED = re.compile("|".join(re.escape(words) for words in sorted(CITED, key=len, reverse=True)))


def cited(source: str) -> str:
    """The source as it is cited; what is not among the citations stays as the list has it."""
    return _LISTED.sub(lambda found: CITED[found.group()], source).replace(PARTED, "；")
