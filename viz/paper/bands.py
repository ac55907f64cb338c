"""A large picture drawn in bands from top to bottom and joined row by row: its size does not decide the memory taken.

Drawing and writing take eight bytes a pixel, so that a wide plan at 300 dpi would ask for half a gigabyte at once.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from viz.paper.raster import Job

LARGEST = 12_000_000
"""Pixels of a band at most: two are drawn at a time."""
STRIP = 256
"""Rows of a band that are packed at a time."""
_SIZE = re.compile(r'(<svg [^>]*?width=")[^"]*(" height=")[^"]*(")')
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB, _UP = 2, b"\x02"


def bands(job: Job) -> list[Job]:
    """The picture as jobs of whole rows, from top to bottom; a picture that is small enough as it is."""
    svg, width, height = job
    if width * height <= LARGEST:
        return [job]
    count = -(-width * height // LARGEST)
    edges = [height * i // count for i in range(count + 1)]
    # Nothing is clipped: a clip would be drawn as a layer of the whole picture's size.
    sized = rf'\g<1>{width}\g<2>{height}\g<3> overflow="visible"'
    whole = _SIZE.sub(sized, svg.partition("?>\n")[2] or svg, count=1)
    return [(_seen(whole, width, top, bottom), width, bottom - top) for top, bottom in pairwise(edges)]


def _seen(whole: str, width: int, top: int, bottom: int) -> str:
    """The rows from `top` to `bottom` of a picture whose user units are its pixels."""
    box = f'width="{width}" height="{bottom - top}" viewBox="0 {top} {width} {bottom - top}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{whole}</svg>'


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG file (PNG specification, 5.3)."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def joined(pngs: Sequence[bytes], width: int, height: int) -> bytes:
    """One opaque PNG of the bands, which are read one at a time."""
    head = struct.pack(">IIBBBBB", width, height, 8, _RGB, 0, 0, 0)
    packer = zlib.compressobj(6)
    body = b"".join([*(packer.compress(rows) for rows in _filtered(pngs, width)), packer.flush()])
    return _SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _filtered(pngs: Sequence[bytes], width: int) -> Iterator[bytes]:
    """The rows of all bands, each as its difference to the row above (PNG specification, 9.2, filter type 2)."""
    from PIL import Image, ImageChops

    above = Image.new("RGB", (width, 1))
    for strip in _strips(pngs, width):
        shifted = Image.new("RGB", strip.size)
        shifted.paste(above, (0, 0))
        shifted.paste(strip, (0, 1))
        above = strip.crop((0, strip.height - 1, width, strip.height))
        rows = ImageChops.subtract_modulo(strip, shifted).tobytes()
        step = 3 * width
        yield b"".join(_UP + rows[i : i + step] for i in range(0, len(rows), step))


def _strips(pngs: Sequence[bytes], width: int) -> Iterator[Any]:
    """Some rows at a time of each band: five copies of a whole one would be more than drawing it takes."""
    from PIL import Image

    for png in pngs:
        with Image.open(io.BytesIO(png)) as band:
            for top in range(0, band.height, STRIP):
                yield band.crop((0, top, width, min(top + STRIP, band.height))).convert("RGB")
