"""PDFs with a text layer: what LibreOffice prints comes back cell by cell; what is not seen or cannot be told is said."""

from __future__ import annotations

import builtins
import random
import zlib
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest

import xlreport
from tests.office import Office
from tests.rendering import pages
from tests.rendering.drawing import items
from tests.rendering.rendered import differences, sample
from tests.rendering.variations import Variation
from tests.sources.drawn_pdf import grid, line, pdf, text
from xlreport.errors import InputError
from xlreport.sources.blocks import Paragraph, Picture, Table
from xlreport.sources.pdf import blocks_in
from xlreport.sources.pdf_page import PdfLine, cell_text
from xlreport.sources.pdf_tables import Box, Ruled
from xlreport.sources.pdf_text import paragraphs, setting_of


def cells(content: bytes) -> tuple[list[str], list[str]]:
    """Return the texts of the only table, and what is said."""
    blocks, remarks = blocks_in(Path("年报.pdf"), content)
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return [cell.text for cell in table.cells], remarks


TABLE = grid((50, 150, 250), (600, 650, 700))


def framed(xs: tuple[float, ...], ys: tuple[float, ...]) -> list[str]:
    """Cells with lines of their own, two points apart, as a browser draws them, and a frame around all."""
    cells = [
        grid((left + 1, right - 1), (low + 1, high - 1))
        for left, right in pairwise(xs)
        for low, high in pairwise(ys)
    ]
    return [*grid((xs[0] - 1, xs[-1] + 1), (ys[0] - 1, ys[-1] + 1)), *chain(*cells)]


def tables(*made: list[str]) -> list[list[list[str]]]:
    """Return the texts of all tables by row."""
    blocks, _ = blocks_in(Path("年报.pdf"), pdf(*made))
    return [
        [[cell.text for cell in line] for line in block.covering]
        for block in blocks
        if isinstance(block, Table)
    ]


def test_two_tables_that_touch_are_two_though_lines_of_one_are_near_those_of_the_other():
    upper, lower = framed((50, 120, 160, 200), (602, 640, 680)), framed((50, 90, 155, 200), (520, 560, 600))
    figures = [
        text(x, y, words)
        for words, x, y in (
            ("a", 60, 650),
            ("1", 130, 650),
            ("2", 170, 650),
            ("b", 60, 610),
            ("3", 130, 610),
            ("4", 170, 610),
            ("c", 60, 570),
            ("5", 100, 570),
            ("6", 170, 570),
            ("d", 60, 530),
            ("7", 100, 530),
            ("8", 170, 530),
        )
    ]
    assert tables([*upper, *lower, *figures]) == [
        [["a", "1", "2"], ["b", "3", "4"]],
        [["c", "5", "6"], ["d", "7", "8"]],
    ]


def test_tables_apart_on_a_page_have_columns_of_their_own():
    # All the upright lines of both are near one another.
    upper, lower = framed((50, 127.5, 200), (602, 640, 680)), framed((50, 124, 132, 200), (420, 460, 500))
    words = [text(135, 650, "1"), text(124.6, 470, "2"), text(140, 470, "3")]
    assert tables([*upper, *lower, *words]) == [
        [["", "1"], ["", ""]],
        [["", "2", "3"], ["", "", ""]],
    ]


def test_a_row_whose_line_the_end_of_the_page_leaves_out_is_a_row():
    uprights = (50, 150, 250, 350)
    first = [*grid(uprights, (120, 160, 200)), *(line(x, 60, x, 120) for x in uprights)]
    first += [text(60, 170, "head"), text(60, 130, "x"), text(160, 130, "0"), text(260, 130, "0")]
    first += [text(60, 80, "left"), text(160, 80, "437"), text(260, 80, "12")]
    second = [*grid(uprights, (600, 640, 680)), *(line(x, 680, x, 740) for x in uprights)]
    second += [text(60, 700, "top"), text(160, 700, "5"), text(260, 700, "6"), text(160, 650, "7")]
    (found,) = tables(first, second)
    assert found == [
        *(
            ["head", "", ""],
            ["x", "0", "0"],
            ["left", "437", "12"],
            ["top", "5", "6"],
            ["", "7", ""],
            ["", "", ""],
        ),
    ]


def letters(words: str, left: float, top: float, size: float = 12) -> PdfLine:
    return PdfLine(words, left, left + size * len(words), top, top + size, size)


def test_a_full_width_figure_without_room_in_one_line_is_one_figure_and_others_are_not():
    narrow = [letters("１６", 52, 0), letters("７", 52, 14)]
    assert cell_text(narrow, 28) == "１６７"
    assert cell_text(narrow, 60) == "１６\n７"
    assert cell_text([letters("16", 52, 0), letters("7", 52, 14)], 28) == "16\n7"
    assert cell_text([letters("结果", 52, 0), letters("７", 52, 14)], 28) == "结果\n７"


