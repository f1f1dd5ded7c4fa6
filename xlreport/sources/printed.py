"""A figure as it is printed in a document, read as a person reads it, and what had to be assumed for that.

In a workbook a text in a figure's cell is an error of the workbook. In print everything is text, so “22（其中修订16件）” or “１，２３４”
are figures; what is more than the plain number is said. What cannot be read stays text, which the rule ``kind`` reports.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlreport.form.figures import BLANK_MARKS, Figure, Unit

_PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_THOUSANDS = re.compile(r"-?\d{1,3}([, ]\d{3})+(\.\d{1,10})?")
_WITH_MORE = re.compile(
    r"(?P<sign>[+±]?)(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元|件次|[件条个项宗起例])?(?P<remark>\(.*\))?",
    re.DOTALL,
)
_CHANGED = re.compile(r"(增加?|减少?|↑|↓)(\d{1,15})[件项个]?")
#: What makes 万元 of an amount.
_SCALES = {"元": Decimal(1) / 10_000, "万元": Decimal(1), "亿元": Decimal(10_000)}


class Printed(NamedTuple):
    """A figure as read, and what was assumed (“” where it was plain)."""

    figure: Figure
    assumption: str = ""


def read_printed(text: str, unit: Unit, printed_in: str = "") -> Printed:
    """Return the figure that ``text`` prints; ``printed_in`` is the unit its column or row says it is in (“元”), if another."""
    # Only the ends are cleaned: blanks between digits may part two figures.
    bare = unicodedata.normalize("NFKC", text).strip().strip("\u200b\ufeff\u2060").strip()
    if not bare or bare in BLANK_MARKS:
        return Printed(None)
    if _PLAIN.fullmatch(bare):
        return _scaled(text, bare, unit, printed_in, "")
    if _THOUSANDS.fullmatch(bare):
        return _scaled(text, re.sub("[, ]", "", bare), unit, printed_in, "")
    squeezed = "".join(bare.split()) if not re.search(r"\d\s+\d", bare) else bare
    if unit is Unit.CHANGE and (changed := _CHANGED.fullmatch(squeezed)):
        sign = -1 if changed[1][0] in "减↓" else 1
        return Printed(sign * int(changed[2]), f"“{text.strip()}”按 {sign * int(changed[2])} 读取")
    more = _WITH_MORE.fullmatch(squeezed)
    if more is None or not _grouped(more["number"]) or more["sign"] == "±":
        return Printed(_kept(text))
    number, named = more["number"].replace(",", ""), more["unit"] or ""
    if named in _SCALES and unit is not Unit.MONEY:
        return Printed(_kept(text))
    if unit is Unit.CHANGE and more["sign"] and not named and not more["remark"]:
        return Printed(int(number) if "." not in number else Decimal(number))
    return _scaled(text, number, unit, named if named in _SCALES else printed_in, "said")


def _grouped(number: str) -> bool:
    return "," not in number or _THOUSANDS.fullmatch(number) is not None


def _scaled(text: str, number: str, unit: Unit, printed_in: str, assumption: str) -> Printed:
    value = Decimal(number)
    shown = " ".join(text.split())
    if unit is Unit.MONEY and printed_in in _SCALES and _SCALES[printed_in] != 1:
        amount = (value * _SCALES[printed_in]).normalize()
        figure = _number(format(amount, "f"))
        written = shown if printed_in in shown else f"{shown}{printed_in}"
        return Printed(figure, f"“{written}”换算为 {format(amount, 'f')} 万元")
    figure = _number(number, whole=unit is not Unit.MONEY)
    return Printed(figure, f"“{shown}”按 {number} 读取" if assumption else "")


def _number(text: str, whole: bool = True) -> int | Decimal:
    """Return the number; a count printed as “5.0” is the whole number 5."""
    number = Decimal(text)
    return int(number) if "." not in text or (whole and number == number.to_integral_value()) else number


def _kept(text: str) -> str:
    """Return the text as it stands, in one line, so that it can be quoted; never one that would be taken for a number."""
    return " ".join(text.split())


@lru_cache(maxsize=8192)
def _figure(text: str) -> Figure:
    return read_printed(text, Unit.MONEY).figure


def looks_like_a_figure(text: str) -> bool:
    """True for a blank, a mark for nothing, or a printed number of any kind."""
    return not isinstance(_figure(text), str)


def holds_a_number(text: str) -> bool:
    """True for a printed number of any kind."""
    return not isinstance(_figure(text), str | None)


def looks_like_nothing(text: str) -> bool:
    """True for a blank and for a mark for nothing."""
    return _figure(text) is None
