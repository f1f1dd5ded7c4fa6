"""What a file hides in its texts is written out before anybody is shown it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.printable import printable

UNSEEN = [
    *((0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x200B, 0x200F)),
    *((0x2028, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFF), (0xD800, 0xDFFF)),
    # Private characters (a font may draw anything there), language tags, and code points without a character.
    *((0xE000, 0xE0FF), (0xE0001, 0xE007F), (0xF0000, 0xF00FF), (0x1FFFE, 0x1FFFF)),
]


@pytest.mark.parametrize(("first", "last"), UNSEEN)
def test_an_unseen_character_is_written_out(first: int, last: int) -> None:
    for code in range(first, last + 1):
        assert printable(f"西集镇　{chr(code)}") == f"西集镇　⟨U+{code:04X}⟩"


@given(st.text())
def test_what_is_shown_takes_one_line_and_hides_nothing(text: str) -> None:
    assert "".join(printable(text).split()).isprintable()
    assert len(printable(text).splitlines()) <= 1


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="\ufffc\ufffd")))
def test_everything_else_is_shown_as_it_is(text: str) -> None:
    assert printable(text) == text
