"""The units that labels and lines name: what figures beside or below them are counted in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlreport.form.figures import Unit

_SCALES = {
    "": 1,
    "十": 10,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_COUNTED = "件次|件|条|个|项|宗|起|例"
_FOREIGN = (
    "美元|美金|港元|港币|澳门元|澳门币|澳元|日元|日圆|欧元|英镑|加元|韩元|新台币|台币|新元|新加坡元|卢布|卢比|法郎|泰铢|外币|外汇|"
    "US\\$|HK\\$|USD|HKD|EUR|GBP|JPY|[$€£₽₩₹฿]"
)
_MONEY = re.compile(
    rf"(?P<foreign>[十百千万亿]{{0,3}}(?:{_FOREIGN}))|(?<![单多公纪状改一])(?P<scale>[十百千万亿]{{0,3}})元",
    re.IGNORECASE,
)
_WORD = rf"(?:人民币)?(?:[十百千万亿]{{0,3}}(?:元|{_COUNTED})|[十百千万亿]{{0,3}}(?:{_FOREIGN}))"
_WORDS = rf"{_WORD}(?:[、,/和及或;]{_WORD})*"
#: A unit that is stated, in a label or in a line above a table.
_STATED = re.compile(
    rf"(?:单位|金额|币种)(?:为|是|[:.])?\(?(?P<a>{_WORDS})(?!(?!金额|币种|数量)[\u4e00-\u9fff])|\((?P<b>{_WORDS})\)|以(?P<c>{_WORDS})(?:为单位|计)",
    re.IGNORECASE,
)
_LINE = re.compile(
    rf"\(?(?:(?:计量|金额|货币|收费|数量|统计)?单位(?:为|是|[:.])?\(?)?(?P<words>{_WORDS})\)*(?:[,;].{{0,20}})?",
    re.IGNORECASE,
)
_PARTS = re.compile(rf"(?:人民币)?(?P<scale>[十百千万亿]{{0,3}})(?P<counted>{_COUNTED})$")


class Stated(NamedTuple):
    """A unit that is stated, and where, in words (“表头”)."""

    word: str
    where: str


class Scale(NamedTuple):
    """What one of a unit is in the form's own unit (件, 万元); ``None`` where that is not known, as of foreign money."""

    factor: Decimal | None


@lru_cache(maxsize=8192)
def scale_of(word: str, unit: Unit) -> Scale | None:
    """Return what one ``word`` is in the form's ``unit``; ``None`` where the word counts something else."""
    money = _MONEY.fullmatch(word.removeprefix("人民币"))
    if money is not None:
        if unit is not Unit.MONEY:
            return None
        factor = _SCALES.get(money["scale"]) if money["scale"] is not None else None
        return Scale(None if factor is None else Decimal(factor) / 10_000)
    counted = _PARTS.fullmatch(word)
    if counted is None or unit is Unit.MONEY:
        return None
    factor = _SCALES.get(counted["scale"])
    return Scale(None if factor is None else Decimal(factor))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a text as units are looked for in it: half-width, without blanks, in simplified characters."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_ONE_WAY).split())


_ONE_WAY = str.maketrans("【】〔〕[]萬億", "()()()万亿")


@lru_cache(maxsize=8192)
def in_label(text: str) -> tuple[str, ...]:
    """Return the units a label names: of money wherever it stands, of counts only where it is stated as the unit."""
    label = plain(text)
    money = [found.group() for found in _MONEY.finditer(label)]
    counts = [word for word in _stated(label) if _PARTS.fullmatch(word)]
    return tuple(dict.fromkeys([*money, *counts]))


@lru_cache(maxsize=8192)
def in_line(text: str) -> tuple[str, ...]:
    """Return the units that a line above a table states (“单位：元”, “收费情况（元）”); none of a sentence."""
    line = plain(text)
    if "。" in line:
        return ()
    whole = _LINE.fullmatch(line)
    return tuple(_split(whole["words"])) if whole else tuple(_stated(line))


def is_statement(text: str) -> bool:
    """True for a text that does nothing but state a unit (“单位：元”, “（万元）”)."""
    line = plain(text)
    return ("单位" in line or line.startswith("(")) and _LINE.fullmatch(line) is not None


def is_unit(text: str) -> bool:
    """True for a text that is no more than a unit (“件”, “（万元）”)."""
    word = plain(text).strip("()")
    return any(scale_of(word, unit) for unit in Unit)


def _stated(text: str) -> list[str]:
    found = [match["a"] or match["b"] or match["c"] for match in _STATED.finditer(text)]
    return list(dict.fromkeys(word for words in found for word in _split(words)))


def _split(words: str) -> Iterable[str]:
    return re.split("[、,/和及或;]", words)
