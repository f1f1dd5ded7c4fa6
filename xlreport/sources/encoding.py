"""The characters of a text file or web page: by its byte order mark, by what it says of itself, else by trying."""

from __future__ import annotations

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])([\w-]+)""", re.IGNORECASE)
#: Where a page says how it is encoded.
_HEAD = 4096
#: Encodings that Chinese pages name. GB 18030 holds all that GB 2312 and GBK hold, and pages of either use its characters; any
#: other name (there are codecs that take endless time, or make half characters) says nothing.
_NAMES = {
    **dict.fromkeys(("gb18030", "gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    "hz-gb-2312": "hz",
}
#: More replacement than this is no text in that encoding.
_BAD_SHARE = 0.01


def decoded(content: bytes) -> str | None:
    """Return the content as text without its byte order mark; ``None`` for binary data."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").lstrip("\ufeff")
    if b"\0" in content:
        return None
    declared = _DECLARED.search(content[:_HEAD])
    named = declared[1].decode("ascii").lower() if declared else ""
    # What a page says of itself is often wrong, and UTF-8 is hardly ever met by chance.
    for attempt in ("utf-8", _NAMES.get(named, "gb18030"), "gb18030", "big5"):
        try:
            return content.decode(attempt)
        except UnicodeDecodeError:
            continue
    for attempt in ("utf-8", "gb18030"):
        text = content.decode(attempt, "replace")
        if text.count("\ufffd") <= _BAD_SHARE * len(text):
            return text
    return None
