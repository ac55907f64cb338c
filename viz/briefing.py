"""What a briefing says: the views of a programme, a unit or a leader, the lists behind them, and a summary in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from graph.catalogue import Lang, Parameters, StatusFilter
from graph.errors import InvalidParameter
from graph.statements.entities import entities_by_id
from graph.statements.scope import entity_of, scope_of
from graph.statements.titles import document_words
from graph.vocabulary import EntityType
from viz.asking import ask, detailed
from viz.briefing_summary import summary_of
from viz.briefing_words import SAID
from viz.links import actor_of
from viz.registry import find_view
from viz.scene import Scene

if TYPE_CHECKING:
    from graph.store import Store

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Form = Literal["docx", "pdf", "pptx", "xlsx", "svg", "png", "html"]
FORMS: tuple[Form, ...] = get_args(Form)
"""What a pack is made of, by its files' endings, in the index's order."""


class BriefingParameters(BaseModel):
    """What a briefing is about; with nothing given, everything official that is in force today."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    programme: str | None = Field(None, min_length=1, description="合作事项：只看此事项")
    unit: str | None = Field(None, min_length=1, description="单位（id 或唯一名称）")
    leader: str | None = Field(None, min_length=1, description="领导（id 或唯一名称）")
    since: str | None = Field(None, min_length=1, description="与哪份文件比较（id、文号或标题）")
    status: StatusFilter = Field("official", description="正式、示例或全部")
    as_of: str | None = Field(
        None, description="某日有效的关系，默认今天", json_schema_extra={"format": "date"}
    )
    lang: Lang = Field("zh", description="zh 或 en")
    forms: list[Form] = Field(default_factory=list, description="只要哪些形式，默认全部")

    @field_validator("forms")
    @classmethod
    def _in_order(cls, value: list[Form]) -> list[Form]:
        """The forms in the index's order, so that the same wish gives the same pack; none for all of them."""
        chosen: list[Form] = [form for form in FORMS if form in value]
        return [] if len(chosen) == len(FORMS) else chosen

    def wants(self, form: Form) -> bool:
        return not self.forms or form in self.forms

    @field_validator("as_of")
    @classmethod
    def _is_day(cls, value: str | None) -> str | None:
        if value is not None and not _DAY.fullmatch(value):
            raise ValueError("应为日期，如 2019-03-19")
        if value is not None:
            try:
                date.fromisoformat(value)
            except ValueError:
                raise ValueError("应为日期，如 2019-03-19") from None
        return value


@dataclass(frozen=True, slots=True)
class Briefing:
    """Views that show something, the lists behind them, and what the summary counts."""

    params: BriefingParameters
    title: str
    day: str
    leader: str
    """The leader's name where it is about one."""
    since: str
    """The document that is compared with, as sources name it."""
    scenes: tuple[Scene, ...]
    pairs: tuple[Mapping[str, Any], ...]
    coverage: tuple[Mapping[str, Any], ...]
    kinds: tuple[str, ...]
    gaps: tuple[Mapping[str, Any], ...]
    unverified: int
    tasks: tuple[Mapping[str, Any], ...]
    liaisons: tuple[Mapping[str, Any], ...]
    regions: Mapping[str, str]
    """Region of each home unit, by id."""
    summary: tuple[str, ...]

    @property
    def illustrative(self) -> bool:
        return any(scene.caption.illustrative for scene in self.scenes)

    def scene(self, view: str) -> Scene | None:
        return next((scene for scene in self.scenes if scene.view == view), None)


def settled(store: Store, params: BriefingParameters) -> BriefingParameters:
    """The same wish with ids for names and with its day, so that it says the same tomorrow and however it was put.

    Raises InvalidParameter, with the near names, for a name that nothing has or several have.
    """
    return params.model_copy(
        update={
            "unit": entity_of(store, params.unit, "unit"),
            "leader": entity_of(store, params.leader, "leader", (EntityType.LEADER,)),
            "since": _document_of(store, params.since),
            "as_of": params.as_of or date.today().isoformat(),
        }
    )


