"""What is read of a sheet in one pass is what calamine gives of it, or calamine is asked."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineError, CalamineWorkbook

from xlreport.sources.archive import stored
from xlreport.workbook.cell_looks import looks_of
from xlreport.workbook.sheet_xml import SheetXml
from xlreport.workbook.usual_values import Unusual, UsualValues, shared_in

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LISTED = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="49"/></cellXfs></styleSheet>'
)


def in_one_pass(rows: str, shared: str = "") -> list[list[Any]] | None:
    """The values of a sheet with these rows, ``None`` where they are left to calamine."""
    try:
        texts = shared_in(_shared(shared)) if shared else []
        cells = SheetXml(_sheet(rows)).cells
        if cells is None:
            return None
        values, _ = UsualValues(texts, looks_of(STYLES.encode())).read(cells)
    except Unusual:
        return None
    height = max((row for row, _ in values), default=-1) + 1
    width = max((column for _, column in values), default=-1) + 1
    return [[values.get((row, column), "") for column in range(width)] for row in range(height)]


def by_calamine(rows: str, shared: str = "") -> list[list[Any]] | None:
    """The same from calamine, ``None`` where it cannot read the sheet."""
    parts = {
        "_rels/.rels": f'<Relationships {LISTED}><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="r"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships {LISTED}><Relationship Id="r" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    encoded = {name: text.encode() for name, text in parts.items()} | {
        "xl/worksheets/sheet1.xml": _sheet(rows)
    }
    if shared:
        encoded["xl/sharedStrings.xml"] = _shared(shared)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(stored(encoded)))
        return book.get_sheet_by_name("表").to_python(skip_empty_area=False)
    except (CalamineError, ValueError):
        return None


def _sheet(rows: str) -> bytes:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()


def _shared(items: str) -> bytes:
    return f"<sst {MAIN}>{items}</sst>".encode()


WORDS = st.sampled_from(
    [
        "",
        "自然人",
        " 前后 ",
        "a&amp;b",
        "&#19968;、",
        "&lt;x&gt;",
        "两\n行",
        "回\r\n车",
        "_x000D_",
        "&nbsp;",
        "a&b",
        "1.5",
    ]
)
NUMBERS = st.sampled_from(
    [
        "",
        "0",
        "-0",
        "7",
        "007",
        "1234567890123456",
        "1.50",
        "1e5",
        "-3.25E-2",
        " 5 ",
        "nan",
        "1_0",
        "+5",
        ".5",
        "５",
    ]
)
TYPES = st.sampled_from(["", ' t="n"', ' t="s"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="e"', ' t="x"'])
FORMATS = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="9"', ' cm="1"', " s='0'"])
FORMULAS = st.sampled_from(
    ["", "<f>SUM(A1:A2)</f>", '<f t="shared" si="0"/>', '<f t="array" ref="A1:A2">1&lt;2</f>']
)
RUNS = '<r><t>{}</t></r><r><rPr><sz val="9"/><vertAlign val="superscript"/></rPr><t xml:space="preserve">{}</t></r>'
CONTENT = st.one_of(
    st.just(""),
    NUMBERS.map("<v>{}</v>".format),
    WORDS.map("<v>{}</v>".format),
    WORDS.map("<is><t>{}</t></is>".format),
    WORDS.map('<is><t xml:space="preserve">{}</t></is>'.format),
    st.tuples(WORDS, WORDS).map(lambda two: f"<is>{RUNS.format(*two)}</is>"),
    st.sampled_from(["<v/>", "<is><r><t>甲</t></r></is>", "<is/>", "<!-- <v>1</v> -->", "<v>1</v><v>2</v>"]),
)


@given(
    st.lists(st.tuples(st.integers(1, 3), TYPES, FORMATS, FORMULAS, CONTENT), max_size=5),
    st.lists(
        st.tuples(
            WORDS,
            st.sampled_from(
                ["", '<phoneticPr fontId="1"/>', "<rPh><t>pin</t></rPh>", RUNS.format("a", " b")]
            ),
        ),
        max_size=3,
    ),
)
def test_one_pass_gives_what_calamine_gives(
    cells: list[tuple[int, str, str, str, str]], items: list[tuple[str, str]]
):
    rows = ""
    for number, (column, kind, style, formula, content) in enumerate(cells, 1):
        rows += (
            f'<row r="{number}"><c r="{"ABC"[column - 1]}{number}"{style}{kind}>{formula}{content}</c></row>'
        )
    shared = "".join(f"<si><t>{text}</t>{more}</si>" for text, more in items)
    found = in_one_pass(rows, shared)
    if found is not None:
        expected = by_calamine(rows, shared)
        assert found == expected
        assert [[type(v) is str for v in row] for row in found] == [
            [type(v) is str for v in row] for row in expected
        ]


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        ('<row r="2" ht="9"><c r="B2"><v>4</v></c><c r="C2" s="3"/></row>', [["", ""], ["", 4]]),
        ('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', [["乙"]]),
        ('<row r="1">\n<c r="A1" t="str"><f>A2&amp;""</f><v></v></c>\n</row>', [[""]]),
    ],
)
def test_what_programs_write_is_read_in_one_pass(rows: str, values: list[list[Any]]):
    shared = '<si><t>甲</t></si><si><t xml:space="preserve">乙</t><phoneticPr fontId="1" type="noConversion"/></si>'
    assert in_one_pass(rows, shared) == by_calamine(rows, shared) == values


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" s="1"><v>45000</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><x/></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1"><v>1</v></c></row><!-- 注 -->',
        '<row r="1"><c r="A1"><v>1</v></c><c><v>2</v></c></row>',
        '<row r="99999"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c s="3" r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="AAA1"><v>1</v></c></row>',
    ],
)
def test_what_is_written_in_another_way_is_left_to_calamine(rows: str):
    assert in_one_pass(rows) is None


def test_a_sheet_that_is_damaged_behind_its_rows_is_left_to_calamine():
    whole = _sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    merged = b'<mergeCells count="1"><mergeCell ref="A1:B1"/>%b</worksheet>'
    assert SheetXml(whole).cells is not None
    assert SheetXml(whole.replace(b"</worksheet>", merged % b"</mergeCells>")).cells is not None
    assert SheetXml(whole.replace(b"</worksheet>", merged % b"</x></mergeCells>")).cells is None
    assert SheetXml(whole.replace(b"</worksheet>", b"")).cells is None
