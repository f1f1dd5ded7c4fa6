from __future__ import annotations

import random

import pytest

from xlreport.collection.copies import BINS, LIMIT, Sketches, likeness, sketch
from xlreport.example import good


def prose(length: int, seed: int) -> str:
    draw = random.Random(seed)
    return "".join(chr(0x4E00 + draw.randrange(3000)) for _ in range(length))


def changed(text: str, share: float, seed: int = 1) -> str:
    """The text with a run of characters exchanged for others."""
    cut = int(len(text) * share)
    return prose(cut, seed + 1000) + text[cut:]


def test_a_text_is_like_itself_with_other_figures_blanks_and_name():
    text = good().overview or ""
    other = text.replace("167", "2,345").replace("。", "。\n").replace("西集镇", "东某乡")
    assert likeness(sketch(text, "西集镇"), sketch(other, "东某乡")) == 1


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_likeness_is_about_the_share_that_is_the_same(share: float):
    texts = [prose(1000, seed) for seed in range(40)]
    found = [likeness(sketch(text), sketch(changed(text, share, seed))) for seed, text in enumerate(texts)]
    assert sum(found) / len(found) == pytest.approx(1 - share, abs=0.05)


def test_a_short_text_has_no_sketch():
    assert sketch("无其他需要报告的事项。" * 3) == b""
    assert len(sketch(prose(500, 1))) == 4 * BINS


def test_copies_are_grouped_and_others_are_not():
    sketches = Sketches()
    texts = {seed: prose(800, seed) for seed in range(200)}
    texts[50], texts[120], texts[7] = changed(texts[3], 0.05), texts[3], changed(texts[9], 0.6)
    for unit, text in texts.items():
        sketches.add(unit, (("overview", sketch(text)),))
    (group,) = sketches.groups()
    assert group.units == (3, 50, 120)
    assert LIMIT <= group.likeness <= 1


def test_texts_of_different_sections_are_not_compared():
    sketches = Sketches()
    sketches.add(0, (("overview", sketch(prose(500, 1))),))
    sketches.add(1, (("problems", sketch(prose(500, 1))),))
    assert list(sketches.groups()) == []