def _document_of(store: Store, text: str | None) -> str | None:
    """The id of the document that is compared with."""
    try:
        return scope_of(store, Parameters.model_validate({"document": text})).document
    except InvalidParameter as unknown:
        raise InvalidParameter(unknown.message, **{**unknown.details, "parameter": "since"}) from None  # pyright: ignore[reportArgumentType]  # the error tree keeps details as objects


def _wanted(params: BriefingParameters) -> list[tuple[str, dict[str, Any]]]:
    """The views with their filters. A leader has tasks but no pairs: then these views are left out."""
    unit, leader = {"unit": params.unit}, {"leader": params.leader}
    views: list[tuple[str, dict[str, Any]]] = []
    if params.unit or not params.leader:
        views += [("bridge", unit), ("coverage", unit)]
    views += [("tasks", {**unit, **leader}), ("network", {**unit, **leader})]
    centre = params.unit or params.leader
    if centre:
        views.append(("neighbourhood", {"id": centre}))
    if params.since:
        views.append(("changes", {"before": params.since, **unit}))
    return views


def _shared(params: BriefingParameters) -> dict[str, Any]:
    return {
        "programme": params.programme, "status": params.status, "as_of": params.as_of, "lang": params.lang
    }  # fmt: skip


def _scenes(store: Store, params: BriefingParameters) -> list[Scene]:
    scenes: list[Scene] = []
    for name, given in _wanted(params):
        view = find_view(name)
        chosen = {k: v for k, v in {**_shared(params), **given}.items() if v is not None}
        try:
            scenes.append(view.build(store, view.params.model_validate(chosen)))
        except ValidationError as wrong:  # a name that a view refuses
            field = str(wrong.errors()[0]["loc"][0])
            raise InvalidParameter(f"参数 {field} 的值不可用，请改正后再试。", parameter=field) from None
    return scenes


def _title(store: Store, params: BriefingParameters) -> str:
    about = [one for one in (params.unit, params.leader) if one]
    found = entities_by_id(store, about)
    between = "、" if params.lang == "zh" else ", "
    name = between.join(str(found[one]["name"]) for one in about if one in found)
    programme = params.programme or SAID["cooperation"](params.lang)
    if name and params.lang != "zh":
        name += between
    return SAID["title"](params.lang).format(name=name, programme=programme)


def gather(store: Store, params: BriefingParameters) -> Briefing:
    """All that the briefing says. Raises InvalidParameter for names that nothing has."""
    params = settled(store, params)
    given = {**_shared(params), "unit": params.unit}
    paired = bool(params.unit) or not params.leader
    pairs = tuple(ask(store, "pairs", given).items) if paired else ()
    covered = ask(store, "coverage", given) if paired else None
    gaps = ask(store, "gaps", given) if paired else None
    tasks = tuple(ask(store, "tasks", {**given, "leader": params.leader}).items)
    liaisons = ask(store, "liaisons", {**_shared(params), "leader": params.leader, "with": params.unit}).items
    # One entity alone says nothing.
    scenes = tuple(
        scene for scene in _scenes(store, params) if not scene.empty and (scene.matrix or scene.lines)
    )
    kinds: Any = covered.extra["columns"] if covered else ()
    unverified: Any = gaps.extra["unverified"] if gaps else 0
    brief = Briefing(
        params=params,
        title=_title(store, params),
        day=params.as_of or "",
        leader=_named(store, params.leader),
        since=_document_words(store, params.since),
        scenes=scenes,
        pairs=pairs,
        coverage=tuple(covered.items) if covered else (),
        kinds=tuple(kinds),
        gaps=tuple(gaps.items) if gaps else (),
        unverified=unverified,
        tasks=tasks,
        liaisons=tuple(liaisons),
        regions=_regions(store, pairs),
        summary=(),
    )
    return replace(brief, summary=summary_of(brief))


def _named(store: Store, entity: str | None) -> str:
    """The name of an entity; empty for none."""
    row = entities_by_id(store, [entity]).get(entity) if entity else None
    return str(row["name"]) if row else ""


def _document_words(store: Store, document_id: str | None) -> str:
    stored = store.document(document_id) if document_id else None
    return document_words(stored.document.title, stored.document.number) if stored else ""


def _regions(store: Store, pairs: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    units = {pair["unit"]["id"]: actor_of(pair["unit"]) for pair in pairs}
    return {actor.id: actor.region for actor in detailed(store, units.values())}
