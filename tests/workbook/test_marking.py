"""Marking a copy of the user's workbook: everything of the user's stays, everything of ours comes off again."""

from __future__ import annotations

import zipfile
from copy import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from tests.examples import examples
from tests.office import Office
from tests.samples import complete, published, with_figure
from tests.workbook.edited import read_workbook
from tests.workbook.parts import notes_of, parts_of
from tests.workbook.plain_books import cell_at, save
from xlreport.checking import check
from xlreport.errors import InputError, OutputError
from xlreport.findings import Findings
from xlreport.report import Report
from xlreport.workbook.mark_records import RECORDS
from xlreport.workbook.marking import mark
from xlreport.workbook.marks import SUSPECT_TINT, TINTS
from xlreport.workbook.names import FINDINGS, name_of
from xlreport.workbook.results import EXPLANATION, PASSED, RULE_ID, SHEET, read_explanations
from xlreport.workbook.writer import write

NEW, CARRIED = "applications.new.natural_person", "applications.carried_in.natural_person"
CLEAN = complete()
KEYS = list(CLEAN.figures())


def looks(path: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What a user sees in the cells: value, fill, font, note with its author and size."""
    found = {}
    for sheet in load_workbook(path):
        if sheet.title in (SHEET, RECORDS):
            continue
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            note = cell.comment
            seen = note and (note.text, note.author)
            look = (copy(cell.fill), copy(cell.font), cell.number_format)
            found[sheet.title, cell.coordinate] = (cell.value, look, seen)
    return found


def clean() -> Findings:
    found = check(CLEAN)
    assert not found.findings
    return found


def broken(places: dict[str, str], changes: dict[str, Any], previous: Report | None = None) -> Findings:
    """The findings about the sample with other figures, as read from a workbook with these places."""
    report = complete()
    for key, value in changes.items():
        report = with_figure(report, key, value)
    report.places.update(places)
    return check(report, previous)


def typed(path: Path, text: str, rule: str) -> None:
    """Type an explanation for the first finding of ``rule``, as the office does."""
    book = load_workbook(path)
    sheet = book[SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(row for row in rows if EXPLANATION.heading in row)
    for number, row in enumerate(rows, 1):
        if row[top.index(RULE_ID.heading)] == rule:
            sheet.cell(number, top.index(EXPLANATION.heading) + 1).value = text
            book.save(path)
            return
    raise AssertionError(f"no line of rule {rule}")


def explanations(path: Path) -> Any:
    return read_explanations(CalamineWorkbook.from_path(path).get_sheet_by_name(SHEET).to_python())


fills = st.sampled_from(["FFFF00", "C6E0B4", "FFC7CE", "FFEB9C", "000000"])
notes = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip)


# Not shrunk: four workbooks an example would take minutes.
@settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=examples(6),
)
@given(
    own=st.dictionaries(st.sampled_from(KEYS), st.tuples(st.none() | fills, st.none() | notes), max_size=12),
    first=st.dictionaries(
        st.sampled_from(KEYS), st.integers(0, 50) | st.sampled_from(["/", "3 件"]), max_size=4
    ),
    second=st.dictionaries(st.sampled_from(KEYS), st.integers(0, 50) | st.just(Decimal("1.5")), max_size=4),
)
def test_marks_come_off_without_a_trace(
    own: dict[str, Any],
    first: dict[str, Any],
    second: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("marks")
    report = save(complete(), folder / "a.xlsx")
    book = load_workbook(folder / "a.xlsx")
    for key, (colour, text) in own.items():
        cell = cell_at(book, report.places[key])
        if colour:
            cell.fill = PatternFill("lightGrid" if colour == "000000" else "solid", fgColor=colour)
        if text:
            cell.comment = Comment(text, "王科长")
    book.save(folder / "a.xlsx")
    before = looks(folder / "a.xlsx")
    mark(folder / "a.xlsx", broken(report.places, first), folder / "b.xlsx")
    mark(folder / "b.xlsx", broken(report.places, second), folder / "c.xlsx")
    mark(folder / "c.xlsx", clean(), folder / "d.xlsx")
    assert looks(folder / "d.xlsx") == before
    assert RECORDS not in load_workbook(folder / "d.xlsx").sheetnames


def marked(tmp_path: Path, **changes: Any) -> tuple[Report, Path]:
    report = save(complete(), tmp_path / "in.xlsx")
    mark(tmp_path / "in.xlsx", broken(report.places, changes or {NEW: 999}), tmp_path / "out.xlsx")
    return report, tmp_path / "out.xlsx"


def test_broken_cells_are_tinted_and_annotated_and_listed(tmp_path: Path) -> None:
    report, path = marked(tmp_path)
    book = load_workbook(path)
    found = broken(report.places, {NEW: 999})
    for finding in found:
        for place in finding.where:
            cell = cell_at(book, place)
            # 999 itself is what is probably wrong.
            expected = SUSPECT_TINT if place == report.places[NEW] else TINTS["error"]
            assert cell.fill.fgColor.rgb[-6:] == expected
            assert finding.message.partition("：")[2] in cell.comment.text
    assert sum(cell.comment is not None for s in book for row in s.iter_rows() for cell in row) == len(
        {place for finding in found for place in finding.where}
    )
    (title, reference), *_ = book.defined_names[name_of(FINDINGS)].destinations
    assert title == SHEET and len(book[title][reference]) == 1 + len(found)
    assert book[RECORDS].sheet_state == "veryHidden"
    assert book.calculation.fullCalcOnLoad


def test_a_note_is_large_enough_for_its_text(tmp_path: Path) -> None:
    report, path = marked(tmp_path)
    sheet = load_workbook(path)[report.places[NEW].rpartition("!")[0]]
    notes = notes_of(path, sheet.title)
    assert notes
    for note in notes.values():
        lines, shape = note.text.splitlines(), note.size
        # Letters of notes are about 12 pixels square.
        needed = sum(max(1, -(-len(line) * 12 // int(shape.width - 16))) for line in lines)
        assert shape.height >= needed * 16


def test_a_fill_or_note_that_the_user_changed_since_is_kept(tmp_path: Path) -> None:
    report, path = marked(tmp_path)
    book = load_workbook(path)
    cell = cell_at(book, report.places[NEW])
    cell.fill = PatternFill("solid", fgColor="00B050")
    cell.comment = Comment(cell.comment.text + "\n已与信访办核对", "王科长")
    book.save(path)
    mark(path, clean(), tmp_path / "again.xlsx")
    cell = cell_at(load_workbook(tmp_path / "again.xlsx"), report.places[NEW])
    assert cell.fill.fgColor.rgb[-6:] == "00B050"
    assert cell.comment.text == "已与信访办核对"


@pytest.mark.libreoffice
def test_marks_come_off_after_the_user_inserted_rows_and_renamed_the_sheet(
    tmp_path: Path, office: Office
) -> None:
    report, path = save(complete(), tmp_path / "in.xlsx", suffix=" '表"), tmp_path / "out.xlsx"
    mark(tmp_path / "in.xlsx", broken(report.places, {NEW: 999}), path)
    sheet = report.places[NEW].rpartition("!")[0]
    with office.opened(path) as document:
        document.sheet(sheet).Rows.insertByIndex(0, 2)
        document.sheet(sheet).setName("表 三'改")
        document.save(tmp_path / "moved.xlsx", "Calc MS Excel 2007 XML")
    moved = load_workbook(tmp_path / "moved.xlsx")["表 三'改"]
    tinted = [c for row in moved.iter_rows() for c in row if str(c.fill.fgColor.rgb)[-6:] == TINTS["error"]]
    assert tinted and all(cell.comment for cell in tinted)
    mark(tmp_path / "moved.xlsx", clean(), tmp_path / "again.xlsx")
    after = load_workbook(tmp_path / "again.xlsx")["表 三'改"]
    assert all(after[cell.coordinate].fill.fill_type is None for cell in tinted)
    assert all(after[cell.coordinate].comment is None for cell in tinted)


def test_a_deleted_sheet_is_no_hindrance(tmp_path: Path) -> None:
    report, path = marked(tmp_path)
    book = load_workbook(path)
    book[RECORDS]["A1"] = "=#REF!"
    book.remove(book[report.places[NEW].rpartition("!")[0]])
    book.save(path)
    mark(path, clean(), tmp_path / "again.xlsx")
    assert RECORDS not in load_workbook(tmp_path / "again.xlsx").sheetnames


def test_the_users_own_work_survives(tmp_path: Path) -> None:
    report = save(complete(), tmp_path / "in.xlsx")
    book = load_workbook(tmp_path / "in.xlsx")
    sheet_name, _, address = report.places[NEW].rpartition("!")
    sheet = book[sheet_name]
    sheet["A1"] = "本单位自用"
    sheet["A1"].font = Font(name="隶书", size=20, color="FF7030A0")
    sheet["A2"] = "=SUM(C10:C12)"
    sheet.column_dimensions["A"].width, sheet.row_dimensions[1].height = 33, 44
    sheet.conditional_formatting.add(
        "C5:C9", CellIsRule("greaterThan", ["5"], fill=PatternFill(bgColor="FF0000"))
    )
    sheet.add_data_validation(
        DataValidation("whole", operator="greaterThanOrEqual", formula1="0", sqref="D5:D9")
    )
    sheet.protection.sheet = True
    sheet.freeze_panes = "C7"
    sheet.print_title_rows = "1:4"
    book.create_sheet("台账")["B2"] = "=1=1"
    book["台账"].sheet_state = "hidden"
    book.defined_names["我的区域"] = DefinedName("我的区域", attr_text="'台账'!$B$2")
    book.save(tmp_path / "in.xlsx")
    said = mark(tmp_path / "in.xlsx", broken(report.places, {NEW: 999}), tmp_path / "out.xlsx")
    assert said == []
    after = load_workbook(tmp_path / "out.xlsx")
    assert [name for name in after.sheetnames if name not in (SHEET, RECORDS)] == book.sheetnames
    kept = after[sheet_name]
    assert (kept["A1"].value, kept["A1"].font.name, kept["A1"].font.sz) == ("本单位自用", "隶书", 20)
    assert kept["A2"].value == "=SUM(C10:C12)" and after["台账"]["B2"].value == "=1=1"
    assert (kept.column_dimensions["A"].width, kept.row_dimensions[1].height) == (33, 44)
    assert "C5:C9" in [str(each.sqref) for each in kept.conditional_formatting]
    assert [str(each.sqref) for each in kept.data_validations.dataValidation] == ["D5:D9"]
    assert kept.protection.sheet and kept.freeze_panes == "C7" and kept.print_title_rows == "$1:$4"
    assert (
        after["台账"].sheet_state == "hidden" and after.defined_names["我的区域"].attr_text == "'台账'!$B$2"
    )
    assert kept[address].value == complete().figures()[NEW]


def calculated(path: Path, sheet: str, address: str, formula: str, kind: str, value: str) -> None:
    """Type a formula and store its value as a spreadsheet program would have."""
    book = load_workbook(path)
    book[sheet][address] = formula
    book.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    number = book.sheetnames.index(sheet) + 1
    part = f"xl/worksheets/sheet{number}.xml"
    text = parts[part].decode()
    start = text.index(f'<c r="{address}"')
    end = text.index("</c>", start)
    head = text[start : text.index("<f", start)].rstrip(">") + (f' t="{kind}">' if kind else ">")
    body = text[text.index("<f", start) : text.index("</f>", start)] + f"</f><v>{value}</v>"
    parts[part] = (text[:start] + head + body + text[end:]).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


@pytest.mark.parametrize(
    ("kind", "stored", "read"),
    [
        ("", "3440", 3440.0),
        ("str", "共 3 件", "共 3 件"),
        ("b", "1", True),
        ("e", "#REF!", "#REF!"),
        ("", "0.125", 0.125),
    ],
)
def test_calculated_totals_read_the_same_from_the_marked_copy(
    kind: str, stored: str, read: Any, tmp_path: Path
) -> None:
    report = save(complete(), tmp_path / "in.xlsx")
    sheet, _, address = report.places[NEW].rpartition("!")
    calculated(tmp_path / "in.xlsx", sheet, address, "=SUM(A1:B2)", kind, stored)
    before = CalamineWorkbook.from_path(tmp_path / "in.xlsx").get_sheet_by_name(sheet).to_python()
    mark(tmp_path / "in.xlsx", broken(report.places, {NEW: 999}), tmp_path / "out.xlsx")
    mark(tmp_path / "out.xlsx", clean(), tmp_path / "twice.xlsx")
    for path in (tmp_path / "out.xlsx", tmp_path / "twice.xlsx"):
        assert CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python() == before
        assert load_workbook(path)[sheet][address].value == "=SUM(A1:B2)"
        with_values = load_workbook(path, data_only=True)[sheet][address].value
        assert with_values == read


def test_explanations_stay_while_the_figures_do(tmp_path: Path) -> None:
    report = save(complete(), tmp_path / "1.xlsx")
    last = with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 1)
    mark(tmp_path / "1.xlsx", broken(report.places, {}, last), tmp_path / "2.xlsx")
    typed(tmp_path / "2.xlsx", "机构改革划入", "carried")
    again = complete()
    again.places.update(report.places)
    again.explanations = explanations(tmp_path / "2.xlsx")
    found = check(again, last)
    assert next(f for f in found if f.rule == "carried").explanation == "机构改革划入"
    mark(tmp_path / "2.xlsx", found, tmp_path / "3.xlsx")
    assert explanations(tmp_path / "3.xlsx") == again.explanations


def test_explanations_lapse_visibly_when_figures_change_and_none_is_lost(tmp_path: Path) -> None:
    report = save(complete(), tmp_path / "1.xlsx")
    last = with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 1)
    mark(tmp_path / "1.xlsx", broken(report.places, {}, last), tmp_path / "2.xlsx")
    typed(tmp_path / "2.xlsx", "旧说明", "carried")
    other = with_figure(last, "applications.carried_out.natural_person", 2)
    again = complete()
    again.places.update(report.places)
    again.explanations = explanations(tmp_path / "2.xlsx")
    mark(tmp_path / "2.xlsx", check(again, other), tmp_path / "3.xlsx")
    shown = "\n".join(
        str(c.value) for row in load_workbook(tmp_path / "3.xlsx")[SHEET].iter_rows() for c in row
    )
    assert "已失效的审核说明" in shown and "原审核说明“旧说明”因数据变化失效" in shown
    typed(tmp_path / "3.xlsx", "新说明", "carried")
    again.explanations = explanations(tmp_path / "3.xlsx")
    found = check(again, other)
    assert next(f for f in found if f.rule == "carried").explanation == "新说明"
    mark(tmp_path / "3.xlsx", found, tmp_path / "4.xlsx")
    assert {each.text for each in explanations(tmp_path / "4.xlsx")} == {"旧说明", "新说明"}
    again.explanations = explanations(tmp_path / "4.xlsx")
    assert next(f for f in check(again, last) if f.rule == "carried").explanation == "旧说明"


def test_explanations_that_the_findings_do_not_know_of_are_not_lost(tmp_path: Path) -> None:
    report, path = marked(
        tmp_path, **{"applications.new.natural_person": 999, "disclosure.rules.issued": None}
    )
    typed(path, "确无", "blank")
    mark(path, broken(report.places, {NEW: 998}), tmp_path / "again.xlsx")
    assert [each.text for each in explanations(tmp_path / "again.xlsx")] == ["确无"]


def test_the_list_is_found_under_another_title_and_made_anew_if_deleted(tmp_path: Path) -> None:
    report, path = marked(tmp_path)
    book = load_workbook(path)
    book.move_sheet(SHEET, -2)
    book[SHEET].title = "审核 结果"
    name = DefinedName(name_of(FINDINGS), attr_text="'审核 结果'!$A$4:$L$5")
    book.defined_names[name_of(FINDINGS)] = name
    order = book.sheetnames
    book.save(path)
    mark(path, broken(report.places, {NEW: 998}), tmp_path / "again.xlsx")
    after = load_workbook(tmp_path / "again.xlsx")
    assert after.sheetnames == order
    after.remove(after["审核 结果"])
    after.save(tmp_path / "without.xlsx")
    mark(tmp_path / "without.xlsx", clean(), tmp_path / "new.xlsx")
    assert any(
        PASSED in str(row[0])
        for row in load_workbook(tmp_path / "new.xlsx")[SHEET].iter_rows(values_only=True)
    )


def test_a_sheet_of_the_users_own_with_our_title_is_left_alone(tmp_path: Path) -> None:
    report = save(complete(), tmp_path / "in.xlsx")
    book = load_workbook(tmp_path / "in.xlsx")
    book.create_sheet(SHEET)["A2"] = "去年的结果"
    book.save(tmp_path / "in.xlsx")
    mark(tmp_path / "in.xlsx", broken(report.places, {NEW: 999}), tmp_path / "out.xlsx")
    after = load_workbook(tmp_path / "out.xlsx")
    assert after[SHEET]["A2"].value == "去年的结果"
    assert next(iter(after.defined_names[name_of(FINDINGS)].destinations))[0] != SHEET


def test_only_one_sheet_is_selected(tmp_path: Path) -> None:
    _, path = marked(tmp_path)
    book = load_workbook(path)
    assert book.active.title == SHEET  # type: ignore[union-attr]
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [SHEET]


def with_parts(path: Path, **parts: str) -> None:
    with zipfile.ZipFile(path, "a") as package:
        for name, text in parts.items():
            package.writestr(name, text)


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("xl/vbaProject.bin", "宏"),
        ("xl/activeX/activeX1.xml", "ActiveX"),
        ("customUI/customUI.xml", "功能区"),
        ("_xmlsignatures/sig1.xml", "数字签名"),
    ],
)
def test_what_may_not_travel_is_left_out_and_said(part: str, word: str, tmp_path: Path) -> None:
    report = save(complete(), tmp_path / "in.xlsx")
    with_parts(tmp_path / "in.xlsx", **{part: "<x/>"})
    said = mark(tmp_path / "in.xlsx", broken(report.places, {NEW: 999}), tmp_path / "out.xlsx")
    assert len(said) == 1 and word in said[0] and "没有保留" in said[0]
    assert part not in parts_of(tmp_path / "out.xlsx")


def test_the_input_is_never_overwritten(tmp_path: Path) -> None:
    report = save(complete(), tmp_path / "in.xlsx")
    before = (tmp_path / "in.xlsx").read_bytes()
    found = broken(report.places, {NEW: 999})
    (tmp_path / "folder.xlsx").mkdir()
    for target in ("in.xlsx", "folder.xlsx", "no/such/out.xlsx", "out.xlsm"):
        with pytest.raises(OutputError, match=r"[\u4e00-\u9fff]"):
            mark(tmp_path / "in.xlsx", found, tmp_path / target)
    assert (tmp_path / "in.xlsx").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.xlsx", "in.xlsx"]


@pytest.mark.parametrize(
    "content", [b"", b"no workbook", b"PK\x05\x06" + b"\0" * 18, b"\xd0\xcf\x11\xe0" * 200]
)
def test_what_is_no_workbook_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "in.xlsx").write_bytes(content)
    with pytest.raises(InputError, match=r"in\.xlsx"):
        mark(tmp_path / "in.xlsx", clean(), tmp_path / "out.xlsx")
    with pytest.raises(InputError, match="找不到"):
        mark(tmp_path / "none.xlsx", clean(), tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_notes_of_the_users_keep_their_size(tmp_path: Path) -> None:
    report = save(complete(), tmp_path / "in.xlsx")
    book = load_workbook(tmp_path / "in.xlsx")
    for key in (NEW, CARRIED):
        cell_at(book, report.places[key]).comment = Comment("请核", "王科长", width=400, height=210)
    book.save(tmp_path / "in.xlsx")
    mark(tmp_path / "in.xlsx", broken(report.places, {"cases.review.total": 1}), tmp_path / "out.xlsx")
    mark(tmp_path / "out.xlsx", broken(report.places, {NEW: 999}), tmp_path / "twice.xlsx")
    mark(tmp_path / "twice.xlsx", clean(), tmp_path / "clean.xlsx")
    for name in ("out.xlsx", "clean.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as package:
            drawing = next(package.read(part) for part in package.namelist() if part.endswith(".vml"))
        assert drawing.count(b"width:400px;height:210px") == 2


@pytest.mark.libreoffice
def test_libreoffice_shows_notes_list_and_links(tmp_path: Path, office: Office) -> None:
    report = save(complete(), tmp_path / "in.xlsx", suffix=" '表")
    found = broken(report.places, {NEW: 999})
    mark(tmp_path / "in.xlsx", found, tmp_path / "out.xlsx")
    with office.opened(tmp_path / "out.xlsx") as document:
        assert document.model.CurrentController.ActiveSheet.Name == SHEET
        assert RECORDS in document.sheet_names and not document.sheet(RECORDS).IsVisible
        for number, finding in enumerate(found, 5):
            assert document.text(SHEET, f"E{number}").startswith(finding.message[:3])
            link = document.sheet(SHEET).getCellRangeByName(f"D{number}").TextFields.getByIndex(0)
            likely = [finding.where[finding.cells.index(s.cell)] for s in finding.suggestions]
            sheet, _, address = [*likely, *finding.where][0].rpartition("!")
            assert f"#'{sheet}'.{address}".replace(" '表", " ''表") == link.URL
            notes = document.sheet(sheet).Annotations
            texts = [notes.getByIndex(i).String for i in range(notes.Count)]
            assert any(finding.message.partition("：")[2] in text for text in texts)


def filled(tmp_path: Path, **changes: Any) -> Path:
    """The standard workbook, filled with a report that has last year's figures with it."""
    report = complete()
    report.organisation, report.year = "宿迁市人民政府", 2024
    report.title = report.full_title
    for key, value in changes.items():
        report = with_figure(report, key, value)
    report.previous = published("suqian-2023")
    report.previous.year = 2023
    write(report, tmp_path / "in.xlsx")
    return tmp_path / "in.xlsx"


def content(path: Path) -> dict[str, Any]:
    """What a workbook says as a report, explanations apart."""
    return read_workbook(path).model_dump(exclude={"explanations"})


def test_the_standard_workbook_reads_the_same_when_marked(tmp_path: Path) -> None:
    source = filled(tmp_path, **{NEW: 999, CARRIED: "118 件"})
    assert mark(source, check(read_workbook(source)), tmp_path / "out.xlsx") == []
    assert content(tmp_path / "out.xlsx") == content(source)
    assert read_workbook(tmp_path / "out.xlsx").places == read_workbook(source).places
    names = [name for name in load_workbook(source).defined_names if name != name_of(FINDINGS)]
    before, after = load_workbook(source), load_workbook(tmp_path / "out.xlsx")
    assert {n: before.defined_names[n].attr_text for n in names} == {
        n: after.defined_names[n].attr_text for n in after.defined_names if n != name_of(FINDINGS)
    }
    for sheet in before:
        kept = after[sheet.title]
        assert len(kept.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert len(list(kept.conditional_formatting)) == len(list(sheet.conditional_formatting))
        assert kept.protection.sheet == sheet.protection.sheet
        assert kept.merged_cells.ranges == sheet.merged_cells.ranges or sheet.title == SHEET


def test_an_answer_typed_into_the_list_is_read_and_counts_until_the_figures_change(tmp_path: Path) -> None:
    source = filled(tmp_path)
    last = "previous.applications.carried_out.natural_person"
    place = read_workbook(source).places[last]
    book = load_workbook(source)
    cell_at(book, place).value = 1
    book.save(source)
    first = check(read_workbook(source))
    assert not first.passed
    mark(source, first, tmp_path / "1.xlsx")
    typed(tmp_path / "1.xlsx", "上年数据更正", "carried")
    second = check(read_workbook(tmp_path / "1.xlsx"))
    assert next(f for f in second if f.rule == "carried").explanation == "上年数据更正"
    mark(tmp_path / "1.xlsx", second, tmp_path / "2.xlsx")
    book = load_workbook(tmp_path / "2.xlsx")
    cell_at(book, place).value = 2
    book.save(tmp_path / "2.xlsx")
    third = check(read_workbook(tmp_path / "2.xlsx"))
    assert [each.text for each in third.lapsed] == ["上年数据更正"]
    mark(tmp_path / "2.xlsx", third, tmp_path / "3.xlsx")
    assert [each.text for each in read_workbook(tmp_path / "3.xlsx").explanations] == ["上年数据更正"]
