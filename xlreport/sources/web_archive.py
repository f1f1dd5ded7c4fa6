"""A web page saved in a single file (.mht): a mail whose first page is the document. RFC 2557"""

from __future__ import annotations

import email
import re
from pathlib import Path

from xlreport.errors import InputError
from xlreport.limits import LARGEST_PAGE, MOST_MULTIPARTS
from xlreport.sources.encoding import decoded

_SAVE_AS = "请在浏览器中另存为 .html 网页后再读"
#: How such a file begins, maybe behind lines that name the program.
BEGINS = re.compile(r"(?:.*\n)*?(?:MIME-Version|Content-Type: multipart/related)", re.IGNORECASE)


def page_in(source: Path, content: bytes) -> str:
    """Return the page; raises ``InputError`` where there is none, or it is far too large."""
    if content.lower().count(b"multipart/") > MOST_MULTIPARTS:
        raise InputError(source, "单个文件的网页（.mht）嵌套过深", _SAVE_AS)
    found = email.message_from_bytes(content)
    for part in found.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            if not isinstance(data, bytes) or len(data) > LARGEST_PAGE:
                raise InputError(source, "网页过大，不像一份年度报告", _SAVE_AS)
            text = decoded(data)
            if text is not None:
                return text
    raise InputError(source, "单个文件的网页（.mht）里没有找到网页", _SAVE_AS)
