"""Adding up: the sum of many units' reports cell by cell, who is in it and who is not, and the superior's own report against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from xlreport.checking import check
from xlreport.collection.auditing import Batch, reason
from xlreport.collection.names import normalised
from xlreport.collection.spreading import spread
from xlreport.errors import InputError, XlreportError
from xlreport.form.catalogue import form_ids, form_of
from xlreport.form.declaration import Form
from xlreport.form.figures import Figure, amount, is_blank
from xlreport.report import Report, nested
from xlreport.sources.reading import read

#: Files per piece of work.
_BATCH = 16


class Contribution(NamedTuple):
    """A unit's report as far as adding up needs it; ``problem`` says why it does not pass or cannot be read, “” if it passes."""

    path: str
    organisation: str = ""
    year: int | None = None
    form: str = ""
    problem: str = ""
    figures: dict[str, Figure] = {}  # noqa: RUF012


class LeftOut(NamedTuple):
    """A unit that was not added up, and why."""

    path: str
    organisation: str
    reason: str


class Difference(NamedTuple):
    """A cell where the superior's own report is not the sum of the units; ``units`` are those that contribute, largest first."""

    key: str
    own: Figure
    total: int | Decimal | None
    difference: int | Decimal | None
    units: tuple[tuple[str, int | Decimal], ...]


class Rollup(NamedTuple):
    """Units added up: ``total`` by cell (``None`` where all are blank), ``notes`` on figures that could not be added."""

    form: Form
    year: int | None
    units: tuple[Contribution, ...]
    left_out: tuple[LeftOut, ...]
    total: dict[str, int | Decimal | None]
    notes: tuple[LeftOut, ...] = ()

    def report(self, organisation: str = "") -> Report:
        """Return the sum as the report of the superior office; texts are not added up."""
        fields = {"form": self.form.id, "organisation": organisation, "year": self.year}
        return Report.model_validate({**fields, **nested(dict(self.total))})


def units_in(
    folder: str | Path, files: Sequence[str], executor: Executor | None = None
) -> Iterator[Contribution]:
    """Yield what each of ``files`` contributes, in order; a file that cannot be read is a unit with a problem."""
    home = str(folder)
    pieces = [
        (None, Batch(home, tuple(files[start : start + _BATCH]))) for start in range(0, len(files), _BATCH)
    ]
    for _, work, found in spread(read_units, pieces, executor):
        died = "读取这份文件时进程意外退出"
        yield from found if found is not None else [Contribution(path, problem=died) for path in work.paths]


def read_units(batch: Batch) -> list[Contribution]:
    """Return what each file of a piece of work contributes."""
    return [_unit(batch.folder, path) for path in batch.paths]


def _unit(folder: str, path: str) -> Contribution:
    try:
        report = read(Path(folder, path))
        errors = check(report).errors
    except XlreportError as error:
        return Contribution(path, problem=f"无法读取：{reason(error)}")
    except Exception as error:
        return Contribution(path, problem=f"无法读取：程序出错（{type(error).__name__}）")
    problem = f"审核不通过（强制性 {len(errors)} 处，如：{errors[0].message}）" if errors else ""
    return Contribution(path, report.organisation, report.year, report.form, problem, report.figures())


def add_up(
    folder: Path, units: Iterable[Contribution], own: Report | None = None, *, failing: bool = False
) -> Rollup:
    """Return the sum of the units that pass (with ``failing``, of those that can be read), of the form that ``own`` or most of them use.

    Raises ``InputError`` where nothing is left to be added or the reports are of different years.
    """
    everyone = list(units)
    readable = [unit for unit in everyone if unit.form]
    form = form_of(own.form if own is not None else _usual(unit.form for unit in readable))
    of_the_form = [unit for unit in readable if unit.organisation and unit.form == form.id]
    again = _again(of_the_form)
    named = Counter(normalised(unit.organisation) for unit in of_the_form if unit.path not in again)
    taken: list[Contribution] = []
    left_out: list[LeftOut] = []
    for unit in everyone:
        if unit.path in again:
            continue
        why = _objection(unit, form, named[normalised(unit.organisation)], failing)
        if why:
            left_out.append(LeftOut(unit.path, unit.organisation, why))
        else:
            taken.append(unit)
    if not taken:
        first = f"（如 {left_out[0].path}：{left_out[0].reason}）" if left_out else ""
        raise InputError(folder, f"没有可以汇总的报告{first}", "请先用 xlreport audit 审核，改正后再汇总")
    year = _year_of(folder, taken, own)
    total = {key: _sum(unit.figures.get(key) for unit in taken) for key in form.cells}
    return Rollup(
        form, year, tuple(taken), tuple(left_out), total, (*_copies(everyone, again), *_notes(taken, form))
    )


