"""Draws one SVG as PNG in a process of its own: run as a file, the job on its input, the picture on its output.

The drawing library keeps Python's lock while it draws, so that a server would stand still meanwhile and two
processors would do the work of one. Nothing of the project is imported, so that the process is there at once.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    import resvg_py

    job = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(resvg_py.svg_to_bytes(**job))


if __name__ == "__main__":
    main()
