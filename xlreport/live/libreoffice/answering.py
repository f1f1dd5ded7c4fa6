"""``python -m xlreport.live.libreoffice.answering``: answers what cells of LibreOffice ask, a line of JSON each, until the input ends.

The extension starts it when a cell first calls ``XLR_CHECK``. Where it fails it ends, and the cells fall back to their native formulas.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, Any

from xlreport.live.answers import Values, check_table
from xlreport.workbook.layout import Block


def answer(questions: Iterable[str], answers: IO[str]) -> None:
    """Answer each question with a line: what ``XLR_CHECK`` says of its ``table``, whose first cell is at ``row`` and ``column``; else null."""
    for question in questions:
        asked = json.loads(question)
        row, column = asked["row"], asked["column"]
        corner = Block("", row, column, row, column)
        previous = _values(asked["previous"]) if asked["previous"] else None
        text: str | None = None
        with suppress(ValueError):
            text = check_table(_values(asked["table"]), previous, corner)
        print(json.dumps(text), file=answers, flush=True)


def _values(rows: Any) -> Values:
    """The office gives “” for a blank; of last year's errors it does not say which they are."""
    return [["#VALUE!" if value is None else None if value == "" else value for value in row] for row in rows]


if __name__ == "__main__":
    answer(sys.stdin, sys.stdout)
