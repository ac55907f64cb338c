"""Resolving: 100,000 names, 4,000 of them distinct and unknown, against all shipped gazetteers.

Ratios to two bare baselines of the same run: rapidfuzz' cdist of the same unknown names with the gazetteers' long
names, and reading the gazetteers' CSV without checking it.
"""

from __future__ import annotations

import csv
import random
from importlib.resources import files

from rapidfuzz import fuzz, process

from benchmarks.measuring import best_of, print_row
from ingest.naming.contract import Scope
from ingest.naming.gazetteer import load_gazetteer
from ingest.naming.names import GazetteerNames

DISTINCT, CALLS = 4_000, 100_000
_PARTS = ("海", "宁", "东", "南", "新", "华", "信", "科", "安", "盛", "远", "达", "鑫", "泰", "恒", "润")
_KINDS = ("科技有限公司", "产业园区", "研究院", "集团", "局", "委员会", "创新中心", "管委会")


def unknown_names(count: int) -> list[str]:
    """Names of every kind that no gazetteer knows, the same in every run."""
    draw = random.Random(20190319)
    names: dict[str, None] = {}
    while len(names) < count:
        stem = "".join(draw.choices(_PARTS, k=draw.randint(2, 5)))
        names[draw.choice(("宁波", "上海市", "市", "")) + stem + draw.choice(_KINDS)] = None
    return list(names)


def main() -> None:
    bare_load = best_of(3, _read_csv)
    print_row("read the gazetteers' CSV", bare_load)
    print_row("load_gazetteer", best_of(3, load_gazetteer), bare_load)
    gazetteer = load_gazetteer()
    asked = unknown_names(DISTINCT)
    calls = random.Random(1).choices(asked, k=CALLS - DISTINCT) + asked
    scope = Scope("宁波市", "doc:x")
    known = [name for name in gazetteer.by_name if len(name) >= 5]
    bare = best_of(2, lambda: process.cdist(asked, known, scorer=fuzz.ratio, score_cutoff=80))
    print_row(f"cdist of {DISTINCT} x {len(known)} names", bare)

    def one_by_one() -> None:
        names = GazetteerNames(gazetteer)
        for name in calls:
            names.resolve(name, scope)

    def together() -> None:
        GazetteerNames(gazetteer).resolve_many([(name, None) for name in calls], scope)

    print_row(f"{CALLS} calls of resolve, {DISTINCT} distinct and unknown", best_of(2, one_by_one), bare)
    print_row("the same by resolve_many", best_of(2, together), bare)


def _read_csv() -> list[list[str]]:
    folder = files("ingest").joinpath("gazetteers")
    return [
        row
        for file in folder.iterdir()
        if file.name.endswith(".csv")
        for row in csv.reader(file.read_text(encoding="utf-8").splitlines())
    ]


if __name__ == "__main__":
    main()