@pytest.mark.libreoffice
def test_what_libreoffice_prints_comes_back_cell_by_cell(office: Office, tmp_path: Path):
    report = sample("suqian-2024")
    for number, how in enumerate((Variation(), Variation(groups="pieces", table2="four"))):
        page = tmp_path / f"{number}.html"
        page.write_text(pages.as_html(items(report, how), how, "plain").replace("CHARSET", "utf-8"), "utf-8")
        found = xlreport.read(office.to_pdf(page, tmp_path))
        assert not differences(report, found)
        assert found.remarks[0].startswith("这是 PDF 文件")


def test_figures_are_read_by_the_lines_around_them():
    words = [text(60, 660, "a"), text(160, 660, "437"), text(60, 610, "b"), text(160, 610, "0")]
    assert cells(pdf([*TABLE, *words]))[0] == ["a", "437", "b", "0"]


def test_a_raised_mark_is_no_digit():
    words = [text(160, 660, "437"), text(180.1, 665, "1", 7)]
    assert "437（注1）" in cells(pdf([*TABLE, *words]))[0]


def test_what_is_struck_or_white_or_turned_is_not_there_and_is_said():
    struck = [text(160, 660, "437"), line(158, 664, 182, 664)]
    white = [text(60, 610, "999", colour="1 g")]
    turned = ["0 g BT /F1 12 Tf 0 1 -1 0 200 610 Tm (734) Tj ET"]
    found, remarks = cells(pdf([*TABLE, *struck, *white, *turned]))
    assert found == ["", "", "", ""]
    assert {figure for figure in ("437", "999", "734") if any(figure in line for line in remarks)} == {
        "437",
        "999",
        "734",
    }


def test_two_numbers_in_a_cell_are_not_put_together():
    words = [text(160, 670, "43"), text(160, 655, "7")]
    assert "43\n7" in cells(pdf([*TABLE, *words]))[0]


def test_a_scan_is_said_and_a_file_of_scans_refused():
    scan = pdf([text(60, 660, "437")], picture=True)
    with pytest.raises(InputError, match="扫描"):
        blocks_in(Path("年报.pdf"), scan)


def test_page_numbers_and_running_heads_are_no_text():
    made = [
        [text(60, 780, "Report"), text(60, 400, f"line {letter}."), text(290, 20, f"- {n} -")]
        for n, letter in enumerate("abcd", 1)
    ]
    blocks, _ = blocks_in(Path("年报.pdf"), pdf(*made))
    texts = [block.text for block in blocks if isinstance(block, Paragraph) and block.text]
    assert texts == ["line a. line b. line c. line d."]
    assert not any(isinstance(block, Picture) for block in blocks)


def test_a_table_goes_on_over_the_end_of_a_page_without_its_headers():
    head = [Box(0, 0, 10, 5, "项目"), Box(10, 0, 20, 5, "件数")]
    group = Box(0, 5, 5, 15, "结果")
    first = Ruled(
        [
            *head,
            group,
            Box(5, 5, 10, 10, "甲"),
            Box(10, 5, 20, 10, "1"),
            Box(5, 10, 10, 15, "乙"),
            Box(10, 10, 20, 15, "2"),
        ]
    )
    # Drawn half a dot further, as on another page.
    moved = [head[0]._replace(right=10.6), head[1]._replace(left=10.6, right=19.4)]
    second = Ruled([*moved, Box(0, 5, 5, 10, ""), Box(5, 5, 10, 10, "丙"), Box(10, 5, 20, 10, "3")])
    assert first.goes_on_in(second)
    table = first.joined(second).table()
    assert [(cell.text, cell.row, cell.row_span) for cell in table.cells if cell.column == 0] == [
        ("项目", 0, 1),
        ("结果", 1, 3),
    ]
    assert [cell.text for cell in table.cells if cell.column == 2] == ["件数", "1", "2", "3"]


def test_a_row_that_a_page_cuts_is_one_row():
    head = [Box(0, 0, 10, 5, "项目"), Box(10, 0, 20, 5, "件数"), Box(20, 0, 30, 5, "总计")]
    first = Ruled([*head, Box(0, 5, 10, 10, "其他法律"), Box(10, 5, 20, 10, ""), Box(20, 5, 30, 10, "")])
    second = Ruled([Box(0, 0, 10, 5, "行政法规禁止公开"), Box(10, 0, 20, 5, "4"), Box(20, 0, 30, 5, "4")])
    table = first.joined(second).table()
    assert table.height == 2
    assert [cell.text for cell in table.cells if cell.row == 1] == ["其他法律行政法规禁止公开", "4", "4"]


