"""Spellings of bodies that no gazetteer lists: told to the review desk, decided, taken back, over both stores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.model import Entity
from graph.settings import Settings
from graph.store import Statement, Store
from graph.vocabulary import EntityType
from ingest.library import Library
from ingest.naming.gazetteer import load_gazetteer
from ingest.naming.gazetteer_index import GazetteerIndex
from ingest.naming.spellings import Spellings
from ingest.naming.words import kind_of
from ingest.outcomes import ReviewItem
from tests.ingest.documents import TASKS, docx

SHORT, FULL = "unit:市海洋渔业局@宁波市", "unit:市海洋与渔业管理局@宁波市"


@pytest.fixture(scope="module")
def spellings() -> Spellings:
    return Spellings(GazetteerIndex(load_gazetteer()))


def _entities(names: Sequence[str], region: str = "宁波市") -> list[Entity]:
    kinds = [kind_of(name, None) for name in names]
    return [
        Entity(f"{kind.type.value.lower()}:{name}@{region}", kind.type, name, kind.kind, region)
        for name, kind in zip(names, kinds, strict=True)
    ]


@pytest.mark.parametrize(
    ("short", "fuller", "score"),
    [
        ("市海洋渔业局", "市海洋与渔业局", 98),
        ("市交通局", "市交通运输局", 98),
        ("市人社局", "市人力资源和社会保障局", 98),
        ("市发展改革委", "宁波市发展和改革委员会", 98),
        ("市民整局", "市民政局", 95),
        ("市规划局", "市自然资源和规划局", 85),
        ("市卫生局", "市卫生和计划生育局", 85),
        ("宁波港", "宁波港集团有限公司", 85),
        ("市大数据发展官理局", "市大数据发展管理局", 95),
        ("市综合行政执发局", "市综合行政执法局", 95),
        ("市口岸管理办公窒", "市口岸管理办公室", 80),
    ],
)
def test_the_shorter_name_asks_whether_it_is_the_fuller_one(
    spellings: Spellings, short: str, fuller: str, score: int
) -> None:
    names = [short, fuller]
    kind = kind_of(fuller, None).type
    entities = [Entity(f"x:{n}@宁波市", kind, n, "", "宁波市") for n in names]
    ((asks, (choice,)),) = spellings.alike(entities).items()
    found = choice["score"]
    assert choice["name"] in names and choice["name"] != asks.removeprefix("x:").removesuffix("@宁波市")
    assert (found == score) if score > 80 else (found >= score)
    if len(short) != len(fuller):
        assert choice["name"] == fuller
        assert spellings.alike(entities[::-1]).keys() == {asks}


@pytest.mark.parametrize(
    "names",
    [
        ("市第一医院", "市第二医院"),
        ("市公安局", "市公安局交通警察支队"),
        ("城东开发区", "城西开发区"),
        ("市教育局", "市体育局"),
        ("市委办公室", "市政府办公室"),
        ("区发改局", "市发改局"),
        ("宁波甲产业有限公司", "宁波乙产业有限公司"),
        ("民盟市委", "民进市委"),
        ("复旦大学", "复旦大学微电子研究院"),
        ("市财政局", "市审计局"),
        ("单位0001", "单位0002"),
    ],
)
def test_names_of_different_bodies_ask_nothing(spellings: Spellings, names: tuple[str, str]) -> None:
    assert spellings.alike(_entities(names)) == {}


def test_bodies_of_two_cities_or_two_kinds_are_never_compared(spellings: Spellings) -> None:
    one, other = _entities(["市海洋渔业局"]), _entities(["市海洋与渔业局"], "湖州市")
    assert spellings.alike([*one, *other]) == {}
    person = [Entity(one[0].id, EntityType.ORGANISATION, "市海洋渔业局", "unknown", "宁波市")]
    assert spellings.alike([*person, *_entities(["市海洋与渔业局"])]) == {}


def test_a_zone_and_its_committee_under_two_names_ask_each_other(spellings: Spellings) -> None:
    park = Entity("park:宁波甲经济开发区@宁波市", EntityType.PARK, "宁波甲经济开发区", "", "宁波市")
    name = "甲经济技术开发区管委会"
    zone = Entity("unit:甲经济技术开发区@宁波市", EntityType.UNIT, name, "zone_committee", "宁波市")
    ((asks, (choice,)),) = spellings.alike([park, zone]).items()
    assert (asks, choice["id"], choice["score"]) == (park.id, zone.id, 98)
    far = Entity("park:乙经济开发区@宁波市", EntityType.PARK, "乙经济开发区", "", "宁波市")
    assert spellings.alike([far, zone]) == {}


def test_a_nameplate_that_stands_alone_asks_for_the_body_that_has_it(spellings: Spellings) -> None:
    office, plate, elsewhere = (
        Entity(f"unit:{name}@{region}", EntityType.UNIT, name, kind, region)
        for name, kind, region in (
            ("市教育局", "bureau", "宁波市"),
            ("市委教育工委", "party_organ", "宁波市"),
            ("市委教育工委", "party_organ", "湖州市"),
        )
    )
    ((asks, (choice,)),) = spellings.alike([office, plate, elsewhere], [(office, "市委教育工委")]).items()
    assert (asks, choice["id"], choice["score"]) == (plate.id, office.id, 97)
    assert "两块牌子" in choice["reason"]


@pytest.fixture
def library(store: Store, tmp_path: Path) -> Library:
    library = Library(store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))
    for name, lead in (("甲", "海洋渔业局"), ("乙", "市海洋与渔业管理局"), ("丙", "市海洋渔业局")):
        rows = [TASKS[0], ("1", f"建立{name}机制", "王一", lead, "市科技局")]
        library.ingest([(f"{name}.docx", docx(f"宁波市关于{name}的通知", "附件1", "任务分工表", rows))])
    return library


def _asked(library: Library) -> ReviewItem:
    (item,) = [one for one in library.review() if one["printed"] == "市海洋渔业局"]
    return item


def _leads(library: Library, entity: str) -> list[str]:
    """Texts of the cells in which an entity leads."""
    found: list[str] = []
    for one in library.store.documents():
        table = library.store.table(one.document.id, 1)
        assert table is not None
        found += [name.text for name in table.names if name.entity == entity]
    return found


def test_a_spelling_is_accepted_and_taken_back_wherever_it_stands(library: Library) -> None:
    before = library.store.fetch(_CONTENT, {})
    item = _asked(library)
    assert item["entity"]["id"] == SHORT and [c["id"] for c in item["choices"]] == [FULL]
    assert [cell["text"] for cell in item["cells"]] == ["海洋渔业局", "市海洋渔业局"]
    reread = library.accept(item["id"], FULL, "张三")
    assert [(len(one.added), len(one.removed)) for one in reread] == [(1, 1), (1, 1)]
    assert library.store.resolve(SHORT) == FULL
    assert sorted(_leads(library, FULL)) == ["市海洋与渔业管理局", "市海洋渔业局", "海洋渔业局"]
    decided = _asked(library)
    assert decided["decision"] and decided["decision"]["entity"] == FULL
    assert {cell["text"] for cell in decided["cells"]} == {"海洋渔业局", "市海洋渔业局"}
    undone = library.undo(item["id"], "李四")
    assert [(len(one.added), len(one.removed)) for one in undone] == [(1, 1), (1, 1)]
    assert library.store.fetch(_CONTENT, {}) == before and library.store.aliases() == {}
    assert _asked(library) == item


def test_a_spelling_that_is_rejected_asks_no_more_until_that_is_taken_back(library: Library) -> None:
    item = _asked(library)
    version = library.store.version()
    assert [(one.added, one.removed) for one in library.reject(item["id"], "张三")] == [([], []), ([], [])]
    assert library.store.version() != version and library.store.resolve(SHORT) == SHORT
    assert (_asked(library)["decision"] or {})["entity"] is None
    library.undo(item["id"], "张三")
    assert _asked(library) == item


def test_a_decision_follows_its_entity_to_a_fuller_name(library: Library) -> None:
    library.accept(_asked(library)["id"], FULL, "张三")
    rows = [TASKS[0], ("1", "建立丁机制", "王一", "宁波市海洋与渔业管理局、海洋渔业局", "市科技局")]
    library.ingest([("丁.docx", docx("宁波市关于丁的通知", "附件1", "任务分工表", rows))])
    full = "unit:宁波市海洋与渔业管理局"
    assert library.store.resolve(SHORT) == library.store.resolve(FULL) == full
    assert len(_leads(library, full)) >= 1 and not _leads(library, SHORT)
    library.undo(_asked(library)["id"], "张三")
    assert library.store.resolve(SHORT) == SHORT and library.store.resolve(FULL) == full


_CONTENT = Statement(
    "SELECT id, source, target FROM claim ORDER BY id",
    "MATCH (a:Entity)-[c]->(b:Entity) RETURN c.id AS id, a.id AS source, b.id AS target ORDER BY id",
)
