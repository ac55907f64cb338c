"""Leaders in a cell: names and posts apart."""

from __future__ import annotations

import re

from ingest.naming.contract import Person
from ingest.naming.separators import ORDINAL, REPEATS, STATED_NONE, UNTOLD, separate

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
    "常务副市长|副市长|市长|常务副省长|副省长|省长|自治区主席|副区长|区长|副县长|县长|副旗长|旗长|副州长|州长|盟长|镇长|乡长|副书记|书记|副局长|局长"
    "|副主任|主任|副主席|主席|副部长|部长|副秘书长|秘书长|副厅长|厅长|副院长|院长|副会长|会长|副董事长|董事长|副总经理|总经理|总裁|副校长|校长"
    "|副行长|行长|副所长|所长|厂长|党组成员|党委委员|常委会?委员|政府党组成员|常委|委员|一级巡视员|二级巡视员|副巡视员|巡视员|调研员|副处长|处长"
    "|科长|队长|检察长|指挥长|政委|司令员|总工程师|总经济师|总规划师|局领导|市领导|区领导|县领导|负责人|负责同志|副组长|组长|专员|同志"
)
_GENERAL = (
    "分管|主管|主要|有关|相关|常务|各|联系|牵头|协管|协助|挂钩|有|全体|其他"
    "|市|区|县|省|局|委|办|党|政|兼|原|时任|副"
)
"""What a title without a name begins with: 分管副市长 names nobody."""
_POST_FIRST = re.compile(
    rf"^(?P<post>(?:[^、,，]{{0,24}}?(?:{_POSTS})[、,，兼]?)+)(?P<name>[\u4e00-\u9fff·]{{2,8}})$"
)
_POST_AFTER = re.compile(
    "^[省市区县州旗局委党政人常副总第执分兼原主书秘部厅院会董行校所厂处科队检指司专组同一二巡调领负]"
)
_WITHHELD = re.compile(r"〔已隐去:[^〕]*〕")
_BRACKETED = re.compile(r"^(?P<name>[^()（）]+?)\s*[(（](?P<post>[^()（）]*)[)）]$")
_POST = re.compile(rf"(?:{_POSTS}|领导)$")
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
    """The leaders in a cell, names and posts apart; a post without a name (分管副市长) has an empty name."""
    found: list[Person] = []
    for part in separate(text):
        part = _WITHHELD.sub("", ORDINAL.sub("", part)).strip(" 　。:：")
        part = part[:-1] if part.endswith("等") and is_person(part[:-1]) else part
        said = re.split("[(（]", part)[0]
        if not said or any(one.match(said) for one in (STATED_NONE, REPEATS, UNTOLD)):
            continue
        for person in _in_part(part):
            before = found[-1] if found else None
            if before is not None and not before.name and person.name and person.post:
                found[-1] = Person(person.name, f"{before.post}、{person.post}")
            elif before is not None and before.post and before.name and not person.name and "(" not in part:
                found[-1] = Person(before.name, f"{before.post}、{person.post}")
            else:
                found.append(person)
    return tuple(found)


def _in_part(part: str) -> list[Person]:
    """The people of one part: several names with spaces between, one with spaces inside, or one with a post."""
    words = re.sub(
        r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])", r"\1\2", part
    ).split()
    if len(words) > 1 and all(is_person(word) for word in words):
        return [Person(word) for word in words]
    if len(words) == 2:
        for name, post in (words, words[::-1]):
            if is_person(name) and _POST.search(post):
                return [Person(name, post)]
    return [_person("".join(words))]


def _person(part: str) -> Person:
    bracketed = _BRACKETED.match(part)
    if bracketed is not None:
        inside = bracketed["post"]
        if is_person(bracketed["name"]):
            return Person(bracketed["name"], inside)
        if is_person(inside):
            return Person(inside, bracketed["name"])
        outer = _person(bracketed["name"])
        return Person(outer.name, f"{outer.post}（{inside}）" if outer.post else inside)
    if is_person(part):
        return Person(part)
    before = _POST_FIRST.match(part)
    if before is not None and _may_be_name(before["name"]):
        return Person(before["name"], before["post"].strip("、,，:： "))
    for length in (3, 2, 4):
        name, post = part[:length], part[length:]
        if (
            _POST_AFTER.match(post)
            and _POST.search(post)
            and _may_be_name(name)
            and name[-1] not in "副常总代原兼"
        ):
            return Person(name, post)
    alone = len(part) <= 4 and _NAME.match(part) and not _POST.search(part)
    return Person(part) if alone else Person("", part)


def _may_be_name(text: str) -> bool:
    """Beside a post even a rare surname is one, unless the words are of a title without a name."""
    general = re.match(_GENERAL, text) or re.search("[省市区县局委办厅处部]$", text)
    return not general and (is_person(text) or (bool(_NAME.match(text)) and len(text) <= 3))


def is_person(text: str) -> bool:
    """Whether a text is a Chinese personal name: a surname and one to three characters, or with a ·."""
    clean = re.sub(r"\s+", "", text)
    if not _NAME.match(clean):
        return False
    if "·" in clean or clean.startswith(_COMPOUND):
        return True
    usual = len(clean) <= 3 and clean[0] in _SURNAMES
    return usual and not _POST.search(clean) and not re.search("[省市区县局委办厅处部司院所]$", clean)
