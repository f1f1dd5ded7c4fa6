"""What kind of file a report came as, by its content; for lists, so that a supervisor sees what is handed in."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from xlreport.errors import InputError
from xlreport.report import Report
from xlreport.sources.compound import SIGNATURE
from xlreport.sources.zip_folder import content_in

#: The standard workbook, whose cells can be marked; and what holds one in the package of Office.
STANDARD, _WORKBOOK = "标准工作簿", "工作簿"
#: So much of a file is looked at: its beginning, and where a zip has its list of parts.
_HEAD, _TAIL = 4096, 256 * 1024
#: What begins a file of a kind.
_BEGINNINGS = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (SIGNATURE[:4], "旧版 Office 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
)
#: What the list of parts of a zip names, the first that fits.
_PARTS = (
    (b"xl/workbook.xml", _WORKBOOK),
    (b"xl/workbook.bin", "二进制工作簿"),
    (b"word/", "Word 文档"),
    (b"ppt/", "演示文稿"),
    (b"content.xml", "OpenDocument 文件"),
    (b"OFD.xml", "OFD"),
)
#: Documents of other programs that are one text.
_FLAT = (
    (re.compile(rb"<office:document\b"), "OpenDocument 文件"),
    (re.compile(rb"<w:wordDocument\b|urn:schemas-microsoft-com:office:spreadsheet"), "Office 2003 XML"),
)
_MIME = re.compile(rb"(?i)\A(?:[^\n]*\n){0,20}?(?:MIME-Version|Content-Type: multipart/related)")
_MARKUP = re.compile(rb"(?i)<(?:!doctype|html|head|body|meta|table|div|p|span|h\d|\?xml|!--)")


def shape_of(path: Path) -> str:
    """Return what kind of file it is, in words, also of one in a zip; “” for what is no file or cannot be opened."""
    try:
        head, tail = _ends_of(path)
    except (OSError, ValueError, InputError):
        return ""
    if not head.startswith(b"PK"):
        return _shape_of_head(head)
    return next((shape for part, shape in _PARTS if part in head + tail), "压缩包")


def _ends_of(path: Path) -> tuple[bytes, bytes]:
    """Return how a file begins and ends. Raises ``OSError``, ``ValueError`` or ``InputError``."""
    if (inside := content_in(path)) is not None:
        return inside[:_HEAD], inside[-_TAIL:]
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        stream.seek(-min(_TAIL, found.st_size), os.SEEK_END)
        return head, stream.read(_TAIL)


def shape_of_report(path: Path, report: Report) -> str:
    """Return the kind of file that a report was read from; the standard workbook is told from others, and from one saved in another format."""
    shape = shape_of(path)
    if "organisation" not in report.places:
        return shape
    return STANDARD if shape == _WORKBOOK else f"{STANDARD}（{shape}）"


def _shape_of_head(head: bytes) -> str:
    if not head:
        return "空文件"
    if shape := next((shape for sign, shape in _BEGINNINGS if head.startswith(sign)), ""):
        return shape
    if shape := next((shape for pattern, shape in _FLAT if pattern.search(head)), ""):
        return shape
    if _MIME.match(head):
        return "单个文件的网页"
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    plain = head[2:].replace(b"\0", b"") if is_wide else head.removeprefix(b"\xef\xbb\xbf")
    if plain.lstrip().startswith((b"{", b"[")):
        return "JSON 数据"
    if _MARKUP.search(plain):
        return "网页"
    return "认不出的文件" if b"\0" in plain else "文本"
