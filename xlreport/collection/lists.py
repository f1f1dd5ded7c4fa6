"""The lists of a summary: their columns, and what a line of each holds; how a line looks is for who draws it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xlreport.collection.across import Observation
from xlreport.collection.records import CONFIRMED, IGNORED, Audited, Found, State
from xlreport.collection.roster import Reported
from xlreport.collection.verdicts import Verdict, mark_of
from xlreport.findings import LEVEL_NAMES
from xlreport.form.declaration import Form
from xlreport.form.rule import TAG_NAMES, Rule
from xlreport.sources.zip_folder import on_disk

#: What tints a state has (see ``pen.TONES``).
TONES = {State.PASSED: "good", State.WARNED: "warning", State.FAILED: "error", State.UNREADABLE: "unknown"}


class Column(NamedTuple):
    """A column of a list: its heading, its width in characters, and how its cells are laid out.

    In one with ``choices`` a person picks one of them; a ``hidden`` one is for programs.
    """

    heading: str
    width: float
    kind: str = "text"
    choices: tuple[str, ...] = ()
    hidden: bool = False


class Link(NamedTuple):
    """A text that leads to a file, and there to a place (“三、依申请公开!D7”; “” for none)."""

    text: str
    path: str
    place: str = ""


class Line(NamedTuple):
    """What the cells of a line hold, and the tints of those that have one, by column."""

    values: tuple[object, ...]
    tones: dict[int, str]


class List(NamedTuple):
    """A list: its name and columns, how many of these stay in sight, and how high its headings are."""

    name: str
    columns: tuple[Column, ...]
    frozen: int = 0
    height: float = 30


REPORTED = List(
    "报送情况",
    (
        Column("序号", 6, "centre"),
        Column("单位", 30),
        Column("上级", 20),
        Column("报送", 8, "centre"),
        Column("审核结果", 10, "centre"),
        Column("强制性处数", 9, "count"),
        Column("提示性处数", 9, "count"),
        Column("计入的文件", 36),
        Column("说明", 56),
    ),
    2,
)
#: The columns of a person's own, and of what tells what they are about (see ``verdicts``).
VERDICT, REASON, MARK = "处理", "处理说明", "标识"
_VERDICTS = (
    Column(VERDICT, 9, "entry", (CONFIRMED, IGNORED)),
    Column(REASON, 30, "entry"),
    Column(MARK, 12, hidden=True),
)
DETAILS = List(
    "明细",
    (
        Column("序号", 7, "centre"),
        Column("单位", 26),
        Column("年度", 7, "centre"),
        Column("级别", 9, "centre"),
        Column("规则", 19),
        Column("位置", 24),
        Column("说明", 60),
        Column("审核说明", 24),
        Column("左值", 11, "number"),
        Column("右值", 11, "number"),
        Column("差额", 10, "number"),
        Column("文件", 26),
        *_VERDICTS,
    ),
    2,
)
#: Verdicts that are about nothing that was found this time: kept, since it may be found again.
LAPSED = List(
    "处理记录",
    (
        Column("序号", 7, "centre"),
        Column("单位", 26),
        Column("年度", 7, "centre"),
        Column("规则", 19),
        Column("位置", 24),
        Column("说明", 60),
        *_VERDICTS,
    ),
    2,
)
BY_RULE = List(
    "按规则",
    (
        Column("规则", 24),
        Column("处数", 9, "count"),
        Column("单位数", 9, "count"),
        Column("级别", 9, "centre"),
        Column("应当符合", 66),
        Column("性质", 11, "centre"),
        Column("依据", 36),
        Column("规则标识", 16),
    ),
    1,
)
ACROSS = List(
    "跨单位",
    (
        Column("序号", 7, "centre"),
        Column("类别", 12, "centre"),
        Column("单位", 30),
        Column("说明", 80),
        Column("文件", 34),
    ),
)


def units_of(form: Form) -> List:
    """Return the list of all files, with the main lines of a form."""
    columns = (
        Column("序号", 6, "centre"),
        Column("单位", 28),
        Column("年度", 7, "centre"),
        Column("状态", 10, "centre"),
        Column("强制性处数", 9, "count"),
        Column("提示性处数", 9, "count"),
        Column("已确认处数", 9, "count"),
        Column("已忽略处数", 9, "count"),
        Column("待处理处数", 9, "count"),
        *(Column(form.label(key), 12, "number") for key in form.main_lines),
        Column("文件类型", 14, "centre"),
        Column("文件", 30),
        Column("备注", 40),
    )
    return List("总表", columns, 2, 80)


class Lines:
    """Makes the lines of the lists; files lie in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def unit(self, number: int, record: Audited, form: Form) -> Line:
        """Return the line of a file in the list of all."""
        figures = dict(record.figures)
        unreadable = record.state is State.UNREADABLE
        # Every line of 明细 is in one of the three.
        confirmed = sum(found.confirmed for found in record.findings)
        ignored = sum(found.ignored for found in record.findings)
        judged = (confirmed, ignored, len(record.findings) - confirmed - ignored)
        values = (
            number,
            record.organisation or ("" if unreadable else "（未填机关名称）"),
            record.year,
            record.state.value,
            None if unreadable else record.errors,
            None if unreadable else record.warnings,
            *((None, None, None) if unreadable else judged),
            *(figures.get(key) for key in form.main_lines),
            record.shape,
            self._file(record.path),
            f"{record.remark}（单位取自文件名）" if unreadable and record.organisation else record.remark,
        )
        tones = {3: TONES[record.state]}
        tones |= {4: "error"} if record.errors else {}
        tones |= {5: "warning"} if record.warnings else {}
        return Line(values, tones)

    def finding(self, number: int, record: Audited, found: Found) -> Line:
        """Return the line of a finding."""
        values = (
            number,
            record.organisation,
            record.year,
            LEVEL_NAMES[found.level],
            found.title,
            self._place(record, found),
            "\n".join(filter(None, (found.told.text, found.note))),
            found.explanation,
            found.left,
            found.right,
            found.difference,
            self._file(record.path),
            found.verdict,
            found.reason,
            mark_of(record, found),
        )
        return Line(values, {3: "unknown" if found.ignored else found.level})

    def lapsed(self, number: int, verdict: Verdict) -> Line:
        """Return the line of a verdict that is about nothing found this time."""
        about = (verdict.organisation, verdict.year, verdict.title, verdict.place)
        said = "这次没有这个问题，或数据已经变化；保留备查，不需要的可以删去"
        return Line((number, *about, said, verdict.word, verdict.reason, verdict.mark), {})

    def observation(self, number: int, seen: Observation) -> Line:
        """Return the line of what shows only when units lie side by side."""
        file = self._file(seen.path) if seen.path else ""
        return Line((number, seen.kind, seen.organisation, seen.message, file), {1: "warning"})

    def reported(self, number: int, unit: Reported) -> Line:
        """Return the line of a unit that is to report."""
        sent = unit.counted
        values = (
            number,
            unit.name,
            unit.superior,
            unit.state.value,
            sent.state.value if sent else "",
            sent.errors if sent and sent.state is not State.UNREADABLE else None,
            sent.warnings if sent and sent.state is not State.UNREADABLE else None,
            self._file(sent.path) if sent else "",
            unit.remark,
        )
        return Line(values, {3: unit.tone, 4: TONES[sent.state] if sent else ""})

    def _file(self, path: str) -> Link:
        return Link(path, str(on_disk(self._folder / path)))

    def _place(self, record: Audited, found: Found) -> Link | str:
        """Return where a finding is; no program opens a workbook within a zip at a cell."""
        file = self._folder / record.path
        if not found.target or on_disk(file) != file:
            return found.place
        return Link(found.place, str(file), found.target)


def rule_lines(rules: list[Rule], found: dict[str, int], units: dict[str, int]) -> Iterator[Line]:
    """Yield the line of each rule, with how many findings it has in how many units."""
    for rule in rules:
        values = (
            rule.title,
            found[rule.id],
            units[rule.id],
            LEVEL_NAMES[rule.level],
            rule.statement,
            TAG_NAMES[rule.tag],
            rule.basis,
            rule.id,
        )
        yield Line(values, {3: rule.level})
