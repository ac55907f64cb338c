"""What stands in words over each list of a briefing: who, how many, how it is called."""

from __future__ import annotations

from collections import Counter

from viz.briefing import Briefing
from viz.briefing_summary import Sayings


def pair_texts(brief: Briefing) -> tuple[str, ...]:
    """How the documents call the pairs, and which counterparts several units share."""
    words = Sayings(brief)
    terms = Counter(pair["term"] for pair in brief.pairs if pair["term"])
    names = {pair["counterpart"]["id"]: pair["counterpart"]["name"] for pair in brief.pairs}
    units = {(pair["counterpart"]["id"], pair["unit"]["id"]) for pair in brief.pairs}
    shared = {names[i]: n for i, n in Counter(i for i, _ in sorted(units)).items() if n > 1}
    told = [words.say("terms", terms=words.ranked("term", terms))] if terms else []
    if shared:
        told.append(words.say("shared", n=len(shared), names=words.ranked("shared_one", shared)))
    return (("" if words.lang == "zh" else " ").join(told),) if told else ()


def gap_texts(brief: Briefing) -> tuple[str, ...]:
    """Which units lack something, those that lack most first."""
    words = Sayings(brief)
    lacking = Counter(gap["unit"]["name"] for gap in brief.gaps)
    n = len({gap["unit"]["id"] for gap in brief.gaps})
    if n < 2:
        return ()
    counted = n if words.lang == "zh" else words.count("units", n)
    return (words.say("lacking", n=counted, names=words.ranked("lacking_one", lacking)),)


def task_texts(brief: Briefing) -> tuple[str, ...]:
    """Which leaders oversee how many tasks."""
    words = Sayings(brief)
    leaders = Counter(leader["name"] for task in brief.tasks for leader in task["leaders"])
    if len(leaders) < 2:
        return ()
    counted = words.count("leaders", len(leaders))
    return (words.say("leaders", n=counted, names=words.ranked("leader", leaders)),)
