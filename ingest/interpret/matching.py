"""Which profile a table fits: header words over one or several header rows, and what is missing where none fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.ids import normalise
from ingest.interpret.header_words import words_of
from ingest.interpret.headers import (
    has_couples,
    header_parts,
    header_rows,
    says_couples,
    second_side,
    side_by_side,
)
from ingest.interpret.layout import PEOPLE, SIDE_ROLES, Column, Layout
from ingest.interpret.paired_headers import name_twin, with_sides
from ingest.interpret.sheet import Sheet
from ingest.interpret.sides import named_sides, oppose
from ingest.interpret.terms import relation_word
from ingest.interpret.turned import is_turned
from ingest.naming.contract import Names, Scope
from ingest.profiling import NO_SIDE, Profile

_ENOUGH = 1.5
"""What header words and title must say together: two columns, or one column and the title."""
_PLACE = re.compile(r"^(.{2,8}?)(?:省|自治区|市|区|县|州|盟|旗)$")
_ENDS = frozenset({"home", "counterpart"})
_WHERE = frozenset({"类别", "分类", "类型", "组别"})
_BODY = re.compile("小组|会议|指挥部|委员会|理事会|专班|工作组|联盟|协会|联合会")
"""Bodies that have members."""
_PASSIVE = re.compile("受[帮扶援]|被[帮扶支援]")
"""What a side that is helped is called; the other one helps it."""
_LIAISON = re.compile("领导|联系|挂钩|挂联|包联|包抓|挂点")


def find_layout(
    sheet: Sheet, profiles: Sequence[Profile], names: Names, scope: Scope
) -> tuple[Layout | None, Layout | None]:
    """The best layout that fits, and the nearest one, which may miss something. Earlier profiles win a tie.

    The issuing region's name, and that of any other, may stand over a side of a counterpart table.
    """
    best: Layout | None = None
    near: Layout | None = None
    title = normalise(sheet.title)
    known = title + normalise(scope.region)

    for first, last in header_rows(sheet):
        headers = [header_parts(sheet, first, last, c) for c in range(1, sheet.columns + 1)]
        marks = sheet.mark_columns(last + 1)
        words = {parts[-1] for parts in headers}
        named, opposed = named_sides(words, title, names, scope), oppose(words, title, names, scope)
        for profile in profiles:
            sides = named if profile.reading == "pairs" else frozenset[str]()
            layout = _lay(profile, headers, (first, last), marks, title, sides)
            if opposed and _has_both_sides(layout):
                layout = replace(layout, score=layout.score + 1.0)
            if layout.missing == (_word(profile, "home"),) and sides is named and _has_groups(sheet, last):
                layout = replace(layout, missing=())
            if (
                profile.name == "counterpart"
                and _may_hold_couples(layout)
                and has_couples(sheet, headers, last)
            ):
                layout = replace(layout, missing=(), score=layout.score + 2.0)
            if near is None or _nearness(layout) > _nearness(near):
                near = layout
            if layout.missing or layout.score < _ENOUGH or not _is_header(layout, headers, known):
                continue
            if _is_row_of_data(sheet, layout) or is_turned(sheet, layout):
                continue
            if best is None or _speaks_louder(layout, best):
                best = layout
    return best, near


def _has_both_sides(layout: Layout) -> bool:
    return {"home", "counterpart"} <= {c.role for c in layout.panels[0]}


def _may_hold_couples(layout: Layout) -> bool:
    """Whether no column is a side, or only one whose header may stand over both (结对县（市、区）: 东屏区—阿木县)."""
    sides = [c for c in layout.panels[0] if c.role in _ENDS]
    return not sides or (len(sides) == 1 and says_couples(sides[0].header))


def _is_header(layout: Layout, headers: Sequence[tuple[str, ...]], known: str) -> bool:
    """Whether it is a header row at all and no row of names: 海曙区 above 江北区 is data, 宁波市 above both the
    name of a side. Without one plain header word a side's name stands in the title or is the issuing region's."""
    if _plainly(layout) or layout.marks:
        return True
    texts = [part for parts in headers for part in parts if part]
    if any(text.isdecimal() for text in texts):
        return False
    matched = [
        headers[c.index - 1][-1]
        for panel in layout.panels
        for c in panel
        if c.rule and c.role not in SIDE_ROLES
    ]
    places = [text for text in matched if _PLACE.match(text)]
    return not places or any(_PLACE.sub(r"\1", text) in known for text in places)


def _is_row_of_data(sheet: Sheet, layout: Layout) -> bool:
    """Whether one header word alone (成员 in a row of a person's post, name and office) stands in a row directly
    below another that fills as many columns: rows of one table."""
    if layout.first == 1 or _plainly(layout) > 1 or layout.marks:
        return False
    above, own = (
        sum(bool(cell.text.strip()) for cell in sheet.distinct(row))
        for row in (layout.first - 1, layout.first)
    )
    return above >= own


def _speaks_louder(layout: Layout, best: Layout) -> bool:
    """A lower row is the header only where it has more plain header words: names look like the patterns."""
    if layout.first != best.first and _plainly(layout) <= _plainly(best):
        return False
    return layout.score > best.score


def _plainly(layout: Layout) -> int:
    """How many columns a plain header word names."""
    return sum(1 for panel in layout.panels for c in panel if c.weight >= 1.0)


def _nearness(layout: Layout) -> float:
    return layout.score - len(layout.missing)


def _lay(
    profile: Profile,
    headers: Sequence[tuple[str, ...]],
    rows: tuple[int, int],
    marks: frozenset[int],
    title: str,
    sides: frozenset[str],
) -> Layout:
    places = side_by_side(headers)
    words = words_of(profile.columns)
    side = next((rule for rule in profile.columns if rule.role == "counterpart" and rule.kind is None), None)
    second = second_side(headers) if profile.reading == "pairs" else ""
    columns: list[Column] = []
    for index, parts in enumerate(headers, 1):
        found = words.match(parts) if parts != ("",) and index not in marks else None
        if found is None and side is not None and parts[-1] in sides:
            found = side, 0.5
        if found is not None and found[0].role == "home" and side is not None and parts[0] == second:
            found = side, found[1]
        if found and profile.reading == "pairs" and found[0].role in _ENDS and PEOPLE.search(parts[-1]):
            found = None
        header = "".join(reversed(parts))
        columns.append(
            Column(index, *(found or (None,)), header=header)
            if found is None
            else Column(index, found[0], header, found[1])
        )
    with_sides(columns, headers, profile, title, sides)
    name_twin(columns, places[0], profile)
    panels = tuple(tuple(columns[i] for i in place) for place in places)
    panel = panels[0]
    score = sum(0.25 * c.weight if c.role in SIDE_ROLES else c.weight for c in panel if c.rule)
    score -= 0.25 * sum(1 for c in panel if c.rule is None and c.header and c.index not in marks)
    if profile.reading == "pairs":  # whom a leader is to see is not paired with the unit that helps him
        score -= 0.5 * sum(1 for c in panel if c.rule is None and "领导" in c.header)
    score += 1.0 if len(marks) > 1 else 0.0
    score += 1.0 if _has_required_sides(profile, panel) else 0.0
    score += 1.0 if any(normalise(word) in title for word in profile.titles) else 0.0
    return Layout(profile, *rows, panels, marks, score, _missing(profile, panel, marks, title))


def _has_required_sides(profile: Profile, panel: Sequence[Column]) -> bool:
    """Whether both sides that a kind of table must have are named plainly (帮扶方, 受帮扶方): it is of that kind."""
    needed = {rule.role for rule in profile.columns if rule.required}
    passive = any(_PASSIVE.match(c.header) for c in panel if c.role == "counterpart")
    return len(needed) > 1 and needed <= {c.role for c in panel if c.weight >= 1.0 or passive}


def _missing(profile: Profile, panel: Sequence[Column], marks: frozenset[int], title: str) -> tuple[str, ...]:
    """Header words of the roles that are required and absent; the first word of each stands for it."""
    present = {c.role for c in panel}
    if len(marks) > 1:
        present |= {"counterpart", "responsible", "lead"}
    if profile.reading == "pairs" and sum(1 for c in panel if c.role == "counterpart") > 1:
        present.add("home")
    needs = [(rule.role,) for rule in profile.columns if rule.required]
    if profile.reading == "pairs" and "home" not in present and _unnamed(panel) is None:
        needs.append(("home",))
    if profile.reading == "liaisons" and not _names_leaders(panel, title):
        present.discard("leader")
    if profile.reading == "members" and (_lists_people(panel) or _lists_sides(panel, title)):
        present.discard("member")
    lacking = [group for group in (*needs, *profile.needs) if not present & set(group)]
    return tuple(dict.fromkeys(_word(profile, group[0]) for group in lacking))


def _names_leaders(panel: Sequence[Column], title: str) -> bool:
    """Whether 姓名 stands over leaders: the title or the header beside it speaks of liaison, else it may be anybody
    (参会人员: 姓名, 单位, 职务)."""
    plain = all(c.header == "姓名" for c in panel if c.role == "leader")
    headers = [c.header for c in panel if c.role == "counterpart"]
    return not plain or any(_LIAISON.search(text) for text in (title.replace("领导小组", ""), *headers))


def _lists_people(panel: Sequence[Column]) -> bool:
    """Whether 单位 stands beside 姓名: whose it is, and no member itself."""
    members = (c.header for c in panel if c.role == "member")
    return any(c.header == "姓名" for c in panel) and not any(re.search("成员|组成", one) for one in members)


def _lists_sides(panel: Sequence[Column], title: str) -> bool:
    """Whether bare 名称 or 单位 stands over sides of a relation and not over members: under two headers at once, or
    in a list that its title says is of bodies paired or helped (结对帮扶单位名单)."""
    headers = [c.header for c in panel if c.role == "member"]
    if any(re.search("成员|组成", text) for text in (title, *headers)) or _BODY.search(title):
        return False
    return len(set(headers)) > 1 or bool(relation_word(title))


def _has_groups(sheet: Sheet, last: int) -> bool:
    """Whether rows of one text stand below the header: headings that may name whose the rows below are."""
    for row in range(last + 1, sheet.rows):
        first = sheet.cell(row, 1)
        text = first.text.strip()
        if first.row != row or not text or text.isdecimal():
            continue
        if first.colspan == sheet.columns or not any(c.text.strip() for c in sheet.grid[row - 1][1:]):
            return True
    return False


def _unnamed(panel: Sequence[Column]) -> Column | None:
    """The leftmost column without a role and with a header: it may hold the home names."""
    open_roles = (c for c in panel if c.role in ("", "group") and c.header not in _WHERE)
    named = (c for c in open_roles if c.header and not PEOPLE.search(c.header))
    return next((c for c in named if not NO_SIDE.match(c.header)), None)


def unsaid_words(layout: Layout) -> tuple[str, ...]:
    """Header words of the roles that a table of this kind has and that none of its headers names plainly."""
    profile = layout.profile
    said = {c.role for c in layout.panels[0] if c.weight >= 1.0}
    roles = [rule.role for rule in profile.columns if rule.required]
    roles += [group[0] for group in profile.needs if not said & set(group)]
    roles += ["home"] if profile.reading == "pairs" else []
    return tuple(dict.fromkeys(_word(profile, role) for role in roles if role not in said))


def _word(profile: Profile, role: str) -> str:
    rules = sorted((r for r in profile.columns if r.role == role), key=lambda rule: rule.kind is not None)
    words = [w for rule in rules for w in rule.words if not w.startswith("/")]
    return words[0] if words else role


__all__ = ["Column", "Layout", "find_layout", "unsaid_words"]
