"""PNG of any scene: its SVG drawn by resvg, at a scale, at 300 dots an inch, or on a sheet of A4 or A3."""

from __future__ import annotations

import re
import struct
import zlib
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.errors import TooLarge
from viz.palette import PALETTE
from viz.paper.fonts import Font, require_chinese_font
from viz.paper.making import made_by, way_back
from viz.registry import Renderer
from viz.render_svg import render_svg
from viz.scene import Scene

CSS_DPI = 96
PRINT_DPI = 300
SHEETS = {"A4": (210, 297), "A3": (297, 420)}
"""Width and height in millimetres (ISO 216)."""
SHEET_MARGIN = 12
"""Millimetres of paper round the picture on a sheet."""
KEPT = 32
"""Drawn pictures that are kept in memory: pages of one pack are asked for again by its other files."""
MOST_PIXELS = 80_000_000
"""Pixels of the largest picture: four bytes each, so a third of a gigabyte while drawing."""
_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)" viewBox="[^"]*"')

Scale = Literal["1", "2", "300dpi"]
Sheet = Literal["A4", "A3"]


class PngChoices(BaseModel):
    """How large a picture is drawn."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scale: Scale = Field("1", description="PNG 的大小：1 倍、2 倍，或按 300 dpi 印刷")
    paper: Sheet | None = Field(None, description="PNG 按 300 dpi 排在一张 A4 或 A3 纸上")


def svg_size(svg: str) -> tuple[int, int]:
    """Width and height in pixels that the picture asks for."""
    found = _SIZE.search(svg)
    assert found is not None, "our own SVG states its size"
    return int(found[1]), int(found[2])


def _on_sheet(svg: str, sheet: str) -> tuple[str, int]:
    """The picture as large as fits a sheet, upright or across as it is better filled; its width in pixels."""
    width, height = svg_size(svg)
    short, long = SHEETS[sheet]
    across, down = (long, short) if width > height else (short, long)
    ratio = min((across - 2 * SHEET_MARGIN) / width, (down - 2 * SHEET_MARGIN) / height)
    left, top = (across / ratio - width) / 2, SHEET_MARGIN / ratio
    wide, high = (round(side / 25.4 * PRINT_DPI) for side in (across, down))
    box = f"{-left:.2f} {-top:.2f} {across / ratio:.2f} {down / ratio:.2f}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="{box}"'
    ground = f'<rect x="{-left:.2f}" y="{-top:.2f}" width="{across / ratio:.2f}" height="{down / ratio:.2f}" '
    placed = _SIZE.sub(lambda _: head, svg, count=1)
    return placed.replace("<rect id", f'{ground}fill="{PALETTE.paper}"/><rect id', 1), wide


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _text(key: str, value: str) -> bytes:
    return _chunk(b"iTXt", key.encode() + b"\0\0\0\0\0" + value.encode())


def _described(png: bytes, scene: Scene, dpi: int) -> bytes:
    """The file with its resolution and with how it was made (PNG specification, 11.3.3 and 11.3.5)."""
    per_metre = round(dpi / 0.0254)
    added = _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
    added += _text("Title", scene.caption.title) + _text("Software", made_by())
    added += _text("Description", way_back(scene))
    head = 8 + 25  # the signature and IHDR
    return png[:head] + added + png[head:]


@lru_cache(maxsize=KEPT)
def _drawn(svg: str, width: int, font: Font) -> bytes:
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        font_files=list(font.files),
        font_family=font.family,
        sans_serif_family=font.family,
    )


def svg_to_png(svg: str, *, width: int) -> bytes:
    """The picture `width` pixels wide. Raises MissingPart without a Chinese font."""
    return _drawn(svg, width, require_chinese_font())


def draw_png(scene: Scene, *, scale: Scale = "1", paper: Sheet | None = None) -> bytes:
    """PNG at a scale of CSS pixels, at 300 dpi, or as a whole sheet at 300 dpi."""
    svg = render_svg(scene)
    if paper:
        svg, width = _on_sheet(svg, paper)
        return _described(svg_to_png(svg, width=width), scene, PRINT_DPI)
    dpi = PRINT_DPI if scale == "300dpi" else CSS_DPI * int(scale)
    natural, height = svg_size(svg)
    width = round(natural * dpi / CSS_DPI)
    if width * round(height * dpi / CSS_DPI) > MOST_PIXELS:
        raise TooLarge(
            "图太大，画不成这样细的 PNG；请加筛选条件、选 1 倍或 A4、A3，或改用 .svg。", filter="unit"
        )
    return _described(svg_to_png(svg, width=width), scene, dpi)


def _draw(scene: Scene, **options: Any) -> bytes:
    chosen = PngChoices.model_validate(options)
    return draw_png(scene, scale=chosen.scale, paper=chosen.paper)


RENDERER = Renderer(
    ending="png", media_type="image/png", draw=_draw, options=("scale", "paper"), choices=PngChoices
)
