"""How the standard workbook looks: fonts, tints, borders and measures, each named once."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.dimensions import RowDimension

from xlreport.workbook.check_lines import ERROR, WARNING
from xlreport.workbook.formulas import HOLDS

#: Fonts of Chinese offices, at hand on Windows and in WPS; elsewhere the program takes its own Song or Hei.
BODY_FONT, HEADING_FONT = "仿宋", "黑体"

TITLE = Font(name=HEADING_FONT, size=16)
HEADING = Font(name=HEADING_FONT, size=11)
BODY = Font(name=BODY_FONT, size=12)
LABEL = Font(name=BODY_FONT, size=11)
FIGURE = Font(name=BODY_FONT, size=12)
SMALL = Font(name=BODY_FONT, size=11, color="595959")
SUMMARY = Font(name=HEADING_FONT, size=12)
#: Lists of results, which are dense, are set in a face that is clearer on a screen.
LIST_FONT = "宋体"
LISTED = Font(name=LIST_FONT, size=11)
LINK = Font(name=BODY_FONT, size=12, color="0563C1", underline="single")

_THIN = Side(style="thin", color="000000")
_FAINT = Side(style="thin", color="BFBFBF")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = Side(style="thin", color="A6A6A6")
FAINT_GRID = Border(left=_FAINT, right=_FAINT, top=_FAINT, bottom=_FAINT)
LIST_GRID = Border(left=_GREY, right=_GREY, top=_GREY, bottom=_GREY)

INPUT_TINT = PatternFill("solid", fgColor="FFFDE7")
HEADER_TINT = PatternFill("solid", fgColor="EEF3FA")
LIST_HEADER_TINT = PatternFill("solid", fgColor="D9E2F3")
CHECK_TINT = PatternFill("solid", fgColor="F7F7F7")

CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
#: For figures and verdicts: made smaller rather than cut off (or turned into ###) in a narrow column.
SHRUNK = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
UPRIGHT = Alignment(horizontal="center", vertical="center", textRotation=255)
UNWRAPPED = Alignment(horizontal="left", vertical="center")
TOP_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
OPEN = Protection(locked=False)

#: What a mark at the beginning of a check cell turns it into: letters and fill.
MARK_STYLES = {
    ERROR: DifferentialStyle(font=Font(color="9C0006", bold=True), fill=PatternFill(bgColor="FFC7CE")),
    WARNING: DifferentialStyle(font=Font(color="7F6000", bold=True), fill=PatternFill(bgColor="FFEB9C")),
    HOLDS: DifferentialStyle(font=Font(color="006100"), fill=PatternFill(bgColor="C6EFCE")),
}

#: A figure that is left blank in a table that is nearly filled.
STILL_BLANK = DifferentialStyle(fill=PatternFill(bgColor="F8CBAD"))

#: Heights in points: of one line of text, and what a row needs above and below.
LINE, PADDING = 16.0, 7.0
TITLE_HEIGHT, SUMMARY_HEIGHT, ROW_HEIGHT = 34.0, 24.0, 24.0
#: The tallest row a spreadsheet can have.
TALLEST = 409.0

#: Sheet tabs: what is filled in, and what is read.
INPUT_TAB, READ_TAB = "F4B942", "5B9BD5"


class GrowingRow(RowDimension):
    """A row whose height is only the present one: the program fits it to the text when that is edited."""

    @property
    def customHeight(self) -> bool:
        """False: the height was not set by hand."""
        return False


def height_for(lines: float) -> float:
    """Return the height of a row that holds that many lines of text."""
    return min(TALLEST, max(ROW_HEIGHT, PADDING + LINE * lines))
