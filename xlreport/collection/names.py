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
