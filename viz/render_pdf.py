"""PDF of any scene for printing: the slides' shapes and tables on sheets of A4 or A3, drawn by LibreOffice."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from viz.paper.deck import Sheet
from viz.paper.fonts import require_chinese_font
from viz.paper.office_pdf import as_pdf, require_office
from viz.registry import Renderer
from viz.render_pptx import draw_pptx
from viz.scene import Scene


class PdfChoices(BaseModel):
    """The size of the sheets."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    paper: Sheet = Field("A4", description="PDF 的纸张，横放；一张放不下时分成多张")


def _draw(scene: Scene, **options: Any) -> bytes:
    paper = PdfChoices.model_validate(options).paper
    require_office(".pptx")
    # Drawn here and now: in the font of this machine, not in one that its readers may have.
    return as_pdf(draw_pptx(scene, ratio=paper, font=require_chinese_font().family), ".pptx")


RENDERER = Renderer(
    ending="pdf", media_type="application/pdf", draw=_draw, options=("paper",), choices=PdfChoices
)
