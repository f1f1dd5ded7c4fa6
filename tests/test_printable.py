"""What a file hides in its texts is written out before anybody is shown it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.printable import printable

UNSEEN = [
    *((0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x200B, 0x200F)),
    *((0x2028, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFF), (0xD800, 0xDFFF)),
]


@pytest.mark.parametrize(("first", "last"), UNSEEN)
def test_an_unseen_character_is_written_out(first: int, last: int) -> None:
    for code in range(first, last + 1):
        assert printable(f"西集镇　{chr(code)}") == f"西集镇　⟨U+{code:04X}⟩"


@given(st.text())
def test_everything_else_is_shown_as_it_is(text: str) -> None:
    unseen = [sign for sign in text if any(first <= ord(sign) <= last for first, last in UNSEEN)]
    shown = printable(text)
    assert not set(unseen) & set(shown)
    assert len(shown) >= len(text)
    if not unseen:
        assert shown == text
