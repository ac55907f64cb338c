"""The figures of a briefing in sentences, in both languages: what is there, what is covered, what is missing, what
changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph.vocabulary import GAP_STATES, PARTNER_KINDS, STATES, TYPES, EntityType, State, Text
from viz.words import day_words

if TYPE_CHECKING:
    from viz.briefing import Briefing

_SAID: dict[str, Text] = {
    "nothing": Text(
        "截至{day}，没有符合条件的内容；请放宽筛选条件，或先导入文件。",
        "As of {day}, nothing matches; widen the filters, or ingest a document first.",
    ),
    "there": Text("截至{day}，据{documents}统计，{facts}。", "As of {day}, {documents} state {facts}."),
    "pairs": Text(
        "{units}与{partners}（{kinds}）结成对口关系{pairs}对",
        "{pairs} between {units} and {partners} ({kinds})",
    ),
    "tasks": Text("列有任务{n}项", "{tasks}"),
    "tasks_of": Text("{leader}牵头任务{n}项", "{tasks} overseen by {leader}"),
    "liaisons": Text("领导挂钩联系{n}对", "{liaisons} of leaders"),
    "covered": Text("应有对口的单位{n}个，其中{kinds}。", "Of {n} that should have counterparts, {kinds}."),
    "covered_first": Text("已有对口{label}的{n}个", "{n} are paired with {label}"),
    "covered_next": Text("{label}的{n}个", "{n} with {label}"),
    "gaps": Text(
        "已知缺口{n}处：缺对口{kinds}；按情形分，{states}", "{n} are known: {kinds}; by state, {states}"
    ),
    "no_gaps": Text("没有已知缺口", "No gaps are known"),
    "gap_kind": Text("{label}{n}处", "{n} of {label}"),
    "state": Text("{label}{n}处", "{n} {label}"),
    "unverified": Text(
        "；另有{n}处因原文不全待核实", "; {n} more cannot be judged, their source being incomplete"
    ),
    "has": Text("已有对口的{kinds}", "Paired with {kinds}"),
    "lacks": Text("缺对口{kinds}", "lacking {kinds}"),
    "lack": Text("{label}（{state}）", "{label} ({state})"),
    "changed": Text("与{since}相比，{notes}", "Compared with {since}: {notes}"),
    "unchanged": Text(
        "没有文件取代{since}，或两份文件在此范围内没有可比的内容。",
        "No document replaces {since}, or the two have nothing in this scope that can be compared.",
    ),
    "illustrative": Text(
        "本材料含示例内容，凡标注“示例”的，不是正式文件所载。",
        "This holds illustrative content: what is marked 示例 stands in no official document.",
    ),
    "stop": Text("。", "."),
    "and": Text("、", ", "),
    "comma": Text("，", ", "),
    "most": Text("等", " and others"),
    "terms": Text("文件所用关系词：{terms}。", "Terms that the documents use: {terms}."),
    "term": Text("“{label}”{n}对", "“{label}” ({n})"),
    "shared": Text(
        "由两个以上单位共同对口的对象{n}个：{names}。",
        "{n} counterparts are shared by several units: {names}.",
    ),
    "shared_one": Text("{label}（{n}个单位）", "{label} with {n} units"),
    "lacking_one": Text("{label}{n}处", "{label} ({n})"),
    "lacking": Text("缺口涉及单位{n}个：{names}。", "Gaps concern {n}: {names}."),
    "leaders": Text("牵头领导{n}位：{names}。", "Overseen by {n}: {names}."),
    "leader": Text("{label}{n}项", "{label} ({n})"),
}
_COUNTED: dict[str, tuple[str, str, str]] = {
    "documents": ("{n}份文件", "document", "documents"),
    "units": ("{n}个单位", "unit", "units"),
    "partners": ("{n}个对口对象", "counterpart", "counterparts"),
    "pairs": ("{n}", "pair", "pairs"),
    "tasks": ("{n}", "task", "tasks"),
    "liaisons": ("{n}", "liaison", "liaisons"),
    "gaps": ("{n}", "gap", "gaps"),
    "leaders": ("{n}", "leader", "leaders"),
}
"""Things with their number: in Chinese with its measure word; in English one of them, and several."""
NAMED = 4
"""Names told in a sentence; the rest stand in the table under it."""


class Sayings:
    """Sentences about one briefing, in its language."""

    def __init__(self, brief: Briefing) -> None:
        self.brief, self.lang = brief, brief.params.lang

    def say(self, key: str, **given: object) -> str:
        return _SAID[key](self.lang).format(**given)

    def count(self, what: str, n: int) -> str:
        """So many of a thing."""
        chinese, one, several = _COUNTED[what]
        return chinese.format(n=n) if self.lang == "zh" else f"{n} {one if n == 1 else several}"

    def kind(self, kind: str, n: int = 2) -> str:
        """A kind of counterpart within a sentence."""
        label = TYPES[EntityType(kind)].label(self.lang)
        return label if self.lang == "zh" else f"{label.lower()}{'' if n == 1 else 's'}"

    def state(self, state: str) -> str:
        """A state within a sentence: without the comma that its label has in a table."""
        label = STATES[State(state)].label(self.lang)
        return label.replace("，", "") if self.lang == "zh" else label.lower()

    def several(self, texts: Sequence[str]) -> str:
        """Texts as one enumeration."""
        if self.lang == "zh" or len(texts) < 2:
            return self.say("and").join(texts)
        return f"{', '.join(texts[:-1])} and {texts[-1]}"

    def ranked(self, key: str, counts: Mapping[str, int]) -> str:
        """The greatest numbers, each with its name; that there are more is said."""
        order = sorted(counts.items(), key=lambda one: -one[1])
        told = self.say("and").join(self.say(key, label=name, n=n) for name, n in order[:NAMED])
        return told + (self.say("most") if len(order) > NAMED else "")


def summary_of(brief: Briefing) -> tuple[str, ...]:
    """One sentence for each thing that there is to say."""
    words = Sayings(brief)
    if not brief.scenes:
        return (words.say("nothing", day=day_words(brief.day, words.lang)),)
    alone = bool(brief.params.unit) and len(brief.coverage) == 1
    about = [_of_one_unit(words)] if alone else [_what_is_covered(words), _what_is_missing(words)]
    parts = [_what_is_there(words), *about]
    changes = brief.scene("changes")
    if changes:
        notes = ("" if words.lang == "zh" else " ").join(changes.caption.notes)
        parts.append(words.say("changed", since=brief.since, notes=notes))
    elif brief.since:
        parts.append(words.say("unchanged", since=brief.since))
    if brief.illustrative:
        parts.append(words.say("illustrative"))
    return tuple(part for part in parts if part)


def _in_order(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Kinds in the vocabulary's order, whatever came first."""
    order = [kind.value for kind in PARTNER_KINDS]
    return sorted(counts.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order))


