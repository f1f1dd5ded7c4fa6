"""The streams of a VBA project, against the examples of the specification and an independent reader."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from xlreport.live.excel.ovba import (
    NOTHING_COMPILED,
    ModuleKind,
    compress,
    dir_stream,
    encrypt,
    names_stream,
    project_stream,
)


def decompressed(container: bytes) -> bytes:
    """Read a compressed container as [MS-OVBA] 2.4.1.3.1 to 2.4.1.3.5 say."""
    assert container[0] == 1
    found, at = bytearray(), 1
    while at < len(container):
        (header,) = struct.unpack_from("<H", container, at)
        end, begin = at + (header & 0x0FFF) + 3, len(found)
        assert header >> 12 & 7 == 3 and end <= len(container)
        at += 2
        if not header >> 15:
            found += container[at:end]
            at = end
        while at < end:
            flags, at = container[at], at + 1
            for bit in range(8):
                if at == end:
                    break
                if not flags >> bit & 1:
                    found.append(container[at])
                    at += 1
                    continue
                (token,) = struct.unpack_from("<H", container, at)
                at += 2
                offset_bits = max(4, (len(found) - begin - 1).bit_length())
                offset = (token >> 16 - offset_bits) + 1
                assert offset <= len(found) - begin, "a copy from before the chunk"
                for _ in range((token & 0xFFFF >> offset_bits) + 3):
                    found.append(found[-offset])
    return bytes(found)


#: The examples of 3.2.1 to 3.2.3: nothing to copy, some copies, one long copy.
EXAMPLES = {
    b"abcdefghijklmnopqrstuv.": "0119B000 6162636465666768 00 696A6B6C6D6E6F70 00 7172737475762E",
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": "012FB000 2361616162636465 82 6600 70 61 67 68 69 6A"
    "0138 08 61 6B 6C 0030 6D 6E 6F 70 06 71 0270 0410 72 73 74 75 76 10 77 78 79 7A 003C",
    b"a" * 73: "0103B002 61 4500",
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_of_the_specification_come_out_as_small(text: bytes):
    example = bytes.fromhex(EXAMPLES[text])
    assert decompressed(example) == decompressed(compress(text)) == text
    # Where earlier text matches equally well in two places, the example happens to name the farther one.
    assert len(compress(text)) == len(example)
    if text[:1] != b"#":
        assert compress(text) == example


SOURCE = st.text(st.sampled_from("Sub EndIf=()\"' \r\nxyz_0123"), max_size=14_000).map(str.encode)
REPEATED = st.builds(bytes.__mul__, st.binary(min_size=1, max_size=300), st.integers(1, 60))


@given(st.one_of(SOURCE, REPEATED, st.binary(max_size=3000)))
def test_what_is_compressed_comes_back(data: bytes):
    container = compress(data)
    assert decompressed(container) == data
    assert bytes(decompress_stream(bytearray(container))) == data


@given(st.randoms(use_true_random=False), st.integers(0, 3 * 4096))
def test_what_cannot_be_compressed_is_kept_and_padded_with_zeros(random, size: int):
    data = random.randbytes(size)
    back = decompressed(compress(data))
    assert back[:size] == data and not any(back[size:]) and len(back) <= -(-size // 4096) * 4096


def test_text_gets_smaller():
    text = b"    If GetConfig(configKey) = True Then\r\n" * 300
    assert len(compress(text)) < len(text) / 10


def decrypted(text: str) -> tuple[int, int, bytes]:
    """Read an encrypted field (2.4.3.3): version, project key, data."""
    raw = bytes.fromhex(text)
    seed, version, key = raw[0], raw[1] ^ raw[0], raw[2] ^ raw[0]
    plain, previous, before, last = [], key, raw[1], raw[2]
    for byte in raw[3:]:
        plain.append(byte ^ (before + previous & 0xFF))
        previous, before, last = plain[-1], last, byte
    body = bytes(plain[(seed & 6) // 2 :])
    assert struct.unpack("<I", body[:4])[0] == len(body) - 4
    return version, key, body[4:]


@pytest.mark.parametrize(
    ("data", "seed", "field"),
    [
        (bytes(4), 0x07, "0705D8E3D8EDDBF1DBF1DBF1DBF1"),
        (bytes(1), 0x0E, "0E0CD1ECDFF4E7F5E7F5E7"),
        (b"\xff", 0x15, "1517CAF1D6F9D7F9D706"),
    ],
    ids=["CMG", "DPB", "GC"],
)
def test_the_protection_fields_of_the_specification_come_out_the_same(data: bytes, seed: int, field: str):
    assert encrypt(data, seed, "{917DED54-440B-4FD1-A5C1-74ACF261E600}") == field


@given(st.binary(max_size=40), st.integers(0, 255), st.uuids(), st.integers(0, 255))
def test_what_is_encrypted_comes_back(data: bytes, seed: int, identity, filler: int):
    project_id = f"{{{str(identity).upper()}}}"
    assert decrypted(encrypt(data, seed, project_id, filler)) == (2, sum(project_id.encode()) & 0xFF, data)


MODULES = (
    ("ThisWorkbook", ModuleKind.WORKBOOK),
    ("Buttons", ModuleKind.STANDARD),
    ("Thing", ModuleKind.CLASS),
)


def test_the_project_stream_lists_the_modules_by_kind():
    lines = project_stream("Xlreport", "{0}", MODULES).decode("ascii").split("\r\n")
    assert lines[0] == 'ID="{0}"' and 'Name="Xlreport"' in lines
    assert lines[1:4] == ["Document=ThisWorkbook/&H00000000", "Module=Buttons", "Class=Thing"]
    workspace = lines[lines.index("[Workspace]") + 1 :]
    assert workspace == [*(f"{name}=0, 0, 0, 0, C" for name, _ in MODULES), ""]


def test_the_names_stream_pairs_both_spellings():
    stream = names_stream([("Ab", ModuleKind.STANDARD)])
    assert stream == b"Ab\0" + b"A\0b\0\0\0" + b"\0\0"


def test_the_dir_stream_is_a_sequence_of_records():
    data, at, found = dir_stream("Xlreport", MODULES), 0, []
    while at < len(data):
        number, size = struct.unpack_from("<HI", data, at)
        if number == 0x09:  # its length leaves out the two bytes of the minor version
            size = 6
        found.append((number, data[at + 6 : at + 6 + size]))
        at += 6 + size
    assert at == len(data)
    assert (0x03, struct.pack("<H", 1252)) in found and (0x04, b"Xlreport") in found
    assert (0x0F, struct.pack("<H", len(MODULES))) in found and found[-1] == (0x10, b"")
    assert [value for number, value in found if number == 0x1A] == [name.encode() for name, _ in MODULES]
    assert [number for number, _ in found if number in (0x21, 0x22)] == [0x22, 0x21, 0x22]


def test_nothing_is_said_to_be_compiled():
    reserved, version, *_ = struct.unpack("<HHBH", NOTHING_COMPILED)
    assert (len(NOTHING_COMPILED), reserved, version) == (7, 0x61CC, 0xFFFF)
