"""A small PDF drawn by its operators: letters of a built-in font and lines, for what no office program prints on demand."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def text(x: float, y: float, words: str, size: float = 12, colour: str = "0 g") -> str:
    """Return the operators that write ``words`` at a place, counted from the lower left."""
    return f"{colour} BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return the operators that draw a thin line."""
    return f"0 G 0.5 w {x0} {y0} m {x1} {y1} l S"


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[str]:
    """Return the ruling lines of a table."""
    return [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]


def pdf(*pages: Sequence[str], picture: bool = False, stream: bytes | None = None) -> bytes:
    """Return a PDF of these pages; ``picture`` lays one over each page, ``stream`` is the packed content of every page instead of its operators."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    image = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>"
    objects.append(image + b"\nstream\n\x80\nendstream")
    kids = []
    for operators in pages:
        drawn = [*operators, "q 600 0 0 800 0 0 cm /I1 Do Q"] if picture else operators
        packed = zlib.compress("\n".join(drawn).encode()) if stream is None else stream
        objects.append(
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream"
        )
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
        page += "/Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>"
        objects.append(page.encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
