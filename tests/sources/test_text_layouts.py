"""Tables in plain text, in every way in which pages and documents lose their lines: rows, cells and blanks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import xlreport
from tests.rendering.drawing import DrawnTable, items
from tests.rendering.rendered import (
    RENDERINGS,
    WITHOUT_BLANKS,
    Rendering,
    differences,
    read_back,
    sample,
    suited,
)
from tests.rendering.variations import Variation
from tests.samples import balanced_figures, report_of
from xlreport.form.catalogue import CURRENT, form_of

PENALTIES = "disclosure.penalties.decisions"
TABLES = ("disclosure", "applications", "cases")


def read(text: str, folder: Path) -> xlreport.Report:
    """Return the report in a text."""
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return xlreport.read(path)


class TestCellsWithoutAnyMark:
    @pytest.mark.parametrize("rendering", WITHOUT_BLANKS, ids=lambda rendering: rendering.name)
    @pytest.mark.parametrize("name", ["suqian-2024", "xiji-2025"])
    def test_every_cell_is_read_where_all_figures_are_printed(
        self, name: str, rendering: Rendering, tmp_path: Path
    ):
        assert differences(sample(name), read_back(sample(name), Variation(), rendering, tmp_path)) == []

    @pytest.mark.parametrize("rendering", WITHOUT_BLANKS, ids=lambda rendering: rendering.name)
    @pytest.mark.parametrize(
        "how",
        [
            Variation(headers="lines"),
            Variation(labels="comma"),
            Variation(labels="overdue"),
            Variation(numbers="thousands"),
            Variation(fee="yuan"),
            Variation(table4="rows"),
            Variation(other="single"),
        ],
        ids=str,
    )
    def test_variations_are_read_back(self, how: Variation, rendering: Rendering, tmp_path: Path):
        report = suited(sample("suqian-2024"), how)
        assert differences(report, read_back(report, how, rendering, tmp_path)) == []

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_a_blank_that_left_no_trace_shifts_no_figure(self, data: st.DataObject, tmp_path: Path):
        """A row that lacks a cell is not read, and that is said."""
        report = sample("suqian-2024")
        rendering = data.draw(st.sampled_from(WITHOUT_BLANKS))
        drawn = items(report, Variation())
        at = data.draw(st.sampled_from([n for n, item in enumerate(drawn) if isinstance(item, DrawnTable)]))
        table = drawn[at]
        assert isinstance(table, DrawnTable)
        figures = [number for number, cell in enumerate(table.cells) if cell.figure]
        lost = set(data.draw(st.lists(st.sampled_from(figures), min_size=1, max_size=4)))
        drawn[at] = DrawnTable(tuple(cell for number, cell in enumerate(table.cells) if number not in lost))
        path = tmp_path / "report.txt"
        path.write_bytes(rendering.make(drawn, Variation()))
        again = xlreport.read(path)
        printed, found = report.figures(), again.figures()
        wrong = [
            key
            for key, figure in found.items()
            if isinstance(figure, (int, Decimal)) and figure != printed[key]
        ]
        assert again.remarks
        assert wrong == [] or len(wrong) < 15

    def test_text_above_the_first_heading_is_no_table(self, tmp_path: Path):
        text = "某某局2024年政府信息公开工作年度报告\n浏览次数\n12\n3\n4\n一、总体情况\n一切如常。\n"
        assert read(text, tmp_path).title in ("", "某某局2024年政府信息公开工作年度报告")
        assert read(text, tmp_path).organisation == "某某局"


class TestCellsALine:
    """A line each, a blank one for a blank cell; nothing, or a pipe alone, before each row."""

    @staticmethod
    def lines(blank: str, before: list[str], after: str = "") -> str:
        """The sample with every third zero blank, and one cell that is not."""
        zeros, found = 0, list[str]()
        for item in items(sample("suqian-2024"), Variation()):
            if not isinstance(item, DrawnTable):
                found.append(item)
                continue
            for row in item.lines():
                found += before
                for cell in row:
                    zeros += cell.figure and cell.text == "0"
                    is_blank = cell.figure and cell.text == "0" and zeros % 3 == 0
                    text = cell.text.replace("\n", "") or blank
                    found.append(((blank if is_blank else text) + after).strip())
        return "\n".join(found)

    @pytest.mark.parametrize(
        ("before", "after"),
        [([], ""), (["|"], ""), (["|"], " |"), ([""], "")],
        ids=["bare", "|", "| |", "apart"],
    )
    def test_blank_cells_keep_their_places(self, before: list[str], after: str, tmp_path: Path):
        again = read(self.lines("", before, after), tmp_path)
        assert differences(sample("suqian-2024"), again) == []
        assert any("空白" in line for line in again.remarks)

    def test_a_blank_line_in_a_row_that_has_all_its_figures_is_none(self, tmp_path: Path):
        text = self.lines("0", []).replace("\n0\n0\n0\n", "\n0\n\n0\n\n\n0\n", 5)
        assert differences(sample("suqian-2024"), read(text, tmp_path)) == []

    def test_what_is_blank_in_every_row_is_not_read_and_said(self, tmp_path: Path):
        head = "三、收到和处理政府信息公开申请情况\n自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n"
        rows = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开")
        text = head + "\n".join(f"{label}\n5\n0\n0\n0\n0\n2\n" for label in rows)
        again = read(text, tmp_path)
        assert not isinstance(again.figures()["applications.new.natural_person"], int)
        assert again.remarks and not xlreport.check(again).passed


BLANK = Variation(merged="no", zeros="")
CELLS_A_LINE = [each for each in (*RENDERINGS, *WITHOUT_BLANKS) if each.name.endswith("-cells")]


class TestUnmergedGrids:
    """Cells a line without merged cells, so that every row is as long as the others, its blank cells counted."""

    @pytest.mark.parametrize("rendering", CELLS_A_LINE, ids=lambda rendering: rendering.name)
    @pytest.mark.parametrize(
        "how", [BLANK, replace(BLANK, table4="stacked"), replace(BLANK, table3="headed")], ids=str
    )
    @pytest.mark.parametrize("name", ["suqian-2024", "xiji-2025"])
    def test_every_figure_and_every_blank_is_in_its_place(
        self, name: str, how: Variation, rendering: Rendering, tmp_path: Path
    ):
        assert differences(sample(name), read_back(sample(name), how, rendering, tmp_path)) == []

    def test_a_grid_that_lost_a_line_is_none_and_puts_no_figure_elsewhere(self, tmp_path: Path):
        report = sample("suqian-2024")
        (piped,) = [each for each in RENDERINGS if each.name == "text-piped-cells"]
        lines = piped.make(items(report, BLANK), BLANK).decode().split("\n")
        first = next(at for at, line in enumerate(lines) if line.startswith("一、本年新收"))
        blanks = [at for at, line in enumerate(lines) if at > first and line == "|"]
        for gone in (blanks[3], blanks[20], blanks[60]):
            again = read("\n".join([*lines[:gone], *lines[gone + 1 :]]), tmp_path)
            read_figures, printed = again.figures(), report.figures()
            taken = {
                key: figure for key, figure in read_figures.items() if isinstance(figure, int) and figure
            }
            assert all(printed[key] == figure for key, figure in taken.items())
            assert again.remarks and not xlreport.check(again).passed

    @pytest.mark.parametrize(
        "rendering", [each for each in RENDERINGS if each.name in ("html-plain", "text-tabs")]
    )
    def test_a_block_of_table_four_that_is_blank_leaves_the_next_one_its_figures(
        self, rendering: Rendering, tmp_path: Path
    ):
        """The middle one of the sample has no case at all."""
        how = Variation(table4="stacked", zeros="")
        assert (
            differences(sample("xiji-2025"), read_back(sample("xiji-2025"), how, rendering, tmp_path)) == []
        )


class TestPipes:
    def test_a_blank_cell_keeps_its_place(self, tmp_path: Path):
        head = "三、收到和处理政府信息公开申请情况\n| 申请人情况 |\n自然人 | 法人或其他组织 | 总计 |\n"
        head += "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
        again = read(f"{head}一、本年新收政府信息公开申请数量 | 5 | | | | | 2 | 7 |\n", tmp_path)
        row = again.figures()
        values = [row[f"applications.new.{c}"] for c in ("natural_person", "commercial", "other", "total")]
        assert values == [5, None, 2, 7]

    def test_another_order_of_columns_is_followed_and_said(self, tmp_path: Path):
        text = "三、收到和处理政府信息公开申请情况\n"
        text += "项目 | 总计 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
        text += "一、本年新收政府信息公开申请数量 | 7 | 5 | 0 | 0 | 0 | 0 | 2 |\n"
        again = read(text, tmp_path)
        assert again.figures()["applications.new.total"] == 7
        assert again.figures()["applications.new.natural_person"] == 5
        assert any("次序" in remark for remark in again.remarks)

    @pytest.mark.parametrize(
        ("kinds", "read_as"),
        [
            (["未经复议直接起诉"], "litigation_direct"),
            (["行政诉讼", "复议后起诉"], "litigation_after_review"),
            (["行政诉讼"], None),
            ([], None),
        ],
    )
    def test_a_block_of_table_four_is_read_where_its_kind_of_case_is_printed(
        self, kinds: list[str], read_as: str | None, tmp_path: Path
    ):
        outcomes = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n"
        text = f"四、政府信息公开行政复议、行政诉讼情况\n行政复议 | ||||\n{outcomes}1 | 2 | 3 | 4 | 10 |\n"
        text += "".join(f"{kind} | ||||\n" for kind in kinds) + f"{outcomes}11 | 12 | 13 | 14 | 50 |\n"
        again = read(text, tmp_path)
        figures = again.figures()
        found = {key.split(".")[1] for key, figure in figures.items() if figure == 50}
        assert found == ({read_as} if read_as else set())
        if read_as:
            assert figures["cases.review.total"] == 10
            assert [figures[f"cases.{read_as}.{c}"] for c in ("upheld", "corrected", "other", "pending")] == [
                11,
                12,
                13,
                14,
            ]
        else:
            assert again.remarks

    def test_a_single_pipe_in_a_sentence_is_text(self, tmp_path: Path):
        text = "一、总体情况\n渠道有网站|公众号两个。\n"
        assert read(text, tmp_path).overview == "渠道有网站|公众号两个。"

    def test_stars_around_nothing_are_no_blank(self, tmp_path: Path):
        head = "二、主动公开政府信息情况\n| 信息内容 | 本年处理决定数量 |\n|---|---|\n| 行政许可 | **5** |\n"
        assert read(f"{head}| 行政处罚 | ** |\n", tmp_path).figures()[PENALTIES] == "**"


class TestQuotes:
    """A spreadsheet quotes no number; a program that writes lists may quote all of them."""

    ROWS = "信息内容\t本年处理决定数量\n行政许可\t{}\n行政处罚\t{}\n"

    @pytest.mark.parametrize(
        ("licensing", "penalties", "figure"), [('"5"', '"437"', 437), ("5", '"437"', '"437"')]
    )
    def test_a_number_that_alone_is_quoted_keeps_its_quotes(
        self, licensing: str, penalties: str, figure: object, tmp_path: Path
    ):
        text = "二、主动公开政府信息情况\n" + self.ROWS.format(licensing, penalties)
        assert read(text, tmp_path).figures()[PENALTIES] == figure


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_figures_are_read_from_bare_cells(data: st.DataObject, tmp_path: Path):
    figures = data.draw(balanced_figures(form_of(CURRENT)))
    printed = report_of(figures, form=CURRENT, year=2024)
    lines: list[str] = []
    for item in items(printed, Variation()):
        if isinstance(item, DrawnTable):
            lines += [cell.text or "0" for row in item.lines() for cell in row]
        else:
            lines.append(item)
    again = read("\n".join(lines), tmp_path)
    assert {k: v or 0 for k, v in again.figures().items()} == {
        k: v or 0 for k, v in printed.figures().items()
    }
