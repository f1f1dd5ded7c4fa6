"""Workbooks whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from xlreport.ooxml import package
from xlreport.ooxml.package import zipped
from xlreport.workbook.saving import saved

if TYPE_CHECKING:
    from openpyxl import Workbook

#: The date that the workbook says it was made on: that of its parts.
EPOCH = datetime(*package.EPOCH)
_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def bytes_of(workbook: Workbook) -> bytes:
    """Return the workbook as a file that comes out the same whenever it is made."""
    workbook.properties.created = EPOCH
    with zipfile.ZipFile(io.BytesIO(saved(workbook))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    # openpyxl takes the time at which a workbook was made for the time of its last change.
    modified = rb"\g<1>" + f"{EPOCH:%Y-%m-%dT%H:%M:%SZ}".encode()
    parts[_PROPERTIES] = _MODIFIED.sub(modified, parts[_PROPERTIES])
    return zipped(parts)
