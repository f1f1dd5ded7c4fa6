"""Compound files, read back by olefile at its strictest and entry by entry."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.errors import InputError
from xlreport.sources.compound import Compound
from xlreport.sources.compound_writer import BLACK, NO_ENTRY, RED, compound_file

NAMES = st.text(st.sampled_from("ABCDEFabcdef0123456789_"), min_size=1, max_size=31)
SIZES = st.one_of(st.integers(0, 200), st.sampled_from([4095, 4096, 4097, 8192]), st.integers(0, 60_000))


@st.composite
def trees(draw: st.DrawFn, largest: int = 40) -> dict[str, bytes]:
    """Streams at the top and in one storage, names distinct whatever their case."""
    found = {}
    for storage in ("", "VBA/"):
        names = draw(st.lists(NAMES, max_size=largest, unique_by=str.upper))
        for name in names:
            if (storage, name.upper()) != ("", "VBA"):
                size = draw(SIZES)
                found[storage + name] = bytes((size * 7 + at) % 251 for at in range(size))
    return found


def opened(data: bytes) -> olefile.OleFileIO:
    return olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT)


@given(trees(largest=12))
def test_every_stream_comes_back(streams: dict[str, bytes]):
    with opened(compound_file(streams)) as file:
        assert {"/".join(path) for path in file.listdir()} == set(streams)
        for path, content in streams.items():
            assert file.openstream(path).read() == content
        assert not file.parsing_issues


def entries(data: bytes) -> list[tuple[str, int, int, int, int]]:
    """Read the directory along its chain: name, colour, left, right, child."""
    fat_count, directory = struct.unpack_from("<II", data, 44)
    sectors = struct.unpack_from(f"<{fat_count}I", data, 76)
    fat = [n for s in sectors for n in struct.unpack_from("<128I", data, 512 + s * 512)]
    found, sector = [], directory
    while sector != 0xFFFFFFFE:
        for at in range(512 + sector * 512, 512 + (sector + 1) * 512, 128):
            length, kind, color, left, right, child = struct.unpack_from("<HBBIII", data, at + 64)
            if kind:
                name = data[at : at + length - 2].decode("utf-16-le")
                found.append((name, color, left, right, child))
        sector = fat[sector]
    return found


@given(trees())
def test_each_storage_is_a_red_black_tree_in_the_order_of_names(streams: dict[str, bytes]):
    directory = entries(compound_file(streams))

    def walk(number: int, parent: int) -> tuple[list[str], int]:
        """Names in order and the number of black entries on every path down."""
        if number == NO_ENTRY:
            return [], 1
        name, color, left, right, _ = directory[number]
        assert not (color == RED and parent == RED), "two red entries in a row"
        (lesser, black), (greater, black_right) = walk(left, color), walk(right, color)
        assert black == black_right, "paths with different numbers of black entries"
        return [*lesser, name, *greater], black + (color == BLACK)

    for storage, inside in (("Root Entry", ""), ("VBA", "VBA")):
        children = [child for name, *_, child in directory if name == storage]
        for child in children:
            assert child == NO_ENTRY or directory[child][1] == BLACK, "the root of a tree is black"
            names, _ = walk(child, BLACK)
            assert names == sorted(names, key=lambda name: (len(name), name.upper()))
            expected = {path.rpartition("/")[2] for path in streams if path.rpartition("/")[0] == inside}
            assert set(names) - {"VBA"} == expected - {"VBA"} and len(names) == len(set(names))


@pytest.mark.parametrize("sectors", [1, *range(120, 132), *range(248, 260)])
def test_the_file_is_made_of_whole_sectors_and_the_fat_counts_them_all(sectors: int):
    """Around the sizes at which the FAT, which counts its own sectors too, needs one more of them."""
    content = bytes([sectors % 256]) * (sectors * 512)
    data = compound_file({"big": content, "small": b"x"})
    assert len(data) % 512 == 0
    (fat_sectors,) = struct.unpack_from("<I", data, 44)
    assert (fat_sectors - 1) * 128 < len(data) // 512 - 1 <= fat_sectors * 128
    with opened(data) as file:
        assert file.openstream("big").read() == content


def test_the_same_streams_give_the_same_bytes():
    streams = {"VBA/dir": b"a" * 5000, "PROJECT": b"b"}
    assert compound_file(streams) == compound_file(dict(streams))


@pytest.mark.parametrize("name", ["", "x" * 32, "a:b", "a!b"])
def test_a_name_that_the_format_cannot_hold_is_refused(name: str):
    with pytest.raises(ValueError, match="not a name"):
        compound_file({f"VBA/{name}": b""})


def test_names_that_differ_by_case_only_are_refused():
    with pytest.raises(ValueError, match="two entries"):
        compound_file({"VBA/dir": b"", "VBA/Dir": b""})


@pytest.mark.parametrize("sectors", [13_839, 13_950, 13_960, 30_100, 30_200])
def test_more_than_the_header_can_list_is_listed_behind(sectors: int):
    """Around the sizes at which the header is full, and one sector of the list behind it is."""
    content = b"".join(number.to_bytes(4, "little") * 128 for number in range(sectors))
    data = compound_file({"big": content, "small": b"x"})
    assert len(data) % 512 == 0
    with opened(data) as file:
        assert file.openstream("big").read() == content
        assert file.openstream("small").read() == b"x"
        assert not file.parsing_issues
    assert Compound(Path("x"), data).stream("big") == content


def test_what_is_embedded_has_names_of_its_own_and_two_of_one_name_side_by_side_are_damage():
    own, inner, other = b"own" * 3000, b"inner" * 3000, b"other" * 3000
    nested = compound_file({"MBD1/Workbook": inner, "Workbook": own})
    assert Compound(Path("x"), nested).stream("Workbook") == own
    beside = compound_file({"Workbank": other, "Workbook": own})
    assert "Workbank" in Compound(Path("x"), beside)
    twice = beside.replace("Workbank".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
    with pytest.raises(InputError, match="损坏"):
        Compound(Path("x"), twice)
