"""Make the pictures of the README and the guide from the real outputs: ``python docs/render_images.py``.

Needs LibreOffice, poppler and ImageMagick.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import xlreport
from tests.office import Office
from xlreport.example import faulty, good
from xlreport.workbook.marking import mark
from xlreport.workbook.writer import write

IMAGES = Path(__file__).parent / "images"
#: Which pages of the workbooks and of the document are shown, from 0.
BASICS, TEXT, TABLE_3, RESULTS, FIRST_PAGES = 1, 2, 4, -1, (0, 3)
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
            plain = office.pictures(workbook, folder / "plain", 90)
            sheets = office.pictures(marked, folder / "sheets", 110)
            pages = [office.pictures(document, folder / "pages", 60)[page] for page in FIRST_PAGES]
        finally:
            office.close()
        # The page number at the foot is cut off, so that the table fills the picture.
        _draw("guide-basics.png", plain[BASICS], height=60)
        _draw("guide-text.png", plain[TEXT], height=45)
        _draw("guide-table.png", plain[TABLE_3], height=70)
        _draw("marked.png", sheets[TABLE_3], height=70)
        _draw("guide-results.png", sheets[RESULTS], height=85)
        frame = ("-bordercolor", "gray", "-border", "1", "-background", "white", "+append", "-colors", "32")
        subprocess.run(["convert", *pages, *frame, IMAGES / "document.png"], check=True)


def _draw(name: str, page: Path, height: int) -> None:
    """Write the upper part of a page, ``height`` per cent of it."""
    part = ("-gravity", "north", "-crop", f"100%x{height}%+0+0")
    subprocess.run(["convert", page, *part, *_TRIM, IMAGES / name], check=True)


if __name__ == "__main__":
    main()
