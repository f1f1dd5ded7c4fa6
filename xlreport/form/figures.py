"""Figures: what stands in one cell of a form.

A figure is ``None`` where nothing was entered (blank is not zero), an ``int`` or ``Decimal`` where a number was, and
the ``str`` that was typed where it is no number. Keeping the text lets every other rule run, and lets the
report be written out again as it came.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from xlreport.form.characters import MARK, as_seen

#: What people type for "nothing": counted as blank, that is as 0 in sums, with a warning.
BLANK_MARKS = ("/", "／", "\\", "-", "—", "——", "－", "–", "无")

Number: TypeAlias = int | Decimal

#: How a ``Decimal`` is written in JSON; “007.5” or “٧.٥” stays the text it is.
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,39})\.\d{1,40}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d{1,40}|\d{1,3}(?:,\d{3}){1,12})(?:\.\d{1,40})?", re.ASCII)


class Unit(StrEnum):
    """The unit of a figure, which is also its kind: whole and not negative, not negative, or whole."""

    COUNT = "件"
    MONEY = "万元"
    CHANGE = "件（增减）"


class Typed(str):
    """Text that stands as text in a cell; not even “1.5” is taken for a number."""


def parse_figure(raw: Any) -> int | Decimal | str | None:
    """Return the figure that ``raw`` (a cell value or a JSON value) stands for; never raises.

    Floats are taken with the 15 digits that a spreadsheet shows, so 0.30000000000000004 is 0.3, the sum that it stands for; whole ones become
    ``int``.
    Strings stay strings unless they are a plain decimal with a point (``Decimal`` in its JSON form).
    """
    if raw is None or type(raw) is int or type(raw) is Decimal:
        return raw
    if type(raw) is float:
        if not math.isfinite(raw):
            return str(raw)
        number = Decimal(f"{raw:.15g}")
        return int(number) if number == number.to_integral_value() else number
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, Typed):
        return str(raw) if raw.strip() else None
    if isinstance(raw, str):
        if _DECIMAL.fullmatch(raw):
            return Decimal(raw)
        return raw if raw.strip() else None
    if isinstance(raw, (date, datetime, time, timedelta)):
        return str(raw)
    return parse_figure(raw.item()) if hasattr(raw, "item") else str(raw)


def _as_json(value: int | Decimal | str | None) -> int | str | None:
    return format(value, "f") if isinstance(value, Decimal) else value


Figure: TypeAlias = Annotated[
    int | Decimal | str | None,
    PlainValidator(parse_figure),
    PlainSerializer(_as_json, when_used="json-unless-none"),
    WithJsonSchema({"type": ["integer", "number", "string", "null"]}),
]


def is_blank(value: object) -> bool:
    """True where nothing was entered, or one of the marks that people write for nothing."""
    return value is None or (isinstance(value, str) and value.strip() in BLANK_MARKS)


def amount(value: object) -> int | Decimal | None:
    """Return the number a figure contributes to a sum: 0 for a blank, ``None`` where it is no number at all."""
    if isinstance(value, (int, Decimal)):
        return value
    return 0 if is_blank(value) else None


def plain(number: Number) -> str:
    """Return a number as it is printed: no exponent, no trailing zeros."""
    if isinstance(number, Decimal):
        text = format(number, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(number)


def shown(value: Figure) -> str:
    """Return a figure as text: “” for a blank."""
    if value is None:
        return ""
    return value if isinstance(value, str) else plain(value)


def number(value: object) -> Number | None:
    """Return the value if it is a number, else ``None``; unlike in sums, a blank is none."""
    return value if isinstance(value, int | Decimal) else None


def intended_number(text: str) -> int | Decimal | None:
    """Return the number a person reads in ``text`` (“１６７”, “1,234”, “167 件”, “167①”), or ``None`` where it is not clear.

    Amounts in 元 are returned in 万元; the mark of a note behind the figure (①, ², （注1）) is none of its digits. Used to propose a correction,
    never to replace what was typed.
    """
    digits = as_seen(text).strip().rstrip(MARK)
    scale = 1
    for unit, divisor in _UNITS_WRITTEN:
        if digits.endswith(unit):
            digits, scale = digits.removesuffix(unit).rstrip(), divisor
            break
    if not _NUMBER.fullmatch(digits):
        return None
    number = Decimal(digits.replace(",", "")) / scale
    return int(number) if number == number.to_integral_value() else number


#: Units that people write behind a figure, and what divides it to give 件 or 万元; longer ones first.
_UNITS_WRITTEN = (("件次", 1), ("万元", 1), ("元", 10_000), ("件", 1), ("条", 1), ("个", 1), ("项", 1))
