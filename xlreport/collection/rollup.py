"""Adding up: the sum of many units' reports cell by cell, who is in it and who is not, and the superior's own report against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from xlreport.checking import check
from xlreport.collection.auditing import Batch, reason
from xlreport.collection.contribution import Contribution, Difference, NotAdded
from xlreport.collection.once import counted_twice, totals
from xlreport.collection.readers import Lost
from xlreport.collection.report_files import refuse_folder
from xlreport.collection.spreading import batches, spread
from xlreport.collection.sums import compared, sum_of
from xlreport.collection.tree import Comparison, Tree, added, missing_in, placed
from xlreport.errors import InputError, XlreportError
from xlreport.form.catalogue import form_ids, form_of
from xlreport.form.declaration import Form
from xlreport.form.figures import amount
from xlreport.report import Report, nested
from xlreport.sources.reading import read


class Rollup(NamedTuple):
    """Units added up: ``total`` by cell (``None`` where all are blank), ``notes`` on figures that could not be added.

    Where a list says who is above whom, ``superiors`` are the reports that were not added because those below them were, ``checks`` say how
    they agree with these; ``remarks`` is what is wrong with the list, or missing.
    """

    form: Form
    year: int | None
    units: tuple[Contribution, ...]
    left_out: tuple[NotAdded, ...]
    total: dict[str, int | Decimal | None]
    notes: tuple[NotAdded, ...] = ()
    superiors: tuple[Contribution, ...] = ()
    checks: tuple[Comparison, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True if everyone is in the sum, nobody is missing, and every superior has the sum of those below it."""
        return not (self.left_out or self.remarks or any(check.differences for check in self.checks))

    def report(self, organisation: str = "") -> Report:
        """Return the sum as the report of the superior office; texts are not added up."""
        fields = {"form": self.form.id, "organisation": organisation, "year": self.year}
        return Report.model_validate({**fields, **nested(dict(self.total))})


def units_in(
    folder: str | Path, files: Sequence[str], executor: Executor | None = None
) -> Iterator[Contribution]:
    """Yield what each of ``files`` contributes, in order; a file that cannot be read is a unit with a problem."""
    home = str(folder)
    pieces = ((None, Batch(home, tuple(batch))) for batch in batches(files, executor))
    for _, work, found in spread(read_units, pieces, executor):
        died = "读取这份文件时进程意外退出"
        results = [Lost(path, died) for path in work.paths] if found is None else found
        for result in results:
            if isinstance(result, Lost):
                yield Contribution(result.path, problem=f"无法读取：{result.why}")
            else:
                yield result


def read_units(batch: Batch) -> list[Contribution]:
    """Return what each file of a piece of work contributes."""
    return [_unit(batch.folder, path) for path in batch.paths]


def _unit(folder: str, path: str) -> Contribution:
    try:
        source = Path(folder, path)
        refuse_folder(source)
        report = read(source)
        errors = check(report).errors
    except XlreportError as error:
        return Contribution(path, problem=f"无法读取：{reason(error)}")
    except Exception as error:
        return Contribution(path, problem=f"无法读取：程序出错（{type(error).__name__}）")
    problem = f"审核不通过（强制性 {len(errors)} 处，如：{errors[0].message}）" if errors else ""
    return Contribution(path, report.organisation, report.year, report.form, problem, report.figures())


