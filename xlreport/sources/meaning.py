"""What the header above a figure says that the declared one does not: another year, a sum over years, a change, a share, another unit."""

from __future__ import annotations

import re
from functools import lru_cache

from xlreport.sources.units import in_label, plain, scale_of
from xlreport.sources.wanted import WantedColumn

_OTHER = re.compile(
    r"上年|去年|往年|历年|(?<!本年)(?<!年度)累计|计划|预计|目标|增减|同比|环比|增长|增幅|降幅|比例|占比|比重|百分比|[%‰]|人次"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@lru_cache(maxsize=8192)
def means_another(header: str, column: WantedColumn, year: int) -> bool:
    """True for a header that does not head this column's figures of this ``year``, however much it is like the declared one."""
    printed = _compared(header)
    declared = "".join(map(_compared, (*column.labels, *column.above)))
    if any(word not in declared for word in _OTHER.findall(printed)):
        return True
    years = {int(found) for found in _YEAR.findall(printed)}
    if years and year not in years:
        return True
    units = in_label(header)
    return bool(units) and all(scale_of(word, column.unit) is None for word in units)


def _compared(text: str) -> str:
    return plain(text).replace("/", "").replace("上一年", "上年")