def test_a_row_with_blank_cells_at_the_end_of_a_page_is_not_the_beginning_of_the_next_one():
    head = [
        Box(0, 0, 10, 5, "项目"),
        Box(10, 0, 20, 5, "件数"),
        Box(20, 0, 30, 5, "其他"),
        Box(30, 0, 40, 5, "总计"),
    ]
    ending = [Box(0, 5, 10, 10, "3.补正后仍不明确"), *(Box(x, 5, x + 10, 10, "") for x in (10, 20, 30))]
    beginning = [
        Box(0, 0, 10, 5, "1.信访"),
        Box(10, 0, 20, 5, "86"),
        Box(20, 0, 30, 5, "1"),
        Box(30, 0, 40, 5, "87"),
    ]
    filled = [*ending[:3], Box(30, 5, 40, 10, "8")]
    unnumbered = [box._replace(text=box.text.lstrip("31.")) for box in filled]
    for above, below in ((ending, beginning), (filled, beginning), (unnumbered, beginning[1:])):
        table = Ruled([*head, *above]).joined(Ruled(below)).table()
        assert [[cell.text for cell in line] for line in table.covering][1:] == [
            [box.text for box in row] for row in (above, below)
        ]


def test_a_single_row_that_is_left_for_the_next_page_belongs_to_its_table():
    first = [
        *grid((50, 150, 250), (60, 90, 120)),
        text(60, 100, "head"),
        text(60, 70, "x"),
        text(160, 70, "1"),
    ]
    second = [*grid((50, 150, 250), (700, 730)), text(60, 710, "fee"), text(160, 710, "25.1")]
    assert tables(first, second) == [[["head", ""], ["x", "1"], ["fee", "25.1"]]]
    elsewhere = [*grid((50, 190, 250), (700, 730)), text(60, 710, "fee"), text(200, 710, "25.1")]
    assert tables(first, elsewhere) == [[["head", ""], ["x", "1"]]]


def test_a_figure_is_not_the_rest_of_a_label_that_stands_above_the_end_of_a_page():
    first = Ruled(
        [
            Box(0, 0, 20, 5, "行政复议"),
            Box(0, 5, 10, 15, "结果维持"),
            Box(10, 5, 20, 15, "总计"),
            Box(20, 0, 30, 10, "甲"),
        ]
    )
    second = Ruled([Box(0, 0, 10, 5, "309"), Box(10, 0, 20, 5, "440"), Box(20, 0, 30, 5, "")])
    texts = [cell.text for cell in first.joined(second).table().cells]
    assert {"结果维持", "总计", "309", "440"} <= set(texts)


def test_without_the_extra_one_line_says_how_to_get_there(monkeypatch: pytest.MonkeyPatch):
    plain = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pdfplumber"):
            raise ImportError(name)
        return plain(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"xlreport\[pdf\].*\.docx"):
        blocks_in(Path("年报.pdf"), pdf([text(60, 660, "437")]))


def test_a_stream_that_expands_without_end_is_not_unpacked_by_the_parser():
    packed = zlib.compress(b" " * 50_000_000, 9)
    with pytest.raises(InputError, match="过大"):
        blocks_in(Path("年报.pdf"), pdf([""], stream=packed))


def test_damage_is_one_line(tmp_path: Path):
    content = pdf([*TABLE, text(160, 660, "437")], [text(60, 660, "x")])
    drawn = random.Random(3)
    for attempt in range(40):
        broken = bytearray(content[: drawn.randrange(20, len(content))] if attempt % 3 == 0 else content)
        for _ in range(drawn.choice((1, 5, 40))):
            broken[drawn.randrange(9, len(broken))] = drawn.randrange(256)
        try:
            blocks_in(Path("年报.pdf"), bytes(broken))
        except InputError as error:
            assert "\n" not in str(error) and error.advice


def test_a_line_that_stands_apart_is_a_paragraph_of_its_own():
    # As a browser prints paragraphs: not indented, full lines, room between them.
    rows = ("一" * 40, "二" * 38, "", "三、其他", "", "四" * 40, "五" * 30)
    lines = [
        PdfLine(row, 30, 30 + 12 * len(row), 30 + 18 * at, 42 + 18 * at, 12)
        for at, row in enumerate(rows)
        if row
    ]
    found = paragraphs(Path("a.pdf"), lines, setting_of([*lines, *lines[:2]]), True)
    assert [block.text for block in found] == [rows[0] + rows[1], rows[3], rows[5] + rows[6]]
