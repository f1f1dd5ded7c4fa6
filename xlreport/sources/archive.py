"""The zip around an .xlsx or .docx: opened only if its list of parts is sound, and read with a limit that no declared size can get round.

A zip says how large its parts are, and may lie. Readers that believe it (or do not ask) can be made to fill the memory; so whoever hands a
file to another library has ``checked`` look through all of it first.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from copy import copy
from pathlib import Path

from xlreport.errors import InputError
from xlreport.limits import LARGEST_PACKAGE, LARGEST_PART, MOST_PARTS

_DAMAGED = "请用 Excel、Word 或 WPS 打开修复并另存，或换成完整的文件"
_NOT_A_REPORT = "请删去与年度报告无关的内容，或换成正确的文件"
_XML = (".xml", ".rels", ".vml")
_ENCRYPTED = 0x1
#: What zlib and zipfile raise over damaged content.
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def opened(source: Path, content: bytes) -> zipfile.ZipFile:
    """Return the zip, if its list of parts is one that Office writes; raises ``InputError`` for a damaged or tampered one."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (*DAMAGES, UnicodeError):
        raise InputError(source, "文件已损坏或不完整，无法打开", _DAMAGED) from None
    entries = package.infolist()
    if len(entries) > MOST_PARTS:
        raise InputError(source, f"文件里有 {len(entries)} 个部件，不像一份年度报告", _NOT_A_REPORT)
    if sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
        raise InputError(source, "展开后内容过大，不像一份年度报告", _NOT_A_REPORT)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise InputError(source, "文件设有打开密码，无法读取", "请取消打开密码，保存后再读")
    # Two programs may take different parts for the same where names are odd or twice there.
    names = [entry.filename.lower().rstrip("/") for entry in entries]
    if len(set(names)) < len(names) or not all(map(_is_plain, names)):
        raise InputError(source, "文件内部的结构异常（部件名称重复或不合规）", _DAMAGED)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise InputError(source, "文件的压缩方式不是 Office 所用的", _DAMAGED)
    return package


def part(
    source: Path, package: zipfile.ZipFile, name: str, place: str = "", limit: int = LARGEST_PART
) -> bytes:
    """Return the content of one XML part; raises ``KeyError`` if it is not there.

    Raises ``InputError``, with ``place`` in it, for one that is damaged, larger than it says or than ``limit``, or has a document type.
    """
    data = _read(source, package, package.getinfo(name), limit, place)
    _refuse_foreign_xml(source, data, place or name)
    return data


def checked(source: Path, content: bytes) -> zipfile.ZipFile:
    """Return the zip with every part looked through: whole, of the size it says, and plain XML where it is XML.

    Raises ``InputError`` otherwise. After that, other libraries may read the file.
    """
    package = opened(source, content)
    for entry in package.infolist():
        if entry.is_dir():
            continue
        xml = entry.filename.lower().endswith(_XML)
        data = _read(source, package, entry, LARGEST_PART if xml else LARGEST_PACKAGE, entry.filename)
        if xml:
            _refuse_foreign_xml(source, data, entry.filename)
    return package


def _refuse_foreign_xml(source: Path, xml: bytes, place: str) -> None:
    """Refuse what Office never writes: a document type (its entities expand without end), and UTF-16, in which it could hide."""
    if b"<!DOCTYPE" in xml:
        raise InputError(source, "文件结构异常（含文档类型声明）", _DAMAGED, place)
    if b"\0" in xml:
        raise InputError(source, "文件已损坏，读不出内容（含空字符）", _DAMAGED, place)


def _is_plain(name: str) -> bool:
    return (
        bool(name)
        and "\\" not in name
        and not name.startswith(("/", ".."))
        and posixpath.normpath(name) == name
    )


def _read(source: Path, package: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int, place: str) -> bytes:
    if entry.file_size > limit:
        raise InputError(source, "内容过大，不像一份年度报告", _NOT_A_REPORT, place)
    # zipfile stops at the size that is declared; with a byte more to go, it comes to the real end and compares the sums.
    honest = copy(entry)
    honest.file_size = entry.file_size + 1
    try:
        with package.open(honest) as stream:
            data = stream.read(entry.file_size + 1)
    except (*DAMAGES, KeyError):
        raise InputError(source, "文件已损坏，读不出内容", _DAMAGED, place) from None
    if len(data) != entry.file_size:
        raise InputError(source, "文件已损坏，读不出内容（大小与声明不符）", _DAMAGED, place)
    return data
