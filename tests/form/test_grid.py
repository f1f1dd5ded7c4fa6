"""The grids must be the printed form: every label, every merge."""

from __future__ import annotations

import pytest

from xlreport.form.catalogue import form_of
from xlreport.form.grid import Grid, GridCell, grid_of

FORM = form_of("disclosure-2021")

# Written out by hand from the printed form: (row, column, row span, column span) and text. Figures are “·”.
TABLE_2 = [
    (0, 0, 1, 4, "第二十条第（一）项"),
    (1, 0, 1, 1, "信息内容"),
    (1, 1, 1, 1, "本年制发件数"),
    (1, 2, 1, 1, "本年废止件数"),
    (1, 3, 1, 1, "现行有效件数"),
    (2, 0, 1, 1, "规章"),
    (3, 0, 1, 1, "行政规范性文件"),
    (4, 0, 1, 4, "第二十条第（五）项"),
    (5, 0, 1, 1, "信息内容"),
    (5, 1, 1, 3, "本年处理决定数量"),
    (6, 0, 1, 1, "行政许可"),
    (7, 0, 1, 4, "第二十条第（六）项"),
    (8, 0, 1, 1, "信息内容"),
    (8, 1, 1, 3, "本年处理决定数量"),
    (9, 0, 1, 1, "行政处罚"),
    (10, 0, 1, 1, "行政强制"),
    (11, 0, 1, 4, "第二十条第（八）项"),
    (12, 0, 1, 1, "信息内容"),
    (12, 1, 1, 3, "本年收费金额（单位：万元）"),
    (13, 0, 1, 1, "行政事业性收费"),
]
TABLE_3 = [
    (0, 0, 3, 3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
    (0, 3, 1, 7, "申请人情况"),
    (1, 3, 2, 1, "自然人"),
    (1, 4, 1, 5, "法人或其他组织"),
    (1, 9, 2, 1, "总计"),
    (2, 4, 1, 1, "商业企业"),
    (2, 5, 1, 1, "科研机构"),
    (2, 6, 1, 1, "社会公益组织"),
    (2, 7, 1, 1, "法律服务机构"),
    (2, 8, 1, 1, "其他"),
    (3, 0, 1, 3, "一、本年新收政府信息公开申请数量"),
    (4, 0, 1, 3, "二、上年结转政府信息公开申请数量"),
    (5, 0, 22, 1, "三、本年度办理结果"),
    (5, 1, 1, 2, "（一）予以公开"),
    (6, 1, 1, 2, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    (7, 1, 8, 1, "（三）不予公开"),
    (7, 2, 1, 1, "1.属于国家秘密"),
    (8, 2, 1, 1, "2.其他法律行政法规禁止公开"),
    (9, 2, 1, 1, "3.危及“三安全一稳定”"),
    (10, 2, 1, 1, "4.保护第三方合法权益"),
    (11, 2, 1, 1, "5.属于三类内部事务信息"),
    (12, 2, 1, 1, "6.属于四类过程性信息"),
    (13, 2, 1, 1, "7.属于行政执法案卷"),
    (14, 2, 1, 1, "8.属于行政查询事项"),
    (15, 1, 3, 1, "（四）无法提供"),
    (15, 2, 1, 1, "1.本机关不掌握相关政府信息"),
    (16, 2, 1, 1, "2.没有现成信息需要另行制作"),
    (17, 2, 1, 1, "3.补正后申请内容仍不明确"),
    (18, 1, 5, 1, "（五）不予处理"),
    (18, 2, 1, 1, "1.信访举报投诉类申请"),
    (19, 2, 1, 1, "2.重复申请"),
    (20, 2, 1, 1, "3.要求提供公开出版物"),
    (21, 2, 1, 1, "4.无正当理由大量反复申请"),
    (22, 2, 1, 1, "5.要求行政机关确认或重新出具已获取信息"),
    (23, 1, 3, 1, "（六）其他处理"),
    (23, 2, 1, 1, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    (24, 2, 1, 1, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    (25, 2, 1, 1, "3.其他"),
    (26, 1, 1, 2, "（七）总计"),
    (27, 0, 1, 3, "四、结转下年度继续办理"),
]
FIVE = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
TABLE_4 = [
    (0, 0, 1, 5, "行政复议"),
    (0, 5, 1, 10, "行政诉讼"),
    *((1, column, 2, 1, text) for column, text in enumerate(FIVE)),
    (1, 5, 1, 5, "未经复议直接起诉"),
    (1, 10, 1, 5, "复议后起诉"),
    *((2, 5 + column, 1, 1, text) for column, text in enumerate(FIVE * 2)),
]


def texts(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return sorted(_place(cell) for cell in grid.cells if not cell.key)


def _place(cell: GridCell) -> tuple[int, int, int, int, str]:
    return cell.row, cell.column, cell.row_span, cell.column_span, cell.text


@pytest.mark.parametrize(
    ("table", "printed"), [("disclosure", TABLE_2), ("applications", TABLE_3), ("cases", TABLE_4)]
)
def test_labels_and_merges_are_those_of_the_printed_form(
    table: str, printed: list[tuple[int, int, int, int, str]]
):
    assert texts(grid_of(FORM.table(table))) == sorted(printed)


@pytest.mark.parametrize(("table", "figures"), [("disclosure", 10), ("applications", 175), ("cases", 15)])
def test_every_figure_of_the_table_has_one_cell(table: str, figures: int):
    grid = grid_of(FORM.table(table))
    keys = [cell.key for cell in grid.cells if cell.key]
    assert len(keys) == figures == len(set(keys))
    assert set(keys) == {cell.key for cell in FORM.table(table).cells}


@pytest.mark.parametrize("table", FORM.tables, ids=lambda table: table.key)
def test_cells_cover_the_grid_without_gap_or_overlap(table):
    grid = grid_of(table)
    covered = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert sorted(covered) == [(row, column) for row in range(grid.height) for column in range(grid.width)]


def test_figures_stand_where_their_labels_cross():
    figures = grid_of(FORM.table("applications")).figures
    assert _place(figures["applications.new.natural_person"])[:4] == (3, 3, 1, 1)
    assert _place(figures["applications.results.refused.internal_affairs.commercial"])[:4] == (11, 4, 1, 1)
    assert _place(figures["applications.carried_out.total"])[:4] == (27, 9, 1, 1)
    assert _place(grid_of(FORM.table("disclosure")).figures["disclosure.fees.amount"])[:4] == (13, 1, 1, 3)
    assert _place(grid_of(FORM.table("cases")).figures["cases.litigation_after_review.total"])[:4] == (
        3,
        14,
        1,
        1,
    )


def test_headers_that_repeat_on_a_new_page_are_above_all_figures():
    for table in FORM.tables:
        grid = grid_of(table)
        assert all(cell.row >= grid.header_rows for cell in grid.figures.values())
