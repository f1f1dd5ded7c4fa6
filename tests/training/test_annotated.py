"""The format of the annotated sentences."""

from __future__ import annotations

import pytest

from training import annotated


@pytest.fixture
def put(tmp_path, monkeypatch):
    monkeypatch.setattr(annotated, "SETS", tmp_path)

    def written(name: str, text: str):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        return annotated.load(name)

    return written


def test_a_line_says_what_its_figures_count(put):
    (sentence,) = put(
        "format_a",
        "# a remark\n[xiji-2025]\nerror | granted=70~, received=5:natural_person, new=3@2024, new=4/other | 收到5件。\n",
    )
    assert (sentence.verdict, sentence.year, sentence.text) == ("error", 2025, "收到5件。")
    assert [(f.kind, f.column, f.value, f.year, f.own, f.approximate) for f in sentence.figures] == [
        ("results.granted", "", 70, 2025, True, True),
        ("received", "natural_person", 5, 2025, True, False),
        ("new", "", 3, 2024, True, False),
        ("new", "", 4, 2025, False, False),
    ]


def test_a_line_of_words_alone_must_be_silent(put):
    (sentence,) = put("format_b", "[xiji-2025]\n疑难复杂的申请93件。\n")
    assert (sentence.verdict, sentence.figures) == ("silent", ())


def test_another_body_may_have_the_same_figures(put):
    (sentence,) = put("format_c", "[xiji-2025 甲县教育局 2023]\nsilent | - | 我局无申请。\n")
    assert (sentence.organisation, sentence.year) == ("甲县教育局", 2023)


@pytest.mark.parametrize("said", ["grantd=7", "new", "new=x"])
def test_what_is_misspelt_is_named_with_its_line(put, said: str):
    with pytest.raises(ValueError, match=r"format_d_.*line 2"):
        put(f"format_d_{said[:4]}{len(said)}", f"[xiji-2025]\nsilent | {said} | 收到7件。\n")
