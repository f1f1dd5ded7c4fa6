"""The buttons that fill in: what they ask, what they write, and what they leave."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import xlreport
from tests.live.desk import cell_at, looks, opened, protections, sheets
from tests.live.strict import App
from tests.samples import complete, published, with_figure
from xlreport.live import buttons
from xlreport.live.figures import cell_value
from xlreport.report import Report
from xlreport.workbook.layout import layout_of
from xlreport.workbook.mark_records import RECORDS
from xlreport.workbook.names import template_name
from xlreport.workbook.results import COLUMNS, PLACE, SHEET
from xlreport.workbook.writer import write

LAYOUT = layout_of(complete().declaration)
ONE, TWO, THREE = (f"applications.new.{who}" for who in ("natural_person", "commercial", "research"))


def place_of(key: str) -> str:
    return "!".join(LAYOUT.address(key))


def with_figures(report: Report, **figures: object) -> Report:
    for key, value in figures.items():
        report = with_figure(report, key.replace("__", "."), value)
    return report


@pytest.fixture
def pasted() -> Report:
    report = with_figure(complete(), ONE, "1,234")
    report = with_figure(report, TWO, "１７ 件")
    return with_figure(report, THREE, "若干")


def test_numbers_that_stand_as_text_are_shown_and_changed_at_one_word(pasted: Report, tmp_path: Path) -> None:
    app = opened(pasted, tmp_path / "a.xlsx")
    cell_at(sheets(app), place_of(ONE)).number_format = "@"
    protected = protections(sheets(app))
    app.answers = ["yes"]
    buttons.texts_to_numbers()
    question, said = app.alerts
    assert "2 格" in question and "“1,234”→ 1234" in question and place_of(TWO) in question
    assert [cell_at(sheets(app), place_of(key)).value for key in (ONE, TWO, THREE)] == [1234, 17, "若干"]
    assert cell_at(sheets(app), place_of(ONE)).number_format == "General"
    assert protections(sheets(app)) == protected and "2 格" in said


def test_at_no_nothing_is_changed_and_marks_follow_at_yes(pasted: Report, tmp_path: Path) -> None:
    app = opened(pasted, tmp_path / "a.xlsx")
    before = looks(sheets(app))
    app.answers = ["no"]
    buttons.texts_to_numbers()
    assert looks(sheets(app)) == before
    buttons.validate()
    marked = sheets(app)[RECORDS].max_row
    app.answers = ["yes"]
    buttons.texts_to_numbers()
    assert sheets(app)[RECORDS].max_row != marked
    app.alerts.clear()
    buttons.texts_to_numbers()
    assert app.alerts == ["没有可以转成数字的文本。"]


def test_zeros_are_asked_for_table_by_table_and_a_total_that_is_more_is_left(tmp_path: Path) -> None:
    report = complete()
    blank = [ONE, "applications.new.total", "cases.review.upheld"]
    for key in blank:
        report = with_figure(report, key, None)
    report = with_figure(report, TWO, "/")
    app = opened(report, tmp_path / "a.xlsx")
    app.answers = ["yes", "no"]
    buttons.fill_zeros()
    asked = app.alerts[:2]
    assert [text.partition("有")[0] for text in asked] == ["表三", "表四"]
    assert place_of(ONE) in asked[0] and place_of("applications.new.total") not in asked[0]
    values = [cell_at(sheets(app), place_of(key)).value for key in (*blank, TWO)]
    assert values == [0, None, None, 0]
    assert "填合计" in app.alerts[2]


def test_a_new_workbook_begins_with_last_years_report_and_is_opened(tmp_path: Path) -> None:
    last = published("suqian-2023")
    xlreport.write(last, tmp_path / "上年.html")
    app = opened(complete(), tmp_path / "a.xlsx")
    app.answers = ["yes", str(tmp_path / "上年.html")]
    buttons.new_report()
    assert len(app.books.opened) == 2
    made = Path(app.books.opened[-1]._fullname)
    report = xlreport.read(made)
    assert made.parent == tmp_path and report.year == 2024 and report.organisation == last.organisation
    assert report.previous is not None and report.previous.figures() == last.figures()
    key = "applications.carried_in.natural_person"
    assert report.figures()[key] == last.figures()["applications.carried_out.natural_person"]
    # Nothing is written over: a second one gets a name of its own.
    app.answers = ["yes", str(tmp_path / "上年.html")]
    buttons.new_report()
    assert len(list(tmp_path.glob("*.xlsx"))) == 3


def test_a_new_workbook_may_be_empty_or_not_be_made(tmp_path: Path) -> None:
    write(complete(), tmp_path / "a.xlsx")
    app = opened(complete(), tmp_path / "a.xlsx")
    app.answers = ["cancel"]
    buttons.new_report()
    assert len(app.books.opened) == 1
    app.answers = ["no"]
    buttons.new_report()
    report = xlreport.read(Path(app.books.opened[-1]._fullname))
    assert not any(report.figures().values()) and report.previous is None


def test_from_finding_to_finding_and_round(tmp_path: Path) -> None:
    report = with_figure(with_figure(complete(), ONE, "若干"), "cases.review.upheld", -1)
    app = opened(report, tmp_path / "a.xlsx")

    def pressed(press: object) -> str:
        press()  # type: ignore[operator]
        title = sheets(app).active.title
        row, column = app.books.opened[-1].selected[title][0]
        return f"{title}!{sheets(app)[title].cell(row, column).coordinate}"

    first = pressed(buttons.next_finding)
    seen = [first]
    while (place := pressed(buttons.next_finding)) != first:
        seen.append(place)
        assert len(seen) < 50
    assert place_of(ONE) in seen and place_of("cases.review.upheld") in seen
    assert len(seen) == len(set(seen))
    assert [pressed(buttons.previous_finding) for _ in seen] == [*reversed(seen[1:]), first][: len(seen)]
    assert not app.alerts and RECORDS not in sheets(app).sheetnames


def test_from_a_line_of_the_list_one_goes_to_the_cell_that_it_is_about(tmp_path: Path) -> None:
    report = with_figure(with_figure(complete(), ONE, "若干"), "cases.review.upheld", -1)
    app = opened(report, tmp_path / "a.xlsx")
    buttons.validate()
    listed = sheets(app)[SHEET]
    place = 1 + COLUMNS.index(PLACE)
    lines = [row for row in range(5, listed.max_row + 1) if listed.cell(row, place).hyperlink]
    assert len(lines) > 2
    for row in reversed(lines):
        sheets(app).active = listed
        app.books.opened[-1].selected[SHEET] = ((row, 1),) * 2
        buttons.next_finding()
        title = sheets(app).active.title
        spot = app.books.opened[-1].selected[title][0]
        there = listed.cell(row, place).hyperlink.location.replace("'", "")
        assert f"{title}!{sheets(app)[title].cell(*spot).coordinate}" == there
    assert not app.alerts


def overview_of(app: App, report: Report) -> list[tuple[str, str]]:
    """The paragraphs below those of ``report``: style, and what the formula reads as."""
    block = LAYOUT.texts["overview"]
    lines = sheets(app)[block.sheet].iter_rows(
        min_row=block.row + len(report.overview.splitlines()), max_col=2, values_only=True
    )
    return [line for line in lines if any(line)]


def test_sentences_are_shown_and_added_below_the_text_as_formulas(tmp_path: Path) -> None:
    report = complete()
    report.year = 2024
    app = opened(report, tmp_path / "a.xlsx")
    before, protected = looks(sheets(app)), protections(sheets(app))
    app.answers = ["yes", "no"]
    buttons.insert_sentences()
    asked, _, said = app.alerts
    new = f"新收政府信息公开申请{report.applications.new.total}件"
    assert "5 段" in asked and new in asked and "5 段" in said
    added = overview_of(app, report)
    assert len(added) == 5 and all(style == "正文" and "SUM(" in text for style, text in added)
    changed = {place for place, look in looks(sheets(app)).items() if look != before.get(place)}
    assert {sheet for sheet, _ in changed} == {LAYOUT.texts["overview"].sheet} and len(changed) == 10
    assert protections(sheets(app)) == protected
    # Saved as it stands, without a program having calculated, the sentences are read; and they follow the tables.
    sheets(app)[LAYOUT.address("applications.new.total")[0]][LAYOUT.address("applications.new.total")[1]] = (
        555
    )
    sheets(app).save(tmp_path / "b.xlsx")
    assert "新收政府信息公开申请555件" in xlreport.read(tmp_path / "b.xlsx").overview


def test_sentences_that_are_there_are_not_offered_again_and_one_sheet_is_asked_for_alone(
    tmp_path: Path,
) -> None:
    report = complete()
    report.year = 2024
    app = opened(report, tmp_path / "a.xlsx")
    sheets(app).active = sheets(app)[LAYOUT.texts["other_matters"].sheet]
    app.answers = ["yes"]
    buttons.insert_sentences()
    assert len(app.alerts) == 2 and "2024年，本机关未收取信息处理费" in app.alerts[0]
    sheets(app).active = sheets(app)["基本信息"]
    app.alerts.clear()
    app.answers = ["yes"]
    buttons.insert_sentences()
    assert len(app.alerts) == 2 and "一、总体情况" in app.alerts[0]
    app.alerts.clear()
    buttons.insert_sentences()
    assert app.alerts == ["没有可以加的常用文字，或者都已经有了。"]


def test_what_is_not_entered_yet_is_a_gap_in_a_sentence_and_no_leaves_all(tmp_path: Path) -> None:
    report = complete()
    report.year = None
    app = opened(report, tmp_path / "a.xlsx")
    before = looks(sheets(app))
    app.answers = ["no"]
    buttons.insert_sentences()
    assert "5 段" in app.alerts[0] and "＿＿年，本机关新收" in app.alerts[0]
    assert looks(sheets(app)) == before


def test_a_workbook_of_an_older_template_is_moved_into_a_new_one(tmp_path: Path) -> None:
    report = complete()
    report.year, report.previous = 2024, published("suqian-2023")
    report.title = report.full_title
    app = opened(report, tmp_path / "a.xlsx")
    del sheets(app).defined_names[template_name()]
    before = looks(sheets(app))
    app.answers = ["cancel"]
    buttons.new_report()
    assert "旧版模板" in app.alerts[0] and len(app.books.opened) == 1
    app.answers = ["yes"]
    buttons.new_report()
    made = xlreport.read(Path(app.books.opened[-1]._fullname))
    assert made.model_dump() == report.model_dump() and not made.remarks
    assert looks(app.books.opened[0].wb) == before
    # The new one is asked as any other.
    app.alerts.clear()
    app.answers = ["cancel"]
    buttons.new_report()
    assert "旧版" not in app.alerts[0]


FILTER = [
    buttons.validate,
    buttons.fill_totals,
    buttons.texts_to_numbers,
    buttons.fill_zeros,
    buttons.insert_sentences,
    buttons.accept_suggestion,
    buttons.clear_marks,
    buttons.import_previous,
]


@pytest.mark.parametrize("press", FILTER, ids=lambda press: press.__name__)
def test_rows_hidden_by_a_filter_are_said_and_nothing_is_touched(
    press: Callable[[], object], tmp_path: Path
) -> None:
    app = opened(with_figure(complete(), "applications.new.total", None), tmp_path / "a.xlsx")
    sheet = sheets(app)[LAYOUT.address(ONE)[0]]
    sheet.auto_filter.ref = "A6:J31"
    sheet.row_dimensions[7].hidden = True
    before, protected = looks(sheets(app)), protections(sheets(app))
    press()
    (said,) = app.alerts
    assert sheet.title in said and "正在筛选" in said and "清除" in said
    assert looks(sheets(app)) == before and protections(sheets(app)) == protected
    # All rows shown again, the arrows of the filter do not matter.
    sheet.row_dimensions[7].hidden = False
    app.alerts.clear()
    app.answers = ["no"] * 4
    press()
    assert not any("筛选" in text for text in app.alerts)


def test_rows_hidden_by_hand_are_filled_and_checked_like_others(tmp_path: Path) -> None:
    report = with_figure(complete(), "applications.new.total", None)
    app = opened(report, tmp_path / "a.xlsx")
    sheet = sheets(app)[LAYOUT.address(ONE)[0]]
    sheet.row_dimensions[7].hidden = True
    buttons.fill_totals()
    place = place_of("applications.new.total")
    assert cell_at(sheets(app), place).value == complete().applications.new.total
    buttons.validate()
    assert sheet.row_dimensions[7].hidden and sheets(app).active.title == "校验结果"


def test_a_narrative_that_was_pasted_gets_its_styles_at_the_check(tmp_path: Path) -> None:
    app = opened(complete(), tmp_path / "a.xlsx")
    block = LAYOUT.texts["problems"]
    sheet = sheets(app)[block.sheet]
    written = ["（一）存在的问题", "公开的内容还不够细。", None, "（二）改进情况", "1.加强培训", "平台"]
    for row, (text, style) in enumerate(zip(written, [None] * 5 + ["标题"], strict=True), block.row):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = style, text
    buttons.validate()
    assert [sheet.cell(block.row + line, 1).value for line in range(7)] == [
        *("标题", "正文", None, "标题", "标题", "标题", None)
    ]
    assert protections(sheets(app))[block.sheet]["sheet"] and not app.alerts


def test_more_paragraphs_than_there_is_room_for_are_checked_and_their_number_said(tmp_path: Path) -> None:
    app = opened(complete(), tmp_path / "a.xlsx")
    block = LAYOUT.texts["problems"]
    for row in range(block.row, block.last_row + 31):
        sheets(app)[block.sheet].cell(row, 2).value = "公开的内容还不够细。"
    buttons.validate()
    (said,) = app.alerts
    assert "可写 200 段" in said and "下面还有 30 段" in said
    assert sheets(app)[block.sheet].cell(block.last_row + 30, 1).value == "正文"


def test_a_number_of_which_a_cell_would_lose_digits_is_written_as_text() -> None:
    """A spreadsheet keeps fifteen digits, in a file and in an open workbook alike."""
    assert cell_value(123456789012345) == 123456789012345.0
    assert cell_value(1234567890123456) == "'1234567890123456"
    assert cell_value(Decimal("0.1")) == 0.1 and cell_value(None) is None
