"""What a person sees in a few characters: which of them are digits, and which are marks that stand beside a figure.

Unicode counts ①, ², ½ and 〇 as numbers, and its compatibility forms turn 437① into 4371. Here a digit is what looks like one of
the ten, a mark is what is raised, lowered, circled or a sign for a note, and whatever else stands for a number is neither.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: What ``as_seen`` gives for a mark, and for a character that stands for a number without being a digit.
MARK, UNREADABLE = "†", "\ufffd"

_SIGNS_FOR_NOTES = frozenset("*＊∗⁎✱✲※#＃†‡§¶★☆▲△")
#: Raised signs belong to the number: 437⁺ may be more than 437.
_RAISED_SIGNS = frozenset("⁺⁻⁼₊₋₌")
_ROMAN = range(0x2160, 0x2180)
#: These turn the direction of what follows: the digits are seen in another order than they are stored.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def as_seen(text: str) -> str:
    """Return ``text`` with half-width characters, ``MARK`` for each mark, ``UNREADABLE`` for what only stands for a number.

    Characters without width are left out.
    """
    return "".join(map(_seen, text))


@lru_cache(maxsize=4096)
def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if character in _TURNING:
        return UNREADABLE
    if category == "Cf":
        return ""
    if _is_mark(character, category):
        return MARK
    plain = unicodedata.normalize("NFKC", character)
    if category == "Nd":
        # Digits of other scripts look like other digits (৭ is seven, and looks like nine).
        return plain if plain.isascii() else UNREADABLE
    if category in ("No", "Nl") or any(map(str.isdigit, plain)):
        return UNREADABLE
    return plain


def _is_mark(character: str, category: str) -> bool:
    if character in _SIGNS_FOR_NOTES or ord(character) in _ROMAN:
        return True
    if character in _RAISED_SIGNS:
        return False
    if unicodedata.decomposition(character).startswith(("<super>", "<sub>", "<circle>")):
        return True
    name = unicodedata.name(character, "")
    return category in ("No", "So") and ("CIRCLED " in name or name.startswith("PARENTHESIZED "))
