"""A coverage matrix of this software's own: signs of states with counts, made from pairs and no statement of any."""

from __future__ import annotations

import re

from graph.vocabulary import REASONS, STATES, State
from ingest.interpret.sheet import Sheet

_SAMPLE = 200
"""Rows by which a table is judged."""
_HEADER = 4
"""Texts of a column among which its first state stands, below title and header."""
_MOST = 0.9
"""Share of the texts from there on that tell a state: headings of groups may stand between them."""


def _words(state: State) -> str:
    """What follows the sign of a state: its label or a reason, for pairs their number, and which they are."""
    labels = [STATES[state].label, *REASONS.values()]
    told = "|".join(re.escape(text) for label in labels for text in (label.zh, label.en))
    return rf"(?:{told})(?:\s+\d+)?" + (r"|\d+(?:\s.*)?" if state is State.COVERED else "")


_STATE = re.compile(
    "|".join(rf"{re.escape(spec.sign)}\s+(?:{_words(state)})" for state, spec in STATES.items()), re.DOTALL
)


def tells_states(sheet: Sheet) -> bool:
    """Whether two columns or more beside the first tell states of coverage (● 2 东华大学、上海大学; ○ 文件写明无)."""
    return sum(_tells(sheet, column) for column in range(2, sheet.columns + 1)) > 1


def _tells(sheet: Sheet, column: int) -> bool:
    cells = (sheet.cell(row, column) for row in range(1, min(sheet.rows, _SAMPLE) + 1))
    texts = [c.text.strip() for c in cells if c.column == column and c.colspan == 1 and c.text.strip()]
    told = [bool(_STATE.fullmatch(text)) for text in texts]
    first = told.index(True) if True in told else _HEADER
    return first < _HEADER and sum(told) >= _MOST * len(told[first:])
