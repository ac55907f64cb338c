"""PPTX of any scene: native shapes, lines glued to them, tables and charts, all of it editable."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from viz.paper.deck import Deck, Ratio, Sheet
from viz.paper.making import command_of
from viz.paper.theme import FONT
from viz.registry import Renderer
from viz.scene import Scene

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


class PptxChoices(BaseModel):
    """The shape of slides."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ratio: Ratio = Field("16:9", description="PPTX 幻灯片的宽高比")


def add_scene(deck: Deck, scene: Scene) -> None:
    """The slides of one scene."""
    from viz.paper.coverage_slides import add_coverage
    from viz.paper.slides import add_empty, add_network

    if scene.empty:
        add_empty(deck, scene)
    elif scene.matrix:
        add_coverage(deck, scene)
    else:
        add_network(deck, scene)


def draw_pptx(scene: Scene, *, ratio: Ratio | Sheet = "16:9", font: str = FONT) -> bytes:
    """A presentation of one view, on as many slides as it takes for text of at least 9 points."""
    caption = scene.caption
    deck = Deck(caption.title, subject=caption.filters, how=command_of(scene), ratio=ratio, font=font)
    add_scene(deck, scene)
    return deck.save()


def _draw(scene: Scene, **options: Any) -> bytes:
    return draw_pptx(scene, ratio=PptxChoices.model_validate(options).ratio)


RENDERER = Renderer(ending="pptx", media_type=MEDIA_TYPE, draw=_draw, options=("ratio",), choices=PptxChoices)
