"""Whether the program kept its promise about one file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from tests.strangers.attempts import (
    Attempt,
    Doubtful,
    NoNumber,
    Ran,
    Refused,
    Shown,
    Survived,
)
from tests.strangers.bases import figures, flattened
from tests.strangers.running import Program, Slow


class Class(Enum):
    """The classes of the table in ``docs/reliability.md``."""

    PROMISED = "as promised"
    SAID = "said"
    SILENT = "silent"
    CRASH = "crash"
    SLOW = "slow"


FAILURES = (Class.SILENT, Class.CRASH, Class.SLOW)

#: The declared row labels, by the part of the path that names the row: a remark names a place by its label.
LABELS = {
    "rules": "规章", "normative_documents": "规范性文件", "licensing": "行政许可", "penalties": "行政处罚",
    "coercion": "行政强制", "fees": "收费", "new": "新收", "carried_in": "上年结转", "granted": "予以公开",
    "partly_granted": "部分公开", "carried_out": "结转下年度",
}  # fmt: skip
TABLES = {"disclosure": "表二", "applications": "表三", "cases": "表四"}
#: The sheets of the standard workbook.
SHEETS = {"disclosure": "二、主动公开", "applications": "三、依申请公开", "cases": "四、行政复议"}


@dataclass(frozen=True)
class Verdict:
    what: Class
    why: str = ""


def crashed(ran: Ran) -> str:
    if ran.trouble:
        return ran.trouble
    if "程序出错" in ran.errors or "Traceback" in ran.errors:
        return ran.errors.strip().splitlines()[-1][:300]
    if ran.status not in (0, 1, 2, 130):
        return f"status {ran.status}"
    return ""


def refused(ran: Ran) -> str:
    """ "" where the input was refused as promised; else why it was not."""
    lines = [line for line in ran.errors.splitlines() if line.strip() and not line.startswith("读取说明")]
    if ran.status != 2:
        return f"status {ran.status}"
    if len(lines) != 1:
        return f"{len(lines)} lines: {lines[:3]}"
    if len(lines[0]) > 1000 or re.search(r"[\x00-\x08\x0b-\x1f\x7f‮]", lines[0]):
        return f"not one clean line: {lines[0][:80]!r}"
    return ""


@dataclass(frozen=True)
class Reading:
    """What came of a file: ``values`` None where it was refused."""

    passed: bool
    findings: list[dict[str, Any]]
    remarks: list[str]
    values: dict[str, Any] | None
    year: int | None = None

    def error_at(self, cell: str) -> bool:
        return any(f["level"] == "error" and cell in f["cells"] for f in self.findings)

    def named(self, cell: str, *texts: object) -> bool:
        """A remark names the place: by its table, its row's label, or the figure."""
        table, *rest = cell.split(".")
        words = [TABLES[table], SHEETS[table], *(LABELS[part] for part in rest if part in LABELS)]
        words += [str(text) for text in texts if text not in (None, "", 0)]
        told = [*self.remarks, *(f["message"] for f in self.findings if cell in f["cells"])]
        return any(word in remark for remark in told for word in words)


def same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(other))
    return one == other


def wrong_cell(reading: Reading, cell: str, shown: object) -> str:
    """ "" where a cell that was not read as shown is said, else what is wrong."""
    assert reading.values is not None
    got = reading.values.get(cell)
    if reading.passed:
        return f"{cell}: {got!r}, shown {shown!r}, and the report passes; remarks {reading.remarks[:2]}"
    if reading.error_at(cell):
        return ""
    if (
        not isinstance(got, int | float)
        and any(f["level"] == "error" for f in reading.findings)
        and (
            reading.named(cell, got, shown)
            or any(f["rule"] == "sections" and f["level"] == "error" for f in reading.findings)
        )
    ):
        return ""
    if reading.named(cell, got, shown):
        return ""
    return f"{cell}: {got!r}, shown {shown!r}, and nothing names the place"


