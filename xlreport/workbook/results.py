"""The list on the sheet 校验结果: its columns, declared once, and the reading of what the office typed into it.

Pure data: ``results_sheet`` draws it, ``marks`` fills it from findings, the workbook's reader reads the explanations back.
Each line carries in hidden columns what it is about (rule, cells, figures), so an explanation stays tied to its finding
however the list is sorted, and to the figures it was written for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from xlreport.report import Explanation
from xlreport.wording import PASSED as PASSED
from xlreport.wording import ResultRow as ResultRow

#: The sheet's name and title.
SHEET = "校验结果"


class ResultColumn(NamedTuple):
    """One column of the list; ``width`` is in characters, as spreadsheets count it."""

    heading: str
    width: float
    hidden: bool = False


NUMBER = ResultColumn("序号", 6)
LEVEL = ResultColumn("级别", 8)
RULE = ResultColumn("规则", 16)
#: A link is not broken into lines by LibreOffice: “四、行政复议和行政诉讼!K7 等12格”.
PLACE = ResultColumn("位置", 28)
LEFT = ResultColumn("左值", 11)
RIGHT = ResultColumn("右值", 11)
DIFFERENCE = ResultColumn("差额", 10)
ADVICE = ResultColumn("说明", 41)
EXPLANATION = ResultColumn("审核说明", 28)
RULE_ID = ResultColumn("规则标识", 10, hidden=True)
CELL_KEYS = ResultColumn("单元格标识", 10, hidden=True)
FIGURES = ResultColumn("当时数据", 10, hidden=True)

COLUMNS = (
    NUMBER,
    LEVEL,
    RULE,
    PLACE,
    ADVICE,
    EXPLANATION,
    LEFT,
    RIGHT,
    DIFFERENCE,
    RULE_ID,
    CELL_KEYS,
    FIGURES,
)


class ResultList(NamedTuple):
    """What the sheet shows: a sentence that sums up, the findings, the explanations that no longer apply, and whose report it is."""

    verdict: str
    rows: tuple[ResultRow, ...] = ()
    lapsed: tuple[ResultRow, ...] = ()
    whose: str = ""


UNCHECKED = ResultList("尚未审核；填写完成后进行审核，结果列在这里")


def read_explanations(rows: Sequence[Sequence[Any]]) -> tuple[Explanation, ...]:
    """Return the 审核说明 typed into the list, those under “已失效” included.

    ``rows`` are the sheet's raw values from the list's heading row on (rows above it do no harm). Columns are found by their
    headings; a line without its hidden identity, or without a text, is passed over.
    """
    wanted = (EXPLANATION, RULE_ID, CELL_KEYS, FIGURES)
    for top, heading in enumerate(rows):
        texts = [str(value).strip() for value in heading]
        if all(column.heading in texts for column in wanted):
            places = [texts.index(column.heading) for column in wanted]
            return tuple(found for row in rows[top + 1 :] for found in _explanations(row, places))
    return ()


def may_be_ours(rows: Sequence[Sequence[Any]]) -> bool:
    """True for the values of a sheet with the list's title that is the list or blank; a sheet of the user's own may have the same title."""
    blank = all(value in (None, "") for row in rows for value in row)
    return blank or any(EXPLANATION.heading in row for row in rows)


def free_title(taken: Sequence[str]) -> str:
    """Return a title for the list's sheet that no other sheet has."""
    lowered = {title.lower() for title in taken}
    titles = (SHEET, *(f"{SHEET}（{number}）" for number in range(2, len(taken) + 2)))
    return next(title for title in titles if title not in lowered)


class LineSubject(NamedTuple):
    """What a line of the list is about: a rule, and the cells of each finding of it."""

    rule: str
    cells: tuple[tuple[str, ...], ...]


def subject_of(rows: Sequence[Sequence[Any]], line: int) -> LineSubject | None:
    """Return what the list's line at this index of the sheet's raw values is about; ``None`` for anything but such a line."""
    for heading in rows[:line]:
        texts = [str(value).strip() for value in heading]
        if RULE_ID.heading in texts and CELL_KEYS.heading in texts and line < len(rows):
            rule, cells = (_text(rows[line][texts.index(column.heading)]) for column in (RULE_ID, CELL_KEYS))
            try:
                return LineSubject(rule, unpacked(cells)) if rule else None
            except ValueError:  # typed over
                return None
    return None


def _explanations(row: Sequence[Any], places: list[int]) -> list[Explanation]:
    """What is typed beside a line, once for each finding that the line is about."""
    text, rule, cells, figures = (_text(row[place]) if place < len(row) else "" for place in places)
    if not text or not rule:
        return []
    try:
        subjects = zip(unpacked(cells), unpacked(figures), strict=True)
        return [Explanation(rule=rule, cells=keys, figures=shown, text=text) for keys, shown in subjects]
    except ValueError:  # hidden columns that someone has typed over: no finding can be told from them
        return []


def packed(groups: Sequence[Sequence[str]]) -> str:
    """Return groups of texts as the text of one hidden cell."""
    return json.dumps([list(texts) for texts in groups], ensure_ascii=False)


def unpacked(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups that ``packed`` made ``text`` of; raises ``ValueError`` for a text it did not make."""
    found = json.loads(text)
    if not isinstance(found, list):
        raise ValueError(text)
    # A list of texts is one group: so were they kept when every line was about one finding.
    groups = [found] if all(isinstance(each, str) for each in found) else found
    if not all(isinstance(group, list) and all(isinstance(each, str) for each in group) for group in groups):
        raise ValueError(text)
    return tuple(tuple(group) for group in groups)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
