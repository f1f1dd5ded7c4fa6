"""Whose report of which year a file is by its name, where its content cannot be read."""

from __future__ import annotations

import re
import unicodedata

#: What stands in names of files beside the unit: the kind of report, states of a draft, numbers, years.
_BESIDE = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?|年度|年报|报告|(?:20)?\d+年?|附件|关于|的|报送|上报|最终|终稿|定稿|初稿|修改|改正|"
    r"正式|盖章|扫描|副本|新建|[全各][省市县区州旗镇乡](?![\u4e00-\u9fff])|[（(【\[][^（(【\[]*[)）】\]]"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,40}")
_ORGANISATION = re.compile(
    r".+(?:局|委|办|厅|院|府|镇|乡|街道|区|县|市|州|旗|盟|省|中心|处|会|公司|大学|学校|站|队|社|所|部|署|馆|行)$"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def organisation_in(path: str) -> str:
    """Return the unit that a file's name tells of, else that of the folder it lies in; “” where neither does."""
    for part in list(reversed(path.split("/")))[:2]:
        words: list[str] = _WORDS.findall(_BESIDE.sub(" ", unicodedata.normalize("NFKC", part)))
        found = [word for word in words if _ORGANISATION.match(word)]
        if found:
            return max(found, key=len)
    return ""


def year_in(path: str) -> int | None:
    """Return the one year that a file's name tells of; ``None`` for none, or several."""
    found = set(_YEAR.findall(path.rpartition("/")[2]))
    return int(found.pop()) if len(found) == 1 else None
