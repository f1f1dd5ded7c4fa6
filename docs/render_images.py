"""Make the README's pictures from the real outputs: ``python docs/render_images.py`` (needs LibreOffice, poppler and ImageMagick)."""

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

IMAGES = Path(__file__).parent / "images"
#: Which pages of the marked workbook and of the document are shown, from 0.
TABLE_3, FIRST_PAGES = 4, (0, 3)


def main() -> None:
    """Write ``images/marked.png`` and ``images/document.png``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = Office(folder / "office")
        try:
            workbook, marked, document = (folder / n for n in ("wrong.xlsx", "marked.xlsx", "report.docx"))
            xlreport.write(faulty(), workbook)
            mark(workbook, xlreport.check(xlreport.read(workbook)), marked)
            xlreport.write(good(), document)
            sheet = office.pictures(marked, folder / "sheets", 110)[TABLE_3]
            pages = [office.pictures(document, folder / "pages", 60)[page] for page in FIRST_PAGES]
        finally:
            office.close()
        trim = ("-trim", "+repage", "-bordercolor", "white", "-border", "12", "+dither", "-colors", "64")
        # The page number at the foot is cut off, so that the table fills the picture.
        subprocess.run(
            ["convert", sheet, "-gravity", "north", "-crop", "100%x70%+0+0", *trim, IMAGES / "marked.png"],
            check=True,
        )
        frame = ("-bordercolor", "gray", "-border", "1")
        subprocess.run(
            [
                "convert",
                *pages,
                *frame,
                "-background",
                "white",
                "+append",
                "-colors",
                "32",
                IMAGES / "document.png",
            ],
            check=True,
        )


if __name__ == "__main__":
    main()
