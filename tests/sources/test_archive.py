"""The zip around a workbook: read as zipfile reads it, but not past what it says, and handed on as it was looked through."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.errors import InputError
from xlreport.example import good
from xlreport.sources import archive
from xlreport.workbook.container import Container
from xlreport.writing import write_workbook

HERE = Path("a.xlsx")
names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return content.getvalue()


@given(st.dictionaries(names.map(lambda name: f"xl/{name}.bin"), st.binary(max_size=300), max_size=6))
def test_a_stored_zip_is_one_that_everybody_reads(parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive.stored(parts))) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == parts


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@given(data=st.binary(max_size=5000))
def test_a_part_is_read_as_zipfile_reads_it(method: int, data: bytes) -> None:
    content = zipped({"部件.bin": data, "other": b"x"}, method)
    archive.checked(HERE, content)
    package = archive.opened(HERE, content)
    assert archive.content(HERE, package, "部件.bin", len(data)) == data


def test_parts_that_overlap_are_refused() -> None:
    content = bytearray(zipped({"a.bin": b"1" * 3000, "b.bin": b"2" * 3000}, zipfile.ZIP_STORED))
    # The list of parts is told that the first is as long as both.
    entry = content.index(b"PK\1\2")
    for at in (20, 24):
        content[entry + at : entry + at + 4] = (6000).to_bytes(4, "little")
    with pytest.raises(InputError, match="重叠"):
        archive.opened(HERE, bytes(content))


def test_a_part_that_is_called_otherwise_where_it_lies_is_damaged() -> None:
    content = zipped({"a.bin": b"1" * 100})
    with pytest.raises(InputError, match="损坏"):
        archive.checked(HERE, content.replace(b"a.bin", b"b.bin", 1))


def test_a_wrong_checksum_is_damage() -> None:
    content = bytearray(zipped({"a.bin": b"1" * 100}, zipfile.ZIP_STORED))
    content[content.index(b"1" * 100)] ^= 1
    with pytest.raises(InputError, match="损坏"):
        archive.checked(HERE, bytes(content))


def test_calamine_is_given_every_sheet_that_was_looked_through_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(good(), path)
    container = Container(path, path.read_bytes())
    with zipfile.ZipFile(path) as original, zipfile.ZipFile(io.BytesIO(container.unpacked())) as given_on:
        assert set(given_on.namelist()) < set(original.namelist())
        for name in given_on.namelist():
            assert given_on.read(name) == original.read(name)
        sheets = [name for name in original.namelist() if name.startswith("xl/worksheets/sheet")]
        assert set(sheets) < set(given_on.namelist())
        assert not any(name.startswith("docProps") for name in given_on.namelist())
