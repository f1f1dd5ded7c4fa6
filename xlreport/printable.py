"""Text from files as it may be shown in a line, or held in a document: nothing in it moves the cursor, turns the writing round, or hides."""

from __future__ import annotations

import re
import unicodedata

#: What no XML document can hold.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Marks that stand for something which is not there.
_HOLES = "\ufffc\ufffd"


def printable(text: str) -> str:
    """Return the text with every unseen character written out (“⟨U+202E⟩”), so that it takes one line and reads as it is stored.

    Unseen is what Unicode calls a control, a format mark, half a character, private or unassigned, and what breaks lines; spaces of any
    width stay.
    """
    # Hardly any text has one; Python's own word on what is printable is the quickest to get.
    if text.isprintable() and max(text, default="") < min(_HOLES):
        return text
    return "".join(letter if _is_seen(letter) else f"⟨U+{ord(letter):04X}⟩" for letter in text)


def _is_seen(letter: str) -> bool:
    # Python calls every space but the one of ASCII unprintable.
    return (letter.isprintable() or unicodedata.category(letter) == "Zs") and letter not in _HOLES


def printable_lines(text: str) -> str:
    """Return the same for a text of several lines, which stay."""
    return "\n".join(map(printable, text.splitlines()))


def holdable(text: str) -> str:
    """Return the text without what no XML document can hold: control characters, halves of characters, non-characters."""
    return _UNHOLDABLE.sub("", text)
