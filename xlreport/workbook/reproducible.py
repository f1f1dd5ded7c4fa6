"""Workbooks whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
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


#: A formula as openpyxl writes it: without what it comes to.
_FORMULA = re.compile(rb'(<c r="(\w+)"[^>]*><f>[^<]*</f>)<v(?: ?/>|></v>)')


def bytes_of(workbook: Workbook, results: Mapping[str, Mapping[str, float]] = MappingProxyType({})) -> bytes:
    """Return the workbook as a file that comes out the same whenever it is made.

    ``results`` are what formulas come to, by sheet and address: without them only a program that calculates can tell.
    """
    workbook.properties.created = EPOCH
    with zipfile.ZipFile(io.BytesIO(saved(workbook))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    # openpyxl takes the time at which a workbook was made for the time of its last change.
    modified = rb"\g<1>" + f"{EPOCH:%Y-%m-%dT%H:%M:%SZ}".encode()
    parts[_PROPERTIES] = _MODIFIED.sub(modified, parts[_PROPERTIES])
    for number, title in enumerate(workbook.sheetnames, 1):
        if title in results:
            name = f"xl/worksheets/sheet{number}.xml"
            parts[name] = _FORMULA.sub(partial(_with_result, results[title]), parts[name])
    return zipped(parts)


def _with_result(results: Mapping[str, float], found: re.Match[bytes]) -> bytes:
    value = results.get(found[2].decode())
    return found[0] if value is None else found[1] + f"<v>{value!r}</v>".encode()
