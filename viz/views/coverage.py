"""The coverage matrix: which units have which kinds of counterpart, and what the documents say where not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from graph.vocabulary import GAP_STATES, STATES, TYPES, UNIT_KINDS, EntityType, State, Text
from viz.asking import ask, chosen, detailed, without_filters
from viz.captions import caption
from viz.links import actor_of
from viz.scene import Matrix, MatrixCell, MatrixRow, Scene, View, ViewParameters
from viz.words import partner_label

if TYPE_CHECKING:
    from graph.store import Store

TITLE = Text("对口覆盖情况", "Counterpart coverage")
UnitKind = Literal[
    "province", "city", "district", "county", "bureau", "zone_committee", "party_organ", "other"
]


class CoverageParameters(ViewParameters):
    unit_kind: UnitKind | None = Field(None, description="只看此类单位")
    order: Literal["official", "gaps"] = Field("official", description="按公文次序，或按缺口多少")


def _cell(cell: Mapping[str, Any]) -> MatrixCell:
    state = State(cell["state"])
    names = dict.fromkeys(e["text"] for e in cell["evidence"] if e["text"]) if state is State.COVERED else ()
    return MatrixCell(state, cell["reason"], cell["count"], tuple(cell["evidence"]), tuple(names))


def _rows(store: Store, items: Sequence[Mapping[str, Any]], lang: str) -> list[MatrixRow]:
    """Rows in official order, under the kind of unit."""
    units = detailed(store, [actor_of(item["unit"]) for item in items])
    return [
        MatrixRow(
            unit.id,
            unit.name,
            UNIT_KINDS[unit.kind](lang) if unit.kind in UNIT_KINDS else TYPES[unit.type].label(lang),
            {kind: _cell(cell) for kind, cell in item["cells"].items()},
        )
        for unit, item in zip(units, items, strict=True)
    ]


def _gaps(row: MatrixRow) -> int:
    return sum(cell.state in GAP_STATES for cell in row.cells.values())


def _arranged(rows: Sequence[MatrixRow], order: str) -> tuple[MatrixRow, ...]:
    """Rows of one kind together; by gaps, those with most of them first and no groups."""
    if order == "gaps":
        ordered = sorted(rows, key=lambda row: -_gaps(row))
        return tuple(MatrixRow(r.id, r.name, "", r.cells) for r in ordered)
    groups: dict[str, list[MatrixRow]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return tuple(row for group in groups.values() for row in group)


def _tally(rows: Sequence[MatrixRow], lang: str) -> tuple[str, ...]:
    """Known gaps and what is to be verified, counted apart."""
    counts = Counter(cell.state for row in rows for cell in row.cells.values())
    known = sum(counts[s] for s in GAP_STATES)
    # Within an enumeration a label's own comma would part it in two.
    parts = [f"{STATES[s].label(lang).replace('，', '')} {counts[s]}" for s in GAP_STATES if counts[s]]
    if lang == "en":
        inner = f" ({', '.join(parts)})" if parts else ""
        return (f"Known gaps: {known}{inner}. To verify: {counts[State.UNREADABLE]}.",)
    inner = f"（{'、'.join(parts)}）" if parts else ""
    return (f"已知缺口 {known} 处{inner}；待核实 {counts[State.UNREADABLE]} 处。",)


def build(store: Store, params: CoverageParameters) -> Scene:
    answer = ask(store, "coverage", chosen(params))
    rows = _rows(store, list(answer.items), params.lang)
    kinds = [EntityType(k) for k in answer.extra["columns"]]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType] — a list of type names
    if params.counterpart_type:
        kinds = [kind for kind in kinds if kind == params.counterpart_type]
        rows = [
            MatrixRow(r.id, r.name, r.group, {k: r.cells[k] for k in kinds if k in r.cells}) for r in rows
        ]
    evidence = [e for row in rows for cell in row.cells.values() for e in cell.evidence]
    total = len(ask(store, "coverage", without_filters(params)).items)
    return Scene(
        view="coverage",
        caption=caption(
            store,
            params,
            TITLE(params.lang),
            evidence,
            shown=len(rows),
            total=max(total, len(rows)),
            notes=_tally(rows, params.lang) if rows else (),
        ),
        matrix=Matrix(
            tuple((kind.value, partner_label(kind)) for kind in kinds), _arranged(rows, params.order)
        ),
        lang=params.lang,
    )


VIEW = View(
    name="coverage",
    title=TITLE,
    description=Text(
        "各单位有无园区、科研机构、企业等对口对象；没有时文件怎么说。",
        "Which units have which kinds of counterpart, and what the documents say where not.",
    ),
    params=CoverageParameters,
    build=build,
    options=("programme", "unit_kind", "counterpart_type", "unit", "order", "document"),
)
