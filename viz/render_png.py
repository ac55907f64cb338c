"""PNG of any scene: its SVG drawn by resvg, at a scale, at 300 dots an inch, or on sheets of A4 or A3."""

from __future__ import annotations

import struct
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph.errors import InvalidParameter, TooLarge
from viz.paper.bands import bands, chunk, joined
from viz.paper.making import made_by, way_back
from viz.paper.panels import panelled
from viz.paper.raster import rastered
from viz.paper.sheets import PRINT_DPI, sheets
from viz.registry import Renderer
from viz.render_svg import render_svg, svg_size
from viz.scene import Scene

CSS_DPI = 96
MOST_PIXELS = 170_000_000
"""Pixels of the largest picture: what usual programs still open."""

Scale = Literal["1", "2", "300dpi"]
Paper = Literal["A4", "A3"]


class PngChoices(BaseModel):
    """How large a picture is drawn."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scale: Scale = Field("1", description="PNG 的大小：1 倍、2 倍，或按 300 dpi 印刷")
    paper: Paper | None = Field(None, description="PNG 按 300 dpi 排在 A4 或 A3 纸上，一张放不下时分成多张")
    sheet: int | None = Field(None, ge=1, description="分成多张纸时只要第几张")

    @model_validator(mode="after")
    def _sheet_of_paper(self) -> PngChoices:
        if self.sheet is not None and self.paper is None:
            raise ValueError("sheet 要与 paper 一起给出")
        return self


def _text(key: str, value: str) -> bytes:
    return chunk(b"iTXt", key.encode() + b"\0\0\0\0\0" + value.encode())


def _described(png: bytes, scene: Scene, dpi: int) -> bytes:
    """The file with its resolution and with how it was made (PNG specification, 11.3.3 and 11.3.5)."""
    per_metre = round(dpi / 0.0254)
    added = chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
    added += _text("Title", scene.caption.title) + _text("Software", made_by())
    added += _text("Description", way_back(scene))
    head = 8 + 25  # the signature and IHDR
    return png[:head] + added + png[head:]


def draw_png(scene: Scene, *, scale: Scale = "1") -> bytes:
    """PNG at a scale of CSS pixels, or at 300 dpi."""
    svg = render_svg(panelled(scene))
    dpi = PRINT_DPI if scale == "300dpi" else CSS_DPI * int(scale)
    width, height = (round(side * dpi / CSS_DPI) for side in svg_size(svg))
    if width * height > MOST_PIXELS:
        raise TooLarge(
            "图太大，画不成这样细的 PNG；请加筛选条件、选 1 倍或 A4、A3，或改用 .svg。", filter="unit"
        )
    drawn = rastered(bands((svg, width, height)))
    return _described(drawn[0] if len(drawn) == 1 else joined(drawn, width, height), scene, dpi)


def draw_sheets(scene: Scene, paper: Paper, number: int | None = None) -> list[bytes]:
    """Each sheet at 300 dpi, or only that of a number. Raises InvalidParameter where there is none of that number."""
    found = sheets(scene, paper)
    if number is not None:
        if number > len(found):
            raise InvalidParameter(f"只有 {len(found)} 张纸，请改正 sheet。", parameter="sheet")
        found = found[number - 1 : number]
    drawn = rastered(sheet.job for sheet in found)
    return [_described(png, sheet.scene, PRINT_DPI) for png, sheet in zip(drawn, found, strict=True)]


def _parts(scene: Scene, **options: Any) -> list[bytes]:
    chosen = PngChoices.model_validate(options)
    if chosen.paper:
        return draw_sheets(scene, chosen.paper, chosen.sheet)
    return [draw_png(scene, scale=chosen.scale)]


def _draw(scene: Scene, **options: Any) -> bytes:
    return _parts(scene, **options)[0]


RENDERER = Renderer(
    ending="png", media_type="image/png", draw=_draw, parts=_parts, options=("scale", "paper", "sheet"),
    choices=PngChoices,
)  # fmt: skip
