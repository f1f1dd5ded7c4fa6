"""The workbook of a roll-up: the superior's standard workbook filled with the sum, and behind it where each figure comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink

from xlreport.checking import gather
from xlreport.collection.contribution import Difference
from xlreport.collection.rollup import Rollup
from xlreport.collection.trace_sheets import FIRST, SUM, draw_title, draw_trace
from xlreport.form.balance import plain
from xlreport.ooxml.addresses import quoted
from xlreport.output import write_bytes
from xlreport.workbook import look
from xlreport.workbook.layout import Block, cell_at, layout_of
from xlreport.workbook.names import name_of
from xlreport.workbook.pen import draw, set_page, set_widths
from xlreport.workbook.reproducible import bytes_of
from xlreport.workbook.results_sheet import lines_of, put_text
from xlreport.workbook.stored import Value, stored_values
from xlreport.workbook.writer import fill, refuse_too_long

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xlreport.form.declaration import Form
    from xlreport.report import Report

MEMBERS, COMPARISON, LEVELS, TRACE = "汇总名单", "上下级核对", "逐级核对", "分单位"
#: Units named beside a difference.
NAMED = 8


def write(rollup: Rollup, target: Path, own: Report | None, found: Sequence[Difference]) -> None:
    """Write the workbook; raises ``OutputError`` where it cannot be written or a text is too long for a cell."""
    report = rollup.report(own.organisation if own is not None else "")
    refuse_too_long(report, target)
    workbook = fill(report)
    _members(workbook.create_sheet(MEMBERS), rollup)
    if own is not None:
        _comparison(workbook.create_sheet(COMPARISON), rollup, found)
    if rollup.checks or rollup.remarks:
        _levels(workbook.create_sheet(LEVELS), rollup)
    sums: dict[str, Block] = {}
    for table in rollup.form.tables:
        sheet = workbook.create_sheet(f"{TRACE} {rollup.form.section(table.key).sheet}")
        sums |= draw_trace(sheet, table, rollup)
        # Known by a name of ours, it is not taken for a copy of the table that somebody made.
        name, first = name_of(f"sums.{table.key}"), cell_at(sheet.title, FIRST, 1)
        workbook.defined_names[name] = DefinedName(name, attr_text=first.absolute)
    checks = stored_values(layout_of(report.declaration), gather(report))
    write_bytes(target, bytes_of(workbook, {**checks, **_explain(workbook, rollup, sums)}))


def _explain(workbook: Workbook, rollup: Rollup, sums: Mapping[str, Block]) -> dict[Block, Value]:
    """Make every figure of the sum a formula that leads to the row of sums, and a click on it too; return what the formulas come to."""
    cells = layout_of(rollup.form).cells
    results: dict[Block, Value] = {}
    for key, source in sums.items():
        total, target = rollup.total[key], cells[key]
        cell = workbook[target.sheet].cell(target.row, target.column)
        if total is None or isinstance(cell.value, str):
            continue  # more digits than a cell holds as a number
        cell.value = f"={quoted(source.sheet)}!{source.corner}"
        location = f"{quoted(source.sheet)}!{source.corner}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, tooltip="点一下看各单位的数")
        for place in (source, target):
            results[place] = total if isinstance(total, int) else float(total)
    return results


def _list(
    sheet: Worksheet, row: int, widths: Sequence[float], values: Sequence[object], heading: bool = False
) -> None:
    tallest = 1
    for column, (value, width) in enumerate(zip(values, widths, strict=True), 1):
        look_of = {"font": look.HEADING, "fill": look.HEADER_TINT} if heading else {"font": look.LABEL}
        alignment = look.LEFT if isinstance(value, str) and not heading else look.CENTRE
        cell = draw(
            sheet, cell_at(sheet.title, row, column), alignment=alignment, border=look.GRID, **look_of
        )
        if isinstance(value, str):
            put_text(cell, value)
            tallest = max(tallest, lines_of(value, width * 7 / 8))
        else:
            cell.value = value  # type: ignore[assignment]
    sheet.row_dimensions[row].height = look.height_for(tallest)


def _members(sheet: Worksheet, rollup: Rollup) -> None:
    widths = (8, 12, 36, 44, 70)
    draw_title(sheet, f"汇总名单：汇入 {len(rollup.units)} 个单位，未汇入 {len(rollup.left_out)} 个")
    _list(sheet, FIRST, widths, ("序号", "是否汇入", "单位", "文件", "说明"), heading=True)
    notes: dict[str, list[str]] = {}
    for note in rollup.notes:
        notes.setdefault(note.path, []).append(note.reason)
    lines: list[tuple[str, str, str, str]] = [
        *(("未汇入", left.organisation, left.path, left.reason) for left in rollup.left_out),
        *(
            (
                "汇入",
                unit.organisation,
                unit.path,
                "；".join((*filter(None, [unit.problem]), *notes.get(unit.path, ()))),
            )
            for unit in rollup.units
        ),
        *(
            ("上级", unit.organisation, unit.path, "由下级汇总，与下级的核对见“逐级核对”")
            for unit in rollup.superiors
        ),
    ]
    for number, line in enumerate(lines, 1):
        _list(sheet, FIRST + number, widths, (number, *line))
    _finish_list(sheet, widths, len(lines))


def _comparison(sheet: Worksheet, rollup: Rollup, found: Sequence[Difference]) -> None:
    widths = (8, 50, 14, 14, 14, 80)
    state = f"有 {len(found)} 格不符" if found else "全部相符"
    draw_title(sheet, f"上级数与{SUM}核对：{state}")
    _list(sheet, FIRST, widths, ("序号", "项目", "上级数", SUM, "差额", "有数的单位"), heading=True)
    for number, difference in enumerate(found, 1):
        sides = (difference.own, difference.total, difference.difference)
        label = label_of(rollup.form, difference.key)
        _list(sheet, FIRST + number, widths, (number, label, *sides, contributors(difference)))
    _finish_list(sheet, widths, len(found))


def _levels(sheet: Worksheet, rollup: Rollup) -> None:
    """Every superior of the list against those below it, and what is wrong with the list."""
    widths = (8, 14, 30, 50, 14, 14, 14, 80)
    wrong = sum(bool(check.differences) for check in rollup.checks)
    state = (
        f"{len(rollup.checks)} 个上级，{wrong} 个不符" if wrong else f"{len(rollup.checks)} 个上级，全部相符"
    )
    draw_title(
        sheet, f"逐级核对：{state}" + (f"；名单有 {len(rollup.remarks)} 处问题" if rollup.remarks else "")
    )
    headings = ("序号", "结果", "上级", "项目", "上级数", "下级之和", "差额", "说明")
    _list(sheet, FIRST, widths, headings, heading=True)
    lines: list[tuple[object, ...]] = [
        ("名单", "", "", None, None, None, remark) for remark in rollup.remarks
    ]
    for check in rollup.checks:
        lacking = f"没有{'、'.join(check.missing)}的数" if check.missing else ""
        for difference in check.differences:
            sides = (difference.own, difference.total, difference.difference)
            said = "；".join(filter(None, (lacking, contributors(difference))))
            lines.append(("不符", check.superior, label_of(rollup.form, difference.key), *sides, said))
        if not check.differences:
            said = "；".join(filter(None, (f"下级 {check.added} 个单位", lacking)))
            lines.append(("相符", check.superior, "", None, None, None, said))
    for number, line in enumerate(lines, 1):
        _list(sheet, FIRST + number, widths, (number, *line))
    _finish_list(sheet, widths, len(lines))


def label_of(form: Form, key: str) -> str:
    """Return a cell's label with its table before it."""
    return f"{form.table(form.cells[key].table).name}：{form.label(key)}"


def contributors(difference: Difference) -> str:
    """Return the units that contribute to a cell, the largest first: “甲局 12、乙局 3 等 9 个单位”."""
    if not difference.units:
        return "各单位都为 0 或空白"
    named = "、".join(
        f"{name or '（未填机关名称）'} {plain(value)}" for name, value in difference.units[:NAMED]
    )
    return named + (f" 等 {len(difference.units)} 个单位" if len(difference.units) > NAMED else "")


def _finish_list(sheet: Worksheet, widths: Sequence[float], rows: int) -> None:
    set_widths(sheet, dict(enumerate(widths, 1)))
    set_page(sheet, "landscape")
    sheet.freeze_panes = sheet.cell(FIRST + 1, 1).coordinate
    sheet.print_title_rows = f"{FIRST}:{FIRST}"
    last = sheet.cell(FIRST + max(1, rows), len(widths)).coordinate
    sheet.auto_filter.ref = f"{sheet.cell(FIRST, 1).coordinate}:{last}"
    sheet.sheet_properties.tabColor = look.READ_TAB
