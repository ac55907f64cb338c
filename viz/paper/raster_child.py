"""Draws one SVG as PNG in a process of its own: run as a file, the job on its input, the picture on its output.

The drawing library keeps Python's lock while it draws, so that a server would stand still meanwhile and two
processors would do the work of one. Nothing of the project is imported, so that the process is there at once.
"""

from __future__ import annotations

import io
import json
import sys

ALMOST_WHITE = 250
COLOURS = 128
"""Of a picture with a palette: its flat colours and the tones at their edges."""


def with_few_colours(png: bytes) -> bytes:
    """The picture with a palette: a third of the size, in tones that the eye can't tell from the others."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        colours = picture.convert("RGB")
    # Without dithering, so that flat colours stay flat.
    few = colours.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # The method averages neighbours: white would come out a shade grey, a visible box on the paper.
    palette = few.getpalette() or []
    entries = [palette[i : i + 3] for i in range(0, len(palette), 3)]
    few.putpalette([255 if min(entry) >= ALMOST_WHITE else tone for entry in entries for tone in entry])
    out = io.BytesIO()
    few.save(out, "PNG")
    return out.getvalue()


def main() -> None:
    import resvg_py

    job = json.loads(sys.stdin.buffer.read())
    few = job.pop("few")
    drawn = resvg_py.svg_to_bytes(**job)
    sys.stdout.buffer.write(with_few_colours(drawn) if few else drawn)


if __name__ == "__main__":
    main()