def _what_is_there(words: Sayings) -> str:
    brief = words.brief
    sources = {source for scene in brief.scenes for source in scene.caption.sources}
    facts: list[str] = []
    if brief.pairs:
        facts.append(_paired(words))
    if brief.tasks:
        told = {"n": len(brief.tasks), "tasks": words.count("tasks", len(brief.tasks))}
        key = "tasks_of" if brief.leader and not brief.params.unit else "tasks"
        facts.append(words.say(key, leader=brief.leader, **told))
    if brief.liaisons:
        n = len(brief.liaisons)
        facts.append(words.say("liaisons", n=n, liaisons=words.count("liaisons", n)))
    said = words.say("comma").join(facts) if words.lang == "zh" else words.several(facts)
    documents = words.count("documents", len(sources))
    return words.say("there", day=day_words(brief.day, words.lang), documents=documents, facts=said)


def _paired(words: Sayings) -> str:
    pairs = words.brief.pairs
    units = {pair["unit"]["id"]: pair["unit"]["name"] for pair in pairs}
    partners = {pair["counterpart"]["id"]: pair["counterpart"]["type"] for pair in pairs}
    counts = _in_order(Counter(partners.values()))
    kinds = [f"{words.kind(k)}{n}个" if words.lang == "zh" else f"{n} {words.kind(k, n)}" for k, n in counts]
    return words.say(
        "pairs",
        units=next(iter(units.values())) if len(units) == 1 else words.count("units", len(units)),
        partners=words.count("partners", len(partners)),
        kinds=words.say("and").join(kinds),
        pairs=words.count("pairs", len(pairs)),
    )


def _what_is_covered(words: Sayings) -> str:
    rows = words.brief.coverage
    if not rows or not words.brief.kinds:
        return ""
    kinds = [
        words.say(
            "covered_next" if number else "covered_first",
            label=words.kind(kind),
            n=sum(row["cells"][kind]["state"] == State.COVERED for row in rows),
        )
        for number, kind in enumerate(words.brief.kinds)
    ]
    n = len(rows) if words.lang == "zh" else words.count("units", len(rows))
    return words.say("covered", n=n, kinds=words.several(kinds))


def _what_is_missing(words: Sayings) -> str:
    brief = words.brief
    if not brief.coverage:
        return ""
    said = words.say("no_gaps")
    if brief.gaps:
        by_kind = _in_order(Counter(gap["counterpart_type"] for gap in brief.gaps))
        by_state = Counter(gap["state"] for gap in brief.gaps)
        states = [(words.state(state), by_state[state]) for state in GAP_STATES if by_state[state]]
        said = words.say(
            "gaps",
            n=words.count("gaps", len(brief.gaps)),
            kinds=words.say("and").join(words.say("gap_kind", label=words.kind(k), n=n) for k, n in by_kind),
            states=words.say("and").join(words.say("state", label=label, n=n) for label, n in states),
        )
    return said + _unverified(words) + words.say("stop")


def _unverified(words: Sayings) -> str:
    return words.say("unverified", n=words.brief.unverified) if words.brief.unverified else ""


def _of_one_unit(words: Sayings) -> str:
    """What one unit has and lacks, by kind."""
    brief = words.brief
    cells: Mapping[str, Any] = brief.coverage[0]["cells"]
    has = [words.kind(kind) for kind in brief.kinds if cells[kind]["state"] == State.COVERED]
    lacks = [
        words.say("lack", label=words.kind(gap["counterpart_type"]), state=words.state(gap["state"]))
        for gap in brief.gaps
    ]
    parts = [words.say("has", kinds=words.several(has))] if has else []
    parts.append(words.say("lacks", kinds=words.several(lacks)) if lacks else words.say("no_gaps"))
    said = words.say("comma").join(parts)
    return f"{said[0].upper()}{said[1:]}{_unverified(words)}{words.say('stop')}"
