"""Make the pictures of the README and the guide from the real outputs: ``python docs/render_images.py``.

What a window shows is what the test on a screen saw, which types a whole report. Needs LibreOffice, poppler, ImageMagick and
what that test needs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import openpyxl

import xlreport
from tests.live.libreoffice.test_on_screen import ARTIFACTS
from tests.office import Office
from xlreport.example import faulty, good
from xlreport.workbook.marking import mark
from xlreport.workbook.writer import write

IMAGES = Path(__file__).parent / "images"
ON_SCREEN = Path(__file__).parent.parent / "tests/live/libreoffice/test_on_screen.py"
#: The test's picture → ours.
SCREENS = {
    "1-typed": "screen-typed",
    "2-findings": "screen-findings",
    "3-marked": "screen-marked",
    "texts_to_numbers": "screen-numbers",
    "insert_sentences": "screen-sentences",
}
#: Which pages of the workbooks and of the document are shown, from 0.
BASICS, TEXT, TABLE_3, FIRST_PAGES = 1, 2, 4, (0, 3)
#: So many rows of a text are shown, with the list beside it.
ROWS = 9
_TRIM = ("-trim", "+repage", "-bordercolor", "white", "-border", "12", "+dither", "-colors", "64")


def main() -> None:
    """Write the pictures into ``images``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = Office(folder / "office")
        try:
            workbook, marked, document = (folder / n for n in ("wrong.xlsx", "marked.xlsx", "report.docx"))
            write(faulty(), workbook)
            mark(workbook, xlreport.check(xlreport.read(workbook)), marked)
            xlreport.write(good(), document)
            _show_list(workbook)
            plain = office.pictures(workbook, folder / "plain", 90)
            sheets = office.pictures(marked, folder / "sheets", 110)
            pages = [office.pictures(document, folder / "pages", 60)[page] for page in FIRST_PAGES]
        finally:
            office.close()
        # The page number at the foot is cut off, so that the table fills the picture.
        _draw("guide-basics.png", plain[BASICS], height=60)
        _draw("guide-text.png", plain[TEXT], height=70)
        _draw("marked.png", sheets[TABLE_3], height=70)
        frame = ("-bordercolor", "gray", "-border", "1", "-background", "white", "+append", "-colors", "32")
        subprocess.run(["convert", *pages, *frame, IMAGES / "document.png"], check=True)
        subprocess.run([sys.executable, "-m", "pytest", "-q", "-n", "0", ON_SCREEN], check=True)
        for seen, name in SCREENS.items():
            picture = ARTIFACTS / f"{seen}.png"
            subprocess.run(
                ["convert", picture, "+dither", "-colors", "96", IMAGES / f"{name}.png"], check=True
            )


def _show_list(workbook: Path) -> None:
    """Let the list of sentences, which is not printed, be on the page of the text that it stands beside."""
    book = openpyxl.load_workbook(workbook)
    sheet = book.worksheets[TEXT]
    sheet.print_area, sheet.page_setup.orientation = f"A1:D{ROWS}", "landscape"
    book.save(workbook)


def _draw(name: str, page: Path, height: int) -> None:
    """Write the upper part of a page, ``height`` per cent of it."""
    part = ("-gravity", "north", "-crop", f"100%x{height}%+0+0")
    subprocess.run(["convert", page, *part, *_TRIM, IMAGES / name], check=True)


if __name__ == "__main__":
    main()
