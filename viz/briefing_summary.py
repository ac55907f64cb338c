"""The figures of a briefing in sentences, in both languages: what is there, what is covered, what is missing, what
changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.vocabulary import GAP_STATES, STATES, TYPES, EntityType, State, Text

if TYPE_CHECKING:
    from viz.briefing import Briefing

_SAID: dict[str, Text] = {
    "nothing": Text(
        "截至{day}，没有符合条件的内容；请放宽筛选条件，或先导入文件。",
        "As of {day}, nothing matches; widen the filters, or ingest a document first.",
    ),
    "sources": Text("截至{day}，据{n}份文件", "As of {day}, by documents: {n}"),
    "pairs": Text(
        "，{units}个单位与{partners}个对口对象（{kinds}）结成{pairs}对对口关系",
        "; units: {units}, counterparts: {partners} ({kinds}), pairs: {pairs}",
    ),
    "kind": Text("{label}{n}个", "{label} {n}"),
    "tasks": Text("，列有任务{n}项", "; tasks: {n}"),
    "liaisons": Text("，领导挂钩联系{n}对", "; liaisons of leaders: {n}"),
    "covered": Text("应对口单位{n}个，其中{kinds}。", "Units that should be paired: {n}, of them {kinds}."),
    "covered_kind": Text("{label}已对口{n}个", "paired with {label}: {n}"),
    "gaps": Text("已知缺口{n}处（{states}）", "Known gaps: {n} ({states})"),
    "no_gaps": Text("没有已知缺口", "No known gaps"),
    "state": Text("{label}{n}处", "{label} {n}"),
    "unverified": Text(
        "；另有{n}处因原文不全待核实", "; {n} more to be verified, their source being incomplete"
    ),
    "changed": Text("与{since}相比，{notes}", "Compared with {since}: {notes}"),
    "unchanged": Text(
        "没有文件取代{since}，或两份文件在此范围内没有可比的内容。",
        "No document replaces {since}, or the two have nothing in this scope that can be compared.",
    ),
    "illustrative": Text(
        "本材料含示例内容，凡标注“示例”的不是正式文件所载。",
        "This holds illustrative content: what is marked 示例 is in no official document.",
    ),
    "stop": Text("。", "."),
    "and": Text("、", ", "),
    "comma": Text("，", ", "),
}


def _say(brief: Briefing, key: str, **given: object) -> str:
    return _SAID[key](brief.params.lang).format(**given)


def _joined(brief: Briefing, key: str, items: Iterable[tuple[str, int]], *, between: str = "and") -> str:
    return _say(brief, between).join(_say(brief, key, label=label, n=n) for label, n in items)


def day_words(day: str, lang: str) -> str:
    """The day as it is said."""
    year, month, of_month = day.split("-")
    return f"{year}年{int(month)}月{int(of_month)}日" if lang == "zh" else day


def summary_of(brief: Briefing) -> tuple[str, ...]:
    """One sentence for each thing that there is to say."""
    if not brief.scenes:
        return (_say(brief, "nothing", day=day_words(brief.day, brief.params.lang)),)
    parts = [_what_is_there(brief), _what_is_covered(brief), _what_is_missing(brief)]
    changes = brief.scene("changes")
    if changes:
        notes = ("" if brief.params.lang == "zh" else " ").join(changes.caption.notes)
        parts.append(_say(brief, "changed", since=brief.since, notes=notes))
    elif brief.since:
        parts.append(_say(brief, "unchanged", since=brief.since))
    if brief.illustrative:
        parts.append(_say(brief, "illustrative"))
    return tuple(part for part in parts if part)


def _what_is_there(brief: Briefing) -> str:
    lang = brief.params.lang
    sources = {source for scene in brief.scenes for source in scene.caption.sources}
    said = [_say(brief, "sources", day=day_words(brief.day, lang), n=len(sources))]
    if brief.pairs:
        units = {pair["unit"]["id"] for pair in brief.pairs}
        partners = {pair["counterpart"]["id"]: pair["counterpart"]["type"] for pair in brief.pairs}
        kinds = Counter(TYPES[EntityType(kind)].label(lang) for kind in partners.values())
        figures = {"units": len(units), "partners": len(partners), "pairs": len(brief.pairs)}
        said.append(_say(brief, "pairs", kinds=_joined(brief, "kind", kinds.items()), **figures))
    if brief.tasks:
        said.append(_say(brief, "tasks", n=len(brief.tasks)))
    if brief.liaisons:
        said.append(_say(brief, "liaisons", n=len(brief.liaisons)))
    return "".join(said) + _say(brief, "stop")


def _what_is_covered(brief: Briefing) -> str:
    rows, lang = brief.coverage, brief.params.lang
    counts = [
        (TYPES[EntityType(k)].label(lang), sum(row["cells"][k]["state"] == State.COVERED for row in rows))
        for k in brief.kinds
    ]
    if not rows or not counts:
        return ""
    kinds = _joined(brief, "covered_kind", counts, between="comma")
    return _say(brief, "covered", n=len(rows), kinds=kinds)


def _what_is_missing(brief: Briefing) -> str:
    if not brief.coverage:
        return ""
    counts = Counter(gap["state"] for gap in brief.gaps)
    states = [(STATES[s].label(brief.params.lang), counts[s]) for s in GAP_STATES if counts[s]]
    said = (
        _say(brief, "gaps", n=len(brief.gaps), states=_joined(brief, "state", states))
        if brief.gaps
        else _say(brief, "no_gaps")
    )
    more = _say(brief, "unverified", n=brief.unverified) if brief.unverified else ""
    return said + more + _say(brief, "stop")
