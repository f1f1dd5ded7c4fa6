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
from xlreport.workbook import look, pen
from xlreport.workbook.cell_texts import put_text
from xlreport.workbook.layout import Block, cell_at, layout_of
from xlreport.workbook.names import name_of
from xlreport.workbook.reproducible import bytes_of
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


def _draw_list(
    sheet: Worksheet, title: str, columns: Mapping[str, float], lines: Sequence[Sequence[object]]
) -> None:
    """Draw a list with numbered lines below its title; ``columns`` are the widths by heading, behind that of the numbers."""
    draw_title(sheet, title)
    widths = (8.0, *columns.values())
    for column, heading in enumerate(("序号", *columns), 1):
        pen.draw_heading(sheet, cell_at(sheet.title, FIRST, column), heading)
    for number, line in enumerate(lines, 1):
        tallest = 1
        for column, value in enumerate((number, *line), 1):
            alignment = look.LEFT if isinstance(value, str) else look.CENTRE
            place = cell_at(sheet.title, FIRST + number, column)
            cell = pen.draw(sheet, place, value, font=look.LABEL, alignment=alignment, border=look.GRID)
            if isinstance(value, str):
                put_text(cell, value)
                tallest = max(tallest, pen.lines_in(value, widths[column - 1]))
        sheet.row_dimensions[FIRST + number].height = look.height_for(tallest)
    sheet.row_dimensions[FIRST].height = look.ROW_HEIGHT
    pen.set_widths(sheet, dict(enumerate(widths, 1)))
    pen.set_page(sheet, "landscape")
    sheet.freeze_panes = sheet.cell(FIRST + 1, 1).coordinate
    sheet.print_title_rows = f"{FIRST}:{FIRST}"
    last = sheet.cell(FIRST + max(1, len(lines)), len(widths)).coordinate
    sheet.auto_filter.ref = f"{sheet.cell(FIRST, 1).coordinate}:{last}"
    sheet.sheet_properties.tabColor = look.READ_TAB


def _members(sheet: Worksheet, rollup: Rollup) -> None:
    notes: dict[str, list[str]] = {}
    for note in rollup.notes:
        notes.setdefault(note.path, []).append(note.reason)
    lines = [("未汇入", left.organisation, left.path, left.reason) for left in rollup.left_out]
    for unit in rollup.units:
        said = "；".join((*filter(None, [unit.problem]), *notes.get(unit.path, ())))
        lines.append(("汇入", unit.organisation, unit.path, said))
    for unit in rollup.superiors:
        lines.append(("上级", unit.organisation, unit.path, "由下级汇总，与下级的核对见“逐级核对”"))
    title = f"汇总名单：汇入 {len(rollup.units)} 个单位，未汇入 {len(rollup.left_out)} 个"
    _draw_list(sheet, title, {"是否汇入": 12, "单位": 36, "文件": 44, "说明": 70}, lines)


def _comparison(sheet: Worksheet, rollup: Rollup, found: Sequence[Difference]) -> None:
    title = f"上级数与{SUM}核对：{f'有 {len(found)} 格不符' if found else '全部相符'}"
    columns = {"项目": 50, "上级数": 14, SUM: 14, "差额": 14, "有数的单位": 80}
    lines = [
        (label_of(rollup.form, each.key), each.own, each.total, each.difference, contributors(each))
        for each in found
    ]
    _draw_list(sheet, title, columns, lines)


def _levels(sheet: Worksheet, rollup: Rollup) -> None:
    """Every superior of the list against those below it, and what is wrong with the list."""
    wrong = sum(bool(check.differences) for check in rollup.checks)
    title = f"逐级核对：{len(rollup.checks)} 个上级，{f'{wrong} 个不符' if wrong else '全部相符'}"
    title += f"；名单有 {len(rollup.remarks)} 处问题" if rollup.remarks else ""
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
    columns = {"结果": 14, "上级": 30, "项目": 50, "上级数": 14, "下级之和": 14, "差额": 14, "说明": 80}
    _draw_list(sheet, title, columns, lines)


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
