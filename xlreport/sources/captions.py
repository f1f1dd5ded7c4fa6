"""Which year a table says it is of: in the lines above it, or at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from xlreport.sources.blocks import Table
from xlreport.sources.titles import YEAR_DIGITS, without_blanks

#: A longer line is a sentence, and speaks of something else than the table below it.
LONGEST_CAPTION = 40

_YEAR = re.compile(r"((?:19|20)\d\d)年(?!\d{1,2}月|版|格式|修订|印发|施行)", re.ASCII)
_CHINESE_YEAR = re.compile(r"二[〇○零][一二三四五六七八九〇○零]{2}(?=年)")
_LAST_YEAR = re.compile(r"上(?:一)?年(?:度)?(?!结转)|去年|前年|同期")
_COMPARED = re.compile(r"[比较]|变化|增减")


def other_years_line(table: Table, year: int | None) -> str:
    """Return the line by which the table is of another year than the report (``None``: not known); “” where none says so.

    The nearest line that names a year decides.
    """
    for line in _captions(table):
        plain = without_blanks(line)
        if len(plain) > LONGEST_CAPTION or "。" in plain or _COMPARED.search(plain):
            continue
        years = _years_in(plain)
        if years and year is not None:
            return line if year not in years else ""
        if _LAST_YEAR.search(plain):
            return line
    return ""


@lru_cache(maxsize=8192)
def is_of_another_year(heading: str, year: int | None) -> bool:
    """True for the heading of a column or row that names years, the report's own not among them."""
    years = _years_in(without_blanks(heading)) if year is not None else set()
    return bool(years) and year not in years


def _years_in(plain: str) -> set[int]:
    dated = _CHINESE_YEAR.sub(lambda found: found[0].translate(YEAR_DIGITS), plain)
    return set(map(int, _YEAR.findall(dated)))


def _captions(table: Table) -> Iterator[str]:
    """Yield the lines that may say what a table is of, the nearest first: those at its top, then those above it, a sheet's name last."""
    at_top: list[str] = []
    for line in table.covering:
        texts = [cell.text for cell in line if cell.text]
        if len(texts) != 1:
            break
        at_top += texts
    yield from reversed(at_top)
    yield from reversed(table.above)
    if table.place_of is not None:
        yield table.name
