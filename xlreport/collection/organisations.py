"""Organisations by name: the same however it is spaced and bracketed, and their reports of last year."""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_LEFT_OUT = re.compile(r"[\s　《》“”\"'·.,，。、]+")


def normalised(organisation: str) -> str:
    """Return a name as organisations are told apart by: “某 区人民政府” and “某区政府” are the same, “某区政府办公室” is another."""
    name = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", organisation)).replace("人民政府", "政府")
    return name.removesuffix("政府") or name


#: An area at the beginning of a name; 州 镇 乡 are also within one (通州区, 景德镇市, 新乡县).
_AREA = re.compile("[^局委厅院办]+?(?:自治[区州县旗]|[省市县区旗盟]|街道|[州镇乡](?![市县区]))")
#: How high an area is, by the end of its name.
_RANKS = (
    (5, ("省", "自治区")),
    (4, ("市", "州", "盟", "地区")),
    (3, ("县", "区", "旗", "管委会", "管理委员会")),
    (2, ("镇", "乡", "街道", "街道办事处", "苏木")),
)
_TOTAL = re.compile("(?:本级及所属|全[省市县区州旗镇乡]|汇总|合计|总计|总表|报表|[（()）])+")


def areas(name: str) -> list[str]:
    """Return the areas at the beginning of a normalised name, the largest first: “北京市通州区教育局” is of 北京市 and 通州区."""
    found, place = [], 0
    while match := _AREA.match(name, place):
        found.append(match[0])
        place = match.end()
    return found


def tails(name: str) -> list[str]:
    """Return what else a normalised name may be written as: without the areas before it, the longest first."""
    found, left = [], name
    for area in areas(name):
        left = left.removeprefix(area)
        if left:
            found.append(left)
    return found


def rank(name: str) -> int:
    """Return how high the government of a normalised name is, from 5 (省) to 2 (镇); 0 for what is no government of an area."""
    return next((height for height, ends in _RANKS if name.endswith(ends)), 0)


def total_of(organisation: str) -> str | None:
    """Return the area of which something named like this is the total, normalised, “” for one not named; ``None`` if it is called no total."""
    name = unicodedata.normalize("NFKC", organisation)
    return normalised(_TOTAL.sub("", name)) if _SAID_TOTAL.search(name) else None


_SAID_TOTAL = re.compile("汇总|合计|总计|^全[省市县区州旗镇乡]")


class Last(NamedTuple):
    """Last year's report of an organisation: its path in last year's folder, its year, and the file's stamp before it was read."""

    path: str
    year: int | None
    stamp: str = ""


class LastYear:
    """Last year's reports by organisation, small enough to go along with every piece of work."""

    def __init__(self, folder: str, reports: Iterable[tuple[str, Last]] = ()) -> None:
        self.folder = folder
        self._by_name: dict[str, list[Last]] = {}
        for organisation, last in reports:
            if organisation:
                self._by_name.setdefault(normalised(organisation), []).append(last)

    def find(self, organisation: str, year: int | None) -> tuple[Last | None, str]:
        """Return the report of the year before, and a remark (“” or why there is none)."""
        candidates = self._by_name.get(normalised(organisation), []) if organisation else []
        if not candidates:
            return None, "上年文件夹里没有这个单位的报告"
        fitting = [last for last in candidates if year is not None and last.year == year - 1]
        if len(fitting) == 1:
            return fitting[0], ""
        if len(candidates) == 1:
            # Of another year than expected: the rules on years and carried figures shall say so.
            return candidates[0], ""
        return None, f"上年文件夹里这个单位有 {len(candidates)} 份报告，不能确定用哪一份"

    def identity(self, organisation: str, year: int | None) -> str | None:
        """Return what a check of that organisation's report rests on from last year; ``None`` where that cannot be told for certain."""
        last, remark = self.find(organisation, year)
        if last is None:
            return remark
        return f"{self.folder} {last.path} {last.stamp}" if last.stamp else None

    def pack(self) -> bytes:
        """Return this index as bytes, for ``unpacked`` in another process."""
        return zlib.compress(json.dumps([self.folder, self._by_name]).encode(), 1)


@lru_cache(maxsize=2)
def unpacked(packed: bytes) -> LastYear:
    """Return the index that was packed; made once per process."""
    folder, by_name = json.loads(zlib.decompress(packed))
    index = LastYear(folder)
    index._by_name = {name: [Last(*last) for last in found] for name, found in by_name.items()}
    return index