def add_up(
    folder: Path,
    units: Iterable[Contribution],
    own: Report | None = None,
    *,
    failing: bool = False,
    tree: Tree | None = None,
) -> Rollup:
    """Return the sum of the units that pass (with ``failing``, of those that can be read), of the form that ``own`` or most of them use.

    No report is in it twice (see ``once``), and none of another year than most; with ``tree``, only those that a list names, and of every branch the lowest. Raises
    ``InputError`` where nothing is left to be added or no year is that of most reports.
    """
    everyone = list(units)
    readable = [unit for unit in everyone if unit.form]
    form = form_of(own.form if own is not None else _usual(unit.form for unit in readable))
    of_the_form = [unit for unit in readable if unit.form == form.id]
    early = _of_another_year(of_the_form, own)
    of_the_form = [unit for unit in of_the_form if unit.path not in early]
    whose = (lambda _: None) if tree is None else tree.node_of
    reasons = early | counted_twice(form, of_the_form, own.figures() if own is not None else None, whose)
    if tree is None or not tree.has_levels:
        # Once with those that do not pass, which the total may well have in it, and once without.
        reasons |= totals(form, [unit for unit in of_the_form if unit.path not in reasons])
        passing = [unit for unit in of_the_form if not unit.problem or failing]
        reasons |= totals(form, [unit for unit in passing if unit.path not in reasons])
    for unit in everyone:
        if why := _objection(unit, form, failing):
            reasons.setdefault(unit.path, why)
    taken = [unit for unit in everyone if unit.path not in reasons]
    placed_in = _Placed(taken) if tree is None else _placed_in(tree, taken, everyone, form)
    reasons |= placed_in.reasons
    left_out = tuple(
        NotAdded(unit.path, unit.organisation, reasons[unit.path])
        for unit in everyone
        if unit.path in reasons
    )
    if not placed_in.units:
        first = f"（如 {left_out[0].path}：{left_out[0].reason}）" if left_out else ""
        raise InputError(folder, f"没有可以汇总的报告{first}", "请先用 xlreport audit 审核，改正后再汇总")
    year = _year_of(folder, [*placed_in.units, *placed_in.superiors], own)
    return Rollup(
        form,
        year,
        tuple(placed_in.units),
        left_out,
        {key: sum_of(unit.figures.get(key) for unit in placed_in.units) for key in form.cells},
        tuple(_notes(placed_in.units, form)),
        tuple(placed_in.superiors),
        tuple(placed_in.checks),
        tuple(placed_in.remarks),
    )


def differences(rollup: Rollup, own: Report) -> tuple[Difference, ...]:
    """Return every cell of the superior's own report that is not the sum of the units; a blank counts as 0."""
    return compared(
        own.figures(), [(unit.organisation, unit.figures) for unit in rollup.units], own.figures()
    )


class _Placed(NamedTuple):
    """The reports to be added, what a list says of others, and what is to be said of the list."""

    units: Sequence[Contribution]
    superiors: Sequence[Contribution] = ()
    checks: Sequence[Comparison] = ()
    reasons: Mapping[str, str] = MappingProxyType({})
    remarks: Sequence[str] = ()


def _placed_in(
    tree: Tree, taken: Sequence[Contribution], everyone: Sequence[Contribution], form: Form
) -> _Placed:
    strangers, twice = placed(tree, taken)
    reasons = {
        unit.path: "名单里同一单位已有另一份报告，不能确定用哪一份"
        if tree.node_of(unit.organisation)
        else "不在名单里"
        for unit in strangers
    }
    said = {
        id(tree.node_of(unit.organisation))
        for unit in everyone
        if unit.path not in {each.path for each in taken}
    }
    remarks = [f"名单里“{name}”不止一次" for name in twice]
    remarks += missing_in(tree, lambda node: id(node) in said)
    if tree.has_levels:
        found = added(tree, list(form.cells))
        return _Placed(found.units, found.superiors, found.checks, reasons, remarks)
    return _Placed([unit for unit in taken if unit.path not in reasons], reasons=reasons, remarks=remarks)


def _usual(forms: Iterable[str]) -> str:
    count = Counter(forms)
    return max(form_ids(), key=lambda form: count[form])


def _objection(unit: Contribution, form: Form, failing: bool) -> str:
    """Why the unit is not added up, “” if it is."""
    if not unit.form:
        return unit.problem
    if unit.form != form.id:
        return f"用的是{form_of(unit.form).notice}的格式，汇总的是{form.notice}的格式"
    return "" if failing else unit.problem


def _of_another_year(units: Sequence[Contribution], own: Report | None) -> dict[str, str]:
    """Which of the reports are of another year than most of them, and than the superior's own; none where most are of no one year."""
    count = Counter(unit.year for unit in units if unit.year is not None)
    year, most = max(count.items(), key=lambda item: item[1], default=(None, 0))
    if 2 * most <= count.total() or (own is not None and own.year not in (None, year)):
        return {}
    return {
        unit.path: f"是{unit.year}年的报告，汇总的是{year}年的"
        for unit in units
        if unit.year not in (None, year)
    }


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


def _notes(units: Sequence[Contribution], form: Form) -> Iterator[NotAdded]:
    for unit in units:
        for key, value in unit.figures.items():
            if amount(value) is None:
                yield NotAdded(
                    unit.path, unit.organisation, f"“{form.label(key)}”填的是“{value}”，不是数字，未计入"
                )
