"""Workbooks: the standard one as others change it, and those of another layout."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.strangers.attempts import FEE, PENALTIES, Attempt, Doubtful, Expected, NoNumber, Shown, Survived
from tests.strangers.bases import replaced
from tests.strangers.books import (
    AT,
    FEE_AT,
    FOUR,
    THREE,
    TITLES,
    edited,
    inline,
    layout,
    number,
    place,
    saved,
    sheet_of,
    style_of,
)

Make = Callable[[Path], object]
Kind = tuple[str, str, Make, Expected]


def rich(*runs: tuple[str, str]) -> str:
    held = "".join(f'<r>{f"<rPr>{p}</rPr>" if p else ""}<t xml:space="preserve">{t}</t></r>' for t, p in runs)
    return f'<c r="{AT}" t="inlineStr"><is>{held}</is></c>'


UP, DOWN, STRUCK = '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>', "<strike/>"


def cells() -> Iterator[Kind]:
    """One cell of the standard workbook, in its XML."""

    def one(new: str) -> Make:
        return edited(new=lambda old: new.replace(f'r="{AT}"', f'r="{AT}"{style_of(old)}', 1))

    for name, value, shown in (
        ("float-noise-up", "437.00000000000006", 437), ("float-noise-down", "436.99999999999994", 437), ("exponent", "4.37E2", 437), ("exponent-plus", "4.37E+2", 437),
        ("point-zero", "437.0", 437), ("blanks", " 437 ", 437), ("leading-zeros", "000437", 437), ("negative-zero-none", "437", 437),
    ):  # fmt: skip
        yield "number", name, one(number(AT, value)), Shown({PENALTIES: shown})
    for name, value in (
        ("half", "437.5"), ("negative", "-437"), ("tiny-more", "437.001"), ("nan", "NaN"), ("inf", "INF"), ("huge-exponent", "1E308"), ("beyond", "1E400"),
        ("text-in-number", "abc"), ("5000-digits", "4" * 5000), ("hex", "0x1B5"), ("comma", "4,37"), ("signed-zero-text", "--437"),
    ):  # fmt: skip
        yield "number", name, one(number(AT, value)), NoNumber()
    for name, new in (
        ("boolean", f'<c r="{AT}" t="b"><v>1</v></c>'), ("boolean-false", f'<c r="{AT}" t="b"><v>0</v></c>'), ("error", f'<c r="{AT}" t="e"><v>#REF!</v></c>'),
        ("error-na", f'<c r="{AT}" t="e"><v>#N/A</v></c>'), ("error-name", f'<c r="{AT}" t="e"><v>#NAME?</v></c>'), ("error-spill", f'<c r="{AT}" t="e"><v>#SPILL!</v></c>'),
        ("formula-error", f'<c r="{AT}" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), ("formula-text", f'<c r="{AT}" t="str"><f>"约"&amp;437</f><v>约437</v></c>'), ("date-iso", f'<c r="{AT}" t="d"><v>1901-03-12</v></c>'),
        ("dispimg", f'<c r="{AT}" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'), ("shared-missing", f'<c r="{AT}" t="s"><v>999999</v></c>'), ("formula-boolean", f'<c r="{AT}" t="b"><f>1=1</f><v>1</v></c>'),
        ("formula-never-reckoned", f'<c r="{AT}"><f>400+37</f></c>'), ("image-of-formula", f'<c r="{AT}" t="str"><f>IMAGE("http://a.b/9.png")</f><v></v></c>'),
    ):  # fmt: skip
        yield "no-number", name, one(new), NoNumber()
    for name, new in (
        ("formula", f'<c r="{AT}"><f>400+37</f><v>437</v></c>'), ("formula-array", f'<c r="{AT}"><f t="array" ref="{AT}">400+37</f><v>437</v></c>'),
        ("inline-text-number", inline(AT, "437")), ("formula-text-number", f'<c r="{AT}" t="str"><f>"437"</f><v>437</v></c>'), ("type-n", f'<c r="{AT}" t="n"><v>437</v></c>'),
    ):  # fmt: skip
        yield "formula", name, one(new), Shown()
    for name, runs in {
        "raised-digit": (("437", ""), ("1", UP)), "lowered-digit": (("437", ""), ("1", DOWN)), "struck-digit-before": (("9", STRUCK), ("437", "")), "struck-digit-behind": (("437", ""), ("9", STRUCK)),
        "struck-and-new": (("438", STRUCK), ("437", "")), "white-digit": (("9", '<color rgb="FFFFFFFF"/>'), ("437", "")), "raised-within": (("4", ""), ("9", UP), ("37", "")), "phonetic": (("437", ""),),
    }.items():  # fmt: skip
        new = rich(*runs)
        if name == "phonetic":
            new = new.replace("</is>", '<rPh sb="0" eb="1"><t>9</t></rPh></is>')
        yield "rich-text", name, one(new), Shown()


def formats() -> Iterator[Kind]:
    """A number shown in another way than it is stored."""

    def formatted(code: str, value: object = 437) -> Callable[[Workbook], None]:
        def change(book: Workbook) -> None:
            cell = sheet_of(book)[AT]
            cell.value = value  # type: ignore[assignment]
            cell.number_format = code

        return change

    def formatted_printed(code: str, value: object = 437) -> Callable[[Workbook], None]:
        def change(book: Workbook) -> None:
            sheet, row = place(book)
            cell = sheet.cell(row, 2)
            cell.value = value  # type: ignore[assignment]
            cell.number_format = code

        return change

    for code, value, expected in (
        ("#,##0", 437, Shown()), ("0_ ", 437, Shown()), ("00000", 437, Shown()), ("@", 437, Shown()), ('0"件"', 437, Shown()), ("[Red]0", 437, Shown()), ("General", 437.0000000001, Shown()),
        ("0", 437.0000000001, Shown()), ('0;-0;0;@', 437, Shown()), ("0.00", 437, Shown()), ("_(* #,##0_)", 437, Shown()), ("[DBNum1]0", 437, Shown()), ("[DBNum2]0", 437, Shown()),
        ("0", 437.4, Doubtful((437,))), ("0", 436.6, Doubtful((437,))), ("0%", 437, NoNumber()), ("0%", 4.37, NoNumber()), ("0.00E+00", 437, Shown()), ("0,", 437000, Shown()), ("0!.0,", 437000, NoNumber()),
        (";;;", 437, Shown({PENALTIES: None})), (";;;@", 437, Shown({PENALTIES: None})), ('"438"', 437, Shown({PENALTIES: 438})), ('"9"0', 437, Shown({PENALTIES: 9437})), ('0"9"', 437, Shown({PENALTIES: 4379})), ('"约"0', 437, NoNumber()), ('0"余"', 437, NoNumber()), ('0"万"', 437, NoNumber()), ('"无"', 437, Shown({PENALTIES: None})),
        ("yyyy-mm-dd", 437, NoNumber()), ("yyyy/m/d", datetime.date(2025, 4, 3), NoNumber()), ("h:mm", 0.437, NoNumber()), ("# ?/?", 437.5, NoNumber()), ("[h]:mm", 18.2083, NoNumber()), ("mmm-yy", 437, NoNumber()),
        ("General;General;General", 437, Shown()), ('[>400]"多";0', 437, NoNumber()), ("-0", 437, NoNumber()), ('"-"0', 437, NoNumber()), ('0"①"', 437, Shown()), ("$#,##0", 437, NoNumber()), ('0.0,"千"', 437, NoNumber()), ("0\\9", 437, Shown({PENALTIES: 4379})),
    ):  # fmt: skip
        name = re.sub(r"[^\w.@#%,;+-]", "_", f"{code}-{value}")
        yield "format", f"{name}-standard", saved(formatted(code, value)), expected
        yield "format", f"{name}-printed", layout(formatted_printed(code, value)), expected
    for code, value, shown in (
        ("0.00", 25.1, 25.1), ("0.0", 25.14, 25.1), ("0", 25.1, 25), ("#,##0.00", 25.1, 25.1), ("0.0000", 25.1, 25.1), ("General", 25.100000000000001, 25.1), ("General", 0.1 + 0.2, 0.3), ("General", 29351.000000000004, 29351), ("0.00", 25.104999, 25.1), ("0!.0,", 251000, 25.1),
    ):  # fmt: skip

        def fee(book: Workbook, c: str = code, v: float = value) -> None:
            cell = sheet_of(book)[FEE_AT]
            cell.value = v
            cell.number_format = c

        yield (
            "format",
            f"fee-{re.sub(r'[^0-9.,#A-Za-z]', '_', code)}-{value!r}",
            saved(fee),
            Shown({FEE: shown}),
        )

    def year(book: Workbook) -> None:
        cell = book["基本信息"]["B5"]
        cell.value = datetime.date(2025, 1, 1)
        cell.number_format = "yyyy"

    yield "format", "year-as-date", saved(year), Shown(year=2025)

    def year_with_word(book: Workbook) -> None:
        book["基本信息"]["B5"].number_format = '0"年"'

    yield "format", "year-with-word", saved(year_with_word), Shown(year=2025)

    def year_text(book: Workbook) -> None:
        book["基本信息"]["B5"].value = "2025年"

    yield "format", "year-as-text", saved(year_text), Shown(year=2025)


def hidden() -> Iterator[Kind]:
    """Rows, columns and sheets that are not shown."""

    def twin_row(book: Workbook, at: int, *, before: bool, hide: str) -> None:
        sheet, row = place(book)
        new = row if before else row + 1
        sheet.insert_rows(new)
        sheet.cell(new, 1, "行政处罚")
        sheet.cell(new, 2, 9)
        if hide == "row":
            sheet.row_dimensions[new].hidden = True
        elif hide == "height":
            sheet.row_dimensions[new].height = 0
        elif hide == "group":
            sheet.row_dimensions[new].outlineLevel = 1
            sheet.row_dimensions[new].hidden = True
        elif hide == "white":
            for column in (1, 2):
                sheet.cell(new, column).font = Font(color="FFFFFFFF")
        elif hide == "struck":
            for column in (1, 2):
                sheet.cell(new, column).font = Font(strike=True)
        elif hide == "format":
            for column in (1, 2):
                sheet.cell(new, column).number_format = ";;;"

    for hide in ("row", "height", "group", "white", "struck", "format"):
        for before in (True, False):
            yield (
                "hidden",
                f"twin-{hide}-{'before' if before else 'after'}",
                layout(lambda b, h=hide, f=before: twin_row(b, 0, before=f, hide=h)),
                Shown(),
            )
    for before in (True, False):
        yield (
            "twins",
            f"visible-differ-{'before' if before else 'after'}",
            layout(lambda b, f=before: twin_row(b, 0, before=f, hide="")),
            NoNumber(),
        )

    def filtered(book: Workbook) -> None:
        twin_row(book, 0, before=True, hide="row")
        sheet, row = place(book)
        sheet.auto_filter.ref = f"A{row - 1}:B{row + 2}"
        sheet.auto_filter.add_filter_column(1, ["437"])

    yield "hidden", "filtered-out", layout(filtered), Shown()

    def only(book: Workbook) -> None:
        sheet, row = place(book)
        sheet.row_dimensions[row].hidden = True

    yield "hidden", "row-only", layout(only), Shown({PENALTIES: None})

    def hide_standard(book: Workbook) -> None:
        sheet_of(book).row_dimensions[13].hidden = True

    yield "hidden", "row-of-the-standard", saved(hide_standard), Shown(said=True, cells={PENALTIES: 437})

    def hide_zero(book: Workbook) -> None:
        sheet_of(book).row_dimensions[14].hidden = True

    yield "hidden", "row-of-zeros-of-the-standard", saved(hide_zero), Shown()

    def hide_column(book: Workbook) -> None:
        book[TITLES[THREE]].column_dimensions["F"].hidden = True

    yield "hidden", "column-of-zeros-of-the-standard", saved(hide_column), Shown()

    def column(book: Workbook) -> None:
        sheet, row = place(book)
        sheet.insert_cols(2)
        sheet.cell(row, 2, 9)
        sheet.column_dimensions["B"].hidden = True

    yield "hidden", "column-with-a-figure", layout(column), Shown()

    def narrow(book: Workbook) -> None:
        column(book)
        sheet, _ = place(book)
        sheet.column_dimensions["B"].hidden = False
        sheet.column_dimensions["B"].width = 0

    yield "hidden", "column-of-no-width", layout(narrow), Shown()

    def second(book: Workbook, *, state: str, first: bool, title: str, value: int = 999) -> None:
        sheet, row = place(book)
        copied = book.copy_worksheet(sheet)
        copied.title = title
        copied.cell(row, 2).value = value
        copied.sheet_state = state
        if first:
            book.move_sheet(copied, -1)
            book.active = 1

    for state in ("hidden", "veryHidden"):
        for first in (True, False):
            yield (
                "sheets",
                f"{state}-copy-{'first' if first else 'last'}",
                layout(lambda b, s=state, f=first: second(b, state=s, first=f, title="旧")),
                Shown(),
            )
    yield (
        "sheets",
        "visible-copy-differs",
        layout(lambda b: second(b, state="visible", first=False, title="年报 (2)")),
        NoNumber(),
    )
    yield (
        "sheets",
        "visible-copy-same",
        layout(lambda b: second(b, state="visible", first=False, title="年报 (2)", value=437)),
        Shown(),
    )
    for title in ("2024年", "上年数", "2023", "上年"):
        yield (
            "sheets",
            f"of-another-year-{title}",
            layout(lambda b, t=title: second(b, state="visible", first=False, title=t)),
            Doubtful((437,)),
        )
        yield (
            "sheets",
            f"of-another-year-first-{title}",
            layout(lambda b, t=title: second(b, state="visible", first=True, title=t)),
            Doubtful((437,)),
        )

    def copied_standard(book: Workbook, *, hide: str, first: bool = False) -> None:
        sheet = sheet_of(book)
        copied = book.copy_worksheet(sheet)
        copied.title = "二、主动公开 (2)"
        copied[AT].value = 999
        if hide == "copy":
            copied.sheet_state = "hidden"
        elif hide == "original":
            sheet.sheet_state = "hidden"
        if first:
            book.move_sheet(copied, -(len(book.worksheets) - 1))

    yield "sheets", "standard-hidden-copy", saved(lambda b: copied_standard(b, hide="copy")), Shown()
    yield (
        "sheets",
        "standard-hidden-copy-first",
        saved(lambda b: copied_standard(b, hide="copy", first=True)),
        Shown(),
    )
    yield (
        "sheets",
        "standard-hidden-original",
        saved(lambda b: copied_standard(b, hide="original")),
        Doubtful((999,)),
    )
    yield "sheets", "standard-two-visible", saved(lambda b: copied_standard(b, hide="")), Doubtful((437,))

    def all_hidden(book: Workbook) -> None:
        sheet_of(book).sheet_state = "hidden"

    yield "sheets", "standard-table-hidden", saved(all_hidden), Doubtful((437,))


def shapes() -> Iterator[Kind]:
    """Merged cells, rows and columns put in, names, and what hangs on cells."""

    def extra_row(sheet_part: str, at: int) -> Callable[[Workbook], None]:
        def change(book: Workbook) -> None:
            book[TITLES[sheet_part]].insert_rows(at)

        return change

    def row_with(label: str, value: object) -> Callable[[str], str]:
        """The sheet's XML with a row more behind the last, beyond the form."""
        return lambda text: text.replace(
            "</sheetData>", f'<row r="60">{inline("A60", label)}{number("B60", str(value))}</row></sheetData>'
        )

    yield "extra", "row-below-the-table", edited(sheet=row_with("行政征收", 9)), Shown()
    yield "extra", "twin-row-below-the-table", edited(sheet=row_with("行政处罚", 9)), Doubtful((437,))
    yield (
        "extra",
        "hidden-twin-row-below",
        edited(sheet=lambda t: row_with("行政处罚", 9)(t).replace('<row r="60">', '<row r="60" hidden="1">')),
        Shown(),
    )
    yield (
        "extra",
        "figure-beside-the-table",
        edited(
            sheet=lambda t: t.replace("</sheetData>", f'<row r="61">{number("B61", "9")}</row></sheetData>')
        ),
        Shown(),
    )

    def shift(text: str, part_at: int) -> str:
        """All rows from ``part_at`` one further down, as a spreadsheet program does, with a row of figures in the gap."""

        def moved(match: re.Match[str]) -> str:
            row = int(match[2])
            return f"{match[1]}{row + (row >= part_at)}{match[3]}"

        text = re.sub(r'(<row r=")(\d+)(")', moved, text)
        text = re.sub(r'(<c r="[A-Z]+)(\d+)(")', moved, text)
        return re.sub(
            r'(<mergeCell ref=")([A-Z]+)(\d+):([A-Z]+)(\d+)(")',
            lambda m: (
                f"{m[1]}{m[2]}{int(m[3]) + (int(m[3]) >= part_at)}:{m[4]}{int(m[5]) + (int(m[5]) >= part_at)}{m[6]}"
            ),
            text,
        )

    def with_name(held: dict[str, bytes], old: bytes, new: bytes) -> None:
        assert old in held["xl/workbook.xml"]
        held["xl/workbook.xml"] = held["xl/workbook.xml"].replace(old, new)

    gap = f'<row r="14">{inline("A14", "其中：当场处罚")}{number("B14", "9")}</row><row r="15"'
    yield (
        "extra",
        "row-within-figures",
        edited(
            sheet=lambda t: replaced(shift(t, 14), '<row r="15"', gap),
            parts=lambda h: with_name(h, b"$D$17", b"$D$18"),
        ),
        Doubtful((437,)),
    )
    yield (
        "extra",
        "row-within-blank",
        edited(
            sheet=lambda t: replaced(
                shift(t, 14), '<row r="15"', gap.replace("<v>9</v>", "").replace("其中：当场处罚", "")
            ),
            parts=lambda h: with_name(h, b"$D$17", b"$D$18"),
        ),
        Shown(),
    )
    yield (
        "extra",
        "row-within-names-not-moved",
        edited(sheet=lambda t: replaced(shift(t, 14), '<row r="15"', gap)),
        Doubtful((437,)),
    )

    def merged_value(book: Workbook) -> None:
        sheet = sheet_of(book)
        sheet.unmerge_cells("B13:D13")
        sheet["B13"].value, sheet["C13"].value = None, 437
        sheet.merge_cells("B13:D13")

    yield (
        "merged",
        "standard-value-below",
        edited(
            sheet=lambda t: t.replace(
                number_of(t, "B13"), number("B13", "437", style_of(number_of(t, "B13")))
            ).replace('<c r="C13"', '<c r="C13"', 1)
        ),
        Shown(),
    )
    yield (
        "merged",
        "standard-under-the-merged",
        edited(sheet=lambda t: put(put(t, "B13", None), "C13", "9")),
        Shown({PENALTIES: None}),
    )
    yield "merged", "standard-beside-under-merged", edited(sheet=lambda t: put(t, "C13", "9")), Shown()
    yield (
        "merged",
        "two-rows-in-one",
        edited(
            sheet=lambda t: put(
                replaced(t, '<mergeCell ref="B13:D13"/>', '<mergeCell ref="B13:D14"/>').replace(
                    '<mergeCell ref="B14:D14"/>', ""
                ),
                "B14",
                "9",
            )
        ),
        Doubtful((437,), "disclosure.coercion.decisions"),
    )

    def merged_layout(book: Workbook) -> None:
        sheet, row = place(book)
        sheet.cell(row + 1, 2).value = 9
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=2, end_column=2)

    yield (
        "merged",
        "printed-two-rows-in-one",
        layout(merged_layout),
        Doubtful((437,), "disclosure.coercion.decisions"),
    )
    for name, new in (
        ("same-sheet", "'三、依申请公开'!$B$6:$D$17"),
        ("gone", "#REF!"),
        ("outside", "'二、主动公开'!$X$60:$Z$71"),
        ("one-cell", "'二、主动公开'!$B$6"),
        ("shifted", "'二、主动公开'!$B$5:$D$16"),
        ("other-book", "[1]二!$B$6:$D$17"),
    ):
        yield (
            "names",
            f"table-two-{name}",
            edited(parts=lambda h, n=new: with_name(h, "'二、主动公开'!$B$6:$D$17".encode(), n.encode())),
            Shown(),
        )

    def named(book: Workbook) -> None:
        book.worksheets[0].defined_names["xlr_disclosure"] = DefinedName(
            "xlr_disclosure", attr_text="'上年数'!$D$9:$F$20"
        )

    yield "names", "a-second-of-one-sheet", saved(named), Shown()

    def double(held: dict[str, bytes]) -> None:
        held["xl/workbook.xml"] = held["xl/workbook.xml"].replace(
            b"<definedNames>",
            "<definedNames><definedName name=\"xlr_disclosure\">'上年数'!$D$9:$F$20</definedName>".encode(),
        )

    yield "names", "twice", edited(parts=double), Shown()

    def sheets_twice(held: dict[str, bytes]) -> None:
        held["xl/workbook.xml"] = held["xl/workbook.xml"].replace(
            "二、主动公开".encode(), "三、依申请公开".encode(), 1
        )

    yield "names", "sheet-title-twice", edited(parts=sheets_twice), Survived(may_pass=False)

    def duplicate_cell(text: str) -> str:
        old = number_of(text, "B13")
        return replaced(text, old, old + number("B13", "9"))

    yield "twice", "one-cell-twice", edited(sheet=duplicate_cell), Doubtful(())

    def duplicate_row(text: str) -> str:
        match = re.search(r'<row r="13".*?</row>', text, re.S)
        assert match is not None
        return replaced(text, match[0], match[0] + match[0].replace("<v>437</v>", "<v>9</v>"))

    yield "twice", "one-row-twice", edited(sheet=duplicate_row), Doubtful(())

    def comment(book: Workbook) -> None:
        sheet_of(book)[AT].comment = Comment("应为438", "张三")

    yield "attached", "comment-says-otherwise", saved(comment), Shown()

    def struck(book: Workbook) -> None:
        cell = sheet_of(book)[AT]
        font = copy(cell.font)
        cell.font = Font(name=font.name, sz=font.sz, strike=True)

    yield "attached", "struck-in-the-standard", saved(struck), Doubtful((437,))

    def white(book: Workbook) -> None:
        cell = sheet_of(book)[AT]
        cell.font, cell.fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FFFFFFFF")

    yield "attached", "white-in-the-standard", saved(white), Doubtful((437,))

    def raised_font(book: Workbook) -> None:
        sheet_of(book)[AT].font = Font(vertAlign="superscript")

    yield "attached", "whole-cell-raised", saved(raised_font), Doubtful((437,))

    def list_of_values(book: Workbook) -> None:
        rule = DataValidation("list", formula1='"9,8"')
        sheet_of(book).add_data_validation(rule)
        rule.add(AT)

    yield "attached", "validation-says-otherwise", saved(list_of_values), Shown()

    def linked(book: Workbook) -> None:
        sheet_of(book)[AT].hyperlink = "http://a.b/9"
        sheet_of(book)[AT].value = 437

    yield "attached", "link", saved(linked), Shown()

    def rich_printed(*runs: tuple[str, InlineFont]) -> Make:
        def change(book: Workbook) -> None:
            sheet, row = place(book)
            sheet.cell(row, 2).value = CellRichText(*(TextBlock(font, text) for text, font in runs))

        return layout(change)

    plain = InlineFont()
    yield (
        "rich-text",
        "printed-raised",
        rich_printed(("437", plain), ("1", InlineFont(vertAlign="superscript"))),
        Shown(),
    )
    yield (
        "rich-text",
        "printed-lowered",
        rich_printed(("437", plain), ("1", InlineFont(vertAlign="subscript"))),
        Shown(),
    )
    yield "rich-text", "printed-struck", rich_printed(("9", InlineFont(strike=True)), ("437", plain)), Shown()
    yield (
        "rich-text",
        "printed-white",
        rich_printed(("9", InlineFont(color="FFFFFFFF")), ("437", plain)),
        Shown(),
    )
    for value in (
        True,
        False,
        datetime.datetime(2025, 4, 3),
        datetime.date(2025, 4, 3),
        datetime.time(4, 37),
        datetime.timedelta(days=437),
        437.5,
        -437,
        1e300,
        "437\n9",
        "43\n7",
        "#REF!",
        '=DISPIMG("ID_A",1)',
    ):
        yield "printed-no-number", re.sub(r"\W", "_", f"{value!r}")[:40], layout(cell=value), NoNumber()
    for value in (437.00000000000006, 436.99999999999994, "437 ", "437\n", 437.0):
        yield "printed-number", re.sub(r"\W", "_", f"{value!r}")[:40], layout(cell=value), Shown()

    def reckoned(book: Workbook) -> None:
        sheet, row = place(book)
        sheet.cell(row, 2).value = "=400+37"

    yield "printed-no-number", "formula-never-reckoned", layout(reckoned), NoNumber()

    def case_noise(text: str) -> str:
        return re.sub(r'(<c r="A7"[^>]*>)<v>33</v>', r"\1<v>33.000000000000004</v>", text)

    yield "number", "noise-in-table-four", edited(part=FOUR, sheet=case_noise), Shown()
    yield (
        "number",
        "noise-in-table-three",
        edited(
            part=THREE,
            sheet=lambda t: re.sub(r'(<c r="D7"[^>]*>)<v>167</v>', r"\1<v>167.00000000000003</v>", t),
        ),
        Shown(),
    )
    yield (
        "extra",
        "figure-in-a-checking-cell",
        edited(at="E7", new=lambda old: number("E7", "9", style_of(old))),
        Shown(),
    )

    def column_within(book: Workbook) -> None:
        sheet, _ = place(book, "一、本年新收政府信息公开申请数量")
        sheet.insert_cols(5)
        for r in range(1, sheet.max_row + 1):
            sheet.cell(r, 5, 9)

    yield "extra", "printed-column-within", layout(column_within), Survived(may_pass=False)


def number_of(text: str, at: str) -> str:
    match = re.search(rf'<c r="{at}"[^>]*?(?:/>|>.*?</c>)', text, re.S)
    assert match is not None, at
    return match[0]


def put(text: str, at: str, value: str | None) -> str:
    """The sheet with a number, or nothing, in a cell."""
    old = number_of(text, at)
    return replaced(
        text, old, f'<c r="{at}"{style_of(old)}/>' if value is None else number(at, value, style_of(old))
    )


def attempts() -> Iterator[Attempt]:
    for kinds in (cells(), formats(), hidden(), shapes()):
        for kind, name, make, expected in kinds:
            yield Attempt("workbooks", kind, name, ".xlsx", make, expected)
