"""A 退回意见 for each unit that does not pass, and the marked workbook beside it where there is one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

from xlreport.collection.auditing import examined, identity
from xlreport.collection.file_names import year_in
from xlreport.collection.organisations import unpacked
from xlreport.collection.readers import Lost
from xlreport.collection.records import Audited, Found, State
from xlreport.collection.shapes import STANDARD
from xlreport.collection.spreading import spread
from xlreport.document.letter import Letter, Problem, write
from xlreport.errors import OutputError, XlreportError
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.output import make_folder
from xlreport.report import usual_title
from xlreport.workbook.marking import mark

#: States for which a report goes back.
_RETURNED = (State.FAILED, State.UNREADABLE)
_ILLEGAL = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\ud800-\udfff]+')
#: Characters of a unit that stand in the name of its letter: a name of a file takes 255 bytes.
_LONGEST = 50


class Marking(NamedTuple):
    """Workbooks to be marked: paths in ``folder``, where each goes, what of it is ignored, last year's reports, packed, and the office's rules."""

    folder: str
    paths: tuple[str, ...]
    target: str
    ignored: frozenset[str]
    last_year: bytes
    office: str


class LettersWritten(NamedTuple):
    """How many letters were written, and what is to be said of workbooks that could not be marked."""

    letters: int
    marked: int
    complaints: tuple[str, ...]


def refuse_used(letters: Path, reports: Path) -> None:
    """Raise ``OutputError`` unless ``letters`` is a new or empty folder outside that of the reports, and make it.

    An old letter among new ones would be sent to a unit that has mended its report meanwhile.
    """
    if Path(os.path.realpath(letters)).is_relative_to(os.path.realpath(reports)):
        raise OutputError(letters, "退回意见不能放在报告的文件夹里，下次会被当成报告来审核", "请换一个文件夹")
    make_folder(letters)
    if any(letters.iterdir()):
        problem = "文件夹里已经有文件，上次的退回意见会和这次的混在一起"
        raise OutputError(letters, problem, "请换一个新的或空的文件夹")


def send_back(
    letters: Path,
    folder: Path,
    records: Iterable[Audited],
    executor: Executor | None,
    last_year: bytes = b"",
    office: str = "",
) -> LettersWritten:
    """Write into the folder ``letters`` what goes back of the reports in ``folder``, while their records come; raises ``OutputError``."""
    names = _Names()
    written, marked, complaints = 0, 0, list[str]()

    def pieces() -> Iterator[tuple[tuple[Audited, str], Marking]]:
        for record in records:
            if record.state in _RETURNED:
                name = names.of(record)
                ignored = frozenset(
                    f"{each.subject}-{each.figures}" for each in record.findings if each.ignored
                )
                target = str((letters / f"{name}（已标注）.xlsx").absolute())
                paths = (record.path,) if record.shape == STANDARD else ()
                yield (record, name), Marking(str(folder), paths, target, ignored, last_year, office)

    for (record, name), work, results in spread(mark_each, pieces(), executor):
        problem = _problem(results) if work.paths else "no workbook"
        write(_letter(record, "" if problem else Path(work.target).name), letters / f"{name}退回意见.docx")
        written += 1
        marked += not problem
        if work.paths and problem:
            complaints.append(f"{record.path}：没有附上标注的工作簿：{problem}")
    return LettersWritten(written, marked, tuple(complaints))


def mark_each(work: Marking) -> list[str]:
    """Write the marked copy of each workbook; return why it could not be made, “” where it was."""
    return [_marked(work, path) for path in work.paths]


def _marked(work: Marking, path: str) -> str:
    source = Path(work.folder, path)
    try:
        last_year = unpacked(work.last_year) if work.last_year else None
        findings = examined(source, last_year, work.office).findings
        standing = tuple(found for found in findings if "-".join(identity(found)) not in work.ignored)
        mark(source, findings.model_copy(update={"findings": standing}), Path(work.target))
    except XlreportError as error:
        return str(error)
    except Exception as error:
        # A fault of ours in one workbook must not cost the letters to all other units.
        return f"标注时程序出错（{type(error).__name__}）"
    return ""


def _problem(results: list[str] | list[Lost] | None) -> str:
    """Why a workbook is not marked, “” if it is."""
    if not results:
        return "标注时进程意外退出"
    result = results[0]
    return result.why if isinstance(result, Lost) else result


def _letter(record: Audited, marked: str) -> Letter:
    form = form_of(record.form or CURRENT)
    title = usual_title(form, record.organisation, record.year) if record.form else ""
    standing = [found for found in record.findings if not found.ignored and not found.explanation]
    return Letter(
        record.organisation,
        f"{record.year or year_in(record.path) or '　　'}年{form.title}",
        title or f"{record.organisation}{form.title}",
        Path(record.path).name,
        [_said(found) for found in standing if found.level == "error"],
        [_said(found) for found in standing if found.level == "warning"],
        record.remark if record.state is State.UNREADABLE else "",
        marked,
    )


def _said(found: Found) -> Problem:
    told = found.told
    return Problem(found.title, found.place, told.message, told.proposed, told.todo, told.quote)


class _Names:
    """Names of files by unit, each only once, as Windows tells them apart."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def of(self, record: Audited) -> str:
        """Return the name of what goes back to a unit, without an ending."""
        told = record.organisation or Path(record.path).stem
        # What is not seen would turn the name round, or make two names look like one.
        told = "".join(letter for letter in told if letter.isprintable() or letter.isspace())
        name = taken = _ILLEGAL.sub("_", told).strip(" .")[:_LONGEST] or "未填单位"
        while taken.casefold() in self._taken:
            number = self._last[name.casefold()] = self._last.get(name.casefold(), 1) + 1
            taken = f"{name}（{number}）"
        self._taken.add(taken.casefold())
        return taken
