"""Leaders in a cell: names and posts apart."""

from __future__ import annotations

import re

from ingest.naming import Person
from ingest.separators import ORDINAL, REPEATS, STATED_NONE, separate

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
    "殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时"
    "穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明"
    "佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支"
    "卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅"
    "利於呼居揭游干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_POSTS = (
    "常务副市长|副市长|市长|常务副省长|副省长|省长|副区长|区长|副县长|县长|副书记|书记|副局长|局长|副主任|主任|副主席|主席|部长|副部长|秘书长|副秘书长"
    "|党组成员|党组书记|党委书记|党委委员|常委|委员|厅长|副厅长|院长|副院长|会长|副会长|董事长|总经理|副总经理|总裁|巡视员|调研员|副巡视员|二级巡视员"
    "|一级巡视员|处长|副处长|科长|队长|检察长|指挥长|政委|司令员|总工程师|总经济师|总规划师|局领导|同志|组长|副组长|行长|校长|所长|厂长|干事|专员|盟长|州长|旗长|镇长|乡长"
)
_POST_FIRST = re.compile(
    rf"^(?P<post>(?:.{{0,24}}?(?:{_POSTS})[、,，兼]?)+)(?P<name>[\u4e00-\u9fff·]{{2,6}}|[\u4e00-\u9fff]\s*[\u4e00-\u9fff])$"
)
_NAME_FIRST = re.compile(
    rf"^(?P<name>[\u4e00-\u9fff]{{1,4}}?)(?P<post>(?:[^\u4e00-\u9fff]?.{{0,16}}?)(?:{_POSTS}))$"
)
_BRACKETED = re.compile(r"^(?P<name>[\u4e00-\u9fff·\s]{2,8}?)\s*[(（](?P<post>[^()（）]+)[)）]$")
_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,12}$")
_COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "尉迟",
    "令狐",
    "皇甫",
    "慕容",
    "东方",
    "司徒",
    "公孙",
    "端木",
    "夏侯",
)


def people(text: str) -> tuple[Person, ...]:
    """The leaders in a cell, names and posts apart; a post without a name has an empty name."""
    found: list[Person] = []
    for part in separate(text):
        part = ORDINAL.sub("", part).strip(" 　。:：")
        if not part or STATED_NONE.match(part) or REPEATS.match(part):
            continue
        found += _many(part)
    return tuple(found)


def _many(part: str) -> list[Person]:
    words = part.split()
    if len(words) > 1 and all(is_person(word) for word in words):
        return [Person(word) for word in words]
    if len(words) == 2 and all(len(word) == 1 for word in words):
        return [Person("".join(words))]
    if len(words) == 2 and is_person(words[0]) and re.search(_POSTS, words[1]):
        return [Person(words[0], words[1])]
    if len(words) == 2 and is_person(words[1]) and re.search(_POSTS, words[0]):
        return [Person(words[1], words[0])]
    return [_person(re.sub(r"\s+", "", part))]


def _person(part: str) -> Person:
    bracketed = _BRACKETED.match(part)
    if bracketed is not None and is_person(bracketed["name"]):
        return Person(re.sub(r"\s+", "", bracketed["name"]), bracketed["post"])
    if is_person(part) and not re.search(rf"(?:{_POSTS}|领导)$", part):
        return Person(part)
    for pattern in (_POST_FIRST, _NAME_FIRST):
        match = pattern.match(part)
        if match is not None and is_person(match["name"]):
            return Person(match["name"], match["post"].strip("、,，:： "))
    return Person("", part)


def is_person(text: str) -> bool:
    """Whether a text is a Chinese personal name: a surname and one to three characters, or with a ·."""
    clean = re.sub(r"\s+", "", text)
    if not _NAME.match(clean):
        return False
    if "·" in clean or clean.startswith(_COMPOUND):
        return True
    return len(clean) <= 4 and clean[0] in _SURNAMES and not re.search(rf"(?:{_POSTS}|领导|同志)$", clean)
