"""What a person did when another figure was typed than was meant.

The kinds are those counted by Scholtus (2009) in a real survey: of 152 typing errors in which one edit leads from the figure meant to the
figure typed, 112 replaced a digit, 15 left one out, 14 swapped two neighbours and 11 added one.
"""

from __future__ import annotations

from enum import StrEnum

from xlreport.form.balance import Number, plain


class Reason(StrEnum):
    """Why a cell should hold another value, in words for a person."""

    SWAPPED = "数字颠倒"
    EXTRA_DIGIT = "多输一位"
    MISSING_DIGIT = "少输一位"
    NEIGHBOUR_KEY = "输错一位，按到相邻键"
    WRONG_DIGIT = "输错一位"
    SIGN = "多了负号"
    TEXT = "带了文字或符号"
    ROW_SHIFT = "行串位"
    COLUMN_SHIFT = "列串位"
    NOT_ENTERED = "漏填"
    STALE_TOTAL = "合计未更新"
    DEDUCED = "推算值"


#: A figure below this says nothing about typing: every digit is one edit away from every other.
SHORTEST_TELLING = 10

_KEYPAD = ("789", "456", "123")
_TOP_ROW = "1234567890"


def slip(typed: Number, meant: Number) -> Reason | None:
    """Return the single edit that turns ``meant`` into ``typed``, or ``None`` if there is none."""
    if typed == -meant and typed < 0:
        return Reason.SIGN
    wrong, right = plain(typed), plain(meant)
    if wrong == right or typed < 0 or meant < 0:
        return None
    if len(wrong) == len(right):
        return _same_length(wrong, right)
    if len(wrong) == len(right) + 1 and _drops_to(wrong, right):
        return Reason.EXTRA_DIGIT
    if len(wrong) == len(right) - 1 and _drops_to(right, wrong):
        return Reason.MISSING_DIGIT
    return None


def neighbours(one: str, other: str) -> bool:
    """True if two digits lie side by side on the number pad or on the top row of a keyboard."""
    return abs(_TOP_ROW.index(one) - _TOP_ROW.index(other)) == 1 or _on_keypad(one, other)


def _same_length(wrong: str, right: str) -> Reason | None:
    places = [place for place, pair in enumerate(zip(wrong, right, strict=True)) if pair[0] != pair[1]]
    first, last = places[0], places[-1]
    if len(places) == 2 and last == first + 1 and wrong[first : last + 1] == right[first : last + 1][::-1]:
        return Reason.SWAPPED
    if len(places) > 1 or "." in (wrong[first], right[first]):
        return None
    return Reason.NEIGHBOUR_KEY if neighbours(wrong[first], right[first]) else Reason.WRONG_DIGIT


def _drops_to(longer: str, shorter: str) -> bool:
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _on_keypad(one: str, other: str) -> bool:
    if "0" in (one, other):
        return {one, other} in ({"0", "1"}, {"0", "2"})
    places = [
        (y, x)
        for digit in (one, other)
        for y, keys in enumerate(_KEYPAD)
        for x, key in enumerate(keys)
        if key == digit
    ]
    (above, left), (below, right) = places
    return abs(above - below) + abs(left - right) == 1