def judged_reading(expected: Shown | NoNumber | Doubtful | Survived, reading: Reading) -> Verdict:
    """The verdict about a file that was read."""
    values = reading.values
    assert values is not None
    base = figures()
    if isinstance(expected, Survived):
        if not expected.may_pass and reading.passed:
            return Verdict(Class.SILENT, "passes")
        return Verdict(Class.PROMISED)
    if isinstance(expected, Shown):
        if expected.year is not None and reading.year != expected.year:
            if reading.passed and not reading.remarks:
                return Verdict(Class.SILENT, f"year {reading.year}, shown {expected.year}")
            return Verdict(Class.SAID, f"year {reading.year}")
        wanted = {**base, **expected.cells}
        wrong = {
            c: v
            for c, v in wanted.items()
            if not same(values.get(c), v) and (values.get(c), v) not in ((None, ""), ("", None))
        }
        for cell, shown in wrong.items():
            if why := wrong_cell(reading, cell, shown):
                return Verdict(Class.SILENT, why)
        for finding in reading.findings:
            for suggestion in finding["suggestions"]:
                cell, to = suggestion["cell"], suggestion["to"]
                if cell in expected.cells and not same(to, wanted[cell]):
                    return Verdict(Class.SILENT, f"{cell}: advice {to!r}, shown {wanted[cell]!r}")
        if wrong:
            return Verdict(Class.SAID, "; ".join(f"{c}: {values.get(c)!r}" for c in list(wrong)[:3]))
        if expected.said and not any(reading.named(cell, value) for cell, value in expected.cells.items()):
            return Verdict(Class.SILENT, f"converted without a word; remarks {reading.remarks[:2]}")
        return Verdict(Class.PROMISED)
    cells = expected.cells if isinstance(expected, NoNumber) else (expected.cell,)
    for cell in cells:
        got = values.get(cell)
        if reading.error_at(cell) and not reading.passed:
            continue
        if isinstance(expected, Doubtful) and any(same(got, value) for value in expected.values):
            if reading.named(cell, got):
                return Verdict(Class.SAID, f"{cell}: {got!r}")
            return Verdict(
                Class.SILENT,
                f"{cell}: {got!r} without a word, though doubtful; remarks {reading.remarks[:2]}",
            )
        if reading.passed or isinstance(got, int | float) or not reading.named(cell, got):
            return Verdict(
                Class.SILENT, f"{cell}: {got!r}, passed {reading.passed}; remarks {reading.remarks[:2]}"
            )
        return Verdict(Class.SAID, f"{cell}: {got!r}, no finding at the cell")
    for cell, shown in base.items():
        if (
            cell not in cells
            and not same(values.get(cell), shown)
            and (why := wrong_cell(reading, cell, shown))
        ):
            return Verdict(Class.SILENT, why)
    return Verdict(Class.PROMISED)


def judged(attempt: Attempt, path: Path, program: Program) -> Verdict:
    """Run the program on the file at ``path``."""
    try:
        if attempt.judge is not None:
            return _of_text(attempt.judge(program, path))
        return _checked(attempt, path, program)
    except Slow as slow:
        return Verdict(Class.SLOW, str(slow))


def _of_text(text: str) -> Verdict:
    """A judge of its own answers "" or a text, with the class before a colon where it is not ``silent``."""
    if not text:
        return Verdict(Class.PROMISED)
    head, _, rest = text.partition(":")
    named = {c.value: c for c in Class}
    return Verdict(named[head], rest.strip()) if head in named else Verdict(Class.SILENT, text)


def _checked(attempt: Attempt, path: Path, program: Program) -> Verdict:
    ran = program("check", path, "--format", "json")
    if trouble := crashed(ran):
        return Verdict(Class.CRASH, trouble)
    expected = attempt.expected
    if ran.status == 2:
        if why := refused(ran):
            return Verdict(Class.CRASH, why)
        if isinstance(expected, Refused | NoNumber | Survived):
            return Verdict(Class.PROMISED, ran.errors.strip())
        return Verdict(Class.SAID, ran.errors.strip()[:200])
    try:
        found = json.loads(ran.output)
    except ValueError:
        return Verdict(Class.CRASH, f"no JSON: {ran.output[:80]!r}")
    if (ran.status == 0) != found["passed"]:
        return Verdict(Class.CRASH, f"status {ran.status} and passed {found['passed']}")
    if isinstance(expected, Refused):
        return Verdict(
            Class.SILENT if found["passed"] else Class.SAID, f"not refused, passed {found['passed']}"
        )
    out = path.with_name(path.name + ".out.json")
    ran_out = program("convert", path, out, "--force")
    if trouble := crashed(ran_out):
        return Verdict(Class.CRASH, "convert: " + trouble)
    if ran_out.status != 0:
        return Verdict(Class.SAID, "convert: " + ran_out.errors.strip()[:200])
    report = json.loads(out.read_text(encoding="utf-8"))
    remarks = [line for line in ran.errors.splitlines() if line.strip()]
    return judged_reading(
        expected,
        Reading(found["passed"], found["findings"], remarks, dict(flattened(report)), report.get("year")),
    )
