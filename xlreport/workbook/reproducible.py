"""Workbooks whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from xlreport.workbook.saving import saved

if TYPE_CHECKING:
    from openpyxl import Workbook

#: The date that every part of the file bears: the earliest that a zip archive can hold.
EPOCH = datetime(1980, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def bytes_of(workbook: Workbook) -> bytes:
    """Return the workbook as a file that comes out the same whenever it is made."""
    workbook.properties.created = EPOCH
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(workbook))) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                # openpyxl takes the time at which a workbook was made for the time of its last change.
                content = _MODIFIED.sub(rb"\g<1>" + f"{EPOCH:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            entry = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, content)
    return fixed.getvalue()
