"""Tables whose rows and columns are laid out differently: turned, a row for each kind of case, with a column of remarks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import xlreport
from tests.rendering.drawing import DrawnCell, DrawnTable, items
from tests.rendering.pages import as_html
from tests.rendering.rendered import RENDERINGS, Rendering, differences, read_back, sample, with_text
from tests.rendering.variations import Variation
from tests.samples import report_of
from xlreport.form.catalogue import form_of


def read_with(change: object, folder: Path, tables: tuple[int, ...] = (0, 1, 2)) -> xlreport.Report:
    """Return the report read from a page after ``change`` was made to these of its tables."""
    drawn = items(sample("suqian-2024"), Variation())
    places = [at for at, item in enumerate(drawn) if isinstance(item, DrawnTable)]
    for number in tables:
        table = drawn[places[number]]
        assert isinstance(table, DrawnTable)
        drawn[places[number]] = DrawnTable(tuple(change(table)))  # type: ignore[operator]
    path = folder / "report.html"
    path.write_text(as_html(drawn, Variation()).replace("CHARSET", "utf-8"), encoding="utf-8")
    return xlreport.read(path)


def turned(table: DrawnTable) -> list[DrawnCell]:
    return [
        replace(
            cell,
            row=cell.column,
            column=cell.row,
            row_span=cell.column_span,
            column_span=cell.row_span,
        )
        for cell in table.cells
    ]


def with_remarks(table: DrawnTable) -> list[DrawnCell]:
    rows = range(table.height)
    remarks = [DrawnCell(row, table.width, 1, 1, "较上年增加3件" if row % 3 else "") for row in rows]
    return [*table.cells, *remarks]


@pytest.mark.parametrize("number", [1, 2])
def test_a_turned_table_is_read_with_the_places_of_the_page(number: int, tmp_path: Path):
    again = read_with(turned, tmp_path, (number,))
    assert differences(sample("suqian-2024"), again) == []
    assert again.remarks == []
    if number == 2:
        assert again.origins["cases.review.corrected"] == "表3第2行第4列"


def beside_the_headers(table: DrawnTable) -> list[DrawnCell]:
    """Each kind of case as LibreOffice draws it where a page lacks a row: the figures behind their headers, which begin a row above."""
    heads = [
        cell for cell in table.cells if not cell.figure and cell.text[:2] in ("结果", "其他", "尚未", "总计")
    ]
    figures = [cell for cell in table.cells if cell.figure]
    found: list[DrawnCell] = []
    for block, kind in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
        top = 3 * block
        found += [DrawnCell(top, 0, 1, 5, kind), *(DrawnCell(top, at, 1, 1, "") for at in range(5, 10))]
        for at, (head, figure) in enumerate(zip(heads[:5], figures[5 * block :], strict=False)):
            found.append(DrawnCell(top + 1, at, 2, 1, head.text))
            found += [
                DrawnCell(top + 1, 5 + at, 1, 1, ""),
                DrawnCell(top + 2, 5 + at, 1, 1, figure.text, True),
            ]
    return found


def test_figures_behind_as_many_headers_are_theirs_with_the_places_of_the_page(tmp_path: Path):
    again = read_with(beside_the_headers, tmp_path, (2,))
    assert differences(sample("suqian-2024"), again) == []
    assert again.origins["cases.review.corrected"] == "表3第3行第7列"
    assert again.origins["cases.litigation_direct.upheld"] == "表3第6行第6列"


def test_a_column_of_remarks_is_no_figure_and_no_label(tmp_path: Path):
    assert differences(sample("suqian-2024"), read_with(with_remarks, tmp_path, (1,))) == []


def of_2019() -> xlreport.Report:
    form = form_of("disclosure-2019")
    figures = {key: number for number, key in enumerate(form.cells, 3)}
    return with_text(report_of(figures, form=form.id, year=2020))


@pytest.mark.parametrize("rendering", RENDERINGS, ids=lambda rendering: rendering.name)
def test_labels_of_which_only_the_common_beginning_is_left_are_told_by_their_order(
    rendering: Rendering, tmp_path: Path
):
    report = of_2019()
    again = read_back(report, Variation(headers="cut"), rendering, tmp_path)
    assert differences(report, again) == []
    (said,) = (remark for remark in again.remarks if "印得不全" in remark)
    assert "“本年新”" in said and "“本年新制作数量”“本年新公开数量”" in said


def test_a_cut_label_without_the_other_column_is_no_figure(tmp_path: Path):
    page = "<h1>某某局2020年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>"
    page += "<tr><td>信息内容</td><td>本年新</td><td>对外公开总数量</td></tr><tr><td>规章</td><td>4</td><td>9</td></tr>"
    page += "<tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td></tr>"
    page += "<tr><td>行政许可</td><td>5</td><td>6</td><td>7</td></tr></table>"
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    figures = xlreport.read(tmp_path / "report.html").figures()
    assert figures["disclosure.licensing.decisions"] == 7
    assert figures["disclosure.rules.disclosed_in_all"] == 9
    assert not {4, 9} & {figures["disclosure.rules.made"], figures["disclosure.rules.disclosed"]}
