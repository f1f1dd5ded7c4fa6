"""A figure as it is printed in a document, read as a person reads it, and what had to be assumed for that.

In a workbook a text in a figure's cell is an error of the workbook. In print everything is text, so “22（其中修订16件）” or “１，２３４”
are figures; what is more than the plain number is said. What cannot be read stays text, which is reported as no figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlreport.form.characters import MARK, as_seen
from xlreport.form.figures import BLANK_MARKS, Figure, Typed, Unit
from xlreport.limits import MOST_LINES
from xlreport.sources.units import Stated, plain, scale_of

_DIGITS = r"(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d{1,10})?"
_DIGIT = re.compile(r"\d", re.ASCII)
_PLAIN = re.compile(rf"-?{_DIGITS}", re.ASCII)
_WITH_MORE = re.compile(
    rf"(?P<sign>[+−-]?)\s*(?P<number>{_DIGITS})(?P<more>(?![\d.,]).*)?", re.ASCII | re.DOTALL
)
_CHANGED = re.compile(r"(增加?|减少?|↑|↓)(\d{1,15})[件项个]?", re.ASCII)
#: What may stand behind a number: marks, 注1, brackets, and the unit.
_BEHIND = re.compile(
    rf"(?P<mark>{MARK}|注(?:{MARK}|\d{{1,2}}|[一二三四五六七八九十])?)|\((?P<bracket>[^()]*)\)|(?P<unit>[^(){MARK}注\d.,%‰]+)",
    re.ASCII,
)
_BRACKETS = str.maketrans("【】〔〕〖〗[]", "()()()()")
#: What the mark of a note is printed in.
_AROUND_A_MARK = "[]()（）〔〕【】注 "
_UNIT_IN_BRACKETS = re.compile(r"(?:单位:?)?(?P<unit>\D{1,6})")
_NUMBER_OF_A_NOTE = re.compile(r"[1-9]\d?", re.ASCII)
#: A bracket that takes the number back, or has another one.
_DOUBT = re.compile(
    r"[约近余多]|左右|上下|以上|以下|估计?|估算|预计|暂[估定]|待核实?|约数|概数|[十百千万亿]+|.*(?:更正|改为|应为|实为|有误|作废).*"
    r"|[+-]?[\d,.]+[件条个项宗起例次元万亿千百十]*",
    re.ASCII,
)
_FOREIGN = re.compile(r"[美港欧日澳加韩新台]元|[港台]币|英镑|USD|HKD|EUR|[$€£]", re.IGNORECASE)
#: The form's own units, which no column needs to name.
_OWN = {Unit.MONEY: "万元", Unit.COUNT: "件", Unit.CHANGE: "件"}


class Printed(NamedTuple):
    """A figure as read, and what was assumed (“” where it was plain)."""

    figure: Figure
    assumption: str = ""


class _Apart(NamedTuple):
    """A text taken apart: the number, the unit behind it, and whether there is more than a plain number."""

    number: Decimal
    unit: str
    more: bool


@lru_cache(maxsize=8192)
def note(mark: str) -> str:
    """Return what stands for the mark of a note in the text beside it, “（注1）”, whatever brackets it is printed in."""
    return f"（注{mark.strip(_AROUND_A_MARK) or mark.strip()}）"


# Most figures of a folder of reports are the same few numbers.
@lru_cache(maxsize=8192)
def read_printed(text: str, unit: Unit, stated: tuple[Stated, ...] = ()) -> Printed:
    """Return the figure that ``text`` prints; ``stated`` are the units that its row, its column or its table name.

    The text stays where it is no number, and where the units do not agree.
    """
    return _read(text, _seen(text), unit, stated)


def _seen(text: str) -> str:
    """Return a text as it is taken apart; “” for a blank and for a mark for nothing."""
    return "" if text.strip() in BLANK_MARKS else as_seen(text).translate(_BRACKETS).strip()


def _read(text: str, seen: str, unit: Unit, stated: tuple[Stated, ...]) -> Printed:
    if not seen:
        return Printed(None)
    if unit is Unit.CHANGE and (changed := _CHANGED.fullmatch("".join(seen.split()))):
        change = int(changed[2]) * (-1 if changed[1][0] in "减↓" else 1)
        return Printed(change, f"“{_shown(text)}”按 {change} 读取")
    found = _taken_apart(seen, unit, "，" in text)
    if found is None:
        return Printed(_kept(_shown(text)))
    around = [named for named in dict.fromkeys(stated) if scale_of(named.word, unit)]
    if found.number and (quarrel := _quarrel(found.unit, around, unit)):
        return Printed(_kept(f"{_shown(text)}（{quarrel}）"))
    return _in_the_forms_unit(text, found, around, unit)


def _taken_apart(seen: str, unit: Unit, wide_comma: bool) -> _Apart | None:
    """The number, and what stands behind it; ``None`` where that is not certain."""
    match = _WITH_MORE.fullmatch(seen)
    if match is None:
        return None
    number = Decimal(match["number"].replace(",", ""))
    if match["sign"] in ("-", "−") and number:
        number = -number
    elif match["sign"] in ("-", "−"):
        return None
    named, behind, at = "", plain(match["more"] or ""), 0
    while at < len(behind):
        part = _BEHIND.match(behind, at)
        if part is None:
            return None
        word = part["unit"] or _unit_in_brackets(part["bracket"], unit)
        if word:
            if named or scale_of(word, unit) is None:
                return None
            named = word
        elif part["bracket"] is not None and _is_doubtful(part["bracket"], unit):
            return None
        at = part.end()
    # “1，234” may be two numbers in a row.
    simple = (bool(_PLAIN.fullmatch(seen)) and not wide_comma) or (unit is Unit.CHANGE and not behind)
    return _Apart(number, named, not simple)


def _unit_in_brackets(content: str | None, unit: Unit) -> str:
    """The unit that a bracket names and does nothing else; “” for any other bracket."""
    match = _UNIT_IN_BRACKETS.fullmatch(content or "")
    return match["unit"] if match and any(scale_of(match["unit"], kind) for kind in Unit) else ""


def _is_doubtful(content: str, unit: Unit) -> bool:
    if _NUMBER_OF_A_NOTE.fullmatch(content):
        return False
    return bool(_DOUBT.fullmatch(content)) or (unit is Unit.MONEY and bool(_FOREIGN.search(content)))


def _quarrel(behind: str, around: Sequence[Stated], unit: Unit) -> str:
    """Which units contradict each other, in words; “” where all is clear.

    A unit behind the figure may differ from the one that the form itself prints: offices leave 万元 in the header and write 251000元.
    """
    scales = {scale_of(named.word, unit) for named in around}
    own = scale_of(_OWN[unit], unit)
    if behind:
        own_scale = scale_of(behind, unit)
        if len(scales) > 1 or (scales and scales != {own} and scales != {own_scale}):
            return "，".join([*_named(around), f"数后“{behind}”"])
        scales = {own_scale}
    if len(scales) > 1 or any(scale is not None and scale.factor is None for scale in scales):
        return "，".join(_named(around) or [f"数后“{behind}”"])
    return ""


def _named(around: Sequence[Stated]) -> list[str]:
    return [f"{named.where}“{named.word}”" for named in around]


def _in_the_forms_unit(text: str, found: _Apart, around: Sequence[Stated], unit: Unit) -> Printed:
    word = found.unit or (around[0].word if around else _OWN[unit])
    scale = scale_of(word, unit)
    factor = scale.factor if scale is not None and scale.factor is not None else Decimal(1)
    value = found.number * factor
    shown = _shown(text)
    written = shown if found.unit else f"{shown}{word}"
    if factor != 1:
        figure = _number(value.normalize(), unit)
        if unit is not Unit.MONEY and not isinstance(figure, int):
            return Printed(_kept(written))
        if value:
            return Printed(figure, f"“{written}”换算为 {_written(figure)} {_OWN[unit]}")
    figure = _number(value, unit)
    return Printed(figure, f"“{shown}”按 {format(value, 'f')} 读取" if found.more else "")


def _number(value: Decimal, unit: Unit) -> int | Decimal:
    """Return the number; a count printed as “5.0” is the whole number 5, an amount keeps its decimals."""
    whole = value == value.to_integral_value()
    exponent = value.as_tuple().exponent
    return (
        int(value)
        if whole and (unit is not Unit.MONEY or (isinstance(exponent, int) and exponent >= 0))
        else value
    )


def _written(figure: int | Decimal) -> str:
    return str(figure) if isinstance(figure, int) else format(figure, "f")


def _shown(text: str) -> str:
    """Return the text as it stands, in one line, so that it can be quoted."""
    return " ".join(text.split())


def _kept(text: str) -> Typed:
    """Text that stays text, even where it would pass for a number elsewhere (“007.5”)."""
    return Typed(text)


# Each line of a text is asked about several times, one after the other and all over again.
@lru_cache(maxsize=MOST_LINES)
def _figure(text: str) -> Figure:
    """The figure that a text prints in whatever unit: ``None`` for a blank, “” where it is none."""
    seen = _seen(text)
    if seen and not _DIGIT.search(seen):
        return ""
    return next(
        (read for unit in _OWN if not isinstance(read := _read(text, seen, unit, ()).figure, str)), ""
    )


def looks_like_a_figure(text: str) -> bool:
    """True for a blank, a mark for nothing, or a printed number of any kind."""
    return not isinstance(_figure(text), str)


def has_digit(text: str) -> bool:
    """True for a text with a digit of any kind, also one that stands for no figure."""
    return any(map(str.isdigit, text))


def holds_a_number(text: str) -> bool:
    """True for a printed number of any kind."""
    return not isinstance(_figure(text), str | None)


def looks_like_nothing(text: str) -> bool:
    """True for a blank and for a mark for nothing."""
    return _figure(text) is None
