"""What the lists behind the gazetteers call their sources, and how the shipped files cite them: the title first, as a
reader would say it, then the address."""

from __future__ import annotations

import csv
import re
from pathlib import Path

CITATIONS = Path(__file__).with_suffix(".csv")
PARTED = "; "
"""Between two sources of one row of a list."""


class Citations:
    """Citations by the lists' own words (`as_listed`, `cited`)."""

    def __init__(self, path: Path = CITATIONS) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            self._cited = {row["as_listed"]: row["cited"] for row in csv.DictReader(file)}
        longest_first = sorted(self._cited, key=len, reverse=True)
        self._known = re.compile("|".join(re.escape(words) for words in longest_first))

    def of(self, source: str) -> str:
        """The source as it is cited; what is not among the citations stays as the list has it."""
        cited = self._known.sub(lambda found: self._cited[found.group()], source)
        return cited.replace(PARTED, "；")
