"""Numbers as they are written in reports: 167, １６７, 1,234, 一百二十三, 两千零五, 1.2万, 18万余, 百分之三十, 三成."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from math import prod
from typing import NamedTuple

from xlreport.form.balance import Number

#: Full-width letters, digits and signs, one character for one, so that positions stay.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
#: Punctuation that carries structure is kept in one form, the Chinese one.
_PUNCTUATION = str.maketrans("，,；;：:（()）！!？?［］", "，，；；：：（（））。。。。[]")
_WIDTHS = _HALF_WIDTH | _PUNCTUATION

DIGITS = dict(zip("零〇○一二两三四五六七八九", (0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
#: Words before a number, by the way in which it is off.
_BOUNDS = {
    "about": ("大约", "约"),
    "below": ("将近", "接近", "近", "不足", "不到"),
    "over": ("超过", "超", "逾", "至少", "突破", "不少于", "不低于"),
}
_BEFORE = {word: bound for bound, words in _BOUNDS.items() for word in words}
_CHINESE = "".join(DIGITS) + "".join(SCALES)


class Numeral(NamedTuple):
    """A number in a text.

    ``step`` is the place of its last digit (1 for 167, 0.01 for 3.14, 1000 for 1.2万), so 1.2万 stands for anything that rounds
    to it. ``bound`` is “above” for 160余, “over” for 超过160, “below” for 近160 and 不足160, “about” for 约160, “” for 160. ``spelled`` is
    true for Chinese numerals.
    """

    start: int
    end: int
    value: Number
    step: Number = 1
    bound: str = ""
    percent: bool = False
    spelled: bool = False

    @property
    def approximate(self) -> bool:
        """True if the number says itself that it is not exact."""
        return bool(self.bound)


def normalised(text: str) -> str:
    """Return ``text`` with half-width digits and letters and full-width punctuation; every character keeps its place."""
    return text.translate(_WIDTHS)


@cache
def _pattern() -> re.Pattern[str]:
    before = "|".join(sorted(_BEFORE, key=len, reverse=True))
    return re.compile(
        # What cannot begin a number is passed over at once.
        rf"(?=[\d{_CHINESE}{''.join(sorted({word[0] for word in _BEFORE}))}])(?P<before>{before})?(?:"
        rf"百分之(?P<of_hundred>[{_CHINESE}]+(?:点[{_CHINESE}]+)?|\d+(?:\.\d+)?)"
        rf"|(?P<digits>\d{{1,3}}(?:，\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>[十百千]?[万亿]|[百千])?"
        rf"|(?P<spelled>[{_CHINESE}]+)(?P<tenths>成)?"
        r")(?P<after>余|多(?!年|个月)|来)?(?P<percent>%|个百分点)?"
    )


#: Digits of a number that is taken for one.
LONGEST = 40


def numerals(text: str) -> list[Numeral]:
    """Return the numbers in ``text`` (which must be ``normalised``) from left to right."""
    return [_numeral(match) for match in _pattern().finditer(text)]


def _numeral(match: re.Match[str]) -> Numeral:
    before, of_hundred, digits, scales, spelled, tenths, after, percent = match.groups()
    start = match.start() + len(before or "")
    step: Number = 1
    if digits and digits.isdecimal() and not scales:
        value: Number = int(digits[:LONGEST])
    elif digits:
        # What is longer is no number of anything; Python would not print it.
        written = digits.replace("，", "")[:LONGEST]
        scale = prod(SCALES[sign] for sign in scales or "")
        decimals = len(written.partition(".")[2])
        number = Decimal(written) * scale
        step = _plain(Decimal(scale).scaleb(-decimals))
        value = _plain(number)
    elif spelled:
        value = spelled_value(spelled) * (10 if tenths else 1)
    else:
        value = _fraction(of_hundred)
    bound = "above" if after else _BEFORE[before] if before else ""
    return Numeral(start, match.end(), value, step, bound, bool(percent or of_hundred or tenths), not digits)


def spelled_value(text: str) -> int:
    """Return the number that Chinese numerals spell: 一百二十三 → 123, 二〇二五 → 2025, 两千零五 → 2005, 三万二 → 32000."""
    text = text[:LONGEST]
    if not any(sign in SCALES for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total = section = digit = last_scale = 0
    zero = False
    for sign in text:
        if sign in DIGITS:
            digit, zero = DIGITS[sign], DIGITS[sign] == 0
            continue
        scale = SCALES[sign]
        if scale < 10_000:
            section += (digit or (1 if scale == 10 or not section else 0)) * scale
        else:
            total, section = total * (scale if scale > 10_000 else 1) + (section + digit) * scale, 0
        digit = 0
        last_scale = scale
    # 三万二 means 32000, 三万零二 means 30002.
    tail = (
        digit * last_scale // 10 if digit and last_scale >= 100 and not zero and text[-2] in SCALES else digit
    )
    return total + section + tail


def _fraction(text: str) -> Number:
    whole, _, part = text.partition("点")
    if whole[0].isdigit():
        return _plain(Decimal(whole))
    value = spelled_value(whole)
    return (
        _plain(Decimal(f"{value}." + "".join(str(DIGITS.get(sign, 0)) for sign in part))) if part else value
    )


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else number