def differences(rollup: Rollup, own: Report) -> tuple[Difference, ...]:
    """Return every cell of the superior's own report that is not the sum of the units; a blank counts as 0."""
    found = []
    for key, value in own.figures().items():
        total, said = rollup.total[key], amount(value)
        if said == (total or 0):
            continue
        parts = [(unit.organisation, amount(unit.figures.get(key)) or 0) for unit in rollup.units]
        ranked = sorted((part for part in parts if part[1]), key=lambda part: -part[1])
        gap = None if said is None else said - (total or 0)
        found.append(Difference(key, value, total, gap, tuple(ranked)))
    return tuple(found)


def _usual(forms: Iterable[str]) -> str:
    count = Counter(forms)
    return max(form_ids(), key=lambda form: count[form])


def _again(units: Sequence[Contribution]) -> dict[str, str]:
    """Return the files that bring a unit's figures once more, say as a document beside the workbook: path → path of the one that counts."""
    same: dict[object, list[Contribution]] = {}
    for unit in units:
        same.setdefault((normalised(unit.organisation), unit.year, tuple(unit.figures.items())), []).append(
            unit
        )
    again = {}
    for several in same.values():
        counts = min(several, key=lambda unit: bool(unit.problem))
        again.update({unit.path: counts.path for unit in several if unit is not counts})
    return again


def _copies(units: Sequence[Contribution], again: dict[str, str]) -> Iterator[LeftOut]:
    for unit in units:
        if unit.path in again:
            yield LeftOut(unit.path, unit.organisation, f"与 {again[unit.path]} 的数相同，只汇入一份")


def _objection(unit: Contribution, form: Form, namesakes: int, failing: bool) -> str:
    """Why the unit is not added up, “” if it is."""
    if not unit.form:
        return unit.problem
    if unit.form != form.id:
        return f"用的是{form_of(unit.form).notice}的格式，汇总的是{form.notice}的格式"
    if namesakes > 1:
        return f"同一单位有 {namesakes} 份报告，不能确定用哪一份"
    return "" if failing else unit.problem


def _year_of(folder: Path, units: Sequence[Contribution], own: Report | None) -> int | None:
    by_year: dict[int, list[str]] = {}
    for unit in units:
        if unit.year is not None:
            by_year.setdefault(unit.year, []).append(unit.path)
    if own is not None and own.year is not None:
        by_year.setdefault(own.year, []).append("上级自己的报告")
    if len(by_year) > 1:
        counts = "，".join(
            f"{year}年 {len(paths)} 份（如 {paths[0]}）" for year, paths in sorted(by_year.items())
        )
        raise InputError(folder, f"各单位报告的年度不一致：{counts}", "请只留同一年度的报告")
    return next(iter(by_year), None)


def _sum(values: Iterable[Figure]) -> int | Decimal | None:
    entered = [value for value in values if not is_blank(value)]
    return sum((amount(value) or 0 for value in entered), 0) if entered else None


def _notes(units: Sequence[Contribution], form: Form) -> Iterator[LeftOut]:
    for unit in units:
        for key, value in unit.figures.items():
            if amount(value) is None:
                yield LeftOut(
                    unit.path, unit.organisation, f"“{form.label(key)}”填的是“{value}”，不是数字，未计入"
                )
