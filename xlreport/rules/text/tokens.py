"""A sentence as words: the longest word of the lexicon at each place, numbers with their units, and runs of what is not known."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from xlreport.form.balance import Number
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import Lexicon
from xlreport.rules.text.numerals import Numeral, numerals

#: Units of things that the tables count; 条 and the like are taken only where an application is named.
COUNT_UNITS = ("件次", "件", "宗", "起", "项", "例", "份")
LOOSE_UNITS = ("条", "次", "个", "人次", "人", "篇", "期", "场", "部", "家", "名", "余件")
#: Units of money and what makes 万元 of them.
MONEY_UNITS = {"亿元": Decimal(10_000), "万元": Decimal(1), "万余元": Decimal(1), "元": Decimal("0.0001")}
_SIGNS = {
    "，": Kind.STOP,
    "；": Kind.STOP,
    "：": Kind.STOP,
    "、": Kind.LIST,
    "（": Kind.OPEN,
    "）": Kind.CLOSE,
    "。": Kind.STOP,
}
#: Words behind a unit, or before it, by the way in which the number is off.
_MORE = {"余": "above", "以上": "above", "左右": "about", "上下": "about", "以内": "below"}
#: What a number is not: ordinals, articles, “every single”.
_NOT_AFTER = "第每任这同哪某"
_YEAR = re.compile(r"((?:19|20)\d\d|二〇[一二三]\S)年(度)?(?!来)")
#: A year whose 年 was forgotten, at the head of a clause: 2023收到申请1件.
_YEAR_ALONE = re.compile(r"20[0-3]\d(?=[\u4e00-\u9fff])")
_HEADS = ("", "，", "；", "。", "：", "（", "）")
#: Dates that bound the whole year.
_WHOLE_YEAR = re.compile(r"0?1月0?1日|12月(31日|底|末)|1[-—至到]12月")
_DATE = re.compile(
    r"\d{1,2}[-—至到]\d{1,2}月|\d{1,2}月(\d{1,2}日)?(底|末)?|\d+(年(?!度)|月|日|天|小时|分钟)|\d+号"
)


class Token(NamedTuple):
    """A word in its place; ``value`` is that of the lexicon, the number of a quantity, or the year."""

    kind: Kind
    start: int
    end: int
    text: str
    value: str = ""
    sure: bool = True
    number: Number = 0
    numeral: Numeral | None = None
    unit: str = ""


@cache
def _unit_pattern() -> re.Pattern[str]:
    units = sorted((*COUNT_UNITS, *LOOSE_UNITS, *MONEY_UNITS), key=len, reverse=True)
    return re.compile(rf"(?:余)?({'|'.join(units)})(?!事)(?P<more>余|以上|左右|上下|以内)?")


# More than one rule reads the same sentence.
@lru_cache(maxsize=256)
def scan(text: str, words: Lexicon) -> tuple[Token, ...]:
    """Return the words of a normalised sentence without blanks, from left to right."""
    by_place = {numeral.start: numeral for numeral in numerals(text)}
    known, lengths = words.words, words.lengths
    found: list[Token] = []
    done = 0
    for place, (sign, pair) in enumerate(zip(text, map(str.__add__, text, text[1:] + " "), strict=True)):
        if place < done:
            continue
        token = None
        if sign in _SIGNS:
            token = Token(_SIGNS[sign], place, place + 1, sign)
        elif place in by_place:
            token = _number(text, by_place[place])
        if token is None:
            for length in lengths.get(pair) or lengths.get(sign, ()):
                word = text[place : place + length]
                meaning = known.get(word)
                if meaning is not None and meaning.stands(text, place + length):
                    token = Token(meaning.kind, place, place + length, word, meaning.value, meaning.sure)
                    break
            else:
                if place not in by_place or by_place[place].spelled:
                    continue
                end = by_place[place].end
                token = Token(Kind.UNKNOWN, place, end, text[place:end])
        if done < place:
            found.append(Token(Kind.UNKNOWN, done, place, text[done:place]))
        found.append(token)
        done = token.end
    if done < len(text):
        found.append(Token(Kind.UNKNOWN, done, len(text), text[done:]))
    return tuple(found)


def _number(text: str, numeral: Numeral) -> Token | None:
    """The number as a year, a date, a percentage or a quantity; ``None`` where it counts nothing."""
    start = numeral.start
    year = _YEAR.match(text, start)
    if year and year[1].isdigit():
        return Token(Kind.YEAR, start, year.end(), year[0], number=int(year[1]))
    date = _DATE.match(text, start)
    if date:
        part = "月" in date[0] and not _WHOLE_YEAR.match(text, start)
        return Token(Kind.PERIOD if part else Kind.FILLER, start, date.end(), date[0])
    if text.startswith(".", numeral.end) and not start:
        return Token(Kind.FILLER, start, numeral.end + 1, text[start : numeral.end + 1])
    if numeral.percent:
        return Token(
            Kind.PERCENT, start, numeral.end, text[start : numeral.end], number=numeral.value, numeral=numeral
        )
    before = text[start - 1] if start else ""
    if before and before in _NOT_AFTER:
        return None
    unit = _unit_pattern().match(text, numeral.end)
    if unit is None and before in _HEADS and (alone := _YEAR_ALONE.match(text, start)):
        return Token(Kind.YEAR, start, alone.end(), alone[0], number=int(alone[0]))
    if unit is None:
        bare = not numeral.spelled and (
            text[numeral.end :] in ("", ".")
            or text[numeral.end] in "，、；。）占"
            or text.startswith("申请", numeral.end)
        )
        if not (bare or (numeral.value == 0 and before in "为是零" and text[start : numeral.end] in "零0〇")):
            return None
        return _quantity(text, numeral, numeral.end, "", "")
    end, name, more = unit.end(), unit[1], _MORE.get(unit["more"] or unit[0][:1], "")
    if numeral.spelled and not _counts(text, numeral, name, end):
        return None
    if name in MONEY_UNITS:
        scale = MONEY_UNITS[name]
        numeral = numeral._replace(value=Decimal(numeral.value) * scale, step=Decimal(numeral.step) * scale)
        return _quantity(text, numeral, end, "万元", more or ("above" if name == "万余元" else ""))
    return _quantity(text, numeral, end, name, more)


def _quantity(text: str, numeral: Numeral, end: int, unit: str, more: str) -> Token:
    if more and not numeral.bound:
        numeral = numeral._replace(bound=more)
    start = numeral.start
    return Token(Kind.QUANTITY, start, end, text[start:end], "", True, numeral.value, numeral, unit)


def _counts(text: str, numeral: Numeral, unit: str, end: int) -> bool:
    """True if Chinese numerals before a unit count something: “申请一件”, not “一起”, “一项”, “一次性”."""
    after, before = text[end : end + 2], text[max(0, numeral.start - 2) : numeral.start]
    loose = unit in ("次", "条", "个", "项")
    if numeral.value > 10 or (numeral.value != 1 and not loose):
        return True
    if loose or unit == "起":
        return after[:2] in ("行政", "诉讼", "复议", "申请") or (
            before[-1:] in "讼议请案" and after[:1] in ("", "，", "。", "；", "、", "）")
        )
    return not after.startswith(("件", "性"))
