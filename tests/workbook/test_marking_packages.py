"""A marked copy changes nothing but marks: every other part of the package stays byte for byte, whoever wrote it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.office import Office
from tests.samples import complete, with_figure
from tests.workbook.edited import repacked
from tests.workbook.parts import notes_of, package_of, parts_of, sheet_parts
from tests.workbook.plain_books import cell_at, save
from xlreport.checking import check
from xlreport.findings import Findings
from xlreport.form.grid import grid_of
from xlreport.ooxml.addresses import address_of, spot_of
from xlreport.report import Report
from xlreport.workbook.mark_records import RECORDS
from xlreport.workbook.marking import clear, mark
from xlreport.workbook.marks import SUSPECT_TINT, TINTS, marks_of
from xlreport.workbook.results import SHEET

NEW = "applications.new.natural_person"
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def findings(places: dict[str, str], **changes: Any) -> Findings:
    report = complete()
    for key, value in (changes or {NEW: 999}).items():
        report = with_figure(report, key, value)
    report.places.update(places)
    return check(report)


def allowed(path: Path, found: Findings) -> set[str]:
    """The parts of a workbook that marking may change."""
    parts, package = sheet_parts(path), package_of(path)
    names = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    for title in {each.sheet for each in marks_of(found).cells}:
        folder, name = parts[title].rsplit("/", 1)
        names |= {parts[title], f"{folder}/_rels/{name}.rels"}
        names |= {r.part for r in package.relations(parts[title]) if r.kind in ("comments", "vmlDrawing")}
    return names


def assert_only_marks_are_new(source: Path, found: Findings, target: Path) -> None:
    before, after = parts_of(source), parts_of(target)
    may_change = allowed(source, found)
    selected = {
        name: content.replace(b' tabSelected="1"', b"").replace(b' tabSelected="true"', b"")
        for name, content in before.items()
    }
    for name in before.keys() - may_change:
        assert after[name] in (before[name], selected[name]), name
    # Elements of marked sheets: all there, in their order, but for a row, a cell or a reference to notes that came in.
    for name in set(sheet_parts(source).values()) & may_change:
        old, new = (
            [str(e.tag) for e in package_of(path).tree(name).iter("{*}*")] for path in (source, target)
        )
        rest = iter(new)
        assert all(tag in rest for tag in old), name


def assert_marked_again_is_the_same(source: Path, found: Findings, folder: Path) -> None:
    others = findings(report_places(found), **{"cases.review.total": 1, NEW: 12})
    mark(source, found, folder / "once.xlsx")
    mark(source, others, folder / "other.xlsx")
    mark(folder / "other.xlsx", found, folder / "again.xlsx")
    clear(folder / "once.xlsx", folder / "cleared.xlsx")
    mark(folder / "cleared.xlsx", found, folder / "cleared-again.xlsx")
    once = parts_of(folder / "once.xlsx")
    for name in ("again.xlsx", "cleared-again.xlsx"):
        again = parts_of(folder / name)
        assert [n for n in once if again.get(n) != once[n]] == [] and list(once) == list(again)
        assert (folder / name).read_bytes() == (folder / "once.xlsx").read_bytes()


def report_places(found: Findings) -> dict[str, str]:
    return dict(zip_places(found))


def zip_places(found: Findings) -> list[tuple[str, str]]:
    return [pair for f in found for pair in zip(f.cells, f.where, strict=False)]


def by_openpyxl(path: Path) -> dict[str, str]:
    report = save(complete(), path)
    book = load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book.worksheets[0], min_col=3, min_row=5, max_row=7))
    book.worksheets[1].add_chart(chart, "K2")
    cell_at(book, report.places[NEW]).comment = Comment("请核", "王科长", width=400, height=210)
    cell_at(book, report.places[NEW]).fill = PatternFill("lightGrid", fgColor="00FF00")
    book.create_sheet("台账")["B2"] = "=1+1"
    book.save(path)
    return report.places


def by_xlsxwriter(path: Path) -> dict[str, str]:
    report = complete()
    book = xlsxwriter.Workbook(str(path))
    tinted = book.add_format({"bg_color": "#C6E0B4", "num_format": "0.0"})
    picture = path.with_suffix(".png")
    picture.write_bytes(PNG)
    for table in report.declaration.tables:
        sheet = book.add_worksheet(report.declaration.section(table.key).sheet)
        for number, (key, cell) in enumerate(grid_of(table).figures.items()):
            row, column = cell.row + 3, cell.column + 2
            sheet.write(row, column, report.figures()[key], tinted if number % 3 == 0 else None)
            report.places[key] = f"{sheet.name}!{address_of((row + 1, column + 1))}"
        sheet.add_sparkline("A1", {"range": f"'{sheet.name}'!C5:C9"})
        sheet.insert_image("A20", str(picture))
        sheet.insert_button("A24", {"caption": "按钮"})
        sheet.insert_checkbox("A28", True)
        sheet.insert_textbox("A30", "自己的文本框")
        sheet.write_comment("A2", "自己的批注", {"author": "王科长", "visible": True})
        sheet.set_header("&L&G", {"image_left": str(picture)})
        sheet.conditional_format("C5:C9", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("D5:D9", {"validate": "list", "source": ["甲", "乙"]})
        sheet.write_dynamic_array_formula("K1:K1", "=_xlfn.UNIQUE(C5:C9)", None, 5)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{sheet.name}'!$C$5:$C$9"})
        sheet.insert_chart("M2", chart)
    book.add_chartsheet("图").set_chart(_chart(book, report))
    book.set_custom_property("文号", "2025-1")
    book.close()
    return report.places


def _chart(book: Any, report: Report) -> Any:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": f"='{report.places[NEW].rpartition('!')[0]}'!$C$5:$C$9"})
    return chart


#: One white dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8ffffff7f0009fb03fd2a86e38a0000000049454e44ae426082"
)

MAKERS = {"openpyxl": by_openpyxl, "xlsxwriter": by_xlsxwriter}


@pytest.fixture(params=list(MAKERS))
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    path = tmp_path / "in.xlsx"
    return path, MAKERS[request.param](path)


def test_every_other_part_stays_byte_for_byte(made: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    source, places = made
    found = findings(places)
    assert mark(source, found, tmp_path / "out.xlsx") == []
    assert_only_marks_are_new(source, found, tmp_path / "out.xlsx")
    new = parts_of(tmp_path / "out.xlsx").keys() - parts_of(source).keys()
    assert all("xlreport" in name or name.endswith(".rels") for name in new)


def test_clearing_and_marking_again_gives_the_bytes_of_marking_the_original(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    source, places = made
    assert_marked_again_is_the_same(source, findings(places), tmp_path)


def test_the_marks_are_seen(made: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    source, places = made
    found = findings(places)
    mark(source, found, tmp_path / "out.xlsx")
    before, after = load_workbook(source), load_workbook(tmp_path / "out.xlsx")
    for each in marks_of(found).cells:
        cell, was = after[each.sheet][each.address], before[each.sheet][each.address]
        assert cell.fill.fgColor.rgb[-6:] == each.tint in (*TINTS.values(), SUSPECT_TINT)
        assert (cell.value, cell.number_format, copy(cell.font)) == (
            was.value,
            was.number_format,
            copy(was.font),
        )
        own = was.comment.text + "\n\n" if was.comment else ""
        assert cell.comment.text == own + each.note
        note = notes_of(tmp_path / "out.xlsx", each.sheet)[cell.row, cell.column]
        assert note.size.height >= 17 * len(note.text.splitlines())
    assert after.active.title == SHEET and after[RECORDS].sheet_state == "veryHidden"


def test_a_cleared_copy_has_the_users_own_notes_and_formats(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    source, places = made
    mark(source, findings(places), tmp_path / "out.xlsx")
    clear(tmp_path / "out.xlsx", tmp_path / "clean.xlsx")
    for title in sheet_parts(source):
        assert notes_of(tmp_path / "clean.xlsx", title) == notes_of(source, title)
    before, after = parts_of(source), parts_of(tmp_path / "clean.xlsx")
    drawings = [name for name in before if name.endswith(".vml")]
    assert drawings and all(after[name] == before[name] for name in drawings)
    assert RECORDS not in sheet_parts(tmp_path / "clean.xlsx")


def as_strict(path: Path) -> None:
    def change(name: str, content: bytes) -> tuple[str, bytes]:
        for usual, strict in STRICT.items():
            content = content.replace(usual, strict)
        return name, content

    repacked(path, change)


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_strict_files_are_marked_in_their_own_namespaces(
    maker: Callable[[Path], dict[str, str]], tmp_path: Path
) -> None:
    places = maker(tmp_path / "in.xlsx")
    as_strict(tmp_path / "in.xlsx")
    found = findings(places)
    mark(tmp_path / "in.xlsx", found, tmp_path / "out.xlsx")
    assert_only_marks_are_new(tmp_path / "in.xlsx", found, tmp_path / "out.xlsx")
    for name, content in parts_of(tmp_path / "out.xlsx").items():
        assert not any(usual in content for usual in STRICT), name
    assert_marked_again_is_the_same(tmp_path / "in.xlsx", found, tmp_path)


@settings(max_examples=12)
@given(
    own=st.dictionaries(
        st.tuples(st.integers(1, 30), st.integers(1, 12)),
        st.tuples(
            st.none() | st.sampled_from(["C6E0B4", "FFC7CE"]),
            st.none() | st.text("甲乙\n<&_x0041_", min_size=1),
        ),
        max_size=10,
    ),
    changes=st.dictionaries(st.sampled_from(list(complete().figures())), st.integers(0, 50), max_size=4),
)
def test_whatever_notes_and_fills_the_user_has(
    own: dict[Any, Any], changes: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("packages")
    report = save(complete(), folder / "in.xlsx")
    book = load_workbook(folder / "in.xlsx")
    for (row, column), (colour, text) in own.items():
        cell = book.worksheets[1].cell(row, column)
        if hasattr(cell, "hyperlink") and colour:
            cell.fill = PatternFill("solid", fgColor=colour)
        if hasattr(cell, "hyperlink") and text:
            cell.comment = Comment(text, "王科长")
    book.save(folder / "in.xlsx")
    found = findings(report.places, **changes)
    mark(folder / "in.xlsx", found, folder / "out.xlsx")
    assert_only_marks_are_new(folder / "in.xlsx", found, folder / "out.xlsx")
    assert_marked_again_is_the_same(folder / "in.xlsx", found, folder)


def test_a_conversation_stays_and_its_cell_gets_no_note(tmp_path: Path) -> None:
    report = save(complete(), tmp_path / "in.xlsx")
    sheet, _, address = report.places[NEW].rpartition("!")
    part = sheet_parts(tmp_path / "in.xlsx")[sheet]
    folder, name = part.rsplit("/", 1)
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    talk = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="{address}"><text>?</text></threadedComment></ThreadedComments>'
    )
    with zipfile.ZipFile(tmp_path / "in.xlsx", "a") as package:
        package.writestr(f"{folder}/_rels/{name}.rels", relation)
        package.writestr("xl/threadedComments/threadedComment1.xml", talk)
    said = mark(tmp_path / "in.xlsx", findings(report.places), tmp_path / "out.xlsx")
    assert len(said) == 1 and f"{sheet}!{address}" in said[0] and "会话式批注" in said[0]
    assert parts_of(tmp_path / "out.xlsx")["xl/threadedComments/threadedComment1.xml"] == talk.encode()
    assert spot_of(address) not in notes_of(tmp_path / "out.xlsx", sheet)


@pytest.mark.libreoffice
def test_libreoffices_own_files_are_marked_and_read_back_by_it(tmp_path: Path, office: Office) -> None:
    places = by_openpyxl(tmp_path / "made.xlsx")
    with office.opened(tmp_path / "made.xlsx") as document:
        document.save(tmp_path / "in.xlsx", "Calc MS Excel 2007 XML")
    found = findings(places)
    assert mark(tmp_path / "in.xlsx", found, tmp_path / "out.xlsx") == []
    assert_only_marks_are_new(tmp_path / "in.xlsx", found, tmp_path / "out.xlsx")
    assert_marked_again_is_the_same(tmp_path / "in.xlsx", found, tmp_path)
    with office.opened(tmp_path / "out.xlsx") as document:
        for each in marks_of(found).cells:
            cell = document.sheet(each.sheet).getCellRangeByName(each.address)
            assert cell.CellBackColor == int(each.tint, 16)
            assert cell.Annotation.String.endswith(each.note)
        document.save(tmp_path / "saved.xlsx", "Calc MS Excel 2007 XML")
    clear(tmp_path / "saved.xlsx", tmp_path / "clean.xlsx")
    for title in sheet_parts(tmp_path / "in.xlsx"):
        texts = [
            {spot: note.text for spot, note in notes_of(tmp_path / name, title).items()}
            for name in ("in.xlsx", "clean.xlsx")
        ]
        assert texts[0] == texts[1]


def test_every_new_note_can_be_read_where_the_drawing_has_prefixes_of_its_own(tmp_path: Path) -> None:
    places = by_openpyxl(tmp_path / "own.xlsx")
    prefixes = {b"v:": b"vml:", b"o:": b"office:", b"x:": b"excel:"}

    def renamed(name: str, content: bytes) -> tuple[str, bytes]:
        if name.endswith(".vml"):
            for usual, own in prefixes.items():
                content = re.sub(rb"(</?|xmlns:|\s)" + usual[:1] + rb"(?=[:=])", rb"\1" + own[:-1], content)
        return name, content

    repacked(tmp_path / "own.xlsx", renamed)
    mark(tmp_path / "own.xlsx", findings(places), tmp_path / "marked.xlsx")
    drawings = [
        content for name, content in parts_of(tmp_path / "marked.xlsx").items() if name.endswith(".vml")
    ]
    shapes = [each for content in drawings for each in etree.fromstring(content).iter("{*}shape")]
    assert sum("xlreport_" in (shape.get("id") or "") for shape in shapes) > 2
    clear(tmp_path / "marked.xlsx", tmp_path / "cleared.xlsx")
    kept = {
        name: content for name, content in parts_of(tmp_path / "own.xlsx").items() if name.endswith(".vml")
    }
    cleared = parts_of(tmp_path / "cleared.xlsx")
    assert kept and all(cleared[name] == content for name, content in kept.items())
