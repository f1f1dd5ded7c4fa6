"""Text from files as it may be shown in a line: nothing in it moves the cursor, turns the writing round, or hides."""

from __future__ import annotations

import re
from functools import cache

#: Control characters (a terminal obeys them), marks that reverse the direction of writing, characters without width, and halves of characters.
_UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """Return the text with every unseen character written out (“⟨U+202E⟩”), so that it takes one line and reads as it is stored."""
    # Hardly any text has one; Python's own word on what is printable is the quickest to get.
    if max(text, default="") < "\ufff9" and text.replace("\u3000", "").isprintable():
        return text
    return _unseen().sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(_UNSEEN)


def printable_lines(text: str) -> str:
    """Return the same for a text of several lines, which stay."""
    return "\n".join(map(printable, text.splitlines()))
