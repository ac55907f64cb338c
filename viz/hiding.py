"""Leaving out what a reader switched off in the legend: types of entities and kinds of lines.

A page keeps it, with its key of the legend released, so that it can be switched on again; every other form is drawn
without it. Nothing else moves: a place means the same in both pictures.
"""

from __future__ import annotations

from dataclasses import replace

from graph.errors import InvalidParameter
from graph.vocabulary import RELATIONS, TYPES, EntityType
from viz.scene import Caption, Heading, Node, Scene
from viz.strokes import kind_label, kind_of
from viz.words import CHANGE_SIGNS, WORDS

SEPARATOR = ","
KINDS = frozenset((*RELATIONS, *CHANGE_SIGNS))
"""Kinds of lines, as the legend names them: relations, and changes between two documents."""


def switched_off(text: str) -> tuple[str, ...]:
    """The types and kinds that a parameter names, each once. Raises InvalidParameter for a name that no legend has."""
    names = tuple(dict.fromkeys(name for name in text.split(SEPARATOR) if name))
    for name in names:
        if name not in KINDS and name not in {kind.value for kind in TYPES}:
            raise InvalidParameter(
                f"参数 hide 的值“{name}”不是图例中的类型或连线；请用类型名（如 Park）或关系名（如 LEADS）。",
                parameter="hide",
            )
    return names


def _headings(scene: Scene, kept: tuple[Node, ...]) -> tuple[Heading, ...]:
    """The headings that still have somebody under them."""
    gone = {node.group for node in scene.nodes} - {node.group for node in kept}
    return tuple(h for h in scene.headings if h.level == 1 or h.text not in gone)


def _caption(scene: Scene, shown: int) -> Caption:
    """The caption of what is left, which says what is not drawn."""
    label = WORDS["and"](scene.lang).join(
        TYPES[EntityType(name)].label(scene.lang) if name not in KINDS else kind_label(name)(scene.lang)
        for name in scene.caption.hidden
    )
    said = WORDS["not_drawn"](scene.lang).format(names=label)
    filters = WORDS["semicolon"](scene.lang).join(filter(None, (scene.caption.filters, said)))
    return replace(scene.caption, filters=filters, shown=shown)


def without_hidden(scene: Scene) -> Scene:
    """The scene without what its caption says is switched off; the scene itself where that is nothing."""
    hidden = scene.caption.hidden
    if not hidden:
        return scene
    if scene.matrix:
        columns = tuple(column for column in scene.matrix.columns if column[0] not in hidden)
        matrix = replace(scene.matrix, columns=columns)
        return replace(scene, matrix=matrix, caption=_caption(scene, scene.caption.shown))
    nodes = tuple(node for node in scene.nodes if node.type not in hidden)
    left = {node.id for node in nodes}
    lines = tuple(
        line
        for line in scene.lines
        if kind_of(line) not in hidden and line.source in left and line.target in left
    )
    shown = sum(line.count for line in lines)
    headings = _headings(scene, nodes)
    return replace(scene, nodes=nodes, lines=lines, headings=headings, caption=_caption(scene, shown))
